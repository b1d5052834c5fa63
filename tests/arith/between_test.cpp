// What stands between two layers: values and shapes against PyTorch's (scripts/make_between_cases.py), the laws of the
// table, and chains that contain them.
#include "core/arith/chain/between.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/chain/chain.hpp"
#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/uses.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::between_test {
namespace {

using namespace arith;
using Json = nlohmann::json;

BetweenValue value_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
    if (value.is_array()) return value.get<std::vector<double>>();
    return value.get<double>();
}

Between made_of(const std::string& name, const Json& arguments) {
    Between between = *between_named(name, Framework::pytorch);
    const auto settings = settings_of(*between.kind, Framework::pytorch);
    for (const Json& one : arguments) {
        const BetweenSetting* setting =
            one[0].is_number() ? settings.at(one[0].get<std::size_t>())
                               : setting_named(*between.kind, one[0].get<std::string>(), Framework::pytorch);
        EXPECT_NE(setting, nullptr);
        if (setting) {
            EXPECT_EQ(set(between, *setting, value_of(one[1])), std::nullopt);
        }
    }
    return between;
}
Between made(const std::string& name, std::vector<double> numbers = {}) {
    Json arguments = Json::array();
    for (std::size_t n = 0; n < numbers.size(); ++n) arguments.push_back({n, numbers[n]});
    return made_of(name, arguments);
}

TEST(Betweens, GiveWhatPyTorchGives) {
    const Json file = Json::parse(read_file(tests_folder() + "/conformance/betweens/pytorch.json"));
    for (const Json& one : file["cases"]) {
        SCOPED_TRACE(one["code"].get<std::string>());
        const Between between = made_of(one["name"], one["arguments"]);
        EXPECT_EQ(missing_setting(between), nullptr);
        const Shape shape = one["input"];
        const BetweenShape after = shape_after(between, shape);
        ASSERT_FALSE(after.problem) << after.problem->sentence;
        EXPECT_EQ(after.shape, one["output"].get<Shape>());
        EXPECT_EQ(parameters(between, shape), one["parameters"].get<Index>());
        EXPECT_NE(between.kind->shape_only, one.contains("gives"));
        if (!one.contains("gives")) continue;
        const Tensor given{shape, one["values"]}, output = values_after(between, given);
        const std::vector<double> wanted = one["gives"];
        EXPECT_EQ(output.shape, after.shape);
        ASSERT_EQ(output.values.size(), wanted.size());
        for (std::size_t n = 0; n < wanted.size(); ++n)
            ASSERT_NEAR(output.values[n], wanted[n], 2e-6 * (1 + std::abs(wanted[n]))) << n;
    }
}

TEST(Betweens, EveryKindHasAShapeAndValuesThatFitIt) {
    std::set<std::string_view> names;
    for (const BetweenKind& kind : between_kinds()) {
        SCOPED_TRACE(kind.json);
        EXPECT_TRUE(names.insert(kind.json).second) << "named twice";
        EXPECT_EQ(between_kind_of_json(kind.json), &kind);
        EXPECT_STRNE(kind.says, "");
        for (const Shape& shape : {Shape{4, 6, 8}, {4, 8}, {4, 2, 4, 6}, {8}, {1, 1, 1}}) {
            Between between = between_to_add(kind, shape);
            if (kind.json == std::string_view("unknown")) between.name = "CBAM";
            EXPECT_FALSE(title_of(between).empty());
            const BetweenShape after = shape_after(between, shape);
            if (after.problem) {
                EXPECT_TRUE(after.problem->sentence.starts_with(title_of(between))) << after.problem->sentence;
                continue;
            }
            EXPECT_GE(parameters(between, shape), 0);
            if (kind.shape_only) continue;
            const Tensor output = values_after(between, whole_numbers(shape, 5));
            EXPECT_EQ(output.shape, after.shape);
            EXPECT_EQ(static_cast<Index>(output.values.size()), element_count(after.shape));
            // Every cell of the output comes from cells of the input, or from padding.
            for (int a = 0; a < static_cast<int>(std::min(shape.size(), after.shape.size())); ++a)
                for (Index n = 0; n < after.shape[a]; ++n)
                    for (const Index source : sources(between, shape, a, n))
                        EXPECT_TRUE(source >= 0 && source < shape[a]);
        }
    }
}

