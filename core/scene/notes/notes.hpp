// Notes at cells of a figure: a text beside the cell, where the page is free, with an arrow to the cell.
//
// A note covers neither cells nor texts. Where a page has no room for it, the page grows in its shape.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scene/pointing/pointing.hpp"

namespace convloom::scene {

constexpr std::size_t most_notes = 12, most_note_letters = 120;

struct Note {
    arith::Part part = arith::Part::input;
    std::vector<arith::Index> at;  // its place on the layer's axes, after its channel if that is given
    std::string text;
    friend bool operator==(const Note&, const Note&) = default;
};

// "input 2,3: the edge", or with the channel "output 1,2,3: a text"; nothing if it is not written like that.
std::optional<Note> note_written(std::string_view text);

// Why a layer has no such cell, as the end of a sentence with its shape; empty if it has.
std::string note_refused(const Note& note, const arith::Layer& layer);

// The texts' places on a page.
class NotePlaces {
  public:
    NotePlaces() = default;
    // Free in all of these Scenes of one view. They are of the same size, and `shown` of the same layer.
    NotePlaces(const std::vector<Note>& notes, const std::vector<Scene>& scenes, const std::vector<Shown>& shown);

    // Whether any of the Scenes shows the note's cell.
    bool found(std::size_t note) const { return boxes_[note].width > 0; }
    // One of them with its notes; without those whose cells it does not show.
    Scene apply(Scene scene, const Shown& shown, const Theme& theme) const;

  private:
    std::vector<Note> notes_;
    std::vector<Rect> boxes_;                      // of the texts; empty if the cell is not shown
    std::vector<std::vector<std::string>> lines_;  // of each text
    double grown_ = 1;                             // of the page
};

}  // namespace convloom::scene
