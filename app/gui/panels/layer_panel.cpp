#include "app/gui/panels/layer_panel.hpp"

#include <algorithm>
#include <optional>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/words/layer_code.hpp"
#include "core/state/words/reading.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/state/words/words_state.hpp"

namespace convloom::gui {
namespace {

using arith::Index;
using arith::Layer;
using arith::LayerField;
using state::Action;

std::string shape_words(const arith::Shape& shape) {
    std::string text;
    for (std::size_t n = 0; n < shape.size(); ++n) text += (n > 0 ? "x" : "") + std::to_string(shape[n]);
    return text;
}

// The chain that the words describe; nothing where they are at fault, which is noted with its place.
std::optional<arith::Chain> read_words(LayerWords& words) {
    words.fault.clear();
    words.mark = {};
    words.fault_in_shape = false;
    arith::Shape shape;
    try {
        shape = state::read_shape(words.shape);
    } catch (const Error& error) {
        words.fault = error.what();
        words.fault_in_shape = true;
        return std::nullopt;
    }
    auto marked = [](state::TextSpan span) { return CodeMark{span.at, span.length}; };
    try {
        state::Reading reading = state::read_layers(words.code, shape, words.open.answers());
        if (reading.chain.empty())
            throw state::CodeFault("None of these layers has a window to show.", {0, words.code.size()});
        const auto problems = arith::check(reading.chain);
        if (problems.empty()) return std::move(reading.chain);
        words.fault = problems.front().problem.sentence;
        words.mark = marked(state::place_of(reading, problems.front().link, problems.front().problem.field));
    } catch (const state::NamesOpen& open) {
        words.open.ask(open.names());
        words.fault = open.what();
        words.mark = marked(open.where());
    } catch (const state::CodeFault& fault) {
        words.fault = fault.what();
        words.mark = marked(fault.where());
        // An error at the end marks the text before it.
        if (words.mark.length == 0 && words.mark.at > 0) --words.mark.at, words.mark.length = 1;
    } catch (const Error& error) {
        words.fault = error.what();
    }
    return std::nullopt;
}

void take_words(Store& store, LayerWords& words) {
    const auto chain = read_words(words);
    if (!chain) return;
    try {
        const std::string& code = words.code;
        store.dispatch(state::OpenState{state::state_of_chain(
            *chain, state::can_be_title(code)
                        ? code
                        : tn({{static_cast<Index>(chain->size()), "layer"}}, "{} layers", chain->size()))});
    } catch (const Error& error) {
        words.fault = error.what();
    }
}

// The layer in the words of each framework.
void draw_copy_menu(Store& store) {
    if (!ImGui::BeginPopup("copy words")) return;
    for (const state::FrameworkWords& words : state::framework_words()) {
        if (ImGui::Selectable(words.title)) {
            ImGui::SetClipboardText(state::code_of(state::chain_of(store.state()), words.framework).c_str());
            store.say(tf("Copied the layer in the words of {}.", words.title));
        }
        note_place(("copy as " + std::string(words.name)).c_str());
    }
    ImGui::EndPopup();
}

// The layer in PyTorch's words: typed or pasted it is taken, and the same layer is copied back.
void draw_words(LayerWords& words, Store& store, const Style& style, const scene::Theme& theme) {
    const std::string code = state::torch_code(state::chain_of(store.state())),
                      shape = shape_words(store.state().input->shape);
    if (code != words.shown_code || shape != words.shown_shape) {
        OpenNames open = std::move(words.open);
        open.clear();
        words = {code, shape, code, "", "", {}, false, std::move(open)};
        words.shape[shape.copy(words.shape, sizeof words.shape - 1)] = 0;
    }
    muted_text(style, theme, t("As code of PyTorch, Keras or ONNX"));
    ImGui::PushFont(style.small);
    const CodeAnswer answer = code_field("code", words.code, words.mark, theme);
    // Not over the text while typing.
    if (!ImGui::IsItemActive() && words.fault.empty())
        hint(t("The layer as PyTorch code; type or paste another, also of Keras or ONNX, and press Enter."));
    bool enter = answer.enter;
    if (!words.fault.empty()) fault_text(style, theme, t_sentence(words.fault));
    enter |= words.open.draw(style, theme);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(t("Input"));
    ImGui::SameLine();
    ImGui::SetNextItemWidth(96 * style.scale);
    if (words.fault_in_shape) {
        ImGui::PushStyleColor(ImGuiCol_Border, vec(theme.refused));
        ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 2 * style.scale);
    }
    const bool shape_at_fault = words.fault_in_shape;
    enter |= ImGui::InputText("##shape", words.shape, sizeof words.shape,
                              ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    // After an error, the text is parsed while typing, so that the mark disappears once it is correct.
    const bool edited = answer.edited || ImGui::IsItemEdited();
    if (shape_at_fault) {
        ImGui::PopStyleVar();
        ImGui::PopStyleColor();
    }
    note_place("input shape");
    hint(t("Input channels and sizes, such as 3x32x32"));
    ImGui::SameLine();
    enter |= text_button("take words", t("Apply"));
    ImGui::SameLine();
    if (text_button("copy words", t("Copy"))) {
        ImGui::SetClipboardText(code.c_str());
        store.say(t("Copied the layer as PyTorch code."));
    }
    ImGui::SameLine();
    if (text_button("copy words as", t("as…"))) ImGui::OpenPopup("copy words");
    hint(t("Copy the layer in the words of another framework"));
    draw_copy_menu(store);
    ImGui::PopFont();
    if (enter)
        take_words(store, words);
    else if (edited && !words.fault.empty())
        read_words(words);
}

void draw_kind(Store& store, const Style& style) {
    const state::State& s = store.state();
    const std::vector<arith::Op> ops = arith::ops();
    std::vector<std::string> kinds;
    for (const arith::Op op : ops) kinds.emplace_back(t(arith::kind_of(op).title));
    row_label(style, t("Kind"));
    const auto now = std::find(ops.begin(), ops.end(), s.layer().op) - ops.begin();
    if (const auto picked = drop_down("kind", kinds, static_cast<int>(now)))
        store.dispatch(state::SetOp{ops[static_cast<std::size_t>(*picked)]});
}

// The input of a later layer in a chain follows from the layers before it.
void draw_made_size(const Store& store, const Style& style, const scene::Theme& theme) {
    std::string sizes;
    for (const arith::Axis& axis : store.state().layer().axes)
        sizes += (sizes.empty() ? "" : "×") + std::to_string(axis.size);
    row_label(style, t("Input size i"));
    ImGui::TextUnformatted(sizes.c_str());
    note_place("made size");
    ImGui::SameLine();
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    ImGui::TextUnformatted(tf("from layer {}", store.state().shown).c_str());
    ImGui::PopStyleColor();
}

void draw_numbers(NumberRowsMemory& memory, Store& store, const Style& style, const scene::Theme& theme) {
    const Layer& layer = store.state().layer();
    NumberRows rows{memory, store, style, theme, layer.rank()};
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.of_axis || !one.title || !one.belongs_to(layer.op)) continue;
        const std::string place = place_of(one.key);
        const NumberRow row{place.c_str(), t(one.title), one.field, one.least, one.slider_most};
        if (one.of_axis == &arith::Axis::size && store.state().shown > 0)
            draw_made_size(store, style, theme);
        else if (one.after)
            rows.sides(row, layer);
        else
            rows.axes(
                row, layer, [&](const arith::Axis& axis) { return axis.*one.of_axis; },
                [&](Index v, int axis) -> Action {
                    return state::SetLayerNumber{&one, v, axis};
                });
    }
}

