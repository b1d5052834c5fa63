#include "app/cli/layer/info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/words/layer_code.hpp"
#include "core/state/words/table_text.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::cli {
namespace {

using arith::Index;
using arith::Layer;
using arith::Shape;
using scene::count_text;

constexpr int name_width = 16;

void add_row(std::string& out, std::string_view name, std::string_view value) {
    out += fmt::format("  {:<{}}{}\n", name, name_width, value);
}

std::string bytes_text(Index bytes) {
    constexpr const char* units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double amount = static_cast<double>(bytes);
    int unit = 0;
    for (; amount >= 1024 && unit < 4; ++unit) amount /= 1024;
    return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.3g} {}", amount, units[unit]);
}

// One row per axis, or a single row if all axes agree.
template <class Say>
void add_axes(std::string& out, const Layer& layer, Say say) {
    const std::string first = say(0);
    bool same = true;
    for (int a = 1; a < layer.rank(); ++a) same &= say(a) == first;
    for (int a = 0; a < (same ? 1 : layer.rank()); ++a)
        if (const std::string value = say(a); !value.empty())
            add_row(out, same && layer.rank() > 1 ? "each axis" : std::string(arith::axis_name(layer.rank(), a)),
                    value);
}

void add_sizes(std::string& out, const Layer& layer) {
    add_row(out, "input", arith::to_text(arith::input_shape(layer)));
    if (layer.has_weight())
        add_row(out, "weight",
                arith::to_text(arith::weight_shape(layer)) +
                    (layer.bias ? fmt::format(", bias {}", layer.out_channels) : ""));
    add_row(out, "output", arith::to_text(arith::output_shape(layer)));
    if (layer.changes_channels()) {
        // PyTorch joins the places of the windows to one axis.
        const arith::Shape windows = layer.kind().folds ? arith::input_shape(layer) : arith::output_shape(layer);
        add_row(out, "windows",
                fmt::format("{}×{} as PyTorch's matrix", windows[0], *arith::element_count(windows) / windows[0]));
    }
    add_axes(out, layer, [&](int a) { return arith::output_size_formula(layer, a); });
    add_axes(out, layer, [&](int a) -> std::string {
        const arith::Relationship r = arith::relationship(layer, a);
        return layer.has_sized_windows() ? ""
               : r.number == 0           ? "relationship: none of the fifteen covers these numbers"
                                         : fmt::format("relationship {}: {}, {}", r.number, r.formula, r.says);
    });
    if (layer.is_transposed())
        add_axes(out, layer, [&](int a) {
            const arith::EquivalentDirect d = arith::equivalent_direct(layer.axes[a]);
            return fmt::format(
                "as a direct layer: {} between cells ({}), padding p' = {}{}, stride 1, kernel turned by "
                "180°",
                arith::counted(d.zeros_between, "zero"), arith::counted(d.stretched, "cell"), d.pad_before,
                d.extra > 0 ? fmt::format(" and {} more at the end", d.extra) : "");
        });
    else if (arith::rounds_down(layer))
        add_axes(out, layer, [&](int a) -> std::string {
            const Index unused = arith::unused_cells(layer.axes[a]);
            return unused == 0 ? ""
                               : fmt::format("rounding down leaves the last {} unused",
                                             unused == 1 ? "padded cell" : arith::counted(unused, "padded cell"));
        });
}

void add_memory(std::string& out, const arith::Cost& cost) {
    add_row(out, "memory",
            fmt::format("input {}, weight {}, output {} (float32)", bytes_text(cost.input_bytes),
                        bytes_text(cost.weight_bytes), bytes_text(cost.output_bytes)));
}

void add_cost(std::string& out, const arith::Cost& cost) {
    add_row(out, "parameters", count_text(cost.parameters));
    add_row(out, "multiplications", count_text(cost.multiplications));
    add_row(out, "additions", count_text(cost.additions));
    add_memory(out, cost);
}

// One row for each: its title, the shape after it, its parameters and what it does.
void add_rows(std::string& out, const std::string& head, const arith::Betweens& betweens, Shape shape) {
    out += fmt::format("\n{}\n", head);
    for (const arith::Between& between : betweens) {
        const Index count = arith::parameters(between, shape);
        shape = arith::shape_after(between, shape).shape;
        const std::string words =
            count > 0 ? arith::counting({{count, "parameter"}}, "{} parameters", count_text(count)) : "";
        out += fmt::format("  {:<24}  {:<16}  {:>18}  {}\n", arith::title_of(between), arith::to_text(shape), words,
                           between.kind->says);
    }
}

// Not for a ReLU alone, which the code of the layer shows.
void add_betweens(std::string& out, const std::string& head, const arith::Betweens& betweens, Shape shape) {
    if (betweens.empty() || arith::is_relu(betweens)) return;
    add_rows(out, head, betweens, std::move(shape));
}

void add_receptive_field(std::string& out, const Layer& layer, const std::vector<arith::ReceptiveField>& fields) {
    add_axes(out, layer, [&](int a) {
        return fmt::format("receptive field {:g}, effective stride {:g}, first cell {:g}", fields[a].size,
                           fields[a].stride, fields[a].offset);
    });
}

