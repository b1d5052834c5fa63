#include "app/paint/svg.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/paint/outlines.hpp"
#include "app/paint/png.hpp"
#include "app/paint/xml.hpp"
#include "core/scene/measure/text_metrics.hpp"

namespace convloom::paint {
namespace {

using namespace scene;

// More cells than this become one picture, since nobody edits them one by one.
constexpr int most_cell_elements = 4096;

void add_pair(std::string& out, Point p) {
    add_num(out, p.x);
    out += ' ';
    add_num(out, p.y);
}

std::string pair(Point p) {
    std::string text;
    add_pair(text, p);
    return text;
}

std::string rgb(Color c) {
    return "#" + hex_of(c);
}

std::string fill(Color c) {
    std::string text = fmt::format(" fill=\"{}\"", rgb(c));
    if (c.a != 255) text += fmt::format(" fill-opacity=\"{}\"", num(c.a / 255.0));
    return text;
}

std::string stroke(const Stroke& s) {
    if (s.width_px <= 0) return "";
    std::string text = fmt::format(" stroke=\"{}\" stroke-width=\"{}\"", rgb(s.color), num(s.width_px));
    if (s.color.a != 255) text += fmt::format(" stroke-opacity=\"{}\"", num(s.color.a / 255.0));
    if (s.dash_px > 0) text += fmt::format(" stroke-dasharray=\"{0} {0}\"", num(s.dash_px));
    return text;
}

std::string base64(std::string_view bytes) {
    constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t n = 0; n < bytes.size(); n += 3) {
        std::uint32_t block = 0;
        for (std::size_t k = 0; k < 3; ++k)
            block = block << 8 | (n + k < bytes.size() ? static_cast<unsigned char>(bytes[n + k]) : 0u);
        for (int k = 0; k < 4; ++k) out += n + k > bytes.size() ? '=' : digits[block >> (18 - 6 * k) & 63];
    }
    return out;
}

class Writer {
  public:
    Writer(std::string& out, bool outlines) : out_(out), outlines_(outlines) {}

    void plane(const Plane& plane) {
        map_ = plane.to_page;
        out_ += fmt::format("<g class=\"{}\">\n", class_of(plane.name));
        for (std::size_t n = 0; n < plane.items.size(); ++n)
            if (const Text* text = std::get_if<Text>(&plane.items[n]))
                n += draw_texts(*text, n + 1 < plane.items.size() ? std::get_if<Text>(&plane.items[n + 1]) : nullptr);
            else
                std::visit([&](const auto& i) { draw(i); }, plane.items[n]);
        out_ += "</g>\n";
    }

  private:
    // What it is, as a class: an id may stand only once in a page, and pages show many steps at once.
    static std::string class_of(const std::string& name) {
        std::string text;
        for (char c : xml_escaped(name)) text += c == ' ' ? '-' : c;
        return text;
    }

    template <class Points>
    void add_polygon(const Points& points, bool closed) {
        char command = 'M';
        for (const Point& point : points) {
            out_ += command;
            add_pair(out_, map_(point));
            command = 'L';
        }
        if (closed) out_ += 'Z';
    }

    // What follows the path's class, up to its coordinates, and what follows these.
    template <class Points>
    void add_path(std::string_view head, const Points& points, bool closed, std::string_view tail) {
        out_ += "<path ";
        out_ += head;
        out_ += "d=\"";
        add_polygon(points, closed);
        out_ += '"';
        out_ += tail;
        out_ += "/>\n";
    }

    void add_cells(const Field& f) {
        std::vector<std::string> fills;
        for (const Color& color : f.palette) fills.push_back(fill(color));
        for (int r = 0; r < f.rows; ++r)
            for (int c = 0; c < f.columns; ++c) {
                const Color* color = f.fill(r, c);
                if (!color) continue;
                const double x = f.at.x + c * f.cell, y = f.at.y + r * f.cell;
                const Point corners[] = {{x, y}, {x + f.cell, y}, {x + f.cell, y + f.cell}, {x, y + f.cell}};
                add_path("", corners, true, fills[static_cast<std::size_t>(color - f.palette.data())]);
            }
    }

