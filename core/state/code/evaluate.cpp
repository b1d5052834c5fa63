#include "core/state/code/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/state/base/one_of.hpp"
#include "core/state/code/tree.hpp"

namespace convloom::state {
namespace {

constexpr int most_steps = 20'000;  // within loops
constexpr std::size_t most_children = 10'000;
constexpr int longest_flow = 2000;

constexpr std::string_view adding[] = {"add", "append", "add_module", "register_module", "extend", "insert"};
constexpr std::string_view returning_itself[] = {"to",    "cuda", "cpu",    "eval",  "train",          "half",
                                                 "float", "type", "double", "apply", "requires_grad_", "bfloat16"};
constexpr std::string_view facts_of_data[] = {"size", "dim", "numel", "item", "detach", "clone", "contiguous"};
constexpr std::string_view functional[] = {
    "F", "nn.functional", "torch.nn.functional", "functional", "torch", "tf.nn", "tf", "K"};

class Run {
  public:
    explicit Run(std::string_view text) : text_(text) {}

    void give(const NameGiven& given) {
        const Tree tree = tree_of(given.value);
        if (tree.statements.size() == 1 && tree.statements[0].targets.empty())
            names_[given.name] = value_of(*tree.statements[0].value);
    }

    CodeRun run() {
        const Tree tree = tree_of(text_);
        for (const Statement& statement : tree.statements) execute(statement);
        CodeRun all;
        all.names = names_;
        if (returned_ || longest_) {
            for (const Flow* at = (returned_ ? returned_ : longest_).get(); at && at->module; at = at->before.get())
                all.modules.push_back({"", at->module});
            std::reverse(all.modules.begin(), all.modules.end());
        } else {
            for (Module::Child& one : made_)
                if (!used_.count(one.module.get())) all.modules.push_back(std::move(one));
        }
        return all;
    }

  private:
    using FlowPtr = std::shared_ptr<const Flow>;

    std::string code(TextSpan span) const { return std::string(text_.substr(span.at, span.length)); }

    void execute(const Statement& statement) {
        Value value = value_of(*statement.value);
        if (statement.is_default) {
            const bool plain = value.is(ValueKind::whole) || value.is(ValueKind::real) || value.is(ValueKind::truth) ||
                               value.is(ValueKind::text) || value.is(ValueKind::list);
            if (plain) names_.emplace(statement.targets[0]->text, value);
            return;
        }
        for (const Node* target : statement.targets) assign(*target, value);
        const std::string label =
            statement.targets.empty() ? statement.label : last_part(path_of(*statement.targets.front()));
        if (value.is(ValueKind::flow)) {
            if (statement.returns) returned_ = value.flow;
            if (!longest_ || value.flow->length >= longest_->length) longest_ = value.flow;
        }
        collect(value, label, made_);
    }

    void assign(const Node& target, const Value& value) {
        if (target.kind == NodeKind::list) {
            for (std::size_t n = 0; n < target.items.size(); ++n) {
                const bool fits = value.elements().size() == target.items.size();
                assign(*target.items[n].value, fits                        ? value.elements()[n]
                                               : value.is(ValueKind::flow) ? value
                                                                           : Value{});
            }
            return;
        }
        if (const std::string path = path_of(target); !path.empty()) names_[path] = value;
    }

    static std::string path_of(const Node& node) {
        if (node.kind == NodeKind::name) return node.text;
        if (node.kind != NodeKind::attribute) return {};
        const std::string base = path_of(*node.a);
        return base.empty() ? base : base + "." + node.text;
    }
    static std::string last_part(const std::string& path) { return path.substr(path.rfind('.') + 1); }

