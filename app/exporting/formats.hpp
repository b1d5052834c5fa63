// The table of formats that a State can be exported to.
//
// The command line, its help and its refusals, the export dialog, its file filters and the tests read the table and do
// not know any format by name. So a new format is a function that writes it, its declaration, and a row in formats.cpp.
#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "app/paint/frame.hpp"
#include "app/paint/html.hpp"
#include "core/scene/page/frames.hpp"

namespace convloom::exporting {

// One file per frame.
using StillWriter = std::string (*)(const scene::Scene& scene, const paint::FrameOptions& options);
// One file with a page per frame, or one file of one page for each frame. If the document's title is empty, the first
// page's title is used.
using PageOf = std::function<scene::Scene(std::size_t)>;
using PagesWriter = std::string (*)(std::size_t pages, const PageOf& page, const paint::FrameOptions& options,
                                    const std::string& title);
// The same for a page that answers when a reader points at a cell.
using PointedWriter = std::string (*)(std::size_t pages, const PageOf& page, const paint::ReadingOf& reading,
                                      const paint::FrameOptions& options, const std::string& title);
// One file that shows all frames in turn: returned as bytes, or written to a path if another program encodes it.
using AnimationWriter = std::string (*)(const scene::Frames& frames);
using MovieWriter = void (*)(const std::filesystem::path& path, const scene::Frames& frames);

// A page of a deck of slides with the speaker's notes, in paragraphs.
struct DeckPage {
    scene::Scene scene;
    std::string notes;
};
using DeckWriter = std::string (*)(std::size_t pages, const std::function<DeckPage(std::size_t)>& page,
                                   const paint::FrameOptions& options, const std::string& title);

struct Format {
    const char* name;    // "WebP"
    const char* ending;  // ".webp"
    const char* says;    // a sentence for the export dialog on what the format is good for
    std::variant<StillWriter, PagesWriter, PointedWriter, AnimationWriter, MovieWriter> writer;
    long most_side_px = 0;          // 0 if only the total number of pixels is limited
    bool transparent = true;        // supports smooth transparency
    bool outlines = false;          // can hold texts as outlines
    bool animates = false;          // can hold one animated picture instead of pages
    bool says_plays = false;        // stores the number of repetitions
    double least_rate = 0;          // frames in a second that players expect; each is repeated until there are as many
    int most_smooth = 60;           // frames in a second; GIF counts time in hundredths
    bool is_text = false;           // its file can go to the clipboard as text
    bool for_slides = false;        // offered for the tour's slides
    const char* program = nullptr;  // the program that encodes it, found on the PATH; its package has the same name
    DeckWriter deck = nullptr;      // pages with notes: the tour becomes one file a chapter
    // How often the writer reads each frame; nullptr for once. Reusing a kept frame counts as kept_frame_work.
    double (*passes)(std::size_t frames, int width, int height) = nullptr;
};

// As a fraction of the time for painting a frame.
constexpr double kept_frame_work = 0.3;

// In the order in which they are offered.
std::span<const Format> formats();

// The format for a file extension, in any case; nullptr if there is none.
const Format* format_of(std::string_view file_name);

// Whether one file shows all frames in turn.
bool is_animated(const Format& format);
bool has_pages(const Format& format);
// Whether all frames go into one file.
bool is_one_file(const Format& format);

// ".gif, .apng and .webp": the extensions of the formats that fulfil `holds`, with `last` before the last one.
std::string listed(bool (*holds)(const Format&), std::string_view last = " and ");

// One frame as the bytes of a file. Throws an Error if the format is an animation.
std::string frame(const Format& format, const scene::Scene& scene, const paint::FrameOptions& options);

}  // namespace convloom::exporting
