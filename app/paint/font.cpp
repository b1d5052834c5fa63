#include "app/paint/font.hpp"

#include <cstdlib>
#include <mutex>

#include "convloom_fonts.hpp"

namespace convloom::paint {

std::string_view font_bytes(scene::Weight weight) {
    return *embedded_fonts::file(weight == scene::Weight::semibold ? "semibold.ttf" : "regular.ttf");
}

std::string_view chinese_font_bytes() {
    return *embedded_fonts::file("chinese.ttf");
}

namespace {

std::mutex library_in_use;  // FreeType requires it if several threads create and free faces

FT_Face new_face(std::string_view bytes) {
    static const FT_Library library = [] {
        FT_Library made = nullptr;
        if (FT_Init_FreeType(&made) != 0) std::abort();
        return made;
    }();
    const std::lock_guard lock(library_in_use);
    FT_Face face = nullptr;
    // The fonts are embedded in the program: one that does not open is a build error.
    if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(bytes.data()), static_cast<FT_Long>(bytes.size()),
                           0, &face) != 0)
        std::abort();
    return face;
}

}  // namespace

Faces new_faces(scene::Weight weight) {
    return {new_face(font_bytes(weight)), new_face(chinese_font_bytes())};
}

void free_faces(const Faces& faces) {
    const std::lock_guard lock(library_in_use);
    FT_Done_Face(faces.latin);
    FT_Done_Face(faces.chinese);
}

Found find_glyph(const Faces& faces, char32_t character) {
    const FT_UInt latin = FT_Get_Char_Index(faces.latin, character);
    if (latin != 0) return {Script::latin, latin};
    const FT_UInt chinese = FT_Get_Char_Index(faces.chinese, character);
    return chinese != 0 ? Found{Script::chinese, chinese} : Found{};
}

double advance(const Faces& faces, const Found& found) {
    FT_Face face = found.script == Script::chinese ? faces.chinese : faces.latin;
    FT_Fixed units = 0;
    if (FT_Get_Advance(face, found.glyph, FT_LOAD_NO_SCALE, &units) != 0) return 0;
    return static_cast<double>(units) / face->units_per_EM;
}

double start_offset(const Faces& faces, const scene::Text& text) {
    if (text.anchor == scene::Anchor::start) return 0;
    double width = 0;
    for (std::string_view rest = text.text; !rest.empty();)
        width += advance(faces, find_glyph(faces, scene::next_character(rest)));
    return text.anchor == scene::Anchor::middle ? -width / 2 : -width;
}

}  // namespace convloom::paint
