// All views in one table, for lists, menus, files and the command line.
//
// A new view needs a value of View, a row here and its compose_*.cpp. All code that names or offers views reads the
// table. The table itself draws nothing.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// What a view draws: a chain, the recording of its current layer, and of the layer that it is compared with.
struct Subject {
    const arith::Recording& recording;
    const ChainFigure& chain;
    const arith::Recording* compared = nullptr;  // for the compare view
};

struct ViewInfo {
    View view;
    std::string_view name;                           // in states and on the command line: "im2col"
    std::string_view title;                          // "Columns times filters (im2col)"
    std::string_view short_title;                    // for a button: "im2col"
    std::string_view says;                           // one sentence about what it shows
    std::string (*undrawable)(const arith::Layer&);  // as undrawable()
    // Null for the photo view, which draws no layer.
    Scene (*compose)(const Subject&, const Moment&, const ViewOptions&);
    bool any_page = false;  // lays its figure out for pages of any shape; otherwise always for a slide
};

// In the order of menus.
std::span<const ViewInfo> view_infos();
const ViewInfo& info_of(View view);

// "stacked, flat, photo and volume".
std::string view_names(bool with_photo);

}  // namespace convloom::scene
