// Helpers shared by tests: files in the tests' folder, golden references, sets of small layers.
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::tests {

// The folder of the tests in the source tree; independent of the working directory.
std::string tests_folder();

std::string read_file(const std::string& path);

// The text must equal tests/golden/<name>. If UPDATE is set in the environment the reference is rewritten; on failure
// the text is saved beside it as <name>.out.
void expect_golden(const std::string& name, const std::string& text);

// Random integers from -4 to 4.
arith::Tensor whole_numbers(arith::Shape shape, unsigned seed);

// Every valid square layer of rank 2 with i up to 6 and k up to 4, and s, p and d up to 3.
std::vector<arith::Layer> small_layers();

// Every layer of a kind whose windows follow from the sizes, with small sizes of input and output, by output size and
// by scale factor, with and without kept corners. Axes of rank 2 and 3 differ.
void for_small_sized_layers(arith::Op op, int rank, const std::function<void(const arith::Layer&)>& visit);

// Resets the numbers that the layer's kind does not have.
void keep_own_numbers(arith::Layer& layer);

// The presets of figures and kinds that a view can draw; all of them are square.
std::vector<std::string> drawable_presets(scene::View view = scene::View::stacked);

}  // namespace convloom::tests
