#include "core/scene/graph/box_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "core/network/evaluate/node_layer.hpp"
#include "core/network/shapes/rule.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

using network::Attribute;
using network::Index;
using network::Node;
using network::Sizes;

constexpr std::size_t most_lines = 5;  // of what is in a block

constexpr std::array<std::string_view, 8> pooling_ops = {
    "MaxPool", "AveragePool", "LpPool", "GlobalMaxPool", "GlobalAveragePool", "GlobalLpPool", "MaxRoiPool", "RoiAlign"};
constexpr std::array<std::string_view, 5> convolution_ops = {"Conv", "ConvTranspose", "ConvInteger", "QLinearConv",
                                                             "DeformConv"};

const network::Row& row_of(const NetworkFigure& network, int row) {
    return network.summary.rows[static_cast<std::size_t>(row)];
}
const Node& node_of(const NetworkFigure& network, int row) {
    return network.graph.nodes[static_cast<std::size_t>(row_of(network, row).node)];
}

// "2", or "2×1" if the axes differ; empty if all are 1.
std::string axes_text(const Node& node, std::string_view name) {
    const Attribute* one = node.attribute(name);
    if (one == nullptr || one->numbers.empty()) return "";
    const Sizes& numbers = one->numbers;
    const bool same = std::all_of(numbers.begin(), numbers.end(), [&](Index n) { return n == numbers.front(); });
    if (!same) return network::sizes_text(numbers);
    return numbers.front() == 1 ? "" : std::to_string(numbers.front());
}

Index number_of(const Node& node, std::string_view name, Index otherwise) {
    const Attribute* one = node.attribute(name);
    return one != nullptr && one->number ? *one->number : otherwise;
}

std::string short_op(const std::string& op) {
    constexpr std::string_view ending = "Normalization";
    return op.ends_with(ending) ? op.substr(0, op.size() - ending.size()) + "Norm" : op;
}

// The window of a pooling and the kernel of a convolution: "3×3".
std::string kernel_text(const NetworkFigure& network, int row) {
    const network::Row& r = row_of(network, row);
    if (r.weight && r.weight->size() >= 3) return network::sizes_text(Sizes(r.weight->begin() + 2, r.weight->end()));
    const Attribute* kernel = node_of(network, row).attribute("kernel_shape");
    return kernel != nullptr && !kernel->numbers.empty() ? network::sizes_text(kernel->numbers) : "";
}

Index channels_in(const NetworkFigure& network, int row) {
    const network::Row& r = row_of(network, row);
    if (r.input && r.input->size() >= 2) return (*r.input)[1];
    return network::unknown_size;
}
Index channels_out(const NetworkFigure& network, int row) {
    const network::Row& r = row_of(network, row);
    if (r.output && r.output->size() >= 2) return (*r.output)[1];
    return network::unknown_size;
}
bool is_depthwise(const NetworkFigure& network, int row) {
    const Index groups = number_of(node_of(network, row), "group", 1);
    return groups > 1 && groups == channels_in(network, row);
}

std::string count_or_open(Index n) {
    return n == network::unknown_size ? "?" : std::to_string(n);
}

// "12 Conv, 6 Add": the operators of rows, the most frequent first.
std::string op_counts(const NetworkFigure& network, const std::vector<int>& rows) {
    std::vector<std::pair<std::string, int>> counts;
    for (const int row : rows) {
        const std::string op = short_op(row_of(network, row).op);
        const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& one) { return one.first == op; });
        if (found == counts.end())
            counts.emplace_back(op, 1);
        else
            ++found->second;
    }
    std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text;
    for (std::size_t n = 0; n < counts.size(); ++n) {
        if (n == 3) return text + ", …";
        text += fmt::format("{}{} {}", n == 0 ? "" : ", ", counts[n].second, counts[n].first);
    }
    return text;
}

std::string followers_text(const NetworkFigure& network, const GraphBox& box) {
    std::string text;
    for (std::size_t n = 1; n < box.rows.size(); ++n)
        text += (n == 1 ? "+ " : ", ") + short_op(row_of(network, box.rows[n]).op);
    return text;
}

