#include "core/image/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/image/row_loader.hpp"
#include "core/image/row_sums.hpp"
#include "core/image/row_writer.hpp"

namespace convloom::image {
namespace {

constexpr long least_band = 64;   // rows; short enough to share out, long enough to load few rows twice

// What all bands of a pass share.
struct Plan {
    const Image& image;
    const Pass& pass;
    PassKernels kernels;
    RowLoader loader;
    RowWriter writer;
    std::vector<RowSums> sums;
    int above;       // rows of padding
    long extent;     // rows that the kernel covers, gaps included
    int at_once = 1;

    Plan(Image& result, const Image& from, const Pass& p, PassKernels k)
        : image(from), pass(p), kernels(std::move(k)), loader(from, p.options, left(), right()),
          writer(result, from, p, kernels.stride, loader), above(left()), extent(static_cast<long>(kernels.side - 1) * kernels.dilation + 1) {
        for (const Kernel& kernel : kernels.kernels)
            sums.emplace_back(resized(kernel, kernels.side), kernels.dilation, loader.lanes(), kernels.stride == 1, result.depth() != Depth::float32);
        for (const RowSums& s : sums) at_once = std::max(at_once, s.rows_at_once());
    }
    // One kernel that goes by columns of stored rows: there is no ring of rows.
    bool without_ring() const { return sums.size() == 1 && sums[0].is_column_first() && loader.as_stored(); }
    bool pooling() const { return kernels.kernels.empty(); }
    int left() const { return pooling() ? 0 : kernels.side / 2 * kernels.dilation; }
    int right() const { return pooling() ? 0 : (kernels.side - 1 - kernels.side / 2) * kernels.dilation; }
};

// The padded rows under the kernel, loaded as it moves down.
class Ring {
  public:
    Ring(const RowLoader& loader, long capacity)
        : loader_(loader), capacity_(capacity), row_(loader.row_length() + row_slack), rows_(static_cast<std::size_t>(capacity * row_), 0.0f) {}
    void load_up_to(long first, long end) {
        for (next_ = std::max(next_, first); next_ < end; ++next_) loader_.load(next_, at(next_));
    }
    float* at(long y) { return rows_.data() + (y % capacity_ + capacity_) % capacity_ * row_; }

  private:
    const RowLoader& loader_;
    long capacity_, row_, next_ = -1'000'000'000;
    std::vector<float> rows_;
};

// Makes rows first to end of the output.
class Band {
  public:
    explicit Band(const Plan& plan)
        : plan_(plan), count_(static_cast<long>(plan.image.width) * plan.loader.lanes()), ring_(plan.loader, plan.without_ring() ? 0 : plan.extent + plan.at_once - 1),
          made_(static_cast<std::size_t>(count_ + row_slack) * plan.at_once * std::max<std::size_t>(plan.sums.size(), 1)) {}

    void run(long first, long end) {
        for (long y = first; y < end; y += plan_.at_once) {
            const long top = y * plan_.kernels.stride - plan_.above;
            if (!plan_.without_ring()) ring_.load_up_to(top, top + plan_.extent + plan_.at_once - 1);
            const long rows = std::min<long>(plan_.at_once, end - y);
            if (plan_.without_ring())
                from_stored(y, top, rows);
            else if (plan_.pooling())
                pool(top);
            else if (plan_.sums.size() == 1)
                one(y, top, rows);
            else
                several(top);
            for (long r = 0; r < rows; ++r)
                if (!in_place(y)) plan_.writer.write(y + r, made(0, r));
        }
    }

  private:
    float* made(std::size_t part, long row) { return made_.data() + (static_cast<long>(part) * plan_.at_once + row) * (count_ + row_slack); }
    bool in_place(long y) const { return plan_.sums.size() == 1 && plan_.writer.place(y) != nullptr; }

