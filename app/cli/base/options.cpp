#include "app/cli/base/options.hpp"

#include <fmt/format.h>

#include "core/state/base/error.hpp"
#include "core/state/words/filter_words.hpp"

namespace convloom::cli {

void as_number(CLI::Option* option) {
    const auto plain = [option](std::string& text) {
        text = fmt::format("{}", state::read_number(option->get_name(), text));
        return std::string();
    };
    option->transform(CLI::Validator(plain, ""));
}

std::string padding_mode_help() {
    return fmt::format("{}, or in a library's word, such as scipy:mirror, numpy:edge or opencv:BORDER_REFLECT",
                       arith::padding_mode_names(" or "));
}

arith::AskedPadding asked_padding(const std::string& mode, std::optional<double> value) {
    auto asked = arith::padding_mode_asked(mode);
    if (!asked) throw Error(fmt::format("--padding-mode {}: {}.", mode, arith::padding_modes_instead(mode)));
    if (!value) return *asked;
    if (asked->takes_value && *value != 0) asked->mode = arith::PaddingMode::constant;
    if (asked->mode != arith::PaddingMode::constant && *value != 0)
        throw Error(fmt::format("--padding-value {} goes with --padding-mode constant, not with {}.", *value, mode));
    return *asked;
}

}  // namespace convloom::cli
