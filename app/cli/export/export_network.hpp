// The picture of a whole network for export and scene: model.onnx without a node and without an input for it.
#pragma once
#include <CLI/CLI.hpp>

#include "app/cli/export/export_shots.hpp"

namespace convloom::cli {

// --expand and --apart.
void add_network_picture_options(CLI::App& command, ExportWords& words);

// Whether the picture of a network is asked for. Throws an Error if options were given that only go with it, or that do
// not.
bool asks_network_picture(const ExportWords& words);
scene::Scene network_picture(const ExportWords& words);
// Writes it, and says where on standard output; the exit status.
int export_network_picture(const ExportWords& words);

}  // namespace convloom::cli