    // Adds the layers of a value: itself, or those in its lists. "('conv1', layer)" has a label.
    void collect(const Value& value, const std::string& label, std::vector<Module::Child>& into) {
        if (into.size() > most_children) throw CodeFault("There are more than 10000 layers.", value.span);
        if (value.is(ValueKind::module)) {
            const bool seen = &into == &made_ && !made_set_.insert(value.module.get()).second;
            if (!seen) into.push_back({label, value.module});
            return;
        }
        const auto& elements = value.elements();
        if (elements.size() == 2 && elements[0].is(ValueKind::text) && elements[1].is(ValueKind::module))
            return collect(elements[1], elements[0].text, into);
        for (const Value& one : elements)
            if (one.is(ValueKind::module) || one.is(ValueKind::list)) {
                if (++collected_ > 10 * static_cast<int>(most_children))
                    throw CodeFault("There are more than 10000 layers.", value.span);
                collect(one, "", into);
            }
    }

    Value value_of(const Node& node) {
        if (loops_ > 0 && ++steps_ > most_steps)
            throw CodeFault("The loop takes too many steps to work out.", node.span);
        switch (node.kind) {
            case NodeKind::none:
                return {.span = node.span};
            case NodeKind::truth:
                return truth_value(node.whole != 0, node.span);
            case NodeKind::whole:
                return whole_value(node.whole, node.span);
            case NodeKind::real:
                return {.kind = ValueKind::real, .real = node.real, .span = node.span};
            case NodeKind::text:
                return text_value(node.text, node.span);
            case NodeKind::name:
            case NodeKind::attribute:
                return named(node);
            case NodeKind::call:
                return call(node);
            case NodeKind::list:
                return list_value(elements_of(node), node.span);
            case NodeKind::dictionary:
                return dictionary(node);
            case NodeKind::unary: {
                const Value value = value_of(*node.a);
                return node.text == "-" ? negative(value, node.span) : value;
            }
            case NodeKind::binary: {
                const Value a = value_of(*node.a), b = value_of(*node.b);
                Value result = arithmetic(node.text, a, b, node.span);
                if (result.is(ValueKind::other)) result.text = code(node.span);
                return result;
            }
            case NodeKind::conditional: {
                const Value condition = value_of(*node.b);
                const bool no =
                    condition.is(ValueKind::none) ||
                    ((condition.is(ValueKind::truth) || condition.is(ValueKind::whole)) && condition.whole == 0);
                return value_of(no ? *node.c : *node.a);
            }
            case NodeKind::comprehension:
                return comprehension(node);
            case NodeKind::repeated: {
                if (node.whole > 1000) throw CodeFault("There are more than 1000 equal layers.", node.span);
                const Value once = value_of(*node.a);
                return list_value(std::vector<Value>(static_cast<std::size_t>(node.whole), once), node.span);
            }
            case NodeKind::other:
                break;
        }
        return other_value(code(node.span), node.span);
    }

    Value named(const Node& node) {
        const std::string path = path_of(node);
        if (const auto found = names_.find(path); found != names_.end() && !path.empty()) {
            Value value = found->second;
            value.span = node.span;
            return value;
        }
        if (path.empty()) {
            value_of(*node.a);
            return other_value(code(node.span), node.span);
        }
        if (node.kind == NodeKind::attribute && path_of(*node.a).find('.') == std::string::npos)
            if (const auto base = names_.find(path_of(*node.a));
                base != names_.end() && base->second.is(ValueKind::flow))
                return other_value(path, node.span);
        return {.kind = ValueKind::open, .text = path, .span = node.span};
    }

    std::vector<Value> elements_of(const Node& node) {
        std::vector<Value> all;
        for (const Item& item : node.items) {
            Value value = value_of(*item.value);
            if (item.stars > 0 || item.value->kind == NodeKind::comprehension)
                all.insert(all.end(), value.elements().begin(), value.elements().end());
            else
                all.push_back(std::move(value));
        }
        return all;
    }

    Value dictionary(const Node& node) {
        std::vector<Value> all;
        for (const Item& item : node.items) {
            Value value = value_of(*item.value);
            if (!item.key)
                all.push_back(std::move(value));
            else
                all.push_back(list_value({value_of(*item.key), std::move(value)}, item.span));
        }
        return list_value(std::move(all), node.span);
    }

