// The size and look of one frame, for all file formats.
#pragma once
#include "app/paint/pdf.hpp"
#include "core/scene/looks/theme.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::paint {

struct FrameOptions {
    int width = 1920, height = 1080;
    bool transparent = false;
    double dpi = 0;         // gives the frame a size on paper; 0 for none
    bool on_paper = false;  // that size was asked for, so its texts must be readable there
    bool outlines = false;  // texts as outlines, in SVG
    double animated = 0;    // frames a second of one animated picture instead of a slide for each; 0 for slides
    const scene::Theme* theme = nullptr;  // of the colours, for a format that names them; one of the themes if null
    // Of a page that plays: steps in a second, and the language of its controls.
    double per_second = 1.5;
    scene::Language language = scene::Language::english;
    friend bool operator==(const FrameOptions&, const FrameOptions&) = default;
};

// The PDF page in the frame's shape: its size on paper, or ten inches on the longer side if there is none.
PdfOptions page_of(const FrameOptions& options);

}  // namespace convloom::paint
