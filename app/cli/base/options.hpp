// Options that several commands share: numbers in every notation, and padding modes in everybody's names.
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/arith/layer/padding_modes.hpp"

namespace convloom::cli {

// The option accepts a number in every notation that a filter accepts: .5, 1/9, a typographic minus.
void as_number(CLI::Option* option);

// "zeros, reflect or constant, or a library's name such as scipy:mirror".
std::string padding_mode_help();

// The mode in our name or a library's, with the number for the outside if one is given. Throws an Error that lists
// what could have been asked for.
arith::AskedPadding asked_padding(const std::string& mode, std::optional<double> value = {});

}  // namespace convloom::cli