    Value comprehension(const Node& node) {
        const Value over = value_of(*node.b);
        if (over.is(ValueKind::open)) return over;
        std::vector<Value> all;
        ++loops_;
        const auto before = names_.find(node.text) == names_.end() ? std::optional<Value>() : names_[node.text];
        for (const Value& one : over.elements()) {
            names_[node.text] = one;
            all.push_back(value_of(*node.a));
        }
        names_.erase(node.text);
        if (before) names_[node.text] = *before;
        --loops_;
        return list_value(std::move(all), node.span);
    }

    Value call(const Node& node) {
        const Node& callee = *node.a;
        const std::string path = path_of(callee);
        // A layer that was made before, by its name or just here, is sent data.
        if (const auto found = names_.find(path);
            !path.empty() && found != names_.end() && found->second.is(ValueKind::module))
            return apply(found->second.module, arguments_of(node, nullptr), node.span);
        if (callee.kind == NodeKind::call) {
            const Value made = value_of(callee);
            if (made.is(ValueKind::module)) return apply(made.module, arguments_of(node, nullptr), node.span);
            return other_value(code(node.span), node.span);
        }
        if (callee.kind == NodeKind::attribute)
            if (auto value = method(node, callee)) return *value;
        if (path.empty()) return other_value(code(node.span), node.span);
        auto made = std::make_shared<Module>();
        made->name = last_part(path);
        made->path = path.substr(0, path.size() - std::min(path.size(), made->name.size() + 1));
        made->comment = node.comment;
        made->span = {callee.span.end() - std::min(callee.span.length, made->name.size()),
                      std::min(callee.span.length, made->name.size())};
        made->arguments = arguments_of(node, made.get());
        if (auto value = built_in(made->path, made->name, made->arguments, node.span)) {
            if (value->is(ValueKind::other)) value->text = code(node.span);
            return *value;
        }
        if (made->name == "OrderedDict" || made->name == "dict") {
            std::vector<Value> all;
            for (const Argument& one : made->arguments) all.push_back(one.value);
            return list_value(std::move(all), node.span);
        }
        const bool on_data = std::any_of(made->arguments.begin(), made->arguments.end(),
                                         [&](const Argument& a) { return flow_in(a.value) != nullptr; });
        const bool functions = is_one_of(made->path, functional) && !made->arguments.empty() &&
                               made->arguments[0].name.empty() && made->arguments[0].value.is(ValueKind::open) &&
                               made->children.empty();
        if (!on_data && !functions) return module_value(std::move(made), node.span);
        std::vector<Argument> sent = made->arguments;
        for (Argument& one : made->arguments)
            if (flow_in(one.value)) one.value = other_value(code(one.span), one.span);
        return apply(std::move(made), std::move(sent), node.span);
    }

    // What a method of a list, a layer or data gives; nothing if it is a function of a library.
    std::optional<Value> method(const Node& node, const Node& callee) {
        const std::string base_path = path_of(*callee.a);
        const auto base = names_.find(base_path);
        const bool known = !base_path.empty() && base != names_.end();
        if (is_one_of(callee.text, adding) &&
            (known || base_path.empty() || base_path.find("nn") == std::string::npos)) {
            const std::vector<Argument> sent = arguments_of(node, nullptr, false);
            if (sent.empty()) return std::nullopt;
            Value added = sent.back().value;
            if (callee.text == "add_module" && sent[0].value.is(ValueKind::text))
                names_[base_path + "." + sent[0].value.text] = added;
            if (known && base->second.is(ValueKind::list)) {
                std::vector<Value> all = base->second.elements();
                if (all.size() > most_children) throw CodeFault("The list is longer than 10000 elements.", node.span);
                if (callee.text == "extend")
                    all.insert(all.end(), added.elements().begin(), added.elements().end());
                else
                    all.insert(callee.text == "insert" ? all.begin() : all.end(), added);
                names_[base_path] = list_value(std::move(all), node.span);
            }
            return added.is(ValueKind::module) || added.is(ValueKind::list) ? added
                                                                            : other_value(code(node.span), node.span);
        }
        const Value of = known               ? base->second
                         : base_path.empty() ? value_of(*callee.a)
                                             : Value{.kind = ValueKind::open};
        if (of.is(ValueKind::module)) {
            if (is_one_of(callee.text, returning_itself)) return of;
            if (callee.text == "forward") return apply(of.module, arguments_of(node, nullptr), node.span);
            return other_value(code(node.span), node.span);
        }
        if (!of.is(ValueKind::flow))
            return base_path.empty() ? std::optional(other_value(code(node.span), node.span)) : std::nullopt;
        if (is_one_of(callee.text, facts_of_data))
            return callee.text == "contiguous" || callee.text == "clone" || callee.text == "detach"
                       ? of
                       : other_value(code(node.span), node.span);
        auto made = std::make_shared<Module>();
        made->name = callee.text;
        made->path = "Tensor";
        made->span = {callee.span.end() - std::min(callee.span.length, callee.text.size()),
                      std::min(callee.span.length, callee.text.size())};
        made->arguments = arguments_of(node, nullptr);
        for (Argument& one : made->arguments)
            if (flow_in(one.value)) one.value = other_value(code(one.span), one.span);
        return flow_value(of.flow, std::move(made), node.span);
    }

