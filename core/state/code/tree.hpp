// Code as a tree: statements of expressions, as Python writes them and as print(model) and ONNX's viewers do.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "core/state/code/tokens.hpp"

namespace convloom::state {

enum class NodeKind {
    none,
    truth,  // whole is 0 or 1
    whole,  // a number
    real,
    text,
    name,           // text
    attribute,      // a.text
    call,           // a(items), with the comment after it
    list,           // items
    dictionary,     // items with keys
    unary,          // text a
    binary,         // a text b
    conditional,    // a if b else c
    comprehension,  // a for text in b
    repeated,       // "3 x Block(...)": a, whole times
    other           // something that no layer depends on: a slice, a lambda, a comparison
};

struct Node;

// An argument of a call, or an element of a list.
struct Item {
    std::string name = {};      // of a keyword; in a dictionary, of a key that is a name
    std::string label = {};     // "(conv1)" in what print(model) writes
    int stars = 0;              // of *list and **dictionary
    const Node* key = nullptr;  // in a dictionary
    const Node* value = nullptr;
    TextSpan span = {};  // includes the name
};

struct Node {
    NodeKind kind = NodeKind::none;
    std::string text = {};
    arith::Index whole = 0;
    double real = 0;
    const Node *a = nullptr, *b = nullptr, *c = nullptr;
    std::vector<Item> items = {};
    std::string comment = {};
    TextSpan span = {};  // of the whole expression
    int depth = 1;
};

struct Statement {
    std::vector<const Node*> targets = {};  // of an assignment; a list of targets for "a, b = ..."
    const Node* value = nullptr;
    std::string label = {};  // "(conv1)"
    bool returns = false;
    bool is_default = false;  // of a parameter of a function, which a later assignment replaces
};

// Owns its nodes.
struct Tree {
    std::deque<Node> nodes;
    std::vector<Statement> statements;
};

// Throws a CodeFault for text that is no such code, and for code nested deeper than people write.
Tree tree_of(std::string_view text);

}  // namespace convloom::state