    // What some kernel makes of the rows from `top` on; one that makes a row at a time is asked more often.
    void sum(std::size_t part, long top, float* const* out) {
        const RowSums& sums = plan_.sums[part];
        for (int r = 0; r < plan_.at_once; r += sums.rows_at_once())
            sums([&](int n) { return static_cast<const float*>(ring_.at(top + r + n)); }, out + r, count_, scratch_);
    }
    float* target(long y, long r, long rows) { return r < rows && in_place(y) ? plan_.writer.place(y + r) : made(0, r); }
    void one(long y, long top, long rows) {
        float* out[dense_rows];
        for (long r = 0; r < plan_.at_once; ++r) out[r] = target(y, r, rows);
        sum(0, top, out);
    }
    void from_stored(long y, long top, long rows) {
        std::visit([&](const auto& samples) {
            using Sample = typename std::decay_t<decltype(samples)>::value_type;
            if constexpr (!std::is_same_v<Sample, std::uint16_t>) columns_of(samples, top);
        }, plan_.image.samples);
        const long room = plan_.loader.row_length() + row_slack;
        for (long r = 0; r < rows; ++r) {
            plan_.loader.pad(scratch_.data() + r * room);
            plan_.sums[0].row(scratch_.data() + r * room, target(y, r, rows), count_);
        }
    }
    template <class Sample>
    void columns_of(const std::vector<Sample>& samples, long top) {
        const RowSums& sums = plan_.sums[0];
        const long room = plan_.loader.row_length() + row_slack, left = static_cast<long>(plan_.loader.left()) * plan_.loader.lanes();
        if (scratch_.empty()) scratch_.assign(static_cast<std::size_t>(room) * dense_rows, 0.0f);
        if (zeros_.empty()) zeros_.assign(static_cast<std::size_t>(count_) * sizeof(Sample) / sizeof(float) + 1, 0.0f);
        const Sample* from[most_kernel_side + dense_rows - 1];
        for (int r = 0; r < sums.rows_read(); ++r) {
            const long source = plan_.loader.source(top + r);
            from[r] = source < 0 ? reinterpret_cast<const Sample*>(zeros_.data()) : samples.data() + source * count_;
        }
        float* out[dense_rows];
        for (long r = 0; r < dense_rows; ++r) out[r] = scratch_.data() + r * room + left;
        sums.columns(from, out, count_);
    }
    void several(long top) {
        for (std::size_t part = 0; part < plan_.sums.size(); ++part) {
            float* out[dense_rows];
            for (long r = 0; r < plan_.at_once; ++r) out[r] = made(part, r);
            sum(part, top, out);
        }
        for (long r = 0; r < plan_.at_once; ++r) plan_.kernels.kind == Kind::magnitude ? join_magnitude(r) : join_channels(r);
    }
    void join_magnitude(long r) {
        float* x = made(0, r);
        const float* y = made(1, r);
        for (long n = 0; n < count_; ++n) x[n] = std::sqrt(x[n] * x[n] + y[n] * y[n]);
    }
    // Every kernel has run over all channels; each channel takes its own. Alpha is replaced by the writer.
    void join_channels(long r) {
        const int lanes = plan_.loader.lanes();
        for (std::size_t part = 1; part < plan_.sums.size(); ++part)
            for (long n = static_cast<long>(part); n < count_; n += lanes) made(0, r)[n] = made(part, r)[n];
    }
    void pool(long top) {
        const int side = plan_.kernels.side, lanes = plan_.loader.lanes();
        const bool greatest = plan_.kernels.kind == Kind::max_pooling;
        float* down = made(0, 0);
        std::copy(ring_.at(top), ring_.at(top) + count_, down);
        for (int r = 1; r < side; ++r) {
            const float* row = ring_.at(top + r);
            for (long n = 0; n < count_; ++n) down[n] = greatest ? std::max(down[n], row[n]) : down[n] + row[n];
        }
        // In place from the left: what is read lies at or right of what is written.
        const float share = greatest ? 1.0f : 1.0f / static_cast<float>(side * side);
        for (long n = 0; n + static_cast<long>(side - 1) * lanes < count_; ++n) {
            float value = down[n];
            for (int c = 1; c < side; ++c) value = greatest ? std::max(value, down[n + static_cast<long>(c) * lanes]) : value + down[n + static_cast<long>(c) * lanes];
            down[n] = value * share;
        }
    }

    const Plan& plan_;
    long count_;
    Ring ring_;
    std::vector<float> made_, scratch_, zeros_;   // the last: a row of them, whatever the samples
};

bool fits(const Image& image, int width, int height, int channels, Depth depth) {
    return image.width == width && image.height == height && image.channels == channels && image.depth() == depth && std::visit([&](const auto& s) { return s.size(); }, image.samples) == image.sample_count();
}

}  // namespace

void filter_into(Image& result, const Image& image, const Pass& pass, Depth depth, const RunOptions& run) {
    PassKernels kernels = kernels_of(pass);
    const int width = size_after(pass, image.width), height = size_after(pass, image.height);
    const int channels = pass.options.channels == Channels::luminance ? 1 + (image.has_alpha() ? 1 : 0) : image.channels;
    if (!fits(result, width, height, channels, depth)) result = blank(width, height, channels, depth);
    result.linear = image.linear;
    const Plan plan(result, image, pass, std::move(kernels));
    const long band = !run.parallel ? height : (std::max(least_band, plan.extent) + dense_rows - 1) / dense_rows * dense_rows;
    const long bands = (height + band - 1) / band;
    auto one_band = [&](arith::Index n) {
        if (run.stop && run.stop()) return;
        Band(plan).run(n * band, std::min<long>((n + 1) * band, height));
    };
    if (run.parallel)
        run.parallel(bands, one_band);
    else
        one_band(0);
}

Image filtered(const Image& image, const Stack& stack, Depth depth, const RunOptions& run) {
    Image result;
    const Image* from = &image;
    std::size_t last = stack.size();
    for (std::size_t n = 0; n < stack.size(); ++n)
        if (stack[n].on) last = n;
    for (std::size_t n = 0; n < stack.size(); ++n) {
        if (!stack[n].on) continue;
        Image next;
        filter_into(next, *from, stack[n], n == last ? depth : Depth::float32, run);
        result = std::move(next);
        from = &result;
    }
    return from == &image ? with_depth(image, depth) : result;
}

Image filtered(const Image& image, const Kernel& kernel, arith::PaddingMode padding) {
    Pass pass{std::string(own_kernel_name), {}, {kernel}, {}, true};
    pass.options.padding = padding;
    return filtered(image, {pass}, Depth::float32);
}

std::string fault_of(const Stack& stack, const Image& image) {
    if (stack.size() > most_passes) return fmt::format("There are {} filters in the stack; it holds {}.", stack.size(), most_passes);
    int colours = image.colour_channels(), width = image.width, height = image.height;
    for (const Pass& pass : stack) {
        if (!pass.on) continue;
        if (std::string fault = fault_of(pass, colours); !fault.empty()) return fault;
        const int next_width = size_after(pass, width), next_height = size_after(pass, height);
        if (next_width < 1 || next_height < 1) return fmt::format("A picture of {}×{} is smaller than one window of {}.", width, height, filter_named(pass.filter)->title);
        width = next_width;
        height = next_height;
        if (pass.options.channels == Channels::luminance) colours = 1;
    }
    return "";
}

}  // namespace convloom::image