    // The arguments of a call, with lists behind stars opened. Layers among them are the children of `made`, if it is
    // given, and count as used.
    std::vector<Argument> arguments_of(const Node& node, Module* made, bool uses = true) {
        std::vector<Argument> all;
        std::vector<Module::Child> unnamed;
        std::vector<Module::Child>& children = made ? made->children : unnamed;
        for (const Item& item : node.items) {
            Value value = value_of(*item.value);
            if (item.stars == 2) continue;  // **options
            const bool opened = item.stars == 1 || item.value->kind == NodeKind::comprehension ||
                                item.value->kind == NodeKind::repeated;
            const bool layers = item.name.empty() || item.name == "layers" || item.name == "layer";
            if (layers) collect(value, item.label, children);
            if (made) made->depth = std::max(made->depth, value.depth + 1);
            if (!layers) {
                std::vector<Module::Child> aside;
                collect(value, "", aside);
                for (const Module::Child& one : aside) used_.insert(one.module.get());
            }
            if (opened && value.is(ValueKind::list))
                for (const Value& one : value.elements()) all.push_back({"", one, item.span});
            else
                all.push_back({item.name, std::move(value), item.span});
        }
        if (uses)
            for (const Module::Child& one : children) used_.insert(one.module.get());
        return all;
    }

    static FlowPtr flow_in(const Value& value) {
        if (value.is(ValueKind::flow)) return value.flow;
        FlowPtr longest;
        for (const Value& one : value.elements())
            if (one.is(ValueKind::flow) && (!longest || one.flow->length > longest->length)) longest = one.flow;
        return longest;
    }

    Value flow_value(FlowPtr before, ModulePtr module, TextSpan span) {
        auto flow = std::make_shared<Flow>();
        flow->length = before ? before->length + 1 : 1;
        if (flow->length > longest_flow) throw CodeFault("There are more than 2000 layers.", span);
        flow->before = std::move(before);
        flow->module = std::move(module);
        Value value{.kind = ValueKind::flow, .span = span};
        value.flow = std::move(flow);
        return value;
    }

    Value apply(ModulePtr module, const std::vector<Argument>& sent, TextSpan span) {
        FlowPtr before;
        for (const Argument& one : sent) {
            if (FlowPtr flow = flow_in(one.value); flow && (!before || flow->length > before->length)) before = flow;
            if (one.value.is(ValueKind::module) && !before) before = flow_value(nullptr, one.value.module, span).flow;
        }
        used_.insert(module.get());
        return flow_value(std::move(before), std::move(module), span);
    }

    std::string_view text_;
    std::map<std::string, Value> names_;
    std::vector<Module::Child> made_;
    std::set<const Module*> made_set_, used_;
    FlowPtr returned_, longest_;
    int loops_ = 0, steps_ = 0, collected_ = 0;
};

}  // namespace

CodeRun run_code(std::string_view text, const std::vector<NameGiven>& given) {
    Run run(text);
    for (const NameGiven& one : given) run.give(one);
    return run.run();
}

}  // namespace convloom::state
