#include "app/paint/slide_shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "app/paint/png.hpp"
#include "app/paint/xml.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"

namespace convloom::paint {
namespace {

using namespace scene;

// More cells than this become one picture: PowerPoint moves thousands of shapes slowly.
constexpr int most_cell_shapes = 1024;
constexpr double pixels_per_unit = 3;  // of such a picture

long long emu(double points) {
    return std::llround(points * emu_per_point);
}

std::string opaque_or_not(Color c) {
    return c.a == 255 ? fmt::format("<a:srgbClr val=\"{}\"/>", hex_of(c))
                      : fmt::format("<a:srgbClr val=\"{}\"><a:alpha val=\"{}\"/></a:srgbClr>", hex_of(c),
                                    static_cast<int>(std::lround(c.a / 255.0 * 100000)));
}

std::string solid(Color c) {
    return "<a:solidFill>" + opaque_or_not(c) + "</a:solidFill>";
}

std::string box_of(const Rect& r, const char* more = "") {
    return fmt::format("<a:xfrm{}><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>", more, emu(r.x),
                       emu(r.y), emu(r.right()) - emu(r.x), emu(r.bottom()) - emu(r.y));
}

class SlideWriter {
  public:
    SlideWriter(const Scene& scene, double width, double height) : scene_(scene) {
        const double scale = std::min(width / scene.width, height / scene.height);
        to_slide_ =
            Affine::scale_and_move(scale, (width - scale * scene.width) / 2, (height - scale * scene.height) / 2);
    }

    SlideShapes written() {
        std::string figure;
        Rect all;
        for (const Plane& plane : scene_.planes) draw_plane(plane, figure, all);
        if (title_.empty()) title_ = hidden_title();
        shapes_.tree = std::string(tree_begin) + title_ + group("Figure", scene_.title, all, figure) + "</p:spTree>";
        return std::move(shapes_);
    }

    std::string picture_alone(double width, double height) {
        const std::string title = hidden_title();
        return std::string(tree_begin) + title + picture_element("Animation", scene_.title, 3, {0, 0, width, height}) +
               "</p:spTree>";
    }

  private:
    static constexpr const char* tree_begin =
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
        "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/>"
        "</a:xfrm></p:grpSpPr>";

    std::string hidden_title() {
        return fmt::format(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Title\" hidden=\"1\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>"
            "</p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>"
            "<a:p><a:r><a:rPr lang=\"{}\"/><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>\n",
            ++last_id_, language(), xml_escaped(heading_of(scene_)));
    }

    const char* language() const { return has_chinese(scene_) ? "zh-CN" : "en-US"; }

    std::string picture_element(const std::string& name, const std::string& says, std::size_t relation,
                                const Rect& box) {
        return fmt::format(
            "<p:pic><p:nvPicPr>{}<p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"rId{}\"/>"
            "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/>"
            "</a:prstGeom></p:spPr></p:pic>\n",
            named(name, says), relation, box_of(box));
    }

    // Shape ids are unique on a slide; 1 is the tree's own.
    std::string named(const std::string& name, const std::string& says = "") {
        return fmt::format("<p:cNvPr id=\"{}\" name=\"{}\"{}/>", ++last_id_, xml_escaped(name),
                           says.empty() ? "" : fmt::format(" descr=\"{}\"", xml_escaped(says)));
    }

    std::string group(const std::string& name, const std::string& says, const Rect& box, const std::string& inner) {
        const auto x = emu(box.x), y = emu(box.y), w = emu(box.right()) - x, h = emu(box.bottom()) - y;
        return fmt::format(
            "<p:grpSp><p:nvGrpSpPr>{}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"{}\" "
            "y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/><a:chOff x=\"{}\" y=\"{}\"/><a:chExt cx=\"{}\" cy=\"{}\"/></a:xfrm>"
            "</p:grpSpPr>{}</p:grpSp>\n",
            named(name, says), x, y, w, h, x, y, w, h, inner);
    }

    void draw_plane(const Plane& plane, std::string& figure, Rect& all) {
        map_ = to_slide_.after(plane.to_page);
        out_.clear();
        Rect box;
        for (const Item& item : plane.items) {
            const std::size_t before = out_.size();
            std::visit([&](const auto& i) { draw(i); }, item);
            if (out_.size() > before) box = around(box, bounds(map_, item));
        }
        if (out_.empty()) return;
        figure += group(plane.name, "", box, out_);
        all = around(all, box);
    }

    void shape(const std::string& name, const std::string& box_and_form, const std::string& look) {
        out_ += fmt::format("<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{}{}</p:spPr></p:sp>\n",
                            named(name), box_and_form, look);
    }

