// A photo under a stack of filters: the part of the State that the image lab shows. The pixels come from the file
// `path`; the JSON keeps only the path.
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
    std::optional<image::Box> part;  // that is shown, in the file's pixels; nothing for all of it
    // The picture that is filtered and shown: `region.taken` of `image`, reduced until a 3x3 kernel's work can be seen
    // at the size of a page. Both follow from image, part and stack.
    PhotoRegion region;
    arith::Shared<image::Image> working;
    image::Stack stack{image::usual_pass("gaussian")};  // at least one pass, of which some may be off
    int selected = 0;                                   // the pass that panels show and that is stepped through
    image::ShownAs shown_as = image::ShownAs::clamped;
    scene::PhotoLook look = scene::PhotoLook::side_by_side;
    double wipe = 0.5;  // of that look, from the left
    int channel = 0;    // that is stepped through
    int kernel = 0;     // the same, of a magnitude's two
    bool histograms = false;

    const image::Pass& pass() const { return stack[static_cast<std::size_t>(selected)]; }
    friend bool operator==(const Photo&, const Photo&) = default;
};

// Why a pass cannot be looked at in this way, or nothing: a wide kernel's cells would be too small to be seen.
std::string fault_of_stepping(const image::Pass& pass, scene::PhotoLook look);

// Brings region and working in line with image, part and stack.
void follow_part(Photo& photo);

// One channel of what goes into the selected pass as the layer that the pass is to it; of a magnitude, one of its
// kernels. Of a part of the photo the layer makes the part's pixels and takes in what they see: it pads only where the
// photo ends.
struct PhotoLayer {
    arith::Layer layer;
    image::Box input, output;  // in what goes into the pass, and in what comes out of it
};
PhotoLayer placed_layer(const Photo& photo);
inline arith::Layer photo_layer(const Photo& photo) {
    return placed_layer(photo).layer;
}
// With its data: values from 0 to 255 of an eight-bit photo, from 0 to 1 of others and of light.
arith::Recording photo_recording(const Photo& photo);
// Its weight; of a magnitude that of either of its kernels.
arith::Tensor photo_weight(const Photo& photo, int kernel);
// What stands for white in them.
float photo_white(const Photo& photo);

// The pixel of the file over which the window stands at a step of the selected pass, and the step nearest to a pixel.
std::pair<int, int> pixel_of_step(const Photo& photo, arith::Index step);
arith::Index step_of_pixel(const Photo& photo, int x, int y);

// "Gaussian blur, then Sobel x": those that are on.
std::string photo_filters(const image::Stack& stack, scene::Language language = scene::Language::english);

}  // namespace convloom::state
