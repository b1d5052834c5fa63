// Writes all shots into one file. Shared by exporting and by estimating the size; internal to this folder.
#pragma once
#include "app/exporting/export.hpp"
#include "core/scene/page/frames.hpp"

namespace convloom::exporting {

std::vector<scene::Moment> moments_of(const state::State& state, const ExportOptions& options);

// For an animation; valid as long as the shots.
scene::Frames frames_of(Shots& shots, const ExportOptions& options);
// For a format with pages, or an animation that no other program encodes.
std::string one_file(Shots& shots, const state::State& state, const ExportOptions& options);

}  // namespace convloom::exporting
