#include "core/state/links/page_options.hpp"

#include <type_traits>

namespace convloom::state {
namespace {

constexpr HiddenPanel panels[] = {
    {&PageOptions::hide_gallery, "gallery", "the gallery on the left"},
    {&PageOptions::hide_inspector, "inspector", "the inspector on the right"},
    {&PageOptions::hide_timeline, "timeline", "the timeline below"},
    {&PageOptions::hide_top, "top", "the bar above"},
};

template <class A, class... Some>
constexpr bool is_one_of = (std::is_same_v<A, Some> || ...);

// Edits that only change how something is shown. New kinds of actions are locked until they are added here.
template <class A>
constexpr bool only_looks =
    is_one_of<A, OpenState, OpenPhoto, SetView, SetTheme, SetSwitch, SetTurn, ShowLayer, SelectFilter, SetShownAs,
              SetPhotoLook, SetWipe, SetPhotoChannel, SetPhotoKernel, SetHistograms>;

}  // namespace

std::span<const HiddenPanel> hidden_panels() {
    return panels;
}

bool is_locked_out(const Action& action) {
    return visit_action([]<class A>(const A&) { return is_undone<A>() && !only_looks<A>; }, action);
}

}  // namespace convloom::state
