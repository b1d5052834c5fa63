#include "core/state/frameworks/torch_layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/frameworks/torch_comment.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using arith::Layer;
using arith::LayerKind;
using Written = arith::LayerNumber::Written;

// The names of a kind's arguments for a rank, in PyTorch's order.
std::vector<std::string_view> arguments_of(const LayerKind& kind, int rank) {
    std::vector<std::string_view> names;
    constexpr std::string_view between = ", ";
    for (std::string_view rest = kind.torch_arguments; !rest.empty();) {
        const std::size_t end = std::min(rest.find(between), rest.size());
        names.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + between.size(), rest.size()));
    }
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.torch && rank < one.least_torch_rank) std::erase(names, one.torch);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (!one.comment && one.belongs_to(kind.op) && std::find(names.begin(), names.end(), one.key) == names.end())
            names.push_back(one.key);
    return names;
}

// Windows that begin deeper in the padding than half of the undilated kernel are refused.
void check_pooling_padding(const Arguments& in, const Layer& layer) {
    for (const arith::Axis& axis : layer.axes)
        if (axis.kernel >= 1 && axis.pad_before > axis.kernel / 2)
            in.fail("padding",
                    fmt::format("has a padding of {}; PyTorch takes at most half of the kernel, which is {} of {}",
                                axis.pad_before, axis.kernel / 2, axis.kernel));
}

void read_padding(const Arguments& in, Layer& layer) {
    if (in.text("padding", {"same", "valid"}) && layer.is_transposed())
        in.fail("padding", "takes numbers as padding; PyTorch has “same” and “valid” for Conv only");
    if (const std::string* word = in.text("padding", {"same", "valid"}); word && layer.op == arith::Op::convolution) {
        if (*word != "same" && *word != "valid")
            in.fail("padding", fmt::format("has the padding “{}”; it must be a number, same or valid", shown(*word)));
        for (arith::Axis& axis : layer.axes) {
            if (*word == "valid") continue;
            if (axis.stride != 1)
                in.fail("padding",
                        fmt::format(
                            "has padding=\"same\" and a stride of {}; PyTorch allows “same” with a stride of 1 only",
                            axis.stride));
            std::tie(axis.pad_before, axis.pad_after) = arith::padding_for(arith::PaddingRule::same, axis);
        }
        return;
    }
    const std::vector<Index> padding = in.each("padding", 0);
    for (int a = 0; a < layer.rank(); ++a) layer.axes[a].pad_before = layer.axes[a].pad_after = padding[a];
}

// Reads the numbers that are not per axis; `where_set` selects those that are written only if set.
void read_layer_numbers(const Arguments& in, Layer& layer, bool where_set) {
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.of_layer || !one.torch || (one.written == Written::where_set) != where_set ||
            !one.belongs_to(layer.op) || (where_set && in.is_none(one.torch) && !one.torch_required))
            continue;
        const Index value = in.whole(one.torch, one.torch_required ? std::nullopt : std::optional(one.by_default));
        if (one.zero_refused && value == 0)
            in.fail(one.torch, fmt::format("has {} = 0; {}", one.torch, one.zero_refused));
        layer.*one.of_layer = value;
    }
}

// Numbers that are None by default, as output_size=(None, 7).
std::vector<Index> read_or_none(const Arguments& in, const Layer& layer, const arith::LayerNumber& one) {
    if (!in.find(one.torch)) in.fail(one.torch, fmt::format("needs {}", one.torch));
    if (in.is_none(one.torch)) return std::vector<Index>(layer.axes.size(), one.by_default);
    std::vector<Index> values = in.each(one.torch, {}, true, true);
    for (Index& value : values) {
        if (value == one.by_default)
            in.fail(one.torch, fmt::format("has {} = {}; None keeps the input's size", one.torch, value));
        if (value == none_in_tuple) value = one.by_default;
    }
    return values;
}

// Reads the numbers per axis. The stride of a pooling defaults to its kernel size.
void read_axis_numbers(const Arguments& in, Layer& layer, bool with_kernel) {
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.of_axis || !one.torch || one.after || !one.belongs_to(layer.op)) continue;
        if (one.of_axis == &arith::Axis::kernel && !with_kernel) continue;
        std::vector<Index> values;
        if (one.torch_none)
            values = read_or_none(in, layer, one);
        else if ((one.of_axis == &arith::Axis::upsample_size || one.of_axis == &arith::Axis::scale_factor) &&
                 in.is_none(one.torch))
            values.assign(layer.axes.size(), one.by_default);
        else if (one.of_axis == &arith::Axis::kernel)
            values = in.each(one.torch, {}, layer.kind().stride_is_kernel);
        else if (one.of_axis == &arith::Axis::stride && layer.kind().stride_is_kernel && in.is_none(one.torch))
            for (const arith::Axis& axis : layer.axes) values.push_back(axis.kernel);
        else
            values = in.each(one.torch, one.by_default);
        for (std::size_t a = 0; a < values.size(); ++a) layer.axes[a].*one.of_axis = values[a];
    }
}

