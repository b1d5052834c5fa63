#include "core/state/filter_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/state/edit_distance.hpp"
#include "core/state/json_reader.hpp"
#include "core/state/table_text.hpp"

namespace convloom::state {
namespace {

using image::Kernel;
using image::NamedFilter;
using image::Pass;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(at, start), text.size());
        parts.push_back(trimmed(text.substr(start, end - start)));
        start = end + 1;
    }
    return parts;
}

double read_number(std::string_view what, std::string_view text) {
    try {
        const Table table = read_table(text);
        if (table.values.size() == 1 && std::isfinite(table.values[0])) return Json::parse(text).get<double>();
    } catch (const std::exception&) {
        // said below, with the name of what was read
    }
    throw Error(fmt::format("{} is “{}”, which is no number.", what, text));
}

int read_whole(std::string_view what, std::string_view text) {
    const double value = read_number(what, text);
    if (value != std::floor(value) || std::abs(value) > 1e6)
        throw Error(fmt::format("{} is {}; it is a whole number.", what, text));
    return static_cast<int>(value);
}

const NamedFilter& find_filter(std::string_view name) {
    if (const NamedFilter* filter = image::filter_named(name)) return *filter;
    std::vector<std::string_view> names;
    for (const NamedFilter& filter : image::named_filters()) names.push_back(filter.name);
    throw Error(fmt::format("There is no filter “{}”; {}`convloom filter --list` shows all.", name,
                            meant(name, names, "“{}” is near, ", "")));
}

// True where it was an option and not a parameter.
bool set_option(image::PassOptions& options, std::string_view name, std::string_view value) {
    if (name == "luminance")
        options.channels = image::Channels::luminance;
    else if (name == "linear-light")
        options.linear_light = true;
    else if (name == "absolute")
        options.absolute = true;
    else if (name == "stride")
        options.stride = read_whole(name, value);
    else if (name == "dilation")
        options.dilation = read_whole(name, value);
    else if (name == "gain")
        options.gain = static_cast<float>(read_number(name, value));
    else if (name == "offset")
        options.offset = static_cast<float>(read_number(name, value));
    else if (name == "padding-mode") {
        const auto mode = arith::padding_mode_named(value);
        if (!mode)
            throw Error(
                fmt::format("padding-mode is “{}”; the modes are zeros, reflect, replicate and circular.", value));
        options.padding = *mode;
    } else
        return false;
    return true;
}

void set_word(Pass& pass, const NamedFilter& filter, std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = trimmed(word.substr(0, equals)),
                           value = equals == std::string_view::npos ? "" : trimmed(word.substr(equals + 1));
    for (std::size_t n = 0; n < filter.parameters.size(); ++n) {
        if (filter.parameters[n].name != name) continue;
        pass.parameters[n] = read_number(fmt::format("{}'s {}", filter.name, name), value);
        return;
    }
    if (set_option(pass.options, name, value)) return;
    std::string names;
    for (const image::Parameter& p : filter.parameters) names += fmt::format("{}{}", names.empty() ? "" : ", ", p.name);
    throw Error(fmt::format("{} has no “{}”; it takes {}.", filter.name, name,
                            names.empty() ? "no parameters, only options" : names));
}

}  // namespace

Pass read_filter(std::string_view text, const image::PassOptions& usual) {
    const std::size_t colon = text.find(':');
    const NamedFilter& filter = find_filter(trimmed(text.substr(0, colon)));
    Pass pass{std::string(filter.name), filter.usual_values(), {}, usual, true};
    // A pooling strides by itself: what is said for all filters is its stride too.
    if (filter.is_pooling() && usual.stride > 1) pass.parameters[1] = usual.stride;
    if (colon != std::string_view::npos)
        for (std::string_view word : split(text.substr(colon + 1), ',')) set_word(pass, filter, word);
    return pass;
}

