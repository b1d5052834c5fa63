#include <algorithm>
#include <optional>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/code_field.hpp"
#include "app/gui/widgets/number_row.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/words/torch_words.hpp"

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

// Typed text that is not accepted yet, and why.
struct Words {
    std::string shown_code, shown_shape;  // from the State
    std::string code;
    char shape[64] = "";
    std::string fault;
    CodeMark mark;  // position of the error in the code
    bool fault_in_shape = false;
};

// The chain that the code describes; nothing if it has an error, which is recorded with its position.
std::optional<arith::Chain> read_words(Words& words) {
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
        arith::Chain chain = state::read_torch(words.code, shape);
        const auto problems = arith::check(chain);
        if (problems.empty()) return chain;
        words.fault = problems.front().problem.sentence;
        words.mark = marked(state::torch_place(words.code, problems.front().link, problems.front().problem.field));
    } catch (const state::TorchFault& fault) {
        words.fault = fault.what();
        words.mark = marked(fault.where());
        // An error at the end marks the text before it.
        if (words.mark.length == 0 && words.mark.at > 0) --words.mark.at, words.mark.length = 1;
    } catch (const Error& error) {
        words.fault = error.what();
    }
    return std::nullopt;
}

void take_words(Store& store, Words& words) {
    const auto chain = read_words(words);
    if (!chain) return;
    try {
        const std::string& code = words.code;
        store.dispatch(state::OpenState{state::state_of_chain(
            *chain,
            code.size() <= 80 && code.find('\n') == std::string::npos ? code : tf("{} layers", chain->size()))});
    } catch (const Error& error) {
        words.fault = error.what();
    }
}

// The layer as PyTorch code: typed or pasted code sets the layer, and the layer can be copied as code.
void draw_words(Store& store, const Style& style, const scene::Theme& theme) {
    static Words words;
    const std::string code = state::torch_code(state::chain_of(store.state())),
                      shape = shape_words(store.state().input->shape);
    if (code != words.shown_code || shape != words.shown_shape) {
        words = {code, shape, code, "", "", {}, false};
        words.shape[shape.copy(words.shape, sizeof words.shape - 1)] = 0;
    }
    muted_text(style, theme, t("As PyTorch code"));
    ImGui::PushFont(style.small);
    const CodeAnswer answer = code_field("code", words.code, words.mark, theme);
    // Not over the text while typing.
    if (!ImGui::IsItemActive() && words.fault.empty())
        hint(t("The layer as PyTorch code; type or paste another and press Enter."));
    bool enter = answer.enter;
    if (!words.fault.empty()) fault_text(style, theme, t_sentence(words.fault));
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
    if (text_button("copy words", t("Copy code"))) {
        ImGui::SetClipboardText(code.c_str());
        store.say(t("Copied the layer as PyTorch code."));
    }
    ImGui::PopFont();
    if (enter)
        take_words(store, words);
    else if (edited && !words.fault.empty())
        read_words(words);
}

