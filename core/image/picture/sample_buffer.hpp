// A picture's samples: like a vector of fixed size, but its memory is not cleared first, and a decoder's buffer can be
// taken over instead of copied. For whole pictures, clearing or copying costs as much as a small filter.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace convloom::image {

template <class Sample>
class SampleBuffer {
  public:
    using value_type = Sample;
    using Release = void (*)(void*);

    SampleBuffer() = default;
    // Uninitialised samples.
    explicit SampleBuffer(std::size_t size)
        : SampleBuffer(static_cast<Sample*>(std::malloc(std::max<std::size_t>(size, 1) * sizeof(Sample))), size,
                       &std::free) {
        if (!samples_) throw std::bad_alloc();
    }
    // Takes over memory that `release` frees.
    SampleBuffer(Sample* samples, std::size_t size, Release release) : samples_(samples, release), size_(size) {}
    SampleBuffer(const std::vector<Sample>& all) : SampleBuffer(all.size()) {
        std::copy(all.begin(), all.end(), data());
    }
    SampleBuffer(const SampleBuffer& other) : SampleBuffer(other.size_) {
        std::copy(other.begin(), other.end(), data());
    }
    SampleBuffer(SampleBuffer&& other) noexcept
        : samples_(std::move(other.samples_)), size_(std::exchange(other.size_, 0)) {}
    SampleBuffer& operator=(SampleBuffer other) noexcept {
        std::swap(samples_, other.samples_);
        std::swap(size_, other.size_);
        return *this;
    }

    std::size_t size() const { return size_; }
    Sample* data() { return samples_.get(); }
    const Sample* data() const { return samples_.get(); }
    Sample* begin() { return data(); }
    Sample* end() { return data() + size_; }
    const Sample* begin() const { return data(); }
    const Sample* end() const { return data() + size_; }
    Sample& operator[](std::size_t n) { return samples_.get()[n]; }
    const Sample& operator[](std::size_t n) const { return samples_.get()[n]; }
    friend bool operator==(const SampleBuffer& a, const SampleBuffer& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

  private:
    std::unique_ptr<Sample, Release> samples_{nullptr, &std::free};
    std::size_t size_ = 0;
};

}  // namespace convloom::image
