// convloom compare: two layers on the same data, as text, as JSON, or as pictures of the compare view.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/export/export_shots.hpp"
#include "core/arith/compute/fast.hpp"
#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/compare/why_different.hpp"
#include "core/scene/pointing/cell_facts.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::cli {
namespace {

using arith::Index;
using Json = nlohmann::ordered_json;

struct CompareWords {
    ExportWords shown;
    bool json = false;
};

// The outputs of both layers, cell by cell.
struct Outputs {
    arith::Recording a, b;
    arith::Tensor of_a, of_b;
    Index cells = 0, differing = 0;      // of the cells of either output
    std::optional<Index> first_channel;  // of the first one that differs
    arith::Cell first{};
    std::optional<Index> step_of_a, step_of_b;  // where the output has that cell

    explicit Outputs(const state::State& state)
        : a(state::recording_of(shown_alone(state))),
          b(state::compared_recording(state, stage_input(state, state.shown))),
          of_a(arith::fast(a.layer(), a.input(), a.weight(), a.bias())),
          of_b(arith::fast(b.layer(), b.input(), b.weight(), b.bias())) {
        // The cells of the box around both outputs.
        const arith::Extents in_a(a.layer()), in_b(b.layer());
        arith::Cell extents{};
        Index count = std::max(a.layer().out_channels, b.layer().out_channels);
        const Index channels = count;
        const int rank = a.layer().rank();
        for (int n = 0; n < rank; ++n) {
            const auto axis = static_cast<std::size_t>(n);
            extents[axis] = std::max(in_a.out[axis], in_b.out[axis]);
            count *= extents[axis];
        }
        const Index volume = count / channels;
        for (Index n = 0; n < count; ++n) look_at(n / volume, arith::cell_at(n % volume, extents, rank));
    }

