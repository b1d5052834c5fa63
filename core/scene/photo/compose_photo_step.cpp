// The window over a photo: its position, its pixels as numbers, the kernel, the sum written out, and the result so far.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/photo/photo_parts.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/kernel_plane.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace photo_step_view {
namespace {

constexpr double margin = 5 * unit_px;
constexpr double top = 128, made_px = 56, kernel_most = 168, largest_kernel_cell = 48, title_px = 40;
constexpr double least_tall = 700, most_tall = 960;  // of a page that has the kernel below the patch

// The layout: from left to right on a slide; on a nearly square canvas the kernel is below the pixels.
struct Places {
    Room page;
    bool tall;
    double sum_top, bottom;                          // of the figure
    double photo_width, photo_height, second;        // second: the result's top
    double patch_x, patch_most, kernel_x, kernel_y;  // the kernel's corner
    Point made;                                      // the corner of the computed pixel

    Places(const ViewOptions& options, double kernel_side) {
        page = {page_width, std::clamp(options.room ? options.room->height : page_height, page_height, most_tall)};
        tall = page.height >= least_tall;
        sum_top = page.height - 88;
        bottom = sum_top - 16;
        const double high = bottom - top;
        photo_width = tall ? 376 : 256;
        photo_height = high / 2 - 22;
        second = (top + bottom) / 2 + 20;
        patch_x = tall ? 456 : 336;
        kernel_x = tall ? patch_x : 680;
        const double low = kernel_side > 0 ? kernel_side : made_px;
        patch_most = tall ? high - low - title_px : 300;
        kernel_y = tall ? bottom - low : top;
        if (tall)
            made = {kernel_side > 0 ? kernel_x + kernel_side + title_px : kernel_x, kernel_y};
        else
            made = {kernel_x, kernel_side > 0 ? top + kernel_side + 48 : top + title_px};
    }
};
constexpr int greys = 64;

struct PhotoStepFigure {
    const PhotoStep& photo;
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    Sliding grid;
    arith::Step step;
    std::vector<arith::Tap> taps;
    const arith::Tap* now;
    int extent;  // cells that the window covers, gaps included
    int shown;   // cells a side of the patch
    Places at;
    double cell;

    PhotoStepFigure(const PhotoStep& p, const Moment& m, const ViewOptions& options)
        : photo(p), recording(p.recording), moment(m), theme(*options.theme), grid(sliding(p.recording.layer())),
          step(recording.step(m.step)), taps(recording.taps(step)), now(current_tap(taps, m)),
          extent(grid.high.extent()), shown(std::max(extent + 2, 7)), at(options, kernel_side()),
          cell(std::floor(at.patch_most / shown)) {
        if (cell < 4) cell = at.patch_most / shown;
    }
    PhotoStepFigure(const PhotoStepFigure&) = delete;  // `now` points into `taps`

    // The input's row and column at the patch's upper left corner.
    int first_row() const { return static_cast<int>(step.window[0]) - (shown - extent) / 2; }
    int first_column() const { return static_cast<int>(step.window[1]) - (shown - extent) / 2; }
    bool inside(int row, int column) const {
        return row >= 0 && column >= 0 && row < recording.layer().axes[0].size &&
               column < recording.layer().axes[1].size;
    }
    bool numbers() const { return cell >= least_number_cell_px; }

    std::uint8_t grey_level(float value) const {
        return static_cast<std::uint8_t>(
            std::clamp((value - photo.low) / std::max(photo.high - photo.low, 1e-9f), 0.0f, 1.0f) * (greys - 1) + 0.5f);
    }
    static Color grey(int level) {
        const auto tone = static_cast<std::uint8_t>(level * 255 / (greys - 1));
        return {tone, tone, tone, 255};
    }
    static std::vector<Color> palette() {
        std::vector<Color> all;
        for (int n = 0; n < greys; ++n) all.push_back(grey(n));
        return all;
    }
    int decimals() const { return photo.high > 2 ? (cell >= 36 ? 1 : 0) : 2; }

