// The table of what can become of a page beside its size and format: each row is a flag of `convloom export`, and where
// it has a title, a field of the export dialog.
//
// The command line, its help and refusals, and the dialog read the table. So a further one is a field of PageLook
// (shots.hpp), a row in page_options.cpp, and the code that uses it.
#pragma once
#include <span>
#include <string>

#include "app/exporting/formats.hpp"
#include "app/exporting/shots.hpp"

namespace convloom::exporting {

struct PageOption {
    enum class Kind { flag, text, number, list, repeated };  // a list is divided by commas
    const char* key;                                         // "text-scale" of "--text-scale"
    Kind kind;
    const char* says;     // for the help of the command line
    const char* title;    // of its field in the export dialog; null if it has its own controls there, or none
    const char* example;  // in an empty field
    // Takes over one text; throws an Error, whose sentence goes after the flag and the text. Steps are counted from
    // `first`.
    void (*read)(PageLook& look, const std::string& text, int first);
    // Why this page cannot be in that format, as a sentence; empty if it can. May be null.
    std::string (*refused)(const PageLook& look, const Format& format) = nullptr;
};
// In the order of the help.
std::span<const PageOption> page_options();

// Why this layer has no such page, as one sentence; empty if it has.
std::string page_refused(const PageLook& look, const state::State& state);

}  // namespace convloom::exporting
