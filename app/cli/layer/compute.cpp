// convloom compute FILE: the outputs of a file of cases, one JSON object per line.
#include <nlohmann/json.hpp>

#include "app/cli/base/json_text.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/layer/cases_file.hpp"
#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::cli {
namespace {

void add_output(fmt::memory_buffer& out, const state::Case& c) {
    arith::Shape shape = arith::output_shape(c.layer);
    shape.insert(shape.begin(), c.samples);
    fmt::format_to(std::back_inserter(out), R"("output_shape":[{}],"output":)", fmt::join(shape, ","));
    std::vector<float> values;
    for (const auto& input : c.inputs) {
        const arith::Tensor output = arith::fast(c.layer, *input, *c.weight, c.bias.get(), {}, c.sides);
        values.insert(values.end(), output.values.begin(), output.values.end());
    }
    add_numbers(out, values);
}

int compute(const std::string& file) {
    const std::vector<state::Case> cases = read_cases_file(file);
    fmt::memory_buffer out;
    bool all_ran = true;
    Progress progress("cases");
    long long number = 0;
    for (const state::Case& c : cases) {
        progress.at(number++, static_cast<long long>(cases.size()));
        fmt::format_to(std::back_inserter(out), R"({{"name":{},)", nlohmann::json(c.name).dump());
        if (c.error.empty())
            add_output(out, c);
        else
            fmt::format_to(std::back_inserter(out), R"("error":{})", nlohmann::json(c.error).dump());
        all_ran &= c.error.empty();
        fmt::format_to(std::back_inserter(out), "}}\n");
        flush(out);
    }
    return all_ran ? done : failed;
}

}  // namespace

void add_compute(CLI::App& app, Run& run) {
    auto file = std::make_shared<std::string>();
    CLI::App* command =
        app.add_subcommand("compute", "Compute the outputs of a file of cases, one JSON object per line");
    command->add_option("file", *file, "a file of cases; - for standard input")->required();
    command->footer(
        "The file has the format of tests/conformance. The exit status is 0 when every case ran, 1 when\none did not, "
        "2 for a file in another format.\n\nExample:\n  convloom compute tests/conformance/conv_2d.json");
    command->callback([file, &run] { run = [file] { return compute(*file); }; });
}

}  // namespace convloom::cli
