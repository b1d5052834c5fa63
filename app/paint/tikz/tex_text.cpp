#include "app/paint/tikz/tex_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::paint {
namespace {

// Pairs of a character and its TeX.
constexpr std::string_view in_text = R"(
    \ \textbackslash{} { \{ } \} $ \$ & \& # \# % \% _ \_ ^ \textasciicircum{} ~ \textasciitilde{} " '' ` {\char96}
    … \ldots{} “ `` ” '' ‘ {\char96} ’ ' – -- — --- § \S{} © \copyright{} £ \pounds{}
)";
constexpr std::string_view in_math = R"(
    < < > > | | − - × \times ÷ \div · \cdot ± \pm ° ^{\circ} → \rightarrow ← \leftarrow ↑ \uparrow ↓ \downarrow
    √ \surd ⌊ \lfloor ⌋ \rfloor ⌈ \lceil ⌉ \rceil ≈ \approx ∞ \infty ≤ \leq ≥ \geq ≠ \neq ∑ \Sigma ′ ' ″ ''
    ∂ \partial ∇ \nabla ∈ \in ⊗ \otimes ⊕ \oplus ∗ * ¬ \neg µ \mu ½ \frac12 ⁻ ^{-} ˣ ^x ⁿ ^n
    ⁰ ^0 ¹ ^1 ² ^2 ³ ^3 ⁴ ^4 ⁵ ^5 ⁶ ^6 ⁷ ^7 ⁸ ^8 ⁹ ^9 ₀ _0 ₁ _1 ₂ _2 ₃ _3 ₄ _4 ₅ _5 ₆ _6 ₇ _7 ₈ _8 ₉ _9
    Γ \Gamma Δ \Delta Θ \Theta Λ \Lambda Ξ \Xi Π \Pi Σ \Sigma Υ \Upsilon Φ \Phi Ψ \Psi Ω \Omega
    α \alpha β \beta γ \gamma δ \delta ε \varepsilon ζ \zeta η \eta θ \theta ι \iota κ \kappa λ \lambda μ \mu ν \nu
    ξ \xi π \pi ρ \rho ς \varsigma σ \sigma τ \tau υ \upsilon φ \varphi χ \chi ψ \psi ω \omega
)";

void add_pairs(std::map<char32_t, std::string>& to, std::string_view pairs, const char* around) {
    const auto next = [&pairs] {
        pairs.remove_prefix(std::min(pairs.find_first_not_of(" \n"), pairs.size()));
        const std::string_view word = pairs.substr(0, pairs.find_first_of(" \n"));
        pairs.remove_prefix(word.size());
        return word;
    };
    for (std::string_view from = next(); !from.empty(); from = next())
        to[scene::next_character(from)] = fmt::format("{0}{1}{0}", around, next());
}

const std::map<char32_t, std::string>& known_characters() {
    static const auto known = [] {
        std::map<char32_t, std::string> made;
        add_pairs(made, in_text, "");
        add_pairs(made, in_math, "$");
        return made;
    }();
    return known;
}

// Whether TeX's own fonts have the letter, or can put it together.
bool is_latin(char32_t c) {
    constexpr std::u32string_view without_glyph = U"ÐðÞþĄąĐđĘęĦħĮįĸĿŀŉŊŋſŦŧŲų";
    return c < 0x7F || (c >= 0xC0 && c <= 0x17F && without_glyph.find(c) == without_glyph.npos);
}

}  // namespace

TexText tex_escaped(std::string_view rest) {
    const std::map<char32_t, std::string>& known = known_characters();
    TexText tex;
    char32_t before = 0;
    while (!rest.empty()) {
        const std::string_view from = rest;
        const char32_t c = scene::next_character(rest);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) continue;
        if ((c == '-' || c == '\'') && c == before) tex.text += "{}";  // two are no dash and no quotation mark
        if (const auto found = known.find(c); found != known.end()) {
            tex.text += found->second;
        } else if ((c == ' ' && (before == ' ' || before == 0)) || c == 0xA0) {
            tex.text += "\\ ";
        } else {
            tex.text += from.substr(0, from.size() - rest.size());
            if (c >= 0x2E80)
                tex.chinese = true;
            else if (!is_latin(c))
                tex.beyond_pdf = true;
        }
        before = c;
    }
    return tex;
}

}  // namespace convloom::paint
