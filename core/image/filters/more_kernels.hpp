// Filters that people know from textbooks and libraries, each a function from its parameters to kernels like those of
// named_kernels.hpp.
#pragma once
#include "core/image/filters/named_kernels.hpp"

namespace convloom::image::named {

int disk_side(Values radius);
int gabor_energy_side(Values wavelength_angle_sigma_gamma_size);
int gabor_bank_side(Values member_directions_wavelength);

Kernels disk(Values radius);
Kernels high_pass(Values sigma_size_like);
Kernels gaussian_derivative(Values sigma_size_like_angle);
Kernels gaussian_gradient(Values sigma_size_like);
Kernels kirsch(Values direction);
Kernels robinson(Values direction);
Kernels frei_chen(Values);
Kernels frei_chen_mask(Values mask);
Kernels laws(Values down_across);
Kernels gabor_energy(Values wavelength_angle_sigma_gamma_size);
Kernels gabor_bank(Values member_directions_wavelength);
Kernels savitzky_golay(Values size_order);
Kernels savitzky_golay_slope(Values size_order_derivative);

}  // namespace convloom::image::named
