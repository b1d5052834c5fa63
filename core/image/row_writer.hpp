// From rows of sums to rows of a picture: every stride-th pixel, gain, offset, absolute value, light back to sRGB, the depth
// wanted, and alpha from where it was.
#pragma once
#include "core/image/row_loader.hpp"

namespace convloom::image {

class RowWriter {
  public:
    RowWriter(Image& result, const Image& source, const Pass& pass, int stride, const RowLoader& loader);

    // Where the sums of a row may be put at once, since nothing is to be done to them; null where there is something.
    float* place(long y) const;
    // Row y of the result from the sums of all its pixels, strided or not; changes them.
    void write(long y, float* sums) const;

  private:
    void finish(float* sums, long count) const;
    void copy_alpha(long y) const;

    Image& result_;
    const Image& source_;
    PassOptions options_;
    int stride_, lanes_;
    float unit_;
    bool encode_;
    bool keep_as_summed_;
};

}  // namespace convloom::image
