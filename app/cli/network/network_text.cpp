#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/cli/network/network_info.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::cli {
namespace {

using network::Index;
using network::kind_words;
using network::Reach;
using network::Row;
using network::Sizes;
using scene::count_text;

constexpr std::size_t longest_name = 40;
constexpr int bar_cells = 10;

// The number of characters; names may hold any.
std::size_t length_of(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        scene::next_character(text);
        ++count;
    }
    return count;
}

// Long names keep their end, which tells them apart.
std::string short_name(const std::string& name) {
    const std::size_t length = length_of(name);
    if (length <= longest_name) return name;
    std::string_view rest = name;
    for (std::size_t n = length - longest_name + 1; n > 0; --n) scene::next_character(rest);
    return "…" + std::string(rest);
}

// A bar of ten cells in eighths of a cell, as torchinfo's users know from progress bars.
std::string bar_of(double share) {
    constexpr std::array<const char*, 8> parts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const int eighths = static_cast<int>(share * bar_cells * 8 + 0.5);
    std::string bar;
    for (int n = 0; n < eighths / 8; ++n) bar += "█";
    return bar + parts[static_cast<std::size_t>(eighths % 8)];
}

std::string number_words(double number) {
    return number == static_cast<double>(static_cast<Index>(number)) ? std::to_string(static_cast<Index>(number))
                                                                     : fmt::format("{:.3g}", number);
}

std::string axes_words(const std::vector<double>& numbers) {
    std::string text;
    for (const double number : numbers) text += (text.empty() ? "" : "×") + number_words(number);
    return text;
}

struct Column {
    const char* title;
    bool right;
    std::vector<std::string> cells;
};

// Columns side by side, each as wide as its widest cell.
std::string table_of(const std::vector<Column>& columns) {
    std::vector<std::size_t> widths;
    for (const Column& column : columns) {
        std::size_t width = length_of(column.title);
        for (const std::string& cell : column.cells) width = std::max(width, length_of(cell));
        widths.push_back(width);
    }
    std::string out;
    auto add_line = [&](auto cell_of) {
        std::string line;
        for (std::size_t n = 0; n < columns.size(); ++n) {
            const std::string cell = cell_of(columns[n]);
            const std::string space(widths[n] - length_of(cell), ' ');
            line += (n > 0 ? "  " : "") + (columns[n].right ? space + cell : cell + space);
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        out += line + "\n";
    };
    add_line([](const Column& column) { return std::string(column.title); });
    for (std::size_t row = 0; row < columns.front().cells.size(); ++row)
        add_line([row](const Column& column) { return column.cells[row]; });
    return out;
}

std::string counted(const std::optional<Index>& number) {
    return number ? count_text(*number) : "";
}

std::string share_words(const Row& row, Index all) {
    if (!row.multiplications || all <= 0) return "";
    const double share = static_cast<double>(*row.multiplications) / static_cast<double>(all);
    return fmt::format("{:>5.1f} % {}", share * 100, bar_of(share));
}

std::string ends_text(const NetworkFacts& facts, const char* title, const std::vector<int>& tensors) {
    std::string text;
    for (const int number : tensors) {
        const auto at = static_cast<std::size_t>(number);
        const network::Fact& fact = facts.inference.facts[at];
        text += fmt::format("{:<8}{}  {}  {}\n", title, short_name(facts.graph.tensors[at].name),
                            sizes_words(fact.sizes), network::name_of(fact.type));
    }
    return text;
}

std::string title_of(const NetworkFacts& facts) {
    std::string text = facts.file;
    if (!facts.graph.name.empty()) text += fmt::format(": {}", facts.graph.name);
    if (!facts.graph.producer.empty()) text += fmt::format(", written by {}", facts.graph.producer);
    if (facts.graph.opset > 0) text += fmt::format(", opset {}", facts.graph.opset);
    return text + "\n";
}

std::string totals_of(const NetworkFacts& facts) {
    const network::Summary& summary = facts.summary;
    return fmt::format("{} layers, {} of them convolutions; {} parameters, {} multiply-adds\n",
                       count_text(static_cast<Index>(summary.rows.size())), count_text(summary.convolutions),
                       count_text(summary.parameters), count_text(summary.multiplications));
}

std::string remarks_of(const NetworkFacts& facts) {
    std::string text;
    for (const std::string& remark : facts.remarks) text += "Note: " + remark + "\n";
    return text;
}

// "output 1x64x112x112 -> 1x64x56x56" for what differs.
std::string changes_of(const Row& a, const Row& b) {
    std::string text;
    auto add = [&](const char* what, const std::string& before, const std::string& after) {
        if (before != after)
            text += fmt::format("{}{} {} → {}", text.empty() ? "" : ", ", what, before.empty() ? "none" : before,
                                after.empty() ? "none" : after);
    };
    add("name", a.name, b.name);
    add("weight", a.weight ? sizes_words(a.weight) : "", b.weight ? sizes_words(b.weight) : "");
    add("output", sizes_words(a.output), sizes_words(b.output));
    add("parameters", counted(a.parameters), counted(b.parameters));
    add("multiply-adds", counted(a.multiplications), counted(b.multiplications));
    add("sees", field_words(a.reach), field_words(b.reach));
    add("stride", stride_words(a.reach), stride_words(b.reach));
    return text;
}

}  // namespace