    static Line outline(std::string name, Rect box, Stroke stroke, ItemRole role = {}) {
        return {std::move(name),
                {{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}},
                true,
                stroke,
                role};
    }

    // The photo with the window on it, at least 5 units large so that it is seen.
    Rect picture(Scene& scene, const char* name, const PlaneRole& role, ItemRole mark,
                 const arith::Shared<Pixels>& pixels, double y) const {
        const double scale = std::min(at.photo_width / pixels->width, at.photo_height / pixels->height);
        const Rect box{margin, y, std::max(1.0, std::round(pixels->width * scale)),
                       std::max(1.0, std::round(pixels->height * scale))};
        Plane plane{name, {}, {}, role};
        plane.items.push_back(Picture{name, box, pixels, box.width >= crisp_px * pixels->width, mark});
        scene.planes.push_back(std::move(plane));
        return box;
    }
    Line marker(const Rect& box, double row, double column, double cells, double rows, double columns) const {
        const double x = box.x + (column + cells / 2) / columns * box.width,
                     y = box.y + (row + cells / 2) / rows * box.height;
        const double half = std::max(cells / columns * box.width, 6.0) / 2;
        return outline("window", {x - half, y - half, 2 * half, 2 * half}, {theme.window, thick_px}, {Mark::window});
    }
    void before(Scene& scene) const {
        const Rect box = picture(scene, "photo", {Content::photo}, {Mark::photo}, photo.figure.before, top);
        const arith::Layer& layer = recording.layer();
        scene.planes.back().items.push_back(
            marker(box, static_cast<double>(step.window[0]), static_cast<double>(step.window[1]), extent,
                   static_cast<double>(layer.axes[0].size), static_cast<double>(layer.axes[1].size)));
    }
    // Pixels that are not computed yet are covered.
    void after(Scene& scene) const {
        const Rect box = picture(scene, "result", {Content::result}, {Mark::result}, photo.figure.after, at.second);
        const arith::Layer& layer = recording.layer();
        const double rows = static_cast<double>(arith::output_size(layer, 0)),
                     columns = static_cast<double>(arith::output_size(layer, 1));
        const double row = static_cast<double>(step.output[0]), column = static_cast<double>(step.output[1]);
        const double line = box.y + (row + 1) / rows * box.height, begun = box.y + row / rows * box.height,
                     done = box.x + (column + 1) / columns * box.width;
        auto& items = scene.planes.back().items;
        auto cover = [&](const char* name, Rect part) {
            if (part.width > 0.01 && part.height > 0.01)
                items.push_back(Shape{name, Shape::Kind::box, {}, part, 0, theme.ground, {}});
        };
        cover("not yet in this row", {done, begun, box.right() - done, line - begun});
        cover("not yet", {box.x, line, box.width, box.bottom() - line});
        items.push_back(outline("frame", box, {theme.hairline, thin_px}));
        items.push_back(marker(box, row, column, 1, rows, columns));
    }

