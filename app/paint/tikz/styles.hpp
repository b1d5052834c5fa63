// The colours and styles of a TikZ document, with the names of the theme's roles: whoever puts a figure into a paper
// changes them at the top of the file. What no role names is written where it is used.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/scene/looks/theme.hpp"

namespace convloom::paint::tikz {

// Those that the pictures use, in the order of their first use.
class Styles {
  public:
    // Without a theme the ground tells it.
    Styles(scene::Color ground, const scene::Theme* theme) : ground_(ground), theme_(theme) {}

    // As options of a path or a node.
    std::string fill(scene::Color color);
    std::string stroke(const scene::Stroke& stroke);
    std::string text(scene::Color color);
    // Their definitions.
    std::string written() const;

  private:
    std::string named(const std::string& role, scene::Color color);
    std::string styled(const std::string& name, const std::string& look);

    scene::Color ground_;
    const scene::Theme* theme_;
    std::vector<std::pair<std::string, std::string>> colors_, styles_;
};

}  // namespace convloom::paint::tikz
