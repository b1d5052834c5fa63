#include <algorithm>
#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/number_row.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/words/table_text.hpp"

namespace convloom::gui {
namespace {

using arith::Index;
using state::TensorName;

constexpr float least_cell_width = 30, most_cell_width = 72, most_grid_height = 330;  // nine columns, ten rows

// The selected part of the data.
struct Looked {
    TensorName tensor = TensorName::input;
    int plane[2] = {0, 0};  // channel, or filter and its channel
    int slice = 0;          // for rank 3
    int seed = 1;
    bool every_plane = true;  // whether patterns fill all planes
    std::string fault;
    std::uint64_t fault_version = 0;
};

// One plane of a tensor: its rows, columns and offset.
struct Plane {
    Index rows = 1, columns = 1, first = 0, number = 0;
};

void pick_number(const char* place, const char* label, int* value, Index count, const Style& style) {
    *value = static_cast<int>(std::clamp<Index>(*value, 0, count - 1));
    if (count <= 1) return;
    row_label(style, label);
    ImGui::PushID(place);
    ImGui::SetNextItemWidth(-76 * style.scale);
    ImGui::SliderInt("##pick", value, 0, static_cast<int>(count) - 1, "",
                     ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
    note_place(place, ControlKind::slider);
    *value = std::clamp(*value + nudged(), 0, static_cast<int>(count) - 1);
    ImGui::SameLine();
    ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
    ImGui::TextUnformatted(fmt::format("{} / {}", *value, count).c_str());
    ImGui::PopStyleColor();
    ImGui::PopID();
}

Plane pick_plane(const state::State& s, const arith::Tensor& tensor, Looked& looked, const Style& style) {
    if (looked.tensor == TensorName::bias) return {1, tensor.shape[0], 0, 0};
    if (const int side = side_number(looked.tensor); side >= 0) {
        const std::size_t axes = tensor.shape.size();
        const Index columns = tensor.shape.back(), rows = axes > 2 ? tensor.shape[axes - 2] : 1;
        pick_number("data plane", t("Plane"), &looked.plane[0],
                    static_cast<Index>(tensor.values.size()) / (rows * columns), style);
        Plane plane{rows, columns, 0, looked.plane[0]};
        plane.first = plane.number * plane.rows * plane.columns;
        return plane;
    }
    const bool input = looked.tensor == TensorName::input;
    const int rank = input ? s.stages.front().layer.rank() : s.layer().rank();
    const std::size_t lead = tensor.shape.size() - static_cast<std::size_t>(rank);
    const bool transposed = s.layer().is_transposed();
    if (input)
        pick_number("data channel", t("Channel"), &looked.plane[0], tensor.shape[0], style), looked.plane[1] = 0;
    else {
        pick_number("data filter", t(transposed ? "Channel in" : "Filter"), &looked.plane[0], tensor.shape[0], style);
        pick_number("data channel", t(transposed ? "Channel out" : "Channel"), &looked.plane[1], tensor.shape[1],
                    style);
    }
    Plane plane;
    plane.columns = tensor.shape.back();
    plane.rows = rank > 1 ? tensor.shape[tensor.shape.size() - 2] : 1;
    plane.number = looked.plane[0];
    if (lead == 2) plane.number = plane.number * tensor.shape[1] + looked.plane[1];
    if (rank == 3) {
        pick_number("data slice", t("Slice"), &looked.slice, tensor.shape[lead], style);
        plane.number = plane.number * tensor.shape[lead] + looked.slice;
    }
    plane.first = plane.number * plane.rows * plane.columns;
    return plane;
}

// Fields in the layout of the cells. For a large plane only visible fields are created.
void draw_grid(Store& store, const arith::Tensor& tensor, const Plane& plane, const Looked& looked,
               const Style& style) {
    const float gap = 2 * style.scale, bar = ImGui::GetStyle().ScrollbarSize;
    const bool is_tight = plane.columns * static_cast<Index>(most_cell_width) >
                          static_cast<Index>(ImGui::GetContentRegionAvail().x / style.scale);
    if (is_tight) ImGui::PushFont(style.small);
    const float high = ImGui::GetFrameHeight() + gap, rows_height = static_cast<float>(plane.rows) * high + gap;
    // A vertical scroll bar reduces the cells' width, so that no horizontal one appears.
    const bool scrolls_down = rows_height > most_grid_height * style.scale;
    const float all = ImGui::GetContentRegionAvail().x - (scrolls_down ? bar : 0);
    float wide = std::floor((all - gap * static_cast<float>(plane.columns - 1)) / static_cast<float>(plane.columns));
    wide = std::clamp(wide, least_cell_width * style.scale, most_cell_width * style.scale);
    const bool scrolls = (wide + gap) * static_cast<float>(plane.columns) > all + gap;
    const float height = std::min(rows_height, most_grid_height * style.scale) + (scrolls ? bar : 0);
    ImGui::BeginChild("cells", {0, height}, false, scrolls ? ImGuiWindowFlags_HorizontalScrollbar : 0);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        {(is_tight ? 3 : 4) * style.scale, ImGui::GetStyle().FramePadding.y});
    const float left = ImGui::GetCursorPosX();
    const auto first_column = static_cast<Index>(ImGui::GetScrollX() / (wide + gap));
    const Index columns = std::min(plane.columns, first_column + static_cast<Index>(all / (wide + gap)) + 2);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(plane.rows), high);
    while (clipper.Step())
        for (Index r = clipper.DisplayStart; r < clipper.DisplayEnd; ++r) {
            const float top = ImGui::GetCursorPosY();
            for (Index c = first_column; c < columns; ++c) {
                const Index at = plane.first + r * plane.columns + c;
                ImGui::SetCursorPos({left + static_cast<float>(c) * (wide + gap), top});
                ImGui::PushID(static_cast<int>(at));
                if (const auto value = number_field(fmt::format("cell {} {}", r, c), field_text(tensor.values[at]),
                                                    wide, NumberKind::real))
                    store.dispatch(state::SetCells{looked.tensor, {{at, static_cast<float>(*value)}}});
                ImGui::PopID();
            }
            ImGui::SetCursorPos({left, top + high});
        }
    clipper.End();
    ImGui::SetCursorPos({left + (wide + gap) * static_cast<float>(plane.columns) - gap, ImGui::GetCursorPosY()});
    ImGui::Dummy({0, 0});
    ImGui::PopStyleVar(2);
    ImGui::EndChild();
    note_place("cells");
    if (is_tight) ImGui::PopFont();
}

void paste(Store& store, const Plane& plane, Looked& looked) {
    looked.fault.clear();
    try {
        const char* text = ImGui::GetClipboardText();
        const state::Table table = state::read_table(text ? text : "");
        if (looked.tensor == TensorName::bias) {
            if (static_cast<Index>(table.values.size()) != plane.columns)
                throw Error(tn({{plane.columns, "number"}}, "The bias has {} numbers, not {}.", plane.columns,
                               table.values.size()));
            state::SetCells cells{TensorName::bias, {}};
            for (std::size_t n = 0; n < table.values.size(); ++n)
                cells.cells.push_back({static_cast<Index>(n), table.values[n]});
            store.dispatch(cells);
        } else {
            store.dispatch(state::SetTable{looked.tensor, plane.number, table.rows, table.columns, table.values});
        }
    } catch (const Error& error) {
        looked.fault = error.what();
    }
    looked.fault_version = store.version();
}

void copy(Store& store, const arith::Tensor& tensor, const Plane& plane) {
    state::Table table{plane.rows, plane.columns, {}};
    table.values.assign(tensor.values.begin() + plane.first,
                        tensor.values.begin() + plane.first + plane.rows * plane.columns);
    ImGui::SetClipboardText(list_text(table).c_str());
    store.say(t("Copied as a Python list."));
}

// What a plane of the offsets moves: "Kernel cell (0, 2), to the right".
std::string side_plane_words(const arith::Layer& layer, int plane) {
    const Index columns = layer.axes[1].kernel, cell = plane / 2 % (layer.axes[0].kernel * columns);
    const std::string at = fmt::format("({}, {})", cell / columns, cell % columns);
    return plane % 2 == 0 ? tf("Kernel cell {}, how far down", at) : tf("Kernel cell {}, how far to the right", at);
}

// The filters that have a kernel of this size.
void draw_kernel_patterns(Store& store, Index plane, const Style& style, const scene::Theme& theme) {
    const arith::Layer& layer = store.state().layer();
    if (layer.rank() != 2) return;
    std::vector<std::string> names;
    std::vector<const state::KernelPattern*> shown;
    for (const state::KernelPattern& pattern : state::kernel_patterns())
        if (pattern.kernel(layer.axes[0].kernel, layer.axes[1].kernel)) {
            shown.push_back(&pattern);
            names.emplace_back(t(std::string(pattern.title).c_str()));
        }
    if (!names.empty())
        if (const auto clicked = choices("kernel pattern", names, -1, style, theme))
            store.dispatch(state::FillKernel{std::string(shown[static_cast<std::size_t>(*clicked)]->filter), plane});
    if (shown.size() < state::kernel_patterns().size())
        muted_text(style, theme,
                   t("Sobel, Laplacian and emboss are kernels of 3×3; Gaussian and identity have odd sides."));
}

void draw_patterns(Store& store, const Plane& plane, Index planes, Looked& looked, const Style& style,
                   const scene::Theme& theme) {
    const Index filled = looked.every_plane || planes <= 1 ? state::every_plane : plane.number;
    if (looked.tensor == TensorName::weight) draw_kernel_patterns(store, filled, style, theme);
    const std::string names[] = {t("Ramp"), t("Checker"), t("Impulse"), t("Random"), t("Digit"), t("Zeros"), t("Ones")};
    if (const auto clicked = choices("pattern", names, -1, style, theme))
        store.dispatch(state::FillPattern{looked.tensor, static_cast<state::Pattern>(*clicked),
                                          static_cast<std::uint32_t>(std::max(0, looked.seed)), filled});
    if (planes > 1) toggle("every plane", t("In every plane, not only in this one"), &looked.every_plane);
    row_label(style, t("Seed or digit"));
    auto set_seed = [&](double seed) { looked.seed = static_cast<int>(std::clamp(seed, 0.0, 1e6)); };
    if (const auto typed = number_field("seed", std::to_string(looked.seed), 72 * style.scale, NumberKind::whole))
        set_seed(*typed);
    ImGui::SameLine(0, 4 * style.scale);
    if (text_button("seed less", "−", ImGui::GetFrameHeight())) set_seed(looked.seed - 1);
    ImGui::SameLine(0, 4 * style.scale);
    if (text_button("seed more", "+", ImGui::GetFrameHeight())) set_seed(looked.seed + 1);
}

}  // namespace

