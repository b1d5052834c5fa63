// Actions on a photo, implemented in update_photo.cpp. Filters are those of its stack; an action that names no filter
// applies to the selected one.
//
// An action that would make the stack impossible to apply to the photo is refused with one sentence and changes
// nothing. Parts of the photo are in pixels of the file.
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
};  // with its default parameters and its usual display mode
struct SetFilterParameter {
    std::string name;
    double value;
};
struct SetFilterOptions {
    image::PassOptions options;
};
struct SetFilterKernels {
    std::vector<image::Kernel> kernels;
};  // the user's own kernels: one, or one per channel
struct SetFilterWeight {
    int row, column;
    float value;
};
enum class KernelWork { normalise, turn, mirror_left_right, mirror_up_down, larger, smaller };
struct ReworkKernel {
    KernelWork work;
};
// Changes to the stack.
struct AddFilter {
    std::string name;
};  // inserts it after the selected filter and selects it
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
// Changes to how the photo is shown.
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
};  // 0 or 1, for a gradient magnitude
struct SetHistograms {
    bool on;
};
// The part that is shown. Like moving in time, undo does not revert this.
struct SetPhotoPart {
    static constexpr bool is_undone = false;
    std::optional<image::Box> part;
};  // nothing: the whole photo
struct ZoomPhoto {
    static constexpr bool is_undone = false;
    double factor;
    double u = 0.5, v = 0.5;
};  // zooms in; the point (u, v) of the part, from 0 to 1, keeps its place

using PhotoAction = std::variant<OpenPhoto, SetFilter, SetFilterParameter, SetFilterOptions, SetFilterKernels,
                                 SetFilterWeight, ReworkKernel, AddFilter, RemoveFilter, MoveFilter, SwitchFilter,
                                 SelectFilter, SetFilterStack, SetShownAs, SetPhotoLook, SetWipe, SetPhotoChannel,
                                 SetPhotoKernel, SetHistograms, SetPhotoPart, ZoomPhoto>;

}  // namespace convloom::state
