// Figures of several States on one page, step by step: those that stand beside the one that is exported.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/scene/slide/beside_page.hpp"
#include "core/state/shown/scene_of.hpp"

namespace convloom::exporting {

struct Beside {
    state::State state;
    std::optional<arith::Index> step =
        {};  // that it shows all the time; otherwise that of the first figure, or its last
    friend bool operator==(const Beside&, const Beside&) = default;
};

// A preset by its name, a link, or a state file.
Beside beside_named(const std::string& text);

class BesidePages {
  public:
    BesidePages() = default;
    // The first State with its moments, and what is beside it; all in the first one's colours and language. `width` and
    // `height` give the page's shape, `readable` the least size of labels that have room for it.
    BesidePages(const state::State& first, const std::vector<Beside>& others, std::vector<scene::Moment> moments,
                scene::BesidePage page);

    explicit operator bool() const { return !figures_.empty(); }
    scene::Scene page(std::size_t n);

  private:
    struct Figure {
        state::State state;
        std::optional<arith::Index> step;
        arith::Index steps = 1;
        state::SceneMaker scenes = {};
        scene::Rect box = {};
    };
    scene::Scene scene(Figure& figure, std::size_t n);
    std::vector<scene::BesideFigure> figures(std::size_t n);
    void look_at(bool upright);

    std::vector<Figure> figures_;
    std::vector<scene::Moment> moments_;
    scene::BesidePage page_;
    scene::PageSize part_;  // that each figure is laid out on
};

}  // namespace convloom::exporting
