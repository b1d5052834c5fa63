// A photo under a stack of filters: the part of the State that the image lab shows. Pixels are loaded from the file
// `path`; JSON contains only the path.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "core/arith/layer/shared.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/image/filters/pass.hpp"
#include "core/scene/photo/photo_figure.hpp"
#include "core/state/model/photo_part.hpp"

namespace convloom::state {

struct Photo {
    std::string path;
    arith::Shared<image::Image> image;
    std::optional<image::Box> part;  // the part shown, in pixels of the file; nothing: all of it
    // The picture that is filtered and shown: `region.taken` of `image`, reduced so that the effect of a 3x3 kernel is
    // visible at page size. Both are computed from image, part and stack.
    PhotoRegion region;
    arith::Shared<image::Image> working;
    image::Stack stack{image::usual_pass("gaussian")};  // at least one pass; passes may be switched off
    int selected = 0;                                   // index of the pass that the panels and the step view show
    image::ShownAs shown_as = image::ShownAs::clamped;
    scene::PhotoLook look = scene::PhotoLook::side_by_side;
    double wipe = 0.5;  // position of the divider in the wipe view, as a fraction from the left
    int channel = 0;    // the channel of the step view
    int kernel = 0;     // for a gradient magnitude: which of its two kernels the step view shows
    bool histograms = false;

    const image::Pass& pass() const { return stack[static_cast<std::size_t>(selected)]; }
    friend bool operator==(const Photo&, const Photo&) = default;
};

// Why a pass cannot be shown in this way, or an empty text: the cells of a very wide kernel would be too small.
std::string fault_of_stepping(const image::Pass& pass, scene::PhotoLook look);

// Updates region and working from image, part and stack.
void follow_part(Photo& photo);

// The selected pass as a layer on one channel of its input; for a gradient magnitude with one of its kernels. For a
// part of the photo the layer computes the pixels of the part and reads all pixels they depend on: it pads only where
// the photo ends.
struct PhotoLayer {
    arith::Layer layer;
    image::Box input, output;  // in the pass's input and in its output
};
PhotoLayer placed_layer(const Photo& photo);
inline arith::Layer photo_layer(const Photo& photo) {
    return placed_layer(photo).layer;
}
// With data: values from 0 to 255 for an 8-bit photo, from 0 to 1 for others and for linear light.
arith::Recording photo_recording(const Photo& photo);
// The weight of that layer; for a gradient magnitude that of the given kernel.
arith::Tensor photo_weight(const Photo& photo, int kernel);
// The value of white in that data.
float photo_white(const Photo& photo);

// The pixel of the file that a step of the selected pass computes, and the step that computes the pixel nearest to (x,
// y).
std::pair<int, int> pixel_of_step(const Photo& photo, arith::Index step);
arith::Index step_of_pixel(const Photo& photo, int x, int y);

// "Gaussian blur, then Sobel x": the filters that are switched on.
std::string photo_filters(const image::Stack& stack, scene::Language language = scene::Language::english);

}  // namespace convloom::state
