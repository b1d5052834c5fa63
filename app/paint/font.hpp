// The program's two fonts, carried inside it, as FreeType faces, with their advances. Used by the painters;
// layout uses core/scene/text_metrics.
#pragma once
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <string_view>

#include "core/scene/scene.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::paint {

std::string_view font_bytes(scene::Weight weight);

// A face of its own for each caller, since a face holds a current size. Threads may each make and use their own.
FT_Face new_face(scene::Weight weight);
void free_face(FT_Face face);

// The advance of a glyph in ems, unhinted.
double advance(FT_Face face, FT_UInt glyph);

// Where the text's first glyph begins, relative to its anchor, in ems.
double start_offset(FT_Face face, const scene::Text& text);

// Calls place(glyph, x) for each glyph; x in ems from the anchor.
template <class Place>
void lay_out(FT_Face face, const scene::Text& text, Place&& place) {
    double x = start_offset(face, text);
    for (std::string_view rest = text.text; !rest.empty();) {
        const FT_UInt glyph = FT_Get_Char_Index(face, scene::next_character(rest));
        place(glyph, x);
        x += advance(face, glyph);
    }
}

}  // namespace convloom::paint
