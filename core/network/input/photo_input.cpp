#include "core/network/input/photo_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace convloom::network {
namespace {

constexpr NamedNormalisation table[] = {
    {"imagenet",
     "0 to 1, less ImageNet's mean, over its deviation: torchvision's models",
     {1, false, {0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}}},
    {"unit", "0 to 1", {1, false, {0, 0, 0}, {1, 1, 1}}},
    {"minus_one_to_one", "-1 to 1: many models of Keras and TensorFlow", {1, false, {0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}}},
    {"bytes", "0 to 255", {255, false, {0, 0, 0}, {1, 1, 1}}},
    {"caffe", "blue first, 0 to 255 less ImageNet's mean", {255, true, {103.939, 116.779, 123.68}, {1, 1, 1}}},
    {"ink",
     "0 for the paper at the border, 1 for the ink: networks that read digits",
     {1, false, {0, 0, 0}, {1, 1, 1}, true}},
};

double read_number(std::string_view text, std::string_view what) {
    const std::string copy(text);
    char* end = nullptr;
    const double value = std::strtod(copy.c_str(), &end);
    if (copy.empty() || *end != '\0' || !std::isfinite(value))
        throw fmt::format("“{}” of {} is not a number.", text, what);
    return value;
}

std::array<double, 3> read_three(std::string_view text, std::string_view what) {
    std::vector<double> all;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        all.push_back(read_number(text.substr(at, end - at), what));
        at = end + 1;
    }
    if (all.size() == 1) all.resize(3, all[0]);
    if (all.size() != 3)
        throw fmt::format("{} has {} numbers; it needs one, or three for the channels.", what, all.size());
    return {all[0], all[1], all[2]};
}

// Where the output's pixels lie in a row of the input, and with what weights: a triangle as wide as a pixel of the
// coarser of the two. Beyond the ends the row goes on with its last pixels.
struct Weights {
    std::vector<int> first;
    std::vector<std::vector<float>> weights;

    Weights(double from, double length, int input, int output) {
        const double scale = length / output, support = std::max(scale, 1.0);
        for (int n = 0; n < output; ++n) {
            const double middle = from + (n + 0.5) * scale;
            const int low = std::max(0, static_cast<int>(std::floor(middle - support))),
                      high = std::min(input, static_cast<int>(std::ceil(middle + support)));
            std::vector<float> row;
            double sum = 0;
            for (int k = low; k < high; ++k) {
                const double weight = std::max(0.0, 1 - std::abs((k + 0.5 - middle) / support));
                row.push_back(static_cast<float>(weight));
                sum += weight;
            }
            for (float& weight : row) weight = static_cast<float>(weight / sum);
            if (row.empty()) row = {1};
            first.push_back(std::clamp(low, 0, input - 1));
            weights.push_back(std::move(row));
        }
    }
};

struct Form {
    int channels = 3, height = 0, width = 0;
    bool channels_last = false;
};

Form form_of(const Sizes& sizes) {
    constexpr Index largest_side = 16384;
    const bool four = sizes.size() == 4;
    auto is_colour = [&](std::size_t axis) { return four && (sizes[axis] == 1 || sizes[axis] == 3); };
    Form form;
    if (is_colour(1)) {
        form = {static_cast<int>(sizes[1]), 0, 0, false};
    } else if (is_colour(3)) {
        form = {static_cast<int>(sizes[3]), 0, 0, true};
    } else {
        throw fmt::format("The network's input is {}; a photo gives 1×3×height×width, or one channel.",
                          sizes_text(sizes));
    }
    const Index height = sizes[form.channels_last ? 1 : 2], width = sizes[form.channels_last ? 2 : 3];
    if (sizes[0] != 1) throw fmt::format("The network's input is {}; a photo gives a batch of 1.", sizes_text(sizes));
    if (height < 1 || width < 1 || height > largest_side || width > largest_side)
        throw fmt::format("The network's input is {}; each side of a photo must be from 1 to {}.", sizes_text(sizes),
                          largest_side);
    form.height = static_cast<int>(height);
    form.width = static_cast<int>(width);
    return form;
}