std::string sizes_words(const std::optional<Sizes>& sizes) {
    return sizes ? network::sizes_text(*sizes) : "?";
}

std::string field_words(const std::optional<Reach>& reach) {
    if (!reach) return "";
    return reach->whole ? "whole" : axes_words(reach->field);
}

std::string stride_words(const std::optional<Reach>& reach) {
    return reach && !reach->whole ? axes_words(reach->stride) : "";
}

std::string network_text(const NetworkFacts& facts) {
    std::vector<Column> columns = {{"Layer", false, {}},     {"Kind", false, {}},         {"Output", false, {}},
                                   {"Parameters", true, {}}, {"Multiply-adds", true, {}}, {"Sees", true, {}},
                                   {"Stride", true, {}},     {"Share", false, {}}};
    for (const Row& row : facts.summary.rows) {
        const std::string cells[] = {short_name(row.name),         kind_words(row),
                                     sizes_words(row.output),      counted(row.parameters),
                                     counted(row.multiplications), field_words(row.reach),
                                     stride_words(row.reach),      share_words(row, facts.summary.multiplications)};
        for (std::size_t n = 0; n < columns.size(); ++n) columns[n].cells.push_back(cells[n]);
    }
    return title_of(facts) + ends_text(facts, "Input", facts.graph.inputs) +
           ends_text(facts, "Output", facts.graph.outputs) + "\n" + table_of(columns) + "\n" + totals_of(facts) +
           remarks_of(facts);
}

std::string difference_text(const NetworkFacts& first, const NetworkFacts& second) {
    std::string lines;
    Index same = 0, changed = 0, only_first = 0, only_second = 0;
    for (const network::RowPair& pair : network::aligned(first.summary, second.summary)) {
        const Row* a = pair.first >= 0 ? &first.summary.rows[static_cast<std::size_t>(pair.first)] : nullptr;
        const Row* b = pair.second >= 0 ? &second.summary.rows[static_cast<std::size_t>(pair.second)] : nullptr;
        if (a != nullptr && b != nullptr) {
            const bool equal = network::alike(*a, *b);
            ++(equal ? same : changed);
            if (!equal)
                lines += fmt::format("~ {} ({}): {}\n", short_name(a->name), kind_words(*a), changes_of(*a, *b));
        } else if (a != nullptr) {
            ++only_first;
            lines += fmt::format("- {} ({}), output {}\n", short_name(a->name), kind_words(*a), sizes_words(a->output));
        } else if (b != nullptr) {
            ++only_second;
            lines += fmt::format("+ {} ({}), output {}\n", short_name(b->name), kind_words(*b), sizes_words(b->output));
        }
    }
    return fmt::format(
        "- {}  {}+ {}  {}\n{}{}{} layers alike, {} changed, {} only in the first, {} only in the second\n{}{}",
        title_of(first), totals_of(first), title_of(second), totals_of(second), lines, lines.empty() ? "" : "\n",
        count_text(same), count_text(changed), count_text(only_first), count_text(only_second), remarks_of(first),
        remarks_of(second));
}

}  // namespace convloom::cli
