#include "core/scene/looks/paper_page.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::scene {

namespace {

// Whether a page of fewer units has room for everything that the view says.
bool fits_small_page(View view) {
    switch (view) {
        case View::borders:  // the words of five libraries
        case View::cost:
        case View::compare:
        case View::padding:
        case View::stacked:  // numbers in cells of large inputs
        case View::volume:
            return false;
        default:
            return true;
    }
}

}  // namespace

PageSize paper_page_for(View view, double width_pt, double height_pt) {
    constexpr double least_height = 480, least_width = 588;
    const PageSize page = page_for(width_pt, height_pt);
    if (!fits_small_page(view)) return page;
    const double wanted = std::min(1.0, small_size / readable_on_paper(page.width, width_pt));
    const double scale = std::min(1.0, std::max({wanted, least_height / page.height, least_width / page.width}));
    return scale == 1 ? page : PageSize{std::round(page.width * scale), std::round(page.height * scale)};
}

double readable_on_paper(double width, double width_pt) {
    return readable_pt * width / width_pt;
}

}  // namespace convloom::scene
