#include "core/state/code/expressions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convloom::state {
namespace {

constexpr int deepest_code = 100;
constexpr std::size_t most_arguments = 10'000;

}  // namespace

const Token& Expressions::token() {
    for (;; ++at_) {
        const Token& now = tokens_[at_];
        if (now.kind == TokenKind::comment) {
            (last_call_ ? last_call_->comment : unclaimed_) = now.text;
        } else if (now.kind == TokenKind::line_end) {
            last_call_ = nullptr;
            unclaimed_.clear();
            if (brackets_ == 0) return now;
        } else {
            return now;
        }
    }
}

bool Expressions::take(std::string_view punctuation) {
    if (!token().is(punctuation)) return false;
    ++at_;
    return true;
}

bool Expressions::take_word(std::string_view word) {
    if (!is_word(word)) return false;
    ++at_;
    return true;
}

void Expressions::expect(std::string_view punctuation, std::string_view name) {
    if (!take(punctuation)) fail(name);
}

void Expressions::fail(std::string_view wanted) {
    const Token& now = token();
    if (now.kind == TokenKind::end)
        throw CodeFault(fmt::format("The layers end too early: expected {} at the end.", wanted), now.span);
    if (now.kind == TokenKind::line_end)
        throw CodeFault(fmt::format("Expected {} before the end of the line.", wanted), now.span);
    const std::size_t end = std::min(text_.find_first_of("\r\n", now.span.at), text_.size());
    const std::string near =
        shown(text_.substr(now.span.at, std::max(now.span.length, std::min<std::size_t>(end - now.span.at, 12))));
    throw CodeFault(fmt::format("Expected {} before “{}”.", wanted, near), now.span);
}

const Node* Expressions::add(Node node, std::size_t from) {
    const std::size_t end = at_ > 0 ? tokens_[at_ - 1].span.end() : from;
    node.span = {from, std::max(end, from) - from};
    for (const Node* part : {node.a, node.b, node.c})
        if (part) node.depth = std::max(node.depth, part->depth + 1);
    for (const Item& item : node.items) {
        if (item.value) node.depth = std::max(node.depth, item.value->depth + 1);
        if (item.key) node.depth = std::max(node.depth, item.key->depth + 1);
    }
    if (node.depth > deepest_code) throw CodeFault("The code is nested more than 100 deep.", node.span);
    tree_.nodes.push_back(std::move(node));
    return &tree_.nodes.back();
}

bool Expressions::ends_with_call(const Node* node) {
    return node && (node->kind == NodeKind::call || (node->kind == NodeKind::repeated && ends_with_call(node->a)));
}

std::size_t Expressions::label_length() const {
    if (!ahead(0).is("(")) return 0;
    for (std::size_t n = 1; n < 8; ++n) {
        const Token& one = ahead(n);
        if (one.is(")")) return n > 1 && ahead(n + 1).is(":") ? n + 2 : 0;
        if (one.kind != TokenKind::name && one.kind != TokenKind::whole && one.kind != TokenKind::real &&
            !one.is("-") && !one.is("."))
            return 0;
    }
    return 0;
}

std::string Expressions::label() {
    token();
    const std::size_t length = label_length();
    std::string said;
    for (std::size_t n = 1; n + 2 < length; ++n) said += text_.substr(ahead(n).span.at, ahead(n).span.length);
    at_ += length;
    return said;
}

const Node* Expressions::expression() {
    if (++nested_ > deepest_code) throw CodeFault("The code is nested more than 100 deep.", token().span);
    const std::size_t from = here();
    const Node* value = is_word("lambda") ? lambda() : either();
    if (is_word("if")) {
        next();
        const Node* condition = either();
        if (!take_word("else")) fail("“else”");
        const Node* otherwise = expression();
        value = add({.kind = NodeKind::conditional, .a = value, .b = condition, .c = otherwise}, from);
    }
    --nested_;
    return value;
}

const Node* Expressions::either() {
    const std::size_t from = here();
    const bool negated = take_word("not");
    const Node* value = comparison();
    if (negated) value = add({.kind = NodeKind::other}, from);
    while (is_word("and") || is_word("or")) {
        next();
        take_word("not");
        comparison();
        value = add({.kind = NodeKind::other}, from);
    }
    return value;
}

