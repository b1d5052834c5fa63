// One frame of a State as the bytes of a file, the same from the command line and from the window.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/paint/pdf.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::paint {

enum class Format { png, svg, pdf, gif, apng, webp, mp4 };

// By the ending of a file's name, in any case; nothing where it is none of ours.
std::optional<Format> format_of(std::string_view file_name);

// GIF, APNG, WebP and MP4: one file for all frames.
bool is_animated(Format format);

struct FrameOptions {
    int width = 1920, height = 1080;
    bool transparent = false;
    double dpi = 0;  // gives the frame a size on paper; 0 for none
    friend bool operator==(const FrameOptions&, const FrameOptions&) = default;
};

// The PDF page in the frame's shape: its size on paper, or without one ten inches along its longer side.
PdfOptions page_of(const FrameOptions& options);

// A still: PNG, SVG or a PDF of one page.
std::string frame(const scene::Scene& scene, Format format, const FrameOptions& options);

}  // namespace convloom::paint
