#include "core/state/base/one_of.hpp"
#include "core/state/code/expressions.hpp"

namespace convloom::state {
namespace {

constexpr std::string_view headers[] = {"if",   "elif", "else",   "for",     "while",
                                        "with", "try",  "except", "finally", "class"};
constexpr std::string_view passed[] = {"import", "from",   "pass",  "break",  "continue",
                                       "del",    "assert", "raise", "global", "nonlocal"};

bool is_capital(const std::string& word) {
    return !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
}

class Parser : Expressions {
  public:
    Parser(std::string_view text, Tree& tree) : Expressions(text, tree), tree_(tree) {}

    void statements() {
        for (;;) {
            while (take(";") || take(",") || take_line_end()) {
            }
            if (token().kind == TokenKind::end) return;
            statement();
        }
    }

  private:
    bool take_line_end() {
        if (token().kind != TokenKind::line_end) return false;
        next();
        return true;
    }
    bool ends() { return token().kind == TokenKind::end || token().kind == TokenKind::line_end || token().is(";"); }

    void skip_line() {
        brackets_ = 0;
        for (int open = 0; ahead(0).kind != TokenKind::end; next()) {
            if (ahead(0).is("(") || ahead(0).is("[")) ++open;
            if (ahead(0).is(")") || ahead(0).is("]")) --open;
            if (open <= 0 && ahead(0).kind == TokenKind::line_end) return;
        }
    }
    // Up to the colon behind "if a == b", "for i in range(3)" or "class Net(nn.Module)".
    void skip_header() {
        for (int open = 0; ahead(0).kind != TokenKind::end; next()) {
            if (ahead(0).is("(") || ahead(0).is("[") || ahead(0).is("{")) ++open;
            if (ahead(0).is(")") || ahead(0).is("]") || ahead(0).is("}")) --open;
            if (open <= 0 && ahead(0).kind == TokenKind::line_end) return;
            if (open <= 0 && ahead(0).is(":")) return next();
        }
    }

    // "def forward(self, x, scale=2):" sets what is given a default.
    void function() {
        next();
        if (token().kind == TokenKind::name) next();
        if (!take("(")) return skip_header();
        ++brackets_;
        while (!take(")")) {
            while (take("*") || take("**") || take("/")) {
            }
            if (token().kind == TokenKind::name) {
                const std::size_t from = here();
                Node name{.kind = NodeKind::name, .text = token().text};
                next();
                const Node* target = add(std::move(name), from);
                if (take(":")) expression();
                if (take("="))
                    tree_.statements.push_back({.targets = {target}, .value = expression(), .is_default = true});
            }
            if (!take(",") && !token().is(")")) fail("a comma or a closing parenthesis");
        }
        --brackets_;
        skip_header();
    }

    void statement() {
        Statement now;
        now.label = label();
        if (token().kind == TokenKind::name && now.label.empty()) {
            const std::string& word = token().text;
            const bool alone = !ahead(1).is("=") && !ahead(1).is(".") && !ahead(1).is(",");
            if (is_one_of(word, passed) && alone && !ahead(1).is("(")) return skip_line();
            if (is_one_of(word, headers) && alone) return skip_header();
            if (word == "def" && ahead(1).kind == TokenKind::name) return function();
            if (word == "async" && ahead(1).kind == TokenKind::name) return next();
            if ((word == "return" || word == "yield") && alone) {
                now.returns = true;
                next();
                if (ends()) return;
            }
        }
        if (token().is("@")) return skip_line();
        expressions(std::move(now));
        if (!ends() && !take(",") && !(!tree_.statements.empty() && ends_with_call(tree_.statements.back().value)))
            fail("the end of the line");
    }

    // "conv = nn.Conv2d(...)", "a, b = 1, 2", "a = b = 3", "x: int = 3", "x += 1", or values alone.
    void expressions(Statement now) {
        std::vector<const Node*> values = {value()};
        while (token().is(",") && more_follows(is_target(*values.back()))) {
            next();
            values.push_back(value());
        }
        if (values.size() == 1 && token().is(":")) {
            next();
            expression();
            if (!token().is("=")) return;
        }
        for (const std::string_view sign : {"+=", "-=", "*=", "/="})
            if (values.size() == 1 && take(sign)) {
                const Node* added = expression();
                now.targets = values;
                now.value =
                    add({.kind = NodeKind::binary, .text = std::string(sign.substr(0, 1)), .a = values[0], .b = added},
                        values[0]->span.at);
                tree_.statements.push_back(std::move(now));
                return;
            }
        if (!token().is("=")) {
            for (const Node* one : values) {
                now.value = one;
                tree_.statements.push_back(now);
            }
            return;
        }
        while (take("=")) {
            now.targets.push_back(values.size() == 1 ? values[0] : tuple(values));
            values = {value()};
            while (token().is(",") && more_follows(false)) {
                next();
                values.push_back(expression());
            }
        }
        now.value = values.size() == 1 ? values[0] : tuple(values);
        tree_.statements.push_back(std::move(now));
    }