// "conv_transpose" for "ConvTranspose": the function of the same name.
std::string function_name(std::string_view name) {
    const auto is_capital = [&](std::size_t n) { return n < name.size() && name[n] >= 'A' && name[n] <= 'Z'; };
    std::string words;
    for (std::size_t n = 0; n < name.size(); ++n) {
        const bool begins =
            is_capital(n) && n > 0 && (!is_capital(n - 1) || (n + 1 < name.size() && !is_capital(n + 1)));
        if (begins) words += '_';
        words += is_capital(n) ? static_cast<char>(name[n] - 'A' + 'a') : name[n];
    }
    return words;
}

// What functions take in another order than the class, or instead of it.
std::vector<std::string_view> function_arguments(const LayerKind& kind, int rank) {
    if (kind.op == arith::Op::convolution)
        return {"input", "weight", "bias", "stride", "padding", "dilation", "groups"};
    if (kind.op == arith::Op::transposed_convolution)
        return {"input", "weight", "bias", "stride", "padding", "output_padding", "groups", "dilation"};
    std::vector<std::string_view> names = arguments_of(kind, rank);
    if (kind.op == arith::Op::max_pooling)
        names = {"kernel_size", "stride", "padding", "dilation", "ceil_mode", "return_indices"};
    names.insert(names.begin(), "input");
    if (kind.op == arith::Op::max_unpooling) {
        names.insert(names.begin() + 1, "indices");
        names.push_back("output_size");
    }
    if (kind.interpolates) {
        names.push_back("recompute_scale_factor");
        names.push_back("antialias");
    }
    return names;
}

std::vector<std::string_view> arguments_of(const TorchLayer& named) {
    if (named.function) return function_arguments(*named.kind, named.rank);
    std::vector<std::string_view> names = arguments_of(*named.kind, named.rank);
    if (named.lazy) std::erase(names, "in_channels");
    return names;
}

// The output size of a fold, or that the function of an unpooling may be given, with or without batch and channels.
void read_restored_size(const Arguments& in, Layer& layer) {
    const Value* size = in.find("output_size");
    const bool folds = layer.kind().folds;
    if (folds && !size) in.fail("output_size", "needs output_size");
    std::vector<Index> sizes(layer.axes.size());
    if (folds || (size && !size->is(ValueKind::list))) {
        if (!folds) return;  // such as x.size(), which is not known here
        sizes = in.each("output_size", {}, true);
    } else if (size) {
        const auto& given = size->elements();
        if (given.size() < sizes.size() || given.size() > sizes.size() + 2)
            in.fail("output_size", fmt::format("takes {} to {} sizes as output_size", sizes.size(), sizes.size() + 2));
        for (std::size_t a = 0; a < sizes.size(); ++a)
            sizes[a] =
                in.number("output_size", given[given.size() - sizes.size() + a], "takes sizes as output_size", 1);
    }
    for (std::size_t a = 0; a < sizes.size(); ++a) {
        arith::Axis& axis = layer.axes[a];
        axis.restored_size = sizes[a];
        if (!folds || sizes[a] < 1 || sizes[a] > arith::max_field || axis.stride < 1 || axis.kernel < 1 ||
            axis.dilation < 1)
            continue;
        // The input's size follows; the output's need not be noted where it follows from that.
        arith::Axis direct = axis;
        direct.size = sizes[a];
        if (arith::kernel_extent(direct) > arith::padded_size(direct)) continue;
        axis.size = arith::output_size(direct);
        arith::Axis usual = axis;
        usual.restored_size = 0;
        if (arith::restored_size(usual) == sizes[a]) axis.restored_size = 0;
    }
}

// The shape of the weight that a function is given decides the channels and the kernel.
void read_weight(const Arguments& in, Layer& layer) {
    const Value* weight = in.find("weight");
    if (!weight) in.fail("weight", "needs weight");
    const auto count = static_cast<std::size_t>(in.rank()) + 2;
    std::string example = "torch.randn(8, 3";
    for (int a = 0; a < in.rank(); ++a) example += ", 3";
    if (in.note_open("weight", *weight, example + ")")) return;
    arith::Shape shape = weight->shape;
    for (const Value& size : weight->elements()) shape.push_back(in.number("weight", size, "takes sizes as weight", 1));
    if (shape.size() != count)
        in.fail("weight", fmt::format("takes a weight of {} sizes, such as {})", count, example));
    for (const Index size : shape)
        if (size < 1 || size > arith::max_field) in.fail("weight", fmt::format("has a weight with a size of {}", size));
    const Index groups = std::clamp<Index>(in.whole("groups", 1), 1, arith::max_field);
    layer.in_channels = layer.is_transposed() ? shape[0] : shape[1] * groups;
    layer.out_channels = layer.is_transposed() ? shape[1] * groups : shape[0];
    for (int a = 0; a < in.rank(); ++a) layer.axes[a].kernel = shape[static_cast<std::size_t>(a) + 2];
}