    void draw(const Field& f) {
        out_ += fmt::format("<g class=\"{}\">\n", class_of(f.name));
        if (f.rows * f.columns > most_cell_elements)
            draw_as_picture(f);
        else
            add_cells(f);
        if (f.edge.width_px > 0) draw_edges(f);
        out_ += "</g>\n";
    }

    void draw_edges(const Field& f) {
        const double width = f.columns * f.cell, height = f.rows * f.cell;
        out_ += "<path d=\"";
        for (int r = 0; r <= f.rows; ++r) {
            const double y = f.at.y + r * f.cell;
            add_polygon(std::initializer_list<Point>{{f.at.x, y}, {f.at.x + width, y}}, false);
        }
        for (int c = 0; c <= f.columns; ++c) {
            const double x = f.at.x + c * f.cell;
            add_polygon(std::initializer_list<Point>{{x, f.at.y}, {x, f.at.y + height}}, false);
        }
        const char* cap = f.edge.dash_px > 0 ? "" : " stroke-linecap=\"square\"";
        out_ += fmt::format("\" fill=\"none\"{}{}/>\n", stroke(f.edge), cap);
    }

    static constexpr const char* sharp = " image-rendering=\"pixelated\"";

    void draw_as_picture(const Field& f) {
        image(pixels_of(f), {f.at.x, f.at.y, f.columns * f.cell, f.rows * f.cell}, "", sharp);
    }

    void draw(const Line& l) {
        add_path(fmt::format("class=\"{}\" ", class_of(l.name)), l.points, l.closed,
                 fmt::format(" fill=\"none\"{}{}", stroke(l.stroke), l.closed ? " stroke-linejoin=\"miter\"" : ""));
    }

    void draw(const Shape& s) {
        const std::string look = fill(s.fill) + stroke(s.stroke);
        const std::string name = class_of(s.name);
        if (s.kind == Shape::Kind::polygon || !map_.is_upright()) {
            return add_path(fmt::format("class=\"{}\" ", name), outline(s), true, look);
        }
        const Point at = map_({s.box.x, s.box.y});
        const double w = s.box.width * map_.xx, h = s.box.height * map_.yy;
        if (s.kind == Shape::Kind::ellipse)
            out_ += fmt::format("<ellipse class=\"{}\" cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"{}/>\n", name,
                                num(at.x + w / 2), num(at.y + h / 2), num(w / 2), num(h / 2), look);
        else
            out_ += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"{}/>\n", name,
                                num(at.x), num(at.y), num(w), num(h), num(s.corner_px), look);
    }

    // A text that continues another after a space becomes part of it, so that both stay apart in every font: "Kernel"
    // and "3×3".
    static bool continues(const Text& t, const Text* next) {
        if (!next || t.text.empty() || next->text.empty() || t.anchor != Anchor::start ||
            next->anchor != Anchor::start || next->at.y != t.at.y || next->size != t.size)
            return false;
        const double gap = next->at.x - t.at.x - text_width(t.text, t.size, t.weight);
        return gap > 0 && gap < 0.7 * t.size;
    }

    static std::string look_of(const Text& t) {
        return (t.weight == Weight::semibold ? " font-weight=\"600\"" : "") + fill(t.color);
    }

    void draw(const Text& t) { draw_texts(t, nullptr); }

