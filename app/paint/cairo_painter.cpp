// Scene -> pixels through Cairo; the other half of png.hpp.
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>

#include "app/paint/cairo_picture.hpp"
#include "app/paint/font.hpp"
#include "app/paint/pdf.hpp"
#include "app/paint/png.hpp"

namespace convloom::paint {
namespace {

using namespace scene;

struct Fonts {
    Faces faces;
    cairo_font_face_t *latin, *chinese;
};

const Fonts& fonts_of(Weight weight) {
    static const auto make = [](Weight w) {
        const Faces faces = new_faces(w);
        Fonts fonts{faces, cairo_ft_font_face_create_for_ft_face(faces.latin, FT_LOAD_NO_HINTING),
                    cairo_ft_font_face_create_for_ft_face(faces.chinese, FT_LOAD_NO_HINTING)};
        if (w == Weight::semibold) cairo_ft_font_face_set_synthesize(fonts.chinese, CAIRO_FT_SYNTHESIZE_BOLD);
        return fonts;
    };
    static const Fonts regular = make(Weight::regular), semibold = make(Weight::semibold);
    return weight == Weight::semibold ? semibold : regular;
}

cairo_matrix_t matrix(const Affine& m) {
    cairo_matrix_t out;
    cairo_matrix_init(&out, m.xx, m.yx, m.xy, m.yy, m.x0, m.y0);
    return out;
}

class Painter {
  public:
    // On pixels text is drawn as outlines, on a PDF page as text in an embedded font.
    Painter(cairo_t* cr, const Affine& to_device, bool on_pixels)
        : cr_(cr), to_device_(to_device), px_(to_device.xx), on_pixels_(on_pixels) {}

    void plane(const Plane& plane) {
        map_ = to_device_.after(plane.to_page);
        for (const Item& item : plane.items) std::visit([&](const auto& i) { draw(i); }, item);
    }

  private:
    void source(Color c) { cairo_set_source_rgba(cr_, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0); }

    void path(const std::vector<Point>& points, bool closed) {
        for (std::size_t n = 0; n < points.size(); ++n) {
            const Point p = map_(points[n]);
            n == 0 ? cairo_move_to(cr_, p.x, p.y) : cairo_line_to(cr_, p.x, p.y);
        }
        if (closed) cairo_close_path(cr_);
    }

    void stroke(const Stroke& s, cairo_line_cap_t cap) {
        if (s.width_px <= 0) return cairo_new_path(cr_);
        source(s.color);
        cairo_set_line_width(cr_, s.width_px * px_);
        const double dash = s.dash_px * px_;
        cairo_set_dash(cr_, &dash, s.dash_px > 0 ? 1 : 0, 0);
        cairo_set_line_cap(cr_, cap);
        cairo_stroke(cr_);
    }

    // Cells of one colour are filled at once, so that no seam shows between neighbours.
    void draw(const Field& f) {
        const double cell_px = f.cell * std::sqrt(std::abs(map_.determinant()));
        if (cell_px < 4 && !f.palette.empty())
            picture(pixels_of(f), {f.at.x, f.at.y, f.columns * f.cell, f.rows * f.cell}, CAIRO_FILTER_NEAREST);
        else
            fill_cells(f);
        if (f.edge.width_px <= 0) return;
        const double right = f.at.x + f.columns * f.cell, bottom = f.at.y + f.rows * f.cell;
        for (int r = 0; r <= f.rows; ++r) path({{f.at.x, f.at.y + r * f.cell}, {right, f.at.y + r * f.cell}}, false);
        for (int c = 0; c <= f.columns; ++c)
            path({{f.at.x + c * f.cell, f.at.y}, {f.at.x + c * f.cell, bottom}}, false);
        stroke(f.edge, f.edge.dash_px > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_SQUARE);
    }

    void fill_cells(const Field& f) {
        for (const Color& colour : f.palette) {
            for (int r = 0; r < f.rows; ++r)
                for (int c = 0; c < f.columns; ++c) {
                    if (f.fill(r, c) != &colour) continue;
                    const double x = f.at.x + c * f.cell, y = f.at.y + r * f.cell;
                    path({{x, y}, {x + f.cell, y}, {x + f.cell, y + f.cell}, {x, y + f.cell}}, true);
                }
            source(colour);
            cairo_fill(cr_);
        }
    }

    void draw(const Line& l) {
        path(l.points, l.closed);
        stroke(l.stroke, CAIRO_LINE_CAP_BUTT);
    }

    void draw(const Shape& s) {
        if (s.kind == Shape::Kind::box && s.corner_px > 0)
            rounded_box(s);
        else if (s.kind == Shape::Kind::ellipse)
            ellipse(s.box);
        else
            path(outline(s), true);
        source(s.fill);
        cairo_fill_preserve(cr_);
        stroke(s.stroke, CAIRO_LINE_CAP_BUTT);
    }

