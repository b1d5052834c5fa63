// The guided tour beside the canvas: the page's text, something to try, a question with an answer field, and buttons
// for the previous and next page.
//
// The current page and the answers are kept in the Interface; a page's picture is opened like any State, so that
// everything else in the window works on it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/gui/base/interface.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"
#include "core/tour/tour.hpp"

namespace convloom::gui {

class TourPanel {
  public:
    // What the window showed before the tour was opened; restored when it is closed.
    struct Own {
        state::State state;
        std::string file;
        bool playing = false;
    };

    // Keeps what is shown and opens the page's picture instead.
    void open(Store& store, TourPlace& place);
    // Restores what was shown, unless something else has replaced the tour's picture.
    void close(Store& store, TourPlace& place);
    // Draws inside the current ImGui window.
    void draw(Store& store, Interface& interface, const Style& style);
    // Goes to the next page, or with -1 to the previous one; does nothing if there is none.
    void turn(Store& store, TourPlace& place, int direction);

    // Kept between starts.
    const std::optional<Own>& own() const { return own_; }
    void take_own(std::optional<Own> own) { own_ = std::move(own); }

  private:
    struct Spot {
        int chapter = 0, page = 0;
    };
    void load(Store& store, const TourPlace& place);
    void open_page(Store& store, const TourPlace& place);
    // Restores the state of the question: answered or not.
    void begin_question(const TourPlace& place, Spot spot);
    void check(TourPlace& place, Spot spot);
    void show_controls(Interface& interface, const tour::TourPage& page);
    Spot spot_of(const TourPlace& place) const;
    void go_to(Store& store, TourPlace& place, Spot spot);
    // The next or previous page; the same one if there is none.
    Spot beside(Spot spot, int direction) const;
    std::string id_of(Spot spot) const;
    bool is_answered(const TourPlace& place, Spot spot) const;

    void draw_head(Store& store, TourPlace& place, Spot spot, const Style& style);
    void draw_try(Store& store, Interface& interface, Spot spot, const Style& style);
    void draw_question(const Store& store, TourPlace& place, Spot spot, const Style& style);
    void draw_way(Store& store, TourPlace& place, Spot spot, const Style& style);

    std::vector<tour::Chapter> chapters_;
    scene::Language language_ = scene::Language::english;
    char typed_[64] = "";
    std::string reply_;
    int tries_ = 0;  // number of wrong attempts
    enum class Verdict { none, right, wrong, unread } verdict_ = Verdict::none;
    std::optional<Own> own_;
};

}  // namespace convloom::gui
