#include "app/cli/filter/filter_stack.hpp"

#include <fmt/format.h>

#include "app/cli/base/options.hpp"
#include "app/files/files.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/filter_words.hpp"

namespace convloom::cli {
namespace {

// A pass from --kernel: weights as text, or a file of them.
image::Pass own_pass(const std::string& text, const image::PassOptions& options, const image::Laying& laying) {
    const bool file = text.ends_with(".json") || text.ends_with(".txt") || text.ends_with(".csv");
    return {std::string(image::own_kernel_name),
            {},
            state::read_kernels(file ? files::read(text, files::Content::text, files::largest_kernel) : text, laying),
            options,
            true};
}

// A named filter's kernel that is rotated or has another origin becomes a custom one.
void lay_anew(image::Pass& pass, const image::Laying& laying) {
    if (!laying.flip && !laying.origin) return;
    const std::string fault = fault_of(pass, 3);
    if (!fault.empty()) throw Error(fault);
    const image::PassKernels laid = kernels_of(pass);
    if (laid.kind != image::Kind::one_kernel)
        throw Error(fmt::format("{}: --flip and --origin are for filters of one kernel.", pass.filter));
    pass.filter = image::own_kernel_name;
    pass.parameters.clear();
    for (const image::Kernel& kernel : laid.kernels) {
        state::check_origin(laying, kernel.side, kernel.side);
        pass.own.push_back(image::kernel_of_table(kernel.side, kernel.side, kernel.weights, laying));
    }
}

}  // namespace

void add_stack_options(CLI::App& command, StackWords& words) {
    // Each takes one argument, so that photos may follow it.
    command
        .add_option("--filter", words.filters,
                    "a filter's name, such as gaussian or gaussian:sigma=2; several make a stack")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command
        .add_option("--kernel", words.kernels,
                    "weights such as \"0 -1 0; -1 5 -1; 0 -1 0\", three kernels for R | G | B, or a .json file of them")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--padding-mode", words.padding_mode, "of a photo: " + padding_mode_help())
        ->default_str("reflect");
    command.parse_complete_callback([&command, &words] {
        for (const CLI::Option* option : command.parse_order())
            if (const std::string name = option->get_name(); name == "--filter" || name == "--kernel")
                words.is_kernel.push_back(name == "--kernel");
    });
}

image::Stack stack_of(const StackWords& words, image::PassOptions options, const image::Laying& laying) {
    options.padding = asked_padding(words.padding_mode.empty() ? "reflect" : words.padding_mode).mode;
    image::Stack stack;
    std::size_t filters = 0, kernels = 0;
    for (bool is_kernel : words.is_kernel) {
        if (is_kernel) {
            stack.push_back(own_pass(words.kernels[kernels++], options, laying));
        } else {
            stack.push_back(state::read_filter(words.filters[filters++], options));
            lay_anew(stack.back(), laying);
        }
    }
    return stack;
}

}  // namespace convloom::cli
