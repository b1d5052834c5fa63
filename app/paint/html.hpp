// Scenes -> one page of HTML that steps through them: the first as SVG, of the others only what differs.
//
// The page needs nothing beside it: its script and style are inside, and it asks for nothing from anywhere. Without
// scripts it shows the first step. A reader who points at a cell is told what it is, and a screen reader says the sum
// of each step. The same scenes give the same bytes.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/scene/page/scene.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::paint {

struct HtmlOptions {
    int width = 1920, height = 1080;  // the form of the figure; its size is the reader's window
    double per_second = 1.5;          // steps, while it plays
    scene::Language language = scene::Language::english;
    std::string title;  // of the page
};

// What the cells of a grid are, row by row; empty for what is no cell.
struct CellTexts {
    struct Text {
        std::string place, value;  // "Output (2, 3)", " = 4"
        std::size_t since = 0;     // the step of the page from which on the value is known
        friend bool operator==(const Text&, const Text&) = default;
    };
    std::vector<Text> cells;
};

// A grid of cells of side 1 on the page.
struct CellGrid {
    scene::Affine to_page;
    int left = 0, top = 0, rows = 0, columns = 0;
    std::shared_ptr<const CellTexts> texts;  // the same for many steps
};

// What a step tells beside its figure.
struct StepReading {
    std::vector<CellGrid> grids;  // from front to back
    std::string sum;              // if the figure does not write it
};

using SceneAt = std::function<scene::Scene(std::size_t)>;
using ReadingOf = std::function<StepReading(std::size_t, const scene::Scene&)>;

// The largest page, in bytes; larger ones throw an Error that names the step at which it was reached.
constexpr std::size_t largest_html = std::size_t{50} << 20;

std::string to_html(std::size_t count, const SceneAt& scene_at, const HtmlOptions& options,
                    const ReadingOf& reading_of = {});

}  // namespace convloom::paint
