// The preview of an export: one of its frames as a texture, drawn by the window's own painter, with a slider to choose
// it.
#pragma once
#include <vector>

#include "app/gui/base/style.hpp"
#include "app/gui/export/export_choices.hpp"
#include "app/gui/opengl/gl_painter.hpp"

namespace convloom::gui {

class ExportPreview {
  public:
    ExportPreview() = default;
    // Needs the context in which it was painted.
    ~ExportPreview();
    ExportPreview(const ExportPreview&) = delete;
    ExportPreview& operator=(const ExportPreview&) = delete;

    // For another State, or other options; keeps the frame number as far as possible.
    void show(const state::State& state, const exporting::ExportOptions& options, std::size_t frames);
    // The picture and, where there are several frames, a slider to look through them.
    void draw(const Style& style, const scene::Theme& theme, ImVec2 room);
    void paint(GlPainter& painter);

  private:
    void compose();

    state::State state_;
    exporting::ExportOptions options_;
    std::size_t frames_ = 0;
    int frame_ = 0;
    scene::Scene scene_;
    int frame_width_ = 16, frame_height_ = 9;  // of the exported picture, after cropping
    int width_ = 0, height_ = 0;               // of the texture, in pixels
    unsigned texture_ = 0;
    bool is_stale_ = false;
};

}  // namespace convloom::gui
