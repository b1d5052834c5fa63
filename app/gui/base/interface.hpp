// The settings of the window that are not part of the document and are kept between starts: panels, motion, scale.
#pragma once
#include <string>
#include <vector>

#include "core/state/links/page_options.hpp"

namespace convloom::gui {

enum class InspectorTab { layer, data, view, step };

// The reader's page in the guided tour, and the answered questions, such as "dilated/1".
struct TourPlace {
    bool open = false;
    std::string chapter;  // by name; the first chapter if it does not exist
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
    bool presenting = false;      // only the canvas is shown
    bool tour_text = false;       // shows the open tour's text beside it
    bool laser = false;           // draws the pointer as a red dot
    bool first_hint = false;      // shows the three lines of the first start
    bool help = false;            // shows the list of keys
    bool reduced_motion = false;  // no sliding
    float scale = 1;              // of texts and controls, multiplied by the screen's scale
    bool brush = false;           // the pointer paints cells on the canvas
    float brush_value = 1;
    state::PageOptions page;  // of the link that is open; not kept
    friend bool operator==(const Interface&, const Interface&) = default;
};

constexpr float scales[] = {0.85f, 1, 1.15f, 1.3f, 1.5f, 1.75f, 2, 2.5f, 3};

}  // namespace convloom::gui
