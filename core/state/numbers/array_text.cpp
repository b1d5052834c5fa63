#include "core/state/numbers/array_text.hpp"

#include <fmt/format.h>

#include "core/arith/layer/counts.hpp"
#include "core/state/base/error.hpp"
#include "core/state/base/number_words.hpp"
#include "core/state/words/table_text.hpp"

namespace convloom::state {
namespace {

using arith::Index;

constexpr std::string_view separators = " \t\r\n,";

// Lists in brackets. Every list of one depth has as many members as the first.
struct ListReader {
    std::string_view text;
    std::size_t at = 0;
    Array array;
    std::vector<Index> counts;      // of the lists that are open
    std::size_t numbers_depth = 0;  // how deep the numbers are; 0 before the first

    [[noreturn]] void fail(const char* why) const { throw Error(fmt::format("The list {}.", why)); }

    void open() {
        if (!counts.empty()) ++counts.back();
        counts.push_back(0);
        if (counts.size() > most_array_axes) fail("is nested more than 5 deep");
    }
    // Compares the list that ends with the first of its depth.
    void close() {
        if (counts.empty()) fail("has more closing brackets than opening ones");
        const Index count = counts.back(), depth = static_cast<Index>(counts.size());
        counts.pop_back();
        while (static_cast<Index>(array.shape.size()) < depth) array.shape.push_back(-1);
        Index& known = array.shape[static_cast<std::size_t>(depth) - 1];
        if (known >= 0 && known != count)
            throw Error(fmt::format("The list is uneven: one part has {}, another {}.", arith::counted(known, "member"),
                                    count));
        known = count;
    }
    void number() {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n,[]", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        const auto value = float_of(word);
        if (!value) throw Error(fmt::format("“{}” in the list is not a finite number.", word.substr(0, 24)));
        if (counts.empty()) fail("has numbers outside its brackets");
        if (numbers_depth == 0) numbers_depth = counts.size();
        if (numbers_depth != counts.size()) fail("mixes numbers and lists");
        ++counts.back();
        array.values.push_back(*value);
        if (static_cast<Index>(array.values.size()) > most_table_cells)
            throw Error(fmt::format("More than {} numbers.", most_table_cells));
        at = end;
    }
    Array read() {
        while (at < text.size()) {
            const char c = text[at];
            if (c == '[')
                open(), ++at;
            else if (c == ']')
                close(), ++at;
            else if (separators.find(c) != std::string_view::npos)
                ++at;
            else
                number();
        }
        if (!counts.empty()) fail("has more opening brackets than closing ones");
        const auto count = arith::element_count(array.shape);
        if (array.values.empty()) throw Error("The text holds no numbers.");
        if (!count || *count != static_cast<Index>(array.values.size())) fail("mixes numbers and lists");
        return std::move(array);
    }
};

Array array_of(Table table) {
    return {table.rows == 1 ? arith::Shape{table.columns} : arith::Shape{table.rows, table.columns},
            std::move(table.values), false};
}

}  // namespace

Array read_array(std::string_view text) {
    const std::size_t first = text.find('['), last = text.rfind(']');
    if (first != std::string_view::npos) {
        if (last == std::string_view::npos || last < first) throw Error("The list has no closing bracket.");
        return ListReader{text.substr(first, last - first + 1), 0, {}, {}, 0}.read();
    }
    if (text.find('|') == std::string_view::npos) return array_of(read_table(text));
    Array all;
    all.has_planes = true;
    Index planes = 0;
    while (true) {
        const std::size_t end = text.find('|');
        const Array plane = array_of(read_table(text.substr(0, end)));
        if (planes > 0 && plane.shape != arith::Shape(all.shape.begin() + 1, all.shape.end()))
            throw Error(fmt::format("Plane {} is {}, but the planes before it are {}.", planes + 1,
                                    arith::to_text(plane.shape),
                                    arith::to_text(arith::Shape(all.shape.begin() + 1, all.shape.end()))));
        if (planes == 0) {
            all.shape = plane.shape;
            all.shape.insert(all.shape.begin(), 0);
        }
        all.shape.front() = ++planes;
        all.values.insert(all.values.end(), plane.values.begin(), plane.values.end());
        if (static_cast<Index>(all.values.size()) > most_table_cells)
            throw Error(fmt::format("More than {} numbers.", most_table_cells));
        if (end == std::string_view::npos) return all;
        text.remove_prefix(end + 1);
    }
}

}  // namespace convloom::state
