// Input, kernel and output of a layer of rank 3 as solid blocks of voxels with three visible faces each.
//
// The window, the current tap and the output cell inside a block are smaller blocks drawn over the faces as if these
// were transparent; thin lines from the front face show how deep they are.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/volume/volume.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace volume_blocks_view {
namespace {

constexpr double least_number_side_px = 18;  // of a face's cell: the square root of its area
constexpr double number_size = 0.42;
constexpr double least_depth_label_px = 12;

// Faces turned away from the light are mixed with the background colour, which keeps numbers on them readable.
Color shaded(Color color, Lie lie, const Theme& theme) {
    Color veil = theme.ground;
    veil.a = lie == Lie::slab ? 0 : lie == Lie::level ? 64 : 30;
    return blend(color, veil);
}

struct Blocks {
    Scene& scene;
    const VolumeFigure& f;
    const Volume& v;
    const Theme& theme;

    // The look of a box's cells: a palette colour, and optionally a number.
    struct Look {
        const VolumeColumn* of;
        std::vector<Color> palette;
        std::function<std::uint8_t(const Spot&)> index;
        std::function<std::string(const Spot&)> number;  // empty for none
        std::function<Color(const Spot&)> ink;
        std::function<void(Plane&, const Spot&, int row, int column)>
            sign;  // a sign of the value in addition to its colour
        Weight weight = Weight::regular;
        bool lit = false;              // highlighted: not shaded, the same on every face
        std::vector<Point> hidden_by;  // the outline of a smaller block in front; numbers under it are omitted
    };

    // The plane of a face of a block, or of the smaller block inside it that `aspect` names.
    static Plane face_plane(Content content, Aspect aspect, const Face& face) {
        return {fmt::format("{}{} {} {}", word(content),
                            aspect == Aspect::window ? " window"
                            : aspect == Aspect::tap  ? " tap"
                                                     : "",
                            name_of(face.lie), face.number),
                face.to_page,
                {},
                {.content = content, .aspect = aspect, .number = face.number, .lie = face.lie}};
    }
    static const char* word(Content content) {
        return content == Content::input ? "input" : content == Content::kernel ? "kernel" : "output";
    }

    void add_faces(Content content, Aspect aspect, const Block& block, const Box& box, const std::string& field,
                   const Look& look, ItemRole mark = {}) const {
        for (const Face& face : block.faces(box)) {
            Plane plane = face_plane(content, aspect, face);
            Field cells = f.grid(field, face.row, face.column, face.rows, face.columns, look.palette, f.edge(*look.of));
            cells.role = mark;
            if (!f.maps.any() && !look.lit)
                for (Color& color : cells.palette) color = shaded(color, face.lie, theme);
            for (int r = 0; r < face.rows; ++r)
                for (int c = 0; c < face.columns; ++c) cells.cells.push_back(look.index(spot_of(face, block, r, c)));
            plane.items.push_back(std::move(cells));
            const double side = std::sqrt(std::abs(face.to_page.determinant()));
            if (side >= 8) add_hatches(plane, face, block, content);
            if (look.sign && side >= least_number_side_px)
                for (int r = 0; r < face.rows; ++r)
                    for (int c = 0; c < face.columns; ++c)
                        if (!is_hidden(plane, face.row + r, face.column + c, look.hidden_by))
                            look.sign(plane, spot_of(face, block, r, c), face.row + r, face.column + c);
            if (look.number && side >= least_number_side_px) add_numbers(plane, face, block, look);
            scene.planes.push_back(std::move(plane));
        }
    }

    Spot spot_of(const Face& face, const Block& block, int r, int c) const {
        return spot_on(face.lie, face.number, block.slabs(), face.row + r, face.column + c);
    }

    void add_numbers(Plane& plane, const Face& face, const Block& block, const Look& look) const {
        for (int r = 0; r < face.rows; ++r)
            for (int c = 0; c < face.columns; ++c) {
                const Spot at = spot_of(face, block, r, c);
                const std::string text = look.number(at);
                const int row = face.row + r, column = face.column + c;
                if (!text.empty() && !is_hidden(plane, row, column, look.hidden_by))
                    add_cell_number(plane, cell_name("number", row, column), row, column, text, number_size,
                                    look.ink(at), look.weight);
            }
    }

