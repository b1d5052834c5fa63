#include "core/state/model/photo_part.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::state {
namespace {

constexpr int most_around_px = 1024;  // beyond this distance from the part, padding is used
constexpr int most_stride_px = 4096;

// How far the filters see, in pixels of the first filter's input. Filters that are off are included, because they can
// be shown step by step.
int reach_of(const image::Stack& stack) {
    long reach = 0, stride = 1;
    for (const image::Pass& pass : stack) {
        const image::PassKernels kernels = shape_of(pass);
        reach += stride * kernels.dilation * kernels.side;
        if (pass.on) stride *= kernels.stride;
        if (reach > most_around_px) return most_around_px;
    }
    return static_cast<int>((reach + 7) / 8 *
                            8);  // rounded up, so that not every movement of a slider changes the region
}

int down_to(int value, int multiple) {
    return std::max(0, value) / multiple * multiple;
}

}  // namespace

int stride_of(const image::Stack& stack, std::size_t count) {
    long stride = 1;
    for (std::size_t n = 0; n < count && stride < most_stride_px; ++n)
        if (stack[n].on) stride *= shape_of(stack[n]).stride;
    return static_cast<int>(std::min<long>(stride, most_stride_px));
}

PhotoRegion region_of(int width, int height, const std::optional<image::Box>& part, const image::Stack& stack) {
    const image::Box wanted = part.value_or(image::Box{0, 0, width, height});
    PhotoRegion region;
    region.factor = std::max(1, (std::max(wanted.width, wanted.height) + working_side_px - 1) / working_side_px);
    const int around = part ? reach_of(stack) * region.factor : 0,
              step = region.factor * stride_of(stack, stack.size());
    int left = down_to(wanted.x - around, step), top = down_to(wanted.y - around, step);
    int right = std::min(width, wanted.x + wanted.width + around),
        bottom = std::min(height, wanted.y + wanted.height + around);
    // Circular padding at a border needs the opposite end of the photo.
    const bool circular = std::any_of(stack.begin(), stack.end(), [](const image::Pass& pass) {
        return pass.options.padding == arith::PaddingMode::circular;
    });
    if (circular && (wanted.x < around || right == width)) left = 0, right = width;
    if (circular && (wanted.y < around || bottom == height)) top = 0, bottom = height;
    region.taken = {left, top, right - left, bottom - top};
    const auto reduced = [&](int length) { return std::max(1, length / region.factor); };
    region.seen = {(wanted.x - left) / region.factor, (wanted.y - top) / region.factor, reduced(wanted.width),
                   reduced(wanted.height)};
    region.seen.x = std::min(region.seen.x, reduced(region.taken.width) - region.seen.width);
    region.seen.y = std::min(region.seen.y, reduced(region.taken.height) - region.seen.height);
    return region;
}

image::Box seen_after(const image::Box& seen, const image::Stack& stack, int width, int height) {
    const int stride = stride_of(stack, stack.size());
    const int x = std::clamp(seen.x / stride, 0, width - 1), y = std::clamp(seen.y / stride, 0, height - 1);
    return {x, y, std::clamp((seen.width + stride - 1) / stride, 1, width - x),
            std::clamp((seen.height + stride - 1) / stride, 1, height - y)};
}

image::Box part_around(int width, int height, int part_width, int x, int y) {
    const double shape = static_cast<double>(height) / width;
    const int wide = std::clamp(part_width, std::min(least_part_px, width), width);
    const int high = std::clamp(static_cast<int>(std::lround(wide * shape)), std::min(least_part_px, height), height);
    return {std::clamp(x - wide / 2, 0, width - wide), std::clamp(y - high / 2, 0, height - high), wide, high};
}

std::optional<image::Box> zoomed(const std::optional<image::Box>& part, int width, int height, double factor, double u,
                                 double v) {
    const image::Box from = part.value_or(image::Box{0, 0, width, height});
    // Changes the size by at least one pixel; otherwise small parts would not zoom.
    int wide = static_cast<int>(std::lround(from.width / factor));
    if (wide == from.width && factor != 1) wide += factor > 1 ? -1 : 1;
    if (wide >= width) return std::nullopt;
    image::Box to = part_around(width, height, wide, 0, 0);
    to.x = std::clamp(static_cast<int>(std::lround(from.x + u * (from.width - to.width))), 0, width - to.width);
    to.y = std::clamp(static_cast<int>(std::lround(from.y + v * (from.height - to.height))), 0, height - to.height);
    return to;
}

}  // namespace convloom::state
