// The compared layer in files and links.
#include <gtest/gtest.h>

#include "app/files/link.hpp"
#include "core/arith/contrast/contrast.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/change_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::compared_test {
namespace {

using namespace state;

State compared_by(const std::string& preset_name, const std::string& contrast) {
    const State s = preset(preset_name);
    return update(s, CompareWith{arith::contrast_named(s.layer(), contrast)}).state;
}

std::string fault_of(const std::string& json) {
    try {
        from_json(json);
    } catch (const Error& error) {
        return error.what();
    }
    return "none";
}

TEST(ComparedLayer, IsInFilesWithoutData) {
    for (const char* contrast : {"flip", "stride", "same_upper", "dilation_from_0"}) {
        State s = compared_by("numerical_no_padding_no_strides", contrast);
        ASSERT_TRUE(s.compared) << contrast;
        s.compared->bias = true;
        const std::string text = to_json(s);
        EXPECT_EQ(from_json(text), s) << contrast;
        EXPECT_EQ(text.find("weight"), text.rfind("weight")) << "the data is the current layer's";
    }
    EXPECT_EQ(to_json(preset("dilation")).find("compare"), std::string::npos) << "files without one stay as they were";
}

TEST(ComparedLayer, OfAnotherInputIsNotRead) {
    std::string text = to_json(compared_by("numerical_no_padding_no_strides", "flip"));
    const auto at = text.find("\"size\"", text.find("\"compare\""));
    const auto five = text.find('5', at);
    text[five] = '6';
    EXPECT_EQ(
        fault_of(text),
        "This is not a Convloom state: compare cannot be compared: The layers take inputs of 1×5×5 and 1×6×5; two "
        "layers are compared on the same input.");
}

TEST(ComparedLayer, IsInLinksByTheNameOfItsConvention) {
    const State s = compared_by("numerical_no_padding_no_strides", "flip");
    const std::string link = files::link_of(s);
    EXPECT_NE(link.find("compare=flip"), std::string::npos) << link;
    EXPECT_EQ(files::parse_link(link).state, s);
    EXPECT_EQ(files::parse_link("#v1?preset=dilation&view=compare&compare=nn.Conv2d(1,1,2,bias=False)")
                  .state.compared->axes[0]
                  .kernel,
              2);
    EXPECT_THROW(files::parse_link("#v1?preset=dilation&compare=nn.Conv2d(1,1,9)"), Error);
}

TEST(ComparedLayer, IsNamedInTheListOfEdits) {
    const State a = preset("more_compare_same"),
                b = update(a, CompareWith{arith::contrast_named(a.layer(), "flip")}).state;
    EXPECT_EQ(change_words(a, b, scene::Language::english), "The layer that it is compared with");
}

TEST(ComparedLayer, HasTheDataOfTheCurrentOne) {
    const State s = compared_by("numerical_no_padding_no_strides", "stride");
    const arith::Recording beside = compared_recording(s, s.input);
    EXPECT_EQ(beside.weight(), *s.stages[0].weight);
    EXPECT_EQ(&beside.input(), s.input.get());
    // A smaller kernel keeps the cells that it has.
    State smaller = s;
    for (arith::Axis& axis : smaller.compared->axes) axis.kernel = 2;
    EXPECT_EQ(compared_recording(smaller, s.input).weight().values, (std::vector<float>{0, 1, 2, 2}));
}

}  // namespace
}  // namespace convloom::tests::compared_test
