#include "core/arith/steps/ties.hpp"

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/window.hpp"

namespace convloom::arith {
namespace {

// One product along one axis: the output cell, the place in the kernel as it lies, the position in the unpadded input.
struct Meeting {
    Index output, kernel, at, source;  // source is -1 if there is none
};

// Calls visit(Meeting) for every product along an axis whose output cell is from `first` to `last`.
template <class Visit>
void visit_meetings(const Layer& layer, int axis, Index first, Index last, Visit&& visit) {
    AxisTap tap;
    for (Index o = first; o <= last; ++o) {
        const Window window = window_of(layer, axis, o);
        for (Index k = 0; k < window.count; ++k)
            if (window.tap(k, tap)) visit(Meeting{o, tap.weight, tap.at, tap.source});
    }
}

void tidy(std::vector<Index>& places) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
}

// Builds the set of a part from the values that pick(meeting, list) appends for each axis; only the meetings of
// `output` are visited if it is given.
template <class Pick>
CellSet collect(const Layer& layer, Part part, Pick&& pick, const Cell* output = nullptr) {
    CellSet set{part, 0, 0, 0, 0, {}};
    const Cell extents = output_extents(layer);
    for (int a = 0; a < max_rank; ++a) {
        std::vector<Index>& list = set.along[a];
        if (a >= layer.rank()) {
            list = {0};
            continue;
        }
        const Index first = output ? (*output)[a] : 0, last = output ? first : extents[a] - 1;
        visit_meetings(layer, a, first, last, [&](const Meeting& m) { pick(a, m, list); });
        tidy(list);
    }
    return set;
}

CellSet of_channels(CellSet set, Index first, Index count) {
    set.first_channel = first;
    set.last_channel = first + count - 1;
    return set;
}

std::vector<CellSet> ties_of_input(const Layer& layer, const CellName& cell) {
    std::vector<CellSet> sets;
    bool outside = false, sourced = true;
    CellSet source{Part::input, cell.channel, cell.channel, 0, 0, {}};
    for (int a = 0; a < max_rank; ++a) {
        const bool real = a < layer.rank();
        const bool beyond = real && (cell.at[a] < 0 || cell.at[a] >= layer.axes[a].size);
        const Index from = beyond ? padding_source(cell.at[a], layer.axes[a].size, layer.padding_mode) : cell.at[a];
        outside |= beyond;
        sourced &= from >= 0;
        source.along[a] = {from};
    }
    if (outside && sourced) sets.push_back(std::move(source));
    CellSet reached = collect(layer, Part::output, [&](int a, const Meeting& m, std::vector<Index>& list) {
        // A cell is used at its own place and, unless it is padding itself, wherever padding repeats it.
        if (m.at == cell.at[a] || (!outside && m.source == cell.at[a])) list.push_back(m.output);
    });
    const Index group = cell.channel / layer.group_in();
    sets.push_back(of_channels(std::move(reached), group * layer.group_out(), layer.group_out()));
    return sets;
}

std::vector<CellSet> ties_of_output(const Layer& layer, const CellName& cell) {
    CellSet taps = collect(
        layer, Part::input, [](int, const Meeting& m, auto& list) { list.push_back(m.at); }, &cell.at);
    const Index first = layer.first_in_channel(cell.channel);
    if (!layer.has_weight()) return {of_channels(std::move(taps), first, layer.group_in())};
    CellSet weights = collect(
        layer, Part::kernel, [](int, const Meeting& m, auto& list) { list.push_back(m.kernel); }, &cell.at);
    if (layer.is_transposed()) {
        weights = of_channels(std::move(weights), first, layer.group_in());
        weights.first_second = weights.last_second = cell.channel % layer.group_out();
    } else {
        weights = of_channels(std::move(weights), cell.channel, 1);
        weights.last_second = layer.group_in() - 1;
    }
    return {of_channels(std::move(taps), first, layer.group_in()), std::move(weights)};
}

std::vector<CellSet> ties_of_weight(const Layer& layer, const CellName& cell) {
    auto put = [&](auto place) {
        return [&, place](int a, const Meeting& m, std::vector<Index>& list) {
            if (m.kernel == cell.at[a]) list.push_back(m.*place);
        };
    };
    Index in = 0, out = 0;
    if (layer.is_transposed()) {
        in = cell.channel;
        out = cell.channel / layer.group_in() * layer.group_out() + cell.second;
    } else {
        in = layer.first_in_channel(cell.channel) + cell.second;
        out = cell.channel;
    }
    return {of_channels(collect(layer, Part::input, put(&Meeting::at)), in, 1),
            of_channels(collect(layer, Part::output, put(&Meeting::output)), out, 1)};
}

}  // namespace

Index CellSet::count() const {
    Index n = (last_channel - first_channel + 1) * (last_second - first_second + 1);
    for (const std::vector<Index>& list : along) n *= static_cast<Index>(list.size());
    return n;
}

bool CellSet::contains(const CellName& cell) const {
    if (cell.part != part || !has_channel(cell.channel)) return false;
    if (part == Part::kernel && (cell.second < first_second || cell.second > last_second)) return false;
    for (int a = 0; a < max_rank; ++a)
        if (!std::binary_search(along[a].begin(), along[a].end(), cell.at[a])) return false;
    return true;
}

std::vector<CellSet> ties(const Layer& layer, const CellName& cell) {
    std::vector<CellSet> sets = cell.part == Part::input    ? ties_of_input(layer, cell)
                                : cell.part == Part::output ? ties_of_output(layer, cell)
                                                            : ties_of_weight(layer, cell);
    std::erase_if(sets, [](const CellSet& set) { return set.count() == 0; });
    return sets;
}

}  // namespace convloom::arith
