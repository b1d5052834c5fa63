#include "app/networks/network_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "app/files/files.hpp"
#include "core/state/base/error.hpp"
#include "core/state/networks/builtin.hpp"
#include "core/state/networks/onnx.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::networks {
namespace {

using network::Graph;
using network::Index;
using network::Sizes;

std::string ending_of(std::string_view file) {
    std::string ending = std::filesystem::path(file).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return ending;
}

bool is_checkpoint(std::string_view file) {
    const std::string ending = ending_of(file);
    return ending == ".pt" || ending == ".pth" || ending == ".ckpt";
}

[[noreturn]] void refuse_checkpoint(const std::string& file) {
    throw Error(fmt::format(
        "“{}” is a PyTorch checkpoint, which is a program of its own and is not run here. Write the model as ONNX:\n"
        "  model.eval()\n"
        "  torch.onnx.export(model, torch.zeros(1, 3, 224, 224), \"model.onnx\")",
        file));
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

const network::Tensor& tensor(const Graph& graph, int number) {
    return graph.tensors[static_cast<std::size_t>(number)];
}

std::string input_list(const Graph& graph) {
    std::string list;
    for (const int input : graph.inputs) {
        const network::Tensor& one = tensor(graph, input);
        list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", one.name,
                            one.sizes ? network::sizes_text(*one.sizes) : "any sizes");
    }
    return list.empty() ? "none" : list;
}

// What --input says of the inputs, checked against what the model declares.
std::map<int, Sizes> asked_sizes(const Graph& graph, const std::string& words) {
    std::map<int, Sizes> asked;
    std::string_view rest = words;
    while (!rest.empty()) {
        const std::size_t end = rest.find(';');
        std::string_view one = trimmed(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (one.empty()) continue;
        int number = graph.inputs.empty() ? -1 : graph.inputs.front();
        const std::size_t equals = one.rfind('=');
        if (equals != std::string_view::npos) {
            const std::string_view name = trimmed(one.substr(0, equals));
            const auto at = std::find_if(graph.inputs.begin(), graph.inputs.end(),
                                         [&](int input) { return tensor(graph, input).name == name; });
            if (at == graph.inputs.end())
                throw Error(fmt::format("--input {}: the model's inputs are {}.", one, input_list(graph)));
            number = *at;
            one = trimmed(one.substr(equals + 1));
        } else if (graph.inputs.size() != 1) {
            throw Error(fmt::format("--input {}: say which input, as name=sizes; the model's inputs are {}.", one,
                                    input_list(graph)));
        }
        Sizes sizes = state::read_shape(one);
        const network::Tensor& input = tensor(graph, number);
        if (input.sizes) {
            const std::size_t axes = input.sizes->size();
            if (sizes.size() + 1 == axes) sizes.insert(sizes.begin(), std::max<Index>(input.sizes->front(), 1));
            bool fits = sizes.size() == axes;
            for (std::size_t n = 0; fits && n < axes; ++n)
                fits = (*input.sizes)[n] < 0 || (*input.sizes)[n] == sizes[n] || n == 0;
            if (!fits)
                throw Error(fmt::format(
                    "--input {}: the model declares {} for “{}”; only its open sizes (?) and the batch can be chosen.",
                    one, network::sizes_text(*input.sizes), input.name));
        }
        asked[number] = std::move(sizes);
    }
    return asked;
}

// An open batch is taken as one sample; other open sizes stay open, and the remark says how to choose them.
void settle_open_sizes(const Graph& graph, std::map<int, Sizes>& asked, std::vector<std::string>& remarks) {
    for (const int number : graph.inputs) {
        const network::Tensor& input = tensor(graph, number);
        if (!input.sizes || asked.count(number) != 0) continue;
        Sizes sizes = *input.sizes;
        if (!sizes.empty() && sizes.front() < 0) sizes.front() = 1;
        const bool open = std::any_of(sizes.begin(), sizes.end(), [](Index size) { return size < 0; });
        if (open)
            remarks.push_back(fmt::format("The input “{}” leaves sizes open ({}); choose them with --input \"{}={}\".",
                                          input.name, network::sizes_text(*input.sizes), input.name,
                                          input.sizes->size() == 4 ? "1x3x224x224" : "…"));
        else if (sizes != *input.sizes)
            remarks.push_back(fmt::format("The input “{}” leaves its batch open; it is taken as 1.", input.name));
        if (sizes != *input.sizes) asked[number] = std::move(sizes);
    }
}

void add_remarks(NetworkFacts& facts) {
    std::vector<std::string> unknown;
    Index away = 0;
    std::string where;
    for (const network::Row& row : facts.summary.rows) {
        if (!row.fault.empty()) facts.remarks.push_back(row.fault);
        if (!row.known && std::find(unknown.begin(), unknown.end(), row.op) == unknown.end()) unknown.push_back(row.op);
    }
    for (const network::Tensor& one : facts.graph.tensors)
        if (one.values && !one.values->location.empty()) ++away, where = one.values->location;
    if (!unknown.empty())
        facts.remarks.push_back(fmt::format("Not known here: {}; the shapes after {} are left open.",
                                            fmt::join(unknown, ", "), unknown.size() == 1 ? "it" : "them"));
    if (away > 0)
        facts.remarks.push_back(fmt::format("The values of {} {} stand in “{}” and are not needed for this table.",
                                            away, away == 1 ? "tensor" : "tensors", where));
    if (facts.summary.uncounted > 0)
        facts.remarks.push_back(fmt::format("The multiply-adds of {} {} are not known, since sizes are open.",
                                            facts.summary.uncounted,
                                            facts.summary.uncounted == 1 ? "layer" : "layers"));
}

}  // namespace

bool is_builtin(std::string_view name) {
    return state::builtin_network(name).has_value();
}

NetworkFacts read_network(const std::string& file, const std::string& input) {
    if (is_checkpoint(file)) refuse_checkpoint(file);
    const bool builtin = is_builtin(file);
    if (!builtin && ending_of(file) != ".onnx")
        throw Error(fmt::format("“{}” is not a network; its name must end in .onnx.", file));
    NetworkFacts facts;
    facts.file = file;
    const auto bytes =
        std::make_shared<const std::string>(builtin ? std::string(*state::builtin_network(file)) : files::read(file));
    try {
        facts.graph = state::onnx_graph(*bytes, bytes);
    } catch (const UnreadableFile& fault) {
        throw UnreadableFile(fmt::format("“{}” cannot be read: {}", file, fault.what()));
    }
    choose_sizes(facts, input);
    return facts;
}

void choose_sizes(NetworkFacts& facts, const std::string& input) {
    std::map<int, Sizes> sizes = asked_sizes(facts.graph, input);
    facts.remarks.clear();
    settle_open_sizes(facts.graph, sizes, facts.remarks);
    facts.inference = network::infer(facts.graph, sizes);
    facts.summary = network::summarize(facts.graph, facts.inference);
    add_remarks(facts);
}

bool names_network(std::string_view words) {
    // Code holds parentheses; a path may hold anything else.
    return words.find('\n') == std::string_view::npos &&
           (is_builtin(words) || ending_of(words) == ".onnx" || is_checkpoint(words));
}

void load_weights(NetworkFacts& facts) {
    const std::filesystem::path folder = std::filesystem::path(facts.file).parent_path();
    std::map<std::string, std::shared_ptr<const std::string>> loaded;
    for (network::Tensor& one : facts.graph.tensors) {
        if (!one.values || one.values->location.empty()) continue;
        network::Values& values = *one.values;
        const std::filesystem::path path = std::filesystem::path(values.location).lexically_normal();
        if (path.is_absolute() || path.empty() || *path.begin() == "..")
            throw Error(
                fmt::format("“{}”: the values of “{}” stand in “{}”, outside of the model's folder, which is not read.",
                            facts.file, one.name, values.location));
        std::shared_ptr<const std::string>& bytes = loaded[path.string()];
        if (!bytes)
            bytes = std::make_shared<const std::string>(
                files::read(folder / path, files::Content::any, std::size_t{4} << 30));
        const auto count = network::element_count(values.sizes);
        const std::size_t length = values.length >= 0 ? static_cast<std::size_t>(values.length)
                                                      : static_cast<std::size_t>(count.value_or(0)) *
                                                            static_cast<std::size_t>(network::bytes_of(values.type));
        if (values.offset < 0 || static_cast<std::size_t>(values.offset) > bytes->size() ||
            length > bytes->size() - static_cast<std::size_t>(values.offset))
            throw Error(fmt::format("“{}”: the values of “{}” take {} bytes from byte {} of “{}”, which has {}.",
                                    facts.file, one.name, length, values.offset, values.location, bytes->size()));
        values.bytes = std::string_view(*bytes).substr(static_cast<std::size_t>(values.offset), length);
        values.owner = bytes;
    }
}

}  // namespace convloom::networks
