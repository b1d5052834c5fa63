#include "core/image/row_sums.hpp"

#include <algorithm>
#include <type_traits>

namespace convloom::image {

const RowSet& rows() {
#ifdef CONVLOOM_X86_TILES
    static const RowSet& best = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") ? row_detail::avx512
                                : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")        ? row_detail::avx2
                                                                                                         : row_detail::baseline;
    return best;
#else
    return row_detail::baseline;
#endif
}

namespace {

constexpr std::size_t most_taps_one_by_one = 225;   // beyond it fused multiply-adds and shared loads pay

// Between dense_rows - 1 rows of zeros, as DenseJob wants it.
std::vector<float> between_zeros(const std::vector<float>& weights, int columns) {
    std::vector<float> all(static_cast<std::size_t>(dense_rows - 1) * columns, 0.0f);
    all.insert(all.end(), weights.begin(), weights.end());
    all.resize(all.size() + static_cast<std::size_t>(dense_rows - 1) * columns, 0.0f);
    return all;
}

}  // namespace

RowSums::RowSums(const Kernel& kernel, int dilation, int lanes, bool neighbours, bool any_order)
    : side_(kernel.side), dilation_(dilation), pixel_step_(static_cast<long>(dilation) * lanes) {
    for (int r = 0; r < side_; ++r)
        for (int c = 0; c < side_; ++c)
            if (kernel.at(r, c) != 0) taps_.push_back({r * dilation, c * pixel_step_, kernel.at(r, c)});
    const auto parts = separable(kernel);
    if (parts) {
        for (int n = 0; n < side_; ++n) {
            if (parts->column[n] != 0) column_.push_back({n * dilation, 0, parts->column[n]});
            if (parts->row[n] != 0) row_.push_back({0, n * pixel_step_, parts->row[n]});
        }
    }
    const bool two_passes = parts && taps_.size() > (any_order ? 1 : 2) * (column_.size() + row_.size());
    if (!two_passes) {
        column_.clear();
        row_.clear();
    }
    together_ = neighbours && dilation == 1 && (two_passes || taps_.size() > most_taps_one_by_one);
    if (together_) dense_ = between_zeros(two_passes ? parts->column : kernel.weights, two_passes ? 1 : side_);
}

void RowSums::operator()(const RowAt& row, float* const* out, long count, std::vector<float>& scratch) const {
    if (!row_.empty()) return by_column_and_row(row, out, count, scratch);
    together_ ? by_dense(row, out, count) : by_taps(row, out, count);
}

namespace {

template <class Taps, class RowAt>
void sum_taps(const Taps& taps, const RowAt& row, float* out, long count) {
    constexpr std::size_t most = most_kernel_side * most_kernel_side;
    const float* from[most];
    float weights[most];
    for (std::size_t t = 0; t < taps.size(); ++t) {
        from[t] = row(taps[t].row) + taps[t].offset;
        weights[t] = taps[t].weight;
    }
    rows().taps({from, weights, static_cast<long>(taps.size()), out, count});
}

}  // namespace

void RowSums::by_taps(const RowAt& row, float* const* out, long count) const { sum_taps(taps_, row, out[0], count); }

void RowSums::by_dense(const RowAt& row, float* const* out, long count) const {
    const float* from[most_kernel_side + dense_rows - 1];
    for (int r = 0; r < side_ + dense_rows - 1; ++r) from[r] = row(r);
    DenseJob<float> job{from, pixel_step_, side_, side_, dense_.data(), {}, count};
    std::copy(out, out + dense_rows, job.out);
    rows().dense(job);
}

template <class Sample>
void RowSums::columns(const Sample* const* stored, float* const* out, long count) const {
    DenseJob<Sample> job{stored, 0, side_, 1, dense_.data(), {}, count};
    std::copy(out, out + dense_rows, job.out);
    if constexpr (std::is_same_v<Sample, float>)
        rows().dense(job);
    else
        rows().dense_8_bits(job);
}
template void RowSums::columns(const float* const*, float* const*, long) const;
template void RowSums::columns(const std::uint8_t* const*, float* const*, long) const;

void RowSums::row(const float* padded, float* out, long count) const { sum_taps(row_, [&](int) { return padded; }, out, count); }

void RowSums::by_column_and_row(const RowAt& row_at, float* const* out, long count, std::vector<float>& scratch) const {
    const long wide = count + (side_ - 1) * pixel_step_, room = wide + row_slack;
    const int made = rows_at_once();
    if (static_cast<long>(scratch.size()) < room * made) scratch.assign(static_cast<std::size_t>(room * made), 0.0f);
    if (together_) {
        const float* from[most_kernel_side + dense_rows - 1];
        for (int r = 0; r < rows_read(); ++r) from[r] = row_at(r);
        float* to[dense_rows];
        for (int o = 0; o < dense_rows; ++o) to[o] = scratch.data() + o * room;
        columns(from, to, wide);
    } else {
        sum_taps(column_, row_at, scratch.data(), wide);
    }
    for (int o = 0; o < made; ++o) row(scratch.data() + o * room, out[o], count);
}

}  // namespace convloom::image
