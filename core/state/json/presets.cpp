#include "core/state/json/presets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "convloom_presets.hpp"
#include "core/state/base/edit_distance.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"

namespace convloom::state {
const std::vector<std::string>& preset_names() {
    static const std::vector<std::string> names = [] {
        // First the eight kinds, then the figures of conv_arithmetic (numeric, direct, transposed), then presets for
        // other views.
        constexpr std::string_view order[] = {"kind_1d",
                                              "kind_2d",
                                              "kind_2d_channels",
                                              "kind_3d",
                                              "kind_dilated",
                                              "kind_transposed",
                                              "kind_standard",
                                              "kind_depthwise_separable",
                                              "kind_1x1",
                                              "kind_grouped",
                                              "numerical_no_padding_no_strides",
                                              "numerical_padding_strides",
                                              "numerical_average_pooling",
                                              "numerical_max_pooling",
                                              "no_padding_no_strides",
                                              "arbitrary_padding_no_strides",
                                              "same_padding_no_strides",
                                              "full_padding_no_strides",
                                              "no_padding_strides",
                                              "padding_strides",
                                              "padding_strides_odd",
                                              "dilation",
                                              "no_padding_no_strides_transposed",
                                              "arbitrary_padding_no_strides_transposed",
                                              "same_padding_no_strides_transposed",
                                              "full_padding_no_strides_transposed",
                                              "no_padding_strides_transposed",
                                              "padding_strides_transposed",
                                              "padding_strides_odd_transposed",
                                              "more_matrix",
                                              "more_matrix_transposed",
                                              "more_im2col",
                                              "more_unfold",
                                              "more_fold",
                                              "more_unfold_fold",
                                              "more_two_steps",
                                              "more_groups",
                                              "more_1x1_relu",
                                              "more_checkerboard",
                                              "more_no_checkerboard",
                                              "more_upsample_nearest",
                                              "more_upsample_bilinear",
                                              "more_upsample_linear",
                                              "more_adaptive_average",
                                              "more_adaptive_max",
                                              "more_global_average",
                                              "more_lp_pooling",
                                              "more_max_unpooling",
                                              "more_pool_unpool",
                                              "more_padding_modes",
                                              "more_same_odd",
                                              "more_deformable",
                                              "more_deformable_modulated",
                                              "more_partial",
                                              "more_compare_same",
                                              "more_compare_flip",
                                              "more_compare_ceil",
                                              "more_compare_average",
                                              "more_gradient",
                                              "more_cost",
                                              "more_dilations_124",
                                              "more_dilations_222",
                                              "more_causal",
                                              "more_spatially_separable",
                                              "more_flattened",
                                              "more_channel_shuffle",
                                              "more_lenet",
                                              "more_scan",
                                              "more_clip"};
        std::vector<std::string> all;
        for (std::string_view file : embedded_presets::names()) all.emplace_back(file.substr(0, file.rfind('.')));
        auto place = [&](const std::string& name) { return std::find(std::begin(order), std::end(order), name); };
        std::sort(all.begin(), all.end(), [&](const std::string& a, const std::string& b) {
            return std::pair(place(a), a) < std::pair(place(b), b);
        });
        return all;
    }();
    return names;
}

State preset(std::string_view name) {
    if (const auto text = embedded_presets::file(fmt::format("{}.json", name))) return from_json(*text);
    throw Error(fmt::format("There is no preset “{}”; {}`convloom list` shows all presets.", name,
                            meant(name, preset_names(), "did you mean “{}”? ", "")));
}

}  // namespace convloom::state
