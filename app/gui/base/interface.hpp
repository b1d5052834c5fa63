// What of the window is not of the document and is kept from one start to the next: panels, motion, scale.
#pragma once
#include <string>
#include <vector>

#include "core/state/links/page_options.hpp"

namespace convloom::gui {

enum class InspectorTab { layer, data, view, step };

// Where a reader of the guided tour is, and which of its questions were answered, as "dilated/1".
struct TourPlace {
    bool open = false;
    std::string chapter;  // by name; the first where it is none
    int page = 0;         // of the chapter, from 0
    std::vector<std::string> answered;
    friend bool operator==(const TourPlace&, const TourPlace&) = default;
};

enum class LanguageChoice { system, english, chinese };

struct Interface {
    LanguageChoice language = LanguageChoice::system;
    TourPlace tour;
    bool gallery = true, inspector = true;
    InspectorTab tab = InspectorTab::layer;
    bool presenting = false;      // the canvas alone
    bool tour_text = false;       // and, while the tour is open, its text beside it
    bool laser = false;           // the pointer is a red dot
    bool first_hint = false;      // the three lines of the very first start are shown
    bool help = false;            // the list of keys is shown
    bool reduced_motion = false;  // nothing slides
    float scale = 1;              // of texts and controls, on top of the screen's own
    bool brush = false;           // the pointer paints cells on the canvas
    float brush_value = 1;
    state::PageOptions page;  // of the link that is open; not kept
    friend bool operator==(const Interface&, const Interface&) = default;
};

constexpr float scales[] = {0.85f, 1, 1.15f, 1.3f, 1.5f, 1.75f, 2, 2.5f, 3};

}  // namespace convloom::gui
