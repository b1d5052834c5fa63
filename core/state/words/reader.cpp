#include "core/state/words/reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/base/saturating.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/edit_distance.hpp"
#include "core/state/base/one_of.hpp"
#include "core/state/frameworks/between_reader.hpp"
#include "core/state/frameworks/keras_layers.hpp"
#include "core/state/frameworks/onnx_layers.hpp"
#include "core/state/frameworks/torch_comment.hpp"
#include "core/state/frameworks/torch_layers.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using arith::Layer;

constexpr int most_stages = 4000;

bool is_capital_name(std::string_view name) {
    return !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
}

// Of the functions called unfold and fold only those of torch.nn.functional: x.unfold(2, 3, 1) does something else.
std::optional<TorchLayer> torch_layer_of(const Module& module) {
    auto named = torch_layer_named(module.name);
    const bool functional = module.path == "F" || module.path.ends_with("functional");
    if (named || !functional || (module.name != "unfold" && module.name != "fold")) return named;
    named = torch_layer_named(module.name == "fold" ? "Fold" : "Unfold");
    named->function = true;
    return named;
}

std::vector<std::string> known_names() {
    std::vector<std::string> names;
    for (const arith::LayerKind& kind : arith::layer_kinds)
        for (int rank = 1; rank <= arith::max_rank; ++rank) {
            names.push_back(arith::torch_name(kind, rank));
            if (kind.mixes_channels) names.push_back("Lazy" + names.back());
        }
    for (const std::vector<std::string>& more :
         {keras_layer_names(), onnx_layer_names(), arith::between_names(arith::Framework::pytorch),
          arith::between_names(arith::Framework::keras), arith::between_names(arith::Framework::onnx)})
        names.insert(names.end(), more.begin(), more.end());
    return names;
}

// PyTorch's words for the arguments of Keras and ONNX, by which the places of problems are found.
std::string place_name(const std::string& argument) {
    const std::pair<std::string_view, std::string_view> torch_words[] = {
        {"filters", "out_channels"},  {"strides", "stride"},           {"dilation_rate", "dilation"},
        {"pool_size", "kernel_size"}, {"kernel_shape", "kernel_size"}, {"dilations", "dilation"},
        {"pads", "padding"},          {"auto_pad", "padding"},         {"group", "groups"},
        {"W", "in_channels"},         {"weight", "in_channels"},       {"depth_multiplier", "out_channels"}};
    for (const auto& [other, own] : torch_words)
        if (argument == other) return std::string(own);
    return argument;
}

// "nn.Conv2D" is in the name of one framework and the way of another.
void check_framework(const Module& module, bool is_torch, bool is_keras) {
    const bool of_torch = module.path == "nn" || module.path == "torch.nn",
               of_keras = module.path == "keras.layers" || module.path == "tf.keras.layers";
    if (is_keras && of_torch)
        throw CodeFault(fmt::format("{} is Keras's name; write layers.{} for it, or PyTorch's own for nn.", module.name,
                                    module.name),
                        module.span);
    if (is_torch && of_keras)
        throw CodeFault(fmt::format("{} is PyTorch's name; write nn.{} for it, or Keras's own for layers.", module.name,
                                    module.name),
                        module.span);
}

}  // namespace

Reading Reader::read() {
    try {
        visit_row(code_.modules, false);
        if (branches_) join(branches_->channels, code_.modules.back().module->span);
    } catch (const CodeFault&) {
        notes_.throw_open();
        throw;
    }
    notes_.throw_open();
    if (reading_.chain.empty() && reading_.alone.empty() && !notes_.remarks.empty())
        throw CodeFault(fmt::format("There is no layer in the text: {}", notes_.remarks.front()),
                        code_.modules.front().module->span);
    if (reading_.chain.empty() && reading_.alone.empty())
        throw Error("There is no layer in the text; write one such as nn.Conv2d(3, 64, 7, stride=2, padding=3).");
    if (!reading_.chain.empty()) {
        reading_.chain.front().before = std::move(reading_.alone);
        reading_.alone.clear();
        arith::connect(reading_.chain, reading_.input);
        arith::connect(reading_.chain);
    }
    reading_.remarks = std::move(notes_.remarks);
    return std::move(reading_);
}

void Reader::count(TextSpan where) {
    if (++count_ > most_stages) throw CodeFault(fmt::format("There are more than {} layers.", most_stages), where);
}

void Reader::visit(const Module& module, const std::string& label) {
    count(module.span);
    const bool function = !is_capital_name(module.name);
    if (visit_sliding(module)) return;
    // A block may have the name of a layer of Keras or ONNX, such as Dense.
    const bool block =
        !function && !module.children.empty() && !arith::between_named(module.name, arith::Framework::pytorch);
    if (!block && visit_between(module)) return;
    if (!module.children.empty()) return visit_block(module, label);
    if (function && is_one_of(module.name, std::initializer_list<std::string_view>{"cat", "concat", "concatenate"})) {
        after_joint_ = true;
        return;
    }
    visit_unknown(module);
}

