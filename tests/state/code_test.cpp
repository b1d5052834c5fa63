// The little language that layers are written in: tokens, arithmetic, lists, loops, and errors with their place.
#include <string>

#include "core/state/code/evaluate.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::code_test {
namespace {

using namespace state;

// The first argument of the only layer.
Value argument_of(const std::string& code) {
    const CodeRun run = run_code(code);
    return run.modules.empty() || run.modules.front().module->arguments.empty()
               ? Value{}
               : run.modules.front().module->arguments.front().value;
}

arith::Index number_in(const std::string& code) {
    const Value value = argument_of(code);
    EXPECT_EQ(value.kind, ValueKind::whole) << code;
    return value.whole;
}

std::string names_in(const std::string& code) {
    std::string names;
    for (const Module::Child& one : run_code(code).modules) names += (names.empty() ? "" : " ") + one.module->name;
    return names;
}

TEST(Code, Arithmetic) {
    const std::pair<const char*, arith::Index> cases[] = {{"A(64 * 8)", 512},
                                                          {"A(7 // 2)", 3},
                                                          {"A(-7 // 2)", -4},
                                                          {"A(-7 % 3)", 2},
                                                          {"A(2 ** 10)", 1024},
                                                          {"A(-2 ** 2)", -4},
                                                          {"A((1 + 2) * 3)", 9},
                                                          {"A(1 + 2 * 3)", 7},
                                                          {"A(64 / 2)", 32},
                                                          {"A(+5 - -3)", 8},
                                                          {"A(1_000)", 1000},
                                                          {"A(int(64 * 0.75))", 48},
                                                          {"A(max(8, 64 // 3))", 21},
                                                          {"n = 4; A(n * n)", 16},
                                                          {"a, b = 3, 5\nA(a * b)", 15},
                                                          {"n = 2\nn *= 8\nA(n)", 16},
                                                          {"self.width = 6\nA(self.width)", 6},
                                                          {"A(3 if False else 4)", 4},
                                                          {"A(len([1, 2, 3]))", 3},
                                                          {"A（１２＋３）", 15},
                                                          {"def f(self, n=7):\n  A(n)", 7}};
    for (const auto& [code, wanted] : cases) EXPECT_EQ(number_in(code), wanted) << code;
}

TEST(Code, OverflowAndDivisionByZeroAreRefused) {
    for (const char* code : {"A(9223372036854775807 + 1)", "A(4611686018427387904 * 2)", "A(3 ** 50)", "A(1 // 0)",
                             "A(5 % 0)", "A(99999999999999999999)", "A(-(-9223372036854775807 - 1))"})
        EXPECT_THROW(run_code(code), CodeFault) << code;
}

TEST(Code, LayersInTheirOrder) {
    const std::pair<const char*, const char*> cases[] = {
        {"A(); B()", "A B"},
        {"A(),\nB(),", "A B"},
        {"A() B()", "A B"},
        {"self.a = nn.A()\nself.b = nn.B()", "A B"},
        {">>> A()\n... B()", "A B"},
        {"a = A()\nb = B()\nx = b(x)\nx = a(x)", "B A"},
        {"class Net(nn.Module):\n  def __init__(self):\n    super().__init__()\n    self.a = A()\n  def forward(self, "
         "x):\n    "
         "return F.relu(self.a(x))",
         "A relu"},
        {"x = A(3)(x)\nx = B(4)(x)", "A B"},
        {"model = Q()\nmodel.add(A())\nmodel.add(B())\nmodel.summary()", "Q A B"},
        {"A\r\nB\r\n", "A B"},
        {"(conv1): A(3)\n(bn): B()", "A B"}};
    for (const auto& [code, wanted] : cases) EXPECT_EQ(names_in(code), wanted) << code;
}

TEST(Code, BlocksHoldTheirLayers) {
    const std::pair<const char*, const char*> cases[] = {
        {"S(A(), B())", "A B"},
        {"S(*[A(), B()])", "A B"},
        {"S([A(), B()])", "A B"},
        {"S(OrderedDict([('one', A()), ('two', B())]))", "A B"},
        {"S({'one': A(), 'two': B()})", "A B"},
        {"S(\n  (0): A(3)\n  (1): B(4)\n)", "A B"},
        {"S((0-2): 3 x A(3))", "A A A"},
        {"S(*[A() for _ in range(3)])", "A A A"},
        {"layers = []\nlayers.append(A())\nlayers += [B()]\nS(*layers)", "A B"}};
    for (const auto& [code, wanted] : cases) {
        const CodeRun run = run_code(code);
        ASSERT_EQ(run.modules.size(), 1u) << code;
        std::string names;
        for (const Module::Child& one : run.modules[0].module->children)
            names += (names.empty() ? "" : " ") + one.module->name;
        EXPECT_EQ(names, wanted) << code;
    }
}

TEST(Code, AttributesAsOnnxViewersShowThem) {
    for (const char* code :
         {"Conv kernel_shape=[3,3] strides=[2,2] W=4x3x3x3", "Conv(kernel_shape=[3,3], strides=[2,2], W=4x3x3x3)",
          "Conv\nkernel_shape = 3, 3\nstrides: 2, 2\nW 〈4×3×3×3〉",
          "%2 = Conv[kernel_shape=[3,3], strides=[2,2], W=4x3x3x3](%1)"}) {
        const CodeRun run = run_code(code);
        ASSERT_EQ(run.modules.size(), 1u) << code;
        const Module& conv = *run.modules[0].module;
        ASSERT_EQ(conv.arguments.size(), 3u) << code;
        EXPECT_EQ(conv.arguments[0].name, "kernel_shape");
        EXPECT_EQ(conv.arguments[0].value.elements().size(), 2u);
        EXPECT_EQ(conv.arguments[2].value.elements().size(), 4u);
    }
}

TEST(Code, ErrorsSayLineColumnAndCaret) {
    const std::string code = "a = 1\nnn.Conv2d(3, 卷积（４ 5）";
    try {
        run_code(code);
        ADD_FAILURE();
    } catch (const CodeFault& fault) {
        EXPECT_STREQ(fault.what(), "Expected a comma or a closing parenthesis before “5）”.");
        EXPECT_EQ(place_of(code, fault.where().at).line, 2u);
        EXPECT_EQ(place_of(code, fault.where().at).column, 19u) << "in characters";
        EXPECT_EQ(caret_lines(code, fault.where()),
                  "line 2, column 19: nn.Conv2d(3, 卷积（４ 5）\n" + std::string(19 + 22, ' ') + "^");
    }
    EXPECT_EQ(shown("卷积\x1b[1m\xff"), "卷积?[1m?");
}

// Text that grows when it is worked out, or is nested deeply, ends in an error and not in a crash or a hang.
TEST(Code, HostileTextEnds) {
    std::string doubling = "a = [A()]\n", nesting = "a = [1]\n", sum = "A(1", deep, calls = "A", flows = "x = A(x)\n";
    for (int n = 0; n < 60; ++n) doubling += "a = [a, a]\n";
    for (int n = 0; n < 3000; ++n)
        nesting += "a = [a]\n", sum += " + 1", deep += "A(", calls += "(1)", flows += "x = F.relu(x)\n";
    const std::string loop = "[[A() for i in range(9999)] for j in range(9999)]";
    for (const std::string& code :
         {doubling + "S(*a)", nesting, sum + ")", deep, calls, flows, loop, std::string("x = [0] * 99999999999"),
          std::string(100000, '('), std::string(100000, '-'), std::string("A(range(10**12))")}) {
        try {
            run_code(code);
        } catch (const Error&) {
        }
    }
}

}  // namespace
}  // namespace convloom::tests::code_test
