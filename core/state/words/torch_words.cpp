#include "core/state/words/torch_words.hpp"

#include <fmt/format.h>

#include "core/state/code/tokens.hpp"
#include "core/state/words/reading.hpp"

namespace convloom::state {
namespace {

// Removes one of the signs from the front of the text.
template <std::size_t count>
bool take_sign(std::string_view& text, const std::string_view (&signs)[count]) {
    for (const std::string_view sign : signs)
        if (text.starts_with(sign)) {
            text.remove_prefix(sign.size());
            return true;
        }
    return false;
}

void skip_spaces(std::string_view& text) {
    constexpr std::string_view spaces[] = {" ", "\t", "\r", "\n", "\u00A0", "\u3000"};
    while (take_sign(text, spaces)) {
    }
}

}  // namespace

arith::Chain read_torch(std::string_view text, const arith::Shape& input) {
    Reading reading = read_layers(text, input);
    if (reading.chain.empty())
        throw CodeFault(fmt::format("The text has no layer with a window; {} alone has none.",
                                    arith::name_of(reading.alone.front())),
                        {0, text.size()});
    return std::move(reading.chain);
}

arith::Shape read_shape(std::string_view text) {
    constexpr std::string_view opening[] = {"torch.Size(", "(", "[", "（", "［"}, closing[] = {")", "]", "）", "］"},
                               between[] = {"x", "X", "×", "*", ",", "，", "、"};
    const auto fail = [&] {
        throw Error(
            fmt::format("{}: give a shape such as 3x224x224, channels first, each number at least 1.", shown(text)));
    };
    arith::Shape shape;
    std::string_view rest = text;
    skip_spaces(rest);
    while (take_sign(rest, opening)) skip_spaces(rest);
    for (;;) {
        const LeadingWhole whole = leading_whole(rest);
        if (whole.digits == 0 || whole.number < 1 || shape.size() > 4) fail();
        shape.push_back(whole.number);
        rest.remove_prefix(whole.digits);
        skip_spaces(rest);
        if (!take_sign(rest, between)) break;
        skip_spaces(rest);
    }
    while (take_sign(rest, closing)) skip_spaces(rest);
    if (!rest.empty()) fail();
    // Five numbers begin with the batch.
    if (shape.size() == 5 && shape[0] == 1) shape.erase(shape.begin());
    return shape;
}

}  // namespace convloom::state
