// What several tests need: files of the tests' folder, golden references, small layers to walk over.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::tests {

// The folder of the tests in the source tree, whatever folder they run in.
std::string tests_folder();

std::string read_file(const std::string& path);

// The text must equal tests/golden/<name>. With UPDATE in the environment the reference is rewritten; on
// failure what came out is left beside it as <name>.out.
void expect_golden(const std::string& name, const std::string& text);

// Whole numbers from -4 to 4, from a seed.
arith::Tensor whole_numbers(arith::Shape shape, unsigned seed);

// Every rank-2 square layer with i to 6, k to 4, s to 3, p to 3, d to 3 that has no problems.
std::vector<arith::Layer> small_layers();

// The figures and kinds among the presets that a view can draw; all of them are square.
std::vector<std::string> drawable_presets(scene::View view = scene::View::stacked);

}  // namespace convloom::tests
