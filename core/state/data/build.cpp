#include "core/state/data/build.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/data/side_patterns.hpp"
#include "core/state/model/pool_indices.hpp"

namespace convloom::state {

using arith::Index;

std::string too_large(const arith::Chain& chain) {
    constexpr Index most_bytes = Index{1} << 28, most_operations = 2'000'000'000;
    Index operations = 0;
    const auto too_many = [&](Index bytes) {
        return fmt::format("hold a tensor of {:.3g} MiB; up to {} MiB can be shown",
                           static_cast<double>(bytes) / 1048576, most_bytes >> 20);
    };
    for (const arith::Link& link : chain) {
        const arith::Cost cost = arith::cost(link.layer);
        for (Index bytes : {cost.input_bytes, cost.weight_bytes, cost.output_bytes})
            if (bytes > most_bytes) return too_many(bytes);
        for (const arith::SideTensor& side : arith::side_tensors(link.layer))
            if (const auto count = arith::element_count(side.shape); !count || *count > most_bytes / 4)
                return fmt::format("hold a tensor of the shape {} as {}; up to {} MiB can be shown",
                                   arith::to_text(side.shape), side.name.key, most_bytes >> 20);
        for (const arith::Shape& shape : arith::shapes_after(link))
            if (const Index bytes = *arith::element_count(shape) * Index{sizeof(float)}; bytes > most_bytes)
                return too_many(bytes);
        for (Index n : {cost.multiplications, cost.additions})
            operations = std::min(operations, most_operations + 1) + std::min(n, most_operations + 1);
    }
    if (chain.size() > 1 && operations > most_operations)
        return fmt::format("take more than {} operations, which is too many to show", most_operations);
    return "";
}

scene::View best_view(const arith::Chain& chain) {
    const arith::Layer& first = chain.front().layer;
    const bool windowed =
        std::all_of(chain.begin(), chain.end(), [](const arith::Link& link) { return link.layer.kind().windowed; });
    if (chain.size() > 1 && first.rank() < 3) return windowed ? scene::View::chain : scene::View::volume;
    if (first.changes_channels() && scene::undrawable(first, scene::View::im2col).empty()) return scene::View::im2col;
    if (first.rank() == 1) return scene::View::signal;
    return scene::undrawable(first, scene::View::flat).empty() ? scene::View::flat : scene::View::volume;
}

State state_of_chain(const arith::Chain& given, std::string title) {
    arith::Chain chain = given;
    arith::connect(chain);
    if (const std::string why = too_large(chain); !why.empty()) throw Error(fmt::format("The layers {}.", why));
    State state;
    state.name = "layers";
    state.title = std::move(title);
    state.input = patterned(arith::input_shape(chain.front().layer), state.seed);
    state.stages.clear();
    for (const arith::Link& link : chain) {
        const auto seed = state.seed + 1 + static_cast<std::uint32_t>(state.stages.size());
        Stage stage{link.layer, link.after, patterned(arith::weight_shape(link.layer), seed), {}};
        if (!link.layer.has_weight()) stage.weight = arith::Tensor{{0}, {}};
        if (link.layer.bias) stage.bias = patterned({link.layer.out_channels}, seed + 1000);
        stage.sides = made_up_sides(link.layer, seed);
        state.stages.push_back(std::move(stage));
    }
    state.before = chain.front().before;
    state.given = chain.front().given;
    follow_pools(state);
    state.view = best_view(chain);
    return state;
}

}  // namespace convloom::state
