// The picture of the network that is open, in place of the layer on the canvas: which blocks are open in it, and what
// is under the pointer.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "app/gui/base/style.hpp"
#include "app/gui/network/network_desk.hpp"
#include "core/scene/graph/compose_graph.hpp"
#include "core/state/model/state.hpp"

namespace convloom::gui {

class NetworkPicture {
  public:
    bool is_on() const { return on_; }
    void set_on(bool on);
    // Another network: all blocks are closed.
    void begin(bool on);
    bool has_open_blocks() const { return !opened_.rows.empty(); }
    void close_blocks() { opened_ = {}; }

    bool is_followed() const { return followed_.has_value(); }
    // Once a frame: it is left as soon as another step, layer or view is asked for.
    void follow(const state::State& now);
    // What follow() compares with is taken anew, since the values of the shown layer changed by themselves.
    void forget_followed() { followed_.reset(); }

    // For a canvas of this size; the same until something that is seen changes.
    const scene::Scene& page(const NetworkDesk& desk, const state::State& now, const scene::Theme& theme, double width,
                             double height, int shown_row, std::set<int> found_rows);
    // The same on a slide, without marks.
    scene::Scene saved(const NetworkDesk& desk, const state::State& now, const scene::Theme& theme) const;
    // The box at a point of the page; null for none.
    const scene::PlacedBox* at(scene::Point point) const;
    const std::vector<scene::PlacedBox>& boxes() const { return picture_->boxes; }
    void open_block(const scene::GraphBox& box) { opened_.rows.insert(box.rows.front()); }

  private:
    // What the picture was made of.
    struct Key {
        std::string file, theme;
        scene::Language language = scene::Language::english;
        scene::PageSize page;
        int shown = -1;
        std::set<int> found;
        scene::OpenBlocks opened;
        bool operator==(const Key&) const = default;
    };
    static scene::GraphPicture picture_of(const NetworkDesk& desk, const Key& key, const scene::Theme& theme);
    struct Followed {
        scene::Moment moment;
        scene::View view;
        int layer;
        std::string title;
        bool operator==(const Followed&) const = default;
    };

    bool on_ = false;
    scene::OpenBlocks opened_;
    std::optional<Followed> followed_;
    Key key_;
    std::optional<scene::GraphPicture> picture_;
};

// Words on a box beside the pointer: its name, shape, costs, and what a click does.
void tell_box(const NetworkDesk& desk, const scene::GraphBox& box, const Style& style, const scene::Theme& theme);
// Whether a row's name or kind contains what is typed.
bool is_found(const network::Row& row, const char* typed);
// The node of a box that a click shows; -1 for none.
int door_of(const NetworkDesk& desk, const scene::GraphBox& box);

}  // namespace convloom::gui
