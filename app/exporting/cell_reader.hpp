// What the cells of each step's figure are, for a page whose readers point at them. Reads the Scenes that are drawn,
// and makes the texts of a plane once for all steps that show the same cells.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "app/paint/html.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/scene/pointing/pointing.hpp"
#include "core/state/model/state.hpp"

namespace convloom::exporting {

class CellReader {
  public:
    // The moments are those of the page's steps, in their order; with several in one figure, each figure shows the next
    // `together` of them.
    CellReader(const state::State& state, const std::vector<scene::Moment>& moments, std::size_t together);

    // Of figure n. Nothing for a photo, no grids where the steps of one figure have kernels of different channels, and
    // no further ones beyond most_cells.
    paint::StepReading reading(std::size_t n, const scene::Scene& scene);

  private:
    static constexpr std::size_t most_cells = 40'000;  // of all texts in the page

    // Planes with the same role, place and ends show the same cells.
    struct Known {
        scene::PlaneRole role;
        int left, top, rows, columns;
        std::optional<scene::Pointed> first, last;
        arith::Index channel;  // of the step
        std::shared_ptr<const paint::CellTexts> texts;
    };
    std::string sum_of(const scene::Moment& moment) const;
    std::shared_ptr<const paint::CellTexts> texts_of(const scene::PointablePlane& plane, arith::Index channel);
    paint::CellTexts::Text text_of(const scene::Pointed& at) const;

    static constexpr arith::Index most_products = 64;  // of a sum that is written out

    bool has_cells_;
    arith::Recording recording_;
    scene::Shown shown_;
    scene::Language language_;
    const std::vector<scene::Moment>& moments_;
    std::size_t together_;
    std::vector<Known> known_;
    std::size_t cells_ = 0;
};

}  // namespace convloom::exporting
