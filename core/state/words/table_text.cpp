#include "core/state/words/table_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/arith/layer/counts.hpp"
#include "core/state/base/error.hpp"
#include "core/state/base/number_words.hpp"

namespace convloom::state {
namespace {

using arith::Index;

bool is_one_of(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

float number(std::string_view word, Index row, Index column) {
    const auto value = float_of(word);
    if (!value)
        throw Error(
            fmt::format("Row {}, column {}: “{}” is not a finite number.", row + 1, column + 1, word.substr(0, 24)));
    return *value;
}

struct Reader {
    std::string_view text;
    Table table;
    std::vector<float> row;

    void end_row() {
        if (row.empty()) return;
        const auto columns = static_cast<Index>(row.size());
        if (table.rows > 0 && columns != table.columns)
            throw Error(arith::counting({{columns, "number"}}, "Row {} has {} numbers, but the rows before it have {}.",
                                        table.rows + 1, columns, table.columns));
        table.columns = columns;
        ++table.rows;
        table.values.insert(table.values.end(), row.begin(), row.end());
        row.clear();
    }

    // Calls `other` for characters that are neither part of a number nor a separator.
    template <class Other>
    void read(std::string_view between, Other other) {
        for (std::size_t n = 0; n < text.size();) {
            const char c = text[n];
            if (other(c)) {
                ++n;
            } else if (is_one_of(c, between)) {
                ++n;
            } else {
                std::size_t end = n;
                while (end < text.size() && !is_one_of(text[end], " \t\r\n,;[]()")) ++end;
                if (end == n) throw Error(fmt::format("Row {}: “{}” does not belong there.", table.rows + 1, c));
                row.push_back(number(text.substr(n, end - n), table.rows, static_cast<Index>(row.size())));
                if (static_cast<Index>(table.values.size() + row.size()) > most_table_cells)
                    throw Error(fmt::format("More than {} numbers.", most_table_cells));
                n = end;
            }
        }
        end_row();
    }
};

// Rows are given by brackets; text around the outermost ones, such as "tensor(" or "array(", is skipped.
Table read_list(std::string_view text) {
    const std::size_t first = text.find('['), last = text.rfind(']');
    if (last == std::string_view::npos || last < first) throw Error("The list has no closing bracket.");
    Reader reader{text.substr(first, last - first + 1), {}, {}};
    int depth = 0, deepest = 0;
    bool closed_plane = false;
    reader.read(" \t\r\n,", [&](char c) {
        if (c == '[') {
            if (closed_plane) throw Error("There are several planes of numbers; paste one plane at a time.");
            reader.end_row();
            deepest = std::max(deepest, ++depth);
        } else if (c == ']') {
            reader.end_row();
            --depth;
            if (depth < deepest - 1 && depth > 0) closed_plane = true;
        }
        return c == '[' || c == ']';
    });
    if (depth != 0)
        throw Error(depth > 0 ? "The list has more opening brackets than closing ones."
                              : "The list has more closing brackets than opening ones.");
    return std::move(reader.table);
}

Table read_lines(std::string_view text) {
    Reader reader{text, {}, {}};
    reader.read(" \t\r,", [&](char c) {
        if (c == '\n' || c == ';') reader.end_row();
        return c == '\n' || c == ';';
    });
    return std::move(reader.table);
}

}  // namespace

Table read_table(std::string_view text) {
    Table table = text.find('[') != std::string_view::npos ? read_list(text) : read_lines(text);
    if (table.values.empty()) throw Error("The text holds no numbers.");
    return table;
}

std::string list_text(const Table& table) {
    std::string text;
    for (Index r = 0; r < table.rows; ++r) {
        text += r > 0 ? ", [" : "[";
        for (Index c = 0; c < table.columns; ++c)
            text += fmt::format("{}{}", c > 0 ? ", " : "", table.values[r * table.columns + c]);
        text += "]";
    }
    return table.rows == 1 ? text : "[" + text + "]";
}

}  // namespace convloom::state
