#include "core/image/rows/padded_rows.hpp"

#include <algorithm>

namespace convloom::image {

LoadedRows::LoadedRows(const RowLoader& loader, long capacity)
    : loader_(loader), capacity_(capacity), row_(loader.row_length()), parts_{{0, loader.sum_count()}},
      rows_(static_cast<std::size_t>(capacity * row_)) {}

void LoadedRows::move_to(long first, long end) {
    for (next_ = std::max(next_, first); next_ < end; ++next_) loader_.load(next_, rows_.data() + slot(next_) * row_);
}

namespace {

constexpr long least_end = 16;  // sums; a vector's length

}  // namespace

template <class Stored>
StoredRows<Stored>::StoredRows(const RowLoader& loader, long capacity)
    : loader_(loader), samples_(std::get<SampleBuffer<Stored>>(loader.image().samples)), capacity_(capacity),
      count_(loader.sum_count()), left_(static_cast<long>(loader.left()) * loader.lanes()) {
    const long reach = loader.row_length() - count_, left = std::max(left_, least_end),
               right = std::max(reach - left_, least_end);
    const bool whole = left + right + least_end > count_;
    if (whole)
        parts_ = {{0, count_}};
    else
        parts_ = {{0, left}, {left, count_ - right}, {count_ - right, count_}};
    for (const RowPart& part : parts_) {
        if (part.first > 0 && part.end < count_) continue;
        if (part.first > 0) right_end_ = static_cast<long>(sources_.size());
        for (long x = part.first; x < part.end + reach; ++x) {
            const long column = loader.source_column(x / loader.lanes());
            sources_.push_back(column < 0 ? -1 : column * loader.lanes() + x % loader.lanes());
        }
    }
    ends_.resize(sources_.size() * static_cast<std::size_t>(capacity));
    if (loader.has_zeros()) zeros_.resize(static_cast<std::size_t>(count_));
}

template <class Stored>
const Stored* StoredRows<Stored>::stored(long y) const {
    const long row = loader_.source(y);
    return row < 0 ? zeros_.data() : samples_.data() + row * count_;
}

template <class Stored>
void StoredRows<Stored>::move_to(long first, long end) {
    for (next_ = std::max(next_, first); next_ < end; ++next_) {
        const Stored* row = stored(next_);
        std::transform(sources_.begin(), sources_.end(),
                       ends_.begin() + slot(next_) * static_cast<long>(sources_.size()),
                       [row](long from) { return from < 0 ? Stored{} : row[from]; });
    }
}

template <class Stored>
const Stored* StoredRows<Stored>::at(long y, std::size_t part) const {
    if (part == 1) return stored(y) + parts_[1].first - left_;
    return ends_.data() + slot(y) * static_cast<long>(sources_.size()) + (part == 2 ? right_end_ : 0);
}

template class StoredRows<std::uint8_t>;
template class StoredRows<float>;

}  // namespace convloom::image