    std::string stroke(const Stroke& s) const {
        if (s.width_px <= 0) return "<a:ln><a:noFill/></a:ln>";
        const double width = s.width_px * to_slide_.xx;
        std::string dash;
        if (s.dash_px > 0) {
            const auto part = std::lround(s.dash_px / s.width_px * 100000);
            dash = fmt::format("<a:custDash><a:ds d=\"{0}\" sp=\"{0}\"/></a:custDash>", part);
        }
        return fmt::format("<a:ln w=\"{}\" cap=\"flat\">{}{}<a:miter lim=\"800000\"/></a:ln>", emu(width),
                           solid(s.color), dash);
    }

    // Runs of straight segments, in the plane's units, as one freeform.
    void freeform(const std::string& name, const std::vector<std::vector<Point>>& runs, bool closed,
                  const std::string& look) {
        double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
        for (const auto& run : runs)
            for (const Point& p : run) {
                const Point q = map_(p);
                left = std::min(left, q.x), right = std::max(right, q.x);
                top = std::min(top, q.y), bottom = std::max(bottom, q.y);
            }
        if (right < left) return;
        const auto x0 = emu(left), y0 = emu(top);
        std::string path;
        for (const auto& run : runs) {
            for (std::size_t n = 0; n < run.size(); ++n) {
                const Point q = map_(run[n]);
                const char* step = n == 0 ? "moveTo" : "lnTo";
                path += fmt::format("<a:{0}><a:pt x=\"{1}\" y=\"{2}\"/></a:{0}>", step, emu(q.x) - x0, emu(q.y) - y0);
            }
            if (closed) path += "<a:close/>";
        }
        shape(name,
              box_of({left, top, right - left, bottom - top}) +
                  fmt::format("<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" "
                              "b=\"b\"/><a:pathLst><a:path w=\"{}\" h=\"{}\"{}>{}</a:path></a:pathLst></a:custGeom>",
                              emu(right) - x0, emu(bottom) - y0, closed ? "" : " fill=\"none\"", path),
              look);
    }

    void preset(const std::string& name, const Rect& in_plane, const char* form, double corner_px,
                const std::string& look) {
        const Point at = map_({in_plane.x, in_plane.y});
        const Rect box{at.x, at.y, in_plane.width * map_.xx, in_plane.height * map_.yy};
        std::string adjust = "<a:avLst/>";
        if (corner_px > 0) {
            const double short_side = std::max(1e-9, std::min(box.width, box.height));
            const auto part = std::lround(std::min(0.5, corner_px * to_slide_.xx / short_side) * 100000);
            adjust = fmt::format("<a:avLst><a:gd name=\"adj\" fmla=\"val {}\"/></a:avLst>", part);
        }
        shape(name, box_of(box) + fmt::format("<a:prstGeom prst=\"{}\">{}</a:prstGeom>", form, adjust), look);
    }

    void draw(const Field& f) {
        if (f.rows * f.columns > most_cell_shapes) {
            Field cells = f;
            cells.edge = {};
            picture(f.name, Item(cells));
        } else {
            for (int r = 0; r < f.rows; ++r)
                for (int c = 0; c < f.columns; ++c)
                    if (const Color* color = f.fill(r, c))
                        cell(fmt::format("{} {},{}", f.name, r, c),
                             {f.at.x + c * f.cell, f.at.y + r * f.cell, f.cell, f.cell}, *color);
        }
        if (f.edge.width_px <= 0 || f.rows * f.columns == 0) return;
        const double right = f.at.x + f.columns * f.cell, bottom = f.at.y + f.rows * f.cell;
        std::vector<std::vector<Point>> lines;
        for (int r = 0; r <= f.rows; ++r)
            lines.push_back({{f.at.x, f.at.y + r * f.cell}, {right, f.at.y + r * f.cell}});
        for (int c = 0; c <= f.columns; ++c)
            lines.push_back({{f.at.x + c * f.cell, f.at.y}, {f.at.x + c * f.cell, bottom}});
        freeform(f.name + " grid", lines, false, "<a:noFill/>" + stroke(f.edge));
    }

    void cell(const std::string& name, const Rect& r, Color color) {
        const std::string look = solid(color) + "<a:ln><a:noFill/></a:ln>";
        if (map_.is_upright())
            preset(name, r, "rect", 0, look);
        else
            freeform(name, {{{r.x, r.y}, {r.right(), r.y}, {r.right(), r.bottom()}, {r.x, r.bottom()}}}, true, look);
    }

    void draw(const Line& l) {
        if (l.points.size() > 1 && l.stroke.width_px > 0)
            freeform(l.name, {l.points}, l.closed, "<a:noFill/>" + stroke(l.stroke));
    }

    void draw(const Shape& s) {
        const std::string look = (s.fill.a == 0 ? "<a:noFill/>" : solid(s.fill)) + stroke(s.stroke);
        if (s.kind == Shape::Kind::polygon || !map_.is_upright())
            freeform(s.name, {outline(s)}, true, look);
        else if (s.kind == Shape::Kind::ellipse)
            preset(s.name, s.box, "ellipse", 0, look);
        else
            preset(s.name, s.box, s.corner_px > 0 ? "roundRect" : "rect", s.corner_px, look);
    }

