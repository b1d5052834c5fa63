// The words of the interface, in the language that is chosen. Panels write t("English text"); the English is the key.
#pragma once
#include <fmt/format.h>

#include <string>
#include <utility>

namespace convloom::gui {

const char* t(const char* english);

// A text with numbers in it: tf("step {} of {}", 3, 9).
template <class... Values>
std::string tf(const char* english, Values&&... values) {
    return fmt::format(fmt::runtime(t(english)), std::forward<Values>(values)...);
}

}  // namespace convloom::gui
