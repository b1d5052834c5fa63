#include "app/gui/export/export_job.hpp"

namespace convloom::gui {

std::unique_ptr<Job> export_job(const std::string& name, const state::State& state,
                                const exporting::ExportOptions& options, std::function<void()> wake) {
    return std::make_unique<Job>(
        [name, state, options](const exporting::GoOn& go_on) {
            const exporting::Written written = exporting::write(name, state, options, go_on);
            std::error_code ec;
            const auto bytes = std::filesystem::file_size(written.first, ec);
            return exported(written, ec ? std::nullopt : std::optional(static_cast<double>(bytes)));
        },
        std::move(wake));
}

}  // namespace convloom::gui
