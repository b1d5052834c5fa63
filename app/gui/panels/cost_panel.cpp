#include <algorithm>
#include <cmath>
#include <optional>

#include "app/gui/base/language.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/chain/cost.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::gui {
namespace {

using arith::Index;

constexpr std::size_t most_bars = 8;

struct Bar {
    std::string name;
    Index multiplications = 0, parameters = 0;
    bool now = false;
};

// The layer itself among the alternatives; computed once per layer.
struct Bars {
    arith::Chain of;
    arith::Cost cost;
    std::vector<Bar> bars;
};

Bars bars_of(const arith::Chain& chain, int shown) {
    Bars all{chain, arith::cost(chain), {}};
    const std::optional<arith::Layer> standard = chain.size() > 1 ? arith::standard_of(chain) : std::nullopt;
    const arith::Layer& layer = standard ? *standard : chain[shown].layer;
    const arith::Cost own = standard ? all.cost : arith::cost(layer);
    if (!standard) all.cost = own;
    if (!layer.has_weight()) return all;
    bool found = false;
    for (const arith::Alternative& other : arith::alternatives(layer)) {
        const bool now =
            !found && other.cost.multiplications == own.multiplications && other.cost.parameters == own.parameters;
        found |= now;
        all.bars.push_back({other.name, other.cost.multiplications, other.cost.parameters, now});
    }
    if (!found) all.bars.insert(all.bars.begin(), {t("this layer"), own.multiplications, own.parameters, true});
    // With many possible numbers of groups: the first, the last and the current one.
    while (all.bars.size() > most_bars) {
        const auto spare = std::find_if(all.bars.begin() + 2, all.bars.end(),
                                        [](const Bar& b) { return !b.now && b.name.ends_with("groups"); });
        if (spare == all.bars.end()) break;
        all.bars.erase(spare);
    }
    return all;
}

// "8 groups" is filled in already.
std::string name_of(const Bar& bar) {
    const auto space = bar.name.find(" groups");
    return space == std::string::npos ? t(bar.name.c_str()) : tf("{} groups", bar.name.substr(0, space));
}

void draw_bar(const Bar& bar, Index most, const Style& style, const scene::Theme& theme) {
    const float wide = ImGui::GetContentRegionAvail().x, high = 8 * style.scale;
    ImGui::PushFont(bar.now ? style.small_strong : style.small);
    ImGui::TextUnformatted(name_of(bar).c_str());
    const std::string count = scene::count_text(bar.multiplications);
    ImGui::SameLine(wide - ImGui::CalcTextSize(count.c_str()).x + ImGui::GetCursorStartPos().x);
    ImGui::TextUnformatted(count.c_str());
    ImGui::PopFont();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float length =
        std::max(2 * style.scale, wide * static_cast<float>(static_cast<double>(bar.multiplications) /
                                                            static_cast<double>(std::max<Index>(1, most))));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(at, {at.x + wide, at.y + high}, ImGui::GetColorU32(ImGuiCol_FrameBg), 3 * style.scale);
    list.AddRectFilled(at, {at.x + length, at.y + high}, u32(bar.now ? theme.accent : theme.muted), 3 * style.scale);
    ImGui::Dummy({wide, high});
    hint(tn({{bar.multiplications, "multiplication"}, {bar.parameters, "parameter"}},
            "{} multiplications, {} parameters", count, scene::count_text(bar.parameters)));
}

}  // namespace

void draw_cost(Store& store, const Style& style) {
    static Bars bars;
    static int shown = -1;
    const scene::Theme& theme = store.theme();
    const arith::Chain chain = chain_of(store.state());
    if (bars.of != chain || shown != store.state().shown) bars = bars_of(chain, shown = store.state().shown);
    auto row = [&](const char* label, Index value) {
        row_label(style, label);
        ImGui::TextUnformatted(scene::count_text(value).c_str());
    };
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {unit * style.scale, 0});
    row(t("Parameters"), bars.cost.parameters);
    row(t("Multiplications"), bars.cost.multiplications);
    row(t("Additions"), bars.cost.additions);
    ImGui::PopStyleVar();
    if (bars.bars.size() < 2) return;
    ImGui::Dummy({0, 0});
    muted_text(style, theme, t("Other layers with the same shapes, by multiplications"));
    Index most = 0;
    for (const Bar& bar : bars.bars) most = std::max(most, bar.multiplications);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {unit * style.scale, 3 * style.scale});
    for (const Bar& bar : bars.bars) draw_bar(bar, most, style, theme);
    ImGui::PopStyleVar();
}

}  // namespace convloom::gui
