// The padding modes and their names in six libraries, against tests/borders.json.
#include "core/arith/layer/padding_modes.hpp"

#include <nlohmann/json.hpp>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/recording.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::padding_modes_test {
namespace {

using namespace arith;

// A kernel of one cell gives the padded row itself.
Tensor padded(const std::vector<float>& row, Index by, const AskedPadding& asked, float value = 0) {
    Layer layer;
    layer.axes = {{static_cast<Index>(row.size()), 1, 1, by, by, 1, 0}};
    set_padding_mode(layer, asked);
    layer.padding_value = value;
    EXPECT_TRUE(check(layer).empty());
    const Tensor input{input_shape(layer), row}, weight{weight_shape(layer), {1}};
    const Tensor output = reference(layer, input, weight, nullptr);
    EXPECT_EQ(fast(layer, input, weight, nullptr), output);
    const Recording recording(layer, input, weight);
    for (Index n = 0; n < recording.step_count(); ++n)
        EXPECT_EQ(recording.value(recording.step(n)), output.values[static_cast<std::size_t>(n)]);
    return output;
}

TEST(PaddingModes, EveryLibrarysNameGivesItsBorder) {
    const auto borders = nlohmann::json::parse(read_file(tests_folder() + "/borders.json"));
    const std::vector<float> row = borders["input"];
    for (const auto& mode : borders["modes"])
        for (const std::string name : mode["names"]) {
            SCOPED_TRACE(name);
            auto asked = padding_mode_asked(name);
            ASSERT_TRUE(asked);
            EXPECT_EQ(name_of(asked->mode), mode["mode"].get<std::string>());
            EXPECT_EQ(padded(row, borders["by"], *asked).values, mode["padded"].get<std::vector<float>>());
            if (!asked->is_wide) asked->is_wide = true;  // as NumPy does it, also where PyTorch refuses
            EXPECT_EQ(padded(row, 6, *asked).values, mode["padded_by_6"].get<std::vector<float>>());
        }
}

TEST(PaddingModes, PyTorchsWordsKeepPyTorchsLimit) {
    for (const char* name : {"reflect", "pytorch:reflect", "circular", "torch:circular"}) {
        Layer layer;
        layer.axes = {{4, 1, 1, 6, 6, 1, 0}};
        set_padding_mode(layer, *padding_mode_asked(name));
        EXPECT_FALSE(layer.wide_padding) << name;
        EXPECT_EQ(check(layer).size(), 1u) << name;
        layer.wide_padding = true;
        EXPECT_TRUE(check(layer).empty()) << name;
    }
    // A word of another library allows no more than is needed.
    Layer layer;
    layer.axes = {{4, 1, 1, 3, 3, 1, 0}};
    set_padding_mode(layer, *padding_mode_asked("numpy:reflect"));
    EXPECT_FALSE(layer.wide_padding);
}

TEST(PaddingModes, BareNamesAreOursOrThoseOfTheOnlyLibrary) {
    const auto mode = [](std::string_view text) {
        const auto asked = padding_mode_asked(text);
        return asked ? std::string(name_of(asked->mode)) : "";
    };
    EXPECT_EQ(mode("reflect"), "reflect");  // PyTorch's, not SciPy's
    EXPECT_EQ(mode("constant"), "constant");
    EXPECT_EQ(mode("mirror"), "reflect");
    EXPECT_EQ(mode("nearest"), "replicate");
    EXPECT_EQ(mode("wrap"), "circular");
    EXPECT_EQ(mode("BORDER_REFLECT"), "symmetric");
    EXPECT_EQ(mode("cv2:border_reflect"), "symmetric");
    EXPECT_EQ(mode("opencv:REFLECT_101"), "reflect");
    EXPECT_EQ(mode("REFLECT_101"), "");
    for (const char* unknown : {"", "mirrored", "keras:same", "numpy:mirror", "numpy:", ":reflect", "reflect,mirror",
                                "opencv:BORDER_", "scipy:mirror,", "torch:symmetric"})
        EXPECT_EQ(mode(unknown), "") << unknown;
    EXPECT_EQ(padding_modes_instead("numpy:mirror"), "NumPy's modes are constant, reflect, edge, wrap and symmetric");
    EXPECT_EQ(padding_modes_instead("opencv:x"),
              "OpenCV's modes are BORDER_CONSTANT, BORDER_REFLECT_101, BORDER_DEFAULT, BORDER_REFLECT101, "
              "BORDER_REPLICATE, BORDER_WRAP and BORDER_REFLECT");
    EXPECT_EQ(padding_modes_instead("keras:same"), "the libraries are pytorch, numpy, scipy, opencv, onnx and matlab");
}

TEST(PaddingModes, ConstantHasAValue) {
    EXPECT_EQ(padded({1, 2}, 1, {PaddingMode::constant, false, false}, -2.5f).values,
              (std::vector<float>{-2.5f, 1, 2, -2.5f}));
    Layer layer;
    layer.axes = {{4, 1, 1, 1, 1, 1, 0}};
    layer.padding_value = 3;
    ASSERT_EQ(check(layer).size(), 1u);
    EXPECT_EQ(check(layer)[0].sentence, "Padding value 3 is only for mode constant; this layer's mode is zeros.");
    layer.padding_mode = PaddingMode::constant;
    EXPECT_TRUE(check(layer).empty());
    layer.padding_value = std::numeric_limits<float>::infinity();
    EXPECT_EQ(check(layer).size(), 1u);
}

}  // namespace
}  // namespace convloom::tests::padding_modes_test
