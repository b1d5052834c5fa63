// Layers in PyTorch code: positional and keyword arguments, defaults, chains, and errors.
#include "core/state/words/torch_words.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/reading.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::torch_words_test {
namespace {

using namespace state;

TEST(TorchWords, ReadPositionalAndKeywordArguments) {
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

TEST(TorchWords, FollowEachLayersOrderAndDefaults) {
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

TEST(TorchWords, ChainsConnectLayers) {
    const char* forms[] = {
        "nn.Conv2d(3, 64, 7, 2, 3); nn.ReLU(); nn.MaxPool2d(3, 2, 1)",
        "nn.Sequential(\n  nn.Conv2d(3, 64, 7, 2, 3),\n  nn.ReLU(inplace=True),\n  nn.MaxPool2d(3, 2, 1),\n)",
        "Conv2d(3, 64, 7, 2, 3)\nReLU()\nMaxPool2d(3, 2, 1)\n"};
    for (const char* form : forms) {
        const arith::Chain chain = read_torch(form, {3, 224, 224});
        ASSERT_EQ(chain.size(), 2u);
        EXPECT_TRUE(arith::is_relu(chain[0].after));
        EXPECT_EQ(arith::output_shape(chain[1].layer), (arith::Shape{64, 56, 56}));
        EXPECT_EQ(arith::receptive_fields(chain)[1][0].size, 11);
    }
}

TEST(TorchWords, RoundTrip) {
    for (const std::string& name : preset_names()) {
        const State s = preset(name);
        arith::Chain wanted = chain_of(s);
        std::string code;
        for (const arith::Link& link : wanted) code += torch_code(link) + "\n";
        EXPECT_EQ(read_torch(code, arith::input_shape(wanted[0].layer)), wanted) << code;
        const std::string whole = torch_code(wanted);
        EXPECT_EQ(read_torch(whole, arith::input_shape(wanted[0].layer)), wanted) << whole;
    }
}

// Calls visit with the layer for every combination of settings of its kind.
template <class Visit>
void for_settings(arith::Layer layer, const Visit& visit) {
    using arith::Op;
    if (layer.op == Op::max_pooling || layer.op == Op::average_pooling) {
        const bool average = layer.op == Op::average_pooling;
        for (bool ceil : {false, true})
            for (bool count : {true, false})
                for (arith::Index divisor : {0, 3, -1}) {
                    if (!average && (!count || divisor != 0)) continue;
                    layer.ceil_mode = ceil;
                    layer.count_include_pad = count;
                    layer.divisor_override = divisor;
                    visit(layer);
                }
        return;
    }
    for (bool bias : {false, true})
        for (bool flip : {false, true})
            for (arith::Index groups : {1, 2})
                for (int mode = 0; mode < (layer.op == Op::convolution ? 4 : 1); ++mode) {
                    layer.bias = bias;
                    layer.flip = flip;
                    layer.groups = groups;
                    layer.out_channels = 4;
                    layer.padding_mode = static_cast<arith::PaddingMode>(mode);
                    visit(layer);
                }
}

// Each axis has numbers of its own.
std::vector<std::vector<arith::Axis>> small_axes(bool more) {
    std::vector<arith::Axis> line;
    for (arith::Index k = 1; k <= 3; ++k)
        for (arith::Index s = 1; s <= 3; ++s)
            for (arith::Index before = 0; before <= 2; ++before)
                for (arith::Index after = 0; after <= 2; ++after)
                    for (arith::Index d = 1; d <= 2; ++d)
                        for (arith::Index a = 0; a <= (more ? 1 : 0); ++a)
                            line.push_back({5, k, s, before, after, d, a});
    std::vector<std::vector<arith::Axis>> all;
    for (std::size_t n = 0; n < line.size(); ++n) {
        all.push_back({line[n]});
        all.push_back({line[n], line[n]});
        for (std::size_t other : {n + 1, n * 7 + 3, n * 31 + 11}) {
            all.push_back({line[n], line[other % line.size()]});
            all.push_back({line[other % line.size()], line[n], line[other * 5 % line.size()]});
        }
    }
    return all;
}

TEST(TorchWords, CodeReadsBackAsTheSameLayer) {
    int layers = 0;
    for (arith::Op op : {arith::Op::convolution, arith::Op::transposed_convolution, arith::Op::average_pooling,
                         arith::Op::max_pooling}) {
        arith::Layer plain;
        plain.op = op;
        plain.in_channels = plain.out_channels = 2;
        for (const auto& axes : small_axes(plain.is_transposed())) {
            plain.axes = axes;
            for_settings(plain, [&](const arith::Layer& layer) {
                if (!arith::check(layer).empty()) return;
                ++layers;
                const std::string code = torch_code(layer);
                const arith::Chain read = read_torch(code, arith::input_shape(layer));
                ASSERT_EQ(read.size(), 1u);
                ASSERT_EQ(read[0].layer, layer) << code;
            });
        }
    }
    EXPECT_GT(layers, 30000);
}

TEST(TorchWords, SettingsBeyondPyTorchAreInAComment) {
    auto code = [](const char* words, const arith::Shape& input, auto change) {
        arith::Chain chain = read_torch(words, input);
        change(chain[0].layer);
        return torch_code(chain);
    };
    EXPECT_EQ(code("Conv2d(1, 1, 2, bias=False)", {1, 5, 5}, [](auto& l) { l.axes[1].pad_after = 1; }),
              "nn.Conv2d(1, 1, kernel_size=2, bias=False)  # padding 0+0 0+1");
    EXPECT_EQ(code("Conv1d(1, 1, 4, padding='same')", {1, 5}, [](auto&) {}),
              "nn.Conv1d(1, 1, kernel_size=4, padding='same')");
    EXPECT_EQ(code("Conv1d(1, 1, 3); ReLU()", {1, 5}, [](auto& l) { l.flip = true; }),
              "nn.Sequential(\n    nn.Conv1d(1, 1, kernel_size=3), nn.ReLU()  # kernel flipped\n)");
    EXPECT_EQ(
        code("MaxPool1d(3, 1, dilation=2)", {1, 9}, [](auto& l) { l.axes[0].pad_before = l.axes[0].pad_after = 2; }),
        "nn.MaxPool1d(kernel_size=3, stride=1, dilation=2)  # padding 2+2, which is more than half of the kernel: "
        "PyTorch "
        "refuses it");
    EXPECT_EQ(code("AvgPool1d(2)", {1, 9}, [](auto& l) { l.divisor_override = -3; }),
              "nn.AvgPool1d(kernel_size=2)  # divisor_override=-3, which AvgPool1d has not");
    // A comment by the user, or one that contradicts the code, has no effect.
    for (const char* words : {"Conv1d(1, 1, 3, padding=1) # padding 0+2", "Conv1d(1, 1, 3, # padding 0+2\n padding=1)",
                              "Conv1d(1, 1, 3, padding=1) # padding 3 on either side, kernel flipped",
                              "Conv1d(1, 1, 3, padding=1)\n# kernel flipped", "Conv1d(1, 1, 3, 1, 1) # padding 1+"})
        EXPECT_EQ(read_torch(words, {1, 9}), read_torch("Conv1d(1, 1, 3, padding=1)", {1, 9})) << words;
    EXPECT_FALSE(arith::check(read_torch("Conv1d(1,1,3)# padding 9223372036854775807+1", {1, 9})).empty());
}

TEST(TorchWords, AcceptCodeThatPyTorchAccepts) {
    for (const auto& [given, bias] : {std::pair{"None", false}, {"0", false}, {"1", true}, {"False", false}})
        EXPECT_EQ(read_torch(fmt::format("Conv2d(3, 4, 3, bias={})", given), {3, 8, 8})[0].layer.bias, bias) << given;
    const arith::Layer negative = read_torch("AvgPool2d(2, divisor_override=-1)", {3, 8, 8})[0].layer;
    EXPECT_EQ(negative.divisor_override, -1);
    EXPECT_TRUE(arith::check(negative).empty());
    const arith::Chain first = read_torch("nn.ReLU(); nn.Conv2d(3, 4, 3); nn.ReLU(0)", {3, 8, 8});
    ASSERT_EQ(first.size(), 1u);
    EXPECT_TRUE(arith::is_relu(first[0].before));
    EXPECT_TRUE(arith::is_relu(first[0].after));
    EXPECT_EQ(torch_code(first), "nn.Sequential(nn.ReLU(), nn.Conv2d(3, 4, kernel_size=3), nn.ReLU())");
    EXPECT_EQ(read_torch(torch_code(first), {3, 8, 8}), first);
    EXPECT_EQ(read_torch("Conv1d(1, 1, (3,), (2,))", {1, 8}), read_torch("Conv1d(1, 1, 3, 2)", {1, 8}));
    EXPECT_EQ(read_torch("Conv2d(1, 1, 3, (2,))", {1, 8, 8}), read_torch("Conv2d(1, 1, 3, 2)", {1, 8, 8}));
    EXPECT_EQ(read_torch("MaxPool2d((2,))", {1, 8, 8}), read_torch("MaxPool2d(2)", {1, 8, 8}));
}

// Shapes from public questions, each with the answer that the discussion arrived at.
TEST(TorchWords, AnswerPublicQuestions) {
    for (const auto& report : nlohmann::json::parse(read_file(tests_folder() + "/reports.json"))) {
        SCOPED_TRACE(report["source"].get<std::string>());
        bool refused = false;
        arith::Shape output;
        try {
            const arith::Chain chain =
                read_torch(report["text"].get<std::string>(), read_shape(report["input"].get<std::string>()));
            refused = !arith::check(chain).empty();
            if (!refused) output = arith::output_shape(chain.back().layer);
        } catch (const Error&) {
            refused = true;
        }
        ASSERT_EQ(refused, report["refused"].get<bool>());
        if (!refused) {
            EXPECT_EQ(output, report["output"].get<arith::Shape>());
        }
    }
}

TEST(TorchWords, ErrorsNameTheirCause) {
    try {
        read_torch("nn.AvgPool1d(2, divisor_override=3)", {3, 8});
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "AvgPool1d has no argument “divisor_override”; it takes kernel_size, stride, padding, ceil_mode, "
                     "count_include_pad.");
    }
    const std::pair<std::string, const char*> cases[] = {
        {"nn.Conv2x(3)", "There is no layer “Conv2x” here; did you mean Conv2d?"},
        {"nn.Conv2d(3, 4)", "Conv2d needs kernel_size."},
        {"nn.Conv2d(4, 4, 3)", "in_channels = 4, and the input's channels are 3"},
        {"nn.Conv2d(3, 4, 3, strid=2)", "no argument “strid”; did you mean “stride”?"},
        {"nn.Conv2d(3, 4, (3, 3, 3))", "takes one number or 2 as kernel_size, not 3"},
        {"nn.Conv2d(3, 4, 3, kernel_size=3)", "is given kernel_size twice"},
        {"nn.Conv2d(3, 4, stride=1, 3)", "without a name after one with a name"},
        {"nn.Conv2d(3, 4, 3, padding='same', stride=2)", "a stride of 1 only"},
        {"nn.Conv2d(3, 4, (3,))", "takes one number or a tuple of 2 as kernel_size, not a tuple of 1"},
        {"nn.ConvTranspose2d(3, 4, [3])", "a tuple of 2 as kernel_size, not a tuple of 1"},
        {"nn.ConvTranspose2d(3, 4, 3, padding='same')", "PyTorch has “same” and “valid” for Conv only"},
        {"nn.MaxPool2d(3, ceil_mode=1)", "takes True or False as ceil_mode"},
        {"nn.MaxPool2d(3, stride=1, padding=2, dilation=2)", "at most half of the kernel, which is 1 of 3"},
        {"nn.MaxPool2d(3, padding=(1, 2), dilation=10)", "has a padding of 2; PyTorch takes at most half"},
        {"nn.AvgPool2d(2, padding=2)", "which is 1 of 2"},
        {"nn.Conv2d(3, 4, 3.5)", "a whole number"},
        {"nn.Conv2d(3, 4, nan)", "nan is not given: write a line such as nan = 3."},
        {"nn.Conv2d(3, 4, 99999999999999999999)", "63 bits"},
        {"nn.Conv1d(3, 4, 3)", "Conv1d takes an input of 2 numbers"},
        {"nn.Conv2d(3, 4", "end too early"},
        {"nn.Conv2d(3, 4, 3, padding_mode='mirror')", "“mirror”; the modes are"},
        {"nn.ReLU()", "The text has no layer with a window; ReLU alone has none"},
        {"nn.ReLU(slope=3)", "ReLU has no argument “slope”; it takes inplace."},
        {"nn.BatchNorm2d(3)", "The text has no layer with a window"},
        {"nn.Transformer(3)", "The text has no layer with a window"},
        {"nn.BatchNorm2d(3.5); nn.Conv2d(3, 4, 3)", "one whole number as num_features"},
        {"nn.Conv2d(3, 4, 3); nn.BatchNorm2d(0)", "BatchNorm2d takes at least 1 as num_features, not 0."},
        {"nn.Conv2d(3, 4, 3); nn.Linear(3)", "Linear needs out_features."},
        {"nn.MaxPool2d(3, count_include_pad=True)",
         "it takes kernel_size, stride, padding, dilation, return_indices, ceil_mode."},
        {"nn.AvgPool2d(2, divisor_override=0)", "the divisor must not be 0"},
        // Text quoted in messages is one short line of printable characters.
        {"nn.Conv2d(3, 4, 3, padding='a\nb')", "the padding “a?b”"},
        {"nn.Conv2d(3, 4, 3, padding_mode='\x1b[31m\xff')", "the padding_mode “?[31m?”"},
        {"nn.Conv2d(3, 4, 3, padding='" + std::string(60000, 'z') + "')", "zzz…”; it must be a number"},
        {"nn.Conv2d(3, 4, 3, " + std::string(60000, 'z') + "=1)", "zzz…”; it takes in_channels"},
        {"", "no layer in the text"},
        {std::string(300000, '('), "300000 bytes"},
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

// The part of the text that the message refers to.
TEST(TorchWords, ErrorsHaveTheirPosition) {
    const std::pair<const char*, const char*> cases[] = {
        {"nn.Conv2x(3)", "Conv2x"},
        {"nn.Conv2d(3, 4)", "Conv2d"},
        {"nn.Conv2d(4, 4, 3)", "4"},
        {"nn.Conv2d(in_channels=4, out_channels=4, kernel_size=3)", "in_channels=4"},
        {"nn.Conv2d(3, 4, 3, strid = 2)", "strid = 2"},
        {"nn.Conv2d(3, 4, (3, 3, 3))", "(3, 3, 3)"},
        {"nn.Conv2d(3, 4, 3, kernel_size=3)", "kernel_size=3"},
        {"nn.Conv2d(3, 4, 3, padding='same', stride=2)", "padding='same'"},
        {"nn.Conv2d(3, 4, 3); nn.Conv2d(4, 5, 3, dilation=True)", "dilation=True"},
        {"nn.Conv2d(3, 4, 3.5)", "3.5"},
        {"nn.Conv2d(3, 4, nan)", "nan"},
        {"nn.ReLU()", "nn.ReLU()"},
        {"nn.Conv2d(3, 4", ""},
    };
    for (const auto& [text, part] : cases) {
        try {
            read_torch(text, {3, 8, 8});
            ADD_FAILURE() << text;
        } catch (const CodeFault& fault) {
            const TextSpan where = fault.where();
            ASSERT_LE(where.at + where.length, std::string(text).size());
            EXPECT_EQ(std::string(text).substr(where.at, where.length), part) << text;
        }
    }
    const std::string text = "nn.Conv2d(3, 4, 3); nn.ReLU(); nn.Conv2d(4, 4, 3, stride=0, groups=3)";
    const auto part = [&](int link, arith::LayerField field) {
        const TextSpan where = place_of(read_layers(text, {3, 8, 8}), link, field);
        return text.substr(where.at, where.length);
    };
    EXPECT_EQ(part(1, arith::LayerField::stride), "stride=0");
    EXPECT_EQ(part(1, arith::LayerField::groups), "groups=3");
    EXPECT_EQ(part(1, arith::LayerField::dilation), "Conv2d") << "what is not said is marked at the layer";
    EXPECT_EQ(part(0, arith::LayerField::kernel), "3");
}

// Numbers of any size are read, and check() rejects them without an overflow.
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
}  // namespace convloom::tests::torch_words_test