    static bool is_hidden(const Plane& plane, int row, int column, const std::vector<Point>& by) {
        if (by.empty()) return false;
        constexpr double reach = 0.38;
        for (double x : {-reach, 0.0, reach})
            for (double y : {-reach, 0.0, reach})
                if (inside(by, plane.to_page({column + 0.5 + x, row + 0.5 + y}))) return true;
        return false;
    }

    void add_hatches(Plane& plane, const Face& face, const Block& block, Content content) const {
        if (content != Content::input) return;
        for (int r = 0; r < face.rows; ++r)
            for (int c = 0; c < face.columns; ++c)
                if (v.is_unused(spot_of(face, block, r, c)))
                    add_hatch(plane, face.row + r, face.column + c, {theme.hatch, thin_px});
    }

    // Thin lines from the front of the block to the front of a box inside it.
    void add_depth(Plane& plane, const Block& block, const Box& box) const {
        if (box.from.slab <= 0) return;
        int n = 0;
        for (int y : {box.from.row, box.from.row + box.rows})
            for (int x : {box.from.column, box.from.column + box.columns})
                add_beam(plane, n++, {block.page(x, y, 0), block.page(x, y, box.from.slab)}, false);
        const double left = box.from.column, right = left + box.columns, top = box.from.row, bottom = top + box.rows;
        add_beam(plane, n,
                 {block.page(left, top, 0), block.page(right, top, 0), block.page(right, bottom, 0),
                  block.page(left, bottom, 0)},
                 true);
    }
    void add_beam(Plane& plane, int number, std::vector<Point> points, bool closed) const {
        plane.items.push_back(Line{fmt::format("beam {}", number),
                                   std::move(points),
                                   closed,
                                   {theme.window, thin_px, dash_px * 0.6},
                                   {Mark::beam, number}});
    }

    void add_edges(Content content, const Block& block, const Box& box, double cell_px) const {
        scene.planes.push_back(
            {fmt::format("{} edges", word(content)),
             {},
             {Line{"edges", block.edges(box), false, {theme.grid, std::clamp(cell_px / 2, thin_px, thick_px)}}},
             {content, Aspect::edges}});
    }

    // The outline of a highlighted box.
    void add_outline(const char* plane_name, const PlaneRole& role, Mark mark, const Block& block,
                     const Box& box) const {
        const char* name = mark == Mark::window ? "window" : "output cell";
        Plane plane{plane_name, {}, {}, role};
        if (f.maps.any())
            plane.items.push_back(Line{fmt::format("{}'s border", name),
                                       block.edges(box),
                                       false,
                                       {theme.ground, 2 * window_px},
                                       {.mark = mark, .border = true}});
        plane.items.push_back(Line{name, block.edges(box), false, {theme.window, thick_px}, {mark}});
        scene.planes.push_back(std::move(plane));
    }

    static Box one(const Spot& at) { return {at, 1, 1, 1}; }

    // The current tap, in the input or in the kernel.
    void add_tap(Content content, const VolumeColumn& column, const Block& block, const Spot& at,
                 const std::string& number) const {
        Look look;
        look.of = &column;
        look.palette = {theme.tap};
        look.index = [](const Spot&) -> std::uint8_t { return 0; };
        look.number = [&](const Spot&) { return number; };
        look.ink = [&](const Spot&) { return theme.on_tap; };
        look.weight = Weight::semibold;
        look.lit = true;
        add_faces(content, Aspect::tap, block, one(at), "tap", look);
    }

