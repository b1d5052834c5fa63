#include "core/tour/tour_answer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <optional>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::tour {

using namespace state;
namespace {

using arith::Index;

std::string whole(Index n) {
    return fmt::format("{}", n);
}

std::string sizes(const arith::Layer& layer, bool channels) {
    arith::Shape shape = arith::output_shape(layer);
    if (!channels) shape.erase(shape.begin());
    return arith::to_text(shape);
}

std::string percent(const arith::Chain& chain) {
    const auto standard = arith::standard_of(chain);
    if (!standard) return "100";
    return whole(std::lround(100.0 * static_cast<double>(arith::cost(chain).multiplications) /
                             static_cast<double>(arith::cost(*standard).multiplications)));
}

struct Asked {
    std::string_view what;
    std::string (*compute)(const Ask&);
};
constexpr Asked asked[] = {
    {"value",
     [](const Ask& a) {
         const auto r = recording_of(a.of);
         return scene::number_text(r.value(r.step(a.step)), 6);
     }},
    {"taps",
     [](const Ask& a) {
         const auto r = places_of(a.of);
         return whole(r.tap_count(r.step(a.step)));
     }},
    {"sizes", [](const Ask& a) { return sizes(a.of.stages.back().layer, false); }},
    {"shape", [](const Ask& a) { return sizes(a.of.stages.back().layer, true); }},
    {"multiplications", [](const Ask& a) { return whole(arith::cost(chain_of(a.of)).multiplications); }},
    {"parameters", [](const Ask& a) { return whole(arith::cost(chain_of(a.of)).parameters); }},
    {"extent", [](const Ask& a) { return whole(arith::kernel_extent(a.of.layer().axes[0])); }},
    {"depth", [](const Ask& a) { return whole(a.of.layer().group_in()); }},
    {"field", [](const Ask& a) { return fmt::format("{}", arith::receptive_fields(chain_of(a.of)).back()[0].size); }},
    {"padding_inside", [](const Ask& a) { return whole(arith::equivalent_direct(a.of.layer().axes[0]).pad_before); }},
    {"zeros_between", [](const Ask& a) { return whole(arith::equivalent_direct(a.of.layer().axes[0]).zeros_between); }},
    {"same_padding",
     [](const Ask& a) { return whole(arith::padding_for(arith::PaddingRule::same, a.of.layer().axes[0]).first); }},
    {"unused", [](const Ask& a) { return whole(arith::unused_cells(a.of.layer().axes[0])); }},
    {"offsets", [](const Ask& a) { return whole(arith::side_tensors(a.of.layer()).at(0).shape[0]); }},
    {"percent", [](const Ask& a) { return percent(chain_of(a.of)); }},
};

// Digits, signs and separators as plain ASCII; everything between sizes becomes one space.
std::string plain(std::string_view typed) {
    std::string out;
    while (!typed.empty()) {
        const char32_t c = scene::next_character(typed);
        if (c >= 0xFF10 && c <= 0xFF19)
            out += static_cast<char>('0' + (c - 0xFF10));  // full-width digits
        else if (c == 0x2212 || c == 0x2013 || c == 0xFF0D)
            out += '-';
        else if (c == 0xFF0E)
            out += '.';
        else if (c == 0xFF0C)
            out += ',';
        else if (c == 0xFF05)
            out += '%';
        else if (c == 0xD7 || c == '*' || c == 'x' || c == 'X')
            out += 'x';
        else if (c == ' ' || c == '\t' || c == 0x3000 || c == '(' || c == ')' || c == '[' || c == ']' || c == 0xFF08 ||
                 c == 0xFF09)
            out += ' ';
        else
            out += c < 0x80 ? static_cast<char>(c) : '?';
    }
    return out;
}

std::optional<double> number_of(std::string_view typed) {
    std::string digits;
    for (char c : plain(typed))
        if (c != ' ' && c != ',') digits += c;  // 86,400 as 86400
    if (!digits.empty() && digits.back() == '%') digits.pop_back();
    if (digits.empty() || digits.size() > 24 || digits.find_first_not_of("0123456789.-+") != std::string::npos)
        return std::nullopt;
    char* end = nullptr;
    const double value = std::strtod(digits.c_str(), &end);
    if (*end != 0) return std::nullopt;
    return value;
}

// "3x3", "3 × 3", "(3, 3)"; empty where it is none.
std::vector<Index> sizes_of(std::string_view typed) {
    std::vector<Index> sizes;
    bool in_number = false;
    for (char c : plain(typed)) {
        const bool digit = c >= '0' && c <= '9';
        if (digit) {
            if (!in_number) sizes.push_back(0);
            if (sizes.back() > arith::max_field) return {};
            sizes.back() = 10 * sizes.back() + (c - '0');
        } else if (c != ' ' && c != ',' && c != 'x') {
            return {};
        }
        in_number = digit;
    }
    return sizes;
}

// The text contains a number of the answer as a separate number.
bool says_answer(std::string_view text, const Question& question) {
    const auto is_part = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    for (const std::string& answer : question.answers)
        for (std::size_t at = text.find(answer); at != std::string_view::npos; at = text.find(answer, at + 1)) {
            const std::size_t end = at + answer.size();
            if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]) || text[end] == '.'))
                return true;
        }
    return false;
}

