#include "app/gui/base/icons.hpp"

#include <cmath>
#include <initializer_list>

namespace convloom::gui {
namespace {

// Draws on a grid from -1 to 1, y downwards.
struct Pen {
    ImDrawList& list;
    ImVec2 middle;
    float r;
    ImU32 color;
    float width;

    ImVec2 at(float x, float y) const { return {middle.x + x * r, middle.y + y * r}; }
    void bar(float left, float right) const { list.AddRectFilled(at(left, -0.9f), at(right, 0.9f), color, 1); }
    void triangle(float base, float tip) const {
        list.AddTriangleFilled(at(base, -0.9f), at(base, 0.9f), at(tip, 0), color);
    }
    void line(std::initializer_list<ImVec2> points, bool closed = false) const {
        for (const ImVec2& p : points) list.PathLineTo(at(p.x, p.y));
        list.PathStroke(color, closed ? ImDrawFlags_Closed : 0, width);
    }
    void box(float x0, float y0, float x1, float y1, float round = 0.15f) const {
        list.AddRect(at(x0, y0), at(x1, y1), color, round * r, 0, width);
    }
    void dot(float x, float y, float radius) const { list.AddCircleFilled(at(x, y), radius * r, color, 16); }
    void arc(float x, float y, float radius, float from, float to) const {
        list.PathArcTo(at(x, y), radius * r, from, to, 20);
        list.PathStroke(color, 0, width);
    }
    void arrow_head(float x, float y, float dx, float dy, float size) const {  // points along (dx, dy)
        const float px = -dy, py = dx;
        list.AddTriangleFilled(at(x + dx * size, y + dy * size), at(x + px * size * 0.75f, y + py * size * 0.75f),
                               at(x - px * size * 0.75f, y - py * size * 0.75f), color);
    }
};

constexpr float pi = 3.14159265f;

void draw_timeline_icon(const Pen& p, Icon icon) {
    switch (icon) {
        case Icon::play:
            p.triangle(-0.6f, 1);
            break;
        case Icon::pause:
            p.bar(-0.75f, -0.2f), p.bar(0.2f, 0.75f);
            break;
        case Icon::forward:
            p.triangle(-0.4f, 0.8f), p.bar(-0.8f, -0.55f);
            break;
        case Icon::back:
            p.triangle(0.4f, -0.8f), p.bar(0.55f, 0.8f);
            break;
        case Icon::last:
            p.triangle(-0.8f, 0.5f), p.bar(0.55f, 0.85f);
            break;
        case Icon::first:
            p.triangle(0.8f, -0.5f), p.bar(-0.85f, -0.55f);
            break;
        case Icon::tap_forward:
            p.line({{-0.2f, -0.75f}, {0.55f, 0}, {-0.2f, 0.75f}}), p.dot(-0.65f, 0, 0.2f);
            break;
        case Icon::tap_back:
            p.line({{0.2f, -0.75f}, {-0.55f, 0}, {0.2f, 0.75f}}), p.dot(0.65f, 0, 0.2f);
            break;
        case Icon::once:
            p.line({{-0.9f, 0}, {0.5f, 0}}), p.arrow_head(0.2f, 0, 1, 0, 0.45f), p.bar(0.75f, 0.95f);
            break;
        case Icon::loop:
            p.arc(0, 0, 0.75f, -0.25f * pi, 1.35f * pi);
            p.arrow_head(0.48f, -0.58f, -0.6f, -0.8f, 0.5f);
            break;
        case Icon::ping_pong:
            p.line({{-0.6f, 0}, {0.6f, 0}});
            p.arrow_head(0.5f, 0, 1, 0, 0.5f), p.arrow_head(-0.5f, 0, -1, 0, 0.5f);
            break;
        case Icon::windows:
            p.box(-0.8f, -0.8f, 0.8f, 0.8f), p.list.AddRectFilled(p.at(-0.8f, -0.8f), p.at(0.25f, 0.25f), p.color, 1);
            break;
        case Icon::products:
            for (float y : {-0.6f, 0.0f, 0.6f})
                for (float x : {-0.6f, 0.0f, 0.6f}) p.dot(x, y, x == 0 && y == 0 ? 0.28f : 0.15f);
            break;
        default:
            break;
    }
}

void draw_document_icon(const Pen& p, Icon icon) {
    switch (icon) {
        case Icon::undo:
            p.arc(0.1f, 0.2f, 0.6f, -0.75f * pi, 0.55f * pi), p.arrow_head(-0.38f, -0.15f, -0.6f, 0.8f, 0.5f);
            break;
        case Icon::redo:
            p.arc(-0.1f, 0.2f, 0.6f, 0.45f * pi, 1.75f * pi), p.arrow_head(0.38f, -0.15f, 0.6f, 0.8f, 0.5f);
            break;
        case Icon::open:
            p.line({{-0.9f, 0.7f}, {-0.9f, -0.65f}, {-0.3f, -0.65f}, {-0.1f, -0.4f}, {0.75f, -0.4f}, {0.75f, -0.1f}}),
                p.line({{-0.9f, 0.7f}, {-0.6f, -0.1f}, {0.98f, -0.1f}, {0.7f, 0.7f}}, true);
            break;
        case Icon::save:
            p.line({{0, -0.9f}, {0, 0.25f}}), p.arrow_head(0, 0, 0, 1, 0.45f),
                p.line({{-0.8f, 0.35f}, {-0.8f, 0.8f}, {0.8f, 0.8f}, {0.8f, 0.35f}});
            break;
        case Icon::share:
            p.line({{0, 0.35f}, {0, -0.6f}}), p.arrow_head(0, -0.5f, 0, -1, 0.45f),
                p.line({{-0.8f, 0.1f}, {-0.8f, 0.8f}, {0.8f, 0.8f}, {0.8f, 0.1f}});
            break;
        case Icon::present:
            for (float x : {-1.0f, 1.0f})
                for (float y : {-1.0f, 1.0f})
                    p.line({{0.35f * x, 0.75f * y}, {0.8f * x, 0.75f * y}, {0.8f * x, 0.3f * y}});
            break;
        case Icon::gallery:
            p.box(-0.9f, -0.75f, 0.9f, 0.75f), p.line({{-0.25f, -0.75f}, {-0.25f, 0.75f}}),
                p.dot(-0.58f, -0.35f, 0.13f), p.dot(-0.58f, 0.05f, 0.13f);
            break;
        case Icon::inspector:
            p.box(-0.9f, -0.75f, 0.9f, 0.75f), p.line({{0.25f, -0.75f}, {0.25f, 0.75f}}), p.dot(0.58f, -0.35f, 0.13f),
                p.dot(0.58f, 0.05f, 0.13f);
            break;
        case Icon::settings:
            for (float y : {-0.55f, 0.55f}) p.line({{-0.9f, y}, {0.9f, y}});
            p.line({{-0.9f, 0}, {0.9f, 0}}), p.dot(-0.35f, -0.55f, 0.27f), p.dot(0.4f, 0, 0.27f),
                p.dot(-0.1f, 0.55f, 0.27f);
            break;
        default:
            break;
    }
}

void draw_small_icon(const Pen& p, Icon icon) {
    switch (icon) {
        case Icon::lock:
            p.list.AddRectFilled(p.at(-0.65f, -0.1f), p.at(0.65f, 0.85f), p.color, 2), p.arc(0, -0.1f, 0.42f, -pi, 0);
            break;
        case Icon::unlock:
            p.box(-0.65f, -0.1f, 0.65f, 0.85f), p.arc(0.42f, -0.25f, 0.42f, -pi, -0.1f * pi);
            break;
        case Icon::fit:
            p.box(-0.85f, -0.65f, 0.85f, 0.65f),
                p.list.AddRectFilled(p.at(-0.45f, -0.3f), p.at(0.45f, 0.3f), p.color, 1);
            break;
        case Icon::down:
            p.line({{-0.55f, -0.25f}, {0, 0.35f}, {0.55f, -0.25f}});
            break;
        case Icon::right:
            p.line({{-0.25f, -0.55f}, {0.35f, 0}, {-0.25f, 0.55f}});
            break;
        case Icon::close:
            p.line({{-0.6f, -0.6f}, {0.6f, 0.6f}}), p.line({{-0.6f, 0.6f}, {0.6f, -0.6f}});
            break;
        case Icon::tour:  // an open book
            p.line({{0, -0.55f}, {0, 0.8f}});
            p.line({{0, -0.55f}, {-0.35f, -0.75f}, {-0.95f, -0.7f}, {-0.95f, 0.6f}, {-0.35f, 0.58f}, {0, 0.8f}});
            p.line({{0, -0.55f}, {0.35f, -0.75f}, {0.95f, -0.7f}, {0.95f, 0.6f}, {0.35f, 0.58f}, {0, 0.8f}});
            break;
        case Icon::help:
            p.arc(0, -0.35f, 0.48f, -1.05f * pi, 0.35f * pi);
            p.line({{0.18f, 0.02f}, {0, 0.2f}, {0, 0.42f}});
            p.dot(0, 0.8f, 0.16f);
            break;
        default:
            break;
    }
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 middle, float r, ImU32 color) {
    const Pen pen{
        list, {std::round(middle.x) + 0.5f, std::round(middle.y) + 0.5f}, r, color, std::fmax(1.5f, r * 0.2f)};
    draw_timeline_icon(pen, icon);
    draw_document_icon(pen, icon);
    draw_small_icon(pen, icon);
}

}  // namespace convloom::gui
