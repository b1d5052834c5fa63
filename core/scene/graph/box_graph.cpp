#include "core/scene/graph/box_graph.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "core/scene/graph/box_words.hpp"

namespace convloom::scene {
namespace {

using network::Node;

constexpr std::size_t most_followers = 8;  // that are taken into a box at once

// Operators that join, divide or resize, which a reader looks for.
constexpr std::array<std::string_view, 10> stand_alone = {
    "Concat", "Split", "Resize", "Upsample", "ReduceMean", "ReduceMax", "DepthToSpace", "SpaceToDepth", "Pad", "Slice"};

class BoxMaker {
  public:
    BoxMaker(const NetworkFigure& network, bool apart)
        : network_(network), apart_(apart), made_in_(network.graph.tensors.size(), -1),
          takers_(network.graph.tensors.size()), is_output_(network.graph.tensors.size(), false),
          box_of_row_(network.summary.rows.size(), -1) {
        for (std::size_t n = 0; n < network.summary.rows.size(); ++n)
            for (const int input : inputs_of(static_cast<int>(n))) takers_[at(input)].push_back(static_cast<int>(n));
        for (const int output : network.graph.outputs) is_output_[at(output)] = true;
    }

    BoxGraph made() {
        for (const int input : network_.graph.inputs) add({.kind = BoxKind::input, .tensor = input}, {input});
        for (std::size_t n = 0; n < box_of_row_.size(); ++n)
            if (box_of_row_[n] < 0) add_row(static_cast<int>(n));
        connect();
        return std::move(graph_);
    }

  private:
    static std::size_t at(int n) { return static_cast<std::size_t>(n); }
    const network::Row& row(int n) const { return network_.summary.rows[at(n)]; }
    const Node& node(int n) const { return network_.graph.nodes[at(row(n).node)]; }

    // The tensors that it takes and that depend on the network's input, each once.
    std::set<int> inputs_of(int n) const {
        std::set<int> inputs;
        for (const int input : node(n).inputs)
            if (input >= 0 && !network_.inference.facts[at(input)].constant) inputs.insert(input);
        return inputs;
    }

    void add(GraphBox box, const std::vector<int>& tensors) {
        const int number = static_cast<int>(graph_.boxes.size());
        for (const int n : box.rows) box_of_row_[at(n)] = number;
        graph_.boxes.push_back(std::move(box));
        for (const int tensor : tensors)
            if (tensor >= 0) made_in_[at(tensor)] = number;
        for (const int tensor : tensors)
            if (tensor >= 0 && is_output_[at(tensor)]) {
                outputs_.emplace_back(static_cast<int>(graph_.boxes.size()), tensor);
                graph_.boxes.push_back({.kind = BoxKind::output, .tensor = tensor});
            }
    }

    void add_row(int n) {
        GraphBox box{.kind = kind_of(network_, n), .rows = {n}};
        std::vector<int> tensors = node(n).outputs;
        if (!apart_) take_followers(box, tensors);
        std::sort(box.rows.begin(), box.rows.end());
        add(std::move(box), tensors);
    }

    bool is_light(int n) const {
        return kind_of(network_, n) == BoxKind::plain && !row(n).weight && row(n).known && row(n).fault.empty() &&
               std::find(stand_alone.begin(), stand_alone.end(), row(n).op) == stand_alone.end();
    }
    // Those of these tensors that others than the rows need.
    std::vector<int> needed(const std::vector<int>& tensors, const std::set<int>& rows) const {
        std::vector<int> list;
        for (const int tensor : tensors)
            if (tensor >= 0 &&
                (is_output_[at(tensor)] || std::any_of(takers_[at(tensor)].begin(), takers_[at(tensor)].end(),
                                                       [&](int taker) { return rows.count(taker) == 0; })))
                list.push_back(tensor);
        return list;
    }

    // Takes light operators that follow, as long as one tensor comes out in the end: activations, also those that
    // exporters write as several operators.
    void take_followers(GraphBox& box, std::vector<int>& tensors) const {
        while (true) {
            const std::vector<int> out = needed(tensors, {});
            if (out.size() != 1 || is_output_[at(out[0])]) return;
            std::set<int> taken;
            std::vector<int> inside = out, live = out;
            do {
                const int next = next_follower(inside, taken);
                if (next < 0 || taken.size() == most_followers) return;
                taken.insert(next);
                for (const int output : node(next).outputs) inside.push_back(output);
                live = needed(inside, taken);
            } while (live.size() != 1 || live[0] == out[0]);
            box.rows.insert(box.rows.end(), taken.begin(), taken.end());
            tensors = live;
        }
    }
    // The first light row that takes some of these tensors and nothing else; -1 for none.
    int next_follower(const std::vector<int>& inside, const std::set<int>& taken) const {
        int first = -1;
        for (const int tensor : inside) {
            if (tensor < 0) continue;
            for (const int taker : takers_[at(tensor)]) {
                if (taken.count(taker) != 0 || (first >= 0 && taker >= first) || !is_light(taker)) continue;
                const std::set<int> inputs = inputs_of(taker);
                if (std::all_of(inputs.begin(), inputs.end(),
                                [&](int t) { return std::find(inside.begin(), inside.end(), t) != inside.end(); }))
                    first = taker;
            }
        }
        return first;
    }

