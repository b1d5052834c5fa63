#include "core/scene/words/between_words.hpp"

#include "core/arith/chain/between_kinds.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {

std::string between_text(const arith::Between& between, const arith::Shape& shape, Language language) {
    const arith::Shape after = arith::shape_after(between, shape).shape;
    const arith::Index parameters = arith::parameters(between, shape);
    std::string text = arith::title_of(between);
    if (after != shape) text += " → " + arith::to_text(after);
    if (parameters > 0)
        return fmt::format("{}: {}", text,
                           trn(language, {{parameters, "parameter"}}, "{} parameters", count_text(parameters)));
    return after == shape ? fmt::format("{}: {}", text, tr(language, between.kind->says)) : text;
}

}  // namespace convloom::scene
