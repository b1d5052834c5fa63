// Texts as TeX prints them.
#pragma once
#include <string>
#include <string_view>

namespace convloom::paint {

struct TexText {
    std::string text;
    bool chinese = false;     // needs xelatex or lualatex with the package ctex
    bool beyond_pdf = false;  // has a character that pdflatex does not know without further packages
};
// With TeX's special characters escaped and without control characters; mathematical characters become math.
TexText tex_escaped(std::string_view utf8);

}  // namespace convloom::paint
