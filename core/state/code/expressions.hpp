// The part of the parser that reads expressions. parser.cpp reads statements with it.
#pragma once
#include <algorithm>
#include <string_view>

#include "core/state/code/tree.hpp"

namespace convloom::state {

class Expressions {
  public:
    Expressions(std::string_view text, Tree& tree) : text_(text), tokens_(tokens_of(text)), tree_(tree) {}

  protected:
    // The current token; comments are taken to the layer they stand behind, and line ends are skipped within brackets.
    const Token& token();
    // The token `n` after the current one, comments and line ends included.
    const Token& ahead(std::size_t n) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
    void next() { ++at_; }
    bool take(std::string_view punctuation);
    bool take_word(std::string_view word);
    bool is_word(std::string_view word) { return token().kind == TokenKind::name && token().text == word; }
    void expect(std::string_view punctuation, std::string_view name);
    [[noreturn]] void fail(std::string_view wanted);
    // "(conv1):", "(0-3):", as print(model) writes it: its number of tokens, and its text, which is read.
    std::size_t label_length() const;
    std::string label();
    const Node* expression();
    // Attributes without brackets, as ONNX's viewers show them: "kernel_shape=[3,3] pads = 0, 0, 1, 1".
    const Node* attributes(const Node* name);
    bool attribute_follows(std::size_t n) const;
    const Node* add(Node node, std::size_t from);
    std::size_t here() { return token().span.at; }
    // Whether the expression ends with a call, after which a comma may be missing.
    static bool ends_with_call(const Node* node);

    std::string_view text_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int brackets_ = 0;

  private:
    const Node* either();
    const Node* comparison();
    const Node* sum();
    const Node* product();
    const Node* sign();
    const Node* power();
    const Node* postfix();
    const Node* atom();
    const Node* binary(const Node* a, std::string operation, const Node* b);
    const Node* list(std::string_view end, bool one_is_itself);
    const Node* dictionary();
    const Node* call(const Node* callee, std::string_view end);
    const Node* subscript(const Node* of);
    const Node* lambda();
    const Node* comprehension(const Node* element);
    const Node* attribute_value();
    Item item(bool labels);
    void skip_brackets();

    Tree& tree_;
    int nested_ = 0;
    bool in_angles_ = false;
    Node* last_call_ = nullptr;  // that ended on this line
    std::string unclaimed_;      // the comment on this line, behind no call that has ended
};

}  // namespace convloom::state
