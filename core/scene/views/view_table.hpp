// All views in one table: what lists, menus, files and the command line know of them.
//
// A new view is a value of View, a row here and its compose_*.cpp; whatever names or offers views reads the table, so
// that none is forgotten. The table draws nothing itself.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// What a view is drawn of: a chain and the recording of the layer of it that is stepped through.
struct Subject {
    const arith::Recording& recording;
    const ChainFigure& chain;
};

struct ViewInfo {
    View view;
    std::string_view name;                           // in states and on the command line: "im2col"
    std::string_view title;                          // "Columns times filters (im2col)"
    std::string_view short_title;                    // of a button: "im2col"
    std::string_view says;                           // one sentence on what it shows
    std::string (*undrawable)(const arith::Layer&);  // as undrawable()
    Scene (*compose)(const Subject&, const Moment&,
                     const ViewOptions&);  // null for the photo, which is drawn of no layer
};

// In the order in which they are offered.
std::span<const ViewInfo> view_infos();
const ViewInfo& info_of(View view);

// "stacked, flat, photo and volume".
std::string view_names(bool with_photo);

}  // namespace convloom::scene
