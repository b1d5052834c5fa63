// The formats that a State is exported to, in one table.
//
// The command line, its help and its refusals, the export dialog, its file filters and the tests read the table, and
// none of them knows a format by its name. So a new format is a function that writes it, its declaration, and a row in
// formats.cpp.
#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "app/paint/frame.hpp"
#include "core/scene/page/frames.hpp"

namespace convloom::exporting {

// A file for each frame.
using StillWriter = std::string (*)(const scene::Scene& scene, const paint::FrameOptions& options);
// One file with a page for each frame, or a file of one page for each. The title is the document's; where it is empty,
// the first page's is.
using PageOf = std::function<scene::Scene(std::size_t)>;
using PagesWriter = std::string (*)(std::size_t pages, const PageOf& page, const paint::FrameOptions& options,
                                    const std::string& title);
// One file that shows all frames in turn: as bytes, or written to a path where another program makes it.
using AnimationWriter = std::string (*)(const scene::Frames& frames);
using MovieWriter = void (*)(const std::filesystem::path& path, const scene::Frames& frames);

struct Format {
    const char* name;    // "WebP"
    const char* ending;  // ".webp"
    const char* says;    // what it is good for, as a sentence of the export dialog
    std::variant<StillWriter, PagesWriter, AnimationWriter, MovieWriter> writer;
    long most_side_px = 0;          // 0 where only the number of all pixels is bounded
    bool transparent = true;        // holds smooth transparency
    bool says_plays = false;        // says how often it is shown
    bool for_slides = false;        // the tour's slides are offered in it
    const char* program = nullptr;  // that makes it, looked for on the PATH; its package is called the same
    // How often the writer looks at each frame; nullptr for once. Using a kept frame again counts as kept_frame_work.
    double (*passes)(std::size_t frames, int width, int height) = nullptr;
};

// Of the time that painting a frame takes.
constexpr double kept_frame_work = 0.3;

// In the order in which they are offered.
std::span<const Format> formats();

// By the ending of a file's name, in any case; nullptr where it is none of ours.
const Format* format_of(std::string_view file_name);

// One file shows all frames in turn.
bool is_animated(const Format& format);
bool has_pages(const Format& format);
// All frames go into one file.
bool is_one_file(const Format& format);

// ".gif, .apng and .webp": the endings of the formats that `holds` is true of, with `last` before the last one.
std::string listed(bool (*holds)(const Format&), std::string_view last = " and ");

// One frame as the bytes of a file. Throws an Error where the format is animated.
std::string frame(const Format& format, const scene::Scene& scene, const paint::FrameOptions& options);

}  // namespace convloom::exporting
