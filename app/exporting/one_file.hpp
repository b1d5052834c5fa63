// Shots -> one file of all of them. What writing a file and estimating its size have in common; not for others.
#pragma once
#include "app/exporting/export.hpp"
#include "core/scene/page/frames.hpp"

namespace convloom::exporting {

std::vector<scene::Moment> moments_of(const state::State& state, const ExportOptions& options);

// For an animation; they live as long as the shots.
scene::Frames frames_of(Shots& shots, const ExportOptions& options);
// Of a format with pages, or an animation that is not made by another program.
std::string one_file(Shots& shots, const state::State& state, const ExportOptions& options);

}  // namespace convloom::exporting
