// convloom list: the presets, one line each.
#include <fmt/format.h>

#include <algorithm>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::cli {
namespace {

// "3×7×7 to 128×5×5", of the whole chain.
std::string shapes(const state::State& state) {
    return fmt::format("{} to {}", arith::to_text(arith::input_shape(chain_of(state))),
                       arith::to_text(arith::output_shape(chain_of(state))));
}

int list() {
    std::size_t widest = 0;
    for (const std::string& name : state::preset_names()) widest = std::max(widest, name.size());
    for (const std::string& name : state::preset_names()) {
        const state::State state = state::preset(name);
        // The × of a shape has two bytes but one column; fmt counts it correctly as one.
        print("{:{}}  {:<20}  {:<40}  {}\n", name, widest, shapes(state),
              scene::parameters_text(state.layer(), scene::letters_form), state.title);
    }
    return done;
}

}  // namespace

void add_list(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("list", "List the presets with their sizes");
    command->footer("Example:\n  convloom list | grep transposed");
    command->callback([&run] { run = list; });
}

}  // namespace convloom::cli
