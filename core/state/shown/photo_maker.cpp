#include "core/state/shown/photo_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/image/picture/srgb.hpp"
#include "core/image/run.hpp"

namespace convloom::state {
namespace {

using image::Image;
using scene::Language;
using scene::PhotoFigure;
using scene::PhotoLook;

constexpr int most_readable_px = 48;  // side length of the largest pictures whose pixel values are shown

std::string base_name(const std::string& path) {
    return path.substr(path.find_last_of('/') + 1);
}

arith::Shared<scene::Pixels> pixels(const Image& image, image::ShownAs shown_as) {
    return scene::Pixels{image.width, image.height, to_rgba(image, shown_as)};
}

// The picture itself if the part is all of it; otherwise a copy of the part, stored in `held`.
const Image& cut(const Image& image, const image::Box& part, Image& held) {
    if (part.width == image.width && part.height == image.height) return image;
    return held = cut_out(image, part);
}

// The mean over the colour channels; with `less`, of the difference to that picture.
std::vector<float> means(const Image& image, const Image* less = nullptr) {
    std::vector<float> values;
    values.reserve(image.pixel_count());
    const int colours = image.colour_channels();
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            float sum = 0;
            for (int c = 0; c < colours; ++c)
                sum += image.value(x, y, c) - (less ? less->value(x, y, std::min(c, less->colour_channels() - 1)) : 0);
            values.push_back(sum / static_cast<float>(colours));
        }
    return values;
}

// The values of a picture that has few enough pixels to read them; alpha is omitted.
scene::PixelValues values_of(const Image& image, float unit) {
    if (image.width > most_readable_px || image.height > most_readable_px) return {};
    scene::PixelValues result{image.colour_channels(), {}, unit > 1 ? 1 : 2};
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            for (int c = 0; c < result.channels; ++c) result.values.push_back(image.value(x, y, c) * unit);
    return result;
}

// Maps values to colours with a diverging map scaled to the largest absolute value.
arith::Shared<scene::Pixels> mapped(const std::vector<float>& values, int width, int height, const scene::Theme& theme,
                                    float unit, PhotoFigure& figure) {
    float most = 0;
    for (float v : values) most = std::max(most, std::abs(v));
    if (most == 0) most = 1 / unit;
    const scene::ValueMap map = scene::value_map(-most, most, theme);
    scene::Pixels made{width, height, {}};
    made.rgba.reserve(values.size() * 4);
    for (float v : values) {
        const scene::Color c = map.color(v);
        made.rgba.insert(made.rgba.end(), {c.r, c.g, c.b, 255});
    }
    figure.map = map;
    figure.map->low *= unit;
    figure.map->high *= unit;
    return made;
}

scene::Histogram histogram(const scene::Pixels& pixels) {
    scene::Histogram shares{};
    const float one = 1.0f / static_cast<float>(std::max(1, pixels.width * pixels.height));
    for (std::size_t n = 0; n < pixels.rgba.size(); n += 4) {
        const float grey = pixels.rgba[n] * image::luminance_weights[0] +
                           pixels.rgba[n + 1] * image::luminance_weights[1] +
                           pixels.rgba[n + 2] * image::luminance_weights[2];
        shares[std::min<std::size_t>(static_cast<std::size_t>(grey / 4), shares.size() - 1)] += one;
    }
    return shares;
}

std::string shown_as_text(image::ShownAs shown_as, Language in) {
    switch (shown_as) {
        case image::ShownAs::absolute:
            return tr(in, "Shown as absolute values: strong responses of either sign are bright.");
        case image::ShownAs::scaled:
            return tr(in, "Shown stretched: the smallest value is black, the largest white.");
        case image::ShownAs::signed_:
            return tr(in, "Shown with its sign, by colour.");
        case image::ShownAs::clamped:
            break;
    }
    return tr(in, "Shown as it is: below 0 black, above 255 white.");
}

void say_options(std::string& notes, const image::Pass& pass, Language in) {
    const image::PassOptions& o = pass.options;
    add_sentence(notes, trf(in, "Padding {}.", tr(in, arith::name_of(o.padding))), in);
    if (o.stride > 1) add_sentence(notes, trf(in, "Stride {}.", o.stride), in);
    if (o.dilation > 1) add_sentence(notes, trf(in, "Dilation {}.", o.dilation), in);
    if (o.channels == image::Channels::luminance) add_sentence(notes, tr(in, "On luminance."), in);
    add_sentence(notes, o.linear_light ? tr(in, "In linear light.") : tr(in, "On stored sRGB values."), in);
    if (o.gain != 1 || o.offset != 0)
        add_sentence(notes, trf(in, "Then times {:.4g} plus {:.4g}.", o.gain, o.offset), in);
    if (o.absolute) add_sentence(notes, tr(in, "Absolute value."), in);
}

// Explains how alpha is treated, for a picture with transparency.
void say_alpha(std::string& notes, const Photo& photo, Language in) {
    if (is_opaque(*photo.working)) return;
    if (photo.pass().options.straight_alpha)
        add_sentence(notes, tr(in, "Alpha is ignored and kept."), in);
    else if (photo.look == PhotoLook::step)
        add_sentence(notes, tr(in, "The steps use colours times alpha; the result is divided by its own alpha."), in);
    else
        add_sentence(notes, tr(in, "Colours are weighted by their alpha."), in);
}

// The weights to draw; a kernel too wide to show is sampled evenly around its centre.
std::vector<float> drawn_weights(const image::Kernel& kernel) {
    if (kernel.side <= image::most_stepped_side) return kernel.weights;
    const int half = image::most_stepped_side / 2, middle = kernel.side / 2;
    std::vector<float> weights;
    for (int r = -half; r <= half; ++r)
        for (int c = -half; c <= half; ++c)
            weights.push_back(kernel.at(middle + r * middle / half, middle + c * middle / half));
    return weights;
}

void say_saving(std::string& notes, const image::PassKernels& kernels, Language in) {
    if (kernels.kernels.empty() || kernels.side < 2) return;
    for (const image::Kernel& kernel : kernels.kernels)
        if (!image::separable(kernel)) return;
    const image::Saving saving = image::saving_of(image::Kernel{kernels.side, {}});
    const int count = kernels.kind == image::Kind::magnitude ? 2 : 1;
    add_sentence(notes,
                 trf(in, "Separable: {} multiplications a pixel instead of {}.", count * saving.separable,
                     count * saving.direct),
                 in);
}

// The parts of the figure that both pages of a photo share.
PhotoFigure common(const Photo& photo, Language in) {
    PhotoFigure figure;
    const image::Pass& pass = photo.pass();
    const image::NamedFilter* filter = image::filter_named(pass.filter);
    const image::PassKernels kernels = kernels_of(pass);
    figure.file_name = base_name(photo.path);
    figure.width = photo.image->width;
    figure.height = photo.image->height;
    figure.part = photo.part;
    figure.factor = photo.region.factor;
    figure.look = photo.look;
    figure.wipe = photo.wipe;
    figure.filters = photo_filters(photo.stack, in);
    figure.filter_name = filter ? std::string(filter->title) : "Your own kernel";
    figure.filter_says = tr(in, filter ? filter->says : image::own_kernel_says);
    say_options(figure.notes, pass, in);
    say_alpha(figure.notes, photo, in);
    say_saving(figure.notes, kernels, in);
    if (!kernels.kernels.empty()) {
        figure.kernel_side = kernels.side;
        const bool second =
            kernels.kind == image::Kind::magnitude && photo.kernel == 1 && photo.look == scene::PhotoLook::step;
        figure.kernel = drawn_weights(image::resized(kernels.kernels[second ? 1 : 0], kernels.side));
        if (kernels.kind == image::Kind::magnitude && photo.look != scene::PhotoLook::step)
            figure.second_kernel = drawn_weights(image::resized(kernels.kernels[1], kernels.side));
    }
    return figure;
}

}  // namespace

