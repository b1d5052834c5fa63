// The formulas of the named filters, each a function from its parameters to kernels.
#pragma once
#include <span>
#include <vector>

#include "core/image/filters/kernel.hpp"

namespace convloom::image::named {

using Values = std::span<const double>;
using Kernels = std::vector<Kernel>;

// The side of a filter's kernel from its parameters, so that it is known before any weight is computed.
template <int side>
int fixed_side(Values) {
    return side;
}
int box_side(Values size);
int gaussian_side(Values sigma_size);
int gaussian_side_like(Values sigma_size_like);
int unsharp_side(Values sigma_amount_size);
int motion_blur_side(Values length_angle);
int gabor_side(Values wavelength_angle_sigma_gamma_phase_size);
int difference_of_gaussians_side(Values sigma_ratio_size);

Kernels identity(Values);
Kernels box(Values size);
Kernels gaussian(Values sigma_size_like);
Kernels binomial(Values);
Kernels sharpen(Values amount);
Kernels unsharp(Values sigma_amount_size);
Kernels sobel_x(Values scale);
Kernels sobel_y(Values scale);
Kernels sobel(Values scale);
Kernels prewitt_x(Values scale);
Kernels prewitt_y(Values scale);
Kernels prewitt(Values scale);
Kernels scharr_x(Values scale);
Kernels scharr_y(Values scale);
Kernels scharr(Values scale);
Kernels roberts_x(Values);
Kernels roberts_y(Values);
Kernels roberts(Values);
Kernels laplacian(Values);
Kernels laplacian_8(Values);
Kernels laplacian_of_gaussian(Values sigma_size);
Kernels emboss(Values);
Kernels outline(Values);
Kernels motion_blur(Values length_angle);
Kernels gabor(Values wavelength_angle_sigma_gamma_phase_size);
Kernels difference_of_gaussians(Values sigma_ratio_size);
Kernels none(Values);  // for pooling

}  // namespace convloom::image::named
