// Writes rows of sums into a picture: every stride-th pixel, gain, offset, absolute value, linear light back to sRGB,
// the requested depth, and alpha from the source unless it was a weight and is stored beside the colours.
#pragma once
#include "core/image/rows/row_loader.hpp"

namespace convloom::image {

class RowWriter {
  public:
    RowWriter(Image& result, const Image& source, const Pass& pass, int stride, const RowLoader& loader);

    // Whether the sums only need to be multiplied by scale(), so that they can be written in place directly.
    bool in_place() const;
    float scale() const { return full_scale(result_.depth()) / unit_; }
    template <class Sample>
    Sample* place(long y) const {
        return std::get<SampleBuffer<Sample>>(result_.samples).data() + y * result_.width * result_.channels;
    }
    // Row y of the result from the sums of all its pixels, strided or not; changes the sums.
    void write(long y, float* sums) const;
    // Writes row y's alpha, if there is one, over what was written there.
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
