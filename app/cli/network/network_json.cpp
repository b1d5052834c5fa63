#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/network/network_info.hpp"

namespace convloom::cli {
namespace {

using Json = nlohmann::ordered_json;
using network::Row;
using network::Sizes;

template <class Value>
Json optional_json(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json reach_json(const std::optional<network::Reach>& reach) {
    if (!reach) return Json();
    return reach->whole ? Json("whole") : Json(reach->field);
}

Json row_json(const Row& row) {
    Json j = {{"name", row.name},
              {"output_name", row.output_name},
              {"op", row.op},
              {"input", optional_json(row.input)},
              {"output", optional_json(row.output)},
              {"weight", optional_json(row.weight)},
              {"parameters", optional_json(row.parameters)},
              {"multiplications", optional_json(row.multiplications)},
              {"receptive_field", reach_json(row.reach)},
              {"effective_stride", row.reach && !row.reach->whole ? Json(row.reach->stride) : Json()}};
    if (!row.fault.empty()) j["fault"] = row.fault;
    if (!row.known) j["known"] = false;
    return j;
}

Json ends_json(const NetworkFacts& facts, const std::vector<int>& tensors) {
    Json list = Json::array();
    for (const int number : tensors) {
        const auto at = static_cast<std::size_t>(number);
        list.push_back({{"name", facts.graph.tensors[at].name},
                        {"type", network::name_of(facts.inference.facts[at].type)},
                        {"sizes", optional_json(facts.inference.facts[at].sizes)}});
    }
    return list;
}

Json totals_json(const NetworkFacts& facts) {
    Json j = {{"file", facts.file},
              {"name", facts.graph.name},
              {"producer", facts.graph.producer},
              {"opset", facts.graph.opset},
              {"inputs", ends_json(facts, facts.graph.inputs)},
              {"outputs", ends_json(facts, facts.graph.outputs)},
              {"convolutions", facts.summary.convolutions},
              {"parameters", facts.summary.parameters},
              {"multiplications", facts.summary.multiplications}};
    if (!facts.remarks.empty()) j["remarks"] = facts.remarks;
    return j;
}

// A field of a CSV file (RFC 4180); what a spreadsheet would take for a formula gets an apostrophe in front.
std::string field(std::string text) {
    if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) text.insert(0, 1, '\'');
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

// "1x3x224x224", in characters that every spreadsheet reads.
std::string plain_sizes(const std::optional<Sizes>& sizes) {
    return sizes ? fmt::format("{}", fmt::join(*sizes, "x")) : std::string();
}

std::string plain_numbers(const std::vector<double>& numbers) {
    return fmt::format("{}", fmt::join(numbers, "x"));
}

}  // namespace

std::string network_json(const NetworkFacts& facts) {
    Json j = totals_json(facts);
    j["layers"] = Json::array();
    for (const Row& row : facts.summary.rows) j["layers"].push_back(row_json(row));
    return j.dump(1) + "\n";
}

std::string network_csv(const NetworkFacts& facts) {
    std::string out = "layer,kind,input,output,weight,parameters,multiply_adds,receptive_field,effective_stride\n";
    for (const Row& row : facts.summary.rows) {
        const bool places = row.reach && !row.reach->whole;
        out += fmt::format("{},{},{},{},{},{},{},{},{}\n", field(row.name), field(row.op), plain_sizes(row.input),
                           plain_sizes(row.output), plain_sizes(row.weight),
                           row.parameters ? std::to_string(*row.parameters) : "",
                           row.multiplications ? std::to_string(*row.multiplications) : "",
                           places      ? plain_numbers(row.reach->field)
                           : row.reach ? "whole"
                                       : "",
                           places ? plain_numbers(row.reach->stride) : "");
    }
    return out;
}

std::string difference_json(const NetworkFacts& first, const NetworkFacts& second) {
    Json j = {{"first", totals_json(first)}, {"second", totals_json(second)}, {"rows", Json::array()}};
    for (const network::RowPair& pair : network::aligned(first.summary, second.summary)) {
        Json row;
        const Row* a = pair.first >= 0 ? &first.summary.rows[static_cast<std::size_t>(pair.first)] : nullptr;
        const Row* b = pair.second >= 0 ? &second.summary.rows[static_cast<std::size_t>(pair.second)] : nullptr;
        row["first"] = a != nullptr ? row_json(*a) : Json();
        row["second"] = b != nullptr ? row_json(*b) : Json();
        row["alike"] = a != nullptr && b != nullptr && network::alike(*a, *b);
        j["rows"].push_back(std::move(row));
    }
    return j.dump(1) + "\n";
}

}  // namespace convloom::cli
