// Pointing at solid blocks: the reported cell is the first one on the line of sight.
#include "core/scene/pointing/pointing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/scene/layout/block.hpp"
#include "core/state/data/build.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::pointing_test {
namespace {

using namespace scene;

state::State volume_of(const std::string& words, const std::string& input) {
    state::State s = state::state_of_chain(state::read_torch(words, state::read_shape(input)), words);
    s.view = View::volume;
    return s;
}

const Plane* plane_named(const Scene& scene, const std::string& name) {
    for (const Plane& plane : scene.planes)
        if (plane.name == name) return &plane;
    return nullptr;
}

// The cell where a line of sight enters a box of cells, or nothing if it misses the box. `at` is where the line crosses
// the plane z = 0.
std::optional<Spot> met(const Box& box, Point at, double turn_deg, double tilt_deg) {
    const double turn = turn_deg * std::numbers::pi / 180, tilt = tilt_deg * std::numbers::pi / 180;
    const double from[] = {at.x, at.y, 0},
                 along[] = {-std::sin(turn), std::tan(tilt), std::cos(turn)};  // away from the viewer
    const double low[] = {static_cast<double>(box.from.column), static_cast<double>(box.from.row),
                          static_cast<double>(box.from.slab)};
    const double high[] = {low[0] + box.columns, low[1] + box.rows, low[2] + box.slabs};
    double enter = -1e300, leave = 1e300;
    for (int n = 0; n < 3; ++n) {
        const double a = (low[n] - from[n]) / along[n], b = (high[n] - from[n]) / along[n];
        enter = std::max(enter, std::min(a, b));
        leave = std::min(leave, std::max(a, b));
    }
    if (enter >= leave) return std::nullopt;
    const double t = enter + 1e-6;
    auto cell = [&](int n) { return static_cast<int>(std::floor(from[n] + t * along[n])); };
    return Spot{cell(2), cell(1), cell(0)};
}

TEST(Pointing, FindsTheVisibleVoxel) {
    for (const auto& [words, input] :
         {std::pair{"nn.Conv3d(1, 1, 3)", "1x5x5x5"},
          std::pair{"nn.Conv3d(1, 1, (2, 3, 2), stride=(1, 2, 2), padding=(1, 0, 2))", "1x4x7x3"}})
        for (double turn : {30.0, -35.0})
            for (arith::Index step : {0, 3}) {
                state::State s = volume_of(words, input);
                s.look.turn_deg = turn;
                s.moment.step = step;
                const Scene scene = scene_of(s);
                const arith::Layer& layer = s.layer();
                const auto axis = [&](int a) { return layer.axes[static_cast<std::size_t>(a)]; };
                const auto before = [&](int a) { return static_cast<int>(axis(a).pad_before); };
                const auto size = [&](int a) { return static_cast<int>(axis(a).size); };
                const Box cells{{before(0), before(1), before(2)}, size(0), size(1), size(2)};
                const arith::Step at = recording_of(s).step(step);
                const auto first = [&](int a) {
                    return static_cast<int>(at.window[static_cast<std::size_t>(a)]) + before(a);
                };
                const Box window{{first(0), first(1), first(2)},
                                 static_cast<int>(axis(0).kernel),
                                 static_cast<int>(axis(1).kernel),
                                 static_cast<int>(axis(2).kernel)};
                const Plane* front = plane_named(scene, "input slab " + std::to_string(before(0)));
                ASSERT_TRUE(front);
                // The plane z = 0, seen from the front face, which is before(0) cells further away.
                const Plane* side =
                    plane_named(scene, std::string("input ") + (turn > 0 ? "right " : "left ") +
                                           std::to_string(turn > 0 ? before(2) + size(2) - 1 : before(2)));
                ASSERT_TRUE(side);
                const double away = turn > 0 ? 1 : -1;
                Affine zero = front->to_page;
                zero.x0 -= before(0) * away * side->to_page.xx;
                zero.y0 -= before(0) * away * side->to_page.yx;
                int inputs = 0, windows = 0;
                for (double x = 2.5; x < page_width / 2; x += 7)
                    for (double y = 2.5; y < page_height; y += 7) {
                        const Point p = inverse(zero, {x, y});
                        const auto of_window = met(window, p, turn, s.look.tilt_deg),
                                   of_cells = met(cells, p, turn, s.look.tilt_deg);
                        const auto wanted = of_window ? of_window : of_cells;
                        const auto found = pointed(scene, {layer, s.moment}, {x, y});
                        if (!wanted || (found && found->cell.part != arith::Part::input)) continue;
                        ASSERT_TRUE(found) << words << " " << turn << " " << x << " " << y;
                        EXPECT_EQ(found->cell.at, (arith::Cell{wanted->slab - before(0), wanted->row - before(1),
                                                               wanted->column - before(2)}))
                            << words << " " << turn;
                        EXPECT_EQ(found->padding, !cells.contains(*wanted));
                        ++(of_window ? windows : inputs);
                    }
                EXPECT_GT(inputs, 200) << words;
                EXPECT_GT(windows, 50) << words;
            }
}

TEST(Pointing, FindsTheFacesOfKernelAndOutputToo) {
    const state::State s = volume_of("nn.Conv3d(1, 1, 3)", "1x5x5x5");
    const Scene scene = scene_of(s);
    const auto at = [&](const char* plane, double x, double y) {
        const auto found = pointed(scene, {s.layer(), s.moment}, plane_named(scene, plane)->to_page({x, y}));
        return found ? found->cell : arith::CellName{arith::Part::input, -1, -1, {}};
    };
    EXPECT_EQ(at("kernel slab 0", 1.5, 2.5), (arith::CellName{arith::Part::kernel, 0, 0, {0, 2, 1}}));
    EXPECT_EQ(at("kernel level 0", 1.5, 0.5), (arith::CellName{arith::Part::kernel, 0, 0, {2, 0, 1}}))
        << "its first row is at the back";
    EXPECT_EQ(at("kernel right 2", 1.5, 0.5), (arith::CellName{arith::Part::kernel, 0, 0, {1, 0, 2}}));
    EXPECT_EQ(at("output slab 0", 2.5, 1.5), (arith::CellName{arith::Part::output, 0, 0, {0, 1, 2}}));
    EXPECT_EQ(at("output right 2", 2.5, 2.5), (arith::CellName{arith::Part::output, 0, 0, {2, 2, 2}}));
}

// The columns of a signal's strips and plots are places of the input, or outputs below their windows.
TEST(Pointing, FindsTheCellsOfSignals) {
    state::State s = state::state_of_chain(
        state::read_torch("nn.Conv1d(2, 3, 2, stride=2, padding=1)", state::read_shape("2x7")), "");
    s.moment.step = 5;  // channel 1, output 1: the window begins at cell 1
    const Scene scene = scene_of(s);
    ASSERT_EQ(s.view, View::signal);
    int seen = 0;
    for (const Plane& plane : scene.planes) {
        const auto found = [&](double column) {
            return pointed(scene, {s.layer(), s.moment}, plane.to_page({column + 0.5, 0.5}));
        };
        if (plane.name == "input slab 0") {
            EXPECT_EQ(found(3), (Pointed{{arith::Part::input, 0, 0, {2}}, false, false}));
            EXPECT_TRUE(found(0)->padding);
        } else if (plane.name == "kernel slab 0") {
            EXPECT_EQ(found(1)->cell, (arith::CellName{arith::Part::kernel, 1, 0, {1}}));
        } else if (plane.name == "output slab 1") {
            EXPECT_EQ(found(3)->cell, (arith::CellName{arith::Part::output, 1, 0, {3}}));
        } else {
            continue;
        }
        ++seen;
    }
    EXPECT_EQ(seen, 6) << "a plot and a strip of input and output, the products and the kernel";
}

// Cells connected to a cell are highlighted where they are visible, and only there.
TEST(Pointing, HighlightsRelatedVoxels) {
    const state::State s = volume_of("nn.Conv3d(1, 1, 2)", "1x3x3x3");
    const Scene plain = scene_of(s);
    const Pointed corner{{arith::Part::input, 0, 0, {0, 0, 2}}};  // on the front, top and right faces
    const Scene scene = lit(plain, {s.layer(), s.moment}, corner, default_theme());
    const auto tied = [&](const char* plane) {
        std::vector<std::pair<int, int>> cells;
        for (const Item& item : plane_named(scene, plane)->items)
            if (const Field* field = std::get_if<Field>(&item); field && field->name == "tied cells")
                for (int r = 0; r < field->rows; ++r)
                    for (int c = 0; c < field->columns; ++c)
                        if (field->fill(r, c)) cells.push_back({r, c});
        return cells;
    };
    EXPECT_EQ(tied("output slab 0"), (std::vector<std::pair<int, int>>{{0, 1}})) << "one output sees the corner";
    EXPECT_EQ(tied("output level 0"), (std::vector<std::pair<int, int>>{{1, 1}}));
    EXPECT_EQ(tied("output right 1"), (std::vector<std::pair<int, int>>{{0, 0}}));
}

}  // namespace
}  // namespace convloom::tests::pointing_test
