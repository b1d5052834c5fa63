#include "core/image/row_sums.hpp"

#include <algorithm>

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

constexpr int most_rows = most_kernel_side + tile_rows - 1;
constexpr int largest_exact = 7;
constexpr long piece = 1024;  // column sums that stay in the nearest cache until their rows are summed

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
        column_ = std::move(parts->column);
        row_ = std::move(parts->row);
        return;
    }
    if (side_ >= 3 && 2 * taps >= static_cast<long>(weights_.size())) return;
    for (int r = 0; r < side_; ++r)
        for (int c = 0; c < side_; ++c)
            if (kernel.at(r, c) != 0) taps_.push_back({r, c * pixel_step_, kernel.at(r, c)});
    if (taps_.empty()) taps_.push_back({0, 0, 0.0f});
}

template <class In, class Out>
void RowSums::operator()(const In* const* from, int made, Out* const* out, long count, float scale,
                         std::vector<float>& scratch) const {
    if (!row_.empty()) return by_column_and_row(from, made, out, count, scale, scratch);
    if (!taps_.empty()) return by_taps(from, made, out, count, scale);
    SumsJob<In, Out> job{from, made, side_, side_, pixel_step_, weights_.data(), fused_, scale, {}, count};
    std::copy(out, out + made, job.out);
    rows().of<In, Out>().sums(job);
}

template <class In, class Out>
void RowSums::by_taps(const In* const* from, int made, Out* const* out, long count, float scale) const {
    const In* at[most_kernel_side * most_kernel_side];
    float weights[most_kernel_side * most_kernel_side];
    for (int o = 0; o < made; ++o) {
        for (std::size_t t = 0; t < taps_.size(); ++t) {
            at[t] = from[taps_[t].row + o] + taps_[t].offset;
            weights[t] = taps_[t].weight;
        }
        rows().of<In, Out>().taps({at, weights, static_cast<long>(taps_.size()), scale, out[o], count});
    }
}

template <class In, class Out>
void RowSums::by_column_and_row(const In* const* from, int made, Out* const* out, long count, float scale,
                                std::vector<float>& scratch) const {
    const long reach = (side_ - 1) * pixel_step_, room = (piece + reach + 15) / 16 * 16;
    scratch.resize(static_cast<std::size_t>(room * tile_rows));
    const In* at[most_rows];
    for (long x = 0; x < count; x += piece) {
        const long wide = std::min(piece, count - x);
        std::transform(from, from + side_ + made - 1, at, [x](const In* row) { return row + x; });
        SumsJob<In, float> down{at, made, side_, 1, 0, column_.data(), true, 1, {}, wide + reach};
        for (int o = 0; o < made; ++o) down.out[o] = scratch.data() + o * room;
        rows().of<In, float>().sums(down);
        for (int o = 0; o < made; ++o) {
            const float* sums = scratch.data() + o * room;
            rows().of<float, Out>().sums(
                {&sums, 1, 1, side_, pixel_step_, row_.data(), true, scale, {out[o] + x}, wide});
        }
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
