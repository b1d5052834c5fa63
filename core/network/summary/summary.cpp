#include "core/network/summary/summary.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/arith/base/saturating.hpp"
#include "core/network/summary/reach.hpp"

namespace convloom::network {
namespace {

using arith::saturating_product;
using arith::saturating_sum;

// How the costs of an operator are counted.
enum class Cost { none, convolution, transposed, matrix };

struct Costs {
    std::string_view op;
    Cost cost;
    int weight;                // the input that holds the weights; -1 for none
    std::vector<int> learned;  // the inputs that count as parameters if they are constant
};

const std::vector<Costs>& costs_table() {
    static const std::vector<Costs> table = {
        {"Conv", Cost::convolution, 1, {1, 2}},
        {"ConvInteger", Cost::convolution, 1, {1}},
        {"QLinearConv", Cost::convolution, 3, {3, 8}},
        {"DeformConv", Cost::convolution, 1, {1, 3}},
        {"ConvTranspose", Cost::transposed, 1, {1, 2}},
        {"Gemm", Cost::matrix, 1, {0, 1, 2}},
        {"MatMul", Cost::matrix, 1, {0, 1}},
        {"MatMulInteger", Cost::matrix, 1, {0, 1}},
        {"QLinearMatMul", Cost::matrix, 3, {0, 3}},
        {"BatchNormalization", Cost::none, -1, {1, 2}},
        {"InstanceNormalization", Cost::none, -1, {1, 2}},
        {"LayerNormalization", Cost::none, -1, {1, 2}},
        {"GroupNormalization", Cost::none, -1, {1, 2}},
        {"PRelu", Cost::none, -1, {1}},
        {"LSTM", Cost::none, -1, {1, 2, 3, 7}},
        {"GRU", Cost::none, -1, {1, 2, 3}},
        {"RNN", Cost::none, -1, {1, 2, 3}},
        {"Add", Cost::none, -1, {0, 1}},
        {"Mul", Cost::none, -1, {0, 1}},
    };
    return table;
}

const Costs* costs_of(const Node& node) {
    for (const Costs& one : costs_table())
        if (one.op == node.op) return &one;
    return nullptr;
}

class Rows {
  public:
    Rows(const Graph& graph, const Inference& inference)
        : graph_(graph), inference_(inference), reaches_(reaches(graph, inference)) {}

    Row row(int number) {
        const Node& node = graph_.nodes[static_cast<std::size_t>(number)];
        Row row;
        row.node = number;
        row.op = node.op;
        row.known = knows(node);
        row.fault = inference_.faults[static_cast<std::size_t>(number)];
        for (const int output : node.outputs) {
            if (output < 0) continue;
            row.output_name = graph_.tensors[static_cast<std::size_t>(output)].name;
            row.output = fact(output).sizes;
            row.reach = reaches_[static_cast<std::size_t>(output)];
            break;
        }
        row.name = node.name.empty() ? row.output_name : node.name;
        for (const int input : node.inputs)
            if (input >= 0 && !fact(input).constant) {
                row.input = fact(input).sizes;
                break;
            }
        if (const Costs* costs = costs_of(node)) count(node, *costs, row);
        return row;
    }

  private:
    const Fact& fact(int tensor) const { return inference_.facts[static_cast<std::size_t>(tensor)]; }
    const Fact* input(const Node& node, int n) const {
        const auto at = static_cast<std::size_t>(n);
        return n >= 0 && at < node.inputs.size() && node.inputs[at] >= 0 ? &fact(node.inputs[at]) : nullptr;
    }

    void count(const Node& node, const Costs& costs, Row& row) {
        if (const Fact* weight = input(node, costs.weight); weight != nullptr) row.weight = weight->sizes;
        for (const int n : costs.learned) {
            const Fact* learned = input(node, n);
            if (learned == nullptr || !learned->constant || !learned->sizes) continue;
            // A single number such as the 6 of a clipped activation is no parameter.
            const auto numbers = element_count(*learned->sizes);
            if (!numbers || (costs.cost == Cost::none && *numbers < 2)) continue;
            const bool first = counted_.insert(node.inputs[static_cast<std::size_t>(n)]).second;
            row.parameters = saturating_sum(row.parameters.value_or(0), first ? *numbers : 0);
        }
        row.multiplications = multiplications(node, costs, row);
    }

