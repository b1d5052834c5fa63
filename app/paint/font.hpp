// The program's embedded fonts as FreeType faces, with their advances: Open Sans in two weights and, for characters
// that it lacks, a Chinese one. Used by the painters; layout uses core/scene/measure/text_metrics.
#pragma once
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <string_view>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::paint {

std::string_view font_bytes(scene::Weight weight);
std::string_view chinese_font_bytes();  // in one weight; painters embolden it for semibold

// The faces of one weight. Each caller gets its own, since a face holds a current size. Threads may each create and use
// their own.
struct Faces {
    FT_Face latin = nullptr, chinese = nullptr;
};
Faces new_faces(scene::Weight weight);
void free_faces(const Faces& faces);

// The face that has the character. If none has it, Latin's box for a missing glyph is used.
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
