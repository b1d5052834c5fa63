#include "app/gui/shell/repaint.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/differences.hpp"

namespace convloom::gui {
namespace {

// Margin around an item's box: the soft edge that the shaders draw, and rounding.
constexpr int soft_px = 2;
constexpr std::size_t most_boxes = 6;
// Two boxes are merged if their union covers little more than both.
constexpr double worth_joining = 1.3;

double area(const PixelBox& box) {
    return static_cast<double>(box.width) * box.height;
}

PixelBox box_of(double left, double top, double right, double bottom) {
    const int x = static_cast<int>(std::floor(left)), y = static_cast<int>(std::floor(top));
    return {x, y, static_cast<int>(std::ceil(right)) - x, static_cast<int>(std::ceil(bottom)) - y};
}

void join(std::vector<PixelBox>& boxes) {
    const auto cost = [](const PixelBox& a, const PixelBox& b) { return area(around(a, b)) - area(a) - area(b); };
    for (bool joined = true; joined && boxes.size() > 1;) {
        joined = false;
        std::size_t one = 0, other = 1;
        for (std::size_t a = 0; a < boxes.size(); ++a)
            for (std::size_t b = a + 1; b < boxes.size(); ++b)
                if (cost(boxes[a], boxes[b]) < cost(boxes[one], boxes[other])) one = a, other = b;
        const PixelBox both = around(boxes[one], boxes[other]);
        if (boxes.size() <= most_boxes && area(both) > worth_joining * (area(boxes[one]) + area(boxes[other]))) break;
        boxes[one] = both;
        boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(other));
        joined = true;
    }
}

// Rounded to whole pixels as the backend does.
PixelBox clip_of(const ImDrawCmd& command, const ImDrawData& data) {
    const ImVec2 at = data.DisplayPos, dense = data.FramebufferScale;
    const float high = data.DisplaySize.y * dense.y;
    const float left = (command.ClipRect.x - at.x) * dense.x, top = (command.ClipRect.y - at.y) * dense.y,
                right = (command.ClipRect.z - at.x) * dense.x, bottom = (command.ClipRect.w - at.y) * dense.y;
    const int low = static_cast<int>(high - bottom), tall = static_cast<int>(bottom - top);
    return {static_cast<int>(left), static_cast<int>(high) - low - tall, static_cast<int>(right - left), tall};
}

// The area of a draw list, or only of the triangles that differ from another list of the same structure.
PixelBox reach(const std::vector<ImDrawCmd>& commands, const std::vector<ImDrawIdx>& indices,
               const std::vector<ImDrawVert>& vertices, const ImDrawData& data, const std::vector<ImDrawVert>* other) {
    const auto differs = [&](std::size_t n) {
        return std::memcmp(&vertices[n], &(*other)[n], sizeof(ImDrawVert)) != 0;
    };
    PixelBox all;
    for (const ImDrawCmd& command : commands) {
        float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;
        for (unsigned n = 0; n + 2 < command.ElemCount; n += 3) {
            std::size_t corners[3];
            for (unsigned c = 0; c < 3; ++c) corners[c] = command.VtxOffset + indices[command.IdxOffset + n + c];
            if (other && std::none_of(corners, corners + 3, differs)) continue;
            for (const std::size_t at : corners) {
                const ImVec2 p = vertices[at].pos;
                left = std::min(left, p.x), right = std::max(right, p.x);
                top = std::min(top, p.y), bottom = std::max(bottom, p.y);
            }
        }
        if (left > right) continue;
        const ImVec2 at = data.DisplayPos, dense = data.FramebufferScale;
        all = around(all, shared(box_of((left - at.x) * dense.x - 1, (top - at.y) * dense.y - 1,
                                        (right - at.x) * dense.x + 1, (bottom - at.y) * dense.y + 1),
                                 clip_of(command, data)));
    }
    return all;
}

bool same(const ImDrawCmd& a, const ImDrawCmd& b) {
    return std::memcmp(&a.ClipRect, &b.ClipRect, sizeof a.ClipRect) == 0 && a.TextureId == b.TextureId &&
           a.VtxOffset == b.VtxOffset && a.IdxOffset == b.IdxOffset && a.ElemCount == b.ElemCount;
}

template <class Thing, class Other>
bool same_bytes(const std::vector<Thing>& kept, const Other& drawn) {
    return kept.size() == static_cast<std::size_t>(drawn.Size) &&
           std::memcmp(kept.data(), drawn.Data, kept.size() * sizeof(Thing)) == 0;
}

}  // namespace

PixelBox shared(const PixelBox& a, const PixelBox& b) {
    const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
    return {x, y, std::max(0, std::min(a.x + a.width, b.x + b.width) - x),
            std::max(0, std::min(a.y + a.height, b.y + b.height) - y)};
}