    void rounded_box(const Shape& s) {
        const Point a = map_({s.box.x, s.box.y}), b = map_({s.box.right(), s.box.bottom()});
        const double r = std::min({s.corner_px * px_, (b.x - a.x) / 2, (b.y - a.y) / 2});
        const double quarter = 3.14159265358979323846 / 2;
        cairo_arc(cr_, b.x - r, a.y + r, r, -quarter, 0);
        cairo_arc(cr_, b.x - r, b.y - r, r, 0, quarter);
        cairo_arc(cr_, a.x + r, b.y - r, r, quarter, 2 * quarter);
        cairo_arc(cr_, a.x + r, a.y + r, r, 2 * quarter, 3 * quarter);
        cairo_close_path(cr_);
    }

    void ellipse(const Rect& box) {
        cairo_save(cr_);
        const cairo_matrix_t m = matrix(map_);
        cairo_transform(cr_, &m);
        cairo_translate(cr_, box.x + box.width / 2, box.y + box.height / 2);
        cairo_scale(cr_, box.width / 2, box.height / 2);
        cairo_new_sub_path(cr_);
        cairo_arc(cr_, 0, 0, 1, 0, 2 * 3.14159265358979323846);
        cairo_restore(cr_);
    }

    // A part of a text in one font.
    struct Run {
        Script script;
        std::size_t from, to;  // bytes of the text
        std::vector<cairo_glyph_t> glyphs;
    };

    static std::vector<Run> runs_of(const Fonts& fonts, const Text& t) {
        std::vector<Run> runs;
        std::string_view rest = t.text;
        lay_out(fonts.faces, t, [&](const Found& found, double x) {
            const std::size_t from = t.text.size() - rest.size();
            next_character(rest);
            if (runs.empty() || runs.back().script != found.script) runs.push_back({found.script, from, from, {}});
            runs.back().to = t.text.size() - rest.size();
            runs.back().glyphs.push_back({found.glyph, x * t.size, 0});
        });
        return runs;
    }

    void draw(const Text& t) {
        const Fonts& fonts = fonts_of(t.weight);
        cairo_save(cr_);
        Affine at = map_.after(Affine::scale_and_move(1, t.at.x, t.at.y));
        if (on_pixels_ && at.is_upright()) at.y0 = std::floor(at.y0 + 0.5);  // a baseline on a whole pixel is sharp
        const cairo_matrix_t m = matrix(at);
        cairo_transform(cr_, &m);
        source(t.color);
        for (const Run& run : runs_of(fonts, t)) {
            cairo_set_font_face(cr_, run.script == Script::chinese ? fonts.chinese : fonts.latin);
            cairo_set_font_size(cr_, t.size);
            if (!on_pixels_) {
                show(std::string_view(t.text).substr(run.from, run.to - run.from), run.glyphs);
                continue;
            }
            // As outlines: cairo_show_glyphs rounds each glyph to a whole pixel, which spaces small text unevenly.
            cairo_glyph_path(cr_, run.glyphs.data(), static_cast<int>(run.glyphs.size()));
            cairo_fill(cr_);
        }
        cairo_restore(cr_);
    }

    // Glyphs with the text that they represent, so that it can be searched and copied.
    void show(std::string_view text, const std::vector<cairo_glyph_t>& glyphs) {
        std::vector<cairo_text_cluster_t> clusters;
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t before = rest.size();
            next_character(rest);
            clusters.push_back({static_cast<int>(before - rest.size()), 1});
        }
        cairo_show_text_glyphs(cr_, text.data(), static_cast<int>(text.size()), glyphs.data(),
                               static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                               cairo_text_cluster_flags_t{});
    }

