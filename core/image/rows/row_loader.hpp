// Rows of a picture as floats, padded: what a pass reads. Rows and columns outside come from where the padding mode
// says. Where alpha weighs, colours are multiplied by it and it stands beside them; zeros outside are opaque black
// then, as they are of a picture without alpha.
#pragma once
#include <vector>

#include "core/image/filters/pass.hpp"

namespace convloom::image {

// Whether colours are to be weighted: some pixel lets something through, and the options do not say otherwise.
bool weighs_alpha(const Image& image, const PassOptions& options);

class RowLoader {
  public:
    // Pixels of padding on the left and on the right.
    RowLoader(const Image& image, const PassOptions& options, int left, int right, bool weighted = false);

    // Floats a pixel: the picture's channels, alpha among them, or 1 of luminance, and alpha where it weighs.
    int lanes() const { return lanes_; }
    bool weighted() const { return weighted_; }
    float unit() const { return unit_; }       // what stands for 1 in the rows
    bool decoded() const { return decoded_; }  // to light, so that results are to be encoded again
    long row_length() const { return static_cast<long>(left_.size() + right_.size() + image_.width) * lanes_; }

    // Row y, which may lie outside, to row_length() floats.
    void load(long y, float* to) const;
    // A colour of the picture's own as rows hold it, but not weighted.
    float colour(long x, long y, int lane) const;

    // Whether rows of the picture can be summed as they are stored.
    bool as_stored() const {
        return options_.channels == Channels::each && !decoded_ && !weighted_ && image_.depth() != Depth::bits16;
    }
    const Image& image() const { return image_; }
    int left() const { return static_cast<int>(left_.size()); }
    long sum_count() const { return static_cast<long>(image_.width) * lanes_; }  // a row's, where the stride is 1
    bool has_zeros() const { return options_.padding == arith::PaddingMode::zeros; }
    // The stored row that row y takes its samples from, and the stored column of a padded one; -1 for zeros.
    long source(long y) const;
    long source_column(long x) const;

  private:
    void load_samples(long row, float* to) const;
    void load_stored(long row, float* to) const;
    void load_weighted(long row, float* to) const;
    float outside(int lane) const { return weighted_ && lane == lanes_ - 1 ? unit_ : 0.0f; }
    // Fills left and right of the picture's own columns in a row of row_length() floats.
    void pad(float* row) const;

    const Image& image_;
    PassOptions options_;
    int lanes_;
    float unit_;
    bool decoded_, weighted_;
    std::vector<long> left_, right_;  // the source column of each padding column; -1 for zeros
};

}  // namespace convloom::image
