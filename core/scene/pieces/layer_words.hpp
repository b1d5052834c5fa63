// Texts about a layer and a moment: its parameters, "step 3 of 9", the titles of its kernel and its padding.
//
// They are in the given language. Titles that name planes are returned in English, because planes are translated when
// their titles are drawn (titles.hpp).
#pragma once
#include <initializer_list>
#include <string>

#include "core/arith/steps/recording.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/moment.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

// Formats the layer's numbers in the order i, k, s, p, d, o; each is given once if the axes agree.
constexpr const char* letters_form = "i {:<3}  k {:<3}  s {:<3}  p {:<3}  d {:<3}  o {}";
inline constexpr char words_form[] =
    "input i = {},  kernel k = {},  stride s = {},  padding p = {},  dilation d = {},  output o = {}";
std::string parameters_text(const arith::Layer& layer, const char* form = words_form,
                            Language language = Language::english);

// "step 3 of 9", followed by "tap 2 of 9" if the moment is a tap.
std::string moment_text(const arith::Recording& recording, const Moment& moment, Language language = Language::english);

// What the plane contains besides the input, for its label: "zeros inserted, padded to 7×7, hatched: unused".
std::string plane_words(std::initializer_list<SlidingAxis> axes, Language language = Language::english);

// The English title of the plane of a kernel or a pooling's window, and the text that follows it.
std::string kernel_title(const arith::Layer& layer);
std::string kernel_shape(const arith::Layer& layer, const Sliding& plane, Language language = Language::english);

// "max", "average" or the like for a layer without weights, else "*".
std::string operator_sign(const arith::Layer& layer, Language language = Language::english);

// "3×3"; for a layer whose windows follow from the sizes, the size that it gives: "to 3×3".
std::string window_text(const arith::Layer& layer, Language language);

// Whether the values of padding are printed; false for max pooling, which ignores them.
bool prints_padding(const arith::Layer& layer);

}  // namespace convloom::scene
