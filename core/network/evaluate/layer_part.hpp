// A part of a layer's output as a layer of its own: some of its channels, and a box of its cells.
//
// The part of the input that these cells see becomes its input, and padding stays only where they reach beyond the edge
// of the whole input. Its values are therefore those of the whole layer, bit for bit.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::network {

using arith::Index;

struct OutputPart {
    std::vector<Index> channels;     // of the output, ascending
    std::vector<Index> begin, size;  // of the box, one for each spatial axis
    friend bool operator==(const OutputPart&, const OutputPart&) = default;
};

OutputPart whole_output(const arith::Layer& layer);
// As Python writes it: "[3, 40:46, 50:56]".
std::string part_text(const OutputPart& part);

struct LayerPart {
    arith::Layer layer;
    std::vector<Index> in_channels;  // of the whole input
    std::vector<Index> begin;        // of its box in the whole input
};

struct FoundPart {
    std::optional<LayerPart> part;
    std::string fault;  // why there is none, as a sentence
};

// Expects a layer without problems that is not of a kind with sized windows or a second tensor.
FoundPart part_of(const arith::Layer& layer, const OutputPart& output);

// The tensors of the part, from those of the whole layer.
arith::Tensor part_input(const arith::Layer& whole, const LayerPart& part, const arith::Tensor& input);
arith::Tensor part_weight(const arith::Layer& whole, const LayerPart& part, const OutputPart& output,
                          const arith::Tensor& weight);
arith::Tensor part_bias(const OutputPart& output, const arith::Tensor& bias);
// The part's own output, from that of the whole layer: `shape` is its shape.
arith::Tensor part_output(const arith::Layer& whole, const OutputPart& output, const arith::Tensor& values);

}  // namespace convloom::network
