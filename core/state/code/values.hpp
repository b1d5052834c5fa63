// What expressions are worth: numbers, texts, lists, layers as code calls them, and data that went through layers.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/shape.hpp"
#include "core/state/code/fault.hpp"

namespace convloom::state {

struct Value;
struct Module;
struct Flow;

enum class ValueKind {
    none,
    truth,
    whole,
    real,
    text,
    list,
    open,    // a name that nothing was assigned to; text is the name
    other,   // something that a layer's numbers cannot depend on; text is its code
    module,  // a layer or a block of layers
    flow,    // data that went through layers
    tensor   // data made by torch.randn(8, 3, 3, 3) and its kin, of which the shape is known
};

struct Value {
    ValueKind kind = ValueKind::none;
    arith::Index whole = 0;  // a truth is 0 or 1
    double real = 0;
    std::string text = {};
    std::shared_ptr<const std::vector<Value>> list = {};
    std::shared_ptr<const Module> module = {};
    std::shared_ptr<const Flow> flow = {};
    arith::Shape shape = {};  // of a tensor
    TextSpan span = {};
    int depth = 0;  // of lists in lists and blocks in blocks

    const std::vector<Value>& elements() const;  // none unless it is a list
    bool is(ValueKind one) const { return kind == one; }
};

struct Argument {
    std::string name;  // empty for a positional argument
    Value value;
    TextSpan span = {};  // includes the name
};

// A call as code writes it, which is a layer or a block of layers.
struct Module {
    std::string name;  // the last part: "Conv2d" of torch.nn.Conv2d
    std::string path;  // what stands before it: "torch.nn"
    std::vector<Argument> arguments;
    struct Child {
        std::string label;
        std::shared_ptr<const Module> module;
    };
    std::vector<Child> children;  // the layers among its arguments, in their order
    std::string comment;          // the text after "#" on the call's last line
    TextSpan span = {};           // of the name
    int depth = 0;
};
using ModulePtr = std::shared_ptr<const Module>;

// The last layer that data went through, and the flow before it.
struct Flow {
    ModulePtr module;  // null at the beginning
    std::shared_ptr<const Flow> before;
    int length = 0;
    ~Flow();
};

Value whole_value(arith::Index whole, TextSpan span);
Value truth_value(bool is, TextSpan span);
Value text_value(std::string text, TextSpan span);
Value other_value(std::string code, TextSpan span);
// Throws a CodeFault for lists nested deeper than people write.
Value list_value(std::vector<Value> elements, TextSpan span);
Value module_value(ModulePtr module, TextSpan span);

// a + b, where the operation is one of + - * / // % **: of whole numbers, with an overflow refused, of fractions, and
// of lists and texts as in Python. A name without a value makes the result one; what is no number makes it `other`.
Value arithmetic(std::string_view operation, const Value& a, const Value& b, TextSpan span);
Value negative(const Value& value, TextSpan span);

// The value of a function such as max(…) or torch.randn(…), or nothing if it is none of those that are known.
std::optional<Value> built_in(std::string_view path, std::string_view name, const std::vector<Argument>& arguments,
                              TextSpan span);

}  // namespace convloom::state
