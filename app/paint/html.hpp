// Scenes -> one page of HTML that steps through them: the first as SVG, of the others only what differs.
//
// The page needs nothing beside it: its script and style are inside, and it asks for nothing from anywhere. Without
// scripts it shows the first step. The same scenes give the same bytes.
#pragma once
#include <functional>
#include <string>

#include "core/scene/page/scene.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::paint {

struct HtmlOptions {
    int width = 1920, height = 1080;  // the form of the figure; its size is the reader's window
    double per_second = 1.5;          // steps, while it plays
    scene::Language language = scene::Language::english;
    std::string title;  // of the page
};

// The largest page, in bytes; larger ones throw an Error that names the step at which it was reached.
constexpr std::size_t largest_html = std::size_t{50} << 20;

std::string to_html(std::size_t count, const std::function<scene::Scene(std::size_t)>& scene_at,
                    const HtmlOptions& options);

}  // namespace convloom::paint
