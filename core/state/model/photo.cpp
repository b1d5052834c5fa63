#include "core/state/model/photo.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/image/rows/row_loader.hpp"
#include "core/image/run.hpp"

namespace convloom::state {
namespace {

// The size of the input of the selected pass.
std::pair<int, int> size_before(const Photo& photo) {
    int width = photo.working ? photo.working->width : 1, height = photo.working ? photo.working->height : 1;
    for (int n = 0; n < photo.selected; ++n) {
        width = size_after(photo.stack[static_cast<std::size_t>(n)], width);
        height = size_after(photo.stack[static_cast<std::size_t>(n)], height);
    }
    return {width, height};
}

// One axis of the layer: the part of `size` input cells that is needed to compute the output cells for the cells from
// `first` on.
struct Span {
    arith::Axis axis;
    int first_in = 0, first_out = 0, count_out = 0;
};
Span span_of(int size, int first, int count, bool all, const image::PassKernels& kernels, bool pooling, bool circular) {
    Span span;
    arith::Axis& axis = span.axis;
    axis.kernel = kernels.side;
    axis.size = std::max<arith::Index>(size, pooling ? kernels.side : 1);
    axis.stride = kernels.stride;
    axis.dilation = kernels.dilation;
    axis.pad_before = pooling ? 0 : kernels.side / 2 * kernels.dilation;
    axis.pad_after = pooling ? 0 : (kernels.side - 1 - kernels.side / 2) * kernels.dilation;
    const auto made = static_cast<int>(arith::output_size(axis));
    span.count_out = made;
    const int first_out = std::min(first / kernels.stride, made - 1),
              count_out = std::clamp((count + kernels.stride - 1) / kernels.stride, 1, made - first_out);
    const int begin = first_out * kernels.stride - static_cast<int>(axis.pad_before),
              end = begin + (count_out - 1) * kernels.stride + (kernels.side - 1) * kernels.dilation + 1;
    // Circular padding at a border needs the opposite end of the photo.
    if (all || (circular && (begin < 0 || end > axis.size))) return span;
    span.first_in = std::max(begin, 0);
    span.first_out = first_out;
    span.count_out = count_out;
    axis.pad_before = span.first_in - begin;
    axis.pad_after = std::max<arith::Index>(0, end - axis.size);
    axis.size = end - axis.pad_after - span.first_in;
    return span;
}

// One channel with the values that the pass reads.
arith::Tensor plane_of(const image::Image& picture, const image::Box& box, const image::PassOptions& options,
                       int channel, float white) {
    const image::RowLoader rows(picture, options, 0, 0, image::weighs_alpha(picture, options));
    arith::Tensor tensor{{1, box.height, box.width}, {}};
    tensor.values.reserve(static_cast<std::size_t>(box.width) * box.height);
    std::vector<float> row(static_cast<std::size_t>(rows.row_length()));
    const int lane = options.channels == image::Channels::luminance ? 0 : std::min(channel, rows.lanes() - 1);
    const float scale = white / rows.unit();
    for (int y = box.y; y < box.y + box.height; ++y) {
        rows.load(y, row.data());
        for (int x = box.x; x < box.x + box.width; ++x)
            tensor.values.push_back(row[static_cast<std::size_t>(x) * rows.lanes() + lane] * scale);
    }
    return tensor;
}

}  // namespace

PhotoLayer placed_layer(const Photo& photo) {
    const image::Pass& pass = photo.pass();
    const image::PassKernels kernels = shape_of(pass);
    const bool pooling = kernels.is_pooling(), all = !photo.part,
               circular = pass.options.padding == arith::PaddingMode::circular && !pooling;
    const auto [width, height] = size_before(photo);
    const image::Stack before(photo.stack.begin(), photo.stack.begin() + photo.selected);
    const image::Box seen = seen_after(photo.region.seen, before, width, height);
    const Span down = span_of(height, seen.y, seen.height, all, kernels, pooling, circular),
               across = span_of(width, seen.x, seen.width, all, kernels, pooling, circular);
    PhotoLayer placed;
    placed.layer.axes = {down.axis, across.axis};
    placed.layer.padding_mode = pooling ? arith::PaddingMode::zeros : pass.options.padding;
    if (pooling)
        placed.layer.op =
            kernels.kind == image::Kind::max_pooling ? arith::Op::max_pooling : arith::Op::average_pooling;
    placed.input = {across.first_in, down.first_in, static_cast<int>(across.axis.size),
                    static_cast<int>(down.axis.size)};
    placed.output = {across.first_out, down.first_out, across.count_out, down.count_out};
    return placed;
}

float photo_white(const Photo& photo) {
    const bool bytes = photo.working && photo.working->depth() == image::Depth::bits8;
    return bytes && !photo.pass().options.linear_light ? 255.0f : 1.0f;
}

arith::Tensor photo_weight(const Photo& photo, int kernel) {
    const image::PassKernels kernels = kernels_of(photo.pass());
    if (kernels.kernels.empty()) return {{0}, {}};
    const bool each = kernels.kind == image::Kind::one_kernel && kernels.kernels.size() > 1;
    const int number = each ? photo.channel : kernels.kind == image::Kind::magnitude ? kernel : 0;
    return {{1, 1, kernels.side, kernels.side},
            image::resized(kernels.kernels[static_cast<std::size_t>(number)], kernels.side).weights};
}

arith::Recording photo_recording(const Photo& photo) {
    const image::Stack before(photo.stack.begin(), photo.stack.begin() + photo.selected);
    const bool none = std::none_of(before.begin(), before.end(), [](const image::Pass& p) { return p.on; });
    const arith::Shared<image::Image> input =
        none ? photo.working
             : arith::Shared<image::Image>(image::filtered(*photo.working, before, image::Depth::float32));
    PhotoLayer placed = placed_layer(photo);
    return {std::move(placed.layer),
            plane_of(*input, placed.input, photo.pass().options, photo.channel, photo_white(photo)),
            photo_weight(photo, photo.kernel)};
}

std::string fault_of_stepping(const image::Pass& pass, scene::PhotoLook look) {
    const image::PassKernels shape = shape_of(pass);
    if (look != scene::PhotoLook::step || shape.side <= image::most_stepped_side) return "";
    return fmt::format("A kernel of {}×{} is too large to step through pixel by pixel; the limit is {}×{}.", shape.side,
                       shape.side, image::most_stepped_side, image::most_stepped_side);
}

void follow_part(Photo& photo) {
    const PhotoRegion region = region_of(photo.image->width, photo.image->height, photo.part, photo.stack);
    if (photo.working && photo.region == region) return;
    const image::Box& taken = region.taken;
    const bool all = region.factor == 1 && taken.width == photo.image->width && taken.height == photo.image->height;
    photo.working = all ? photo.image : image::reduced(*photo.image, taken, region.factor);
    photo.region = region;
}

namespace {

// The distance in pixels of the file between neighbouring pixels of the selected pass's input.
arith::Index step_px(const Photo& photo) {
    return stride_of(photo.stack, static_cast<std::size_t>(photo.selected)) *
           static_cast<arith::Index>(photo.region.factor);
}

}  // namespace

std::pair<int, int> pixel_of_step(const Photo& photo, arith::Index step) {
    const PhotoLayer placed = placed_layer(photo);
    const arith::Recording places(placed.layer, {}, {}, {});
    const arith::Step at = places.step(std::clamp<arith::Index>(step, 0, places.step_count() - 1));
    const arith::Index px = step_px(photo) * placed.layer.axes[0].stride;
    auto pixel = [&](int first, arith::Index cell) {
        return static_cast<int>((first + cell) * px + photo.region.factor / 2);
    };
    return {photo.region.taken.x + pixel(placed.output.x, at.output[1]),
            photo.region.taken.y + pixel(placed.output.y, at.output[0])};
}

arith::Index step_of_pixel(const Photo& photo, int x, int y) {
    const PhotoLayer placed = placed_layer(photo);
    const arith::Index px = step_px(photo) * placed.layer.axes[0].stride;
    auto cell = [&](int at, int first, int count) { return std::clamp<arith::Index>(at / px - first, 0, count - 1); };
    const arith::Index row = cell(y - photo.region.taken.y, placed.output.y, placed.output.height),
                       column = cell(x - photo.region.taken.x, placed.output.x, placed.output.width);
    return arith::Recording(placed.layer, {}, {}, {}).step_at(0, {row, column, 0});
}

std::string photo_filters(const image::Stack& stack, scene::Language language) {
    std::string text;
    for (const image::Pass& pass : stack) {
        if (!pass.on) continue;
        const image::NamedFilter* filter = image::filter_named(pass.filter);
        text += (text.empty() ? "" : tr(language, ", then ")) +
                (filter ? tr(language, filter->title) : tr(language, "your own kernel"));
    }
    return text.empty() ? tr(language, "no filter") : text;
}

}  // namespace convloom::state
