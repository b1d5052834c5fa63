#include "core/state/code/values.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/state/base/one_of.hpp"

namespace convloom::state {
namespace {

using arith::Index;

constexpr int deepest_value = 100;
constexpr std::size_t most_elements = 10'000;

[[noreturn]] void fail_large(TextSpan span) {
    throw CodeFault("The result is too large; a number may have at most 63 bits.", span);
}

bool is_number(const Value& value) {
    return value.is(ValueKind::whole) || value.is(ValueKind::truth) || value.is(ValueKind::real);
}

double real_number(const Value& value) {
    return value.is(ValueKind::real) ? value.real : static_cast<double>(value.whole);
}

Value real_value(double real, TextSpan span) {
    Value value{.kind = ValueKind::real, .real = real, .span = span};
    return value;
}

Index power(Index base, Index exponent, TextSpan span) {
    Index result = 1;
    if (base == 0 || base == 1) return exponent == 0 ? 1 : base;
    if (base == -1) return exponent % 2 == 0 ? 1 : -1;
    for (Index n = 0; n < exponent; ++n)
        if (__builtin_mul_overflow(result, base, &result)) fail_large(span);
    return result;
}

// Rounded down, as in Python.
Index divided(Index a, Index b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

Value of_wholes(std::string_view operation, Index a, Index b, TextSpan span) {
    Index result = 0;
    if (operation == "+") {
        if (__builtin_add_overflow(a, b, &result)) fail_large(span);
    } else if (operation == "-") {
        if (__builtin_sub_overflow(a, b, &result)) fail_large(span);
    } else if (operation == "*") {
        if (__builtin_mul_overflow(a, b, &result)) fail_large(span);
    } else if (operation == "**") {
        if (b < 0) return real_value(std::pow(static_cast<double>(a), static_cast<double>(b)), span);
        result = power(a, b, span);
    } else if (operation == "/" || operation == "//" || operation == "%") {
        if (b == 0) throw CodeFault("This divides by zero.", span);
        if (b == -1) {
            if (operation != "%" && __builtin_sub_overflow(Index{0}, a, &result)) fail_large(span);
            return whole_value(result, span);
        }
        if (operation == "/" && a % b != 0) return real_value(static_cast<double>(a) / static_cast<double>(b), span);
        result = operation == "%" ? a - divided(a, b) * b : divided(a, b);
    } else {
        return other_value(std::string(operation), span);
    }
    return whole_value(result, span);
}

Value of_reals(std::string_view operation, double a, double b, TextSpan span) {
    if (operation == "+") return real_value(a + b, span);
    if (operation == "-") return real_value(a - b, span);
    if (operation == "*") return real_value(a * b, span);
    if (operation == "**") return real_value(std::pow(a, b), span);
    if (b == 0) throw CodeFault("This divides by zero.", span);
    if (operation == "/") return real_value(a / b, span);
    if (operation == "//") return real_value(std::floor(a / b), span);
    if (operation == "%") return real_value(a - std::floor(a / b) * b, span);
    return other_value(std::string(operation), span);
}

Value repeated_list(const Value& list, Index times, TextSpan span) {
    const auto& once = list.elements();
    std::vector<Value> all;
    if (times > 0 && !once.empty() && static_cast<std::size_t>(times) > most_elements / once.size())
        throw CodeFault("The list is longer than 10000 elements.", span);
    for (Index n = 0; n < times; ++n) all.insert(all.end(), once.begin(), once.end());
    return list_value(std::move(all), span);
}

// A fraction that a function such as int() has made whole.
Value whole_of_real(double real, TextSpan span) {
    if (!(std::abs(real) < 9e18)) fail_large(span);
    return whole_value(static_cast<Index>(real), span);
}

Value range_of(const std::vector<Argument>& arguments, TextSpan span) {
    Index bounds[3] = {0, 0, 1};
    for (std::size_t n = 0; n < arguments.size(); ++n) {
        if (n > 2 || !arguments[n].value.is(ValueKind::whole)) return other_value("range", span);
        bounds[arguments.size() == 1 ? 1 : n] = arguments[n].value.whole;
    }
    std::vector<Value> all;
    const auto [from, to, step] = bounds;
    if (step == 0) return other_value("range", span);
    for (Index n = from; step > 0 ? n < to : n > to;) {
        if (all.size() >= most_elements) throw CodeFault("The range is longer than 10000 numbers.", span);
        all.push_back(whole_value(n, span));
        if (__builtin_add_overflow(n, step, &n)) break;
    }
    return list_value(std::move(all), span);
}

// The smallest or largest of the arguments, or of one list.
Value extreme(const std::vector<Argument>& arguments, bool largest, TextSpan span) {
    std::vector<Value> all;
    for (const Argument& one : arguments) {
        if (one.value.is(ValueKind::list))
            all.insert(all.end(), one.value.elements().begin(), one.value.elements().end());
        else
            all.push_back(one.value);
    }
    if (all.empty()) return other_value(largest ? "max" : "min", span);
    Value best = all.front();
    for (const Value& one : all) {
        if (one.is(ValueKind::open)) return one;
        if (!is_number(one)) return other_value(largest ? "max" : "min", span);
        if (largest ? real_number(one) > real_number(best) : real_number(one) < real_number(best)) best = one;
    }
    best.span = span;
    return best;
}

// The shape that torch.randn(8, 3, 3, 3) or torch.zeros((8, 3)) is given.
Value tensor_of(const std::vector<Argument>& arguments, TextSpan span) {
    Value made{.kind = ValueKind::tensor, .span = span};
    for (const Argument& one : arguments) {
        if (!one.name.empty() && one.name != "size" && one.name != "shape") continue;
        if (one.value.is(ValueKind::open)) return one.value;
        if (one.value.is(ValueKind::whole)) made.shape.push_back(one.value.whole);
        for (const Value& size : one.value.elements()) {
            if (size.is(ValueKind::open)) return size;
            if (size.is(ValueKind::whole)) made.shape.push_back(size.whole);
        }
    }
    return made;
}

}  // namespace

const std::vector<Value>& Value::elements() const {
    static const std::vector<Value> none;
    return list ? *list : none;
}

// Without recursion, since a flow may be long.
Flow::~Flow() {
    std::shared_ptr<const Flow> rest = std::move(before);
    while (rest && rest.use_count() == 1) {
        std::shared_ptr<const Flow> then = std::move(const_cast<Flow&>(*rest).before);
        rest = std::move(then);
    }
}

Value whole_value(Index whole, TextSpan span) {
    return {.kind = ValueKind::whole, .whole = whole, .span = span};
}

Value truth_value(bool is, TextSpan span) {
    return {.kind = ValueKind::truth, .whole = is, .span = span};
}

Value text_value(std::string text, TextSpan span) {
    return {.kind = ValueKind::text, .text = std::move(text), .span = span};
}

Value other_value(std::string code, TextSpan span) {
    return {.kind = ValueKind::other, .text = std::move(code), .span = span};
}

Value list_value(std::vector<Value> elements, TextSpan span) {
    Value value{.kind = ValueKind::list, .span = span};
    for (const Value& one : elements) value.depth = std::max(value.depth, one.depth + 1);
    if (value.depth > deepest_value) throw CodeFault("The lists are nested more than 100 deep.", span);
    value.list = std::make_shared<const std::vector<Value>>(std::move(elements));
    return value;
}

Value module_value(ModulePtr module, TextSpan span) {
    Value value{.kind = ValueKind::module, .span = span, .depth = module->depth};
    if (value.depth > deepest_value) throw CodeFault("The layers are nested more than 100 deep.", span);
    value.module = std::move(module);
    return value;
}

Value arithmetic(std::string_view operation, const Value& a, const Value& b, TextSpan span) {
    for (const Value* one : {&a, &b})
        if (one->is(ValueKind::flow)) {
            // Two flows meet: the longer one goes on.
            Value longer =
                a.is(ValueKind::flow) && (!b.is(ValueKind::flow) || a.flow->length >= b.flow->length) ? a : b;
            longer.span = span;
            return longer;
        }
    for (const Value* one : {&a, &b})
        if (one->is(ValueKind::open)) return *one;
    const bool whole = !a.is(ValueKind::real) && !b.is(ValueKind::real);
    if (is_number(a) && is_number(b))
        return whole ? of_wholes(operation, a.whole, b.whole, span)
                     : of_reals(operation, real_number(a), real_number(b), span);
    if (operation == "+" && a.is(ValueKind::list) && b.is(ValueKind::list)) {
        std::vector<Value> all = a.elements();
        if (all.size() + b.elements().size() > most_elements)
            throw CodeFault("The list is longer than 10000 elements.", span);
        all.insert(all.end(), b.elements().begin(), b.elements().end());
        return list_value(std::move(all), span);
    }
    if (operation == "*" && a.is(ValueKind::list) && b.is(ValueKind::whole)) return repeated_list(a, b.whole, span);
    if (operation == "*" && b.is(ValueKind::list) && a.is(ValueKind::whole)) return repeated_list(b, a.whole, span);
    return other_value(std::string(operation), span);
}

Value negative(const Value& value, TextSpan span) {
    if (value.is(ValueKind::open)) return value;
    if (value.is(ValueKind::real)) return real_value(-value.real, span);
    if (!is_number(value)) return other_value("-", span);
    return of_wholes("-", 0, value.whole, span);
}

std::optional<Value> built_in(std::string_view path, std::string_view name, const std::vector<Argument>& arguments,
                              TextSpan span) {
    constexpr std::string_view data[] = {"randn",   "rand",   "zeros",       "ones",  "empty",
                                         "randint", "Tensor", "FloatTensor", "normal"};
    const bool tensors = path == "torch" || path == "np" || path == "numpy" || path == "tf" || path == "np.random" ||
                         path == "tf.random" || path == "torch.nn.init" || path.empty();
    if (tensors && is_one_of(name, data)) return tensor_of(arguments, span);
    const Value* first = arguments.empty() ? nullptr : &arguments.front().value;
    if (name == "Parameter" && first) return *first;
    if (!path.empty() && path != "math" && path != "np") return std::nullopt;
    if (name == "range") return range_of(arguments, span);
    if (name == "super" || name == "print" || name == "isinstance" || name == "type")
        return other_value(std::string(name), span);
    if (!first) return std::nullopt;
    if (name == "max" || name == "min") return extreme(arguments, name == "max", span);
    constexpr std::string_view kept[] = {"tuple", "list", "reversed", "str", "float"};
    if (is_one_of(name, kept) && arguments.size() == 1) return *first;
    if (name == "len" && first->is(ValueKind::list))
        return whole_value(static_cast<Index>(first->elements().size()), span);
    constexpr std::string_view rounding[] = {"int", "floor", "ceil", "round", "abs"};
    if (!is_one_of(name, rounding)) return std::nullopt;
    if (!is_number(*first)) return *first;
    if (name == "abs") return real_number(*first) < 0 ? negative(*first, span) : *first;
    if (!first->is(ValueKind::real)) return whole_value(first->whole, span);
    const double real = first->real;
    // round() of a half goes to the even number.
    return whole_of_real(name == "floor"  ? std::floor(real)
                         : name == "ceil" ? std::ceil(real)
                         : name == "int"  ? std::trunc(real)
                                          : std::nearbyint(real),
                         span);
}

}  // namespace convloom::state
