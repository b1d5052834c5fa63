#include "core/state/photo.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/image/row_loader.hpp"
#include "core/image/run.hpp"

namespace convloom::state {
namespace {

// Of what goes into the selected pass.
std::pair<int, int> size_before(const Photo& photo) {
    int width = photo.working ? photo.working->width : 1, height = photo.working ? photo.working->height : 1;
    for (int n = 0; n < photo.selected; ++n) {
        width = size_after(photo.stack[static_cast<std::size_t>(n)], width);
        height = size_after(photo.stack[static_cast<std::size_t>(n)], height);
    }
    return {width, height};
}

arith::Axis axis_of(int size, const image::PassKernels& kernels, bool pooling) {
    arith::Axis axis;
    axis.kernel = kernels.side;
    axis.size = std::max<arith::Index>(size, pooling ? kernels.side : 1);
    axis.stride = kernels.stride;
    axis.dilation = kernels.dilation;
    axis.pad_before = pooling ? 0 : kernels.side / 2 * kernels.dilation;
    axis.pad_after = pooling ? 0 : (kernels.side - 1 - kernels.side / 2) * kernels.dilation;
    return axis;
}

// One channel, as the pass reads it.
arith::Tensor plane_of(const image::Image& picture, const image::PassOptions& options, int channel, float white) {
    const image::RowLoader rows(picture, options, 0, 0);
    arith::Tensor tensor{{1, picture.height, picture.width}, {}};
    tensor.values.reserve(picture.pixel_count());
    std::vector<float> row(static_cast<std::size_t>(rows.row_length()));
    const int lane = std::min(channel, rows.lanes() - 1);
    const float scale = white / rows.unit();
    for (int y = 0; y < picture.height; ++y) {
        rows.load(y, row.data());
        for (int x = 0; x < picture.width; ++x) tensor.values.push_back(row[static_cast<std::size_t>(x) * rows.lanes() + lane] * scale);
    }
    return tensor;
}

}  // namespace

arith::Layer photo_layer(const Photo& photo) {
    const image::PassKernels kernels = kernels_of(photo.pass());
    const bool pooling = kernels.kernels.empty();
    const auto [width, height] = size_before(photo);
    arith::Layer layer;
    layer.axes = {axis_of(height, kernels, pooling), axis_of(width, kernels, pooling)};
    layer.padding_mode = photo.pass().options.padding;
    if (pooling) {
        layer.op = kernels.kind == image::Kind::max_pooling ? arith::Op::max_pooling : arith::Op::average_pooling;
        layer.padding_mode = arith::PaddingMode::zeros;
    }
    return layer;
}

float photo_white(const Photo& photo) {
    const bool bytes = photo.working && photo.working->depth() == image::Depth::bits8;
    return bytes && !photo.pass().options.linear_light ? 255.0f : 1.0f;
}

arith::Recording photo_recording(const Photo& photo) {
    const image::Stack before(photo.stack.begin(), photo.stack.begin() + photo.selected);
    const bool none = std::none_of(before.begin(), before.end(), [](const image::Pass& p) { return p.on; });
    const image::Image input = none ? *photo.working : image::filtered(*photo.working, before, image::Depth::float32);
    const image::PassKernels kernels = kernels_of(photo.pass());
    arith::Tensor weight{{0}, {}};
    if (!kernels.kernels.empty()) {
        const bool each = kernels.kind == image::Kind::one_kernel && kernels.kernels.size() > 1;
        const image::Kernel kernel = image::resized(kernels.kernels[each ? static_cast<std::size_t>(photo.channel) : 0], kernels.side);
        weight = {{1, 1, kernels.side, kernels.side}, kernel.weights};
    }
    return {photo_layer(photo), plane_of(input, photo.pass().options, photo.channel, photo_white(photo)), std::move(weight)};
}

std::string photo_filters(const image::Stack& stack, scene::Language language) {
    std::string text;
    for (const image::Pass& pass : stack) {
        if (!pass.on) continue;
        const image::NamedFilter* filter = image::filter_named(pass.filter);
        text += (text.empty() ? "" : tr(language, ", then ")) + (filter ? tr(language, filter->title) : tr(language, "your own kernel"));
    }
    return text.empty() ? tr(language, "no filter") : text;
}

}  // namespace convloom::state
