#include "app/paint/font.hpp"

#include <cstdlib>
#include <mutex>

#include "convloom_fonts.hpp"

namespace convloom::paint {

std::string_view font_bytes(scene::Weight weight) {
    return *embedded_fonts::file(weight == scene::Weight::semibold ? "semibold.ttf" : "regular.ttf");
}

namespace {

std::mutex library_in_use;   // FreeType's rule for faces that are made and freed by several threads

}  // namespace

FT_Face new_face(scene::Weight weight) {
    static const FT_Library library = [] {
        FT_Library made = nullptr;
        if (FT_Init_FreeType(&made) != 0) std::abort();
        return made;
    }();
    const std::string_view bytes = font_bytes(weight);
    const std::lock_guard lock(library_in_use);
    FT_Face face = nullptr;
    // The fonts are part of the program: one that does not open is a broken build.
    if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(bytes.data()),
                           static_cast<FT_Long>(bytes.size()), 0, &face) != 0)
        std::abort();
    return face;
}

void free_face(FT_Face face) {
    const std::lock_guard lock(library_in_use);
    FT_Done_Face(face);
}

double advance(FT_Face face, FT_UInt glyph) {
    FT_Fixed units = 0;
    if (FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &units) != 0) return 0;
    return static_cast<double>(units) / face->units_per_EM;
}

double start_offset(FT_Face face, const scene::Text& text) {
    if (text.anchor == scene::Anchor::start) return 0;
    double width = 0;
    for (std::string_view rest = text.text; !rest.empty();)
        width += advance(face, FT_Get_Char_Index(face, scene::next_character(rest)));
    return text.anchor == scene::Anchor::middle ? -width / 2 : -width;
}

}  // namespace convloom::paint