TEST(Betweens, EveryNameOfAFrameworkIsFound) {
    for (const Framework framework : {Framework::pytorch, Framework::keras, Framework::onnx})
        for (const std::string& name : between_names(framework)) {
            const auto between = between_named(name, framework);
            ASSERT_TRUE(between) << name;
            for (const BetweenSetting* setting : settings_of(*between->kind, framework))
                if (framework == Framework::pytorch) {
                    EXPECT_EQ(setting_named(*between->kind, setting->key, framework), setting);
                }
        }
    EXPECT_EQ(between_named("BatchNorm2d", Framework::pytorch)->rank, 2);
    EXPECT_EQ(name_of(*between_named("BatchNorm2d", Framework::pytorch)), "BatchNorm2d");
    EXPECT_FALSE(between_named("Conv2d", Framework::pytorch));
    EXPECT_FALSE(between_named("batchnorm2d", Framework::pytorch));
    EXPECT_EQ(between_of_activation("swish"), between_named("SiLU", Framework::pytorch));
    EXPECT_EQ(between_named("LeakyReLU", Framework::keras)->number("negative_slope"), 0.3);
    EXPECT_EQ(between_named("BatchNormalization", Framework::keras)->number("eps"), 1e-3);
    EXPECT_EQ(between_of_activation("linear"), between_of("identity"));
}

TEST(Betweens, SettingsAreCheckedBeforeTheyAreSet) {
    Between norm = *between_named("BatchNorm2d", Framework::pytorch);
    auto refusal = [&](const char* key, BetweenValue value) {
        return set(norm, *setting_named(*norm.kind, key, Framework::pytorch), std::move(value)).value_or("");
    };
    EXPECT_EQ(missing_setting(norm)->key, std::string("num_features"));
    EXPECT_EQ(refusal("num_features", 2.5), "takes one whole number as num_features");
    EXPECT_EQ(refusal("num_features", 0.0), "takes at least 1 as num_features, not 0");
    EXPECT_EQ(refusal("affine", 2.0), "takes True or False as affine");
    EXPECT_EQ(refusal("eps", std::string("small")), "takes a number as eps");
    EXPECT_EQ(refusal("num_features", 8.0), "");
    EXPECT_EQ(title_of(norm), "BatchNorm2d(8)");
    EXPECT_EQ(shape_after(norm, {4, 5, 5}).problem->sentence, "BatchNorm2d(8) takes 8 channels, but it is given 4.");
    EXPECT_EQ(shape_after(norm, {8, 5}).problem->sentence,
              "BatchNorm2d(8) takes channels and 2 sizes, but it is given 8×5.");
    EXPECT_EQ(shape_after(made("Linear", {400, 10}), {16, 5, 5}).problem->sentence,
              "Linear(400, 10) takes 400 features, but it is given 16×5×5; a Flatten in front of it gives that many.");
    EXPECT_EQ(shape_after(made("ReflectionPad2d", {5}), {1, 5, 5}).problem->sentence,
              "ReflectionPad2d(5) pads the height of 5 by 5; at most 4 is possible.");
    EXPECT_EQ(shape_after(made("ZeroPad2d", {-3}), {1, 5, 5}).problem->sentence,
              "ZeroPad2d(-3) cuts 6 off the height, which is 5.");
    EXPECT_TRUE(shape_after(made("ZeroPad2d", {1 << 30}), {1, 5, 5}).problem);
}

Layer conv(Index in, Index out, Index kernel, Index size = 0) {
    Layer layer = square_layer(size, kernel, 1, 0, 1);
    layer.in_channels = in;
    layer.out_channels = out;
    return layer;
}