std::string filter_text(const Pass& pass) {
    const NamedFilter* filter = image::filter_named(pass.filter);
    std::vector<std::string> words;
    for (std::size_t n = 0; filter && n < pass.parameters.size() && n < filter->parameters.size(); ++n)
        if (pass.parameters[n] != filter->parameters[n].usual)
            words.push_back(fmt::format("{}={}", filter->parameters[n].name, pass.parameters[n]));
    const image::PassOptions& o = pass.options;
    if (o.stride != 1) words.push_back(fmt::format("stride={}", o.stride));
    if (o.dilation != 1) words.push_back(fmt::format("dilation={}", o.dilation));
    if (o.padding != arith::PaddingMode::reflect)
        words.push_back(fmt::format("padding-mode={}", arith::name_of(o.padding)));
    if (o.gain != 1) words.push_back(fmt::format("gain={}", o.gain));
    if (o.offset != 0) words.push_back(fmt::format("offset={}", o.offset));
    if (o.channels == image::Channels::luminance) words.push_back("luminance");
    if (o.linear_light) words.push_back("linear-light");
    if (o.absolute) words.push_back("absolute");
    return words.empty() ? pass.filter : fmt::format("{}:{}", pass.filter, fmt::join(words, ","));
}

namespace {

constexpr std::string_view not_a_kernel = "This is not a kernel";

Kernel kernel_of(const Table& table) {
    if (table.rows > image::most_kernel_side || table.columns > image::most_kernel_side)
        throw Error(fmt::format("The kernel has {} rows and {} columns; a side has at most {}.", table.rows,
                                table.columns, image::most_kernel_side));
    Kernel kernel = image::kernel_of_table(static_cast<int>(table.rows), static_cast<int>(table.columns), table.values);
    if (kernel.side > image::most_kernel_side)
        throw Error(fmt::format("The kernel of {}×{} has no middle on a square of {}.", table.rows, table.columns,
                                image::most_kernel_side));
    return kernel;
}

Kernel read_kernel(std::string_view text) {
    float over = 1;
    if (const std::size_t slash = text.rfind('/'); slash != std::string_view::npos) {
        over = static_cast<float>(read_number("What the kernel is divided by", trimmed(text.substr(slash + 1))));
        if (over == 0) throw Error("The kernel is divided by 0.");
        text = text.substr(0, slash);
    }
    std::string lines(trimmed(text));
    std::replace(lines.begin(), lines.end(), ';', '\n');
    Kernel kernel = kernel_of(read_table(lines));
    for (float& w : kernel.weights) w /= over;
    return kernel;
}

Kernel read_kernel_json(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw Error(fmt::format("{}: the text is not JSON.", not_a_kernel));
    const JsonReader in(json, not_a_kernel);
    return kernel_of(read_table(in.list("kernel").dump()));
}

}  // namespace

std::vector<Kernel> read_kernels(std::string_view text) {
    if (trimmed(text).starts_with('{')) return {read_kernel_json(text)};
    std::vector<Kernel> kernels;
    int side = 0;
    for (std::string_view part : split(text, '|')) {
        kernels.push_back(read_kernel(part));
        side = std::max(side, kernels.back().side);
    }
    if (kernels.size() != 1 && kernels.size() != 3)
        throw Error(fmt::format("There are {} kernels apart by “|”; give one, or one for red, green and blue each.",
                                kernels.size()));
    for (Kernel& kernel : kernels) kernel = image::resized(kernel, side);
    return kernels;
}

std::string kernel_text(const Kernel& kernel) {
    std::string text;
    for (int r = 0; r < kernel.side; ++r) {
        if (r > 0) text += "; ";
        for (int c = 0; c < kernel.side; ++c) text += fmt::format("{}{}", c > 0 ? " " : "", kernel.at(r, c));
    }
    return text;
}

std::string kernel_json(const Kernel& kernel, const std::string& name) {
    // By hand, so that a row is a line.
    std::string text = fmt::format("{{\n \"name\": {},\n \"kernel\": [\n",
                                   Json(name).dump(-1, ' ', false, Json::error_handler_t::replace));
    for (int r = 0; r < kernel.side; ++r) {
        const auto row = kernel.weights.begin() + static_cast<std::ptrdiff_t>(r) * kernel.side;
        text += fmt::format("  [{}]{}\n", fmt::join(row, row + kernel.side, ", "), r + 1 < kernel.side ? "," : "");
    }
    return text + " ]\n}\n";
}

}  // namespace convloom::state