void add_alternatives(std::string& out, const Layer& layer) {
    if (layer.op != arith::Op::convolution) return;
    const std::vector<arith::Alternative> others = arith::alternatives(layer);
    if (others.size() < 2) return;
    out += "\n  Other layers with the same shapes\n";
    out += fmt::format("  {:<28}{:>16}{:>20}\n", "", "parameters", "multiplications");
    for (const arith::Alternative& other : others) {
        // "675 + 9,600 = 10,275" for the two layers of a separable one.
        std::string parts;
        if (other.chain.size() > 1)
            for (const arith::Link& link : other.chain)
                parts += (parts.empty() ? "  = " : " + ") + count_text(arith::cost(link.layer).multiplications);
        out += fmt::format("  {:<28}{:>16}{:>20}{}\n", other.name, count_text(other.cost.parameters),
                           count_text(other.cost.multiplications), parts);
    }
}

// For a depthwise separable chain: the cost of one layer with the same shapes.
void add_standard(std::string& out, const arith::Chain& chain) {
    const auto standard = arith::standard_of(chain);
    if (!standard) return;
    const Index one = arith::cost(*standard).multiplications, two = arith::cost(chain).multiplications;
    add_row(out, "against",
            fmt::format("{} multiplications of one {}: {:.1f} %", count_text(one), state::torch_code(*standard),
                        100.0 * static_cast<double>(two) / static_cast<double>(one)));
    add_alternatives(out, *standard);
}

// The output's numbers, one row per channel, as NumPy would list them.
void add_values(std::string& out, const arith::Tensor& output) {
    constexpr std::size_t most_values = 1000;
    if (output.values.size() > most_values)
        return add_row(out, "values",
                       fmt::format("{}; `convloom compute` with the same words writes them",
                                   arith::counted(static_cast<Index>(output.values.size()), "number")));
    const Index channels = output.shape.front(), columns = output.shape.back(),
                rows = static_cast<Index>(output.values.size()) / channels / columns;
    for (Index c = 0; c < channels; ++c) {
        const auto from = output.values.begin() + c * rows * columns;
        add_row(out, channels > 1 ? fmt::format("values {}", c) : "values",
                state::list_text({rows, columns, {from, from + rows * columns}}));
    }
}

// For layers none of which has a window.
std::string rows_alone(const InfoSubject& subject) {
    std::string out;
    add_rows(out, "No layer of these has a window", subject.alone, subject.input);
    const Shape last = arith::shapes_after(subject.alone, subject.input).last(subject.input);
    return out.substr(1) + fmt::format("\nIn a row: {} to {}\n", arith::to_text(subject.input), arith::to_text(last));
}

std::string chain_text(const InfoSubject& subject) {
    const arith::Chain& chain = subject.chain;
    std::string out;
    const auto fields = arith::receptive_fields(chain);
    if (chain.front().before.size() > 1 || !chain.front().given.empty()) {
        add_betweens(out, "In front of the first layer", chain.front().before, arith::input_shape(chain));
        out = out.substr(1) + "\n";
    }
    bool plain = true;
    for (std::size_t n = 0; n < chain.size(); ++n) {
        const Layer& layer = chain[n].layer;
        if (n > 0) out += "\n";
        if (chain.size() > 1) out += fmt::format("Layer {}: ", n + 1);
        out += state::code_of(chain[n], subject.words) + "\n";
        add_sizes(out, layer);
        add_receptive_field(out, layer, fields[n]);
        add_cost(out, arith::cost(layer));
        add_betweens(out, chain.size() > 1 ? fmt::format("After layer {}", n + 1) : "After the layer", chain[n].after,
                     arith::output_shape(layer));
        plain &= chain[n].after.empty() || arith::is_relu(chain[n].after);
        if (chain.size() > 1) continue;
        if (subject.output && plain) add_values(out, *subject.output);
        add_alternatives(out, layer);
    }
    if (chain.size() > 1 || !plain) {
        out += fmt::format("\nThe chain: {} to {}\n", arith::to_text(arith::input_shape(chain)),
                           arith::to_text(arith::output_shape(chain)));
        std::string sum;
        for (const arith::Link& link : chain) {
            sum += (sum.empty() ? "" : " + ") + count_text(arith::cost(link.layer).multiplications);
            if (const Index products = arith::cost_after(link).multiplications; products > 0)
                sum += " + " + count_text(products);
        }
        const arith::Cost total = arith::cost(chain);
        add_row(out, "parameters", count_text(total.parameters));
        add_row(
            out, "multiplications",
            sum.find('+') == std::string::npos ? sum : fmt::format("{} = {}", sum, count_text(total.multiplications)));
        add_row(out, "additions", count_text(total.additions));
        add_memory(out, total);
        if (subject.output) add_values(out, *subject.output);
        add_standard(out, chain);
    }
    return out;
}

}  // namespace

std::string info_text(const InfoSubject& subject) {
    std::string out = subject.chain.empty() ? rows_alone(subject) : chain_text(subject);
    if (subject.remarks.empty()) return out;
    out += "\nNotes\n";
    for (const std::string& remark : subject.remarks) out += fmt::format("  {}\n", remark);
    return out;
}

}  // namespace convloom::cli