    void connect() {
        std::map<int, std::set<int>> boxes_by_tensor;
        for (std::size_t n = 0; n < box_of_row_.size(); ++n)
            for (const int input : inputs_of(static_cast<int>(n)))
                if (made_in_[at(input)] >= 0 && made_in_[at(input)] != box_of_row_[n])
                    boxes_by_tensor[input].insert(box_of_row_[n]);
        for (const auto& [box, tensor] : outputs_) boxes_by_tensor[tensor].insert(box);
        for (const auto& [tensor, to] : boxes_by_tensor)
            graph_.nets.push_back({tensor, made_in_[at(tensor)], {to.begin(), to.end()}});
        std::stable_sort(graph_.nets.begin(), graph_.nets.end(),
                         [](const GraphNet& a, const GraphNet& b) { return a.from < b.from; });
    }

    const NetworkFigure& network_;
    bool apart_;
    BoxGraph graph_;
    std::vector<int> made_in_;              // the box of each tensor that goes on
    std::vector<std::vector<int>> takers_;  // the rows that take each tensor
    std::vector<bool> is_output_;
    std::vector<int> box_of_row_;
    std::vector<std::pair<int, int>> outputs_;  // boxes and their tensors
};

bool is_sum(const NetworkFigure& network, const GraphBox& box) {
    if (box.rows.empty()) return false;
    const std::string& op = network.summary.rows[static_cast<std::size_t>(box.rows.front())].op;
    return op == "Add" || op == "Sum";
}

}  // namespace

BoxGraph boxes_of(const NetworkFigure& network, bool apart) {
    return BoxMaker(network, apart).made();
}

BoxGraph grouped(const BoxGraph& graph, const std::vector<BoxGroup>& groups, const NetworkFigure& network) {
    std::vector<int> group_of(graph.boxes.size(), -1), becomes(graph.boxes.size(), -1);
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (const int box : groups[g].boxes) group_of[static_cast<std::size_t>(box)] = static_cast<int>(g);
    // A group stands where its last box stood: all that it depends on is before that.
    std::vector<std::size_t> left;
    for (const BoxGroup& group : groups) left.push_back(group.boxes.size());
    std::vector<std::vector<int>> sources(graph.boxes.size());  // the boxes whose tensors a box takes
    for (const GraphNet& net : graph.nets)
        for (const int to : net.to) sources[static_cast<std::size_t>(to)].push_back(net.from);
    BoxGraph made;
    for (std::size_t b = 0; b < graph.boxes.size(); ++b) {
        if (group_of[b] >= 0 && --left[static_cast<std::size_t>(group_of[b])] > 0) continue;
        const int number = static_cast<int>(made.boxes.size());
        if (group_of[b] < 0) {
            becomes[b] = number;
            made.boxes.push_back(graph.boxes[b]);
            continue;
        }
        const BoxGroup& group = groups[static_cast<std::size_t>(group_of[b])];
        GraphBox box = group.as;
        box.rows.clear();
        for (std::size_t n = 0; n < group.boxes.size(); ++n) {
            const auto one = static_cast<std::size_t>(group.boxes[n]);
            becomes[one] = number;
            box.rows.insert(box.rows.end(), graph.boxes[one].rows.begin(), graph.boxes[one].rows.end());
            if (n >= group.first) continue;
            GraphBox part = graph.boxes[one];
            part.shortcut =
                is_sum(network, part) && std::any_of(sources[one].begin(), sources[one].end(), [&](int from) {
                    return group_of[static_cast<std::size_t>(from)] != group_of[b];
                });
            box.parts.push_back(std::move(part));
        }
        std::sort(box.rows.begin(), box.rows.end());
        made.boxes.push_back(std::move(box));
    }
    for (const GraphNet& net : graph.nets) {
        GraphNet one{net.tensor, becomes[static_cast<std::size_t>(net.from)], {}};
        std::set<int> to;
        for (const int box : net.to) to.insert(becomes[static_cast<std::size_t>(box)]);
        to.erase(one.from);
        one.to.assign(to.begin(), to.end());
        if (!one.to.empty()) made.nets.push_back(std::move(one));
    }
    std::stable_sort(made.nets.begin(), made.nets.end(),
                     [](const GraphNet& a, const GraphNet& b) { return a.from < b.from; });
    return made;
}

}  // namespace convloom::scene
