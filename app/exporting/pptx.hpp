// Scenes -> a presentation for PowerPoint, Impress and Keynote (.pptx, Office Open XML): one slide per scene, with
// native shapes, the heading as the slide's title, alternative text, and speaker's notes. The same scenes give the same
// bytes.
#pragma once
#include <functional>
#include <string>

#include "app/exporting/formats.hpp"
#include "app/paint/frame.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::exporting {

// The slides have the frame's shape. If options.animated is not 0, there is one slide with all pages as a GIF.
std::string to_pptx(std::size_t pages, const std::function<DeckPage(std::size_t)>& page,
                    const paint::FrameOptions& options, const std::string& title);

// With the sums that the scenes write out as notes.
std::string write_pptx(std::size_t pages, const std::function<scene::Scene(std::size_t)>& page,
                       const paint::FrameOptions& options, const std::string& title);

}  // namespace convloom::exporting
