// The parts of a presentation that are the same in every file. Internal to pptx.cpp.
#pragma once
#include <string>

namespace convloom::exporting::pptx {

constexpr const char* head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* spaces =
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

std::string theme();
std::string slide_master();
// With the place of the title for slides of this size, in English metric units.
std::string slide_layout(long long width, long long height);
std::string notes_master();
// A page of notes: the slide's picture above, the text below.
std::string notes(const std::string& text);

}  // namespace convloom::exporting::pptx