bool Reader::visit_sliding(const Module& module) {
    auto torch = torch_layer_of(module);
    const auto keras = torch ? std::nullopt : keras_layer_named(module.name);
    const OnnxLayer* onnx = torch || keras ? nullptr : onnx_layer_named(module.name);
    if (!torch && !keras && !onnx) return false;
    check_framework(module, torch.has_value(), keras.has_value());
    if (torch ? torch->function : onnx != nullptr) visit_children(module);
    const int rank = static_cast<int>(reading_.input.size()) - 1;
    int coming_rank = shape_.empty() ? rank : static_cast<int>(shape_.size()) - 1;
    if (torch && torch->rank == 0) torch->rank = std::clamp(coming_rank, 1, arith::max_rank);
    if (torch && torch->kind->folds && coming_rank == 1) {
        unfold_input(module, *torch);
        coming_rank = static_cast<int>((shape_.empty() ? reading_.input : shape_).size()) - 1;
    }
    const int own_rank = torch ? torch->rank : keras ? keras->rank : onnx_rank(module, rank);
    if (own_rank != coming_rank) {
        const arith::Shape& given = shape_.empty() ? reading_.input : shape_;
        throw RankFault(fmt::format("{} takes an input of {} numbers (C and {} more); {} has {}.", module.name,
                                    own_rank + 1, own_rank, arith::to_text(given), given.size()),
                        module.span, own_rank);
    }
    const arith::Framework framework = torch   ? arith::Framework::pytorch
                                       : keras ? arith::Framework::keras
                                               : arith::Framework::onnx;
    if (reading_.chain.empty()) reading_.framework = framework;
    if (torch) {
        const Arguments in = torch_arguments(module, *torch, notes_);
        add_layer(read_torch_layer(in, *torch, channels_), in);
        return true;
    }
    arith::Shape coming = shape_.empty() ? arith::Shape{channels_} : shape_;
    if (onnx) {
        const Arguments in = onnx_arguments(module, *onnx, own_rank, notes_);
        const bool weighted = arith::kind_of(onnx->op).weight;
        if (weighted) ++weights_;
        const auto given = code_.names.find(onnx_weight_name(weights_));
        Layer layer =
            read_onnx_layer(in, *onnx, coming, given == code_.names.end() ? nullptr : &given->second, weights_);
        read_torch_comment(module.comment, layer);
        add_layer(std::move(layer), in);
        return true;
    }
    const Arguments in = keras_arguments(module, *keras, notes_);
    std::vector<Layer> layers = read_keras_layer(in, *keras, coming);
    if (layers.size() == 1) read_torch_comment(module.comment, layers[0]);
    for (Layer& layer : layers) add_layer(std::move(layer), in);
    if (auto activation = read_activation(in)) add_between(*activation, in.span("activation"));
    return true;
}

// A fold may be given the places of the windows joined to one axis, as PyTorch has them.
void Reader::unfold_input(const Module& module, const TorchLayer& torch) {
    const Layer layer = read_torch_layer(torch_arguments(module, torch, notes_), torch, channels_);
    Index places = 1;
    arith::Shape apart{channels_};
    for (const arith::Axis& axis : layer.axes) {
        places = arith::saturating_product(places, axis.size);
        apart.push_back(axis.size);
    }
    if (!reading_.chain.empty() || reading_.input.size() != 2 || places != reading_.input[1]) return;
    reading_.input = shape_ = apart;
}

void Reader::add_layer(Layer layer, const Arguments& in) {
    // A pooling keeps the channels that it receives.
    if (!layer.mixes_channels()) layer.in_channels = channels_, layer.out_channels = layer.out_channels_for(channels_);
    if (layer.in_channels != channels_ && notes_.open.empty()) {
        const bool first = reading_.chain.empty() && reading_.alone.empty();
        throw Misfit(fmt::format("{} has in_channels = {}, and {} {}.", in.call().name, layer.in_channels,
                                 first ? "the input's channels are" : "the channels it receives are", channels_),
                     in.find("in_channels") ? in.span("in_channels")
                     : in.find("W")         ? in.span("W")
                                            : in.span("weight"));
    }
    for (int a = 0; a < layer.rank(); ++a)
        layer.axes[a].size =
            shape_.size() > static_cast<std::size_t>(a) + 1 ? shape_[static_cast<std::size_t>(a) + 1] : 1;
    LayerPlaces places{in.call().span, {}};
    for (const Arguments::Given& one : in.given()) places.arguments.emplace_back(place_name(one.name), one.span);
    reading_.places.push_back(std::move(places));
    reading_.chain.push_back({std::move(layer), {}, {}, {}});
    follow();
    if (!shape_.empty()) history_.push_back(shape_);
}

void Reader::follow() {
    if (reading_.chain.empty()) return;
    const arith::Link& last = reading_.chain.back();
    channels_ = last.layer.out_channels;
    const bool known = !shape_.empty() && arith::check(last.layer).empty();
    shape_.clear();
    if (!known) return;
    shape_ = arith::output_shape(last.layer);
    const arith::BetweenShapes after = arith::shapes_after(last.after, shape_);
    shape_ = after.problem ? arith::Shape{} : after.last(shape_);
    if (!shape_.empty()) channels_ = shape_[0];
}

