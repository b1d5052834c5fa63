// The colours and styles of a TikZ document, with the names of the theme's roles: whoever puts a figure into a paper
// changes them at the top of the file. What no role names is written where it is used.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::paint::tikz {

// Those that the pictures use, in the order of their first use.
class Styles {
  public:
    // The ground tells the theme.
    explicit Styles(scene::Color ground) : ground_(ground) {}

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
    std::vector<std::pair<std::string, std::string>> colors_, styles_;
};

}  // namespace convloom::paint::tikz
