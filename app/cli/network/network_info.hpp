// convloom info for a network: its layers as a table, or the differences of two.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/summary/summary.hpp"

namespace convloom::cli {

struct NetworkQuestion {
    std::string file, other;  // the second is compared with the first; empty for none
    std::string input;        // sizes for the inputs: "1x3x224x224", or "name=1x3x224x224; other=1x10"
    bool json = false, csv = false;
};

// Whether the words name a model: a file ending in .onnx, or a checkpoint, which is refused with advice.
bool names_network(std::string_view words);
// Prints what was asked; returns the exit status.
int network_info(const NetworkQuestion& question);

// A model that was read, with what is known of it.
struct NetworkFacts {
    std::string file;
    network::Graph graph;
    network::Inference inference;
    network::Summary summary;
    std::vector<std::string> remarks;  // on open sizes and unknown operators, a sentence each
};

// Reads a model and settles its open sizes; throws an Error of one sentence.
NetworkFacts read_network(const std::string& file, const std::string& input);

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
std::string kind_words(const network::Row& row);

}  // namespace convloom::cli