PixelBox around(const PixelBox& a, const PixelBox& b) {
    if (a.empty()) return b;
    if (b.empty()) return a;
    const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

bool Repaint::is_like_last(const Shown& shown) const {
    if (!last_ || last_->width != shown.width || last_->height != shown.height || last_->canvas != shown.canvas ||
        last_->scene.background != shown.scene.background ||
        last_->lists.size() != static_cast<std::size_t>(shown.interface.CmdListsCount))
        return false;
    for (int n = 0; n < shown.interface.CmdListsCount; ++n) {
        const char* owner = shown.interface.CmdLists[n]->_OwnerName;
        if (last_->lists[static_cast<std::size_t>(n)].owner != (owner ? owner : "")) return false;
    }
    return true;
}

void Repaint::keep(List& list, const ImDrawList& drawn) {
    list.owner = drawn._OwnerName ? drawn._OwnerName : "";
    list.commands.assign(drawn.CmdBuffer.begin(), drawn.CmdBuffer.end());
    list.indices.assign(drawn.IdxBuffer.begin(), drawn.IdxBuffer.end());
    list.vertices.assign(drawn.VtxBuffer.begin(), drawn.VtxBuffer.end());
}

std::vector<PixelBox> Repaint::boxes(const Shown& shown) {
    const PixelBox whole{0, 0, shown.width, shown.height};
    std::vector<PixelBox> boxes;
    if (!is_like_last(shown)) {
        boxes = {whole};
        last_.emplace();
        last_->lists.resize(static_cast<std::size_t>(shown.interface.CmdListsCount));
        for (int n = 0; n < shown.interface.CmdListsCount; ++n)
            keep(last_->lists[static_cast<std::size_t>(n)], *shown.interface.CmdLists[n]);
    } else {
        const auto add = [&](const PixelBox& box) {
            if (!box.empty()) boxes.push_back(box);
        };
        if (last_->page_to_pixels != shown.page_to_pixels || last_->scene.width != shown.scene.width ||
            last_->scene.height != shown.scene.height)
            add(shown.canvas);
        else
            for (const scene::Rect& r : scene::differences(last_->scene, shown.scene)) {
                const scene::Point from = shown.page_to_pixels({r.x, r.y}),
                                   to = shown.page_to_pixels({r.right(), r.bottom()});
                add(shared(box_of(from.x - soft_px, from.y - soft_px, to.x + soft_px, to.y + soft_px), shown.canvas));
            }
        for (int n = 0; n < shown.interface.CmdListsCount; ++n) {
            List& kept = last_->lists[static_cast<std::size_t>(n)];
            const ImDrawList& drawn = *shown.interface.CmdLists[n];
            const bool same_form = std::equal(kept.commands.begin(), kept.commands.end(), drawn.CmdBuffer.begin(),
                                              drawn.CmdBuffer.end(), same) &&
                                   same_bytes(kept.indices, drawn.IdxBuffer) &&
                                   kept.vertices.size() == static_cast<std::size_t>(drawn.VtxBuffer.Size);
            if (same_form && same_bytes(kept.vertices, drawn.VtxBuffer)) continue;
            const List before = std::move(kept);
            kept = List{};
            keep(kept, drawn);
            add(shared(reach(before.commands, before.indices, before.vertices, shown.interface,
                             same_form ? &kept.vertices : nullptr),
                       whole));
            add(shared(reach(kept.commands, kept.indices, kept.vertices, shown.interface,
                             same_form ? &before.vertices : nullptr),
                       whole));
        }
        join(boxes);
    }
    last_->scene = shown.scene;
    last_->page_to_pixels = shown.page_to_pixels;
    last_->canvas = shown.canvas;
    last_->width = shown.width;
    last_->height = shown.height;
    return boxes;
}

ClippedDrawData::ClippedDrawData(ImDrawData& all, const PixelBox& box) : part_(all) {
    const ImVec2 at = all.DisplayPos, dense = all.FramebufferScale;
    for (int n = 0; n < all.CmdListsCount; ++n) {
        bool seen = false;
        for (ImDrawCmd& command : all.CmdLists[n]->CmdBuffer) {
            clips_.emplace_back(&command, command.ClipRect);
            const PixelBox part = shared(clip_of(command, all), box);
            seen |= !part.empty() && command.ElemCount > 0;
            const auto x = static_cast<float>(part.x), y = static_cast<float>(part.y);
            command.ClipRect = {at.x + x / dense.x, at.y + y / dense.y,
                                at.x + (x + static_cast<float>(part.width)) / dense.x,
                                at.y + (y + static_cast<float>(part.height)) / dense.y};
        }
        if (seen) lists_.push_back(all.CmdLists[n]);
    }
    part_.CmdListsCount = static_cast<int>(lists_.size());
#if IMGUI_VERSION_NUM < 18980
    part_.CmdLists = lists_.data();
#else
    part_.CmdLists.clear();
    for (ImDrawList* list : lists_) part_.CmdLists.push_back(list);
#endif
}

ClippedDrawData::~ClippedDrawData() {
    for (const auto& [command, clip] : clips_) command->ClipRect = clip;
}

}  // namespace convloom::gui
