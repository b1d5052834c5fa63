// A Scene describes a picture as data: a page with planes from back to front, each an affine map with items.
//
// Grids in projected views are affine images of flat grids, so painters are purely two-dimensional. A Scene
// contains every colour, size and text; painters make no decisions. It depends on no library, compares with == and can
// be dumped as JSON (scene_json.hpp). Planes and items are identified by their roles (role.hpp); their names are for
// people. Lengths that end in _px are in page units whatever the plane's map; all other coordinates are in the plane's
// own units.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/arith/layer/shared.hpp"
#include "core/scene/page/geometry.hpp"
#include "core/scene/page/role.hpp"

namespace convloom::scene {

struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    friend bool operator==(const Color&, const Color&) = default;
};

// A line style. width_px 0 draws nothing; dash_px 0 draws a solid line, otherwise dashes and gaps of that length.
struct Stroke {
    Color color;
    double width_px = 0;
    double dash_px = 0;
    friend bool operator==(const Stroke&, const Stroke&) = default;
};

// A grid of cells. Each cell is filled with the palette colour of its index; index 255 is not filled. The edge is drawn
// along all grid lines. With empty `cells` every cell is filled with palette[0].
struct Field {
    std::string name;
    Point at;         // the corner of cell (0, 0)
    double cell = 1;  // side of a cell
    int rows = 0, columns = 0;
    std::vector<Color> palette;
    std::vector<std::uint8_t> cells;  // row-major; rows*columns of them, or none
    Stroke edge;
    ItemRole role = {};

    static constexpr std::uint8_t unfilled = 255;
    // Null for a cell that is not filled.
    const Color* fill(int row, int column) const {
        const std::size_t index = cells.empty() ? 0 : cells[static_cast<std::size_t>(row) * columns + column];
        return index < palette.size() ? &palette[index] : nullptr;
    }
    friend bool operator==(const Field&, const Field&) = default;
};

// An open or closed run of straight segments.
struct Line {
    std::string name;
    std::vector<Point> points;
    bool closed = false;
    Stroke stroke;
    ItemRole role = {};
    friend bool operator==(const Line&, const Line&) = default;
};

// A filled shape: a convex polygon, a box with rounded corners, or the ellipse inside the box.
struct Shape {
    enum class Kind { polygon, box, ellipse };
    std::string name;
    Kind kind = Kind::polygon;
    std::vector<Point> points;  // polygon
    Rect box;                   // box, ellipse
    double corner_px = 0;       // box
    Color fill;
    Stroke stroke;
    ItemRole role = {};
    friend bool operator==(const Shape&, const Shape&) = default;
};

enum class Anchor { start, middle, end };
enum class Weight { regular, semibold };

// One line of text. `at` is on its baseline; `size` is the em in the plane's units.
struct Text {
    std::string name;
    Point at;
    std::string text;
    double size = 0;
    Anchor anchor = Anchor::start;
    Weight weight = Weight::regular;
    Color color;
    ItemRole role = {};
    friend bool operator==(const Text&, const Text&) = default;
};

// RGBA pixels with 8 bits per channel, straight alpha, top row first. Shared and immutable.
struct Pixels {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
    friend bool operator==(const Pixels&, const Pixels&) = default;
};

struct Picture {
    std::string name;
    Rect box;
    arith::Shared<Pixels> pixels;
    bool crisp = false;  // draw pixels as sharp squares, without interpolation
    ItemRole role = {};
    friend bool operator==(const Picture&, const Picture&) = default;
};

using Item = std::variant<Field, Line, Shape, Text, Picture>;

inline const ItemRole& role_of(const Item& item) {
    return std::visit([](const auto& i) -> const ItemRole& { return i.role; }, item);
}

struct Plane {
    std::string name;
    Affine to_page;
    std::vector<Item> items;
    PlaneRole role = {};
    friend bool operator==(const Plane&, const Plane&) = default;
};

struct Scene {
    double width = 0, height = 0;  // of the page
    std::string title;             // one sentence as a text alternative
    Color background;
    std::vector<Plane> planes;  // back to front
    friend bool operator==(const Scene&, const Scene&) = default;
};

}  // namespace convloom::scene
