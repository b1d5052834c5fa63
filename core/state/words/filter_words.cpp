#include "core/state/words/filter_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/layer_kinds.hpp"
#include "core/state/base/number_words.hpp"
#include "core/state/json/json_reader.hpp"
#include "core/state/words/filter_names.hpp"
#include "core/state/words/table_text.hpp"

namespace convloom::state {
namespace {

using image::Kernel;
using image::NamedFilter;
using image::Pass;

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(at, start), text.size());
        parts.push_back(trimmed(text.substr(start, end - start)));
        start = end + 1;
    }
    return parts;
}

}  // namespace

double read_number(std::string_view what, std::string_view text) {
    if (const auto number = number_of(text)) return *number;
    throw Error(fmt::format("{} is “{}”, which is not a number.", what, text));
}

int read_whole(std::string_view what, std::string_view text) {
    const double value = read_number(what, text);
    if (value != std::floor(value) || std::abs(value) > 1e6)
        throw Error(fmt::format("{} is {}; it must be a whole number.", what, text));
    return static_cast<int>(value);
}

namespace {

// Returns true if the name was that of an option, not of a parameter.
bool set_option(image::PassOptions& options, std::string_view name, std::string_view value) {
    const bool flag = name == "luminance" || name == "linear-light" || name == "absolute" || name == "straight-alpha";
    if (flag && !value.empty()) throw Error(fmt::format("{} is “{}”, but it takes no value.", name, value));
    if (name == "luminance")
        options.channels = image::Channels::luminance;
    else if (name == "linear-light")
        options.linear_light = true;
    else if (name == "absolute")
        options.absolute = true;
    else if (name == "straight-alpha")
        options.straight_alpha = true;
    else if (name == "stride")
        options.stride = read_whole(name, value);
    else if (name == "dilation")
        options.dilation = read_whole(name, value);
    else if (name == "gain")
        options.gain = static_cast<float>(read_number(name, value));
    else if (name == "offset")
        options.offset = static_cast<float>(read_number(name, value));
    else if (name == "padding-mode") {
        const auto mode = arith::padding_mode_asked(value);
        if (!mode) throw Error(fmt::format("padding-mode is “{}”; {}.", value, arith::padding_modes_instead(value)));
        options.padding = mode->mode;
    } else
        return false;
    return true;
}

// Splits "sigma=2" into name and value.
std::pair<std::string_view, std::string_view> name_and_value(std::string_view word) {
    const std::size_t equals = word.find('=');
    return {trimmed(word.substr(0, equals)), equals == std::string_view::npos ? "" : trimmed(word.substr(equals + 1))};
}

// A number, or for some parameters a name.
double read_parameter(const NamedFilter& filter, const image::Parameter& p, std::string_view value) {
    for (std::size_t n = 0; n < p.names.size(); ++n)
        if (p.names[n] == value) return static_cast<double>(n);
    if (p.names.empty() || number_of(value)) return read_number(fmt::format("{}'s {}", filter.name, p.name), value);
    throw Error(
        fmt::format("{}'s {} is “{}”; it must be {}.", filter.name, p.name, value, arith::listed(p.names, " or ")));
}

void set_word(Pass& pass, const NamedFilter& filter, std::string_view name, std::string_view value) {
    for (std::size_t n = 0; n < filter.parameters.size(); ++n) {
        if (filter.parameters[n].name != name) continue;
        pass.parameters[n] = read_parameter(filter, filter.parameters[n], value);
        return;
    }
    if (set_option(pass.options, name, value)) return;
    std::string names;
    for (const image::Parameter& p : filter.parameters) names += fmt::format("{}{}", names.empty() ? "" : ", ", p.name);
    throw Error(fmt::format("{} has no “{}”; it takes {}.", filter.name, name,
                            names.empty() ? "no parameters, only options" : names));
}

void set_words(Pass& pass, const NamedFilter& filter, std::string_view words) {
    std::vector<std::string_view> seen;
    for (std::string_view word : split(words, ',')) {
        const auto [name, value] = name_and_value(word);
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            throw Error(fmt::format("{}'s {} is given twice.", filter.name, name));
        seen.push_back(name);
        set_word(pass, filter, name, value);
    }
}

}  // namespace

Pass read_filter(std::string_view text, const image::PassOptions& usual) {
    const std::size_t colon = text.find(':');
    const NamedFilter& filter = find_filter(trimmed(text.substr(0, colon)));
    Pass pass{std::string(filter.name), filter.usual_values(), {}, usual, true};
    // A pooling has a stride of its own, so the stride given for all filters replaces it.
    if (filter.is_pooling() && usual.stride > 1) pass.parameters[1] = usual.stride;
    if (colon != std::string_view::npos) set_words(pass, filter, text.substr(colon + 1));
    return pass;
}

