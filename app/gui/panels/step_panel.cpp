#include <algorithm>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::gui {
namespace {

using arith::Index;
using arith::Tap;
using scene::cell_text, scene::number_text;

// The products of the current step, read from the recording once per change.
struct Terms {
    std::uint64_t version = 0;
    std::vector<Tap> taps;
};

struct Columns {
    float product, partial;  // right edges of the columns
};

void right_text(ImDrawList& list, ImFont* font, float right, float y, scene::Color color, const std::string& text) {
    list.AddText(font, font->FontSize, {right - font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str()).x, y},
                 u32(color), text.c_str());
}

// A click on a row goes to its product.
void draw_term(Store& store, const Tap& tap, const Columns& columns, const Style& style, const scene::Theme& theme) {
    const arith::Recording& recording = store.recording();
    const scene::Moment moment = store.state().moment;
    const bool now = moment.tap == tap.number, later = moment.tap >= 0 && tap.number > moment.tap;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float wide = ImGui::GetContentRegionAvail().x, high = style.small->FontSize + 4 * style.scale;
    ImGui::PushID(static_cast<int>(tap.number));
    if (ImGui::InvisibleButton("##term", {wide, high})) store.move(state::GoToTap{tap.number});
    if (tap.number < 32) note_place(fmt::format("term {}", tap.number).c_str());
    ImGui::PopID();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (now || ImGui::IsItemHovered())
        list.AddRectFilled(at, {at.x + wide, at.y + high}, now ? u32(theme.tap) : ImGui::GetColorU32(ImGuiCol_FrameBg),
                           3 * style.scale);
    const scene::Color color = now ? theme.on_tap : later ? theme.muted : theme.text;
    ImFont* font = now ? style.small_strong : style.small;
    const float y = at.y + 2 * style.scale;
    const int rank = recording.layer().rank();
    std::string from =
        (recording.layer().in_channels > 1 ? fmt::format("{}: ", tap.in_channel) : "") + cell_text(rank, tap.at);
    if (tap.padding)
        from += tap.has_source ? tf(" takes {}", cell_text(rank, tap.source)) : fmt::format(" {}", t("padding"));
    const ImVec4 clip{at.x, at.y, at.x + columns.product - 96 * style.scale, at.y + high};
    list.AddText(font, font->FontSize, {at.x + 4 * style.scale, y}, u32(color), from.c_str(), nullptr, 0, &clip);
    const arith::Layer& layer = recording.layer();
    const bool powers = layer.reduction() == arith::Reduction::norm;
    right_text(list, font, at.x + columns.product, y, color,
               !layer.has_products() ? number_text(tap.x)
               : powers
                   ? fmt::format("{}^{} = {}", number_text(tap.x), layer.norm_type, number_text(tap.product))
                   : fmt::format("{} · {} = {}", number_text(tap.x), number_text(tap.w), number_text(tap.product)));
    right_text(list, font, at.x + columns.partial, y, color, later ? "" : number_text(tap.partial));
}

void draw_head(const arith::Recording& recording, const Columns& columns, const Style& style,
               const scene::Theme& theme) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddText(style.small, style.small->FontSize, {at.x + 4 * style.scale, at.y}, u32(theme.muted), t("Input cell"));
    right_text(list, style.small, at.x + columns.product, at.y, theme.muted,
               t(recording.layer().reduction() == arith::Reduction::norm ? "value"
                 : recording.layer().has_products()                      ? "value · weight"
                                                                         : "value"));
    right_text(list, style.small, at.x + columns.partial, at.y, theme.muted,
               t(recording.layer().reduction() == arith::Reduction::maximum ? "largest" : "total"));
    ImGui::Dummy({0, style.small->FontSize});
    list.AddLine({at.x, at.y + style.small->FontSize + 2 * style.scale},
                 {at.x + columns.partial + 4 * style.scale, at.y + style.small->FontSize + 2 * style.scale},
                 u32(theme.hairline), style.scale);
}

// The rows after the last product.
void draw_end(const arith::Recording& recording, const arith::Step& step, const Style& style,
              const scene::Theme& theme) {
    if (recording.bias()) muted_text(style, theme, tf("and the bias {}", number_text(recording.bias(step))));
    if (recording.layer().reduction() == arith::Reduction::mean)
        muted_text(style, theme,
                   tn({{recording.divisor(step) == 1 ? 1 : 2, "cell"}}, "over {} cells",
                      number_text(recording.divisor(step))));
    if (recording.layer().reduction() == arith::Reduction::norm && recording.layer().norm_type > 1)
        muted_text(style, theme, tf("its root {}", recording.layer().norm_type));
    strong_text(style, tf("= {}", number_text(recording.value(step))));
}

}  // namespace

void draw_step_panel(Store& store, const Style& style) {
    static Terms terms;
    const scene::Theme& theme = store.theme();
    if (!store.state().shows_steps())
        return muted_text(
            style, theme,
            t("The photo is filtered as a whole; choose “Pixel by pixel” in the filter panel to step through it."));
    const arith::Recording& recording = store.recording();
    const scene::Moment moment = store.state().moment;
    const arith::Step step = recording.step(moment.step);
    const int rank = recording.layer().rank();
    if (terms.version != store.version()) terms = {store.version(), recording.taps(step)};
    const std::string channel = recording.layer().out_channels > 1 ? tf("channel {} ", step.channel) : "";
    strong_text(style, tf("Output {}{}", channel, cell_text(rank, step.output)));
    const auto products = static_cast<arith::Index>(terms.taps.size());
    muted_text(style, theme,
               recording.layer().is_transposed()
                   ? tn({{products, "product"}}, "reached by {} products", scene::count_text(products))
                   : tn({{products, "product"}}, "{} products, window from {}", scene::count_text(products),
                        cell_text(rank, step.window)));
    const float wide = ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ScrollbarSize;
    const Columns columns{wide - 64 * style.scale, wide - 4 * style.scale};
    draw_head(recording, columns, style, theme);
    const float row = style.small->FontSize + 4 * style.scale, foot = 3 * ImGui::GetTextLineHeightWithSpacing();
    const float room = std::max(6 * row, ImGui::GetContentRegionAvail().y - foot);
    ImGui::BeginChild("terms", {0, std::min(room, row * static_cast<float>(terms.taps.size()) + 2 * style.scale)});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    static scene::Moment followed;
    if (moment != followed && moment.tap >= 0)
        ImGui::SetScrollY(std::max(0.0f, row * static_cast<float>(moment.tap) - room / 2));
    followed = moment;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(terms.taps.size()), row);
    while (clipper.Step())
        for (int n = clipper.DisplayStart; n < clipper.DisplayEnd; ++n)
            draw_term(store, terms.taps[n], columns, style, theme);
    ImGui::PopStyleVar();
    ImGui::EndChild();
    draw_end(recording, step, style, theme);
}

}  // namespace convloom::gui
