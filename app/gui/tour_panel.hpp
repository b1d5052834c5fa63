// The guided tour beside the canvas: the page's sentences, what to try, a question with a field that is checked, and
// the way on and back.
//
// Where the reader is and what was answered stands in the Interface, so that it is kept; a page's picture is opened as
// any State is, so that all else in the window works on it.
#pragma once
#include <string>
#include <vector>

#include "app/gui/interface.hpp"
#include "app/gui/store.hpp"
#include "app/gui/style.hpp"
#include "core/state/tour.hpp"

namespace convloom::gui {

class TourPanel {
  public:
    // Draws inside the current ImGui window.
    void draw(Store& store, TourPlace& place, const Style& style);
    // To the next page, or with -1 to the one before; stays where there is none.
    void turn(Store& store, TourPlace& place, int direction);
    // Opens the page's picture; for whoever sets the place.
    void open_page(Store& store, const TourPlace& place);

  private:
    struct Spot {
        int chapter = 0, page = 0;
    };
    void load(Store& store, const TourPlace& place);
    Spot spot_of(const TourPlace& place) const;
    void go_to(Store& store, TourPlace& place, Spot spot);
    // The page after or before; the same where there is none.
    Spot beside(Spot spot, int direction) const;
    std::string id_of(Spot spot) const;
    bool is_answered(const TourPlace& place, Spot spot) const;

    void draw_head(Store& store, TourPlace& place, Spot spot, const Style& style);
    void draw_question(const Store& store, TourPlace& place, Spot spot, const Style& style);
    void draw_way(Store& store, TourPlace& place, Spot spot, const Style& style);

    std::vector<state::Chapter> chapters_;
    scene::Language language_ = scene::Language::english;
    char typed_[64] = "";
    std::string reply_;
    enum class Verdict { none, right, wrong } verdict_ = Verdict::none;
};

}  // namespace convloom::gui
