#include "core/image/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/image/rows/padded_rows.hpp"
#include "core/image/rows/row_sums.hpp"
#include "core/image/rows/row_writer.hpp"

namespace convloom::image {
namespace {

constexpr long least_band = 32;  // rows; short enough to distribute over threads, long enough to load few rows twice

// Shared by all bands of a pass.
struct Plan {
    const Image& image;
    const Pass& pass;
    PassKernels kernels;
    RowLoader loader;
    RowWriter writer;
    Depth depth;
    std::vector<RowSums> sums;
    std::vector<float> alpha_shares;  // 1 / each kernel's sum, if all kernels filter alpha, else empty
    int above;                        // rows of padding
    long extent;                      // rows that the kernel covers, gaps included
    int made;                         // rows computed together

    Plan(Image& result, const Image& from, const Pass& p, PassKernels k, bool weighted)
        : image(from), pass(p), kernels(std::move(k)), loader(from, p.options, left(), right(), weighted),
          writer(result, from, p, kernels.stride, loader), depth(result.depth()), above(left()),
          extent(static_cast<long>(kernels.side - 1) * kernels.dilation + 1),
          made(!pooling() && kernels.stride == 1 && kernels.dilation == 1 ? tile_rows : 1) {
        for (const Kernel& kernel : kernels.kernels)
            sums.emplace_back(resized(kernel, kernels.side), kernels.dilation, loader.lanes(), depth == Depth::float32);
        if (pooling()) alpha_shares = {1.0f};
        if (!std::all_of(kernels.kernels.begin(), kernels.kernels.end(), sums_to_more)) return;
        for (const Kernel& kernel : kernels.kernels) alpha_shares.push_back(static_cast<float>(1 / sum_of(kernel)));
    }
    bool pooling() const { return kernels.kernels.empty(); }
    bool as_stored() const {
        const bool bytes = image.depth() == Depth::bits8;
        return !pooling() && loader.as_stored() &&
               !(bytes && std::any_of(sums.begin(), sums.end(), [](const RowSums& s) { return s.reads_often(); }));
    }
    int left() const { return pooling() ? 0 : kernels.side / 2 * kernels.dilation; }
    int right() const { return pooling() ? 0 : (kernels.side - 1 - kernels.side / 2) * kernels.dilation; }
};

// Computes rows first to end of the output. Rows is StoredRows or LoadedRows.
template <class Rows>
class Band {
  public:
    explicit Band(const Plan& plan)
        : plan_(plan), count_(plan.loader.sum_count()), rows_(plan.loader, plan.extent + plan.made - 1) {}

    void run(long first, long end) {
        for (long y = first; y < end; y += plan_.made) {
            const long top = y * plan_.kernels.stride - plan_.above, rows = std::min<long>(plan_.made, end - y);
            rows_.move_to(top, top + plan_.extent + plan_.made - 1);
            if (plan_.sums.size() == 1 && plan_.writer.in_place())
                plan_.depth == Depth::bits8 ? in_place<std::uint8_t>(y, top, rows) : in_place<float>(y, top, rows);
            else
                by_floats(y, top, rows);
        }
    }

  private:
    template <class Out>
    void in_place(long y, long top, long rows) {
        Out* out[tile_rows];
        for (long r = 0; r < plan_.made; ++r)
            out[r] = r < rows ? plan_.writer.template place<Out>(y + r) : reinterpret_cast<Out*>(made(0, r));
        sum(plan_.sums[0], top, out, plan_.writer.scale());
        for (long r = 0; r < rows; ++r) plan_.writer.write_alpha(y + r);
    }
    void by_floats(long y, long top, long rows) {
        for (std::size_t part = 0; part < plan_.sums.size(); ++part) {
            float* out[tile_rows];
            for (long r = 0; r < plan_.made; ++r) out[r] = made(part, r);
            sum(plan_.sums[part], top, out, 1);
        }
        if constexpr (std::is_same_v<Rows, LoadedRows>)
            if (plan_.pooling()) pool(top);
        for (long r = 0; r < rows; ++r) {
            if constexpr (std::is_same_v<Rows, LoadedRows>)
                if (plan_.loader.weighted())
                    for (std::size_t part = 0; part < std::max<std::size_t>(plan_.sums.size(), 1); ++part)
                        take_weights_off(part, r, (y + r) * plan_.kernels.stride);
            if (plan_.sums.size() > 1) plan_.kernels.kind == Kind::magnitude ? join_magnitude(r) : join_channels(r);
            plan_.writer.write(y + r, made(0, r));
        }
    }
    // A row of floats for a kernel's result, or for an unused one.
    float* made(std::size_t part, long row) {
        if (made_.empty())
            made_.resize(static_cast<std::size_t>(count_) * plan_.made * std::max<std::size_t>(plan_.sums.size(), 1));
        return made_.data() + (static_cast<long>(part) * plan_.made + row) * count_;
    }

