#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/counts.hpp"
#include "core/image/run.hpp"
#include "core/state/update/groups.hpp"
#include "core/state/update/moments.hpp"
#include "core/state/update/set_pixels.hpp"

namespace convloom::state {
namespace {

using image::Pass;
using image::Stack;

// Problems of a photo belong to no field of a layer; the kernel field is used.
Problems photo_refused(std::string sentence) {
    return refused(arith::LayerField::kernel, std::move(sentence));
}

// Changes the stack or the shown part and updates what depends on it. If another region of the file is read, the window
// stays on the same pixel.
template <class Change>
void with_updated_region(State& state, Change change) {
    Photo& photo = *state.photo;
    if (!photo.working) return change();
    scene::Moment& moment = state.view == scene::View::photo ? state.moment : state.other_moment;
    const auto [x, y] = pixel_of_step(photo, moment.step);
    const PhotoRegion before = photo.region;
    change();
    follow_part(photo);
    if (photo.region != before) moment.step = step_of_pixel(photo, x, y);
}

// Why the stack cannot be applied to this part or its selected filter cannot be shown step by step, or an empty text.
std::string fault_of_part(const Photo& photo, const std::optional<image::Box>& part, const Stack& stack, int selected) {
    if (!photo.image) return "";
    const PhotoRegion region = region_of(photo.image->width, photo.image->height, part, stack);
    image::Image taken;
    taken.width = std::max(1, region.taken.width / region.factor);
    taken.height = std::max(1, region.taken.height / region.factor);
    taken.channels = photo.image->channels;
    Stack stepped(stack.begin(), stack.begin() + selected + 1);
    stepped.back().on = true;
    const std::string fault = image::fault_of(stack, taken);
    return fault.empty() ? image::fault_of(stepped, taken) : fault;
}

// Replaces the stack, if it can be applied to the photo.
Problems take_stack(State& state, Stack stack, int selected) {
    if (stack.empty()) return photo_refused("The stack needs at least one filter; switch this one off instead.");
    for (Pass& pass : stack)
        if (const image::NamedFilter* filter = image::filter_named(pass.filter); filter && pass.parameters.empty())
            pass.parameters = filter->usual_values();
    // Filters that are switched off must be valid too, because they can be switched on or shown step by step.
    const int colours = state.photo->working ? state.photo->working->colour_channels() : 3;
    for (const Pass& pass : stack)
        if (std::string fault = fault_of(pass, pass.own.size() == 3 ? 3 : colours); !fault.empty())
            return photo_refused(std::move(fault));
    for (const Pass& pass : stack)
        for (const image::Kernel& kernel : pass.own)
            if (kernel.side > image::most_table_side)
                return photo_refused(fmt::format("A kernel of {}×{} is too large to edit by hand; the limit is {}×{}.",
                                                 kernel.side, kernel.side, image::most_table_side,
                                                 image::most_table_side));
    selected = std::clamp(selected, 0, static_cast<int>(stack.size()) - 1);
    std::string fault = fault_of_part(*state.photo, state.photo->part, stack, selected);
    if (fault.empty()) fault = fault_of_stepping(stack[static_cast<std::size_t>(selected)], state.photo->look);
    if (!fault.empty()) return photo_refused(std::move(fault));
    with_updated_region(state, [&] {
        state.photo->selected = selected;
        state.photo->stack = std::move(stack);
    });
    return {};
}

Problems no_pixels() {
    return photo_refused("The photo's file is not open.");
}

template <class Change>
Problems change_pass(State& state, Change change) {
    Stack stack = state.photo->stack;
    if (Problems problems = change(stack[static_cast<std::size_t>(state.photo->selected)]); !problems.empty())
        return problems;
    return take_stack(state, std::move(stack), state.photo->selected);
}

bool is_number(const Stack& stack, int number) {
    return number >= 0 && number < static_cast<int>(stack.size());
}
Problems no_filter(const Stack& stack, int number) {
    return photo_refused(arith::counting({{static_cast<arith::Index>(stack.size()), "filter"}},
                                         "There is no filter {}; the stack has {} filters.", number + 1, stack.size()));
}

Problems no_such_name(const std::string& name) {
    return photo_refused(fmt::format("There is no filter “{}”.", name));
}

// Turns a pass with one kernel into a pass with that kernel as the user's own.
Problems make_own_kernel(Pass& pass) {
    const image::PassKernels laid = kernels_of(pass);
    if (laid.kind != image::Kind::one_kernel)
        return photo_refused(fmt::format("{} has no single kernel to edit.", image::filter_named(pass.filter)->title));
    pass.own = laid.kernels;
    pass.filter = image::own_kernel_name;
    pass.parameters.clear();
    return {};
}

image::Kernel reworked(const image::Kernel& kernel, KernelWork work) {
    switch (work) {
        case KernelWork::normalise:
            return normalised(kernel);
        case KernelWork::turn:
            return turned(kernel);
        case KernelWork::mirror_left_right:
            return mirrored_left_right(kernel);
        case KernelWork::mirror_up_down:
            return mirrored_up_down(kernel);
        case KernelWork::larger:
            return resized(kernel, kernel.side + (kernel.side % 2 == 0 ? 1 : 2));
        case KernelWork::smaller:
            break;
    }
    return resized(kernel, std::max(1, kernel.side - (kernel.side % 2 == 0 ? 1 : 2)));
}

Problems take_part(State& state, const std::optional<image::Box>& part) {
    if (std::string fault = fault_of_part(*state.photo, part, state.photo->stack, state.photo->selected);
        !fault.empty())
        return photo_refused(std::move(fault));
    with_updated_region(state, [&] { state.photo->part = part; });
    return {};
}

bool lies_inside(const image::Box& part, const image::Image& image) {
    return part.x >= 0 && part.y >= 0 && part.width >= std::min(least_part_px, image.width) &&
           part.height >= std::min(least_part_px, image.height) && part.width <= image.width - part.x &&
           part.height <= image.height - part.y;
}

// Computes the picture to show for a photo that has just got its pixels.
void take_pixels(Photo& photo) {
    follow_part(photo);
    // The stack may have been made for another picture and may not fit this one.
    if (fault_of_part(photo, photo.part, photo.stack, photo.selected).empty()) return;
    photo.stack = Photo{}.stack;
    photo.selected = 0;
    follow_part(photo);
}

struct PhotoUpdate {
    State& state;

