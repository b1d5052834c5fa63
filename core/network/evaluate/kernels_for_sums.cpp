// Kernels that add over several elements: normalizations, products of matrices, reductions. Formulas: ONNX's operator
// pages. Sums are in double, so that their order does not matter at the precision of the result.
#include <algorithm>
#include <cmath>

#include "core/network/evaluate/kernel.hpp"

namespace convloom::network {
namespace {

Index inner_of(const Sizes& sizes, std::size_t axis) {
    Index inner = 1;
    for (std::size_t n = axis + 1; n < sizes.size(); ++n) inner *= sizes[n];
    return inner;
}

void expect_count(const Array& numbers, Index count, const char* what) {
    if (static_cast<Index>(numbers.values.size()) != count)
        fault("There are {} numbers of the {} for {} channels.", numbers.values.size(), what, count);
}

void batch_normalization(const Work& work) {
    const Array& x = work.in(0);
    if (x.sizes.size() < 2) fault("The input {} has no channels.", sizes_text(x.sizes));
    const Index channels = x.sizes[1], inner = inner_of(x.sizes, 1);
    const char* names[] = {"scale", "shift", "mean", "variance"};
    for (std::size_t n = 1; n <= 4; ++n) expect_count(work.in(n), channels, names[n - 1]);
    const float epsilon = work.call.real("epsilon", 1e-5f);
    std::vector<float> factor, term;
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
        factor.push_back(work.in(1).values[c] / std::sqrt(work.in(4).values[c] + epsilon));
        term.push_back(work.in(2).values[c] - work.in(3).values[c] * factor.back());
    }
    for (std::size_t n = 0; n < x.values.size(); ++n) {
        const auto c = static_cast<std::size_t>(static_cast<Index>(n) / inner % channels);
        work.out().values[n] = x.values[n] * factor[c] + term[c];
    }
}

// Brings `count` numbers, `step` apart, to a mean of 0 and a variance of 1.
template <class Set>
void normalize(const float* x, Index count, Index step, double epsilon, const Set& set) {
    double mean = 0, variance = 0;
    for (Index n = 0; n < count; ++n) mean += x[n * step];
    mean /= static_cast<double>(std::max<Index>(count, 1));
    for (Index n = 0; n < count; ++n) variance += (x[n * step] - mean) * (x[n * step] - mean);
    variance /= static_cast<double>(std::max<Index>(count, 1));
    const double factor = 1 / std::sqrt(variance + epsilon);
    for (Index n = 0; n < count; ++n) set(n, static_cast<float>((x[n * step] - mean) * factor));
}

void instance_normalization(const Work& work) {
    const Array& x = work.in(0);
    if (x.sizes.size() < 3) fault("The input {} has no spatial axes.", sizes_text(x.sizes));
    const Index channels = x.sizes[1], inner = inner_of(x.sizes, 1), planes = x.sizes[0] * channels;
    expect_count(work.in(1), channels, "scale");
    expect_count(work.in(2), channels, "shift");
    for (Index plane = 0; plane < planes; ++plane) {
        const auto c = static_cast<std::size_t>(plane % channels);
        float* to = work.out().values.data() + plane * inner;
        normalize(x.values.data() + plane * inner, inner, 1, work.call.real("epsilon", 1e-5f),
                  [&](Index n, float value) { to[n] = value * work.in(1).values[c] + work.in(2).values[c]; });
    }
}

void layer_normalization(const Work& work) {
    const Array& x = work.in(0);
    const std::size_t axis = axis_of(work.call.number("axis", -1), x.sizes.size());
    Index count = 1;
    for (std::size_t n = axis; n < x.sizes.size(); ++n) count *= x.sizes[n];
    if (count == 0) return;
    expect_count(work.in(1), count, "scale");
    if (work.has(2)) expect_count(work.in(2), count, "shift");
    for (Index from = 0; from < static_cast<Index>(x.values.size()); from += count)
        normalize(x.values.data() + from, count, 1, work.call.real("epsilon", 1e-5f), [&](Index n, float value) {
            const auto at = static_cast<std::size_t>(n);
            work.out().values[static_cast<std::size_t>(from + n)] =
                value * work.in(1).values[at] + (work.has(2) ? work.in(2).values[at] : 0);
        });
}

// Local response normalization over neighbouring channels.
void lrn(const Work& work) {
    const Array& x = work.in(0);
    if (x.sizes.size() < 2) fault("The input {} has no channels.", sizes_text(x.sizes));
    const Index size = work.call.number("size", 1), channels = x.sizes[1], inner = inner_of(x.sizes, 1);
    const double alpha = work.call.real("alpha", 1e-4f), beta = work.call.real("beta", 0.75f),
                 bias = work.call.real("bias", 1);
    if (size < 1) fault("“size” is {}; it must be at least 1.", size);
    for (Index n = 0; n < static_cast<Index>(x.values.size()); ++n) {
        const Index channel = n / inner % channels, first = std::max<Index>(0, channel - (size - 1) / 2),
                    last = std::min<Index>(channels - 1, channel + size / 2);
        double sum = 0;
        for (Index c = first; c <= last; ++c) {
            const double value = x.values[static_cast<std::size_t>(n + (c - channel) * inner)];
            sum += value * value;
        }
        work.out().values[static_cast<std::size_t>(n)] = static_cast<float>(
            x.values[static_cast<std::size_t>(n)] / std::pow(bias + alpha / static_cast<double>(size) * sum, beta));
    }
}

void softmax(const Work& work, bool logarithm) {
    const Array& x = work.in(0);
    const bool old = work.call.opset > 0 && work.call.opset < 13;  // then over all axes from this one on
    const std::size_t axis = axis_of(work.call.number("axis", old ? 1 : -1), std::max<std::size_t>(x.sizes.size(), 1));
    Index count = x.sizes.empty() ? 1 : x.sizes[axis], inner = 1;
    if (old)
        count *= inner_of(x.sizes, axis);
    else if (!x.sizes.empty())
        inner = inner_of(x.sizes, axis);
    if (count == 0) return;
    const Index groups = static_cast<Index>(x.values.size()) / count;
    for (Index group = 0; group < groups; ++group) {
        const Index from = group / inner * inner * count + group % inner;
        auto at = [&](Index n) { return static_cast<std::size_t>(from + n * inner); };
        float most = x.values[at(0)];
        for (Index n = 1; n < count; ++n) most = std::max(most, x.values[at(n)]);
        double sum = 0;
        for (Index n = 0; n < count; ++n) sum += std::exp(static_cast<double>(x.values[at(n)]) - most);
        for (Index n = 0; n < count; ++n) {
            const double part = static_cast<double>(x.values[at(n)]) - most;
            work.out().values[at(n)] = static_cast<float>(logarithm ? part - std::log(sum) : std::exp(part) / sum);
        }
    }
}
void softmax_of(const Work& work) {
    softmax(work, false);
}
void log_softmax(const Work& work) {
    softmax(work, true);
}

// out[rows, columns] += factor * a[rows, inner] * b[inner, columns], by distances between rows and columns.
struct Matrix {
    const float* at;
    Index row, column;
};
void multiply_add(float* out, Index rows, Index columns, Index inner, const Matrix& a, const Matrix& b, float factor) {
    std::vector<double> sums(static_cast<std::size_t>(columns));
    for (Index r = 0; r < rows; ++r) {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (Index k = 0; k < inner; ++k) {
            const double left = a.at[r * a.row + k * a.column];
            const float* right = b.at + k * b.row;
            for (Index c = 0; c < columns; ++c) sums[static_cast<std::size_t>(c)] += left * right[c * b.column];
        }
        for (Index c = 0; c < columns; ++c)
            out[r * columns + c] += factor * static_cast<float>(sums[static_cast<std::size_t>(c)]);
    }
}

void gemm(const Work& work) {
    const Array &a = work.in(0), &b = work.in(1);
    Array& out = work.out();
    if (a.sizes.size() != 2 || b.sizes.size() != 2)
        fault("{} and {} are not two matrices.", sizes_text(a.sizes), sizes_text(b.sizes));
    const bool turn_a = work.call.number("transA", 0) != 0, turn_b = work.call.number("transB", 0) != 0;
    const Index inner = turn_a ? a.sizes[0] : a.sizes[1];
    if (work.has(2)) {
        const float beta = work.call.real("beta", 1);
        for_each_place(out.sizes, broadcast_steps(work.in(2).sizes, out.sizes), [&](Index n, Index at) {
            out.values[static_cast<std::size_t>(n)] = beta * work.in(2).values[static_cast<std::size_t>(at)];
        });
    }
    multiply_add(out.values.data(), out.sizes[0], out.sizes[1], inner,
                 {a.values.data(), turn_a ? 1 : a.sizes[1], turn_a ? a.sizes[1] : 1},
                 {b.values.data(), turn_b ? 1 : b.sizes[1], turn_b ? b.sizes[1] : 1}, work.call.real("alpha", 1));
}

void mat_mul(const Work& work) {
    const Array &a = work.in(0), &b = work.in(1);
    Array& out = work.out();
    if (a.sizes.empty() || b.sizes.empty()) fault("A scalar has no rows and columns.");
    // A vector is a row on the left and a column on the right, and its axis is left out of the result.
    Sizes left = a.sizes, right = b.sizes, all = out.sizes;
    if (left.size() == 1) left.insert(left.begin(), 1), all.insert(all.end() - (right.size() > 1 ? 1 : 0), 1);
    if (right.size() == 1) right.push_back(1), all.push_back(1);
    const Index rows = left[left.size() - 2], inner = left.back(), columns = right.back();
    const Sizes batch(all.begin(), all.end() - 2);
    auto heads = [](const Sizes& sizes) { return Sizes(sizes.begin(), sizes.end() - 2); };
    auto scaled = [&](const Sizes& of, Index by) {
        Sizes steps = broadcast_steps(heads(of), batch);
        for (Index& step : steps) step *= by;
        return steps;
    };
    std::vector<Index> second;
    for_each_place(batch, scaled(right, inner * columns), [&](Index, Index at) { second.push_back(at); });
    for_each_place(batch, scaled(left, rows * inner), [&](Index n, Index at) {
        multiply_add(out.values.data() + n * rows * columns, rows, columns, inner, {a.values.data() + at, inner, 1},
                     {b.values.data() + second[static_cast<std::size_t>(n)], columns, 1}, 1);
    });
}

struct Reduced {
    std::vector<char> gone;  // per axis
    bool none = false;
};
Reduced reduced_axes(const Work& work) {
    const std::size_t axes = work.in(0).sizes.size();
    Reduced r{std::vector<char>(axes, 0), false};
    const std::optional<Sizes> asked = work.call.numbers_or_input("axes", 1);
    if (!asked && work.has(1)) fault("The axes are not known.");
    if (!asked || asked->empty()) {
        r.none = work.call.number("noop_with_empty_axes", 0) != 0;
        if (!r.none) std::fill(r.gone.begin(), r.gone.end(), static_cast<char>(1));
        return r;
    }
    for (const Index axis : *asked) r.gone[axis_of(axis, axes)] = 1;
    return r;
}

// Adds up from(x) and ends with to(sum, count).
template <class From, class To>
void reduce(const Work& work, const From& from, const To& to, double begin = 0) {
    const Array& x = work.in(0);
    const Reduced reduced = reduced_axes(work);
    Sizes kept = x.sizes;
    Index count = 1;
    for (std::size_t a = 0; a < kept.size(); ++a)
        if (reduced.gone[a] != 0) count *= kept[a], kept[a] = 1;
    std::vector<double> sums(work.out().values.size(), begin);
    for_each_place(x.sizes, broadcast_steps(kept, x.sizes), [&](Index n, Index at) {
        double& sum = sums.at(static_cast<std::size_t>(at));
        sum = from(sum, static_cast<double>(x.values[static_cast<std::size_t>(n)]));
    });
    for (std::size_t n = 0; n < sums.size(); ++n)
        work.out().values[n] = static_cast<float>(to(sums[n], static_cast<double>(count)));
}

double plus_one(double sum, double x) {
    return sum + x;
}
double plus_square(double sum, double x) {
    return sum + x * x;
}
double plus_size(double sum, double x) {
    return sum + std::abs(x);
}
double as_it_is(double sum, double) {
    return sum;
}

void reduce_sum(const Work& work) {
    reduce(work, plus_one, as_it_is);
}
void reduce_mean(const Work& work) {
    reduce(work, plus_one, [](double sum, double count) { return count > 0 ? sum / count : 0; });
}
void reduce_sum_square(const Work& work) {
    reduce(work, plus_square, as_it_is);
}
void reduce_l1(const Work& work) {
    reduce(work, plus_size, as_it_is);
}
void reduce_l2(const Work& work) {
    reduce(work, plus_square, [](double sum, double) { return std::sqrt(sum); });
}
void reduce_max(const Work& work) {
    reduce(
        work, [](double most, double x) { return std::max(most, x); }, as_it_is, -HUGE_VAL);
}
void reduce_min(const Work& work) {
    reduce(
        work, [](double least, double x) { return std::min(least, x); }, as_it_is, HUGE_VAL);
}
void reduce_prod(const Work& work) {
    reduce(
        work, [](double all, double x) { return all * x; }, as_it_is, 1);
}

void arg(const Work& work, bool largest) {
    const Array& x = work.in(0);
    const std::size_t axis = axis_of(work.call.number("axis", 0), x.sizes.size());
    const bool last = work.call.number("select_last_index", 0) != 0;
    const Index count = x.sizes[axis], inner = inner_of(x.sizes, axis);
    for (std::size_t n = 0; n < work.out().values.size(); ++n) {
        const Index group = static_cast<Index>(n), from = group / inner * inner * count + group % inner;
        Index best = 0;
        for (Index k = 1; k < count; ++k) {
            const float value = x.values[static_cast<std::size_t>(from + k * inner)],
                        now = x.values[static_cast<std::size_t>(from + best * inner)];
            if ((largest ? value > now : value < now) || (last && value == now)) best = k;
        }
        work.out().values[n] = static_cast<float>(best);
    }
}
void arg_max(const Work& work) {
    arg(work, true);
}
void arg_min(const Work& work) {
    arg(work, false);
}

constexpr NamedKernel sum_kernels[] = {
    {"BatchNormalization", batch_normalization},
    {"InstanceNormalization", instance_normalization},
    {"LayerNormalization", layer_normalization},
    {"LRN", lrn},
    {"Softmax", softmax_of},
    {"LogSoftmax", log_softmax},
    {"Gemm", gemm},
    {"MatMul", mat_mul},
    {"ReduceSum", reduce_sum},
    {"ReduceMean", reduce_mean},
    {"ReduceSumSquare", reduce_sum_square},
    {"ReduceL1", reduce_l1},
    {"ReduceL2", reduce_l2},
    {"ReduceMax", reduce_max},
    {"ReduceMin", reduce_min},
    {"ReduceProd", reduce_prod},
    {"ArgMax", arg_max},
    {"ArgMin", arg_min},
};

}  // namespace

std::span<const NamedKernel> kernels_for_sums() {
    return sum_kernels;
}

}  // namespace convloom::network