    void input() const {
        const Block block = f.block(f.input);
        const Box window = v.window_box();
        const Box cells{{v.deep.before, v.high.before, v.wide.before}, v.deep.input, v.high.input, v.wide.input};
        if (cells != f.input.whole)
            // Padding is drawn as a room around the block with only its rear walls visible.
            for (const Face& face : block.faces(f.input.whole, true)) {
                Plane wall = face_plane(Content::input, Aspect::cells, face);
                wall.items.push_back(
                    f.grid("padding", face.row, face.column, face.rows, face.columns, {}, f.edge(f.input, true)));
                scene.planes.push_back(std::move(wall));
            }
        add_faces(Content::input, Aspect::cells, block, cells, "cells", input_look(window));
        add_edges(Content::input, block, cells, f.input.cell_px);

        Plane depth{"input depth", {}, {}, {Content::input, Aspect::depth}};
        add_depth(depth, block, window);
        scene.planes.push_back(std::move(depth));
        add_faces(Content::input, Aspect::window, block, window, "taps", window_look());
        if (v.now) add_tap(Content::input, f.input, block, v.place(*v.now), number_text(v.now->x, 2));
        add_outline("input window edges", {Content::input, Aspect::window_edges}, Mark::window, block, window);
    }

    Look input_look(const Box& window) const {
        Look look;
        look.of = &f.input;
        const CellFill fill{f.maps.input, f.input_hue(0), [](int, int) { return 0.0f; }};
        look.palette = fill.palette;
        look.index = [this](const Spot& at) -> std::uint8_t {
            return f.maps.input ? f.maps.input->level(v.input(at)) : 0;
        };
        look.number = [this](const Spot& at) { return number_text(v.input(at), 2); };
        look.ink = [this](const Spot& at) { return number_color(f.maps.input, v.input(at), theme.on_cell); };
        look.hidden_by = f.block(f.input).silhouette(window);
        if (f.maps.input)
            look.sign = [this](Plane& plane, const Spot& at, int row, int column) {
                if (v.is_input(at)) add_value_sign(plane, *f.maps.input, row, column, v.input(at));
            };
        return look;
    }

    // For the cells under the kernel and in the gaps of a dilated one.
    Look window_look() const {
        Look look = input_look({});
        look.hidden_by = v.now ? f.block(f.input).silhouette(one(v.place(*v.now))) : std::vector<Point>{};
        const auto covered = static_cast<std::uint8_t>(look.palette.size()),
                   outside = static_cast<std::uint8_t>(covered + 1);
        look.palette.push_back(theme.covered);
        look.palette.push_back(theme.ground);
        look.index = [this, covered, outside, of_input = look.index](const Spot& at) -> std::uint8_t {
            const Spot q = v.kernel_spot(at);
            const bool tap = q.slab >= 0 && q.row >= 0 && q.column >= 0;
            if (tap && !f.maps.any()) return covered;
            return v.is_input(at) ? of_input(at) : outside;
        };
        look.number = [this](const Spot& at) { return v.is_input(at) ? number_text(v.input(at), 2) : ""; };
        look.lit = true;
        return look;
    }

    void kernel() const {
        const Block block = f.block(f.kernel);
        const std::optional<Spot> tap = v.now ? std::optional(v.kernel_spot(v.place(*v.now))) : std::nullopt;
        Look look;
        look.of = &f.kernel;
        look.palette = f.maps.kernel ? f.maps.kernel->palette : std::vector<Color>{theme.kernel};
        look.index = [this](const Spot& at) -> std::uint8_t {
            return f.maps.kernel ? f.maps.kernel->level(v.weight(at)) : 0;
        };
        look.number = [this](const Spot& at) { return number_text(v.weight(at), 2); };
        look.ink = [this](const Spot& at) { return number_color(f.maps.kernel, v.weight(at), theme.on_cell); };
        if (f.maps.kernel)
            look.sign = [this](Plane& plane, const Spot& at, int row, int column) {
                add_value_sign(plane, *f.maps.kernel, row, column, v.weight(at));
            };
        if (tap) look.hidden_by = block.silhouette(one(*tap));
        add_faces(Content::kernel, Aspect::cells, block, f.kernel.whole, "cells", look);
        add_edges(Content::kernel, block, f.kernel.whole, f.kernel.cell_px);
        if (!tap) return;
        add_tap(Content::kernel, f.kernel, block, *tap, number_text(v.weight(*tap), 2));
        add_outline("kernel tap edges", {Content::kernel, Aspect::tap_edges}, Mark::window, block, one(*tap));
    }