const Node* Expressions::comparison() {
    const std::size_t from = here();
    const Node* value = sum();
    for (;;) {
        bool compares = false;
        for (const std::string_view sign : {"==", "!=", "<=", ">=", "<", ">"})
            if (!compares && token().is(sign) && !(in_angles_ && sign == ">")) compares = true, next();
        if (!compares && is_word("is")) compares = true, next(), take_word("not");
        if (!compares && is_word("in")) compares = true, next();
        if (!compares && is_word("not") && ahead(1).text == "in") compares = true, next(), next();
        if (!compares) return value;
        sum();
        value = add({.kind = NodeKind::other}, from);
    }
}

const Node* Expressions::binary(const Node* a, std::string operation, const Node* b) {
    return add({.kind = NodeKind::binary, .text = std::move(operation), .a = a, .b = b}, a->span.at);
}

const Node* Expressions::sum() {
    const Node* value = product();
    while (token().is("+") || token().is("-") || token().is("|") || token().is("&")) {
        std::string operation = token().text;
        next();
        value = binary(value, std::move(operation), product());
    }
    return value;
}

const Node* Expressions::product() {
    const Node* value = sign();
    while (token().is("*") || token().is("/") || token().is("//") || token().is("%") || token().is("@")) {
        std::string operation = token().text;
        next();
        value = binary(value, std::move(operation), sign());
    }
    return value;
}

const Node* Expressions::sign() {
    std::string signs;
    const std::size_t from = here();
    while (token().is("-") || token().is("+") || token().is("~")) {
        signs += token().text;
        next();
    }
    const Node* value = power();
    if (signs.empty()) return value;
    const bool negative = std::count(signs.begin(), signs.end(), '-') % 2 == 1;
    return add({.kind = NodeKind::unary, .text = negative ? "-" : "+", .a = value}, from);
}

const Node* Expressions::power() {
    const Node* value = postfix();
    if (!take("**")) return value;
    if (++nested_ > deepest_code) throw CodeFault("The code is nested more than 100 deep.", token().span);
    const Node* exponent = sign();
    --nested_;
    return binary(value, "**", exponent);
}

const Node* Expressions::postfix() {
    const std::size_t from = here();
    // "3 x Block(...)", as print(model) writes equal layers.
    if (token().kind == TokenKind::whole && ahead(1).kind == TokenKind::name && ahead(1).text == "x" &&
        ahead(2).kind == TokenKind::name) {
        const arith::Index times = token().whole;
        next(), next();
        const Node* block = postfix();
        return add({.kind = NodeKind::repeated, .whole = times, .a = block}, from);
    }
    const Node* value = atom();
    for (;;) {
        if (token().is("(")) {
            if (label_length() > 0) return value;  // "(1): ReLU()" of the next layer
            value = call(value, ")");
        } else if (token().is("[")) {
            value = ahead(1).kind == TokenKind::name && ahead(2).is("=") ? call(value, "]") : subscript(value);
        } else if (token().is(".")) {
            next();
            if (token().kind != TokenKind::name) fail("a layer's name after the point");
            std::string name = token().text;
            next();
            value = add({.kind = NodeKind::attribute, .text = std::move(name), .a = value}, from);
        } else {
            return value;
        }
    }
}

const Node* Expressions::atom() {
    const Token& now = token();
    const std::size_t from = now.span.at;
    switch (now.kind) {
        case TokenKind::whole:
            next();
            return add({.kind = NodeKind::whole, .whole = now.whole}, from);
        case TokenKind::real:
            next();
            return add({.kind = NodeKind::real, .real = now.real}, from);
        case TokenKind::text: {
            std::string text = now.text;
            next();
            while (token().kind == TokenKind::text) {
                text += token().text;
                next();
            }
            return add({.kind = NodeKind::text, .text = std::move(text)}, from);
        }
        case TokenKind::sizes: {
            next();
            Node sizes{.kind = NodeKind::list};
            for (arith::Index size : now.sizes)
                sizes.items.push_back({.value = add({.kind = NodeKind::whole, .whole = size}, from), .span = now.span});
            return add(std::move(sizes), from);
        }
        case TokenKind::name:
            next();
            if (now.text == "True" || now.text == "true") return add({.kind = NodeKind::truth, .whole = 1}, from);
            if (now.text == "False" || now.text == "false") return add({.kind = NodeKind::truth}, from);
            if (now.text == "None" || now.text == "null") return add({.kind = NodeKind::none}, from);
            return add({.kind = NodeKind::name, .text = now.text}, from);
        default:
            break;
    }
    if (now.is("(")) return list(")", true);
    if (now.is("[")) return list("]", false);
    if (now.is("<")) return list(">", false);  // 〈64×3×7×7〉 in Netron
    if (now.is("{")) return dictionary();
    if (now.is("%") && (ahead(1).kind == TokenKind::name || ahead(1).kind == TokenKind::whole)) {
        next();
        std::string name = "%" + std::string(text_.substr(token().span.at, token().span.length));
        next();
        return add({.kind = NodeKind::name, .text = std::move(name)}, from);
    }
    if (now.is(".") && ahead(1).is(".") && ahead(2).is(".")) {
        next(), next(), next();
        return add({.kind = NodeKind::other}, from);
    }
    fail("a number, a tuple, a text, a name, True, False or None");
}