    void draw(const Text& t) {
        if (t.text.empty()) return;
        const double scale = map_.is_upright() ? map_.xx : std::sqrt(std::abs(map_.determinant()));
        const double size = t.size * scale, width = text_width(t.text, size, t.weight);
        constexpr const char* aligned[] = {"l", "ctr", "r"};
        const auto anchor = static_cast<int>(t.anchor);
        // Vertically centred in its box, capitals stand at the same height in the fonts that programs replace it by.
        const Point at = map_(t.at);
        const double x = at.x - width * anchor / 2, height = 1.4 * size;
        const bool title = t.role.mark == Mark::title && title_.empty();
        // A placeholder's text is wrapped in spite of wrap="none": room for a wider font.
        const Rect box{x, at.y - 0.388 * size - height / 2, title ? 1.3 * width : width, height};
        std::string turned;
        if (!map_.is_upright())
            turned =
                fmt::format(" rot=\"{}\"", std::lround(std::atan2(map_.yx, map_.xx) * 180 / 3.14159265358979 * 60000));
        const std::string text = fmt::format(
            "<p:sp><p:nvSpPr>{}<p:cNvSpPr{}<p:nvPr{}</p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/>"
            "</a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" "
            "bIns=\"0\" anchor=\"ctr\"><a:noAutofit/></a:bodyPr><a:lstStyle/><a:p><a:pPr algn=\"{}\"/><a:r>"
            "<a:rPr lang=\"{}\" sz=\"{}\" b=\"{}\" dirty=\"0\">{}<a:latin typeface=\"Open Sans\"/>"
            "<a:ea typeface=\"Microsoft YaHei\"/></a:rPr><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>\n",
            named(title ? "Title" : t.name), title ? "><a:spLocks noGrp=\"1\"/></p:cNvSpPr>" : " txBox=\"1\"/>",
            title ? "><p:ph type=\"title\"/></p:nvPr>" : "/>", box_of(box, turned.c_str()), aligned[anchor], language(),
            std::max<long>(100, std::lround(size * 100)), t.weight == Weight::semibold ? 1 : 0, solid(t.color),
            xml_escaped(t.text));
        (title ? title_ : out_) += text;
    }

    void draw(const Picture& p) {
        if (p.pixels) picture(p.name, Item(p));
    }

    // Painted on its own, so that it may be sheared as well.
    void picture(const std::string& name, const Item& item) {
        Scene alone;
        alone.width = scene_.width, alone.height = scene_.height;
        alone.planes.push_back({name, map_, {item}, {}});
        const Rect box = bounds(map_, item);
        if (box.width <= 0 || box.height <= 0) return;
        const auto pixels = [](double units) {
            return std::clamp(static_cast<int>(std::lround(units * pixels_per_unit)), 1, 4096);
        };
        shapes_.pictures.push_back(
            to_png(cropped(std::move(alone), box), {pixels(box.width), pixels(box.height), true}));
        out_ += picture_element(name, "", shapes_.pictures.size() + 2, box);
    }

    const Scene& scene_;
    Affine to_slide_, map_;
    SlideShapes shapes_;
    std::string out_, title_;
    int last_id_ = 1;
};

}  // namespace

SlideShapes slide_shapes(const Scene& scene, double width_pt, double height_pt) {
    return SlideWriter(scene, width_pt, height_pt).written();
}

std::string picture_tree(const Scene& scene, double width_pt, double height_pt) {
    return SlideWriter(scene, width_pt, height_pt).picture_alone(width_pt, height_pt);
}

std::string written_sum(const Scene& scene) {
    // Signs of their own on one baseline belong to a sum; the lines are read from left to right.
    // Several figures on a page have a sum each, in a paragraph of its own.
    std::map<std::tuple<double, double, double, double>, std::vector<const Text*>> lines;
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item); text && !text->text.empty())
                lines[{plane.to_page.y0, plane.to_page.x0, plane.to_page(text->at).y, plane.to_page.xx}].push_back(
                    text);
    std::string sum;
    std::pair<double, double> figure;
    for (auto& entry : lines) {
        std::vector<const Text*>& line = entry.second;
        const auto is_sign = [](const Text* t) { return t->text == "=" || t->text == "≈" || t->text == "+"; };
        const auto has_letters = [](const Text* t) {
            return t->text.find_first_not_of("=≈+*·−-× ") != std::string::npos;
        };
        // Signs alone stand between the grids.
        if (std::none_of(line.begin(), line.end(), is_sign) || std::none_of(line.begin(), line.end(), has_letters))
            continue;
        std::stable_sort(line.begin(), line.end(), [](const Text* a, const Text* b) { return a->at.x < b->at.x; });
        const std::pair<double, double> now{std::get<0>(entry.first), std::get<1>(entry.first)};
        if (!sum.empty()) sum += now == figure ? " " : "\n";
        figure = now;
        for (const Text* text : line) sum += (text == line.front() ? "" : " ") + text->text;
    }
    return sum;
}

}  // namespace convloom::paint