// The paper is the median of the border, and ink the value that is farthest from it.
void ink_on_paper(std::vector<float>& values, const Form& form) {
    constexpr float least_difference = 0.05f;  // paper alone has noise
    std::vector<float> border;
    const auto at = [&](int y, int x) {
        return values[static_cast<std::size_t>(y * form.width + x) *
                      static_cast<std::size_t>(form.channels_last ? form.channels : 1)];
    };
    for (int y = 0; y < form.height; ++y)
        for (int x = 0; x < form.width; ++x)
            if (y == 0 || x == 0 || y + 1 == form.height || x + 1 == form.width) border.push_back(at(y, x));
    std::nth_element(border.begin(), border.begin() + static_cast<std::ptrdiff_t>(border.size() / 2), border.end());
    const float paper = border[border.size() / 2];
    float ink = paper;
    for (const float value : values)
        if (std::abs(value - paper) > std::abs(ink - paper)) ink = value;
    const float whole = std::abs(ink - paper) < least_difference ? (ink < paper ? -1.0f : 1.0f) : ink - paper;
    for (float& value : values) value = std::clamp((value - paper) / whole, 0.0f, 1.0f);
}

}  // namespace

std::span<const NamedNormalisation> normalisations() {
    return table;
}

Normalisation read_normalisation(std::string_view words) {
    for (const NamedNormalisation& one : table)
        if (words == one.name) return one.numbers;
    Normalisation n;
    std::string names;
    for (const NamedNormalisation& one : table) names += fmt::format("{}{}", names.empty() ? "" : ", ", one.name);
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find_first_of(" ;", at), words.size());
        const std::string_view one = words.substr(at, end - at);
        at = end + 1;
        if (one.empty()) continue;
        const std::size_t equals = one.find('=');
        const std::string_view key = one.substr(0, equals),
                               value = equals == std::string_view::npos ? "" : one.substr(equals + 1);
        if (key == "mean")
            n.mean = read_three(value, "mean");
        else if (key == "deviation" || key == "std")
            n.deviation = read_three(value, "deviation");
        else if (key == "range")
            n.range = read_number(value, "range");
        else if (key == "order" && (value == "rgb" || value == "bgr"))
            n.bgr = value == "bgr";
        else
            throw fmt::format(
                "“{}” is not known; give one of {}, or numbers such as \"mean=0.5 deviation=0.25 range=1 order=rgb\".",
                one, names);
    }
    for (const double one : n.deviation)
        if (one == 0) throw std::string("A deviation of 0 cannot be divided by.");
    return n;
}