void read_padding_mode(const Arguments& in, Layer& layer) {
    std::vector<std::string_view> modes;
    for (const arith::PaddingModeInfo& mode : arith::padding_modes())
        if (!mode.torch.empty()) modes.push_back(mode.torch);
    const std::string* mode = in.text("padding_mode", modes);
    const Value* given = in.find("padding_mode");
    if (!mode && given && !in.note_open("padding_mode", *given, "'zeros'"))
        in.fail("padding_mode", "takes a text as padding_mode");
    if (!mode) return;
    const auto named = arith::padding_mode_of_torch(*mode);
    if (!named)
        in.fail("padding_mode", fmt::format("has the padding_mode “{}”; the modes are {}", shown(*mode),
                                            arith::torch_padding_mode_names(" and ")));
    layer.padding_mode = *named;
}

// The kind of a class that has a mode, such as Upsample.
arith::Op op_of_mode(const Arguments& in, const LayerKind& kind) {
    std::vector<std::string_view> modes;
    for (const LayerKind& other : arith::layer_kinds)
        if (other.torch == kind.torch) modes.push_back(other.torch_modes[static_cast<std::size_t>(in.rank() - 1)]);
    const std::string* mode = in.text("mode", modes);
    if (!mode) {
        if (const Value* given = in.find("mode"); given && !given->is(ValueKind::none))
            in.note_open("mode", *given, "'nearest'");
        return kind.op;
    }
    for (const LayerKind& other : arith::layer_kinds)
        if (other.torch == kind.torch && other.torch_modes[static_cast<std::size_t>(in.rank() - 1)] == *mode)
            return other.op;
    in.fail("mode",
            fmt::format("has the mode “{}”; for this input the modes are {}", shown(*mode), fmt::join(modes, " and ")));
}

}  // namespace

std::optional<TorchLayer> torch_layer_named(std::string_view name) {
    static const std::map<std::string, TorchLayer, std::less<>> by_name = [] {
        std::map<std::string, TorchLayer, std::less<>> all;
        for (const LayerKind& kind : arith::layer_kinds) {
            if (arith::torch_name(kind, 1) == kind.torch) {
                all.emplace(std::string(kind.torch), TorchLayer{&kind, kind.only_rank, false, false});  // of every rank
                continue;
            }
            for (int rank = 1; rank <= arith::max_rank; ++rank) {
                const std::string own = arith::torch_name(kind, rank);
                all.emplace(own, TorchLayer{&kind, rank, false, false});
                all.emplace(function_name(own), TorchLayer{&kind, rank, false, true});
                if (kind.mixes_channels) all.emplace("Lazy" + own, TorchLayer{&kind, rank, true, false});
            }
        }
        for (const char* function : {"interpolate", "upsample"})
            all.emplace(function, TorchLayer{all.at("Upsample").kind, 0, false, true});
        return all;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? std::nullopt : std::optional(found->second);
}

Arguments torch_arguments(const Module& call, const TorchLayer& named, ReadingNotes& notes) {
    return {call, {arguments_of(named), {"device", "dtype"}, named.rank}, notes};
}

std::vector<std::string_view> torch_arguments_of(arith::LayerField field) {
    std::vector<std::string_view> names;
    if (field == arith::LayerField::channels) names = {"out_channels", "in_channels"};
    // The size is not part of the text.
    const arith::LayerField of = field == arith::LayerField::size ? arith::LayerField::kernel : field;
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.torch && one.field == of && of != arith::LayerField::pooling) names.push_back(one.torch);
    return names;
}

Layer read_torch_layer(const Arguments& in, const TorchLayer& named, Index coming) {
    const LayerKind& kind = *named.kind;
    Layer layer;
    layer.op = kind.op;
    layer.axes.resize(named.rank);
    if (!kind.torch_modes[0].empty()) layer.op = op_of_mode(in, kind);
    const bool weighted_function = named.function && kind.weight;
    if (weighted_function) read_weight(in, layer);
    read_axis_numbers(in, layer, !weighted_function);
    if (kind.mixes_channels && !weighted_function) {
        layer.in_channels = named.lazy ? coming : in.whole("in_channels", {});
        layer.out_channels = in.whole("out_channels", {});
    }
    read_layer_numbers(in, layer, false);
    if (weighted_function)
        layer.bias = !in.is_none("bias");
    else if (kind.bias)
        layer.bias = in.truthy("bias", true);
    read_padding_mode(in, layer);
    if (kind.interpolates && in.is_none("size") && in.is_none("scale_factor"))
        in.fail("size", "needs size or scale_factor");
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (!one.comment && one.belongs_to(layer.op) && !in.is_none(one.key))
            layer.*one.on = in.truth(one.key, one.by_default);
    read_layer_numbers(in, layer, true);
    read_padding(in, layer);
    if (layer.is_pooling()) check_pooling_padding(in, layer);
    read_torch_comment(in.call().comment, layer);
    if (kind.folds || (named.function && kind.op == arith::Op::max_unpooling)) read_restored_size(in, layer);
    return layer;
}

}  // namespace convloom::state