    Plane patch() const {
        Plane plane{"input",
                    Affine::scale_and_move(cell, at.patch_x, top),
                    {},
                    {.content = Content::input, .pointable = false}};
        Field cells{"input cells", {}, 1, shown, shown, palette(), {}, {theme.grid, cell >= 6 ? thin_px : 0}};
        for (int r = 0; r < shown; ++r)
            for (int c = 0; c < shown; ++c)
                cells.cells.push_back(inside(first_row() + r, first_column() + c) ? grey_level(value(r, c))
                                                                                  : Field::unfilled);
        plane.items.push_back(std::move(cells));
        const arith::Layer& layer = recording.layer();
        const int dilation = static_cast<int>(layer.axes[0].dilation), side = static_cast<int>(layer.axes[0].kernel),
                  edge = (shown - extent) / 2;
        for (int r = 0; r < shown; ++r)
            for (int c = 0; c < shown; ++c) {
                const int up = r - edge, left = c - edge;
                const bool covered =
                    up >= 0 && left >= 0 && up < extent && left < extent && up % dilation == 0 && left % dilation == 0;
                add_patch_cell(plane, r, c, covered ? up / dilation * side + left / dilation : -1);
            }
        const Rect window{static_cast<double>(edge), static_cast<double>(edge), static_cast<double>(extent),
                          static_cast<double>(extent)};
        plane.items.push_back(
            outline("window's border", window, {theme.ground, 2 * window_px}, {.mark = Mark::window, .border = true}));
        plane.items.push_back(outline("window", window, {theme.window, window_px}, {Mark::window}));
        return plane;
    }
    float value(int r, int c) const { return recording.padded_value(0, {first_row() + r, first_column() + c, 0}); }
    void add_patch_cell(Plane& plane, int r, int c, int kernel_cell) const {
        const int row = first_row() + r, column = first_column() + c;
        const bool in = inside(row, column);
        if (!in && kernel_cell < 0) return;
        if (!in)
            plane.items.push_back(outline(cell_name("padding", row, column),
                                          {static_cast<double>(c), static_cast<double>(r), 1, 1},
                                          {theme.muted, thin_px, dash_px}));
        const bool current =
            now && kernel_cell == static_cast<int>(now->kernel[0] * recording.layer().axes[0].kernel + now->kernel[1]);
        if (current) {
            Field tap{"tap", {static_cast<double>(c), static_cast<double>(r)}, 1, 1, 1, {theme.tap}, {}, {}};
            plane.items.push_back(std::move(tap));
        }
        if (!numbers()) return;
        const Color on = current ? theme.on_tap : in ? readable_on(grey(grey_level(value(r, c)))) : theme.muted;
        add_cell_number(plane, cell_name(in ? "input" : "padding", row, column), r, c,
                        number_text(value(r, c), decimals()), 0.36, on, current ? Weight::semibold : Weight::regular);
    }
    void say_whole_weights(Plane& kernel, int over) const {
        const int side = static_cast<int>(recording.layer().axes[0].kernel);
        for (Item& item : kernel.items) {
            Text* text = std::get_if<Text>(&item);
            if (!text || text->role.mark != Mark::weight) continue;
            const float weight = grid.weight(recording, step, {text->role.number / side, text->role.number % side});
            text->text = number_text(std::round(weight * static_cast<float>(over)), 0);
        }
    }
    double kernel_cell() const {
        const auto side = static_cast<double>(recording.layer().axes[0].kernel);
        return std::min(largest_kernel_cell,
                        kernel_most / side > 4 ? std::floor(kernel_most / side) : kernel_most / side);
    }
    // 0 of a pooling.
    double kernel_side() const {
        return !recording.layer().has_weight() ? 0
                                               : kernel_cell() * static_cast<double>(recording.layer().axes[0].kernel);
    }
    // The computed pixel, as large as a cell of the patch.
    Plane made() const {
        Plane plane{"output",
                    Affine::scale_and_move(made_px, at.made.x, at.made.y),
                    {},
                    {.content = Content::output, .pointable = false}};
        const float result = value_at(recording, step, moment);
        Field cells{"output cells", {}, 1, 1, 1, {theme.output}, {}, {theme.grid, thin_px}};
        plane.items.push_back(std::move(cells));
        add_cell_number(plane, cell_name("output", step.output[0], step.output[1]), 0, 0, number_text(result, 2), 0.36,
                        theme.on_cell, Weight::semibold);
        return plane;
    }
    // How the results of two kernels are combined.
    void add_joined(Plane& labels, Language language) const {
        auto line = [&](const char* name, double y, std::string text, Weight weight, Color color) {
            labels.items.push_back(Text{name,
                                        {at.made.x + made_px + 16, at.made.y + y},
                                        std::move(text),
                                        small_size + 1,
                                        Anchor::start,
                                        weight,
                                        color});
        };
        line("other kernel", 18, trf(language, "the other kernel: {}", number_text(photo.joined->other, 2)),
             Weight::regular, theme.muted);
        if (moment.tap != Moment::whole_window) return;
        const float own = value_at(recording, step, moment);
        line("joined", 42,
             fmt::format("√({}² + {}²) = {}", in_brackets(own), in_brackets(photo.joined->other),
                         number_text(std::hypot(own, photo.joined->other), 2)),
             Weight::semibold, theme.text);
    }
    static std::string in_brackets(float value) {
        return value < 0 ? fmt::format("({})", number_text(value, 2)) : number_text(value, 2);
    }
};

}  // namespace
}  // namespace photo_step_view

