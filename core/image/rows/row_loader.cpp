#include "core/image/rows/row_loader.hpp"

#include <algorithm>
#include <type_traits>

#include "core/arith/compute/convolve.hpp"
#include "core/image/picture/srgb.hpp"
#include "core/image/rows/row_tile.hpp"

namespace convloom::image {

bool weighs_alpha(const Image& image, const PassOptions& options) {
    return !options.straight_alpha && !is_opaque(image);
}

RowLoader::RowLoader(const Image& image, const PassOptions& options, int left, int right, bool weighted)
    : image_(image), options_(options), weighted_(weighted) {
    decoded_ = options.linear_light && !image.linear;
    lanes_ = options.channels == Channels::each ? image.channels : weighted ? 2 : 1;
    unit_ = decoded_ ? 1.0f : full_scale(image.depth());
    for (int n = left; n > 0; --n)
        left_.push_back(static_cast<long>(arith::padding_source(-n, image.width, options.padding)));
    for (int n = 0; n < right; ++n)
        right_.push_back(static_cast<long>(arith::padding_source(image.width + n, image.width, options.padding)));
}

namespace {

// Stored samples to floats, as linear light if `decoded`.
void to_floats(const SampleBuffer<std::uint8_t>& samples, std::size_t start, float* to, long count, bool decoded) {
    if (!decoded) return rows().from_8_bits(samples.data() + start, to, count);
    const std::vector<float>& light = light_table(256);
    for (long n = 0; n < count; ++n) to[n] = light[samples[start + n]];
}
void to_floats(const SampleBuffer<std::uint16_t>& samples, std::size_t start, float* to, long count, bool decoded) {
    if (!decoded) return rows().from_16_bits(samples.data() + start, to, count);
    const std::vector<float>& light = light_table(65536);
    for (long n = 0; n < count; ++n) to[n] = light[samples[start + n]];
}
void to_floats(const SampleBuffer<float>& samples, std::size_t start, float* to, long count, bool decoded) {
    const float* from = samples.data() + start;
    if (!decoded)
        std::copy(from, from + count, to);
    else
        std::transform(from, from + count, to, light_of);
}

float luminance_of(const float* pixel, int colours) {
    return colours < 3
               ? pixel[0]
               : pixel[0] * luminance_weights[0] + pixel[1] * luminance_weights[1] + pixel[2] * luminance_weights[2];
}

}  // namespace

void RowLoader::load_stored(long row, float* to) const {
    const long count = static_cast<long>(image_.width) * image_.channels;
    const auto start = static_cast<std::size_t>(row) * static_cast<std::size_t>(count);
    std::visit([&](const auto& samples) { to_floats(samples, start, to, count, decoded_); }, image_.samples);
}

float RowLoader::colour(long x, long y, int lane) const {
    auto one = [&](int channel) {
        const float value = image_.value(static_cast<int>(x), static_cast<int>(y), channel);
        return decoded_ ? light_of(value) : value * unit_;
    };
    if (options_.channels == Channels::each || image_.channels < 3) return one(lane);
    return one(0) * luminance_weights[0] + one(1) * luminance_weights[1] + one(2) * luminance_weights[2];
}

// Alpha is not a colour: it is never decoded.
void RowLoader::load_weighted(long row, float* to) const {
    std::vector<float> stored(static_cast<std::size_t>(image_.width) * image_.channels);
    load_stored(row, stored.data());
    const int colours = image_.colour_channels();
    for (long x = 0; x < image_.width; ++x, to += lanes_) {
        const float* pixel = stored.data() + x * image_.channels;
        const float opacity =
            decoded_ ? image_.value(static_cast<int>(x), static_cast<int>(row), colours) : pixel[colours] / unit_;
        const float alpha = opacity > 0 ? std::min(opacity, 1.0f) : 0.0f;
        for (int lane = 0; lane < lanes_ - 1; ++lane) {
            const float colour = options_.channels == Channels::each ? pixel[lane] : luminance_of(pixel, colours);
            to[lane] = alpha == 0 ? 0 : colour * alpha;
        }
        to[lanes_ - 1] = alpha * unit_;
    }
}

void RowLoader::load_samples(long row, float* to) const {
    if (weighted_) return load_weighted(row, to);
    if (options_.channels == Channels::each) return load_stored(row, to);
    std::vector<float> wide(static_cast<std::size_t>(image_.width) * image_.channels);
    load_stored(row, wide.data());
    for (int x = 0; x < image_.width; ++x)
        to[x] = luminance_of(wide.data() + static_cast<long>(x) * image_.channels, image_.colour_channels());
}

long RowLoader::source(long y) const {
    return static_cast<long>(arith::padding_source(y, image_.height, options_.padding));
}

long RowLoader::source_column(long x) const {
    const long left = static_cast<long>(left_.size());
    return x < left ? left_[x] : x < left + image_.width ? x - left : right_[x - left - image_.width];
}

void RowLoader::load(long y, float* to) const {
    const long row = source(y);
    if (row < 0) {
        for (long n = 0; n < row_length(); ++n) to[n] = outside(static_cast<int>(n % lanes_));
        return;
    }
    load_samples(row, to + static_cast<long>(left_.size()) * lanes_);
    pad(to);
}

void RowLoader::pad(float* row) const {
    const float* middle = row + static_cast<long>(left_.size()) * lanes_;
    auto fill = [&](const std::vector<long>& sources, float* out) {
        for (long from : sources)
            for (int c = 0; c < lanes_; ++c) *out++ = from < 0 ? outside(c) : middle[from * lanes_ + c];
    };
    fill(left_, row);
    fill(right_, row + static_cast<long>(left_.size() + static_cast<std::size_t>(image_.width)) * lanes_);
}

}  // namespace convloom::image
