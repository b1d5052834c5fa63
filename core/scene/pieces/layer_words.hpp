// A layer and a moment of it in words: its parameters, "step 3 of 9", what its kernel and its padding are called.
#pragma once
#include <initializer_list>
#include <string>

#include "core/arith/steps/recording.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/moment.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

// The layer's numbers put into a form, in the order i, k, s, p, d, o; each once where the axes agree.
constexpr const char* letters_form = "i {:<3}  k {:<3}  s {:<3}  p {:<3}  d {:<3}  o {}";
inline constexpr char words_form[] =
    "input i = {},  kernel k = {},  stride s = {},  padding p = {},  dilation d = {},  output o = {}";
std::string parameters_text(const arith::Layer& layer, const char* form = words_form,
                            Language language = Language::english);

// "step 3 of 9" and, where the moment is a tap, "tap 2 of 9".
std::string moment_text(const arith::Recording& recording, const Moment& moment, Language language = Language::english);

// What the plane has beside the input, for its label: "zeros inserted, padded to 7×7, hatched: unused".
std::string plane_words(std::initializer_list<SlidingAxis> axes, Language language = Language::english);

// A kernel, or a pooling's window, as its plane's English title and what stands after it.
std::string kernel_title(const arith::Layer& layer);
std::string kernel_shape(const arith::Layer& layer, const Sliding& plane, Language language = Language::english);

// "max" or "average" for a pooling, else "*".
std::string operator_sign(const arith::Layer& layer, Language language = Language::english);

// What the padding holds, for print: nothing where a maximum passes over it.
bool prints_padding(const arith::Layer& layer);

}  // namespace convloom::scene