const Image& PhotoMaker::result(const Photo& photo) {
    if (!result_ || working_ != photo.working || stack_ != photo.stack) {
        result_ = image::filtered(*photo.working, photo.stack, image::Depth::float32);
        working_ = photo.working;
        stack_ = photo.stack;
    }
    return *result_;
}

const arith::Recording& PhotoMaker::recording(const Photo& photo) {
    const bool holds = recorded_ && recorded_->working == photo.working && recorded_->part == photo.part &&
                       recorded_->stack == photo.stack && recorded_->selected == photo.selected &&
                       recorded_->channel == photo.channel && recorded_->kernel == photo.kernel;
    if (!holds) {
        recording_ = photo_recording(photo);
        other_.reset();
        // A gradient magnitude applies a second kernel to the same pixels.
        if (kernels_of(photo.pass()).kind == image::Kind::magnitude)
            other_.emplace(recording_->layer(), recording_->input(), photo_weight(photo, 1 - photo.kernel));
        recorded_ = photo;
    }
    return *recording_;
}

PhotoFigure PhotoMaker::figure(const Photo& photo, const scene::Theme& theme, Language in) {
    PhotoFigure figure = common(photo, in);
    Image part_before, part_after;
    const Image& working = cut(*photo.working, photo.region.seen, part_before);
    const Image& whole = result(photo);
    const Image& after = cut(whole, seen_after(photo.region.seen, photo.stack, whole.width, whole.height), part_after);
    const float unit = working.depth() == image::Depth::bits8 ? 255.0f : 1.0f;
    figure.before = pixels(working, image::ShownAs::clamped);
    const bool differs =
        photo.look == PhotoLook::difference && after.width == working.width && after.height == working.height;
    if (differs)
        figure.after = mapped(means(after, &working), after.width, after.height, theme, unit, figure);
    else if (photo.shown_as == image::ShownAs::signed_)
        figure.after = mapped(means(after), after.width, after.height, theme, unit, figure);
    else
        figure.after = pixels(after, photo.shown_as);
    add_sentence(figure.notes,
                 differs ? tr(in, "Shown: the result minus the photo, by colour.") : shown_as_text(photo.shown_as, in),
                 in);
    figure.values = {values_of(working, unit), differs ? scene::PixelValues{} : values_of(after, unit)};
    if (photo.histograms) figure.histograms = {{histogram(*figure.before), histogram(*pixels(after, photo.shown_as))}};
    return figure;
}