    // The number of further texts that it drew: 1 if `next` continues the text.
    std::size_t draw_texts(const Text& t, const Text* next) {
        if (t.text.empty()) return 0;
        const double scale = map_.is_upright() ? map_.xx : std::sqrt(std::abs(map_.determinant()));
        if (outlines_) {
            if (const std::string d = text_outlines(t); !d.empty())
                out_ += fmt::format("<path class=\"{}\" d=\"{}\"{}/>\n", class_of(t.name), d, fill(t.color));
            return 0;
        }
        constexpr const char* anchors[] = {"start", "middle", "end"};
        const Point at = map_(t.at);
        const std::string place =
            map_.is_upright()
                ? fmt::format("x=\"{}\" y=\"{}\"", num(at.x), num(at.y))
                : fmt::format("transform=\"matrix({} {} {} {} {} {})\"", num(map_.xx / scale), num(map_.yx / scale),
                              num(map_.xy / scale), num(map_.yy / scale), num(at.x), num(at.y));
        out_ += fmt::format(
            "<text class=\"{}\" {} font-size=\"{}\"{}{} xml:space=\"preserve\">{}", class_of(t.name), place,
            num(t.size * scale),
            t.anchor == Anchor::start ? "" : fmt::format(" text-anchor=\"{}\"", anchors[static_cast<int>(t.anchor)]),
            look_of(t), xml_escaped(t.text));
        const bool both = continues(t, next);
        if (both) {
            // The space is as wide as the rest of the gap makes it.
            const double rest =
                next->at.x - t.at.x - text_width(t.text, t.size, t.weight) - text_width(" ", next->size, next->weight);
            out_ +=
                fmt::format("<tspan class=\"{}\" dx=\"{}\"{}{}> {}</tspan>", class_of(next->name), num(rest * scale),
                            t.weight != next->weight && next->weight == Weight::regular ? " font-weight=\"400\"" : "",
                            look_of(*next), xml_escaped(next->text));
        }
        out_ += "</text>\n";
        return both ? 1 : 0;
    }

    std::string text_outlines(const Text& t) const {
        std::string d;
        const auto at = [&](Point p) { return pair(map_({t.at.x + p.x * t.size, t.at.y + p.y * t.size})); };
        for (const GlyphStroke& stroke : outlines_of(t)) {
            d += stroke.command;
            for (std::size_t n = 0; n < stroke.count; ++n) d += (n == 0 ? "" : " ") + at(stroke.points[n]);
        }
        return d;
    }

    void draw(const Picture& p) {
        if (p.pixels) image(*p.pixels, p.box, class_of(p.name), p.crisp ? sharp : "");
    }

    void image(const Pixels& pixels, Rect box, const std::string& name, const char* more) {
        const Point at = map_({box.x, box.y});
        const std::string place =
            map_.is_upright() ? fmt::format("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", num(at.x), num(at.y),
                                            num(box.width * map_.xx), num(box.height * map_.yy))
                              : fmt::format("width=\"{}\" height=\"{}\" transform=\"matrix({} {} {} {} {} {})\"",
                                            num(box.width), num(box.height), num(map_.xx), num(map_.yx), num(map_.xy),
                                            num(map_.yy), num(at.x), num(at.y));
        out_ += fmt::format("<image{} {} preserveAspectRatio=\"none\"{} xlink:href=\"data:image/png;base64,{}\"/>\n",
                            name.empty() ? "" : fmt::format(" class=\"{}\"", name), place, more,
                            base64(encode_png(pixels)));
    }

    std::string& out_;
    bool outlines_;
    Affine map_;
};

constexpr std::string_view latin_fonts = "Open Sans, Noto Sans, Segoe UI, Helvetica Neue, Arial, ";
constexpr std::string_view chinese_fonts = "WenQuanYi Micro Hei, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, ";

}  // namespace

std::string to_svg(const Scene& scene, const SvgOptions& options) {
    auto side = [&](int px) {
        return options.dpi > 0 ? fmt::format("{:.4g}in", px / options.dpi) : fmt::format("{}", px);
    };
    const bool chinese = has_chinese(scene);
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{}\" "
        "height=\"{}\" "
        "viewBox=\"0 0 {} {}\" font-family=\"{}{}sans-serif\" role=\"img\" xml:lang=\"{}\">\n"
        "<title>{}</title>\n<desc>{}</desc>\n",
        side(options.width), side(options.height), num(scene.width), num(scene.height), latin_fonts,
        chinese ? chinese_fonts : "", chinese ? "zh-CN" : "en", xml_escaped(heading_of(scene)),
        xml_escaped(scene.title));
    if (!options.transparent)
        out += fmt::format("<rect class=\"page\" width=\"{}\" height=\"{}\"{}/>\n", num(scene.width), num(scene.height),
                           fill(scene.background));
    Writer writer(out, options.outlines);
    for (const Plane& plane : scene.planes) writer.plane(plane);
    out += "</svg>\n";
    return out;
}

}  // namespace convloom::paint
