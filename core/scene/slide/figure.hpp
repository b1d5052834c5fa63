// A figure as a part of a page: without its own header, scaled as a whole, its labels enlarged where there is room.
#pragma once
#include <functional>
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// Without the texts of these marks in the header.
Scene without_marks(Scene figure, const std::function<bool(Mark)>& is_left_out);
// Without its whole header.
Scene without_head(Scene figure);
// The text of the header with this mark; empty if there is none.
std::string head_text(const Scene& figure, Mark mark);
// The same with all its lines, where a narrow page has broken it.
std::string whole_head_text(const Scene& figure, Mark mark);

// The figure's planes with `box` of its page fitted into `place`, at most `largest` times as large, including lines
// and corners. Strong lines become thinner only by the root of that, so that a small window is still seen.
void fit_figure(Scene& figure, const Rect& box, const Rect& place, double largest, bool strong_lines = false);

}  // namespace convloom::scene
