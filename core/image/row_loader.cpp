#include "core/image/row_loader.hpp"

#include <algorithm>
#include <type_traits>

#include "core/arith/convolve.hpp"
#include "core/image/row_tile.hpp"
#include "core/image/srgb.hpp"

namespace convloom::image {

RowLoader::RowLoader(const Image& image, const PassOptions& options, int left, int right)
    : image_(image), options_(options) {
    decoded_ = options.linear_light && !image.linear;
    lanes_ = options.channels == Channels::luminance ? 1 : image.channels;
    unit_ = decoded_ ? 1.0f : full_scale(image.depth());
    for (int n = left; n > 0; --n)
        left_.push_back(static_cast<long>(arith::padding_source(-n, image.width, options.padding)));
    for (int n = 0; n < right; ++n)
        right_.push_back(static_cast<long>(arith::padding_source(image.width + n, image.width, options.padding)));
}

namespace {

// Stored samples to floats, as light where `decoded`.
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

// Three colours to one, in place and from the front.
void to_luminance(float* row, int width, int channels) {
    for (int x = 0; x < width; ++x) {
        const float* pixel = row + static_cast<long>(x) * channels;
        row[x] = channels < 3 ? pixel[0]
                              : pixel[0] * luminance_weights[0] + pixel[1] * luminance_weights[1] +
                                    pixel[2] * luminance_weights[2];
    }
}

}  // namespace

void RowLoader::load_samples(long row, float* to) const {
    const long count = static_cast<long>(image_.width) * image_.channels;
    const auto start = static_cast<std::size_t>(row) * static_cast<std::size_t>(count);
    auto all_samples = [&](float* out) {
        std::visit([&](const auto& samples) { to_floats(samples, start, out, count, decoded_); }, image_.samples);
    };
    if (options_.channels == Channels::each) return all_samples(to);
    std::vector<float> wide(static_cast<std::size_t>(count));
    all_samples(wide.data());
    to_luminance(wide.data(), image_.width, image_.channels);
    std::copy(wide.data(), wide.data() + image_.width, to);
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
    if (row < 0) return std::fill(to, to + row_length(), 0.0f), void();
    load_samples(row, to + static_cast<long>(left_.size()) * lanes_);
    pad(to);
}

void RowLoader::pad(float* row) const {
    const float* middle = row + static_cast<long>(left_.size()) * lanes_;
    auto fill = [&](const std::vector<long>& sources, float* out) {
        for (long from : sources)
            for (int c = 0; c < lanes_; ++c) *out++ = from < 0 ? 0.0f : middle[from * lanes_ + c];
    };
    fill(left_, row);
    fill(right_, row + static_cast<long>(left_.size() + static_cast<std::size_t>(image_.width)) * lanes_);
}

}  // namespace convloom::image
