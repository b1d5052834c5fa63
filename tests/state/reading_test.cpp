// What people paste: code, printed models, Keras and ONNX, with the shapes that come out.
#include "core/state/words/reading.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <random>

#include "core/arith/layer/output_size.hpp"
#include "core/state/words/layer_code.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::reading_test {
namespace {

using namespace state;

// The shape that comes out, or the error.
std::string outcome(const std::string& text, const arith::Shape& input, const std::vector<NameGiven>& given = {}) {
    try {
        const Reading reading = read_layers(text, input, given);
        if (reading.chain.empty()) {
            const arith::BetweenShapes shapes = arith::shapes_after(reading.alone, input);
            return shapes.problem ? shapes.problem->sentence : arith::to_text(shapes.last(input));
        }
        const auto problems = arith::check(reading.chain);
        return problems.empty() ? arith::to_text(arith::output_shape(reading.chain))
                                : problems.front().problem.sentence;
    } catch (const Error& error) {
        return error.what();
    }
}

// Kinds whose pastes count once the table of kinds has them.
constexpr const char* later_kinds[] = {"AdaptiveAvgPool", "LPPool", "Upsample"};

TEST(Reading, PublicPastes) {
    for (const auto& one : nlohmann::json::parse(read_file(tests_folder() + "/words.json"))) {
        const std::string text = one["text"];
        const bool known = std::none_of(std::begin(later_kinds), std::end(later_kinds), [&](const char* name) {
            return text.find(name) != std::string::npos &&
                   std::none_of(std::begin(arith::layer_kinds), std::end(arith::layer_kinds),
                                [&](const arith::LayerKind& kind) { return kind.torch_family == name; });
        });
        if (known) {
            EXPECT_EQ(outcome(text, one["input"].get<arith::Shape>()),
                      arith::to_text(one["output"].get<arith::Shape>()))
                << one["name"];
        }
    }
}

TEST(Reading, FormsOfTheSameLayer) {
    const arith::Layer wanted = read_torch("nn.Conv2d(3, 64, 3, stride=2, padding=1)", {3, 32, 32}).front().layer;
    for (const char* text : {"self.conv1 = nn.Conv2d(3, 64, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))",
                             "x = nn.Conv2d(3, 64, 3, 2, 1)(x)", "return torch.nn.Conv2d(3, 64, 3, 2, 1)",
                             "(conv1): Conv2d(3, 64, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))",
                             "nn.Conv2d（3，64，3，stride＝2，padding＝1）",
                             "nn.Conv2d(\r\n    3, 64,  # planes\r\n    3, stride=2, padding=1,\r\n)",
                             "planes = 8\nnn.Conv2d(3, planes * 8, 3, stride=planes // 4, padding=3 // 2)",
                             "nn.LazyConv2d(64, 3, 2, 1)", "nn.utils.spectral_norm(nn.Conv2d(3, 64, 3, 2, 1))",
                             "nn.Conv2d(3, 64, 3, 2, 1, device=device, dtype=torch.float16, **options)",
                             "x = F.conv2d(x, torch.randn(64, 3, 3, 3), torch.zeros(64), stride=2, padding=1)",
                             "net.add_module('conv', nn.Conv2d(3, 64, 3, 2, 1))",
                             "Conv kernel_shape=[3,3] pads=[1,1,1,1] strides=[2,2] W=64x3x3x3 B=64"}) {
        const Reading reading = read_layers(text, {3, 32, 32});
        ASSERT_EQ(reading.chain.size(), 1u) << text;
        EXPECT_EQ(reading.chain[0].layer, wanted) << text;
    }
}

TEST(Reading, KerasAndOnnxRules) {
    const std::tuple<const char*, arith::Shape, const char*> cases[] = {
        {"Conv2D(8, 3, strides=2, padding='same')", {3, 7, 8}, "8×4×4"},
        {"Conv2DTranspose(8, 3, strides=2, padding='same')", {3, 7, 8}, "8×14×16"},
        {"Conv2DTranspose(8, 3, strides=2)", {3, 7, 8}, "8×15×17"},
        {"Conv2DTranspose(8, 2, strides=3)", {3, 4, 4}, "8×12×12"},
        {"Conv2DTranspose(8, 3, strides=2, padding='same', output_padding=0)", {3, 7, 7}, "8×13×13"},
        {"Conv1D(8, 3, padding='causal', dilation_rate=2)", {2, 9}, "8×9"},
        {"tf.keras.layers.AvgPool2D(padding='same')", {2, 5, 5}, "2×3×3"},
        {"DepthwiseConv2D((3, 3), strides=(2, 2))", {4, 9, 9}, "4×4×4"},
        {"GlobalAveragePooling2D()", {4, 9, 9}, "4"},
        {"ConvTranspose kernel_shape=[3,3] strides=[2,2] output_shape=[10,10] W=2x3x3x3", {2, 5, 5}, "3×10×10"},
        {"Conv kernel_shape=[3] auto_pad=SAME_LOWER strides=[2] W=2x1x3", {1, 8}, "2×4"},
        {"Relu\nMaxPool kernel_shape=[2,2]", {2, 5, 5}, "2×4×4"}};
    for (const auto& [text, input, wanted] : cases) EXPECT_EQ(outcome(text, input), wanted) << text;
    const arith::Layer lower = read_layers("Conv auto_pad=SAME_LOWER strides=[2] W=2x1x3", {1, 8}).chain[0].layer;
    EXPECT_EQ(lower.axes[0].pad_before, 1);
    EXPECT_EQ(lower.axes[0].pad_after, 0);
    EXPECT_FALSE(read_layers("AveragePooling1D(3, padding='same')", {1, 7}).chain[0].layer.count_include_pad);
}

TEST(Reading, OpenNamesAreAskedFor) {
    const std::string text = "nn.Conv2d(in_planes, self.width * 2, k, bias=bias)";
    try {
        read_layers(text, {3, 8, 8});
        ADD_FAILURE();
    } catch (const NamesOpen& open) {
        ASSERT_EQ(open.names().size(), 3u);
        EXPECT_EQ(open.names()[0].name, "in_planes");
        EXPECT_EQ(open.names()[0].argument, "in_channels");
        EXPECT_EQ(open.names()[1].name, "self.width");
        EXPECT_STREQ(
            open.what(),
            "in_planes, self.width and k are not given: write lines such as in_planes = 64; self.width = 64; k = 3.");
    }
    EXPECT_EQ(outcome(text, {3, 8, 8}, {{"in_planes", "3"}, {"self.width", "2 * 4"}, {"k", "(3, 1)"}}), "16×6×8");
    EXPECT_EQ(outcome("F.conv2d(x, w)", {3, 8, 8}),
              "w is not given: write a line such as w = torch.randn(8, 3, 3, 3).");
    EXPECT_EQ(outcome("F.conv2d(x, w)", {3, 8, 8}, {{"w", "8x3x3x3"}}), "8×6×6");
    EXPECT_EQ(outcome("Conv kernel_shape=[3,3]", {3, 8, 8}), "W is not given: write a line such as W = 8x3x3x3.");
    EXPECT_EQ(outcome("Conv kernel_shape=[3,3]", {3, 8, 8}, {{"W", "8x3x3x3"}}), "8×6×6");
}

TEST(Reading, BlocksThatAreNoRow) {
    const std::string block =
        "BasicBlock(\n(conv1): Conv2d(64, 128, 3, stride=2, padding=1)\n(bn1): BatchNorm2d(128)\n(relu): ReLU()\n"
        "(conv2): Conv2d(128, 128, 3, padding=1)\n(downsample): Sequential((0): Conv2d(64, 128, 1, stride=2)))";
    const Reading reading = read_layers(block, {64, 56, 56});
    ASSERT_EQ(reading.chain.size(), 2u);
    ASSERT_EQ(reading.remarks.size(), 1u);
    EXPECT_EQ(reading.remarks[0], "downsample (Sequential) stands beside the row, and is passed over.");
    EXPECT_EQ(outcome("Inception((branch1): Conv2d(192, 64, 1), (branch2): Sequential((0): Conv2d(192, 96, 1), (1): "
                      "Conv2d(96, 128, 3, "
                      "padding=1)), (branch3): Sequential((0): MaxPool2d(3, 1, 1), (1): Conv2d(192, 32, 1)))",
                      {192, 28, 28}),
              "224×28×28");
    EXPECT_EQ(outcome("Dense((d): Layers((n1): Layer((norm): BatchNorm2d(64), (conv): Conv2d(64, 32, 3, padding=1)), "
                      "(n2): Layer((norm): "
                      "BatchNorm2d(96), (conv): Conv2d(96, 32, 3, padding=1))), (norm): BatchNorm2d(128))",
                      {64, 8, 8}),
              "128×8×8");
    EXPECT_NE(outcome("nn.Conv2d(3, 8, 3); nn.Conv2d(16, 4, 3)", {3, 32, 32}).find("in_channels = 16"),
              std::string::npos)
        << "layers in a plain row have to fit";
}

TEST(Reading, UnknownNamesAreSaid) {
    EXPECT_EQ(read_layers("Conv2d(3, 8, 3); Swirl(4)", {3, 9, 9}).remarks.front(),
              "“Swirl” is not known here; it is taken as a stage that keeps the shape.");
    EXPECT_EQ(outcome("nn.Conv2dd(3, 8, 3)", {3, 9, 9}), "There is no layer “Conv2dd” here; did you mean Conv2d?");
    EXPECT_EQ(outcome("nn.Conv2D(8, 3)", {3, 9, 9}),
              "Conv2D is Keras's name; write layers.Conv2D for it, or PyTorch's own for nn.");
    EXPECT_EQ(outcome("nn.MaxUnpool2d(2)", {3, 9, 9}).find("did you mean"), std::string::npos);
}

TEST(Reading, ShapesAsPeopleWriteThem) {
    const arith::Shape wanted = {3, 224, 224};
    for (const char* text : {"3x224x224", "(3, 224, 224)", "[3,224,224]", "3 x 224 x 224", "3×224×224",
                             "（3，224，224）", "torch.Size([3, 224, 224])", " 3 * 224 * 224 "})
        EXPECT_EQ(read_shape(text), wanted) << text;
    EXPECT_EQ(outcome("nn.Conv2d(3, 8, 3)", read_shape("1x3x224x224")), "8×222×222") << "the batch";
    EXPECT_EQ(outcome("nn.Conv3d(1, 8, 3)", read_shape("1x3x9x9")), "8×1×7×7") << "no batch";
    for (const char* text : {"3x", "x3", "3x0x4", "", "()", "3;4", "3xx4"})
        EXPECT_THROW(read_shape(text), Error) << text;
}

// What is written is read back as the same layer, in each framework's words.
TEST(Reading, EachFrameworksCodeReadsBack) {
    int count = 0;
    for (const arith::Op op : arith::ops())
        for (int n = 0; n < 400; ++n) {
            std::mt19937 random(static_cast<unsigned>(n * 31 + static_cast<int>(op)));
            const auto pick = [&](arith::Index least, arith::Index most) {
                return std::uniform_int_distribution<arith::Index>(least, most)(random);
            };
            arith::Layer layer;
            layer.op = op;
            if (layer.kind().torch_arguments.find("kernel_size") == std::string_view::npos) continue;
            layer.in_channels = layer.out_channels = 4;
            for (int a = 0; a <= n % 3; ++a)
                layer.axes.push_back({pick(5, 9), pick(1, 3), pick(1, 3), pick(0, 2), pick(0, 2), pick(1, 2),
                                      layer.is_transposed() ? pick(0, 1) : 0});
            if (n % 4 == 0)
                for (arith::Axis& axis : layer.axes) axis.pad_before = axis.pad_after = 0;
            if (layer.has_weight()) {
                layer.out_channels = 4 * pick(1, 2);
                layer.groups = arith::Index{1} << pick(0, 2);
                layer.bias = n % 2 == 0;
                layer.flip = n % 7 == 0;
            }
            if (layer.kind().has_padding_modes && n % 5 == 0) layer.padding_mode = arith::PaddingMode::reflect;
            layer.ceil_mode = layer.is_pooling() && n % 3 == 0;
            if (op == arith::Op::average_pooling) layer.count_include_pad = n % 2 == 0;
            if (op == arith::Op::average_pooling && n % 9 == 0) layer.divisor_override = 3;
            if (!arith::check(layer).empty()) continue;
            for (const FrameworkWords& words : framework_words()) {
                const std::string code = code_of(layer, words.framework);
                if (code.starts_with("  #")) continue;  // a kind that the framework does not have
                const Reading read = read_layers(code, arith::input_shape(layer));
                ASSERT_EQ(read.chain.size(), 1u) << code;
                ASSERT_EQ(read.chain[0].layer, layer) << code;
                ++count;
            }
        }
    EXPECT_GT(count, 500);
}

TEST(Reading, CodeInEachFrameworksWords) {
    const arith::Chain chain = read_torch(
        "nn.Conv2d(3, 64, 7, stride=2, padding=3); nn.BatchNorm2d(64); nn.ReLU(); nn.MaxPool2d(2)", {3, 32, 32});
    EXPECT_EQ(code_of(chain, arith::Framework::keras),
              "keras.Sequential([\n    layers.Conv2D(64, 7, strides=2),  # padding 3+3 3+3\n    "
              "layers.BatchNormalization(epsilon=1e-05),\n"
              "    layers.ReLU(),\n    layers.MaxPooling2D(2),\n])");
    EXPECT_EQ(code_of(chain, arith::Framework::onnx),
              "Conv kernel_shape=[7,7] pads=[3,3,3,3] strides=[2,2] W=64x3x7x7 B=64\nBatchNormalization\nRelu\n"
              "MaxPool kernel_shape=[2,2] strides=[2,2]");
}

// Pieces of what people paste, glued at random: each is read or refused in one sentence.
std::string random_paste(std::mt19937& random) {
    static const std::vector<std::string> pieces = {"nn.Conv2d(",
                                                    "3, 64, 3",
                                                    "kernel_size=(3, 3)",
                                                    ", padding=1",
                                                    ", padding=same",
                                                    ")",
                                                    "(",
                                                    "[",
                                                    "]",
                                                    ",",
                                                    "\n",
                                                    ";",
                                                    " = ",
                                                    "x",
                                                    "self.conv1",
                                                    "Sequential(",
                                                    "(0): ",
                                                    "nn.ReLU(inplace=True)",
                                                    "BatchNorm2d(64)",
                                                    "nn.Linear(10, 2)",
                                                    "nn.Flatten()",
                                                    "F.relu(",
                                                    "x)",
                                                    "Conv kernel_shape=[3,3] ",
                                                    "W=4x3x3x3 ",
                                                    "pads=[1,1,1,1] ",
                                                    "auto_pad=SAME_UPPER ",
                                                    "Conv2D(8, 3, padding='same')",
                                                    "MaxPooling2D()",
                                                    "layers.",
                                                    "torch.nn.",
                                                    "*",
                                                    "**",
                                                    "//",
                                                    "-",
                                                    "64 * 8",
                                                    "in_planes",
                                                    "None",
                                                    "True",
                                                    "'same'",
                                                    "\"",
                                                    "'",
                                                    "# padding 0+1\n",
                                                    "（",
                                                    "，",
                                                    "）",
                                                    "卷积",
                                                    "\xff",
                                                    "OrderedDict([('a', ",
                                                    ")])",
                                                    "for i in range(3)",
                                                    "lambda x: ",
                                                    "def f(self, x=3):\n",
                                                    "return ",
                                                    "if a else b",
                                                    "downsample",
                                                    "Fire(",
                                                    "(squeeze): Conv2d(3, 4, 1)",
                                                    "(expand3x3): Conv2d(4, 8, 3, padding=1)",
                                                    "Dropout(p=0.5)",
                                                    "1e-05",
                                                    "99999999999999999999",
                                                    "0x10",
                                                    "{",
                                                    "}",
                                                    "'a': ",
                                                    "model.add(",
                                                    "layers.append(",
                                                    "+=",
                                                    "Upsample(scale_factor=2.0, mode=nearest)",
                                                    "Dense(10, activation='relu')"};
    std::string text;
    const int count = std::uniform_int_distribution<int>(1, 30)(random);
    for (int n = 0; n < count; ++n)
        text += pieces[std::uniform_int_distribution<std::size_t>(0, pieces.size() - 1)(random)];
    return text;
}

void read_random_pastes(int count) {
    std::mt19937 random(17);
    for (int n = 0; n < count; ++n) {
        const std::string text = random_paste(random);
        const std::string said = outcome(text, {3, 32, 32});
        ASSERT_FALSE(said.empty()) << text;
        ASSERT_EQ(said.find('\n'), std::string::npos) << text << "\n" << said;
        ASSERT_LT(said.size(), 600u) << text << "\n" << said;
    }
}

TEST(Reading, RandomPastesAreReadOrRefused) {
    read_random_pastes(5000);
}
TEST(LongReading, AMillionRandomPastes) {
    read_random_pastes(1'000'000);
}

}  // namespace
}  // namespace convloom::tests::reading_test
