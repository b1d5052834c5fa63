// Rows of a picture as padded floats, the input of a pass. The padding mode gives the rows and columns outside. If
// colours are weighted by alpha, they are multiplied by it and alpha is stored beside them; zeros outside are then
// opaque black, as in a picture without alpha.
#pragma once
#include <vector>

#include "core/image/filters/pass.hpp"

namespace convloom::image {

// Whether colours are weighted by alpha: some pixel is not opaque, and the options do not forbid it.
bool weighs_alpha(const Image& image, const PassOptions& options);

class RowLoader {
  public:
    // Pixels of padding on the left and on the right.
    RowLoader(const Image& image, const PassOptions& options, int left, int right, bool weighted = false);

    // Floats per pixel: the picture's channels including alpha, or 1 for luminance, plus alpha if it is a weight.
    int lanes() const { return lanes_; }
    bool weighted() const { return weighted_; }
    float unit() const { return unit_; }       // the value of 1 in the rows
    bool decoded() const { return decoded_; }  // converted to linear light, so that results must be encoded again
    long row_length() const { return static_cast<long>(left_.size() + right_.size() + image_.width) * lanes_; }

    // Loads row y, which may lie outside, into row_length() floats.
    void load(long y, float* to) const;
    // A colour of the picture in the units of the rows, but not weighted.
    float colour(long x, long y, int lane) const;

    // Whether rows of the picture can be summed as stored.
    bool as_stored() const {
        return options_.channels == Channels::each && !decoded_ && !weighted_ && image_.depth() != Depth::bits16;
    }
    const Image& image() const { return image_; }
    int left() const { return static_cast<int>(left_.size()); }
    long sum_count() const { return static_cast<long>(image_.width) * lanes_; }  // sums in a row, with stride 1
    bool has_zeros() const { return options_.padding == arith::PaddingMode::zeros; }
    // The stored row for row y, and the stored column for a padded one; -1 for zeros.
    long source(long y) const;
    long source_column(long x) const;

  private:
    void load_samples(long row, float* to) const;
    void load_stored(long row, float* to) const;
    void load_weighted(long row, float* to) const;
    float outside(int lane) const { return weighted_ && lane == lanes_ - 1 ? unit_ : 0.0f; }
    // Fills the padding left and right of the picture's columns in a row of row_length() floats.
    void pad(float* row) const;

    const Image& image_;
    PassOptions options_;
    int lanes_;
    float unit_;
    bool decoded_, weighted_;
    std::vector<long> left_, right_;  // the source column of each padding column; -1 for zeros
};

}  // namespace convloom::image