    void output() const {
        const Block block = f.block(f.output);
        const Box now = one(v.output());
        Look look;
        look.of = &f.output;
        look.palette = f.maps.output ? f.maps.output->palette : std::vector<Color>{theme.output};
        const auto not_made = static_cast<std::uint8_t>(look.palette.size());
        look.palette.push_back(theme.ground);
        auto made = [this](const Spot& at) { return v.output_number(at) <= v.step.number; };
        auto value = [this](const Spot& at) { return f.made(v.output_number(at)); };
        look.index = [=, this](const Spot& at) -> std::uint8_t {
            return !made(at) ? not_made : f.maps.output ? f.maps.output->level(value(at)) : 0;
        };
        look.number = [=](const Spot& at) { return made(at) ? number_text(value(at), 1) : ""; };
        look.ink = [=, this](const Spot& at) { return number_color(f.maps.output, value(at), theme.on_cell); };
        if (f.maps.output)
            look.sign = [=, this](Plane& plane, const Spot& at, int row, int column) {
                if (made(at)) add_value_sign(plane, *f.maps.output, row, column, value(at));
            };
        look.hidden_by = block.silhouette(now);
        add_faces(Content::output, Aspect::cells, block, f.output.whole, "cells", look);
        add_edges(Content::output, block, f.output.whole, f.output.cell_px);

        Plane depth{"output depth", {}, {}, {Content::output, Aspect::depth}};
        add_depth(depth, block, now);
        scene.planes.push_back(std::move(depth));
        look.hidden_by.clear();
        look.weight = Weight::semibold;
        look.lit = true;
        add_faces(Content::output, Aspect::window, block, now, "output cell", look, {Mark::output_cell});
        add_outline("output window edges", {Content::output, Aspect::window_edges}, Mark::output_cell, block, now);
    }
};

}  // namespace
}  // namespace volume_blocks_view

void add_block(Scene& scene, const VolumeFigure& f, arith::Part part) {
    using namespace volume_blocks_view;
    const Blocks blocks{scene, f, f.v, f.theme};
    switch (part) {
        case arith::Part::input:
            return blocks.input();
        case arith::Part::kernel:
            return blocks.kernel();
        case arith::Part::output:
            return blocks.output();
    }
}

// Outside the bottom edge that runs into the depth.
void add_depth_labels(Plane& page, const VolumeFigure& f, const VolumeColumn& column) {
    using namespace volume_blocks_view;
    const Block block = f.block(column);
    const bool from_right = f.projection(0, 0, 1).x >= 0;
    const int slabs = column.whole.slabs;
    auto place = [&](int slab) {
        return block.page(from_right ? column.whole.columns : 0, column.whole.rows, slab + 0.5);
    };
    const Point first = place(0), second = place(1);
    const Point last = place(slabs - 1);
    if (slabs < 2 || std::abs(first.y - last.y) < least_depth_label_px) return;
    const double number_width = text_width(fmt::format("{}", slabs - 1), small_size);
    if (std::abs(first.x - last.x) < number_width + 3 && std::abs(first.y - last.y) < 1.4 * small_size) return;
    const bool roomy =
        std::hypot(first.x - second.x, first.y - second.y) >= least_depth_label_px && std::abs(first.y - second.y) > 6;
    for (int slab = 0; slab < slabs; slab += roomy ? 1 : slabs - 1) {
        const Point at = place(slab);
        page.items.push_back(Text{fmt::format("{} slab {} label", column.name, slab),
                                  {at.x + (from_right ? 5 : -5), at.y + 12},
                                  fmt::format("{}", slab),
                                  small_size,
                                  from_right ? Anchor::start : Anchor::end,
                                  Weight::regular,
                                  f.theme.muted});
    }
}

}  // namespace convloom::scene
