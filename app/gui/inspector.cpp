#include <fmt/format.h>

#include <algorithm>

#include "app/gui/panels.hpp"
#include "app/gui/widgets.hpp"
#include "core/arith/output_size.hpp"
#include "core/scene/number_text.hpp"
#include "core/state/presets.hpp"

namespace convloom::gui {
namespace {

using arith::Index;
using arith::LayerField;
using scene::View;
using state::Action;

void draw_examples(Store& store) {
    static const std::vector<state::State> presets = [] {
        std::vector<state::State> all;
        for (const std::string& name : state::preset_names()) {
            all.push_back(state::preset(name));
        }
        return all;
    }();
    ImGui::SetNextItemWidth(-1);
    if (!ImGui::BeginCombo("##example", store.state().title.c_str(), ImGuiComboFlags_HeightLargest)) return;
    for (const state::State& preset : presets)
        if (ImGui::Selectable(preset.title.c_str(), preset.name == store.state().name))
            store.dispatch(state::OpenState{preset});
    ImGui::EndCombo();
}

void draw_view(Store& store, const Style& style, const scene::Theme& theme) {
    // Those that can draw this layer; the photo always, since it says how to open one.
    std::vector<std::string> views;
    std::vector<View> order;
    constexpr std::pair<View, const char*> all_views[] = {{View::flat, "Flat"}, {View::stacked, "Stacked"}, {View::volume, "Volume"},
                                                          {View::signal, "Signal"}, {View::chain, "Chain"}, {View::photo, "Photo"}};
    for (const auto& [view, name] : all_views) {
        const bool chain_of_one = view == View::chain && store.state().stages.size() == 1;
        if (chain_of_one || !scene::undrawable(store.state().layer(), view).empty()) continue;
        order.push_back(view);
        views.push_back(name);
    }
    const int chosen = static_cast<int>(std::find(order.begin(), order.end(), store.state().view) - order.begin());
    if (const auto clicked = choices("view", views, chosen, style, theme)) {
        if (order[*clicked] == View::photo && !store.state().photo)
            store.say("Drop a photo on this window to open it.");
        else
            store.dispatch(state::SetView{order[*clicked]});
    }
    if (const auto layers = store.state().stages.size(); layers > 1) {
        std::vector<std::string> names;
        for (std::size_t n = 0; n < layers; ++n) names.push_back(fmt::format("Layer {}", n + 1));
        if (const auto clicked = choices("layer", names, store.state().shown, style, theme)) store.dispatch(state::ShowLayer{*clicked});
    }
    const std::string themes[] = {"Light", "Dark", "Classic", "Safe", "Print"};
    const auto all = scene::themes();
    int current = 0;
    for (int n = 0; n < static_cast<int>(all.size()); ++n)
        if (all[n].name == store.state().theme) current = n;
    if (const auto clicked = choices("theme", themes, current, style, theme))
        store.dispatch(state::SetTheme{std::string(all[*clicked].name)});
}

// What comes of the numbers: the output's size with its formula, or why the last value was refused. Always of
// the same height, so that nothing below jumps while a slider is dragged.
void draw_verdict(Store& store, const Style& style, const scene::Theme& theme) {
    const arith::Layer& layer = store.state().layer();
    const arith::Axis& axis = layer.axes.front();
    ImGui::BeginChild("verdict", {0, 104 * style.scale}, false, ImGuiWindowFlags_NoScrollbar);
    if (const Refusal* refusal = store.refusal()) {
        ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.refused));
        ImGui::PushFont(style.strong);
        ImGui::TextUnformatted(refusal->title.c_str());
        ImGui::PopFont();
        ImGui::TextWrapped("%s", refusal->sentence.c_str());
        ImGui::PopStyleColor();
    } else {
        ImGui::PushFont(style.strong);
        ImGui::TextUnformatted(fmt::format("Output size o = {}", arith::output_size(layer, 0)).c_str());
        ImGui::PopFont();
        muted_text(style, theme, layer.is_transposed() ? "s(i - 1) + d(k-1) + 1 - 2p + output padding"
                                 : layer.ceil_mode     ? "ceil((i + 2p - d(k-1) - 1) / s) + 1"
                                                       : "floor((i + 2p - d(k-1) - 1) / s) + 1");
        muted_text(style, theme, arith::output_size_formula(layer, 0));
        const Index unused = layer.is_transposed() || layer.ceil_mode ? 0 : arith::unused_cells(axis);
        if (unused > 0)
            muted_text(style, theme, fmt::format("The floor leaves the last {} unused.",
                                                 unused == 1 ? "row and column" : fmt::format("{} rows and columns", unused)));
    }
    ImGui::EndChild();
}