    // Switches to the usual display mode of the selected filter.
    Problems shown_as_usual(Problems problems) const {
        if (problems.empty()) state.photo->shown_as = usual_shown_as(state.photo->stack);
        return problems;
    }

    Problems operator()(const OpenPhoto& a) const {
        Photo photo = state.photo ? *state.photo : Photo{};
        photo.path = a.path;
        photo.image = a.image;
        photo.part.reset();
        photo.working = {};
        photo.channel = 0;
        take_pixels(photo);
        if (state.view != scene::View::photo) std::swap(state.moment, state.other_moment);
        state.moment = {};
        state.photo = std::move(photo);
        state.view = scene::View::photo;
        return {};
    }

    Problems operator()(const SetFilter& a) const {
        if (!image::filter_named(a.name)) return no_such_name(a.name);
        return shown_as_usual(change_pass(state, [&](Pass& pass) {
            const image::PassOptions options = pass.options;
            pass = image::usual_pass(a.name);
            pass.options = options;
            return Problems{};
        }));
    }
    Problems operator()(const SetFilterParameter& a) const {
        return change_pass(state, [&](Pass& pass) {
            const image::NamedFilter* filter = image::filter_named(pass.filter);
            for (std::size_t n = 0; filter && n < filter->parameters.size(); ++n)
                if (filter->parameters[n].name == a.name) {
                    pass.parameters = values_of(pass, *filter);
                    pass.parameters[n] = a.value;
                    return Problems{};
                }
            return photo_refused(fmt::format("{} has no “{}”.", pass.filter, a.name));
        });
    }
    Problems operator()(const SetFilterOptions& a) const {
        return change_pass(state, [&](Pass& pass) { return pass.options = a.options, Problems{}; });
    }
    Problems operator()(const SetFilterKernels& a) const {
        return shown_as_usual(change_pass(state, [&](Pass& pass) {
            pass.filter = image::own_kernel_name;
            pass.parameters.clear();
            pass.own = a.kernels;
            return Problems{};
        }));
    }
    Problems operator()(const SetFilterWeight& a) const {
        return change_pass(state, [&](Pass& pass) {
            if (Problems problems = make_own_kernel(pass); !problems.empty()) return problems;
            for (image::Kernel& kernel : pass.own) {
                if (a.row < 0 || a.column < 0 || a.row >= kernel.side || a.column >= kernel.side)
                    return photo_refused(fmt::format("There is no weight ({}, {}) in {}×{}.", a.row, a.column,
                                                     kernel.side, kernel.side));
                kernel.weights[static_cast<std::size_t>(a.row) * kernel.side + a.column] = a.value;
            }
            return Problems{};
        });
    }
    Problems operator()(const ReworkKernel& a) const {
        return change_pass(state, [&](Pass& pass) {
            if (Problems problems = make_own_kernel(pass); !problems.empty()) return problems;
            for (image::Kernel& kernel : pass.own) kernel = reworked(kernel, a.work);
            return Problems{};
        });
    }

