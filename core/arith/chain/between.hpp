// What stands between two layers of a chain and does not slide: activations, normalizations, pads, Flatten, Linear, …
//
// One table (between_kinds.hpp) says of every kind how the frameworks call it, its settings, and what it does to the
// shape and to the values. A Between is a row of the table with its settings. Shapes are (C, *spatial), as everywhere,
// without the batch; an argument that counts axes in PyTorch's way counts the batch as axis 0.
//
// Values are those of evaluation: dropout passes everything on, and a batch normalization has the statistics that it
// was made with, mean 0 and variance 1, with weight 1 and bias 0.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::arith {

struct BetweenKind;
struct BetweenSetting;

enum class Framework { pytorch, keras, onnx };

// The value of a setting: numbers (a flag is 0 or 1), or a text, or neither, which is Python's None.
struct BetweenValue {
    std::vector<double> numbers;
    std::string text;
    BetweenValue() = default;
    BetweenValue(double number) : numbers{number} {}
    BetweenValue(std::vector<double> several) : numbers(std::move(several)) {}
    BetweenValue(std::string word) : text(std::move(word)) {}
    bool is_none() const { return numbers.empty() && text.empty(); }
    friend bool operator==(const BetweenValue&, const BetweenValue&) = default;
};

struct Between {
    const BetweenKind* kind = nullptr;  // a row of between_kinds(), never null
    int rank = 0;                       // of one with a rank in its name, such as BatchNorm2d; otherwise 0
    std::string name;                   // of the kind "unknown": the name as it was given
    std::vector<BetweenValue> values;   // of each of kind->settings

    // The value of a setting that the kind has.
    const BetweenValue& value(std::string_view key) const;
    double number(std::string_view key, double otherwise = 0) const;  // otherwise: if it is None
    Index whole(std::string_view key, Index otherwise = 0) const;
    bool flag(std::string_view key) const { return number(key) != 0; }
    std::vector<Index> wholes(std::string_view key) const;
    friend bool operator==(const Between&, const Between&) = default;
};
using Betweens = std::vector<Between>;
constexpr std::size_t most_betweens = 1000;  // in one place

// The kind with its default settings, which differ between frameworks.
Between between_of(const BetweenKind& kind, Framework framework = Framework::pytorch, int rank = 0);
// By the name used in state files: "relu", "batch_norm". Aborts if there is none; for use in code.
Between between_of(std::string_view json_name, int rank = 0);
Between relu();
Between unknown_between(std::string name);

// By the name of a class or operator: "BatchNorm2d", "BatchNormalization", "LeakyRelu". Nothing if it is no between.
std::optional<Between> between_named(std::string_view name, Framework framework);
// By the word for an activation as an argument in Keras, "leaky_relu", which also names PyTorch's functions.
std::optional<Between> between_of_activation(std::string_view word);
// All names that between_named() knows, for suggestions.
std::vector<std::string> between_names(Framework framework);

// For adding one in the window: with values for the settings that have no default.
Between between_to_add(const BetweenKind& kind, const Shape& shape);

// The settings that a call has in a framework, in the order of its arguments. Keras and ONNX know arguments by name;
// only those of PyTorch have an order that matters.
std::vector<const BetweenSetting*> settings_of(const BetweenKind& kind, Framework framework);
// The setting that an argument of this framework sets, or null.
const BetweenSetting* setting_named(const BetweenKind& kind, std::string_view argument, Framework framework);
// Sets it if the value is possible. Otherwise returns why not, as a sentence without a full stop or capital letter that
// follows the name of the call: "takes one whole number as num_features".
std::optional<std::string> set(Between& between, const BetweenSetting& setting, BetweenValue value);
// The first setting that has no value although the framework needs one: "num_features". Null if there is none.
const BetweenSetting* missing_setting(const Between& between);

// The shape after it, or why it cannot take this one. The problem's sentence begins with the name of the between.
struct BetweenShape {
    Shape shape;
    std::optional<Problem> problem;
};
BetweenShape shape_after(const Between& between, const Shape& shape);
// The same for several in a row. A problem is that of the first that has one, at `failed`.
struct BetweenShapes {
    std::vector<Shape> shapes;  // after each one
    std::optional<Problem> problem;
    int failed = -1;
    // After all of them; `from` if there are none.
    const Shape& last(const Shape& from) const { return shapes.empty() ? from : shapes.back(); }
};
BetweenShapes shapes_after(std::span<const Between> betweens, const Shape& shape);

// Sets what follows from the shape and was left open, such as in_features of Keras's Dense.
void take_shape(Between& between, const Shape& shape);
// Sets those again after an edit in front of it, such as num_features for another number of channels.
void follow_shape(Between& between, const Shape& shape);

// Whether this shape passes unchanged.
bool keeps_shape(const Between& between, const Shape& shape);

// The values after it, in evaluation mode. Expects a shape without problems, and a kind whose values are known.
Tensor values_after(const Between& between, Tensor values);

// Which cells of an axis of the input a cell of the output comes from; axis 0 is the channels. An output cell `at`
// comes from the `coarser` cells from at / finer · coarser − shift on. Those outside the input are supplied as in
// padding.
struct BetweenGrid {
    Index shift = 0, finer = 1, coarser = 1;
    PaddingMode outside = PaddingMode::zeros;
};
BetweenGrid grid_of(const Between& between, const Shape& shape, int axis);
std::vector<Index> sources(const Between& between, const Shape& shape, int axis, Index at);

// Parameters and multiplications for an input of this shape.
Index parameters(const Between& between, const Shape& shape);
Index multiplications(const Between& between, const Shape& shape);

// The value as code has it: "(1, 2)", "True", "'tanh'", "None".
std::string value_text(const BetweenSetting& setting, const BetweenValue& value);
// "BatchNorm{}d" with its rank.
std::string with_rank(std::string_view name, int rank);

// "BatchNorm2d"; of Keras's and ONNX's own, and of joints, their name there.
std::string name_of(const Between& between);
// With the settings that matter to a reader: "BatchNorm2d(64)", "LeakyReLU(0.2)", "Linear(400, 120)".
std::string title_of(const Between& between);

}  // namespace convloom::arith
