#include "app/gui/base/focus.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cfloat>
#include <utility>
#include <vector>

#include "app/gui/base/places.hpp"

namespace convloom::gui {
namespace {

struct Control {
    ImGuiID id = 0;
    ImRect box;
    ImGuiWindow* window = nullptr;
    ControlKind kind = ControlKind::button;
    ImGuiID group = 0;
    bool chosen = false, typed = false;  // typed: it takes text
};

// The control that had the focus behind a popup; it gets it back when the popup is closed.
struct Behind {
    ImGuiWindow* scope = nullptr;
    ImGuiID at = 0;
};

struct Focus {
    const ImGuiContext* context = nullptr;  // the context that owns these windows
    std::vector<Control> now, last;
    std::vector<Behind> behind;
    ImGuiWindow* scope = nullptr;  // the popup in front; null for the window itself
    ImGuiID at = 0, group = 0, left_field = 0;
    bool shown = false, wants_first = false;
    int frame = -1, list_frame = -1, nudge = 0;
};

Focus& focus() {
    static Focus the_only;
    return the_only;
}

ImGuiWindow* popup_in_front() {
    const ImVector<ImGuiPopupData>& open = ImGui::GetCurrentContext()->OpenPopupStack;
    return open.empty() ? nullptr : open.back().Window;
}

bool has_list_keys() {
    return focus().list_frame >= ImGui::GetFrameCount() - 1;
}

// The controls of the popup in front, or all if there is none, in the order of drawing.
std::vector<Control> reachable() {
    const Focus& f = focus();
    std::vector<Control> all;
    for (const Control& one : f.last)
        if (!f.scope || one.window->RootWindow == f.scope) all.push_back(one);
    return all;
}

int place_of_id(const std::vector<Control>& all, ImGuiID id) {
    for (int n = 0; n < static_cast<int>(all.size()); ++n)
        if (all[static_cast<std::size_t>(n)].id == id) return n;
    return -1;
}

// The control at which a group is entered, from any of the group.
const Control& entered(const std::vector<Control>& all, const Control& one) {
    if (one.group == 0) return one;
    const Control* first = nullptr;
    for (const Control& other : all) {
        if (other.group != one.group) continue;
        if (other.chosen) return other;
        if (!first) first = &other;
    }
    return first ? *first : one;
}

const Control* first_of(const std::vector<Control>& all) {
    for (const Control& one : all)
        if (one.kind != ControlKind::way_out && one.kind != ControlKind::slider) return &entered(all, one);
    return all.empty() ? nullptr : &all.front();
}

bool is_sideways(FocusMove move) {
    return move == FocusMove::left || move == FocusMove::right;
}

// The distance to a box in a direction, with a penalty for sideways moves; FLT_MAX if it lies elsewhere.
float distance(const ImRect& from, const ImRect& to, FocusMove move) {
    const bool sideways = is_sideways(move), forward = move == FocusMove::right || move == FocusMove::down;
    const auto main = [&](ImVec2 p) { return sideways ? p.x : p.y; };
    const auto cross = [&](ImVec2 p) { return sideways ? p.y : p.x; };
    const float ahead = forward ? main(to.Min) - main(from.Max) : main(from.Min) - main(to.Max);
    const float overlap = 2;  // rings and frames may touch
    if (ahead < -overlap) return FLT_MAX;
    const float aside = std::max({0.0f, cross(to.Min) - cross(from.Max), cross(from.Min) - cross(to.Max)});
    if (sideways && aside > 0) return FLT_MAX;
    const float centres = std::abs(cross(to.GetCenter()) - cross(from.GetCenter()));
    return std::max(0.0f, ahead) + 2 * aside + 0.01f * centres;
}

const Control* nearest(const std::vector<Control>& all, const Control& from, FocusMove move, bool same_window) {
    const Control* best = nullptr;
    float least = FLT_MAX;
    for (const Control& one : all) {
        if (one.id == from.id || one.window->RootWindow != from.window->RootWindow) continue;
        if (same_window && one.window != from.window) continue;
        const float far = distance(from.box, one.box, move);
        if (far < least) best = &one, least = far;
    }
    return best;
}

const Control* beside(const std::vector<Control>& all, int at, FocusMove move) {
    const int count = static_cast<int>(all.size());
    const bool back = move == FocusMove::previous || move == FocusMove::previous_panel;
    const bool panels = move == FocusMove::next_panel || move == FocusMove::previous_panel;
    const auto panel_of = [&](const Control& one) -> const Control& {
        return entered(all, *std::find_if(all.begin(), all.end(), [&](const Control& other) {
                           return other.window->RootWindow == one.window->RootWindow;
                       }));
    };
    if (at < 0) return !back ? first_of(all) : panels ? &panel_of(all.back()) : &entered(all, all.back());
    const Control& from = all[static_cast<std::size_t>(at)];
    const auto is_same = [&](const Control& one) {
        if (panels) return one.window->RootWindow == from.window->RootWindow;
        return one.id == from.id || (from.group != 0 && one.group == from.group);
    };
    for (int n = 1; n < count; ++n) {
        const Control& one = all[static_cast<std::size_t>((at + (back ? count - n : n)) % count)];
        if (is_same(one)) continue;
        return panels ? &panel_of(one) : &entered(all, one);
    }
    return nullptr;
}

void activate(const Control& one) {
    if (one.kind == ControlKind::slider && !one.typed) return;
    ImGuiContext& g = *ImGui::GetCurrentContext();
    g.NavNextActivateId = one.id;
    g.NavNextActivateFlags = one.typed ? ImGuiActivateFlags_PreferInput : ImGuiActivateFlags_None;
}

void go_to(const Control& one) {
    Focus& f = focus();
    const ImGuiID active = ImGui::GetCurrentContext()->ActiveId;
    if (active != 0 && active != one.id) f.left_field = active;
    f.at = one.id;
    f.shown = true;
    // Scrolls its neighbours into view too: a field of several lines is known only once it is visible.
    ImRect around = one.box;
    around.Expand({0, std::min(4 * ImGui::GetFrameHeight(), one.window->InnerRect.GetHeight() / 4)});
    ImGui::ScrollToRect(one.window, around, ImGuiScrollFlags_KeepVisibleEdgeY);
    if (one.kind == ControlKind::text) activate(one);
}

void follow_popups(Focus& f) {
    const int open = ImGui::GetCurrentContext()->OpenPopupStack.Size;
    ImGuiWindow* front = popup_in_front();
    if (open > 0 && !front) return;  // it is drawn for the first time in this frame
    if (front == f.scope) return;
    const auto before =
        std::find_if(f.behind.begin(), f.behind.end(), [&](const Behind& b) { return b.scope == front; });
    if (before != f.behind.end()) {
        f.at = before->at;
        f.behind.erase(before, f.behind.end());
    } else {
        f.behind.push_back({f.scope, f.at});
        f.at = 0;
        f.wants_first = true;
    }
    f.scope = front;
}

}  // namespace

void note_control(ControlKind kind) {
    Focus& f = focus();
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    ImGuiID id = ImGui::GetItemID();
    const ImVec2 corner = ImGui::GetItemRectMin();
    // A multi-line field is a window of its own and is known by that window's id.
    const ImVector<ImGuiWindow*>& inner = g.CurrentWindow->DC.ChildWindows;
    if (id == 0 && !inner.empty() && inner.back()->Pos.x == corner.x && inner.back()->Pos.y == corner.y)
        id = inner.back()->ChildId, kind = ControlKind::text;
    if (f.frame != ImGui::GetFrameCount() || id == 0 || (ImGui::GetItemFlags() & ImGuiItemFlags_Disabled) != 0) return;
    if (!f.now.empty() && f.now.back().id == id) return;
    const bool typed = kind == ControlKind::text || (ImGui::GetItemFlags() & ImGuiItemFlags_Inputable) != 0;
    f.now.push_back({id, ImRect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()), g.CurrentWindow,
                     typed && kind == ControlKind::button ? ControlKind::text : kind, f.group, false, typed});
}

