// What the user wants of a photo. Filters are those of its stack; what is not said to be of another is of the selected
// one.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/state/model/photo.hpp"

namespace convloom::state {

struct OpenPhoto {
    std::string path;
    arith::Shared<image::Image> image;
};
struct SetFilter {
    std::string name;
};  // with its usual parameters; shown as suits it
struct SetFilterParameter {
    std::string name;
    double value;
};
struct SetFilterOptions {
    image::PassOptions options;
};
struct SetFilterKernels {
    std::vector<image::Kernel> kernels;
};  // one's own: one, or one a channel
struct SetFilterWeight {
    int row, column;
    float value;
};
enum class KernelWork { normalise, turn, mirror_left_right, mirror_up_down, larger, smaller };
struct ReworkKernel {
    KernelWork work;
};
// The stack.
struct AddFilter {
    std::string name;
};  // after the selected one, which it becomes
struct RemoveFilter {
    int number;
};
struct MoveFilter {
    int from, to;
};
struct SwitchFilter {
    int number;
    bool on;
};
struct SelectFilter {
    int number;
};
struct SetFilterStack {
    image::Stack stack;
};
// How it is shown.
struct SetShownAs {
    image::ShownAs shown_as;
};
struct SetPhotoLook {
    scene::PhotoLook look;
};
struct SetWipe {
    double wipe;
};
struct SetPhotoChannel {
    int channel;
};
struct SetPhotoKernel {
    int kernel;
};  // 0 or 1, of a magnitude
struct SetHistograms {
    bool on;
};
// Where one looks: not undone, as moving in time is not.
struct SetPhotoPart {
    static constexpr bool is_undone = false;
    std::optional<image::Box> part;
};  // nothing for all of the photo
struct ZoomPhoto {
    static constexpr bool is_undone = false;
    double factor;
    double u = 0.5, v = 0.5;
};  // nearer; what lies at (u, v) of the part, from 0 to 1, stays there

using PhotoAction = std::variant<OpenPhoto, SetFilter, SetFilterParameter, SetFilterOptions, SetFilterKernels,
                                 SetFilterWeight, ReworkKernel, AddFilter, RemoveFilter, MoveFilter, SwitchFilter,
                                 SelectFilter, SetFilterStack, SetShownAs, SetPhotoLook, SetWipe, SetPhotoChannel,
                                 SetPhotoKernel, SetHistograms, SetPhotoPart, ZoomPhoto>;

}  // namespace convloom::state