  private:
    static state::State shown_alone(state::State state) {
        state.view = scene::View::flat;
        return state;
    }
    static std::optional<Index> step_of(const arith::Recording& r, Index channel, const arith::Cell& cell) {
        if (channel >= r.layer().out_channels) return std::nullopt;
        for (int n = 0; n < r.layer().rank(); ++n)
            if (cell[static_cast<std::size_t>(n)] >= arith::output_size(r.layer(), n)) return std::nullopt;
        return r.step_at(channel, cell);
    }
    void look_at(Index channel, const arith::Cell& cell) {
        const auto in_a = step_of(a, channel, cell), in_b = step_of(b, channel, cell);
        if (!in_a && !in_b) return;
        ++cells;
        // Steps are numbered in the order of the output's cells.
        if (in_a && in_b &&
            !arith::values_differ(of_a.values[static_cast<std::size_t>(*in_a)],
                                  of_b.values[static_cast<std::size_t>(*in_b)]))
            return;
        if (differing++ > 0) return;
        first_channel = channel;
        first = cell;
        step_of_a = in_a;
        step_of_b = in_b;
    }
};

// "3*0 + 3*1 = 3", or the value alone if there are too many products, or that there is no such cell.
std::string sum_of(const arith::Recording& recording, const std::optional<Index>& step) {
    if (!step) return "has no such cell";
    if (const auto text = scene::sum_text(recording, *step)) return *text;
    return scene::number_text(recording.value(recording.step(*step)), 6);
}

std::string text_of(const Outputs& o) {
    const arith::Layer &a = o.a.layer(), &b = o.b.layer();
    std::string out = fmt::format("A: {}\nB: {}\n\n", state::torch_code(a), state::torch_code(b));
    const auto row = [&](std::string_view name, std::string_view of_a, std::string_view of_b) {
        out += fmt::format("  {:<18}{:<24}{}\n", name, of_a, of_b);
    };
    row("", "A", "B");
    row("input", arith::to_text(arith::input_shape(a)), arith::to_text(arith::input_shape(b)));
    for (const arith::SettingPair& pair : arith::differing_settings(a, b)) row(pair.key, pair.a, pair.b);
    row("output", arith::to_text(arith::output_shape(a)), arith::to_text(arith::output_shape(b)));
    out += "\n";
    if (o.differing == 0) {
        out += fmt::format("  The outputs are the same: none of {} differs.\n", arith::counted(o.cells, "cell"));
    } else {
        out += fmt::format("  The outputs differ in {} of {}.\n", o.differing, arith::counted(o.cells, "cell"));
        out += fmt::format("  The first one is channel {}, cell {}:\n", *o.first_channel,
                           scene::cell_text(a.rank(), o.first));
        out += fmt::format("    A: {}\n    B: {}\n", sum_of(o.a, o.step_of_a), sum_of(o.b, o.step_of_b));
    }
    return out + fmt::format("  Why: {}\n", scene::why_different(a, b, scene::Language::english));
}

std::string json_of(const Outputs& o) {
    const arith::Layer &a = o.a.layer(), &b = o.b.layer();
    Json j = {{"a", {{"code", state::torch_code(a)}, {"output", arith::output_shape(a)}}},
              {"b", {{"code", state::torch_code(b)}, {"output", arith::output_shape(b)}}},
              {"input", arith::input_shape(a)},
              {"same", o.differing == 0},
              {"cells", o.cells},
              {"differing", o.differing},
              {"settings", Json::array()}};
    for (const arith::SettingPair& pair : arith::differing_settings(a, b))
        j["settings"].push_back({{"name", pair.key}, {"a", pair.a}, {"b", pair.b}});
    if (o.first_channel) {
        Json cell = Json::array();
        for (int n = 0; n < a.rank(); ++n) cell.push_back(o.first[static_cast<std::size_t>(n)]);
        const auto value = [](const arith::Recording& r, const std::optional<Index>& step) {
            return step ? Json(r.value(r.step(*step))) : Json();
        };
        j["first"] = {{"channel", *o.first_channel},
                      {"cell", cell},
                      {"a", value(o.a, o.step_of_a)},
                      {"b", value(o.b, o.step_of_b)}};
    }
    j["why"] = scene::why_different(a, b, scene::Language::english);
    return j.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

int compare(CompareWords words) {
    ExportWords& shown = words.shown;
    const bool other_alone = shown.compare.empty() && !(shown.preset.empty() && shown.state_file.empty());
    if (other_alone) std::swap(shown.compare, shown.layers);  // `compare --preset NAME same_lower`
    if (shown.layers.empty() && shown.preset.empty() && shown.state_file.empty())
        throw Error("Give two layers and --input, or --preset or --state and the other layer with --compare.");
    if (!shown.view.empty() && shown.view != "compare")
        throw Error(fmt::format("--view {}: `convloom compare` shows the compare view.", shown.view));
    if (!shown.output.empty()) {
        shown.view = "compare";
        return export_one(shown);
    }
    shown.unlimited_compare = true;
    const Outputs outputs(export_state(shown));
    fmt::memory_buffer out;
    out.append(words.json ? json_of(outputs) : text_of(outputs));
    flush(out);
    return done;
}

}  // namespace

void add_compare(CLI::App& app, Run& run) {
    auto words = std::make_shared<CompareWords>();
    CLI::App* command = app.add_subcommand("compare", "Compare two layers on the same data");
    add_state_options(*command, words->shown);
    command->add_option("other", words->shown.compare,
                        "the other layer: PyTorch code, or a convention by which it differs, such as same_lower");
    command->add_flag("--json", words->json, "as JSON");
    add_frame_options(*command, words->shown);
    command->add_option("-o,--output", words->shown.output, "write pictures of the compare view, as `convloom export`");
    command->footer(
        "The exit status is 0 whether the outputs are the same or differ; --json has \"same\".\n\n"
        "Examples:\n"
        "  convloom compare \"nn.Conv2d(1, 1, 2)  # padding 0+1 0+1\" \"nn.Conv2d(1, 1, 2)  # padding 1+0 1+0\" "
        "--input 1x5x5\n"
        "  convloom compare \"nn.MaxPool2d(3, 2)\" ceil_mode --input 1x6x6\n"
        "  convloom compare \"nn.Conv2d(1, 1, 3, padding=1)\" reflect --input 1x5x5 -o reflect.png --steps 0");
    command->callback([words, &run] { run = [words] { return compare(*words); }; });
}

}  // namespace convloom::cli
