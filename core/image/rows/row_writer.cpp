#include "core/image/rows/row_writer.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/image/picture/srgb.hpp"
#include "core/image/rows/row_tile.hpp"

namespace convloom::image {

RowWriter::RowWriter(Image& result, const Image& source, const Pass& pass, int stride, const RowLoader& loader)
    : result_(result), source_(source), options_(pass.options), stride_(stride), lanes_(loader.lanes()),
      unit_(loader.unit()), encode_(loader.decoded()), weighted_(loader.weighted()) {
    keep_as_summed_ = options_.gain == 1 && options_.offset == 0 && !options_.absolute;
}

bool RowWriter::in_place() const {
    return keep_as_summed_ && !encode_ && !weighted_ && stride_ == 1 && result_.depth() != Depth::bits16 &&
           result_.channels == lanes_ && result_.width == source_.width;
}

void RowWriter::finish(float* sums, long count) const {
    if (!weighted_) return finish_colours(sums, count);
    for (long n = 0; n < count; n += lanes_) finish_colours(sums + n, lanes_ - 1);
}

void RowWriter::finish_colours(float* sums, long count) const {
    if (!keep_as_summed_) {
        const float gain = options_.gain, offset = options_.offset * unit_;
        for (long n = 0; n < count; ++n) sums[n] = sums[n] * gain + offset;
        if (options_.absolute)
            for (long n = 0; n < count; ++n) sums[n] = std::abs(sums[n]);
    }
    if (encode_)
        std::transform(sums, sums + count, sums, result_.depth() == Depth::float32 ? stored_of : stored_of_fast);
}

namespace {

void store(const float* from, SampleBuffer<std::uint8_t>& to, long start, long count, float scale) {
    rows().to_8_bits(from, to.data() + start, count, scale);
}
void store(const float* from, SampleBuffer<std::uint16_t>& to, long start, long count, float scale) {
    rows().to_16_bits(from, to.data() + start, count, scale);
}
void store(const float* from, SampleBuffer<float>& to, long start, long count, float scale) {
    rows().scaled(from, to.data() + start, count, scale);
}

}  // namespace

void RowWriter::write(long y, float* sums) const {
    const long count = static_cast<long>(result_.width) * lanes_;
    if (stride_ > 1)
        for (long x = 1; x < result_.width; ++x)
            for (int c = 0; c < lanes_; ++c) sums[x * lanes_ + c] = sums[x * stride_ * lanes_ + c];
    finish(sums, count);
    const long start = y * result_.width * result_.channels;
    if (lanes_ == result_.channels) {
        std::visit([&](auto& samples) { store(sums, samples, start, count, scale()); }, result_.samples);
    } else {  // grey beside alpha
        std::visit(
            [&](auto& samples) {
                std::decay_t<decltype(samples)> row(static_cast<std::size_t>(count));
                store(sums, row, 0, count, scale());
                for (long x = 0; x < count; ++x) samples[start + x * result_.channels] = row[x];
            },
            result_.samples);
    }
    write_alpha(y);
}

void RowWriter::write_alpha(long y) const {
    if (!source_.has_alpha() || weighted_) return;
    const float most = full_scale(result_.depth());
    std::visit(
        [&](auto& samples) {
            using Sample = typename std::decay_t<decltype(samples)>::value_type;
            for (long x = 0; x < result_.width; ++x) {
                const float alpha =
                    source_.value(static_cast<int>(x * stride_), static_cast<int>(y * stride_), source_.channels - 1);
                samples[(y * result_.width + x + 1) * result_.channels - 1] =
                    std::is_same_v<Sample, float> ? static_cast<Sample>(alpha)
                                                  : static_cast<Sample>(std::clamp(alpha, 0.0f, 1.0f) * most + 0.5f);
            }
        },
        result_.samples);
}

}  // namespace convloom::image
