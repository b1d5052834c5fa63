#include <algorithm>

#include "app/exporting/export.hpp"
#include "app/exporting/one_file.hpp"
#include "app/files/files.hpp"
#include "app/files/replacement.hpp"

namespace convloom::exporting {
namespace {

constexpr std::size_t most_samples = 4;

double bytes_of(const state::State& state, const std::vector<scene::Moment>& moments, const ExportOptions& options,
                const GoOn& go_on) {
    Shots shots(state, moments, options.frame, options, go_on);
    const Format& format = *options.format;
    if (const auto* movie = std::get_if<MovieWriter>(&format.writer)) {
        const files::Replacement file(files::fs::temp_directory_path() / "convloom-estimate", format.ending);
        (*movie)(file.beside(), frames_of(shots, options));
        return static_cast<double>(files::fs::file_size(file.beside()));
    }
    if (is_one_file(format)) return static_cast<double>(one_file(shots, state, options).size());
    return static_cast<double>(frame(format, shots.scene(0), shots.options()).size());
}

}  // namespace

double estimated_bytes(const state::State& state, const ExportOptions& options, const GoOn& go_on) {
    const std::vector<scene::Moment> all = moments_of(state, options);
    if (options.columns > 0) {  // a page stands for all
        const std::size_t page = options.steps_a_page(), pages = (all.size() + page - 1) / page;
        const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(page, all.size()));
        return static_cast<double>(pages) * bytes_of(state, {all.begin(), end}, options, go_on);
    }
    const auto count = static_cast<double>(all.size());
    if (!is_one_file(*options.format)) return count * bytes_of(state, {all[all.size() / 2]}, options, go_on);
    // The size of one frame, and of each further one.
    const std::size_t samples = std::min(all.size(), most_samples);
    const auto from = all.begin() + static_cast<std::ptrdiff_t>((all.size() - samples) / 2);
    const double one = bytes_of(state, {*from}, options, go_on);
    if (samples == 1) return one;
    const double several = bytes_of(state, {from, from + static_cast<std::ptrdiff_t>(samples)}, options, go_on);
    return one + std::max(0.0, several - one) / static_cast<double>(samples - 1) * (count - 1);
}

}  // namespace convloom::exporting
