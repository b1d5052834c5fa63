#include "app/paint/frame.hpp"

#include <algorithm>

namespace convloom::paint {

PdfOptions page_of(const FrameOptions& o) {
    const double pt = o.dpi > 0 ? 72.0 / o.dpi : 720.0 / std::max(o.width, o.height);
    return {o.width * pt, o.height * pt, o.transparent, {}};
}

}  // namespace convloom::paint