void Reader::take_comment(const std::string& comment) {
    if (reading_.chain.empty() || comment.empty()) return;
    const Layer before = reading_.chain.back().layer;
    read_torch_comment(comment, reading_.chain.back().layer);
    if (reading_.chain.back().layer != before) follow();
}

void Reader::add_between(arith::Between between, TextSpan) {
    if (!shape_.empty()) {
        const arith::BetweenShape after = arith::shape_after(between, shape_);
        const bool changes = !after.problem && after.shape != shape_;
        shape_ = after.problem ? arith::Shape{} : after.shape;
        if (!shape_.empty()) channels_ = shape_[0];
        if (changes) history_.push_back(shape_);
    }
    (reading_.chain.empty() ? reading_.alone : reading_.chain.back().after).push_back(std::move(between));
}

// ResNet's forward() flattens where its print shows nothing: Linear asks for as many features as there are values.
void Reader::flatten_before(const Module& linear) {
    if (shape_.size() < 2) return;
    const auto features = wanted(linear);
    const auto count = arith::element_count(shape_);
    if (!features || shape_.back() == *features) return;
    if (has_blocks_ && *features == channels_ && count != *features) {
        notes_.add_remark(
            fmt::format("The mean of each channel is taken before {}, which takes {} values.", linear.name, *features));
        return add_between(arith::between_of("global_avg_pool", static_cast<int>(shape_.size()) - 1), linear.span);
    }
    if (count != *features) return;
    notes_.add_remark(
        fmt::format("The values are flattened before {}, which takes {} of them.", linear.name, *features));
    add_between(arith::between_of("flatten"), linear.span);
}

bool Reader::visit_between(const Module& module) {
    if (is_pad_function(module)) {
        visit_children(module);
        if (shape_.empty()) return true;
        add_between(read_pad_function(module, static_cast<int>(shape_.size()) - 1, notes_), module.span);
        return true;
    }
    const bool function = !is_capital_name(module.name);
    if (function && is_one_of(module.name, std::initializer_list<std::string_view>{"view", "reshape", "squeeze"})) {
        visit_children(module);
        if (shape_.size() > 1) add_between(arith::between_of("flatten"), module.span);
        return true;
    }
    if (module.name == "Linear") flatten_before(module);
    auto betweens = read_betweens(module, shape_.empty() ? arith::Shape{channels_} : shape_, notes_);
    if (!betweens) return false;
    if (function) visit_children(module);
    const bool joint = betweens->front().kind->group == arith::BetweenGroup::joint;
    if (std::string_view(betweens->front().kind->json) == "concat") {
        after_joint_ = true;
        return true;
    }
    if (joint) notes_.add_remark(fmt::format("{} joins a branch, which is passed over.", module.name));
    for (arith::Between& one : *betweens) add_between(std::move(one), module.span);
    take_comment(module.comment);
    return true;
}

void Reader::visit_children(const Module& module) {
    for (const Module::Child& one : module.children) visit(*one.module, one.label);
}

void Reader::visit_unknown(const Module& module) {
    if (is_one_of(module.name, std::initializer_list<std::string_view>{"Sequential", "ModuleList", "ModuleDict",
                                                                       "Input", "InputLayer", "OrderedDict", "Model"}))
        return;
    const bool function = !is_capital_name(module.name);
    static const std::vector<std::string> names = known_names();
    const std::string meant = nearest(module.name, names);
    if (module.name.size() >= 4 && edit_distance(module.name, meant) == 1)
        throw CodeFault(fmt::format("There is no layer “{}” here; did you mean {}?", shown(module.name), meant),
                        module.span);
    if (function) {
        notes_.add_remark(fmt::format("“{}” is no layer that is known here, and was passed over.", shown(module.name)));
        return;
    }
    notes_.add_remark(
        fmt::format("“{}” is not known here; it is taken as a stage that keeps the shape.", shown(module.name)));
    add_between(arith::unknown_between(module.name), module.span);
}

Reading read_layers(std::string_view text, const arith::Shape& input, const std::vector<NameGiven>& given) {
    const CodeRun code = run_code(text, given);
    try {
        return Reader(code, input).read();
    } catch (const RankFault& fault) {
        // 1x3x224x224 begins with the batch.
        const bool has_batch = static_cast<int>(input.size()) == fault.rank() + 2 && input[0] == 1;
        if (!has_batch) throw;
    }
    return Reader(code, {input.begin() + 1, input.end()}).read();
}

TextSpan place_of(const Reading& reading, int link, arith::LayerField field) {
    if (link < 0 || static_cast<std::size_t>(link) >= reading.places.size()) return {};
    const LayerPlaces& places = reading.places[static_cast<std::size_t>(link)];
    for (const std::string_view name : torch_arguments_of(field))
        for (const auto& [argument, span] : places.arguments)
            if (argument == name) return span;
    return places.name;
}

}  // namespace convloom::state