// "Conv 3×3, stride 2, 64 → 128", as a line in a block.
std::string part_line(const NetworkFigure& network, const GraphBox& part, Language language) {
    if (part.shortcut) return tr(language, "+ shortcut");
    if (part.kind == BoxKind::block) return box_text(network, part, language);
    std::string text = kind_text(network, part.rows.front(), language);
    if (const std::string numbers = numbers_text(network, part.rows.front(), language); !numbers.empty())
        text += ", " + numbers;
    return text;
}

// What the names of these rows' outputs begin with, up to a divider.
std::string prefix_of(const NetworkFigure& network, const int* begin, const int* end) {
    std::string prefix;
    for (const int* row = begin; row != end; ++row) {
        const std::string& name = row_of(network, *row).output_name;
        if (row == begin) prefix = name;
        std::size_t same = 0;
        while (same < std::min(prefix.size(), name.size()) && prefix[same] == name[same]) ++same;
        prefix.resize(same);
    }
    const std::size_t divider = prefix.find_last_of("/._");
    prefix.resize(divider == std::string::npos ? 0 : divider);
    return prefix;
}

// The name that a block has in the program that it was written in, as far as exporters keep it: "layer1.0", or
// "layer1.1 – layer1.2" of several repetitions; without what all names of the network begin with.
std::string common_name(const NetworkFigure& network, const GraphBox& box) {
    std::vector<int> all(network.summary.rows.size());
    for (std::size_t n = 0; n < all.size(); ++n) all[n] = static_cast<int>(n);
    const std::string everywhere = prefix_of(network, all.data(), all.data() + all.size());
    const std::size_t each = box.rows.size() / static_cast<std::size_t>(box.times);
    const auto name_of = [&](const int* begin) {
        const std::string name = prefix_of(network, begin, begin + each);
        if (name.size() <= everywhere.size() || each < 2) return std::string();
        return name.substr(everywhere.empty() ? 0 : everywhere.size() + 1);
    };
    const std::string first = name_of(box.rows.data()), last = name_of(box.rows.data() + box.rows.size() - each);
    return first.empty() || last.empty() || first == last ? first : first + " – " + last;
}

std::vector<std::string> block_lines(const NetworkFigure& network, const GraphBox& box, Language language,
                                     bool tersely) {
    std::vector<int> rows;
    for (const GraphBox& part : box.parts) rows.insert(rows.end(), part.rows.begin(), part.rows.end());
    const auto count = static_cast<Index>(rows.size());
    const std::string layers = trn(language, {{count, "layer"}}, "{} layers", count);
    std::vector<std::string> lines{box.number > 0 ? block_name(box, language) : layers};
    if (box.times > 1) lines[0] += fmt::format(" · {}×", box.times);
    if (const std::string name = common_name(network, box); !tersely && !name.empty()) lines.push_back(name);
    if (!tersely && box.parts.size() <= most_lines) {
        for (const GraphBox& part : box.parts) lines.push_back(part_line(network, part, language));
        return lines;
    }
    if (box.number > 0 && !tersely) lines.push_back(layers);
    rows.clear();
    for (const GraphBox& part : box.parts) rows.push_back(part.rows.front());
    lines.push_back(op_counts(network, rows));
    return lines;
}

}  // namespace

BoxKind kind_of(const NetworkFigure& network, int row) {
    const std::string& op = row_of(network, row).op;
    if (std::find(convolution_ops.begin(), convolution_ops.end(), op) != convolution_ops.end())
        return BoxKind::weighted;
    if (std::find(pooling_ops.begin(), pooling_ops.end(), op) != pooling_ops.end()) return BoxKind::window;
    return BoxKind::plain;
}

std::string kind_text(const NetworkFigure& network, int row, Language language) {
    const Node& node = node_of(network, row);
    std::string text = short_op(node.op);
    if (kind_of(network, row) == BoxKind::plain) return text;
    if (const std::string kernel = kernel_text(network, row); !kernel.empty()) text += " " + kernel;
    if (const std::string stride = axes_text(node, "strides"); !stride.empty())
        text += ", " + trf(language, "stride {}", stride);
    if (const std::string dilation = axes_text(node, "dilations"); !dilation.empty())
        text += ", " + trf(language, "dilation {}", dilation);
    return text;
}

