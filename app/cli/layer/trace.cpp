// convloom trace FILE --case NAME: the recording of one case, every step and every tap, as JSON or CSV.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/base/json_text.hpp"
#include "app/cli/base/steps.hpp"
#include "app/cli/layer/cases_file.hpp"
#include "app/cli/layer/layer_words.hpp"
#include "app/cli/layer/trace_npz.hpp"
#include "app/cli/network/network_door.hpp"
#include "app/files/files.hpp"
#include "app/files/link.hpp"
#include "app/files/standard_output.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::cli {
namespace {

using arith::Index;
using arith::Step;
using arith::Tap;

struct TraceWords {
    std::string file, name, preset, state_file, format = "json", output;
    LayerWords layer;
    DoorWords network;
};

constexpr std::size_t flush_at = 1 << 20;

// An .npz file of this many takes 3 GB of memory, and a longer JSON text is not useful.
constexpr arith::Index most_taps = 50'000'000;

void check_size(const state::Case& c, const std::string& format) {
    if (format == "csv") return;  // written line by line
    arith::Index taps = 0;
    if (__builtin_mul_overflow(c.recording(0).all_tap_count(), c.samples, &taps) || taps > most_taps)
        throw Error(fmt::format("The recording has more than {} taps, too many for {}; --format csv writes any number.",
                                most_taps, format == "npz" ? "one .npz file" : "one JSON text"));
}

// The weight cell along the stored weight's own axes.
void add_weight_place(fmt::memory_buffer& out, const arith::Layer& layer, const Step& step, const Tap& tap) {
    if (layer.is_transposed())
        add_place(out, {tap.in_channel, tap.weight_channel}, tap.kernel, layer.rank());
    else
        add_place(out, {step.channel, tap.weight_channel}, tap.kernel, layer.rank());
}

void add_tap(fmt::memory_buffer& out, const arith::Layer& layer, const Step& step, const Tap& tap) {
    fmt::format_to(std::back_inserter(out), R"({}{{"input":)", tap.number > 0 ? "," : "");
    if (tap.has_source)
        add_place(out, {tap.in_channel}, tap.source, layer.rank());
    else
        fmt::format_to(std::back_inserter(out), "null");
    fmt::format_to(std::back_inserter(out), R"(,"pad":{})", tap.padding);
    if (layer.has_weight()) {
        fmt::format_to(std::back_inserter(out), R"(,"weight":)");
        add_weight_place(out, layer, step, tap);
    }
    fmt::format_to(std::back_inserter(out), R"(,"x":)");
    add_number(out, tap.x);
    if (layer.has_products()) {
        fmt::format_to(std::back_inserter(out), R"(,"w":)");
        add_number(out, tap.w);
        fmt::format_to(std::back_inserter(out), R"(,"product":)");
        add_number(out, tap.product);
    }
    fmt::format_to(std::back_inserter(out), R"(,"partial":)");
    add_number(out, tap.partial);
    out.push_back('}');
}

void write_json(const state::Case& c) {
    const arith::Layer& layer = c.layer;
    arith::Shape shape = arith::output_shape(layer);
    shape.insert(shape.begin(), c.samples);
    fmt::memory_buffer out;
    fmt::format_to(std::back_inserter(out), R"({{"name":{},"output_shape":[{}],"steps":[)",
                   nlohmann::json(c.name).dump(), fmt::join(shape, ","));
    for_each_step(c, [&](arith::Index sample, const arith::Recording& recording, const Step& step) {
        if (sample + step.number > 0) out.push_back(',');
        fmt::format_to(std::back_inserter(out), "\n");
        out.push_back('{');
        if (c.samples > 1) fmt::format_to(std::back_inserter(out), R"("sample":{},)", sample);
        fmt::format_to(std::back_inserter(out), R"("output":)");
        add_place(out, {step.channel}, step.output, layer.rank());
        fmt::format_to(std::back_inserter(out), R"(,"window":)");
        add_place(out, {}, step.window, layer.rank());
        fmt::format_to(std::back_inserter(out), R"(,"taps":[)");
        recording.visit_taps(step, [&](const Tap& tap) { add_tap(out, layer, step, tap); });
        fmt::format_to(std::back_inserter(out), R"(],"bias":)");
        add_number(out, recording.bias(step));  // 0 where the layer has none
        fmt::format_to(std::back_inserter(out), R"(,"value":)");
        add_number(out, recording.value(step));
        out.push_back('}');
        if (out.size() > flush_at) flush(out);
    });
    fmt::format_to(std::back_inserter(out), "\n]}}\n");
    flush(out);
}

// One line per tap. Positions are written as "0 2 1"; missing ones are left empty.
void write_csv(const state::Case& c) {
    const int rank = c.layer.rank();
    auto cell = [rank](const arith::Cell& at) {
        return fmt::format("{}", fmt::join(at.begin(), at.begin() + rank, " "));
    };
    fmt::memory_buffer out;
    fmt::format_to(
        std::back_inserter(out),
        "sample,step,channel,output,window,tap,in_channel,input,pad,kernel,x,w,product,partial,bias,value\n");
    for_each_step(c, [&](arith::Index sample, const arith::Recording& recording, const Step& step) {
        const float value = recording.value(step);
        recording.visit_taps(step, [&](const Tap& tap) {
            fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", sample,
                           step.number, step.channel, cell(step.output), cell(step.window), tap.number, tap.in_channel,
                           tap.has_source ? cell(tap.source) : "", tap.padding ? 1 : 0,
                           c.layer.has_weight() ? cell(tap.kernel) : "", tap.x,
                           c.layer.has_products() ? fmt::format("{}", tap.w) : "",
                           c.layer.has_products() ? fmt::format("{}", tap.product) : "", tap.partial,
                           c.layer.bias ? fmt::format("{}", recording.bias(step)) : "", value);
        });
        if (out.size() > flush_at) flush(out);
    });
    flush(out);
}