    // Applies a kernel to the rows from `top` on.
    template <class Out>
    void sum(const RowSums& sums, long top, Out* const* out, float scale) {
        const int side = plan_.kernels.side, read = side + plan_.made - 1;
        std::vector<const typename Rows::Sample*>& from = from_;
        from.resize(static_cast<std::size_t>(read));
        for (std::size_t n = 0; n < rows_.parts().size(); ++n) {
            const RowPart part = rows_.parts()[n];
            for (int r = 0; r < read; ++r) from[r] = rows_.at(top + static_cast<long>(r) * plan_.kernels.dilation, n);
            Out* to[tile_rows];
            for (int r = 0; r < plan_.made; ++r) to[r] = out[r] + part.first;
            sums(from.data(), plan_.made, to, part.end - part.first, scale, scratch_);
        }
    }
    // Divides colours by alpha, in a kernel's result for the picture's row `from`.
    void take_weights_off(std::size_t part, long r, long from) {
        const int lanes = plan_.loader.lanes(), last = lanes - 1;
        const float unit = plan_.loader.unit(), least = 1e-6f * unit;
        const bool filtered = !plan_.alpha_shares.empty();
        const float* own = rows_.at(from, 0) + static_cast<long>(plan_.left()) * lanes;
        float* pixel = made(part, r);
        for (long x = 0; x < plan_.image.width; ++x, pixel += lanes, own += lanes) {
            const float alpha = filtered ? pixel[last] * plan_.alpha_shares[part] : own[last];
            for (int lane = 0; lane < last; ++lane)
                pixel[lane] = alpha > least ? pixel[lane] * unit / alpha : plan_.loader.colour(x, from, lane);
            pixel[last] = std::clamp(alpha, 0.0f, unit);
        }
    }
    void join_magnitude(long r) {
        const int lanes = plan_.loader.lanes(), colours = lanes - (plan_.loader.weighted() ? 1 : 0);
        float* x = made(0, r);
        const float* y = made(1, r);
        for (long start = 0; start < count_; start += lanes)
            for (long n = start; n < start + colours; ++n) x[n] = std::sqrt(x[n] * x[n] + y[n] * y[n]);
    }
    // Every kernel has run over all channels; each channel takes its own result. Alpha is the mean, or replaced by the
    // writer.
    void join_channels(long r) {
        const int lanes = plan_.loader.lanes();
        for (std::size_t part = 1; part < plan_.sums.size(); ++part)
            for (long n = static_cast<long>(part); n < count_; n += lanes) made(0, r)[n] = made(part, r)[n];
        if (!plan_.loader.weighted()) return;
        for (long n = lanes - 1; n < count_; n += lanes) {
            float sum = 0;
            for (std::size_t part = 0; part < plan_.sums.size(); ++part) sum += made(part, r)[n];
            made(0, r)[n] = sum / static_cast<float>(plan_.sums.size());
        }
    }
    void pool(long top) {
        const int side = plan_.kernels.side, lanes = plan_.loader.lanes();
        const bool greatest = plan_.kernels.kind == Kind::max_pooling;
        float* down = made(0, 0);
        std::copy(rows_.at(top, 0), rows_.at(top, 0) + count_, down);
        for (int r = 1; r < side; ++r) {
            const float* row = rows_.at(top + r, 0);
            for (long n = 0; n < count_; ++n) down[n] = greatest ? std::max(down[n], row[n]) : down[n] + row[n];
        }
        // In place from the left: values are read at or right of where they are written.
        const float share = greatest ? 1.0f : 1.0f / static_cast<float>(side * side);
        for (long n = 0; n + static_cast<long>(side - 1) * lanes < count_; ++n) {
            float value = down[n];
            for (int c = 1; c < side; ++c)
                value = greatest ? std::max(value, down[n + static_cast<long>(c) * lanes])
                                 : value + down[n + static_cast<long>(c) * lanes];
            down[n] = value * share;
        }
    }