void note_chosen() {
    if (!focus().now.empty()) focus().now.back().chosen = true;
}

void note_way_out() {
    if (!focus().now.empty()) focus().now.back().kind = ControlKind::way_out;
}

FocusGroup::FocusGroup(const char* name) : before_(focus().group) {
    focus().group = ImGui::GetID(name);
}
FocusGroup::~FocusGroup() {
    focus().group = before_;
}

void begin_focus() {
    Focus& f = focus();
    if (f.context != ImGui::GetCurrentContext()) f = Focus{}, f.context = ImGui::GetCurrentContext();
    f.last = std::exchange(f.now, {});
    f.frame = ImGui::GetFrameCount();
    f.nudge = 0;
    follow_popups(f);
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseClicked[0] || io.MouseClicked[1]) f.shown = false;
    const std::vector<Control> all = reachable();
    // Tab continues from the control that was clicked.
    const ImGuiID active = ImGui::GetCurrentContext()->ActiveId;
    if (place_of_id(all, active) >= 0) f.at = active;
    if (!f.wants_first || all.empty()) return;
    f.wants_first = false;
    if (f.shown && f.at == 0)
        if (const Control* first = first_of(all)) f.at = first->id;
}

void end_focus(float scale) {
    Focus& f = focus();
    ImGuiContext& g = *ImGui::GetCurrentContext();
    if (f.left_field != 0 && g.ActiveId == f.left_field) ImGui::ClearActiveID();
    f.left_field = 0;
    // Otherwise ImGui would use Tab to move to the next field when the next frame begins.
    if (g.NavWindow) g.NavWindow->Flags |= ImGuiWindowFlags_NoNavInputs;
    if (!focus_is_shown()) return;
    const int at = place_of_id(f.now, f.at);
    if (at < 0) return;
    const Control& one = f.now[static_cast<std::size_t>(at)];
    if (f.scope && one.window->RootWindow != f.scope) return;
    const float away = 2 * scale, thick = 2 * scale;
    ImRect clip = one.window->ClipRect;
    clip.Expand(away + thick);
    ImRect ring = one.box;
    ring.Expand(away);
    // A control as wide as its panel has no room for a ring around it.
    ring.ClipWith({one.window->RootWindow->Pos.x + thick / 2, -FLT_MAX,
                   one.window->RootWindow->Pos.x + one.window->RootWindow->Size.x - thick / 2, FLT_MAX});
    note_box("focus", one.box.Min.x, one.box.Min.y, one.box.GetWidth(), one.box.GetHeight());
    ImDrawList& list = *one.window->DrawList;
    list.PushClipRect(clip.Min, clip.Max);
    list.AddRect(ring.Min, ring.Max, ImGui::GetColorU32(ImGuiCol_NavHighlight), 6 * scale, 0, thick);
    list.PopClipRect();
}