void draw_data_panel(Store& store, Interface& interface, const Style& style) {
    static Looked looked;
    const scene::Theme& theme = store.theme();
    const state::State& s = store.state();
    const bool pooling = !s.layer().has_weight(), bias = static_cast<bool>(s.stages[s.shown].bias);
    std::vector<std::string> tensors{t("Input")};
    std::vector<TensorName> names{TensorName::input};
    auto offer = [&](TensorName name, const char* title) {
        tensors.emplace_back(t(title));
        names.push_back(name);
    };
    if (!pooling) offer(TensorName::weight, "Kernel");
    if (bias) offer(TensorName::bias, "Bias");
    const auto& sides = s.stages[s.shown].sides;
    for (const TensorName name : {TensorName::side, TensorName::second_side})
        if (const auto side = static_cast<std::size_t>(side_number(name)); sides[side])
            offer(name, s.layer().kind().side_tensors[side].title);
    auto chosen = std::find(names.begin(), names.end(), looked.tensor) - names.begin();
    if (chosen == static_cast<std::ptrdiff_t>(names.size())) chosen = 0;
    if (const auto clicked = choices("tensor", tensors, static_cast<int>(chosen), style, theme)) chosen = *clicked;
    looked.tensor = names[static_cast<std::size_t>(chosen)];
    const arith::Tensor& tensor = **tensor_of(s, looked.tensor);
    muted_text(style, theme,
               tf("{} of shape {}", tensors[static_cast<std::size_t>(chosen)], arith::to_text(tensor.shape)));
    if (looked.tensor == TensorName::side && s.layer().op == arith::Op::deformable_convolution)
        muted_text(style, theme, side_plane_words(s.layer(), looked.plane[0]));
    if (looked.tensor == TensorName::input && s.shown > 0)
        muted_text(style, theme, t("This is the first layer's input; this layer's own input is computed from it."));
    const Plane plane = pick_plane(s, tensor, looked, style);
    draw_grid(store, tensor, plane, looked, style);

    const float half = (ImGui::GetContentRegionAvail().x - unit * style.scale) / 2;
    if (text_button("paste data", t("Paste"), half)) paste(store, plane, looked);
    hint(t("Paste spreadsheet cells or a Python list; the layer takes the size of the pasted table."));
    ImGui::SameLine();
    if (text_button("copy data", t("Copy"), half)) copy(store, **tensor_of(store.state(), looked.tensor), plane);
    hint(t("As a Python list"));
    if (looked.fault_version == store.version() && !looked.fault.empty()) fault_text(style, theme, looked.fault);

    const Index planes = static_cast<Index>(tensor.values.size()) / (plane.rows * plane.columns);
    if (section(style, theme, t("Fill with a pattern"))) draw_patterns(store, plane, planes, looked, style, theme);
    if (!section(style, theme, t("Paint on the canvas"))) return;
    toggle("brush", t("Paint cells with the pointer"), &interface.brush);
    row_label(style, t("Value"));
    if (const auto value =
            number_field("brush value", field_text(interface.brush_value), 120 * style.scale, NumberKind::real))
        interface.brush_value = static_cast<float>(*value);
    muted_text(style, theme, t("Drag over cells of the input or the kernel; undo takes back a whole stroke."));
}

}  // namespace convloom::gui
