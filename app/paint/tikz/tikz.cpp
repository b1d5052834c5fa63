#include "app/paint/tikz/tikz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "app/paint/png.hpp"
#include "app/paint/tikz/styles.hpp"
#include "app/paint/tikz/tex_text.hpp"
#include "app/paint/xml.hpp"
#include "core/state/base/error.hpp"

namespace convloom::paint {
namespace tikz {
namespace {

using namespace scene;

constexpr double pt_per_cm = 72.27 / 2.54;
constexpr double largest_cm = 500;      // TeX's lengths end at 575 cm
constexpr int most_named_cells = 1024;  // of one grid

std::string at(Point p) {
    return fmt::format("({},{})", num(p.x), num(p.y));
}

class Picture {
  public:
    Picture(std::string& out, Styles& styles) : out_(out), styles_(styles) {}
    bool chinese = false, beyond_pdf = false;

    void plane(const Plane& plane) {
        map_ = plane.to_page;
        plane_ = &plane;
        for (const char c : "% " + plane.name) out_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        out_ += "\n";
        for (const Item& item : plane.items) std::visit([&](const auto& i) { draw(i); }, item);
    }

  private:
    std::string run(const std::vector<Point>& points, bool closed) const {
        std::string path;
        for (const Point& p : points) path += (path.empty() ? "" : "--") + at(map_(p));
        return closed ? path + "--cycle" : path;
    }
    std::string box(double x, double y, double width, double height) const {
        if (map_.is_upright()) return at(map_({x, y})) + "rectangle" + at(map_({x + width, y + height}));
        return run({{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}, true);
    }
    // TeX reads a line as a whole, and its memory for that is small.
    void path(const std::string& look, const std::string& line) {
        if (line.empty() || look.empty()) return;
        out_ += "\\path[" + look + "] ";
        std::size_t length = 0;
        constexpr std::size_t usual = 100;
        for (std::size_t n = 0; n < line.size(); ++n, ++length) {
            out_ += line[n];
            if (length < usual || line[n] != ')' || n + 1 == line.size()) continue;
            out_ += '\n';
            length = 0;
        }
        out_ += ";\n";
    }

    // One path for each colour, of runs of equal cells.
    template <class ColorAt>
    void cells(Point from, double wide, double high, int rows, int columns, const ColorAt& color_at) {
        if (static_cast<long long>(rows) * columns > most_tikz_cells)
            throw Error(
                fmt::format("\"{}\" has {} x {} cells, and a TikZ picture holds at most {}; take .pdf, .svg or "
                            ".png.",
                            plane_->name, rows, columns, most_tikz_cells));
        std::vector<std::pair<Color, std::string>> paths;
        for (int r = 0; r < rows; ++r)
            for (int c = 0, end; c < columns; c = end) {
                const Color color = color_at(r, c);
                for (end = c + 1; end < columns && color_at(r, end) == color;) ++end;
                if (color.a == 0) continue;
                auto to = std::find_if(paths.begin(), paths.end(), [&](const auto& p) { return p.first == color; });
                if (to == paths.end()) to = paths.insert(to, {color, ""});
                to->second += box(from.x + c * wide, from.y + r * high, (end - c) * wide, high);
            }
        for (const auto& [color, line] : paths) path(styles_.fill(color), line);
    }

    void draw(const Field& f) {
        cells(f.at, f.cell, f.cell, f.rows, f.columns, [&](int r, int c) {
            const Color* color = f.fill(r, c);
            return color ? *color : Color{0, 0, 0, 0};
        });
        name_cells(f);
        if (f.edge.width_px <= 0 || f.rows == 0 || f.columns == 0) return;
        const double width = f.columns * f.cell, height = f.rows * f.cell;
        std::string grid;
        for (int r = 0; r <= f.rows; ++r)
            grid += run({{f.at.x, f.at.y + r * f.cell}, {f.at.x + width, f.at.y + r * f.cell}}, false);
        for (int c = 0; c <= f.columns; ++c)
            grid += run({{f.at.x + c * f.cell, f.at.y}, {f.at.x + c * f.cell, f.at.y + height}}, false);
        path(styles_.stroke(f.edge) + (f.edge.dash_px > 0 ? "" : ",line cap=rect"), grid);
    }

    // A node (input) over a tensor's grid and coordinates (input-0-2) in its cells' centres, for arrows and notes.
    void name_cells(const Field& f) {
        const PlaneRole& role = plane_->role;
        if (role.content < Content::input || role.content > Content::products || role.aspect != Aspect::cells ||
            f.rows < 1 || f.columns < 1)
            return;
        static constexpr const char* contents[] = {"",        "input",      "kernel",      "output",
                                                   "tensor",  "flat-input", "flat-output", "unrolled",
                                                   "columns", "filters",    "products"};
        std::string name = contents[static_cast<int>(role.content)];
        if (role.content == Content::tensor) name += fmt::format("-{}", role.tensor);
        if (role.number >= 0) name += fmt::format("-channel-{}", role.number);
        if (role.nth > 0) name += fmt::format("-{}", role.nth);
        if (named_ == plane_) return;  // the first grid of a plane has all of its cells
        named_ = plane_;
        const std::string first = name;
        for (int n = 2; !names_.insert(name).second; ++n) name = fmt::format("{}-{}", first, n);
        const double width = f.columns * f.cell, height = f.rows * f.cell;
        double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
        for (const Point p : {Point{0, 0}, {width, 0}, {0, height}, {width, height}}) {
            const Point q = map_({f.at.x + p.x, f.at.y + p.y});
            left = std::min(left, q.x), right = std::max(right, q.x);
            top = std::min(top, q.y), bottom = std::max(bottom, q.y);
        }
        out_ += fmt::format(
            "\\node[convloom place,minimum width={}\\convloomunit,minimum height={}\\convloomunit] ({}) at {} {{}};\n",
            num(right - left), num(bottom - top), name, at({(left + right) / 2, (top + bottom) / 2}));
        if (f.rows * f.columns > most_named_cells) return;
        const Point corner = map_({f.at.x + f.cell / 2, f.at.y + f.cell / 2});
        const auto coordinate = [&](double from, double by_row, double by_column) {
            return fmt::format("{{{}+{}*\\r+{}*\\c}}", num(from), num(by_row), num(by_column));
        };
        out_ += fmt::format(
            "\\foreach \\r in {{0,...,{}}} \\foreach \\c in {{0,...,{}}} \\coordinate ({}-\\r-\\c) at ({},{});\n",
            f.rows - 1, f.columns - 1, name, coordinate(corner.x, map_.xy * f.cell, map_.xx * f.cell),
            coordinate(corner.y, map_.yy * f.cell, map_.yx * f.cell));
    }

    void draw(const Line& l) {
        if (l.points.size() > 1 && l.stroke.width_px > 0) path(styles_.stroke(l.stroke), run(l.points, l.closed));
    }

    void draw(const Shape& s) {
        std::string look = s.fill.a == 0 ? "" : styles_.fill(s.fill);
        if (s.stroke.width_px > 0) look += (look.empty() ? "" : ",") + styles_.stroke(s.stroke);
        if (look.empty()) return;
        if (s.kind == Shape::Kind::polygon || !map_.is_upright()) return path(look, run(outline(s), true));
        if (s.kind == Shape::Kind::ellipse)
            return path(look, fmt::format("{} ellipse[x radius={},y radius={}]",
                                          at(map_({s.box.x + s.box.width / 2, s.box.y + s.box.height / 2})),
                                          num(s.box.width / 2 * map_.xx), num(s.box.height / 2 * map_.yy)));
        if (s.corner_px > 0) look += fmt::format(",rounded corners={}\\convloomunit", num(s.corner_px));
        path(look, box(s.box.x, s.box.y, s.box.width, s.box.height));
    }

    void draw(const Text& t) {
        if (t.text.empty()) return;
        const TexText tex = tex_escaped(t.text);
        chinese |= tex.chinese, beyond_pdf |= tex.beyond_pdf;
        const double scale = map_.is_upright() ? map_.xx : std::sqrt(std::abs(map_.determinant()));
        constexpr const char* anchors[] = {"base west", "base", "base east"};
        const Point place = map_(t.at);
        std::string where = "at " + at(place), turned;
        if (!map_.is_upright()) {
            turned = fmt::format(",transform shape,cm={{{},{},{},{},{}}}", num(map_.xx / scale), num(-map_.yx / scale),
                                 num(-map_.xy / scale), num(map_.yy / scale), at(place));
            where = "at (0,0)";
        }
        out_ += fmt::format("\\node[convloom {}={},{},anchor={}{}] {} {{{}}};\n",
                            t.weight == Weight::semibold ? "bold" : "text", num(t.size * scale), styles_.text(t.color),
                            anchors[static_cast<int>(t.anchor)], turned, where, tex.text);
    }

    void draw(const scene::Picture& p) {
        if (!p.pixels || p.pixels->width < 1 || p.pixels->height < 1) return;
        const Pixels& pixels = *p.pixels;
        cells({p.box.x, p.box.y}, p.box.width / pixels.width, p.box.height / pixels.height, pixels.height, pixels.width,
              [&](int r, int c) {
                  const std::uint8_t* rgba =
                      &pixels.rgba[4 * (static_cast<std::size_t>(r) * pixels.width + static_cast<std::size_t>(c))];
                  return Color{rgba[0], rgba[1], rgba[2], rgba[3]};
              });
    }

    std::string& out_;
    Styles& styles_;
    Affine map_;
    const Plane *plane_ = nullptr, *named_ = nullptr;
    std::set<std::string> names_;
};

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return line;
}

}  // namespace
}  // namespace tikz

std::string to_tikz(std::size_t pages, const std::function<scene::Scene(std::size_t)>& page,
                    const TikzOptions& options) {
    using namespace tikz;
    if (!(std::max(options.width_cm, options.height_cm) <= largest_cm))
        throw Error(fmt::format("A TikZ picture of {:g} x {:g} cm is too large for TeX; each side is at most {:g} cm.",
                                options.width_cm, options.height_cm, largest_cm));
    std::string body, title = options.title;
    std::optional<Styles> styles;
    bool chinese = false, beyond_pdf = false;
    double unit_pt = 0;
    for (std::size_t n = 0; n < pages; ++n) {
        const Scene scene = page(n);
        if (!styles) {
            styles.emplace(scene.background, options.theme);
            unit_pt = pt_per_cm * std::min(options.width_cm / scene.width, options.height_cm / scene.height);
            if (title.empty()) title = heading_of(scene);
        }
        body += fmt::format("\n% {}\n\\begin{{tikzpicture}}[convloom]\n\\useasboundingbox (0,0)rectangle({},{});\n",
                            one_line(scene.title), num(scene.width), num(scene.height));
        if (!options.transparent)
            body += fmt::format("\\path[{}] (0,0)rectangle({},{});\n", styles->fill(scene.background), num(scene.width),
                                num(scene.height));
        Picture picture(body, *styles);
        for (const Plane& plane : scene.planes) picture.plane(plane);
        chinese |= picture.chinese, beyond_pdf |= picture.beyond_pdf;
        body += "\\end{tikzpicture}\n";
    }
    const bool pdf = !chinese && !beyond_pdf;
    std::string out = fmt::format(
        "% {0}\n% Made by Convloom. {1} compiles this file alone{2}: a page for each picture.\n"
        "% In a paper load the packages tikz and standalone{3} and \\input this file, or copy all between "
        "\\begin{{document}}\n"
        "% and \\end{{document}}.\n\\documentclass[tikz,border=0pt]{{standalone}}\n\\usepackage{{fix-cm}}\n",
        one_line(title), pdf ? "pdflatex" : "xelatex", chinese ? ", with the package ctex for its Chinese texts" : "",
        chinese ? ", and ctex," : "");
    if (pdf)
        out +=
            "% One design for all sizes, about as wide as the figure was laid out for.\n"
            "\\DeclareFontFamily{OT1}{cmss}{}\n\\DeclareFontShape{OT1}{cmss}{m}{n}{<->cmss10}{}\n"
            "\\DeclareFontShape{OT1}{cmss}{bx}{n}{<->cmssbx10}{}\n";
    else
        out +=
            fmt::format("\\ifdefined\\pdftexversion\\errmessage{{This figure has {}: compile it with xelatex}}\\fi\n{}",
                        chinese ? "Chinese texts" : "characters that pdflatex does not know",
                        chinese ? "\\usepackage{ctex}\n" : "");
    out += fmt::format(
        "\\begin{{document}}\n% A unit of the figure's page; \\useasboundingbox says of how many it is.\n"
        "\\ifdefined\\convloomunit\\else\\newdimen\\convloomunit\\fi\n\\convloomunit={:.5f}pt\n",
        unit_pt);
    return out + styles->written() + body + "\\end{document}\n";
}

}  // namespace convloom::paint