void draw_size(Store& store, const Style& style, const scene::Theme& theme) {
    const Layer& layer = store.state().layer();
    strong_text(style, tf("Output {}", arith::to_text(arith::output_shape(layer))));
    muted_text(style, theme, std::string(arith::output_size_law(layer)));
    std::string said;
    for (int a = 0; a < layer.rank(); ++a) {
        const std::string numbers = scene::with_minus(arith::output_size_formula(layer, a));
        if (said.find(numbers) != std::string::npos) continue;
        said += numbers;
        muted_text(style, theme,
                   layer.rank() > 1 && layer.axes.front() != layer.axes.back()
                       ? fmt::format("{}: {}", t(std::string(arith::axis_name(layer.rank(), a)).c_str()), numbers)
                       : numbers);
    }
    const auto beyond_half = [](const arith::Axis& a) { return std::max(a.pad_before, a.pad_after) > a.kernel / 2; };
    if (layer.is_pooling() && std::any_of(layer.axes.begin(), layer.axes.end(), beyond_half))
        muted_text(style, theme,
                   t("The padding is more than half of the window: ONNX computes it, PyTorch refuses it."));
    Index unused = 0;
    if (arith::rounds_down(layer))
        for (const arith::Axis& axis : layer.axes) unused = std::max(unused, arith::unused_cells(axis));
    if (unused > 0)
        muted_text(style, theme,
                   unused == 1 ? t("Rounding down leaves the last cell of an axis unused.")
                               : tf("Rounding down leaves the last {} cells of an axis unused.", unused));
}

