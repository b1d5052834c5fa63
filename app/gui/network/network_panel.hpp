// A network beside the canvas: its input, its result, and its layers from the first to the last. A layer that slides is
// a door: a click opens it in the window's views, with its own weights and the input that it has in the network.
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>

#include "app/gui/base/style.hpp"
#include "app/gui/network/network_desk.hpp"
#include "app/gui/network/network_picture.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

class NetworkPanel {
  public:
    explicit NetworkPanel(std::function<void()> wake) : desk_(std::move(wake)) {}

    bool is_open() const { return desk_.is_open(); }
    // A fault becomes the store's message. The first layer is shown once the values are there.
    bool open(Store& store, const std::string& file);
    // The same of one that was read already; throws an Error.
    void open(networks::NetworkFacts facts);
    void close() { desk_.close(); }
    // The picture becomes the network's input.
    bool take_photo(Store& store, const std::string& path);

    // Once a frame, also while the panel is hidden: takes new values into the layer that is shown.
    void poll(Store& store);
    // The network's picture for a canvas of this size; null if a layer is shown.
    const scene::Scene* picture(Store& store, double width, double height);
    // The same on a slide, for a file; nothing if a layer is shown.
    std::optional<scene::Scene> saved_picture(const Store& store) const;
    // What the pointer does on it.
    void point(Store& store, const Style& style, const scene::Affine& to_window,
               const std::optional<scene::Point>& hovered, const std::optional<scene::Point>& clicked);
    // Draws inside the current ImGui window. True if another picture is asked for.
    bool draw(Store& store, const Style& style);

    NetworkDesk& desk() { return desk_; }

  private:
    void show(Store& store, int node);
    // The node whose layer the document is, as it was opened; -1 for none.
    int shown_node(const state::State& now) const;
    void draw_pad(Store& store, const Style& style, const scene::Theme& theme);
    bool draw_input(Store& store, const Style& style, const scene::Theme& theme);
    void draw_columns(const Style& style, const scene::Theme& theme, const std::vector<Score>& list);
    void draw_result(const Style& style, const scene::Theme& theme);
    void draw_list(Store& store, const Style& style, const scene::Theme& theme);
    void draw_row(Store& store, const Style& style, const scene::Theme& theme, std::size_t row, bool chosen);

    void draw_switch(const Style& style, const scene::Theme& theme);

    NetworkDesk desk_;
    NetworkPicture picture_;
    std::array<char, 64> typed_{};
    bool shows_first_ = false;  // with the first values
    int scrolled_to_ = -1;
    std::optional<scene::Point> pen_;  // where the stroke has come to, in cells
};

}  // namespace convloom::gui
