// Layers in PyTorch's words: arguments by place and by name, defaults, chains, and what is not understood.
#include "core/state/torch_words.hpp"

#include <fmt/format.h>

#include "core/arith/cost.hpp"
#include "core/arith/output_size.hpp"
#include "core/state/error.hpp"
#include "core/state/presets.hpp"
#include "core/state/update.hpp"
#include "tests/support.hpp"

namespace convloom::tests {
namespace {

using namespace state;

TEST(TorchWords, ReadArgumentsByPlaceAndByName) {
    const arith::Shape input{3, 224, 224};
    const arith::Chain named = read_torch("nn.Conv2d(3, 64, 7, stride=2, padding=3)", input);
    ASSERT_EQ(named.size(), 1u);
    EXPECT_EQ(
        named,
        read_torch("torch.nn.Conv2d(in_channels=3, out_channels=64, kernel_size=(7, 7), stride=[2, 2], padding=3)",
                   input));
    EXPECT_EQ(named, read_torch("  Conv2d ( 3 , 64 , 7 , 2 , 3 , 1 , 1 , True , 'zeros' , ) # the stem", input));
    const arith::Layer& layer = named[0].layer;
    EXPECT_EQ(arith::output_shape(layer), (arith::Shape{64, 112, 112}));
    EXPECT_EQ(arith::cost(layer).parameters, 9472);
    EXPECT_TRUE(layer.bias);
}

TEST(TorchWords, KeepEachLayersOwnOrderAndDefaults) {
    // ConvTranspose has output_padding before groups and dilation after bias.
    const arith::Layer t = read_torch("nn.ConvTranspose2d(16, 8, 3, 2, 1, 1, 2, False, 2)", {16, 7, 9})[0].layer;
    EXPECT_EQ(t.axes[0].output_padding, 1);
    EXPECT_EQ(t.groups, 2);
    EXPECT_FALSE(t.bias);
    EXPECT_EQ(t.axes[1].dilation, 2);
    const arith::Layer pool = read_torch("nn.MaxPool2d((3, 2))", {5, 9, 9})[0].layer;
    EXPECT_EQ(pool.axes[0].stride, 3) << "the stride is the kernel where none is given";
    EXPECT_EQ(pool.axes[1].stride, 2);
    EXPECT_EQ(pool.out_channels, 5);
    const arith::Layer average =
        read_torch("nn.AvgPool1d(3, stride=None, padding=1, ceil_mode=True, count_include_pad=False)", {2, 10})[0]
            .layer;
    EXPECT_EQ(average.axes[0].stride, 3);
    EXPECT_TRUE(average.ceil_mode);
    EXPECT_FALSE(average.count_include_pad);
    const arith::Layer same = read_torch("nn.Conv1d(1, 1, 4, padding='same')", {1, 10})[0].layer;
    EXPECT_EQ(arith::output_shape(same), (arith::Shape{1, 10}));
    EXPECT_EQ(same.axes[0].pad_before + 1, same.axes[0].pad_after) << "the odd cell after";
}

TEST(TorchWords, ChainsFeedEachLayerFromTheOneBefore) {
    const char* forms[] = {
        "nn.Conv2d(3, 64, 7, 2, 3); nn.ReLU(); nn.MaxPool2d(3, 2, 1)",
        "nn.Sequential(\n  nn.Conv2d(3, 64, 7, 2, 3),\n  nn.ReLU(inplace=True),\n  nn.MaxPool2d(3, 2, 1),\n)",
        "Conv2d(3, 64, 7, 2, 3)\nReLU()\nMaxPool2d(3, 2, 1)\n"};
    for (const char* form : forms) {
        const arith::Chain chain = read_torch(form, {3, 224, 224});
        ASSERT_EQ(chain.size(), 2u);
        EXPECT_EQ(chain[0].after, arith::Activation::relu);
        EXPECT_EQ(arith::output_shape(chain[1].layer), (arith::Shape{64, 56, 56}));
        EXPECT_EQ(arith::receptive_fields(chain)[1][0].size, 11);
    }
}

TEST(TorchWords, GoThereAndBack) {
    for (const std::string& name : preset_names()) {
        const State s = preset(name);
        arith::Chain wanted = chain_of(s);
        std::string code;
        for (const arith::Link& link : wanted)
            code += torch_code(link.layer) + (link.after == arith::Activation::relu ? "; nn.ReLU()" : "") + "\n";
        // What differs from side to side is said in a comment, which does not come back.
        for (arith::Link& link : wanted)
            for (arith::Axis& axis : link.layer.axes)
                if (axis.pad_before != axis.pad_after) {
                    EXPECT_NE(code.find(fmt::format("# padding {}+{}", axis.pad_before, axis.pad_after)),
                              std::string::npos)
                        << code;
                    axis.pad_before = axis.pad_after = 0;
                }
        arith::connect(wanted);
        EXPECT_EQ(read_torch(code, arith::input_shape(wanted[0].layer)), wanted) << code;
    }
}

TEST(TorchWords, WhatIsNotUnderstoodIsNamed) {
    const std::pair<std::string, const char*> cases[] = {
        {"nn.Conv2x(3)", "There is no layer “Conv2x” here; did you mean Conv2d?"},
        {"nn.Conv2d(3, 4)", "Conv2d needs kernel_size."},
        {"nn.Conv2d(4, 4, 3)", "in_channels = 4, and the input's channels are 3"},
        {"nn.Conv2d(3, 4, 3, strid=2)", "no argument “strid”; did you mean “stride”?"},
        {"nn.Conv2d(3, 4, (3, 3, 3))", "takes one number or 2 as kernel_size, not 3"},
        {"nn.Conv2d(3, 4, 3, kernel_size=3)", "is given kernel_size twice"},
        {"nn.Conv2d(3, 4, stride=1, 3)", "without a name after one with a name"},
        {"nn.Conv2d(3, 4, 3, padding='same', stride=2)", "strides of 1 only"},
        {"nn.Conv2d(3, 4, 3, bias=1)", "takes True or False as bias"},
        {"nn.Conv2d(3, 4, 3.5)", "a whole number"},
        {"nn.Conv2d(3, 4, nan)", "a number, a tuple"},
        {"nn.Conv2d(3, 4, 99999999999999999999)", "63 bits"},
        {"nn.Conv1d(3, 4, 3)", "Conv1d takes an input of 2 numbers"},
        {"nn.Conv2d(3, 4", "end too early"},
        {"nn.Conv2d(3, 4, 3, padding_mode='mirror')", "“mirror”; the modes are"},
        {"nn.ReLU()", "needs a layer before it"},
        {"nn.ReLU(3)", "ReLU takes True or False as inplace."},
        {"nn.ReLU(slope=3)", "ReLU has no argument “slope”; it takes inplace."},
        {"nn.BatchNorm2d(3)", "There is no layer “BatchNorm2d” here; there are Conv,"},
        {"nn.MaxPool2d(3, count_include_pad=True)",
         "it takes kernel_size, stride, padding, dilation, return_indices, ceil_mode."},
        {"nn.AvgPool2d(2, divisor_override=0)", "the divisor must not be 0"},
        // What is quoted back is one short line of plain characters.
        {"nn.Conv2d(3, 4, 3, padding='a\nb')", "the padding “a?b”"},
        {"nn.Conv2d(3, 4, 3, padding_mode='\x1b[31m\xff')", "the padding_mode “?[31m?”"},
        {"nn.Conv2d(3, 4, 3, padding='" + std::string(60000, 'z') + "')", "zzz…”; the words"},
        {"nn.Conv2d(3, 4, 3, " + std::string(60000, 'z') + "=1)", "zzz…”; it takes in_channels"},
        {"", "no layer in the text"},
        {std::string(100000, '('), "100000 bytes"},
    };
    for (const auto& [text, says] : cases) {
        try {
            read_torch(text, {3, 8, 8});
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what();
            EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
            EXPECT_LT(std::string(error.what()).size(), 300u) << error.what();
        }
    }
    std::string deep;
    for (int n = 0; n < 1000; ++n) deep += "nn.Sequential(";
    EXPECT_THROW(read_torch(deep, {3, 8, 8}), Error);
    EXPECT_THROW(read_shape("3x0x4"), Error);
    EXPECT_THROW(read_shape("3x"), Error);
    EXPECT_THROW(read_shape(""), Error);
    EXPECT_EQ(read_shape("3×224x224"), (arith::Shape{3, 224, 224}));
}

// Numbers of any size are read, and refused by check() without an overflow.
TEST(TorchWords, LargeNumbersAreRefusedByTheChecks) {
    for (const char* text : {"Conv2d(3, 9223372036854775807, 3)", "Conv2d(3, 4, 4611686018427387904, dilation=4)",
                             "Conv2d(3, 4, 3, padding=9223372036854775807)", "Conv2d(3, 1099511627776, 3)",
                             "Conv2d(3, 4, 3, padding='same', dilation=9223372036854775807)",
                             "ConvTranspose2d(3, 4, 3, 4611686018427387904)"})
        EXPECT_FALSE(arith::check(read_torch(text, {3, 8, 8})).empty()) << text;
    EXPECT_FALSE(
        arith::check(read_torch("Conv2d(3, 4, 3)", {3, arith::Index{1} << 40, arith::Index{1} << 40})).empty());
}

}  // namespace
}  // namespace convloom::tests
