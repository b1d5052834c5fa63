#include "app/gui/export/export_preview.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/opengl/scene_texture.hpp"

namespace convloom::gui {
namespace {

// Cropping examines this many frames; all of them would block the window.
constexpr std::size_t most_looked_at = 12;

// The background for transparent pictures.
scene::Scene checkers(int width, int height, int cell, bool on_dark) {
    const int rows = height / cell + 1, columns = width / cell + 1;
    const std::vector<scene::Color> light{{255, 255, 255, 255}, {224, 226, 230, 255}},
        dark{{38, 42, 48, 255}, {56, 61, 69, 255}};
    scene::Field field{"checkers", {}, static_cast<double>(cell), rows, columns, on_dark ? dark : light, {}, {}};
    for (int n = 0; n < rows * columns; ++n)
        field.cells.push_back(static_cast<std::uint8_t>((n / columns + n % columns) % 2));
    return {
        static_cast<double>(width), static_cast<double>(height), "", {255, 255, 255, 255}, {{"checkers", {}, {field}}}};
}

// The step that the window shows, else one in the middle.
int first_looked_at(const state::State& state, const exporting::ExportOptions& options, std::size_t frames) {
    const std::size_t most = std::min(frames, exporting::most_frames);
    if (most < 2) return 0;
    arith::Index before = 0;  // frames
    if (!options.taps && options.columns == 0)
        for (const exporting::Range& run : exporting::steps_of(state, options).runs) {
            if (state.moment.step >= run.first && state.moment.step <= run.last)
                return static_cast<int>(std::min<arith::Index>(before + state.moment.step - run.first,
                                                               static_cast<arith::Index>(most) - 1));
            before += run.last - run.first + 1;
        }
    return static_cast<int>(most / 2);
}

}  // namespace

ExportPreview::~ExportPreview() {
    if (texture_) glDeleteTextures(1, &texture_);
}

void ExportPreview::show(const state::State& state, const exporting::ExportOptions& options, std::size_t frames) {
    state_ = state;
    options_ = options;
    if (frames != frames_) frame_ = first_looked_at(state, options, frames);
    frames_ = frames;
    compose();
}

void ExportPreview::compose() {
    std::vector<scene::Moment> moments;
    const std::size_t a_page = options_.steps_a_page(), first = static_cast<std::size_t>(frame_) * a_page,
                      all = a_page == 1
                                ? first + 1
                                : exporting::moment_count(state_, exporting::steps_of(state_, options_), options_.taps);
    for (std::size_t n = first; n < std::min(first + a_page, all); ++n)
        moments.push_back(exporting::moment_at(state_, options_, n));
    const std::size_t looks = options_.crop && a_page == 1 ? std::min(frames_, most_looked_at) : 0;
    for (std::size_t n = 0; n < looks; ++n)
        moments.push_back(
            exporting::moment_at(state_, options_, n * (frames_ - 1) / std::max<std::size_t>(1, looks - 1)));
    is_stale_ = true;
    try {
        exporting::Shots shots(state_, std::move(moments), options_.frame, options_);
        scene_ = shots.scene(0);
        frame_width_ = shots.options().width;
        frame_height_ = shots.options().height;
    } catch (const Error& error) {  // what only the picture shows, such as a note's cell that the view leaves out
        scene_ = compose_message(error.what(), view_options_of(state_));
        frame_width_ = options_.frame.width;
        frame_height_ = options_.frame.height;
    }
}

void ExportPreview::draw(const Style& style, const scene::Theme& theme, ImVec2 room) {
    const float slider = frames_ > 1 ? ImGui::GetFrameHeightWithSpacing() : 0,
                dense = ImGui::GetIO().DisplayFramebufferScale.x;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float high_room = room.y - slider, scale = std::min(room.x / static_cast<float>(frame_width_),
                                                              high_room / static_cast<float>(frame_height_));
    const ImVec2 size{std::max(8.f, std::floor(static_cast<float>(frame_width_) * scale)),
                      std::max(8.f, std::floor(static_cast<float>(frame_height_) * scale))};
    const int width = static_cast<int>(size.x * dense), height = static_cast<int>(size.y * dense);
    if (width != width_ || height != height_) width_ = width, height_ = height, is_stale_ = true;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 from{std::floor(at.x + (room.x - size.x) / 2), std::floor(at.y + (high_room - size.y) / 2)},
        to{from.x + size.x, from.y + size.y};
    list.AddRectFilled(at, {at.x + room.x, at.y + high_room}, ImGui::GetColorU32(ImGuiCol_FrameBg),
                       corner * style.scale);
    if (texture_)
        list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(texture_)), from, to, {0, 1}, {1, 0});
    list.AddRect(from, to, u32(theme.hairline), 0, 0, style.scale);
    ImGui::Dummy({room.x, high_room});
    note_box("export preview", from.x, from.y, size.x, size.y);
    if (frames_ < 2) return;
    const std::string words = tf("frame {} of {}", frame_ + 1, frames_);
    ImGui::SetNextItemWidth(room.x - ImGui::CalcTextSize(tf("frame {} of {}", frames_, frames_).c_str()).x -
                            2 * unit * style.scale);
    const int last = static_cast<int>(std::min(frames_, exporting::most_frames)) - 1;
    int shown = frame_ + 1;
    bool moved =
        ImGui::SliderInt("##frame", &shown, 1, last + 1, "", ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
    note_place("export frame", ControlKind::slider);
    if (const int by = nudged(); by != 0) shown = std::clamp(shown + by, 1, last + 1), moved = true;
    if (moved) {
        frame_ = shown - 1;
        compose();
    }
    ImGui::SameLine(0, 2 * unit * style.scale);
    ImGui::TextUnformatted(words.c_str());
}

void ExportPreview::paint(GlPainter& painter) {
    if (!is_stale_ || width_ == 0) return;
    is_stale_ = false;
    std::vector<const scene::Scene*> scenes{&scene_};
    scene::Scene board;
    if (options_.frame.transparent) {
        board = checkers(width_, height_, 12, scene_.background.g < 128);
        scenes.insert(scenes.begin(), &board);
    }
    paint_texture(painter, scenes, texture_, width_, height_);
}

}  // namespace convloom::gui
