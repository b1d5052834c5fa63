#include "core/image/rows/row_sums.hpp"

#include <algorithm>
#include <functional>

namespace convloom::image {

const RowSet& rows() {
#ifdef CONVLOOM_X86_TILES
    static const RowSet& best =
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") ? row_detail::avx512
        : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")        ? row_detail::avx2
                                                                                 : row_detail::baseline;
    return best;
#else
    return row_detail::baseline;
#endif
}

namespace {

constexpr int largest_exact = 7;
// Column sums that stay in the L1 cache until their rows are summed. Those of a wide kernel's row extend far beyond the
// piece, so short pieces would be computed several times.
constexpr long piece = 1024, piece_of_wide = 4096;

long count_of_not_0(const std::vector<float>& weights) {
    return static_cast<long>(weights.size()) - std::count(weights.begin(), weights.end(), 0.0f);
}

}  // namespace

RowSums::RowSums(const Kernel& kernel, int dilation, int lanes, bool exact)
    : side_(kernel.side), pixel_step_(static_cast<long>(dilation) * lanes),
      fused_(!exact || kernel.side > largest_exact), weights_(kernel.weights) {
    const long taps = count_of_not_0(weights_);
    if (auto parts = separable(kernel);
        parts && taps > (exact ? 3 : 2) * (count_of_not_0(parts->column) + count_of_not_0(parts->row))) {
        parts_.push_back(std::move(*parts));
        return;
    }
    if (side_ > most_table_side) parts_ = separable_parts(kernel, taps / 2);
    if (!parts_.empty()) return;
    if (side_ >= 3 && 2 * taps >= static_cast<long>(weights_.size())) return;
    for (int r = 0; r < side_; ++r)
        for (int c = 0; c < side_; ++c)
            if (kernel.at(r, c) != 0) taps_.push_back({r, c * pixel_step_, kernel.at(r, c)});
    if (taps_.empty()) taps_.push_back({0, 0, 0.0f});
}

template <class In, class Out>
void RowSums::operator()(const In* const* from, int made, Out* const* out, long count, float scale,
                         std::vector<float>& scratch) const {
    if (!parts_.empty()) return by_columns_and_rows(from, made, out, count, scale, scratch);
    if (!taps_.empty()) return by_taps(from, made, out, count, scale);
    SumsJob<In, Out> job{from, made, side_, side_, pixel_step_, weights_.data(), fused_, scale, {}, count};
    std::copy(out, out + made, job.out);
    rows().of<In, Out>().sums(job);
}

template <class In, class Out>
void RowSums::by_taps(const In* const* from, int made, Out* const* out, long count, float scale) const {
    std::vector<const In*> at(taps_.size());
    std::vector<float> weights(taps_.size());
    for (int o = 0; o < made; ++o) {
        for (std::size_t t = 0; t < taps_.size(); ++t) {
            at[t] = from[taps_[t].row + o] + taps_[t].offset;
            weights[t] = taps_[t].weight;
        }
        rows().of<In, Out>().taps({at.data(), weights.data(), static_cast<long>(taps_.size()), scale, out[o], count});
    }
}

namespace {

void put(const float* sums, std::uint8_t* out, long count, float scale) {
    rows().to_8_bits(sums, out, count, scale);
}
void put(const float* sums, float* out, long count, float scale) {
    rows().scaled(sums, out, count, scale);
}

}  // namespace

template <class In, class Out>
void RowSums::by_columns_and_rows(const In* const* from, int made, Out* const* out, long count, float scale,
                                  std::vector<float>& scratch) const {
    const long most = side_ > most_table_side ? piece_of_wide : piece;
    const long reach = (side_ - 1) * pixel_step_, room = (most + reach + 15) / 16 * 16;
    scratch.resize(static_cast<std::size_t>(room * tile_rows + (parts_.size() > 1 ? most * (tile_rows + 1) : 0)));
    float *const totals = scratch.data() + room * tile_rows, *const one = totals + most * tile_rows;
    std::vector<const In*> at(static_cast<std::size_t>(side_ + made - 1));
    for (long x = 0; x < count; x += most) {
        const long wide = std::min(most, count - x);
        std::transform(from, from + side_ + made - 1, at.begin(), [x](const In* row) { return row + x; });
        for (const Separable& part : parts_) {
            SumsJob<In, float> down{at.data(), made, side_, 1, 0, part.column.data(), true, 1, {}, wide + reach};
            for (int o = 0; o < made; ++o) down.out[o] = scratch.data() + o * room;
            rows().of<In, float>().sums(down);
            for (int o = 0; o < made; ++o) {
                const float* sums = scratch.data() + o * room;
                float* const total = totals + o * most;
                if (parts_.size() == 1) {
                    rows().of<float, Out>().sums(
                        {&sums, 1, 1, side_, pixel_step_, part.row.data(), true, scale, {out[o] + x}, wide});
                    continue;
                }
                const bool first = &part == &parts_.front();
                float* const to = first ? total : one;
                rows().of<float, float>().sums({&sums, 1, 1, side_, pixel_step_, part.row.data(), true, 1, {to}, wide});
                if (!first) std::transform(total, total + wide, one, total, std::plus<>());
            }
        }
        if (parts_.size() > 1)
            for (int o = 0; o < made; ++o) put(totals + o * most, out[o] + x, wide, scale);
    }
}

template void RowSums::operator()(const std::uint8_t* const*, int, std::uint8_t* const*, long, float,
                                  std::vector<float>&) const;
template void RowSums::operator()(const std::uint8_t* const*, int, float* const*, long, float,
                                  std::vector<float>&) const;
template void RowSums::operator()(const float* const*, int, std::uint8_t* const*, long, float,
                                  std::vector<float>&) const;
template void RowSums::operator()(const float* const*, int, float* const*, long, float, std::vector<float>&) const;

}  // namespace convloom::image
