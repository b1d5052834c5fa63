// A photo under a stack of filters: the part of the State that the image lab shows. The pixels come from the file `path`;
// the JSON keeps only the path.
#pragma once
#include <string>

#include "core/arith/recording.hpp"
#include "core/arith/shared.hpp"
#include "core/image/pass.hpp"
#include "core/scene/photo_figure.hpp"

namespace convloom::state {

struct Photo {
    std::string path;
    arith::Shared<image::Image> image;
    // The picture that is filtered and shown: `image` reduced until a 3x3 kernel's work can be seen at the
    // size of a page. Follows from image.
    arith::Shared<image::Image> working;
    image::Stack stack{image::usual_pass("gaussian")};   // at least one pass, of which some may be off
    int selected = 0;                    // the pass that panels show and that is stepped through
    image::ShownAs shown_as = image::ShownAs::clamped;
    scene::PhotoLook look = scene::PhotoLook::side_by_side;
    double wipe = 0.5;                   // of that look, from the left
    int channel = 0;                     // that is stepped through
    bool histograms = false;

    const image::Pass& pass() const { return stack[static_cast<std::size_t>(selected)]; }
    friend bool operator==(const Photo&, const Photo&) = default;
};

// The longest side of a working picture: one of two pictures on a 1920-pixel page.
constexpr int working_side_px = 960;

// One channel of what goes into the selected pass as the layer that the pass is to it; of a magnitude, its first kernel.
arith::Layer photo_layer(const Photo& photo);
// With its data: values from 0 to 255 of an eight-bit photo, from 0 to 1 of others and of light.
arith::Recording photo_recording(const Photo& photo);
// What stands for white in them.
float photo_white(const Photo& photo);

// "Gaussian blur, then Sobel x": those that are on.
std::string photo_filters(const image::Stack& stack, scene::Language language = scene::Language::english);

}  // namespace convloom::state
