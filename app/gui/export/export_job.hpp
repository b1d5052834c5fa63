// An export beside the window: on a desktop in a thread. In a browser the same program does it in a Worker, so that the
// page stays usable, and Cancel ends the Worker at once.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/exporting/export.hpp"
#include "app/gui/desk/job.hpp"

namespace convloom::gui {

// `name` may be numbered as in files::Sequence.
std::unique_ptr<Job> export_job(const std::string& name, const state::State& state,
                                const exporting::ExportOptions& options, std::function<void()> wake);

// The message about the files that were written. The size is that of a single file, or empty if unknown.
Job::Ended exported(const exporting::Written& written, std::optional<double> bytes);

}  // namespace convloom::gui