namespace {

// A part of a photo, in its pixels; it may reach beyond the photo.
struct Cut {
    double left = 0, top = 0, wide = 0, high = 0;
};

std::vector<float> resampled(const image::Image& photo, const Form& form, const Normalisation& normalisation,
                             const Cut& cut) {
    const Weights across(cut.left, cut.wide, photo.width, form.width),
        down(cut.top, cut.high, photo.height, form.height);
    const int colours = photo.colour_channels();
    std::vector<float> out(static_cast<std::size_t>(form.channels) * form.height * form.width);
    std::vector<float> rows(static_cast<std::size_t>(photo.height) * form.width);
    for (int c = 0; c < form.channels; ++c) {
        // Grey is the luminance of a photo with colours, as Pillow's "L".
        const int source = normalisation.bgr ? 2 - c : c;
        auto value = [&](int x, int y) {
            if (colours == 1) return photo.value(x, y, 0);
            if (form.channels == 3) return photo.value(x, y, source);
            return 0.299f * photo.value(x, y, 0) + 0.587f * photo.value(x, y, 1) + 0.114f * photo.value(x, y, 2);
        };
        for (int y = 0; y < photo.height; ++y)
            for (int x = 0; x < form.width; ++x) {
                const std::vector<float>& weights = across.weights[static_cast<std::size_t>(x)];
                float sum = 0;
                for (std::size_t k = 0; k < weights.size(); ++k)
                    sum += weights[k] * value(across.first[static_cast<std::size_t>(x)] + static_cast<int>(k), y);
                rows[static_cast<std::size_t>(y) * form.width + x] = sum;
            }
        const auto at = static_cast<std::size_t>(c);
        for (int y = 0; y < form.height; ++y)
            for (int x = 0; x < form.width; ++x) {
                const std::vector<float>& weights = down.weights[static_cast<std::size_t>(y)];
                float sum = 0;
                for (std::size_t k = 0; k < weights.size(); ++k)
                    sum +=
                        weights[k] *
                        rows[(static_cast<std::size_t>(down.first[static_cast<std::size_t>(y)]) + k) * form.width + x];
                const auto made = static_cast<float>((sum * normalisation.range - normalisation.mean[at]) /
                                                     normalisation.deviation[at]);
                const std::size_t pixel = static_cast<std::size_t>(y) * form.width + x;
                out[form.channels_last ? pixel * static_cast<std::size_t>(form.channels) + at
                                       : at * form.height * static_cast<std::size_t>(form.width) + pixel] = made;
            }
    }
    return out;
}

// Where the ink stands in a picture of it, from its first to its last row and column; nothing if there is none.
struct Box {
    int left, top, right, bottom;
};
std::optional<Box> box_of_ink(const std::vector<float>& ink, const Form& form) {
    constexpr float least_ink = 0.4f;
    Box box{form.width, form.height, -1, -1};
    for (int y = 0; y < form.height; ++y)
        for (int x = 0; x < form.width; ++x) {
            if (ink[static_cast<std::size_t>(y) * form.width + x] < least_ink) continue;
            box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x), std::max(box.bottom, y)};
        }
    if (box.right < 0) return std::nullopt;
    return box;
}

// The cut in which the ink has the size and place that such networks are used to, if it has not.
Cut around_ink(const image::Image& photo, const Form& form, const Cut& whole) {
    constexpr int finer = 4;  // so that small ink is found exactly enough
    constexpr double least = 0.35, most = 0.9, usual = 0.7, farthest = 0.12;  // parts of the cut
    const Form fine{1, form.height * finer, form.width * finer, false};
    std::vector<float> ink = resampled(photo, fine, {}, whole);
    ink_on_paper(ink, fine);
    const std::optional<Box> box = box_of_ink(ink, fine);
    if (!box) return whole;
    const double wide = static_cast<double>(box->right + 1 - box->left) / fine.width,
                 high = static_cast<double>(box->bottom + 1 - box->top) / fine.height, part = std::max(wide, high),
                 x = static_cast<double>(box->right + 1 + box->left) / 2 / fine.width,
                 y = static_cast<double>(box->bottom + 1 + box->top) / 2 / fine.height;
    if (part >= least && part <= most && std::abs(x - 0.5) <= farthest && std::abs(y - 0.5) <= farthest) return whole;
    const double scale = part >= least && part <= most ? 1 : part / usual;
    const Cut cut{0, 0, whole.wide * scale, whole.high * scale};
    return {whole.left + x * whole.wide - cut.wide / 2, whole.top + y * whole.high - cut.high / 2, cut.wide, cut.high};
}

}  // namespace

Array photo_input(const image::Image& photo, const Sizes& sizes, const Normalisation& normalisation, Fit fit) {
    const Form form = form_of(sizes);
    Cut cut{0, 0, static_cast<double>(photo.width), static_cast<double>(photo.height)};
    if (fit == Fit::crop) {
        const double scale =
            std::min(cut.wide / static_cast<double>(form.width), cut.high / static_cast<double>(form.height));
        cut = {(photo.width - scale * form.width) / 2, (photo.height - scale * form.height) / 2, scale * form.width,
               scale * form.height};
    }
    if (normalisation.ink) cut = around_ink(photo, form, cut);
    Array out{sizes, resampled(photo, form, normalisation, cut)};
    if (normalisation.ink) ink_on_paper(out.values, form);
    return out;
}

}  // namespace convloom::network
