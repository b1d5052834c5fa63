// The texts of boxes: what an operator is, its main numbers, its name, the shape of a tensor.
#pragma once
#include <string>
#include <vector>

#include "core/scene/graph/box_graph.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

BoxKind kind_of(const NetworkFigure& network, int row);

// "Conv 3×3, stride 2" of a row, and "3 → 64, 2 groups", or nothing.
std::string kind_text(const NetworkFigure& network, int row, Language language);
std::string numbers_text(const NetworkFigure& network, int row, Language language);
// What two alike boxes have in common: their first operators and kernels; with `exactly` all operators, numbers and
// the sizes that come out.
std::string signature_of(const NetworkFigure& network, const GraphBox& box, bool exactly);

// A tensor of one sample: "64×56×56"; "?" if its sizes are not known.
std::string shape_text(const NetworkFigure& network, int tensor);

// The lines in a box. The first is its title. With `tersely` a block only counts what is in it.
std::vector<std::string> box_lines(const NetworkFigure& network, const GraphBox& box, Language language,
                                   bool tersely = false);
// The same on one line, for lists.
std::string box_text(const NetworkFigure& network, const GraphBox& box, Language language);
// "Block 2", "Blocks 5–7", by which it can be opened.
std::string block_name(const GraphBox& box, Language language);

}  // namespace convloom::scene