    void draw(const Picture& p) {
        if (p.pixels) picture(*p.pixels, p.box, p.crisp ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
    }

    void picture(const Pixels& pixels, const Rect& box, cairo_filter_t filter) {
        if (pixels.width == 0 || pixels.height == 0) return;
        const Surface surface = surface_of(pixels);
        if (!on_pixels_) name_by_contents(surface.get(), pixels);
        cairo_save(cr_);
        const cairo_matrix_t m = matrix(map_);
        cairo_transform(cr_, &m);
        cairo_translate(cr_, box.x, box.y);
        cairo_scale(cr_, box.width / pixels.width, box.height / pixels.height);
        cairo_set_source_surface(cr_, surface.get(), 0, 0);
        cairo_pattern_set_filter(cairo_get_source(cr_), filter);
        // Pixels get no dark edge at the border; in a file Cairo would store a padded picture anew on every page.
        if (on_pixels_) cairo_pattern_set_extend(cairo_get_source(cr_), CAIRO_EXTEND_PAD);
        cairo_rectangle(cr_, 0, 0, pixels.width, pixels.height);
        cairo_fill(cr_);
        cairo_restore(cr_);
    }

    cairo_t* cr_;
    Affine to_device_, map_;
    double px_;
    bool on_pixels_;
};

using Context = std::unique_ptr<cairo_t, void (*)(cairo_t*)>;

// The two faces are shared, and only one thread may use a face: an export may draw while the window saves a frame.
std::mutex faces_in_use;

// Writes remaining data, including the fonts.
void end_pages(cairo_surface_t* surface) {
    const std::lock_guard lock(faces_in_use);
    cairo_surface_destroy(surface);
}

// The scene fitted and centred in width by height units of the surface.
void draw_scene(cairo_t* cr, const Scene& scene, double width, double height, bool transparent, bool on_pixels) {
    const std::lock_guard lock(faces_in_use);
    if (!transparent) {
        const Color c = scene.background;
        cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
        cairo_paint(cr);
    }
    cairo_font_options_t* font_options = cairo_font_options_create();
    cairo_font_options_set_antialias(font_options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(font_options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(font_options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cr, font_options);
    cairo_font_options_destroy(font_options);
    const double scale = std::min(width / scene.width, height / scene.height);
    Painter painter(
        cr, Affine::scale_and_move(scale, (width - scale * scene.width) / 2, (height - scale * scene.height) / 2),
        on_pixels);
    for (const Plane& plane : scene.planes) painter.plane(plane);
}

Surface painted(const Scene& scene, const PngOptions& options) {
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, options.width, options.height),
                    cairo_surface_destroy);
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
    const Context cr(cairo_create(surface.get()), cairo_destroy);
    draw_scene(cr.get(), scene, options.width, options.height, options.transparent, true);
    cairo_surface_flush(surface.get());
    return surface;
}

// The six letters before the name of each embedded font, which Cairo makes of numbers as long as the machine has them,
// are made anew of what the file holds, so that every machine gives the same.
void name_subsets(std::string& pdf) {
    constexpr std::string_view before = "/BaseFont /";
    constexpr std::size_t letters = 6;
    std::vector<std::string> tags;
    for (std::size_t at = 0; (at = pdf.find(before, at)) != pdf.npos;) {
        at += before.size();
        const std::string tag = "/" + pdf.substr(at, letters + 1);
        if (tag.ends_with('+') && std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
    }
    const auto rename = [&pdf](const std::string& from, const std::string& to) {
        for (std::size_t at = 0; (at = pdf.find(from, at)) != pdf.npos; at += to.size()) pdf.replace(at, to.size(), to);
    };
    // By their number until all that is hashed is the same everywhere.
    std::vector<std::string> numbered;
    for (std::size_t n = 0; n < tags.size(); ++n) {
        numbered.push_back(fmt::format("/{:06}+", n));
        rename(tags[n], numbered.back());
    }
    std::uint64_t hash = 14695981039346656037u;  // FNV-1a
    for (const char byte : pdf) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211u;
    for (std::size_t n = 0; n < tags.size(); ++n) {
        std::string tag = "/";
        std::uint64_t rest = (hash + n) % 308915776;  // 26 to the sixth
        for (std::size_t letter = 0; letter < letters; ++letter, rest /= 26) tag += static_cast<char>('A' + rest % 26);
        rename(numbered[n], tag + "+");
    }
}

}  // namespace

Pixels to_pixels(const Scene& scene, const PngOptions& options) {
    return straight_pixels(painted(scene, options).get());
}

std::string to_png(const Scene& scene, const PngOptions& options) {
    if (options.transparent || scene.background.a < 255) return encode_png(to_pixels(scene, options), options.dpi);
    // On an opaque background every pixel is opaque: the surface's rows only need another order of colours.
    const Surface surface = painted(scene, options);
    const unsigned char* data = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    return encode_png({options.width, options.height, true,
                       [&](int y, std::uint8_t* to) {
                           const auto* from =
                               reinterpret_cast<const std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) * stride);
                           for (int x = 0; x < options.width; ++x, to += 3)
                               to[0] = from[x] >> 16 & 255, to[1] = from[x] >> 8 & 255, to[2] = from[x] & 255;
                       }},
                      options.dpi);
}

std::string to_pdf(std::size_t pages, const std::function<Scene(std::size_t)>& page, const PdfOptions& options) {
    std::string out;
    const auto append = [](void* to, const unsigned char* data, unsigned length) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    };
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &out, options.width_pt, options.height_pt),
                          end_pages);
    // The same bytes on every day.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Convloom");
    Context cr(cairo_create(surface.get()), cairo_destroy);
    for (std::size_t n = 0; n < pages; ++n) {
        const Scene scene = page(n);
        if (n == 0)
            cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                           (options.title.empty() ? scene.title : options.title).c_str());
        draw_scene(cr.get(), scene, options.width_pt, options.height_pt, options.transparent, false);
        cairo_show_page(cr.get());
    }
    cr.reset();
    const std::lock_guard lock(faces_in_use);
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
    name_subsets(out);
    return out;
}

}  // namespace convloom::paint
