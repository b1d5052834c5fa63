// What of the window has to be painted anew, where the framebuffer still holds the frame before.
//
// A step changes a few cells and the timeline's thumb, a slide only what marks the window; all else stays as it is, so
// that software OpenGL has little to do. It compares this frame's Scene and ImGui's draw lists with the last ones and
// gives boxes of pixels; whoever paints does so once for each box and clips to it.
#pragma once
#include <imgui.h>

#include <optional>
#include <string>
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::gui {

// Counted from the upper left corner.
struct PixelBox {
    int x = 0, y = 0, width = 0, height = 0;
    bool empty() const { return width <= 0 || height <= 0; }
    friend bool operator==(const PixelBox&, const PixelBox&) = default;
};
PixelBox shared(const PixelBox& a, const PixelBox& b);
PixelBox around(const PixelBox& a, const PixelBox& b);

// What one frame shows.
struct Shown {
    const scene::Scene& scene;
    scene::Affine page_to_pixels;
    PixelBox canvas;  // that the Scene is clipped to
    const ImDrawData& interface;
    int width = 0, height = 0;  // of the framebuffer
};

class Repaint {
  public:
    // Where the frame differs from the one given before; of the first, the whole framebuffer.
    std::vector<PixelBox> boxes(const Shown& shown);
    // The framebuffer holds something else, or a texture was painted into.
    void forget() { last_.reset(); }

  private:
    struct List {
        std::string owner;
        std::vector<ImDrawCmd> commands;
        std::vector<ImDrawIdx> indices;
        std::vector<ImDrawVert> vertices;
    };
    struct Frame {
        scene::Scene scene;
        scene::Affine page_to_pixels;
        PixelBox canvas;
        int width = 0, height = 0;
        std::vector<List> lists;
    };
    bool is_like_last(const Shown& shown) const;
    static void keep(List& list, const ImDrawList& drawn);

    std::optional<Frame> last_;
};

// ImGui's draw data clipped to a box for as long as this lives; draw data() meanwhile.
class ClippedDrawData {
  public:
    ClippedDrawData(ImDrawData& all, const PixelBox& box);
    ~ClippedDrawData();
    ClippedDrawData(const ClippedDrawData&) = delete;
    ClippedDrawData& operator=(const ClippedDrawData&) = delete;
    ImDrawData* data() { return &part_; }

  private:
    ImDrawData part_;
    std::vector<ImDrawList*> lists_;
    std::vector<std::pair<ImDrawCmd*, ImVec4>> clips_;
};

}  // namespace convloom::gui
