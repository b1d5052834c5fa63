#include "core/arith/chain/cost.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/base/saturating.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

Index volume(const Cell& extents, int rank) {
    Index n = 1;
    for (int a = 0; a < rank; ++a) n = saturating_product(n, extents[a]);
    return n;
}

}  // namespace

Cost& Cost::operator+=(const Cost& other) {
    parameters = saturating_sum(parameters, other.parameters);
    multiplications = saturating_sum(multiplications, other.multiplications);
    additions = saturating_sum(additions, other.additions);
    weight_bytes = saturating_sum(weight_bytes, other.weight_bytes);
    return *this;
}

Cost cost(const Layer& layer) {
    const int rank = layer.rank();
    const Index kernel = volume(kernel_extents(layer), rank);
    const Index inputs = *element_count(input_shape(layer)), outputs = *element_count(output_shape(layer));
    Cost c;
    c.input_bytes = saturating_product(inputs, sizeof(float));
    c.output_bytes = saturating_product(outputs, sizeof(float));
    if (!layer.has_weight()) {
        Index cells = layer.out_channels;  // of all windows
        for (int a = 0; a < rank; ++a) cells = saturating_product(cells, all_windows(layer, a));
        // A power or a root counts as one multiplication.
        if (layer.reduction() == Reduction::mean)
            c.multiplications = outputs;
        else if (layer.reduction() == Reduction::norm && layer.norm_type > 1)
            c.multiplications = saturating_sum(cells, outputs);
        else if (layer.kind().interpolates && kernel > 1)
            c.multiplications = cells;
        c.additions = layer.op == Op::max_unpooling || layer.kind().unfolds
                          ? 0
                          : std::max<Index>(cells - outputs, 0);  // it only copies
        return c;
    }
    const Index biases = layer.bias ? layer.out_channels : 0;
    c.parameters = saturating_sum(*element_count(weight_shape(layer)), biases);
    c.weight_bytes = saturating_product(c.parameters, sizeof(float));
    // In a transposed layer every input cell is multiplied by its kernel for every output channel of its group.
    c.multiplications = layer.is_transposed()
                            ? saturating_product(saturating_product(inputs, layer.group_out()), kernel)
                            : saturating_product(saturating_product(outputs, layer.group_in()), kernel);
    c.additions = c.multiplications - (layer.is_transposed() ? 0 : outputs);
    if (layer.bias) c.additions = saturating_sum(c.additions, outputs);
    return c;
}

Cost cost_after(const Link& link) {
    Cost c;
    Shape shape = output_shape(link.layer);
    for (const Between& between : link.after) {
        c.parameters = saturating_sum(c.parameters, parameters(between, shape));
        const Index products = multiplications(between, shape);
        c.multiplications = saturating_sum(c.multiplications, products);
        c.additions = saturating_sum(c.additions, products);
        shape = shape_after(between, shape).shape;
    }
    c.weight_bytes = saturating_product(c.parameters, sizeof(float));
    return c;
}

Cost cost(const Chain& chain) {
    Cost total;
    for (const Link& link : chain) {
        total += cost(link.layer);
        total += cost_after(link);
    }
    if (!chain.empty()) {
        total.input_bytes = cost(chain.front().layer).input_bytes;
        total.output_bytes = cost(chain.back().layer).output_bytes;
    }
    return total;
}

std::vector<Alternative> alternatives(const Layer& layer) {
    std::vector<Alternative> all;
    auto add = [&](std::string name, Chain chain) {
        if (!check(chain).empty()) return;
        Cost c = cost(chain);
        all.push_back({std::move(name), std::move(chain), c});
    };
    Layer other = layer;
    other.groups = 1;
    add("standard", {{other, {}, {}, {}}});
    for (Index g = 2; g <= std::min(layer.in_channels, layer.out_channels); ++g) {
        if (layer.in_channels % g != 0 || layer.out_channels % g != 0) continue;
        other.groups = g;
        add(fmt::format("{} groups", g), {{other, {}, {}, {}}});
    }
    other.groups = 1;
    // With one channel there is nothing to separate: the depthwise half would already be the whole layer.
    if (layer.op == Op::convolution && layer.in_channels > 1) add("depthwise separable", depthwise_separable(other));
    // A 1x1 kernel is an alternative only if it gives the same output shape.
    for (Axis& axis : other.axes) axis = Axis{.size = axis.size, .stride = axis.stride};
    if (output_shape(other) == output_shape(layer)) add("1×1", {{other, {}, {}, {}}});
    return all;
}

}  // namespace convloom::arith