std::string numbers_text(const NetworkFigure& network, int row, Language language) {
    const Node& node = node_of(network, row);
    const network::Row& r = row_of(network, row);
    if (kind_of(network, row) == BoxKind::weighted) {
        const std::string in = count_or_open(channels_in(network, row)),
                          out = count_or_open(channels_out(network, row));
        if (is_depthwise(network, row) && in == out) return trf(language, "{}, depthwise", in);
        std::string text = fmt::format("{} → {}", in, out);
        if (const Index groups = number_of(node, "group", 1); groups > 1)
            text += ", " + trn(language, {{groups, "group"}}, "{} groups", groups);
        return text;
    }
    if (!r.weight || r.weight->size() != 2) return "";
    const bool turned = node.op == "Gemm" && number_of(node, "transB", 0) != 0;
    return fmt::format("{} → {}", count_or_open((*r.weight)[turned ? 1 : 0]),
                       count_or_open((*r.weight)[turned ? 0 : 1]));
}

std::string signature_of(const NetworkFigure& network, const GraphBox& box, bool exactly) {
    std::string text;
    for (const int row : box.rows) {
        if (!exactly && row != box.rows.front()) break;
        text += row_of(network, row).op + " " + kernel_text(network, row);
        if (is_depthwise(network, row)) text += " depthwise";
        if (exactly)
            text += " " + axes_text(node_of(network, row), "strides") + " " +
                    axes_text(node_of(network, row), "dilations") + " " +
                    numbers_text(network, row, Language::english) + " " +
                    (row_of(network, row).output ? network::sizes_text(*row_of(network, row).output) : "?");
        text += ";";
    }
    return text;
}

std::string shape_text(const NetworkFigure& network, int tensor) {
    const auto& sizes = network.inference.facts[static_cast<std::size_t>(tensor)].sizes;
    if (!sizes) return "?";
    return network::sizes_text(sizes->size() > 1 ? Sizes(sizes->begin() + 1, sizes->end()) : *sizes);
}

std::string block_name(const GraphBox& box, Language language) {
    return box.number == box.last_number ? trf(language, "Block {}", box.number)
                                         : trf(language, "Blocks {}–{}", box.number, box.last_number);
}

std::vector<std::string> box_lines(const NetworkFigure& network, const GraphBox& box, Language language, bool tersely) {
    switch (box.kind) {
        case BoxKind::input:
        case BoxKind::output: {
            const std::string& name = network.graph.tensors[static_cast<std::size_t>(box.tensor)].name;
            return {tr(language, box.kind == BoxKind::input ? "Input" : "Output") + " · " + name};
        }
        case BoxKind::block:
            return block_lines(network, box, language, tersely);
        case BoxKind::rest:
            return {trn(language, {{static_cast<Index>(box.rows.size()), "more layer"}}, "and {} more layers",
                        count_text(static_cast<Index>(box.rows.size())))};
        case BoxKind::weighted:
        case BoxKind::window:
        case BoxKind::plain:
            break;
    }
    const int row = box.rows.front();
    std::vector<std::string> lines{kind_text(network, row, language)};
    const std::string numbers = numbers_text(network, row, language), &name = row_of(network, row).name;
    lines.push_back(numbers.empty() ? name : numbers + " · " + name);
    if (box.rows.size() > 1) lines.push_back(followers_text(network, box));
    return lines;
}

std::string box_text(const NetworkFigure& network, const GraphBox& box, Language language) {
    if (box.kind != BoxKind::block) {
        if (box.rows.empty() || box.kind == BoxKind::rest) return box_lines(network, box, language).front();
        std::string text = kind_text(network, box.rows.front(), language);
        if (const std::string numbers = numbers_text(network, box.rows.front(), language); !numbers.empty())
            text += ", " + numbers;
        return text;
    }
    std::string text = block_lines(network, box, language, true).front();
    for (std::size_t n = 0; n < std::min(box.parts.size(), most_lines); ++n)
        text += (n == 0 ? ": " : "; ") + part_line(network, box.parts[n], language);
    return box.parts.size() > most_lines ? text + "; …" : text;
}

}  // namespace convloom::scene
