// From rows of sums to rows of a picture: every stride-th pixel, gain, offset, absolute value, light back to sRGB, the
// depth wanted, and alpha from where it was, unless it weighs and stands beside the colours already.
#pragma once
#include "core/image/rows/row_loader.hpp"

namespace convloom::image {

class RowWriter {
  public:
    RowWriter(Image& result, const Image& source, const Pass& pass, int stride, const RowLoader& loader);

    // Whether nothing is to be done to the sums but to multiply them by scale(), so that they may be put in place at
    // once.
    bool in_place() const;
    float scale() const { return full_scale(result_.depth()) / unit_; }
    template <class Sample>
    Sample* place(long y) const {
        return std::get<SampleBuffer<Sample>>(result_.samples).data() + y * result_.width * result_.channels;
    }
    // Row y of the result from the sums of all its pixels, strided or not; changes them.
    void write(long y, float* sums) const;
    // Row y's alpha, where there is one, over what was put in its place.
    void write_alpha(long y) const;

  private:
    void finish(float* sums, long count) const;
    void finish_colours(float* sums, long count) const;

    Image& result_;
    const Image& source_;
    PassOptions options_;
    int stride_, lanes_;
    float unit_;
    bool encode_, weighted_;
    bool keep_as_summed_;
};

}  // namespace convloom::image
