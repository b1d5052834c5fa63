// The independently computed results in tests/conformance: every case is compared with the reference loops and the
// recording, exactly where the case says so.
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/scatter.hpp"
#include "core/state/json/cases.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::conformance_test {
namespace {

using namespace arith;
using Json = nlohmann::json;

class Conformance : public testing::TestWithParam<const char*> {};

TEST_P(Conformance, ReferenceAndRecordingMatchIndependentResults) {
    const std::string text = read_file(tests_folder() + "/conformance/" + GetParam());
    const Json file = Json::parse(text);
    const std::vector<state::Case> cases = state::read_cases(text);
    ASSERT_EQ(cases.size(), file["cases"].size());
    for (std::size_t number = 0; number < cases.size(); ++number) {
        const state::Case& c = cases[number];
        const Json& wanted = file["cases"][number];
        SCOPED_TRACE(c.name);
        ASSERT_EQ(c.error, "");
        Shape shape = output_shape(c.layer);
        shape.insert(shape.begin(), c.samples);
        ASSERT_EQ(shape, wanted["output_shape"].get<Shape>());
        const std::vector<double> values = wanted["output"];
        const double tolerance = wanted["tolerance"];
        const bool exact = wanted["exact"];
        auto expect_value = [&](float actual, double value) {
            if (exact)
                ASSERT_EQ(actual, static_cast<float>(value));
            else
                ASSERT_NEAR(actual, value, tolerance * (1 + std::abs(value)));
        };
        for (Index sample = 0; sample < c.samples; ++sample) {
            const Tensor output = reference(c.layer, *c.inputs[sample], *c.weight, c.bias.get(), c.sides);
            const Recording recording = c.recording(sample);
            const StoredRecording kept = stored(recording);
            ASSERT_EQ(recording.step_count() * c.samples, static_cast<Index>(values.size()));
            for (Index n = 0; n < recording.step_count(); ++n) {
                const Step step = recording.step(n);
                const double value = values[sample * recording.step_count() + n];
                expect_value(output.values[n], value);
                expect_value(recording.value(step), value);
                const std::vector<Tap> taps = recording.taps(step);
                ASSERT_EQ(static_cast<Index>(taps.size()), recording.tap_count(step));
                ASSERT_TRUE(std::equal(taps.begin(), taps.end(), kept.taps.begin() + kept.first_tap[n]));
                ASSERT_EQ(kept.values[n], recording.value(step));
                ASSERT_EQ(kept.steps[n], step);
                if (wanted.contains("indices") && c.layer.op == Op::max_pooling) {
                    Index at = -1;
                    for (const Tap& tap : taps)
                        if (tap.has_source &&
                            (at < 0 || tap.x > recording.input_value(
                                                   step.channel, cell_at(at, input_extents(c.layer), c.layer.rank()))))
                            at = index_of(tap.source, input_extents(c.layer), c.layer.rank());
                    ASSERT_EQ(at, wanted["indices"][sample * recording.step_count() + n].get<Index>());
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Layers, Conformance,
                         testing::Values("conv_1d.json", "conv_2d.json", "conv_3d.json", "conv_transpose_1d.json",
                                         "conv_transpose_2d.json", "conv_transpose_3d.json", "avg_pool_1d.json",
                                         "avg_pool_2d.json", "avg_pool_3d.json", "max_pool_1d.json", "max_pool_2d.json",
                                         "max_pool_3d.json", "reports.json", "adaptive_pool.json", "lp_pool.json",
                                         "upsample.json", "wide_padding.json", "deform_conv_2d.json",
                                         "partial_conv_2d.json", "max_unpool.json", "fold.json"));

}  // namespace
}  // namespace convloom::tests::conformance_test