// The input of the selected pass and its output, without the other passes.
PhotoFigure PhotoMaker::step_figure(const Photo& photo, Language in) {
    PhotoFigure figure = common(photo, in);
    const image::Stack before(photo.stack.begin(), photo.stack.begin() + photo.selected);
    if (std::any_of(before.begin(), before.end(), [](const image::Pass& pass) { return pass.on; }))
        figure.filters_before = photo_filters(before, in);
    image::Pass pass = photo.pass();
    pass.on = true;
    const Image input = image::filtered(*photo.working, before, image::Depth::float32);
    const PhotoLayer placed = placed_layer(photo);
    Image part_before, part_after;
    figure.before = pixels(cut(input, placed.input, part_before), image::ShownAs::clamped);
    figure.after =
        pixels(cut(image::filtered(input, {pass}, image::Depth::float32), placed.output, part_after), photo.shown_as);
    return figure;
}

scene::Scene PhotoMaker::scene(const Photo& photo, const scene::Moment& moment, const scene::ViewOptions& options) {
    Photo wanted = photo;
    wanted.wipe = 0;  // the divider's position affects nothing that is expensive
    if (!figure_ || theme_ != options.theme || language_ != options.language || figured_ != wanted) {
        figure_ = photo.look == PhotoLook::step ? step_figure(photo, options.language)
                                                : figure(photo, *options.theme, options.language);
        figured_ = wanted;
        theme_ = options.theme;
        language_ = options.language;
    }
    figure_->wipe = photo.wipe;
    if (photo.look != PhotoLook::step) return compose_photo(*figure_, options);
    constexpr const char* names[] = {"Red", "Green", "Blue"};
    const bool grey =
        photo.pass().options.channels == image::Channels::luminance || photo.working->colour_channels() == 1;
    const auto [column, row] = pixel_of_step(photo, moment.step);
    const arith::Recording& stepped = recording(photo);
    std::optional<scene::PhotoStep::Joined> joined;
    if (other_) joined = {photo.kernel, other_->value(other_->step(moment.step))};
    return compose_photo_step(
        {*figure_, stepped, grey ? "Brightness" : names[photo.channel], column, row, joined, 0, photo_white(photo)},
        moment, options);
}

}  // namespace convloom::state