bool focus_is_shown() {
    return focus().shown && focus().at != 0 && !has_list_keys();
}

ControlKind focused_kind() {
    const std::vector<Control>& all = focus().last;
    const int at = place_of_id(all, focus().at);
    return at < 0 ? ControlKind::button : all[static_cast<std::size_t>(at)].kind;
}

void hide_focus() {
    focus().shown = false;
}

bool move_focus(FocusMove move) {
    Focus& f = focus();
    const std::vector<Control> all = reachable();
    if (all.empty() || has_list_keys()) return false;
    const int at = place_of_id(all, f.at);
    const bool arrow = move >= FocusMove::left;
    const Control* to = nullptr;
    if (!arrow) {
        to = beside(all, at, move);
    } else if (at >= 0) {
        const Control& from = all[static_cast<std::size_t>(at)];
        to = nearest(all, from, move, true);
        if (!to) to = nearest(all, from, move, false);
    }
    if (to) go_to(*to);
    return to != nullptr;
}

void press_focused() {
    const std::vector<Control> all = reachable();
    const int at = place_of_id(all, focus().at);
    if (at >= 0) activate(all[static_cast<std::size_t>(at)]);
}

void nudge_focused(int by) {
    focus().nudge = by;
}

int nudged() {
    return focus_is_shown() && ImGui::GetItemID() == focus().at ? focus().nudge : 0;
}

void note_list_keys() {
    focus().list_frame = ImGui::GetFrameCount();
}

}  // namespace convloom::gui