void draw_channels(NumberRowsMemory& memory, Store& store, const Style& style, const scene::Theme& theme) {
    const Layer& layer = store.state().layer();
    NumberRows rows{memory, store, style, theme, layer.rank()};
    const bool first = store.state().shown == 0, pooling = !layer.mixes_channels();
    if (first)
        rows.one({"channels in", pooling ? t("Channels C") : t("Channels in"), LayerField::channels, 1, 16},
                 layer.in_channels, [&](Index v) -> Action {
                     return state::SetChannels{v, layer.out_channels};
                 });
    if (!pooling)
        rows.one({"channels out", t("Channels out"), LayerField::channels, 1, 16}, layer.out_channels,
                 [&](Index v) -> Action {
                     return state::SetChannels{layer.in_channels, v};
                 });
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.of_layer || !one.title || !one.belongs_to(layer.op)) continue;
        const Index most = one.slider_most > 0 ? one.slider_most : std::max<Index>(2, layer.in_channels);
        rows.one({one.key, t(one.title), one.field, one.least, most}, layer.*one.of_layer, [&](Index v) -> Action {
            return state::SetLayerNumber{&one, v};
        });
    }
    if (!layer.kind().bias) return;
    bool bias = layer.bias;
    if (toggle("bias", t("Add a bias to every output"), &bias)) store.dispatch(state::SetBias{bias});
}

void draw_more(Store& store, const Style& style) {
    const Layer& layer = store.state().layer();
    if (layer.kind().has_padding_modes) {
        std::vector<std::string> modes;
        for (const arith::PaddingModeInfo& mode : arith::padding_modes()) modes.emplace_back(t(mode.title));
        row_label(style, t("Padding mode"));
        if (const auto picked = drop_down("padding mode", modes, static_cast<int>(layer.padding_mode)))
            store.dispatch(state::SetPaddingMode{static_cast<arith::PaddingMode>(*picked)});
        if (layer.padding_mode == arith::PaddingMode::constant) {
            row_label(style, t("Padding value"));
            if (const auto value =
                    number_field("padding value", field_text(layer.padding_value), 96 * style.scale, NumberKind::real))
                store.dispatch(state::SetPaddingValue{static_cast<float>(*value)});
        }
    }
    for (const arith::LayerSwitch& one : arith::layer_switches()) {
        bool on = layer.*one.on;
        if (one.belongs_to(layer.op) && toggle(place_of(one.key).c_str(), t(one.title), &on))
            store.dispatch(state::SetLayerSwitch{one.on, on});
    }
}

}  // namespace

void LayerPanel::draw(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    draw_words(words_, store, style, theme);
    ImGui::Separator();
    draw_layer_list(store, style);
    draw_kind(store, style);
    draw_numbers(rows_, store, style, theme);
    draw_size(store, style, theme);
    if (section(style, theme, t("Channels"))) draw_channels(rows_, store, style, theme);
    if (section(style, theme, t("Padding and kernel"))) draw_more(store, style);
    if (section(style, theme, t("Cost"))) draw_cost(store, style);
    if (const Refusal* refusal = store.refusal()) draw_callout(rows_, style, theme, *refusal);
}

}  // namespace convloom::gui
