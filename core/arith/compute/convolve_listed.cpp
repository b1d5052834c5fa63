// The plain loops of the kinds of layer that have a second tensor beside their input.
#include <cmath>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

// The value of a plane between its cells, from the four around (y, x) as far as they exist.
float between_cells(const float* plane, Index rows, Index columns, float y, float x) {
    if (!(y > -1 && x > -1 && y < static_cast<float>(rows) && x < static_cast<float>(columns))) return 0;
    const auto top = static_cast<Index>(std::floor(y)), left = static_cast<Index>(std::floor(x));
    const float down = y - std::floor(y), right = x - std::floor(x);
    float value = 0;
    auto add = [&](Index row, Index column, float part) {
        if (part == 0 || row < 0 || column < 0 || row >= rows || column >= columns) return;
        value += part * plane[row * columns + column];
    };
    add(top, left, (1 - down) * (1 - right));
    add(top, left + 1, (1 - down) * right);
    add(top + 1, left, down * (1 - right));
    add(top + 1, left + 1, down * right);
    return value;
}

Index place_of(const Axis& axis, Index output, Index kernel) {
    return output * axis.stride - axis.pad_before + kernel * axis.dilation;
}

}  // namespace

Tensor deform(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias,
              const SideTensors& sides) {
    const Extents e(layer);
    const Axis &high = layer.axes[0], &wide = layer.axes[1];
    const Index per_group = layer.in_channels / layer.offset_groups, kernel = e.kernel_volume;
    auto side = [&](const Shared<Tensor>& tensor, Index channel, Index o, float otherwise) {
        return tensor ? tensor->values[static_cast<std::size_t>(channel * e.out_volume + o)] : otherwise;
    };
    Tensor output{output_shape(layer), {}};
    for (Index oc = 0; oc < layer.out_channels; ++oc)
        for (Index o = 0; o < e.out_volume; ++o) {
            float sum = 0;
            for (Index c = 0; c < layer.group_in(); ++c)
                for (Index k = 0; k < kernel; ++k) {
                    const Index channel = oc / layer.group_out() * layer.group_in() + c;
                    const Index cell = channel / per_group * kernel + k;
                    const float y = static_cast<float>(place_of(high, o / e.out[1], k / e.kernel[1])) +
                                    side(sides[0], 2 * cell, o, 0),
                                x = static_cast<float>(place_of(wide, o % e.out[1], k % e.kernel[1])) +
                                    side(sides[0], 2 * cell + 1, o, 0);
                    float sample = between_cells(input.values.data() + channel * e.in_volume, e.in[0], e.in[1], y, x);
                    if (layer.modulated) sample *= side(sides[1], cell, o, 1);
                    sum += sample * weight.values[static_cast<std::size_t>((oc * layer.group_in() + c) * kernel + k)];
                }
            output.values.push_back(bias ? sum + bias->values[static_cast<std::size_t>(oc)] : sum);
        }
    return output;
}

namespace {

// Calls visit(kernel cell, input cell or -1) for each cell of a window of a partial convolution; -1 in the padding.
template <class Visit>
void visit_window(const Layer& layer, const Extents& e, Index o, Visit&& visit) {
    const Cell at = cell_at(o, e.out, layer.rank());
    for (Index k = 0; k < e.kernel_volume; ++k) {
        const Cell kernel = cell_at(k, e.kernel, layer.rank());
        Cell source{};
        bool inside = true;
        for (int a = 0; a < layer.rank(); ++a) {
            source[a] = place_of(layer.axes[a], at[a], kernel[a]);
            inside &= source[a] >= 0 && source[a] < e.in[a];
        }
        visit(k, inside ? index_of(source, e.in, layer.rank()) : -1);
    }
}

bool is_valid(const SideTensors& sides, Index cell) {
    return cell >= 0 && (!sides[0] || sides[0]->values[static_cast<std::size_t>(cell)] != 0);
}

}  // namespace

Tensor convolve_partially(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias,
                          const SideTensors& sides) {
    const Extents e(layer);
    Tensor output{output_shape(layer), {}};
    for (Index oc = 0; oc < layer.out_channels; ++oc)
        for (Index o = 0; o < e.out_volume; ++o) {
            Index cells = 0, valid = 0;
            visit_window(layer, e, o, [&](Index, Index cell) {
                cells += cell >= 0 || layer.count_include_pad;
                valid += is_valid(sides, cell);
            });
            float sum = 0;
            for (Index c = 0; c < layer.group_in(); ++c) {
                const Index channel = oc / layer.group_out() * layer.group_in() + c;
                visit_window(layer, e, o, [&](Index k, Index cell) {
                    if (is_valid(sides, cell))
                        sum +=
                            input.values[static_cast<std::size_t>(channel * e.in_volume + cell)] *
                            weight.values[static_cast<std::size_t>((oc * layer.group_in() + c) * e.kernel_volume + k)];
                });
            }
            if (valid == 0) {
                output.values.push_back(0);
                continue;
            }
            sum *= static_cast<float>(cells) / static_cast<float>(valid);
            output.values.push_back(bias ? sum + bias->values[static_cast<std::size_t>(oc)] : sum);
        }
    return output;
}

Tensor updated_mask(const Layer& layer, const SideTensors& sides) {
    const Extents e(layer);
    Tensor mask{output_shape(layer), {}};
    mask.shape[0] = 1;
    for (Index o = 0; o < e.out_volume; ++o) {
        bool any = false;
        visit_window(layer, e, o, [&](Index, Index cell) { any |= is_valid(sides, cell); });
        mask.values.push_back(any ? 1.0f : 0.0f);
    }
    return mask;
}

}  // namespace convloom::arith
