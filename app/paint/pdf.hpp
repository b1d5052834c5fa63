// Scenes -> PDF, drawn by Cairo: vector lines and shapes, text in the embedded fonts, one page per scene. The same
// scenes give the same bytes.
#pragma once
#include <functional>
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::paint {

struct PdfOptions {
    double width_pt = 720, height_pt = 405;  // ten inches wide, the shape of a slide
    bool transparent = false;
    std::string title;  // of the document; the first page's if it is empty
};

// Requests the pages one after the other; at least one.
std::string to_pdf(std::size_t pages, const std::function<scene::Scene(std::size_t)>& page,
                   const PdfOptions& options = {});

}  // namespace convloom::paint