    std::optional<Index> multiplications(const Node& node, const Costs& costs, const Row& row) const {
        if (costs.cost == Cost::none || !row.output || !row.weight) return {};
        const auto out = element_count(*row.output);
        if (!out) return {};
        if (costs.cost == Cost::matrix) {
            const Fact* left = input(node, node.op == "QLinearMatMul" ? 0 : 0);
            if (left == nullptr || !left->sizes || left->sizes->empty()) return {};
            const Attribute* turned = node.attribute("transA");
            const bool t = turned != nullptr && turned->number && *turned->number != 0 && left->sizes->size() == 2;
            const Index inner = t ? left->sizes->front() : left->sizes->back();
            if (inner < 0) return {};
            return saturating_product(*out, inner);
        }
        Sizes each = *row.weight;  // of an output cell; for the transposed, of an input cell
        if (each.empty()) return {};
        each.erase(each.begin());
        const auto products = element_count(each);
        const auto cells = costs.cost == Cost::transposed && row.input ? element_count(*row.input) : out;
        if (!products || !cells) return {};
        return saturating_product(*cells, *products);
    }

    const Graph& graph_;
    const Inference& inference_;
    std::vector<std::optional<Reach>> reaches_;
    std::set<int> counted_;
};

using Match = bool (*)(const Row& a, const Row& b);

bool same_row(const Row& a, const Row& b) {
    return a.op == b.op && a.name == b.name;
}
bool same_op(const Row& a, const Row& b) {
    return a.op == b.op;
}

constexpr std::size_t most_compared = 4'000'000;  // pairs of rows

// The longest common sequence of the rows between two places, added to `pairs`.
void match(const Summary& first, const Summary& second, RowPair from, RowPair to, Match same,
           std::vector<RowPair>& pairs) {
    const auto n = static_cast<std::size_t>(to.first - from.first),
               m = static_cast<std::size_t>(to.second - from.second);
    if (n == 0 || m == 0 || n * m > most_compared) return;
    std::vector<int> longest((n + 1) * (m + 1), 0);
    auto at = [&](std::size_t i, std::size_t j) -> int& { return longest[i * (m + 1) + j]; };
    auto row_a = [&](std::size_t i) -> const Row& { return first.rows[static_cast<std::size_t>(from.first) + i]; };
    auto row_b = [&](std::size_t j) -> const Row& { return second.rows[static_cast<std::size_t>(from.second) + j]; };
    for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;)
            at(i, j) = same(row_a(i), row_b(j)) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    for (std::size_t i = 0, j = 0; i < n && j < m;) {
        if (same(row_a(i), row_b(j)))
            pairs.push_back({from.first + static_cast<int>(i++), from.second + static_cast<int>(j++)});
        else if (at(i + 1, j) >= at(i, j + 1))
            ++i;
        else
            ++j;
    }
}

}  // namespace

std::string kind_words(const Row& row) {
    if (!row.weight || row.weight->size() < 3) return row.op;
    return row.op + " " + sizes_text(Sizes(row.weight->begin() + 2, row.weight->end()));
}

Summary summarize(const Graph& graph, const Inference& inference) {
    Summary summary;
    Rows rows(graph, inference);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const Node& node = graph.nodes[n];
        const bool constant = std::all_of(node.outputs.begin(), node.outputs.end(), [&](int output) {
            return output < 0 || inference.facts[static_cast<std::size_t>(output)].constant;
        });
        if (constant && inference.faults[n].empty()) continue;
        Row row = rows.row(static_cast<int>(n));
        const Costs* costs = costs_of(node);
        const bool counted = costs != nullptr && costs->cost != Cost::none;
        summary.convolutions += counted && costs->cost != Cost::matrix;
        summary.parameters = saturating_sum(summary.parameters, row.parameters.value_or(0));
        summary.multiplications = saturating_sum(summary.multiplications, row.multiplications.value_or(0));
        summary.uncounted += counted && !row.multiplications;
        summary.rows.push_back(std::move(row));
    }
    return summary;
}

std::vector<RowPair> aligned(const Summary& first, const Summary& second) {
    const RowPair end = {static_cast<int>(first.rows.size()), static_cast<int>(second.rows.size())};
    std::vector<RowPair> named;
    match(first, second, {0, 0}, end, same_row, named);
    named.push_back(end);
    std::vector<RowPair> pairs;
    RowPair from = {0, 0};
    for (const RowPair& next : named) {
        std::vector<RowPair> between;
        match(first, second, from, next, same_op, between);
        between.push_back(next);
        for (const RowPair& one : between) {
            for (; from.first < one.first; ++from.first) pairs.push_back({from.first, -1});
            for (; from.second < one.second; ++from.second) pairs.push_back({-1, from.second});
            if (one.first == end.first && one.second == end.second) break;
            pairs.push_back(one);
            from = {one.first + 1, one.second + 1};
        }
    }
    return pairs;
}

bool alike(const Row& a, const Row& b) {
    return a.op == b.op && a.output == b.output && a.weight == b.weight && a.parameters == b.parameters &&
           a.multiplications == b.multiplications && a.reach == b.reach;
}

}  // namespace convloom::network
