#include "core/image/picture/image.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "core/image/picture/srgb.hpp"

namespace convloom::image {
namespace {

template <class Sample>
constexpr float sample_scale = std::is_same_v<Sample, float> ? 1.0f
                                                             : static_cast<float>(std::numeric_limits<Sample>::max());

// A value from 0 to 1 as a sample; NaN becomes 0.
template <class Sample>
Sample sample_of(float value) {
    if constexpr (std::is_same_v<Sample, float>)
        return value;
    else
        return static_cast<Sample>((value > 0 ? std::min(value, 1.0f) : 0.0f) * sample_scale<Sample> + 0.5f);
}

Samples unwritten_samples(Depth depth, std::size_t count) {
    switch (depth) {
        case Depth::bits8:
            return SampleBuffer<std::uint8_t>(count);
        case Depth::bits16:
            return SampleBuffer<std::uint16_t>(count);
        case Depth::float32:
            break;
    }
    return SampleBuffer<float>(count);
}

template <class Body>
decltype(auto) with_samples(const Image& image, Body&& body) {
    return std::visit(
        [&](const auto& samples) {
            return body(samples, sample_scale<typename std::decay_t<decltype(samples)>::value_type>);
        },
        image.samples);
}

// Calls body(n, value) for every sample of a colour.
template <class Body>
void for_each_colour(const Image& image, Body&& body) {
    const int channels = image.channels, colours = image.colour_channels();
    with_samples(image, [&](const auto& samples, float scale) {
        for (std::size_t n = 0; n < samples.size(); n += channels)
            for (int c = 0; c < colours; ++c) body(n + c, static_cast<float>(samples[n + c]) / scale);
    });
}

// The source position of a pixel of the upright picture.
struct Turn {
    bool transpose, mirror_x, mirror_y;
};
Turn turn_of(int orientation) {
    constexpr Turn turns[] = {{false, false, false}, {false, true, false}, {false, true, true}, {false, false, true},
                              {true, false, false},  {true, false, true},  {true, true, true},  {true, true, false}};
    return orientation >= 1 && orientation <= 8 ? turns[orientation - 1] : turns[0];
}

}  // namespace

namespace {

// Whether every `stride`-th sample up to the last is at least `most`. Without a branch per sample, so that it takes no
// longer than reading the picture.
template <std::size_t stride, class Sample>
bool all_reach(const Sample* samples, std::size_t count, Sample most) {
    constexpr std::size_t block = 4096 * stride;
    for (std::size_t start = 0; start < count; start += block) {
        const std::size_t end = std::min(start + block, count);
        bool less = false;
        for (std::size_t n = start + stride - 1; n < end; n += stride) less |= !(samples[n] >= most);
        if (less) return false;
    }
    return true;
}

// The same of RGBA in bytes, two pixels at once.
bool all_bytes_are_opaque(const std::uint8_t* samples, std::size_t count) {
    constexpr std::size_t block = 1 << 14;
    constexpr std::uint8_t pixel[8] = {0, 0, 0, 255, 0, 0, 0, 255};
    std::uint64_t alpha;
    std::memcpy(&alpha, pixel, sizeof alpha);
    std::size_t n = 0;
    while (n + sizeof alpha <= count) {
        const std::size_t end = std::min(n + block, count / sizeof alpha * sizeof alpha);
        std::uint64_t all = alpha;
        for (; n < end; n += sizeof alpha) {
            std::uint64_t two;
            std::memcpy(&two, samples + n, sizeof two);
            all &= two;
        }
        if (all != alpha) return false;
    }
    return n == count || samples[count - 1] == 255;
}

}  // namespace

bool is_opaque(const Image& image) {
    if (!image.has_alpha()) return true;
    return with_samples(image, [&](const auto& samples, float scale) {
        using Sample = typename std::decay_t<decltype(samples)>::value_type;
        if constexpr (std::is_same_v<Sample, std::uint8_t>)
            if (image.channels == 4) return all_bytes_are_opaque(samples.data(), samples.size());
        const auto most = static_cast<Sample>(scale);
        return image.channels == 4 ? all_reach<4>(samples.data(), samples.size(), most)
                                   : all_reach<2>(samples.data(), samples.size(), most);
    });
}

float full_scale(Depth depth) {
    return depth == Depth::bits8 ? 255.0f : depth == Depth::bits16 ? 65535.0f : 1.0f;
}

float Image::value(int x, int y, int channel) const {
    const std::size_t at = (static_cast<std::size_t>(y) * width + x) * channels + channel;
    return with_samples(*this, [&](const auto& all, float scale) { return static_cast<float>(all[at]) / scale; });
}

Image unwritten(int width, int height, int channels, Depth depth, bool linear) {
    Image image{width, height, channels, {}, linear};
    image.samples = unwritten_samples(depth, image.sample_count());
    return image;
}

Image blank(int width, int height, int channels, Depth depth, bool linear) {
    Image image = unwritten(width, height, channels, depth, linear);
    std::visit(
        [](auto& samples) {
            std::fill(samples.begin(), samples.end(), typename std::decay_t<decltype(samples)>::value_type{});
        },
        image.samples);
    return image;
}

Image from_bytes(int width, int height, int channels, const std::uint8_t* samples) {
    Image image{width, height, channels, {}, false};
    SampleBuffer<std::uint8_t> copy(image.sample_count());
    std::copy(samples, samples + image.sample_count(), copy.data());
    image.samples = std::move(copy);
    return image;
}

Image with_depth(const Image& image, Depth depth) {
    if (depth == image.depth()) return image;
    Image result = unwritten(image.width, image.height, image.channels, depth, image.linear);
    with_samples(image, [&](const auto& from, float scale) {
        std::visit(
            [&](auto& to) {
                using Sample = typename std::decay_t<decltype(to)>::value_type;
                for (std::size_t n = 0; n < from.size(); ++n)
                    to[n] = sample_of<Sample>(static_cast<float>(from[n]) / scale);
            },
            result.samples);
    });
    return result;
}

arith::Tensor to_tensor(const Image& image) {
    const int colours = image.colour_channels();
    arith::Tensor tensor{{colours, image.height, image.width}, std::vector<float>(image.pixel_count() * colours)};
    for_each_colour(image, [&](std::size_t n, float value) {
        tensor.values[n % image.channels * image.pixel_count() + n / image.channels] = value;
    });
    return tensor;
}

std::pair<float, float> range_of(const Image& image) {
    float least = std::numeric_limits<float>::infinity(), greatest = -least;
    for_each_colour(image, [&](std::size_t, float value) {
        least = std::min(least, value);
        greatest = std::max(greatest, value);
    });
    if (least > greatest) return {0.0f, 1.0f};
    return {least, greatest};
}

std::vector<std::uint8_t> to_rgba(const Image& image, ShownAs shown_as) {
    std::vector<std::uint8_t> rgba(image.pixel_count() * 4, 255);
    const auto [least, greatest] = shown_as == ShownAs::scaled ? range_of(image) : std::pair(0.0f, 1.0f);
    const float stretch = greatest > least ? 1 / (greatest - least) : 1.0f;
    const float start = least;
    auto shown = [&, encoded = image.linear](float value) {
        switch (shown_as) {
            case ShownAs::absolute:
                return std::abs(value);
            case ShownAs::signed_:
                return 0.5f + 0.5f * value;
            case ShownAs::scaled:
                value = (value - start) * stretch;
                break;
            case ShownAs::clamped:
                break;
        }
        return encoded ? stored_of_fast(std::clamp(value, 0.0f, 1.0f)) : value;
    };
    const int channels = image.channels, colours = image.colour_channels();
    with_samples(image, [&](const auto& samples, float scale) {
        for (std::size_t p = 0; p < image.pixel_count(); ++p) {
            for (int c = 0; c < 3; ++c)
                rgba[p * 4 + c] = sample_of<std::uint8_t>(
                    shown(static_cast<float>(samples[p * channels + std::min(c, colours - 1)]) / scale));
            if (image.has_alpha())
                rgba[p * 4 + 3] = sample_of<std::uint8_t>(static_cast<float>(samples[p * channels + colours]) / scale);
        }
    });
    return rgba;
}

Image as_shown(Image image, ShownAs shown_as) {
    if (shown_as == ShownAs::scaled) return scaled_to_range(image);
    if (image.depth() != Depth::float32) image = with_depth(image, Depth::float32);
    auto& values = std::get<static_cast<std::size_t>(Depth::float32)>(image.samples);
    for (std::size_t n = 0; n < values.size(); ++n) {
        if (static_cast<int>(n % static_cast<std::size_t>(image.channels)) >= image.colour_channels()) continue;
        if (shown_as == ShownAs::absolute) values[n] = std::abs(values[n]);
        if (shown_as == ShownAs::signed_) values[n] = 0.5f + 0.5f * values[n];
    }
    return image;
}

Image scaled_to_range(const Image& image) {
    Image result = with_depth(image, Depth::float32);
    const auto [least, greatest] = range_of(image);
    const float start = least, stretch = greatest > least ? 1 / (greatest - least) : 1.0f;
    auto& values = std::get<SampleBuffer<float>>(result.samples);
    for (std::size_t n = 0; n < values.size(); ++n)
        if (static_cast<int>(n % result.channels) < result.colour_channels()) values[n] = (values[n] - start) * stretch;
    return result;
}

namespace {

// Means of colours weighted by alpha, and of alpha.
void reduce_weighted(const Image& image, const Box& box, int across, int down, Image& small) {
    const int colours = image.colour_channels();
    std::vector<double> sums(static_cast<std::size_t>(colours));
    std::visit(
        [&](auto& to) {
            using Sample = typename std::decay_t<decltype(to)>::value_type;
            Sample* made = to.data();
            for (int y = 0; y < small.height; ++y)
                for (int x = 0; x < small.width; ++x) {
                    const int left = box.x + x * across, top = box.y + y * down;
                    double alphas = 0;
                    std::fill(sums.begin(), sums.end(), 0.0);
                    for (int n = 0; n < across * down; ++n) {
                        const int u = left + n % across, v = top + n / across;
                        const double alpha = image.value(u, v, colours);
                        alphas += alpha;
                        for (int c = 0; c < colours; ++c)
                            sums[static_cast<std::size_t>(c)] += alpha * image.value(u, v, c);
                    }
                    for (int c = 0; c < colours; ++c)
                        *made++ = sample_of<Sample>(alphas > 0
                                                        ? static_cast<float>(sums[static_cast<std::size_t>(c)] / alphas)
                                                        : image.value(left, top, c));
                    *made++ = sample_of<Sample>(static_cast<float>(alphas / (across * down)));
                }
        },
        small.samples);
}

}  // namespace

Image reduced(const Image& image, const Box& box, int factor) {
    if (factor <= 1) return cut_out(image, box);
    const int left = box.x, top = box.y, width = box.width, height = box.height;
    Image small = unwritten(std::max(1, width / factor), std::max(1, height / factor), image.channels, image.depth(),
                            image.linear);
    // A side shorter than the factor is one cell wide.
    const int across = std::min(factor, width), down = std::min(factor, height), channels = image.channels;
    if (!is_opaque(image)) return reduce_weighted(image, box, across, down, small), small;
    const float share = 1.0f / (static_cast<float>(across) * static_cast<float>(down));
    std::visit(
        [&](const auto& from) {
            using All = std::decay_t<decltype(from)>;
            auto& to = std::get<All>(small.samples);
            constexpr float half = std::is_same_v<typename All::value_type, float> ? 0.0f : 0.5f;
            std::vector<float> down_sums(static_cast<std::size_t>(small.width) * across * channels);
            for (int y = 0; y < small.height; ++y) {
                std::fill(down_sums.begin(), down_sums.end(), 0.0f);
                for (int dy = 0; dy < down; ++dy) {
                    const auto* row =
                        from.data() +
                        ((static_cast<std::size_t>(top) + static_cast<std::size_t>(y) * factor + dy) * image.width +
                         left) *
                            channels;
                    for (std::size_t n = 0; n < down_sums.size(); ++n) down_sums[n] += static_cast<float>(row[n]);
                }
                auto* made = to.data() + static_cast<std::size_t>(y) * small.width * channels;
                for (int x = 0; x < small.width; ++x)
                    for (int c = 0; c < channels; ++c) {
                        const float* at = down_sums.data() + static_cast<std::size_t>(x) * across * channels + c;
                        float sum = 0;
                        for (int dx = 0; dx < across; ++dx) sum += at[dx * channels];
                        made[x * channels + c] = static_cast<typename All::value_type>(sum * share + half);
                    }
            }
        },
        image.samples);
    return small;
}

Image cut_out(const Image& image, const Box& box) {
    Image part = unwritten(box.width, box.height, image.channels, image.depth(), image.linear);
    const std::size_t row = static_cast<std::size_t>(box.width) * image.channels;
    std::visit(
        [&](const auto& from) {
            auto& to = std::get<std::decay_t<decltype(from)>>(part.samples);
            for (int y = 0; y < box.height; ++y) {
                const auto* start =
                    from.data() + (static_cast<std::size_t>(box.y + y) * image.width + box.x) * image.channels;
                std::copy(start, start + row, to.data() + y * row);
            }
        },
        image.samples);
    return part;
}

Image upright(const Image& image, int orientation) {
    const Turn turn = turn_of(orientation);
    if (!turn.transpose && !turn.mirror_x && !turn.mirror_y) return image;
    Image result = unwritten(turn.transpose ? image.height : image.width, turn.transpose ? image.width : image.height,
                             image.channels, image.depth(), image.linear);
    std::visit(
        [&](const auto& from) {
            auto& to = std::get<std::decay_t<decltype(from)>>(result.samples);
            for (int y = 0; y < result.height; ++y)
                for (int x = 0; x < result.width; ++x) {
                    int u = turn.transpose ? y : x, v = turn.transpose ? x : y;
                    if (turn.mirror_x) u = image.width - 1 - u;
                    if (turn.mirror_y) v = image.height - 1 - v;
                    for (int c = 0; c < image.channels; ++c)
                        to[(static_cast<std::size_t>(y) * result.width + x) * image.channels + c] =
                            from[(static_cast<std::size_t>(v) * image.width + u) * image.channels + c];
                }
        },
        image.samples);
    return result;
}

}  // namespace convloom::image