void draw_layer(Store& store, const Style& style, const scene::Theme& theme) {
    const arith::Axis& axis = store.state().layer().axes.front();
    // Of a chain the size that goes in; what comes to a later layer follows from it.
    number_row(store, style, theme, "Input size i", LayerField::size, store.state().stages.front().layer.axes.front().size, 1, 16,
               [](Index v) -> Action { return state::SetSize{v}; });
    number_row(store, style, theme, "Kernel size k", LayerField::kernel, axis.kernel, 1, 9,
               [](Index v) -> Action { return state::SetKernel{v}; });
    number_row(store, style, theme, "Stride s", LayerField::stride, axis.stride, 1, 6,
               [](Index v) -> Action { return state::SetStride{v}; });
    number_row(store, style, theme, "Padding p", LayerField::padding, axis.pad_before, 0, 6,
               [](Index v) -> Action { return state::SetPadding{v}; });
    number_row(store, style, theme, "Dilation d", LayerField::dilation, axis.dilation, 1, 6,
               [](Index v) -> Action { return state::SetDilation{v}; });
    if (!store.state().layer().is_pooling()) {
        bool flip = store.state().layer().flip;
        if (ImGui::Checkbox("Flip the kernel (true convolution)", &flip)) store.dispatch(state::SetFlip{flip});
    }
    draw_verdict(store, style, theme);
}

void draw_step(Store& store, const Style& style, const scene::Theme& theme) {
    const state::State& s = store.state();
    const arith::Recording recording = places_of(s);
    const arith::Step step = recording.step(s.moment.step);
    const int rank = recording.layer().rank();
    auto place = [&](const arith::Cell& cell) {
        constexpr const char* names[] = {"slice", "row", "column"};
        std::string text;
        for (int a = 0; a < rank; ++a)
            text += fmt::format("{}{} {}", a > 0 ? ", " : "", rank == 1 ? "position" : names[3 - rank + a],
                                scene::number_text(static_cast<float>(cell[a])));
        return text;
    };
    const std::string channel = recording.layer().out_channels > 1 ? fmt::format("channel {}, ", step.channel) : "";
    ImGui::TextUnformatted(("Output cell at " + channel + place(step.output)).c_str());
    ImGui::TextUnformatted(("Window from " + place(step.window)).c_str());
    muted_text(style, theme, fmt::format("{} products a window. Shift and the arrow keys go from product to product.",
                                         recording.tap_count(step)));
}

void draw_document(Store& store) {
    // One row, so that all of it is seen in the window's first size.
    const float width = (ImGui::GetContentRegionAvail().x - 3 * ImGui::GetStyle().ItemSpacing.x) / 4;
    ImGui::BeginDisabled(!store.history().can_undo());
    if (ImGui::Button("Undo", {width, 0})) store.undo();
    ImGui::EndDisabled();
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("Undo  Ctrl+Z");
    ImGui::SameLine();
    ImGui::BeginDisabled(!store.history().can_redo());
    if (ImGui::Button("Redo", {width, 0})) store.redo();
    ImGui::EndDisabled();
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("Redo  Ctrl+Shift+Z");
    ImGui::SameLine();
    if (ImGui::Button("PNG", {width, 0})) store.save_frame(".png");
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("Save this frame as PNG  S");
    ImGui::SameLine();
    if (ImGui::Button("SVG", {width, 0})) store.save_frame(".svg");
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("Save this frame as SVG  Shift+S");
}

}  // namespace

void draw_inspector(Store& store, const Style& style) {
    const scene::Theme& theme = *view_options_of(store.state()).theme;
    section_title(style, "Example");
    draw_examples(store);
    section_title(style, "View");
    draw_view(store, style, theme);
    if (store.state().view == View::photo) {
        section_title(style, "Filter");
        draw_photo_panel(store, style);
    } else {
        section_title(style, "Layer");
        draw_layer(store, style, theme);
        section_title(style, "This step");
        draw_step(store, style, theme);
    }
    ImGui::Dummy({0, unit * style.scale / 2});
    ImGui::Separator();
    ImGui::Dummy({0, 0});
    draw_document(store);
}

}  // namespace convloom::gui
