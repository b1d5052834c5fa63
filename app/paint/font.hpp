// The program's fonts, carried inside it, as FreeType faces, with their advances: Open Sans in two weights and, for
// the characters that it lacks, a Chinese one. Used by the painters; layout uses core/scene/text_metrics.
#pragma once
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <string_view>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::paint {

std::string_view font_bytes(scene::Weight weight);
std::string_view chinese_font_bytes();  // of one weight; painters draw its semibold bolder

// Of one weight. Faces of their own for each caller, since a face holds a current size. Threads may each make and use
// their own.
struct Faces {
    FT_Face latin = nullptr, chinese = nullptr;
};
Faces new_faces(scene::Weight weight);
void free_faces(const Faces& faces);

// Which of the faces has the character. A character that neither has is Latin's box for a missing glyph.
enum class Script { latin, chinese };
struct Found {
    Script script = Script::latin;
    FT_UInt glyph = 0;
};
Found find_glyph(const Faces& faces, char32_t character);

// The advance of a glyph in ems, unhinted.
double advance(const Faces& faces, const Found& found);

// Where the text's first glyph begins, relative to its anchor, in ems.
double start_offset(const Faces& faces, const scene::Text& text);

// Calls place(found, x) for each glyph; x in ems from the anchor.
template <class Place>
void lay_out(const Faces& faces, const scene::Text& text, Place&& place) {
    double x = start_offset(faces, text);
    for (std::string_view rest = text.text; !rest.empty();) {
        const Found found = find_glyph(faces, scene::next_character(rest));
        place(found, x);
        x += advance(faces, found);
    }
}

}  // namespace convloom::paint