    static bool is_target(const Node& node) { return node.kind == NodeKind::name || node.kind == NodeKind::attribute; }

    // Whether a value follows the comma, and not the end or, except among targets, "name = ...".
    bool more_follows(bool targets) const {
        const Token& then = ahead(1);
        if (then.kind == TokenKind::end || then.kind == TokenKind::line_end || then.kind == TokenKind::comment)
            return false;
        if (then.is(";") || then.is(",") || then.is("=")) return false;
        std::size_t n = 1;
        while (ahead(n).kind == TokenKind::name && ahead(n + 1).is(".")) n += 2;
        return targets || !(ahead(n).kind == TokenKind::name && ahead(n + 1).is("="));
    }

    const Node* tuple(const std::vector<const Node*>& values) {
        Node all{.kind = NodeKind::list};
        for (const Node* one : values) all.items.push_back({.value = one, .span = one->span});
        return add(std::move(all), values.front()->span.at);
    }

    // A capital name alone is a layer of ONNX, whose attributes may follow.
    const Node* value() {
        const Token& now = token();
        const Token& then = ahead(1);
        const bool capital = now.kind == TokenKind::name && now.text[0] >= 'A' && now.text[0] <= 'Z';
        std::size_t lines = 1;
        while (ahead(lines).kind == TokenKind::line_end) ++lines;
        const bool alone = then.kind == TokenKind::name || then.kind == TokenKind::line_end ||
                           then.kind == TokenKind::end || then.is(";") || then.kind == TokenKind::comment;
        if (!capital || !alone || now.text == "True" || now.text == "False" || now.text == "None" ||
            (then.kind == TokenKind::name && !attribute_follows(1) && then.text.size() > 1))
            return expression();
        const std::size_t from = now.span.at;
        Node name{.kind = NodeKind::name, .text = now.text};
        next();
        return attributes(add(std::move(name), from));
    }

    Tree& tree_;
};

}  // namespace

const Node* Expressions::lambda() {
    const std::size_t from = here();
    while (!take(":")) {
        if (token().kind == TokenKind::end || token().kind == TokenKind::line_end) fail("a colon");
        next();
    }
    expression();
    return add({.kind = NodeKind::other}, from);
}

// The names after `for` are one target; conditions are ignored.
const Node* Expressions::comprehension(const Node* element) {
    const Node* all = element;
    while (take_word("for")) {
        std::string target;
        while (!is_word("in")) {
            if (token().kind == TokenKind::name && target.empty()) target = token().text;
            if (token().kind == TokenKind::end || token().is(")") || token().is("]")) {
                if (!token().is(")") || target.empty()) fail("“in”");
            }
            next();
        }
        next();
        const Node* over = either();
        while (take_word("if")) either();
        all = add({.kind = NodeKind::comprehension, .text = std::move(target), .a = all, .b = over}, element->span.at);
    }
    return all;
}

bool Expressions::attribute_follows(std::size_t n) const {
    return ahead(n).kind == TokenKind::name && !is_capital(ahead(n).text) &&
           (ahead(n + 1).is("=") || ahead(n + 1).is(":"));
}

// "[3, 3]", "3, 3" or "SAME_UPPER".
const Node* Expressions::attribute_value() {
    const std::size_t from = here();
    const Node* first = expression();
    Node all{.kind = NodeKind::list};
    all.items.push_back({.value = first, .span = first->span});
    while (token().is(",") && (ahead(1).kind == TokenKind::whole || ahead(1).kind == TokenKind::real)) {
        next();
        const Node* one = expression();
        all.items.push_back({.value = one, .span = one->span});
    }
    return all.items.size() == 1 ? first : add(std::move(all), from);
}

const Node* Expressions::attributes(const Node* name) {
    const std::size_t from = name->span.at;
    Node all{.kind = NodeKind::call, .a = name};
    last_call_ = nullptr;
    unclaimed_.clear();
    std::string comment;
    for (;;) {
        take(",");
        comment = unclaimed_;
        std::size_t lines = 0;
        while (ahead(lines).kind == TokenKind::line_end) ++lines;
        // W, B and X are names of inputs.
        const bool input = ahead(lines).kind == TokenKind::name && ahead(lines).text.size() == 1 &&
                           (ahead(lines + 1).is("=") || ahead(lines + 1).is(":") || ahead(lines + 1).is("<"));
        if (!input && !attribute_follows(lines)) break;
        if (all.items.size() >= 100) fail("fewer attributes");
        at_ += lines;
        Item one;
        one.name = token().text;
        const std::size_t at = here();
        next();
        if (!token().is("<")) next();
        one.value = attribute_value();
        one.span = {at, one.value->span.end() - at};
        all.items.push_back(std::move(one));
    }
    const Node* made = add(std::move(all), from);
    last_call_ = &tree_.nodes.back();
    last_call_->comment = std::move(comment);
    return made;
}

Tree tree_of(std::string_view text) {
    Tree tree;
    Parser(text, tree).statements();
    return tree;
}

}  // namespace convloom::state
