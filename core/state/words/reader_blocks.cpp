// Blocks whose data does not go straight through their layers: branches, shortcuts, layers that rescale.
#include <fmt/format.h>

#include <algorithm>

#include "core/arith/chain/between_kinds.hpp"
#include "core/state/base/one_of.hpp"
#include "core/state/frameworks/torch_layers.hpp"
#include "core/state/words/reader.hpp"

namespace convloom::state {
namespace {

using arith::Index;

// Containers whose layers follow each other.
constexpr std::string_view rows_of_layers[] = {"Sequential", "ModuleList", "OrderedDict", "relu", "Model"};
// Children that stand beside the main way, whose output is added to it.
constexpr std::string_view shortcuts[] = {"downsample",      "shortcut",      "skip",          "residual",
                                          "skip_connection", "identity_conv", "proj_shortcut", "conv_skip"};
// Blocks that multiply their input by factors which they compute from it.
constexpr std::string_view rescaling[] = {
    "SqueezeExcitation", "SqueezeExcite",   "SEModule", "SELayer", "SEBlock", "SE", "ECA", "CBAM",
    "ChannelAttention",  "SpatialAttention"};
// Blocks that send their data in ways that no row shows, and keep its shape.
constexpr std::string_view shape_keeping[] = {"CNBlock",      "SwinTransformerBlock", "TransformerEncoderLayer",
                                              "EncoderBlock", "MultiheadAttention",   "SelfAttention",
                                              "NonLocalBlock"};
// Blocks that put the outputs of branches behind each other.
constexpr std::string_view branching[] = {"Fire", "Inception"};

bool is_branch_label(std::string_view label) {
    return label.starts_with("branch") || label.starts_with("expand");
}

std::string named(const Module& module, const std::string& label) {
    return label.empty() ? module.name : fmt::format("{} ({})", shown(label), shown(module.name));
}

const Value* argument_of(const Module& module, std::string_view name, std::size_t place) {
    std::size_t positional = 0;
    for (const Argument& one : module.arguments) {
        if (one.name == name) return &one.value;
        if (one.name.empty() && positional++ == place) return &one.value;
    }
    return nullptr;
}

}  // namespace

std::optional<Index> Reader::wanted(const Module& module, int depth) const {
    std::string_view name;
    if (const auto torch = torch_layer_named(module.name)) {
        if (torch->function || torch->lazy || !torch->kind->mixes_channels) return std::nullopt;
        name = "in_channels";
    } else if (module.name.starts_with("BatchNorm") || module.name.starts_with("InstanceNorm")) {
        name = "num_features";
    } else if (module.name == "Linear") {
        name = "in_features";
    }
    if (!name.empty()) {
        const Value* value = argument_of(module, name, 0);
        return value && value->is(ValueKind::whole) ? std::optional(value->whole) : std::nullopt;
    }
    if (depth > 20) return std::nullopt;
    for (const Module::Child& child : module.children) {
        if (child.module->name == "Linear" || child.module->name == "Flatten") return std::nullopt;
        if (const auto channels = wanted(*child.module, depth + 1)) return channels;
    }
    return std::nullopt;
}

void Reader::join(Index channels, TextSpan where) {
    const std::string names = branches_ ? branches_->names : "";
    branches_.reset();
    after_joint_ = false;
    if (channels == channels_) {
        if (!names.empty())
            notes_.add_remark(fmt::format("{} stands beside the row, is added to it, and is passed over.", names));
        return add_between(arith::between_of("add"), where);
    }
    arith::Between concat = arith::between_of("concat");
    for (const arith::BetweenSetting& one : concat.kind->settings)
        if (std::string_view(one.key) == "channels") arith::set(concat, one, static_cast<double>(channels - channels_));
    if (!names.empty())
        notes_.add_remark(fmt::format(
            "{} stands beside the row; its channels are put behind those of the row, {} in all.", names, channels));
    else
        notes_.add_remark(fmt::format("{} channels of an earlier output are put behind {}, {} in all.",
                                      channels - channels_, channels_, channels));
    add_between(std::move(concat), where);
}

bool Reader::branch(const Module::Child& child, const Place& from) {
    Reader beside(code_, from.shape);
    beside.blocks_ = blocks_;
    beside.has_blocks_ = has_blocks_;
    beside.count_ = count_;
    beside.visit(*child.module, child.label);
    if (beside.branches_) beside.join(beside.branches_->channels, child.module->span);
    count_ = beside.count_;
    for (OpenName& open : beside.notes_.open) notes_.add_open(std::move(open));
    const bool sizes_fit = beside.shape_.size() == shape_.size() &&
                           std::equal(shape_.begin() + 1, shape_.end(), beside.shape_.begin() + 1);
    if (!sizes_fit) return false;
    if (!branches_) branches_ = Branches{channels_, "", false};
    branches_->channels += beside.channels_;
    branches_->names += (branches_->names.empty() ? "" : ", ") + named(*child.module, child.label);
    return true;
}

bool Reader::fit(const Module::Child& child, Index channels, const std::vector<Place>& places, bool by_name) {
    const TextSpan where = child.module->span;
    const auto try_branch = [&] {
        for (auto place = places.rbegin(); place != places.rend(); ++place)
            if (place->channels == channels && !place->shape.empty() && branch(child, *place)) return true;
        return false;
    };
    const bool labelled = by_name || is_branch_label(child.label), branches = labelled || branches_;
    if (branches_ && !labelled && channels == branches_->channels) return join(channels, where), false;
    if (branches && try_branch()) return true;
    if (shape_.empty() || channels < channels_) return !branches && !shape_.empty() && try_branch();
    for (auto one = history_.rbegin() + 1; one < history_.rend(); ++one) {
        const bool sizes_fit =
            one->size() == shape_.size() && std::equal(shape_.begin() + 1, shape_.end(), one->begin() + 1);
        if (sizes_fit && (*one)[0] + channels_ == channels) return join(channels, where), false;
    }
    if (after_joint_) return join(channels, where), false;
    return !branches && try_branch();
}

void Reader::visit_block(const Module& module, const std::string& label) {
    const bool row = is_one_of(module.name, rows_of_layers);
    if (is_one_of(module.name, rescaling)) {
        notes_.add_remark(fmt::format("{} rescales the channels and keeps the shape; its layers are passed over.",
                                      named(module, label)));
        return add_between(arith::between_of("multiply"), module.span);
    }
    if (is_one_of(module.name, shape_keeping)) {
        notes_.add_remark(fmt::format("{} keeps the shape; its layers are passed over.", module.name));
        return add_between(arith::unknown_between(module.name), module.span);
    }
    const bool by_name = std::any_of(std::begin(branching), std::end(branching),
                                     [&](std::string_view one) { return module.name.starts_with(one); });
    blocks_ += row ? 0 : 1;
    has_blocks_ |= !row;
    const bool shortcut = visit_row(module.children, by_name);
    if (branches_ && by_name) join(branches_->channels, module.span);
    if (shortcut) add_between(arith::between_of("add"), module.span);
    blocks_ -= row ? 0 : 1;
}

bool Reader::visit_row(const std::vector<Module::Child>& children, bool by_name) {
    std::vector<Place> places = {{shape_, channels_}};
    bool shortcut = false, beside = false;
    for (const Module::Child& child : children) {
        if (is_one_of(child.label, shortcuts) || child.label.starts_with("aux") || child.label == "AuxLogits") {
            // A Sequential without layers is how some write that there is none.
            if (child.module->children.empty() && child.module->arguments.empty()) continue;
            notes_.add_remark(
                fmt::format("{} stands beside the row, and is passed over.", named(*child.module, child.label)));
            shortcut |= !child.label.starts_with("aux") && child.label != "AuxLogits";
            continue;
        }
        const auto channels = has_blocks_ || after_joint_ ? wanted(*child.module) : std::nullopt;
        // What follows a branch without channels of its own belongs to the branch.
        if (beside && !channels && child.module->children.empty()) continue;
        beside = channels && channels != channels_ && child.module->name != "Linear" &&
                 fit(child, *channels, places, by_name);
        if (beside) continue;
        // Branches that the next layer does not ask for were added.
        if (branches_ && channels == channels_) join(channels_, child.module->span);
        visit_child(child);
        places.push_back({shape_, channels_});
    }
    return shortcut;
}

// A block whose layers do not fit into a row is a stage that keeps the shape.
void Reader::visit_child(const Module::Child& child) {
    const bool may_be_passed =
        blocks_ > 0 && !child.module->children.empty() && !is_one_of(child.module->name, rows_of_layers);
    if (!may_be_passed) return visit(*child.module, child.label);
    const std::size_t links = reading_.chain.size();
    const std::size_t stages = (links > 0 ? reading_.chain.back().after : reading_.alone).size();
    const arith::Shape shape = shape_;
    const Index channels = channels_;
    const int blocks = blocks_;
    try {
        visit(*child.module, child.label);
    } catch (const Misfit&) {
        reading_.chain.resize(links);
        reading_.places.resize(links);
        (links > 0 ? reading_.chain.back().after : reading_.alone).resize(stages);
        shape_ = shape;
        channels_ = channels;
        blocks_ = blocks;
        branches_.reset();
        notes_.add_remark(
            fmt::format("The layers of {} do not follow each other; it is taken as a stage that keeps the shape.",
                        named(*child.module, child.label)));
        add_between(arith::unknown_between(child.module->name), child.module->span);
    }
}

}  // namespace convloom::state