bool same(Question::Kind kind, std::string_view typed, std::string_view answer) {
    if (kind == Question::Kind::shape) {
        const std::vector<Index> sizes = sizes_of(typed);
        return !sizes.empty() && sizes == sizes_of(answer);
    }
    const auto given = number_of(typed), right = number_of(answer);
    return given && right && std::abs(*given - *right) < 1e-4;
}

}  // namespace

bool is_asked(std::string_view what) {
    for (const Asked& one : asked)
        if (one.what == what) return true;
    return false;
}

std::string all_asked() {
    std::string all;
    for (const Asked& one : asked) all += (all.empty() ? "" : ", ") + std::string(one.what);
    return all;
}

std::string answer(const Ask& ask) {
    for (const Asked& one : asked)
        if (one.what == ask.what) return one.compute(ask);
    return "";
}

std::string hint(const Ask& ask, scene::Language language) {
    const arith::Reduction reduction = ask.of.layer().reduction();
    if (ask.what == "value" && reduction == arith::Reduction::maximum)
        return tr(language, "A maximum is the largest of the cells under the window.");
    if (ask.what == "value" && reduction == arith::Reduction::mean)
        return tr(language, "An average is the sum of the cells under the window divided by their number.");
    if (ask.what == "value" && reduction == arith::Reduction::norm)
        return tr(language, "Add the powers of the cells under the window, then take the root.");
    if (ask.what == "value" && ask.of.layer().op == arith::Op::deformable_convolution)
        return tr(language, "Mix the four neighbours of each sample, then multiply by the modulation and the weight.");
    if (ask.what == "value" && ask.of.layer().op == arith::Op::partial_convolution)
        return tr(language, "Multiply the sum by the number of all cells of the window over that of the valid ones.");
    if (ask.what == "value" && ask.of.layer().op == arith::Op::max_unpooling)
        return tr(language, "Each value goes to the cell that its index names; all other cells are 0.");
    if (ask.what == "sizes" && ask.of.layer().op == arith::Op::max_unpooling)
        return tr(language, "The output size on each axis is o = s(i − 1) + k − 2p.");
    if (ask.what == "value" && ask.of.layer().kind().unfolds)
        return tr(language, "An unfold copies one cell of the window, which the channel names.");
    if (ask.what == "value" && ask.of.layer().kind().folds)
        return tr(language, "Add one copy from each window that has the cell.");
    if (ask.what == "offsets") return tr(language, "Each tap has an offset, down and to the right.");
    if (ask.what == "value")
        return tr(language, "Multiply each cell under the window by the weight that lies on it, and add the products.");
    if (ask.what == "taps" && ask.of.layer().has_sized_windows())
        return tr(language, "Count the cells that the window touches, whole or in part.");
    if (ask.what == "taps")
        return ask.of.layer().is_transposed()
                   ? tr(language, "Count the input cells that reach this output: each gives one product.")
                   : tr(language, "Count the weights that lie on a cell: each gives one product.");
    if (ask.what == "sizes" && ask.of.layer().has_sized_windows())
        return tr(language,
                  "An adaptive pooling gives the size that is asked for; an upsampling multiplies by its factor.");
    if (ask.what == "sizes")
        return ask.of.layer().is_transposed()
                   ? tr(language, "The output size on each axis is o = s(i − 1) + d(k − 1) + 1 − 2p + output padding.")
                   : tr(language,
                        "Count the window's positions along each axis: o = floor((i + 2p − d(k − 1) − 1) / s) + 1.");
    if (ask.what == "shape")
        return tr(language, "Each filter gives one output channel; then count the window's positions.");
    if (ask.what == "multiplications")
        return tr(language,
                  "Every output takes one product for each weight of its filter; with several layers, add them up.");
    if (ask.what == "parameters")
        return tr(language,
                  "A filter has one kernel for each channel that it sees; multiply by the number of filters.");
    if (ask.what == "extent") return tr(language, "k weights have k − 1 gaps between them, each d − 1 cells wide.");
    if (ask.what == "depth") return tr(language, "A filter sees only the channels of its own group.");
    if (ask.what == "field") return tr(language, "Start with one cell; each layer adds (k − 1)·d to it.");
    if (ask.what == "padding_inside")
        return tr(language, "Full padding is k − 1; subtract the transposed layer's own padding from it.");
    if (ask.what == "zeros_between") return tr(language, "Neighbouring cells end up s apart.");
    if (ask.what == "same_padding")
        return tr(language, "Without padding an axis loses k − 1 cells; pad with half of them on each side.");
    if (ask.what == "unused")
        return tr(language, "See where the last window ends, and how much of the padded input is left after it.");
    return tr(language, "Divide the multiplications of all steps by those of the standard layer.");
}

bool is_answer(const Question& question, std::string_view typed) {
    return question.kind == Question::Kind::shape ? !sizes_of(typed).empty() : number_of(typed).has_value();
}

std::string hint_for(const Question& question, std::string_view typed, scene::Language language) {
    const std::string& said = explanation_for(question, typed);
    return &said == &question.explanation || says_answer(said, question) ? hint(question.ask, language) : said;
}

bool accepts(const Question& question, std::string_view typed) {
    for (const std::string& right : question.answers)
        if (same(question.kind, typed, right)) return true;
    return false;
}

const std::string& explanation_for(const Question& question, std::string_view typed) {
    for (const Slip& slip : question.slips)
        if (same(question.kind, typed, slip.answer)) return slip.says;
    return question.explanation;
}

}  // namespace convloom::tour