Scene compose_photo_step(const PhotoStep& photo, const Moment& moment, const ViewOptions& options) {
    using namespace photo_step_view;
    const Theme& theme = *options.theme;
    const PhotoStepFigure figure(photo, moment, options);
    const Places& at = figure.at;
    ViewOptions head = options;
    if (options.room) head.room = at.page;
    Scene scene = empty_page(head, trf(options.language, "{} under {}, {}", photo.figure.file_name,
                                       tr(options.language, photo.figure.filter_name),
                                       moment_text(photo.recording, moment, options.language)));
    figure.before(scene);
    figure.after(scene);
    scene.planes.push_back(figure.patch());
    const bool pooling = !photo.recording.layer().has_weight();
    // Whole numbers over 16, as the caption says, and not 0.06.
    const int over = pooling ? 1 : common_denominator(photo.recording.weight().values);
    if (!pooling) {
        scene.planes.push_back(kernel_plane(photo.recording, figure.grid, moment, {at.kernel_x, at.kernel_y},
                                            figure.kernel_cell(), theme, std::nullopt));
        scene.planes.back().role.pointable = false;
    }
    if (over > 1) figure.say_whole_weights(scene.planes.back(), over);
    scene.planes.push_back(figure.made());
    if (!options.labels) return scene;

    Plane labels{"labels", {}, {}, {Content::labels}};
    if (!options.own_title)
        head.title = fmt::format("{}: {}", photo.figure.file_name, tr(options.language, photo.figure.filter_name));
    add_head(labels, head, shortened(photo.figure.notes, page_width - 2 * margin, label_size),
             moment_text(photo.recording, moment, options.language));
    // The input of a filter behind others is no longer the photo, and can be black.
    const std::string& before = photo.figure.filters_before;
    if (before.empty())
        add_plane_title(labels, {margin, top - 12}, "Photo", "", theme, options.language);
    else
        labels.items.push_back(Text{
            "Photo title",
            {margin, top - 12},
            shortened(trf(options.language, "Photo after {}", before), at.photo_width, label_size, Weight::semibold),
            label_size,
            Anchor::start,
            Weight::semibold,
            theme.text});
    add_plane_title(labels, {margin, at.second - 12}, "Result so far", "", theme, options.language);
    add_plane_title(labels, {at.patch_x, top - 12}, photo.channel,
                    trf(options.language, "around column {}, row {}", photo.column, photo.row), theme,
                    options.language);
    std::string kernel_words = photo_kernel_words(photo.figure, options.language);
    if (photo.joined) kernel_words += trf(options.language, ", {} of 2", photo.joined->kernel + 1);
    if (!pooling)
        add_plane_title(labels, {at.kernel_x, at.kernel_y - 12}, "Kernel", kernel_words, theme, options.language);
    add_plane_title(labels, {at.made.x, at.made.y - 12}, "This pixel", "", theme, options.language);
    if (photo.joined) figure.add_joined(labels, options.language);
    add_sum(labels, {margin, at.sum_top, page_width - 2 * margin, 2 * sum_line_px}, photo.recording, moment, options,
            true, over);
    scene.planes.push_back(std::move(labels));
    return scene;
}

}  // namespace convloom::scene
