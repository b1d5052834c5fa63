#include "core/scene/page/scene_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace convloom::scene {

std::string to_hex(Color color) {
    std::string text = fmt::format("#{:02X}{:02X}{:02X}", color.r, color.g, color.b);
    if (color.a != 255) text += fmt::format("{:02X}", color.a);
    return text;
}

namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) {
    const double r = std::round(value * 1000) / 1000;
    return r == 0 ? 0 : r;  // avoids -0
}

Json json(Point p) {
    return {rounded(p.x), rounded(p.y)};
}
Json json(Rect r) {
    return {rounded(r.x), rounded(r.y), rounded(r.width), rounded(r.height)};
}
Json json(const std::vector<Point>& points) {
    Json list = Json::array();
    for (Point p : points) list.push_back(json(p));
    return list;
}
Json json(const Stroke& s) {
    Json j = {{"color", to_hex(s.color)}, {"width_px", rounded(s.width_px)}};
    if (s.dash_px > 0) j["dash_px"] = rounded(s.dash_px);
    return j;
}

Json json(const Field& f) {
    Json j = {
        {"field", f.name}, {"at", json(f.at)}, {"cell", rounded(f.cell)}, {"rows", f.rows}, {"columns", f.columns}};
    for (Color c : f.palette) j["palette"].push_back(to_hex(c));
    if (!f.cells.empty()) j["cells"] = f.cells;
    if (f.edge.width_px > 0) j["edge"] = json(f.edge);
    return j;
}

Json json(const Line& l) {
    return {{"line", l.name}, {"points", json(l.points)}, {"closed", l.closed}, {"stroke", json(l.stroke)}};
}

Json json(const Shape& s) {
    constexpr const char* kinds[] = {"polygon", "box", "ellipse"};
    Json j = {{"shape", s.name}, {"kind", kinds[static_cast<int>(s.kind)]}, {"fill", to_hex(s.fill)}};
    if (s.kind == Shape::Kind::polygon)
        j["points"] = json(s.points);
    else
        j["box"] = json(s.box);
    if (s.corner_px > 0) j["corner_px"] = rounded(s.corner_px);
    if (s.stroke.width_px > 0) j["stroke"] = json(s.stroke);
    return j;
}

Json json(const Text& t) {
    constexpr const char* anchors[] = {"start", "middle", "end"};
    Json j = {{"text", t.name},
              {"says", t.text},
              {"at", json(t.at)},
              {"size", rounded(t.size)},
              {"anchor", anchors[static_cast<int>(t.anchor)]},
              {"color", to_hex(t.color)}};
    if (t.weight == Weight::semibold) j["weight"] = "semibold";
    return j;
}

Json json(const Picture& p) {
    Json j = {{"picture", p.name}, {"box", json(p.box)}};
    if (p.crisp) j["crisp"] = true;
    if (p.pixels) {
        std::uint64_t sum = 0xcbf29ce484222325;  // FNV-1a
        for (std::uint8_t byte : p.pixels->rgba) sum = (sum ^ byte) * 0x100000001b3;
        j["pixels"] = {
            {"width", p.pixels->width}, {"height", p.pixels->height}, {"fnv1a", fmt::format("{:016x}", sum)}};
    }
    return j;
}

}  // namespace

std::string to_json(const Scene& scene) {
    Json j = {{"width", scene.width},
              {"height", scene.height},
              {"title", scene.title},
              {"background", to_hex(scene.background)},
              {"planes", Json::array()}};
    for (const Plane& plane : scene.planes) {
        const Affine& m = plane.to_page;
        Json p = {
            {"plane", plane.name},
            {"to_page", {rounded(m.xx), rounded(m.xy), rounded(m.x0), rounded(m.yx), rounded(m.yy), rounded(m.y0)}},
            {"items", Json::array()}};
        for (const Item& item : plane.items)
            p["items"].push_back(std::visit([](const auto& i) { return json(i); }, item));
        j["planes"].push_back(std::move(p));
    }
    return j.dump(1) + "\n";
}

}  // namespace convloom::scene
