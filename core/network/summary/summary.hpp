// A network as a table: a row for each operator that works on the network's input, with its costs and what it sees.
//
// Parameters are the stored numbers that a layer multiplies with or adds: weights, biases, and the scale and shift of a
// normalization, but not its running mean and variance (as PyTorch counts them). Tensors that several operators share
// are counted at the first. Multiplications are those of convolutions and products of matrices; those with padding
// count. The receptive field follows Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural
// Networks" (2019).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/network/shapes/inference.hpp"

namespace convloom::network {

// What a cell of a tensor sees of the network's input, along each spatial axis.
struct Reach {
    std::vector<double> field;   // in cells of the input, the padding included
    std::vector<double> stride;  // cells of the input between two neighbours; below 1 after upsampling
    bool whole = false;          // all of it, since an operator joins all places; the lists are empty
    bool operator==(const Reach&) const = default;
};

struct Row {
    int node = 0;
    std::string name, op, output_name;     // the name of the node, or of its output if it has none
    std::optional<Sizes> input, output;    // of the first input that is not constant, of the first output
    std::optional<Sizes> weight;           // of layers that have one
    std::optional<Index> parameters;       // nothing for operators without
    std::optional<Index> multiplications;  // nothing for operators that are not counted, or if a size is unknown
    std::optional<Reach> reach;
    std::string fault;  // why the operator cannot be applied
    bool known = true;  // false if the operator has no rule here
};

struct Summary {
    std::vector<Row> rows;
    Index convolutions = 0, parameters = 0, multiplications = 0;  // saturating
    Index uncounted = 0;  // convolutions and products of matrices whose multiplications are not known
};

Summary summarize(const Graph& graph, const Inference& inference);

// "Conv 7×7", or the operator alone.
std::string kind_words(const Row& row);

// One line of a comparison of two networks: a row of the first, of the second, or both.
struct RowPair {
    int first = -1, second = -1;
};

// The rows of both networks in order, those paired that have the same operator and, as far as possible, the same place;
// the longest common sequence of operators and names, then of operators alone.
std::vector<RowPair> aligned(const Summary& first, const Summary& second);
// Whether two rows that are paired have the same sizes, weights and costs.
bool alike(const Row& a, const Row& b);

}  // namespace convloom::network