TEST(ChainsWithBetweens, ShapesGoThroughThem) {
    Chain chain{{conv(3, 8, 3, 10), {made("BatchNorm2d", {8}), relu(), made("ZeroPad2d", {2})}, {}, {}},
                {conv(0, 4, 3), {made("PixelShuffle", {2})}, {}, {}},
                {conv(0, 2, 1), {between_of("flatten"), made("Linear", {800, 10})}, {}, {}}};
    connect(chain);
    ASSERT_TRUE(check(chain).empty()) << check(chain).front().problem.sentence;
    EXPECT_EQ(input_shape(chain[1].layer), (Shape{8, 12, 12}));
    EXPECT_EQ(input_shape(chain[2].layer), (Shape{1, 20, 20}));
    EXPECT_EQ(output_shape(chain), (Shape{10}));
    EXPECT_EQ(cost(chain).parameters, 3 * 8 * 9 + 16 + 8 * 4 * 9 + 2 + 8010);
    // The window of the second layer reaches two cells further because of the pad, and its cells are halved.
    const auto fields = receptive_fields(chain);
    EXPECT_EQ(fields[1][0].size, 5);
    EXPECT_EQ(fields[1][0].offset, -2);
    EXPECT_EQ(fields[2][0].stride, 0.5);
}

TEST(ChainsWithBetweens, ProblemsNameTheBetween) {
    Chain chain{{conv(3, 8, 3, 10), {between_of("flatten")}, {}, {}}, {conv(8, 4, 3, 8), {}, {}, {}}};
    EXPECT_EQ(check(chain).front().problem.sentence,
              "Layer 2: it takes channels and 2 sizes, but Flatten in front of it gives 512.");
    chain[0].after = {made("Linear", {8, 8})};
    EXPECT_EQ(check(chain).front().problem.sentence,
              "After layer 1: Linear(8, 8) may only stand after the last layer with a window, because its values are "
              "not known here.");
    EXPECT_EQ(check(chain).front().between, 0);
    chain[0].after = {relu(), made("BatchNorm2d", {4})};
    EXPECT_EQ(check(chain).front().problem.sentence,
              "After layer 1: BatchNorm2d(4) takes 4 channels, but it is given 8.");
    EXPECT_EQ(check(chain).front().between, 1);
    // After an edit the number follows.
    connect(chain, Fit::all_settings);
    EXPECT_TRUE(check(chain).empty());
}

TEST(ChainsWithBetweens, AnInputGoesThroughWhatStandsInFront) {
    Chain chain{{conv(3, 8, 7), {}, {made("ReflectionPad2d", {3})}, {}}};
    connect(chain, {3, 32, 32});
    EXPECT_TRUE(check(chain).empty());
    EXPECT_EQ(input_shape(chain), (Shape{3, 32, 32}));
    EXPECT_EQ(input_shape(chain[0].layer), (Shape{3, 38, 38}));
    EXPECT_EQ(output_shape(chain), (Shape{8, 32, 32}));
}

// Each path from a cell to an earlier tensor changes the value there, if nothing else does: compared with what really
// changes when one cell of the input changes.
TEST(ChainsWithBetweens, UsesFollowThemBack) {
    for (const Between& between : {made("ZeroPad2d", {1}), made("ReflectionPad2d", {2}), made("ReplicationPad2d", {1}),
                                   made("ZeroPad2d", {-1}), relu()}) {
        SCOPED_TRACE(title_of(between));
        Chain chain{{conv(1, 1, 1, 5), {between}, {}, {}}, {conv(0, 1, 2), {}, {}, {}}};
        connect(chain);
        ASSERT_TRUE(check(chain).empty());
        const Cell out = output_extents(chain[1].layer);
        for (Index row = 0; row < out[0]; ++row) {
            const auto all = uses(chain, 2, {row, 0, 0});
            for (Index at = 0; at < 5; ++at) {
                // The pad of a tensor that is 1 at this row shows where the row goes.
                Tensor t{{1, 5, 5}, std::vector<float>(25)};
                for (Index x = 0; x < 5; ++x) t.values[at * 5 + x] = 1;
                const Tensor padded = values_after(between, t);
                Index ways = 0;
                for (Index k = 0; k < 2; ++k) ways += padded.values[(row + k) * padded.shape[2] + 2] == 1;
                EXPECT_EQ(all[0].ways[0][at], ways) << row << " " << at;
            }
        }
    }
}

}  // namespace
}  // namespace convloom::tests::between_test
