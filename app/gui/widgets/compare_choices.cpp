#include "app/gui/widgets/compare_choices.hpp"

#include "app/gui/base/language.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::gui {
namespace {

void take_code(Store& store, const std::string& code) {
    try {
        const arith::Chain chain = state::read_torch(code, arith::input_shape(store.state().layer()));
        if (chain.size() != 1) return store.say(t("Type one layer to compare with."), true);
        store.dispatch(state::CompareWith{chain.front().layer});
    } catch (const Error& error) {
        store.say(t_sentence(error.what()), true);
    }
}

}  // namespace

void draw_compare_choices(Store& store, const Style& style) {
    const state::State& s = store.state();
    const arith::Layer compared = state::compared_layer(s);
    const std::vector<arith::Contrast> all = arith::contrasts(s.layer());
    std::vector<std::string> names;
    int chosen = -1;
    for (const arith::Contrast& one : all) {
        if (one.layer == compared) chosen = static_cast<int>(names.size());
        names.emplace_back(t(one.title));
    }
    if (chosen < 0) {
        chosen = static_cast<int>(names.size());
        names.emplace_back(t("A layer of your own"));
    }
    strong_text(style, t("Compared with"));
    if (const auto picked = drop_down("compare with", names, chosen); picked && *picked < static_cast<int>(all.size()))
        store.dispatch(state::CompareWith{all[static_cast<std::size_t>(*picked)].layer});
    if (const auto code = text_field("compare code", state::torch_code(compared), -1)) take_code(store, *code);
    hint(t("The other layer as PyTorch code; type another and press Enter."));
}

}  // namespace convloom::gui
