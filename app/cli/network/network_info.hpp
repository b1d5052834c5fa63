// convloom info for a network: its layers as a table, or the differences of two.
#pragma once
#include <optional>
#include <string>

#include "app/networks/network_file.hpp"

namespace convloom::cli {

using networks::NetworkFacts;

struct NetworkQuestion {
    std::string file, other;  // the second is compared with the first; empty for none
    std::string input;        // sizes for the inputs: "1x3x224x224", or "name=1x3x224x224; other=1x10"
    bool json = false, csv = false;
};

// Prints what was asked; returns the exit status.
int network_info(const NetworkQuestion& question);

std::string network_text(const NetworkFacts& facts);
std::string network_json(const NetworkFacts& facts);
std::string network_csv(const NetworkFacts& facts);
// Two networks row by row, with what differs marked.
std::string difference_text(const NetworkFacts& first, const NetworkFacts& second);
std::string difference_json(const NetworkFacts& first, const NetworkFacts& second);

// The parts of a row in words: "1×64×112×112", "7×7", "whole".
std::string sizes_words(const std::optional<network::Sizes>& sizes);
std::string field_words(const std::optional<network::Reach>& reach);
std::string stride_words(const std::optional<network::Reach>& reach);

}  // namespace convloom::cli