void draw_kind(Store& store, const Style& style) {
    const state::State& s = store.state();
    const std::string kinds[] = {t("Convolution"), t("Transposed"), t("Average pooling"), t("Max pooling")};
    row_label(style, t("Kind"));
    if (const auto picked = drop_down("kind", kinds, static_cast<int>(s.layer().op)))
        store.dispatch(state::SetOp{static_cast<arith::Op>(*picked)});
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

void draw_numbers(Store& store, const Style& style, const scene::Theme& theme) {
    const Layer& layer = store.state().layer();
    NumberRows rows{store, style, theme, layer.rank()};
    if (store.state().shown == 0)
        rows.axes(
            {"size", t("Input size i"), LayerField::size, 1, 16}, layer, [](const arith::Axis& a) { return a.size; },
            [](Index v, int axis) -> Action {
                return state::SetSize{v, axis};
            });
    else
        draw_made_size(store, style, theme);
    rows.axes(
        {"kernel", t("Kernel size k"), LayerField::kernel, 1, 9}, layer, [](const arith::Axis& a) { return a.kernel; },
        [](Index v, int axis) -> Action {
            return state::SetKernel{v, axis};
        });
    rows.axes(
        {"stride", t("Stride s"), LayerField::stride, 1, 6}, layer, [](const arith::Axis& a) { return a.stride; },
        [](Index v, int axis) -> Action {
            return state::SetStride{v, axis};
        });
    rows.sides({"padding", t("Padding p"), LayerField::padding, 0, 6}, layer);
    if (layer.op != arith::Op::average_pooling)
        rows.axes(
            {"dilation", t("Dilation d"), LayerField::dilation, 1, 6}, layer,
            [](const arith::Axis& a) { return a.dilation; },
            [](Index v, int axis) -> Action {
                return state::SetDilation{v, axis};
            });
    if (layer.is_transposed())
        rows.axes(
            {"output padding", t("Output padding"), LayerField::output_padding, 0, 5}, layer,
            [](const arith::Axis& a) { return a.output_padding; },
            [](Index v, int axis) -> Action {
                return state::SetOutputPadding{v, axis};
            });
}

void draw_size(Store& store, const Style& style, const scene::Theme& theme) {
    const Layer& layer = store.state().layer();
    strong_text(style, tf("Output {}", arith::to_text(arith::output_shape(layer))));
    muted_text(style, theme,
               layer.is_transposed() ? "o = s(i − 1) + d(k − 1) + 1 − 2p + output padding"
               : layer.ceil_mode     ? "o = ceil((i + 2p − d(k − 1) − 1) / s) + 1"
                                     : "o = floor((i + 2p − d(k − 1) − 1) / s) + 1");
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
    Index unused = 0;
    if (!layer.is_transposed() && !layer.ceil_mode)
        for (const arith::Axis& axis : layer.axes) unused = std::max(unused, arith::unused_cells(axis));
    if (unused > 0)
        muted_text(style, theme,
                   unused == 1 ? t("Rounding down leaves the last cell of an axis unused.")
                               : tf("Rounding down leaves the last {} cells of an axis unused.", unused));
}

void draw_channels(Store& store, const Style& style, const scene::Theme& theme) {
    const Layer& layer = store.state().layer();
    NumberRows rows{store, style, theme, layer.rank()};
    const bool first = store.state().shown == 0, pooling = layer.is_pooling();
    if (first)
        rows.one({"channels in", pooling ? t("Channels C") : t("Channels in"), LayerField::channels, 1, 16},
                 layer.in_channels, [&](Index v) -> Action {
                     return state::SetChannels{v, layer.out_channels};
                 });
    if (pooling) return;
    rows.one({"channels out", t("Channels out"), LayerField::channels, 1, 16}, layer.out_channels,
             [&](Index v) -> Action {
                 return state::SetChannels{layer.in_channels, v};
             });
    rows.one({"groups", t("Groups g"), LayerField::groups, 1, std::max<Index>(2, layer.in_channels)}, layer.groups,
             [](Index v) -> Action { return state::SetGroups{v}; });
    bool bias = layer.bias;
    if (toggle("bias", t("Add a bias to every output"), &bias)) store.dispatch(state::SetBias{bias});
}

void draw_more(Store& store, const Style& style) {
    const Layer& layer = store.state().layer();
    if (layer.op == arith::Op::convolution) {
        const std::string modes[] = {t("Zeros"), t("Reflect"), t("Replicate"), t("Circular")};
        row_label(style, t("Padding mode"));
        if (const auto picked = drop_down("padding mode", modes, static_cast<int>(layer.padding_mode)))
            store.dispatch(state::SetPaddingMode{static_cast<arith::PaddingMode>(*picked)});
    }
    for (const arith::LayerSwitch& one : arith::layer_switches()) {
        bool on = layer.*one.on;
        if (one.belongs_to(layer.op) && toggle(place_of(one.key).c_str(), t(one.title), &on))
            store.dispatch(state::SetLayerSwitch{one.on, on});
    }
}

}  // namespace

void draw_layer_panel(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    draw_words(store, style, theme);
    ImGui::Separator();
    draw_layer_list(store, style);
    draw_kind(store, style);
    draw_numbers(store, style, theme);
    draw_size(store, style, theme);
    if (section(style, theme, t("Channels"))) draw_channels(store, style, theme);
    if (section(style, theme, t("Padding and kernel"))) draw_more(store, style);
    if (section(style, theme, t("Cost"))) draw_cost(store, style);
    if (const Refusal* refusal = store.refusal()) draw_callout(style, theme, *refusal);
}

}  // namespace convloom::gui