namespace {

constexpr std::string_view not_a_kernel = "This is not a kernel";

Kernel kernel_of(const Table& table, const image::Laying& laying) {
    if (table.rows > image::most_table_side || table.columns > image::most_table_side)
        throw Error(arith::counting({{table.rows, "row"}, {table.columns, "column"}},
                                    "The kernel has {} rows and {} columns; a side has at most {}.", table.rows,
                                    table.columns, image::most_table_side));
    const auto rows = static_cast<int>(table.rows), columns = static_cast<int>(table.columns);
    check_origin(laying, rows, columns);
    Kernel kernel = image::kernel_of_table(rows, columns, table.values, laying);
    if (!laying.origin && kernel.side > image::most_table_side)
        throw Error(fmt::format("A kernel of {}×{} cannot be centred on a square of {}.", table.rows, table.columns,
                                image::most_table_side));
    return kernel;
}

// The start of a divisor of all weights, "/ 16", or the end of the text. A slash inside a number belongs to that
// weight.
std::size_t divisor_of(std::string_view text) {
    constexpr std::string_view between = " \t\r\n,;[]()";
    const std::size_t first = text.find('/');
    if (first == std::string_view::npos) return text.size();
    for (std::size_t at = first; at != std::string_view::npos; at = text.find('/', at + 1))
        if (at == 0 || between.find(text[at - 1]) != std::string_view::npos) return at;
    const std::size_t weight = text.find_last_of(between, first);
    if (weight != std::string_view::npos && text.find_first_of(between, first) == std::string_view::npos)
        throw Error(
            fmt::format("“{}” at the kernel's end can be one weight or divide all of them; write “ / {}” for all, "
                        "or the weight with a point.",
                        text.substr(weight + 1), text.substr(first + 1)));
    return text.size();
}

Kernel read_kernel(std::string_view text, const image::Laying& laying) {
    text = trimmed(text);
    float over = 1;
    if (const std::size_t stroke = divisor_of(text); stroke < text.size()) {
        over = static_cast<float>(read_number("What the kernel is divided by", trimmed(text.substr(stroke + 1))));
        if (over == 0) throw Error("The kernel is divided by 0.");
        text = text.substr(0, stroke);
    }
    std::string lines(trimmed(text));
    std::replace(lines.begin(), lines.end(), ';', '\n');
    Kernel kernel = kernel_of(read_table(lines), laying);
    for (float& w : kernel.weights) w /= over;
    return kernel;
}

Kernel read_kernel_json(std::string_view text, const image::Laying& laying) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw Error(fmt::format("{}: the text is not JSON.", not_a_kernel));
    const JsonReader in(json, not_a_kernel);
    return kernel_of(read_table(in.list("kernel").dump()), laying);
}

}  // namespace

std::vector<Kernel> read_kernels(std::string_view text, const image::Laying& laying) {
    if (trimmed(text).starts_with('{')) return {read_kernel_json(text, laying)};
    std::vector<Kernel> kernels;
    int side = 0;
    for (std::string_view part : split(text, '|')) {
        kernels.push_back(read_kernel(part, laying));
        side = std::max(side, kernels.back().side);
    }
    if (kernels.size() != 1 && kernels.size() != 3)
        throw Error(fmt::format("There are {} kernels separated by “|”; give one, or three for red, green and blue.",
                                kernels.size()));
    for (Kernel& kernel : kernels) kernel = image::resized(kernel, side);
    return kernels;
}

void check_origin(const image::Laying& laying, int rows, int columns) {
    if (!laying.origin) return;
    const auto [row, column] = *laying.origin;
    if (row < 0 || column < 0 || row >= rows || column >= columns)
        throw Error(
            fmt::format("The origin ({}, {}) does not lie in a kernel of {}×{}; rows and columns are counted from 0.",
                        row, column, rows, columns));
}

image::Cell read_origin(std::string_view text) {
    const auto parts = split(text, ',');
    if (parts.size() != 2)
        throw Error(fmt::format("The origin is “{}”; it must be a row and a column, such as 0,1.", text));
    return {read_whole("The origin's row", parts[0]), read_whole("The origin's column", parts[1])};
}

std::string kernel_text(const Kernel& kernel) {
    std::string text;
    for (int r = 0; r < kernel.side; ++r) {
        if (r > 0) text += "; ";
        for (int c = 0; c < kernel.side; ++c) text += fmt::format("{}{}", c > 0 ? " " : "", kernel.at(r, c));
    }
    return text;
}

}  // namespace convloom::state