    const Plan& plan_;
    long count_;
    Rows rows_;
    std::vector<float> made_, scratch_;
    std::vector<const typename Rows::Sample*> from_;
};

void run_band(const Plan& plan, long first, long end) {
    if (!plan.as_stored()) return Band<LoadedRows>(plan).run(first, end);
    plan.image.depth() == Depth::bits8 ? Band<StoredRows<std::uint8_t>>(plan).run(first, end)
                                       : Band<StoredRows<float>>(plan).run(first, end);
}

bool fits(const Image& image, int width, int height, int channels, Depth depth) {
    return image.width == width && image.height == height && image.channels == channels && image.depth() == depth &&
           std::visit([&](const auto& s) { return s.size(); }, image.samples) == image.sample_count();
}

void run_pass(Image& result, const Image& image, const Pass& pass, Depth depth, const RunOptions& run, bool opaque) {
    PassKernels kernels = kernels_of(pass);
    const int width = size_after(pass, image.width), height = size_after(pass, image.height);
    const int channels =
        pass.options.channels == Channels::luminance ? 1 + (image.has_alpha() ? 1 : 0) : image.channels;
    if (!fits(result, width, height, channels, depth)) result = unwritten(width, height, channels, depth);
    result.linear = image.linear;
    const Plan plan(result, image, pass, std::move(kernels), !opaque && !pass.options.straight_alpha);
    const long band =
        !run.parallel ? height : (std::max(least_band, plan.extent) + tile_rows - 1) / tile_rows * tile_rows;
    const long bands = (height + band - 1) / band;
    auto one_band = [&](arith::Index n) {
        if (run.stop && run.stop()) return;
        run_band(plan, n * band, std::min<long>((n + 1) * band, height));
    };
    if (run.parallel)
        run.parallel(bands, one_band);
    else
        one_band(0);
}

}  // namespace

void filter_into(Image& result, const Image& image, const Pass& pass, Depth depth, const RunOptions& run) {
    run_pass(result, image, pass, depth, run, is_opaque(image));
}

namespace {

// `given` is null where the picture must stay. Of an opaque picture the result is opaque too.
Image through(const Image& image, Image* given, const Stack& stack, Depth depth, const RunOptions& run, bool opaque) {
    Image result;
    const Image* from = &image;
    std::size_t last = stack.size();
    for (std::size_t n = 0; n < stack.size(); ++n)
        if (stack[n].on) last = n;
    for (std::size_t n = 0; n < stack.size(); ++n) {
        if (!stack[n].on) continue;
        Image next;
        run_pass(next, *from, stack[n], n == last ? depth : Depth::float32, run, opaque);
        if (given) *std::exchange(given, nullptr) = {};
        result = std::move(next);
        from = &result;
    }
    if (from == &image) return with_depth(image, depth);
    return result;
}

// How many rows a stack sees on each side of one, if it can be run strip by strip.
std::optional<long> strip_reach(const Stack& stack) {
    long reach = 0, count = 0;
    for (const Pass& pass : stack) {
        if (!pass.on) continue;
        const PassKernels kernels = shape_of(pass);
        if (kernels.is_pooling() || kernels.stride != 1) return std::nullopt;
        if (pass.options.padding == arith::PaddingMode::circular) return std::nullopt;
        reach += static_cast<long>(kernels.dilation) * kernels.side;
        ++count;
    }
    return count > 1 ? std::optional(reach) : std::nullopt;
}

Image in_strips(const Image& image, const Stack& stack, Depth depth, const RunOptions& run, long reach) {
    const bool opaque = is_opaque(image);
    const auto in_tiles = [](long rows) { return (rows + tile_rows - 1) / tile_rows * tile_rows; };
    reach = in_tiles(reach);
    const long rows = in_tiles(std::max(run.strip_rows, 2 * reach));  // what is computed twice stays the smaller part
    Image result;
    for (long top = 0; top < image.height; top += rows) {
        const long end = std::min<long>(top + rows, image.height), first = std::max(0L, top - reach),
                   last = std::min<long>(end + reach, image.height);
        const Image part = cut_out(image, {0, static_cast<int>(first), image.width, static_cast<int>(last - first)});
        const Image made = through(part, nullptr, stack, depth, run, opaque);
        if (top == 0) result = unwritten(image.width, image.height, made.channels, depth, made.linear);
        std::visit(
            [&](auto& to) {
                const auto& from = std::get<std::decay_t<decltype(to)>>(made.samples);
                const std::size_t row = static_cast<std::size_t>(image.width) * made.channels;
                std::copy_n(from.data() + static_cast<std::size_t>(top - first) * row,
                            static_cast<std::size_t>(end - top) * row, to.data() + static_cast<std::size_t>(top) * row);
            },
            result.samples);
    }
    return result;
}

}  // namespace

Image filtered(const Image& image, const Stack& stack, Depth depth, const RunOptions& run) {
    if (run.strip_rows > 0)
        if (const auto reach = strip_reach(stack)) return in_strips(image, stack, depth, run, *reach);
    return through(image, nullptr, stack, depth, run, is_opaque(image));
}

Image filtered(Image&& image, const Stack& stack, Depth depth, const RunOptions& run) {
    if (run.strip_rows > 0 && strip_reach(stack)) {
        const Image kept = std::move(image);
        return filtered(kept, stack, depth, run);
    }
    return through(image, &image, stack, depth, run, is_opaque(image));
}

Image filtered(const Image& image, const Kernel& kernel, arith::PaddingMode padding) {
    Pass pass{std::string(own_kernel_name), {}, {kernel}, {}, true};
    pass.options.padding = padding;
    return filtered(image, {pass}, Depth::float32);
}

std::string fault_of(const Stack& stack, const Image& image) {
    if (stack.size() > most_passes)
        return fmt::format("The stack has {} filters; it holds at most {}.", stack.size(), most_passes);
    int colours = image.colour_channels(), width = image.width, height = image.height;
    for (const Pass& pass : stack) {
        if (!pass.on) continue;
        if (std::string fault = fault_of(pass, colours); !fault.empty()) return fault;
        const int next_width = size_after(pass, width), next_height = size_after(pass, height);
        if (next_width < 1 || next_height < 1)
            return fmt::format("A picture of {}×{} is smaller than one window of {}.", width, height,
                               filter_named(pass.filter)->title);
        width = next_width;
        height = next_height;
        if (pass.options.channels == Channels::luminance) colours = 1;
    }
    return "";
}

}  // namespace convloom::image