// The layer that a State shows as a case.
state::Case case_of(const state::State& state) {
    const state::Stage& stage = state.stages[state.shown];
    return {state.name, "", stage.layer, 1, {stage_input(state, state.shown)}, stage.weight, stage.bias, stage.sides};
}

int write(const state::Case& c, const TraceWords& words) {
    if (!c.error.empty()) throw UnreadableFile(c.error);
    check_size(c, words.format);
    if (words.format == "npz")
        words.output == "-" ? files::put(trace_npz(c)) : files::write(words.output, trace_npz(c));
    else
        words.format == "json" ? write_json(c) : write_csv(c);
    return done;
}

int trace(const TraceWords& words) {
    if (words.format != "json" && words.format != "csv" && words.format != "npz")
        throw Error(fmt::format("--format {}: the formats are json, csv and npz.", words.format));
    if ((words.format == "npz") == words.output.empty())
        throw Error(words.output.empty() ? "--format npz needs a file to write, -o trace.npz."
                                         : "-o goes with --format npz; json and csv are written to standard output.");
    if (names_network_layer(words.file)) {
        if (!words.preset.empty() || !words.state_file.empty() || !words.name.empty() || !words.layer.flags.empty())
            throw Error("A network's layer has its own numbers; only --photo, --data, --input and --part go with it.");
        DoorWords door = words.network;
        door.sizes = words.layer.input;
        door.data = words.layer.data;
        return write(case_of(network_layer(words.file, door)), words);
    }
    if (!words.network.photo.empty() || !words.network.part.empty())
        throw Error("--photo and --part go with a layer of a network, model.onnx:NODE.");
    if (!words.file.empty() + !words.preset.empty() + !words.state_file.empty() + words.layer.given() != 1)
        throw Error("Give one of: a file of cases, --preset, --state, or a layer by --layers or --kernel.");
    if (words.layer.given()) return write(case_of(state_of(words.layer)), words);
    if (!words.preset.empty()) return write(case_of(state::preset(words.preset)), words);
    if (!words.state_file.empty()) return write(case_of(files::load_state_or_link(words.state_file)), words);
    const std::vector<state::Case> cases = read_cases_file(words.file);
    auto found = std::find_if(cases.begin(), cases.end(), [&](const state::Case& c) { return c.name == words.name; });
    if (found != cases.end()) return write(*found, words);
    if (words.name.empty() && cases.size() == 1) return write(cases.front(), words);
    if (words.name.empty() && !cases.empty())
        throw Error(arith::counting({{static_cast<Index>(cases.size()), "case"}},
                                    "Give --case and a name; the file has {} cases, the first is “{}”.", cases.size(),
                                    cases.front().name));
    const std::string first = cases.empty() ? "there are none" : fmt::format("the first is “{}”", cases.front().name);
    throw Error(arith::counting({{static_cast<Index>(cases.size()), "case"}},
                                "--case {}: none of the file's {} cases has this name; {}.", words.name, cases.size(),
                                first));
}

}  // namespace

void add_trace(CLI::App& app, Run& run) {
    auto words = std::make_shared<TraceWords>();
    CLI::App* command = app.add_subcommand("trace", "Write every step, product and partial sum of one case");
    command->add_option("file", words->file,
                        "a file of cases, - for standard input; or a layer of a network, model.onnx:NODE");
    command->add_option("--case", words->name, "the case's name; not needed if the file has only one");
    command->add_option("--preset", words->preset, "a preset instead; `convloom list` shows all");
    command->add_option("--state", words->state_file, "a state file or a link (#v1?…) instead; the layer it shows");
    add_layer_options(*command, words->layer);
    command->add_option("--photo", words->network.photo, "the network's input as a picture")->group("A network");
    add_photo_input_options(*command, words->network);
    add_part_option(*command, words->network);
    command->add_option("--format", words->format, "json, csv, or npz for NumPy")->capture_default_str();
    command->add_option("-o,--output", words->output, "the .npz file to write; - for standard output");
    command->footer(
        "Examples:\n"
        "  convloom trace --preset kind_transposed\n"
        "  convloom trace tests/conformance/conv_2d.json --case arith_01\n"
        "  convloom trace tests/conformance/max_pool_2d.json --case max2d_01 --format csv\n"
        "  convloom trace --kernel \"0 1 2; 2 2 0; 0 1 2\" --data input.npy --stride 2\n"
        "  convloom trace resnet.onnx:conv1 --photo cat.jpg --part \"3,40:42,50:52\"\n"
        "  convloom trace --preset kind_2d --format npz -o kind_2d.npz");
    command->callback([words, &run] { run = [words] { return trace(*words); }; });
}

}  // namespace convloom::cli
