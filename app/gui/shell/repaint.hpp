// Finds the parts of the window to repaint if the framebuffer still holds the last frame.
//
// A step changes a few cells and the timeline's thumb, a slide only the markers of the window; everything else stays
// the same, so that software OpenGL has little to do. It compares this frame's Scene and ImGui's draw lists with the
// last ones and returns boxes of pixels; the caller paints once for each box, clipped to it.
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

// The contents of one frame.
struct Shown {
    const scene::Scene& scene;
    scene::Affine page_to_pixels;
    PixelBox canvas;  // that the Scene is clipped to
    const ImDrawData& interface;
    int width = 0, height = 0;  // of the framebuffer
};

class Repaint {
  public:
    // Where the frame differs from the previous one; for the first frame, the whole framebuffer.
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

// Clips ImGui's draw data to a box during its lifetime; draw data() meanwhile.
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
