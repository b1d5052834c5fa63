// A trained network as a value: operators in the order in which they run, and the tensors between them.
//
// The terms are ONNX's (https://onnx.ai/onnx/repo-docs/IR.html): a node applies an operator to its inputs, an
// initializer is a tensor with stored values. Tensors are numbered; a node refers to them by their numbers. Sizes are
// in elements, in the order of the axes, the batch first.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/shape.hpp"

namespace convloom::network {

using arith::Index;

constexpr Index unknown_size = -1;  // of an axis whose size the file leaves open
using Sizes = std::vector<Index>;

// The numbers are ONNX's TensorProto.DataType.
enum class ElementType {
    undefined = 0,
    float32 = 1,
    uint8 = 2,
    int8 = 3,
    uint16 = 4,
    int16 = 5,
    int32 = 6,
    int64 = 7,
    string = 8,
    boolean = 9,
    float16 = 10,
    float64 = 11,
    uint32 = 12,
    uint64 = 13,
    complex64 = 14,
    complex128 = 15,
    bfloat16 = 16
};

std::string_view name_of(ElementType type);  // "float16"
int bytes_of(ElementType type);              // of one element; 0 for strings and unknown types
bool is_floating(ElementType type);          // float16, bfloat16, float32 and float64

// Stored values: little endian, in row-major order.
struct Values {
    ElementType type = ElementType::undefined;
    Sizes sizes;
    std::string_view bytes;             // empty if they stand in another file
    std::shared_ptr<const void> owner;  // keeps the bytes
    std::string location;               // of the other file, relative to the model's folder; empty for none
    std::int64_t offset = 0, length = -1;
};

// The number of elements; nothing if a size is unknown or the number does not fit 62 bits.
std::optional<Index> element_count(const Sizes& sizes);
// All values as numbers. Nothing if they are not at hand, are strings or complex, or are more than `most`.
std::optional<std::vector<double>> numbers(const Values& values, Index most);

struct Attribute {
    std::string name;
    std::optional<Index> number;  // i
    std::optional<float> real;    // f
    std::optional<std::string> text;
    std::vector<Index> numbers;
    std::vector<float> reals;
    std::vector<std::string> texts;
    std::optional<Values> tensor;
    bool has_graph = false;  // a body of If or Loop, which is not read
};

struct Node {
    std::string name, op, domain;      // the domain is empty for ONNX's own operators
    std::vector<int> inputs, outputs;  // tensors; -1 for an optional one that is left out
    std::vector<Attribute> attributes;

    const Attribute* attribute(std::string_view name) const;
};

struct Tensor {
    std::string name;
    ElementType type = ElementType::undefined;
    std::optional<Sizes> sizes;           // as declared; unknown_size where left open
    std::vector<std::string> open_sizes;  // the names of open axes, "" for none; as long as sizes
    std::optional<Values> values;         // of an initializer
    int producer = -1;                    // the node that computes it; -1 for inputs and initializers
};

struct Graph {
    std::string name, producer;
    Index opset = 0;  // of ONNX's own operators
    std::vector<Node> nodes;
    std::vector<Tensor> tensors;
    std::vector<int> inputs, outputs;  // initializers are not among the inputs
};

// Orders the nodes so that each stands after those that it depends on, and sets the producers. Nodes that are in order
// already keep their places. Returns one sentence if that is impossible: a tensor without a source, one that two nodes
// compute, or a cycle; otherwise an empty string.
std::string put_in_order(Graph& graph);

// How a node is called in sentences: "Conv “conv1”", or "Conv that computes “r0”" without a name.
std::string called(const Graph& graph, const Node& node);

// "1×3×?×224"; "scalar" without axes.
std::string sizes_text(const Sizes& sizes);

}  // namespace convloom::network