const Node* Expressions::list(std::string_view end, bool one_is_itself) {
    const std::size_t from = here();
    next();
    ++brackets_;
    const bool in_angles = in_angles_;
    in_angles_ = end == ">";
    Node all{.kind = NodeKind::list};
    bool comma = false;
    while (!take(end)) {
        if (!all.items.empty() && !comma) {
            if (!ends_with_call(all.items.back().value)) fail("a comma or the end of the tuple");
        }
        if (all.items.size() >= most_arguments) fail("a shorter tuple");
        all.items.push_back(item(true));
        comma = take(",") || take(";");
    }
    --brackets_;
    in_angles_ = in_angles;
    const bool itself = one_is_itself && all.items.size() == 1 && !comma && all.items[0].stars == 0 &&
                        all.items[0].value->kind != NodeKind::comprehension && all.items[0].name.empty();
    if (itself) return all.items[0].value;
    if (end == ">" && all.items.size() == 1 && all.items[0].value->kind == NodeKind::list) return all.items[0].value;
    return add(std::move(all), from);
}

const Node* Expressions::dictionary() {
    const std::size_t from = here();
    next();
    ++brackets_;
    Node all{.kind = NodeKind::dictionary};
    while (!take("}")) {
        if (!all.items.empty()) {
            expect(",", "a comma or a closing brace");
            if (take("}")) break;
        }
        if (all.items.size() >= most_arguments) fail("a shorter dictionary");
        Item one;
        const std::size_t at = here();
        while (take("*") || take("**")) ++one.stars;
        one.value = expression();
        if (take(":")) one.key = one.value, one.value = expression();
        one.span = {at, one.value->span.end() - at};
        all.items.push_back(std::move(one));
    }
    --brackets_;
    return add(std::move(all), from);
}

Item Expressions::item(bool labels) {
    Item one;
    const std::size_t from = here();
    if (labels) one.label = label();
    if (take("*"))
        one.stars = 1;
    else if (take("**"))
        one.stars = 2;
    if (token().kind == TokenKind::name && (ahead(1).is("=") || (ahead(1).is(":") && !ahead(2).is("=")))) {
        one.name = token().text;
        next(), next();
    }
    one.value = expression();
    if (is_word("for") || (is_word("async") && ahead(1).text == "for")) one.value = comprehension(one.value);
    one.span = {from, one.value->span.end() - from};
    return one;
}

const Node* Expressions::call(const Node* callee, std::string_view end) {
    const std::size_t from = callee->span.at;
    next();
    ++brackets_;
    last_call_ = nullptr;
    Node all{.kind = NodeKind::call, .a = callee};
    bool comma = true, container = false;
    while (!take(end)) {
        // In what print(model) writes, layers follow each other without commas.
        if (!comma && !ends_with_call(all.items.back().value) && label_length() == 0)
            fail(end == ")" ? "a comma or a closing parenthesis" : "a comma or a closing bracket");
        if (all.items.size() >= most_arguments) throw CodeFault("A call has more than 10000 arguments.", token().span);
        all.items.push_back(item(true));
        container |= ends_with_call(all.items.back().value);
        comma = take(",") || take(";");
        while (comma && (take(",") || take(";"))) {
        }
    }
    --brackets_;
    const Node* made = add(std::move(all), from);
    // The comment after a container on one line is that of its last layer.
    if (!container || !last_call_) last_call_ = &tree_.nodes.back();
    return made;
}

const Node* Expressions::subscript(const Node* of) {
    skip_brackets();
    return add({.kind = NodeKind::other}, of->span.at);
}

// Skips from an opening bracket to behind its closing one.
void Expressions::skip_brackets() {
    int open = 0;
    const TextSpan from = token().span;
    do {
        const Token& now = tokens_[at_];
        if (now.kind == TokenKind::end) throw CodeFault("A bracket is not closed.", from);
        if (now.is("(") || now.is("[") || now.is("{")) ++open;
        if (now.is(")") || now.is("]") || now.is("}")) --open;
        next();
    } while (open > 0);
}

}  // namespace convloom::state