    Problems operator()(const AddFilter& a) const {
        if (!image::filter_named(a.name)) return no_such_name(a.name);
        Stack stack = state.photo->stack;
        const int at = state.photo->selected + 1;
        stack.insert(stack.begin() + at, image::usual_pass(a.name));
        return shown_as_usual(take_stack(state, std::move(stack), at));
    }
    Problems operator()(const RemoveFilter& a) const {
        Stack stack = state.photo->stack;
        if (!is_number(stack, a.number)) return no_filter(stack, a.number);
        stack.erase(stack.begin() + a.number);
        return take_stack(
            state, std::move(stack),
            state.photo->selected - (a.number <= state.photo->selected && state.photo->selected > 0 ? 1 : 0));
    }
    Problems operator()(const MoveFilter& a) const {
        Stack stack = state.photo->stack;
        for (int number : {a.from, a.to})
            if (!is_number(stack, number)) return no_filter(stack, number);
        const Pass moved = stack[static_cast<std::size_t>(a.from)];
        stack.erase(stack.begin() + a.from);
        stack.insert(stack.begin() + a.to, moved);
        return take_stack(state, std::move(stack), a.to);
    }
    Problems operator()(const SwitchFilter& a) const {
        Stack stack = state.photo->stack;
        if (!is_number(stack, a.number)) return no_filter(stack, a.number);
        stack[static_cast<std::size_t>(a.number)].on = a.on;
        return take_stack(state, std::move(stack), state.photo->selected);
    }
    Problems operator()(const SelectFilter& a) const {
        if (!is_number(state.photo->stack, a.number)) return no_filter(state.photo->stack, a.number);
        return take_stack(state, state.photo->stack, a.number);
    }
    Problems operator()(const SetFilterStack& a) const { return take_stack(state, a.stack, state.photo->selected); }

    Problems operator()(const SetShownAs& a) const {
        state.photo->shown_as = a.shown_as;
        return {};
    }
    Problems operator()(const SetPhotoLook& a) const {
        if (std::string fault = fault_of_stepping(state.photo->pass(), a.look); !fault.empty())
            return photo_refused(std::move(fault));
        state.photo->look = a.look;
        return {};
    }
    Problems operator()(const SetWipe& a) const {
        state.photo->wipe = std::clamp(a.wipe, 0.0, 1.0);
        return {};
    }
    Problems operator()(const SetPhotoChannel& a) const {
        const int channels = state.photo->working ? state.photo->working->colour_channels() : 3;
        if (a.channel < 0 || a.channel >= channels)
            return refused(arith::LayerField::channels,
                           arith::counting({{channels, "channel"}},
                                           "There is no channel {}; the photo has {} channels.", a.channel, channels));
        state.photo->channel = a.channel;
        return {};
    }
    Problems operator()(const SetPhotoKernel& a) const {
        if (a.kernel < 0 || a.kernel > 1)
            return photo_refused(fmt::format("There is no kernel {}; a magnitude has two kernels.", a.kernel + 1));
        state.photo->kernel = a.kernel;
        return {};
    }
    Problems operator()(const SetPhotoPart& a) const {
        if (!state.photo->working) return no_pixels();
        const image::Image& image = *state.photo->image;
        std::optional<image::Box> part = a.part;
        if (part && !lies_inside(*part, image))
            return photo_refused(fmt::format(
                "A part of {}×{} at ({}, {}) does not lie in a photo of {}×{}; its sides must be {} pixels or more.",
                part->width, part->height, part->x, part->y, image.width, image.height, least_part_px));
        if (part && part->width == image.width && part->height == image.height) part.reset();
        return take_part(state, part);
    }
    Problems operator()(const ZoomPhoto& a) const {
        if (!state.photo->working) return no_pixels();
        const image::Image& image = *state.photo->image;
        return take_part(state, zoomed(state.photo->part, image.width, image.height, std::clamp(a.factor, 0.01, 100.0),
                                       std::clamp(a.u, 0.0, 1.0), std::clamp(a.v, 0.0, 1.0)));
    }
    Problems operator()(const SetHistograms& a) const {
        state.photo->histograms = a.on;
        return {};
    }
};

}  // namespace

Problems carry_out(State& state, const PhotoAction& action) {
    if (!state.photo && !std::holds_alternative<OpenPhoto>(action))
        return photo_refused("No photo is open yet; open one first.");
    return std::visit(PhotoUpdate{state}, action);
}

void set_pixels(State& state, arith::Shared<image::Image> image) {
    Photo& photo = *state.photo;
    photo.image = std::move(image);
    photo.working = {};
    if (photo.part && !lies_inside(*photo.part, *photo.image)) photo.part.reset();  // the file is smaller than before
    take_pixels(photo);
    photo.channel = std::min(photo.channel, photo.working->colour_channels() - 1);
    settle_moments(state);
}

}  // namespace convloom::state
