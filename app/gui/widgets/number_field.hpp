// The field for typing numbers, used everywhere: leaving it by Enter, Tab or a click elsewhere accepts its text; Esc
// restores the old value. Text that is not a number is reported and changes nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace convloom::gui {

// A line of text, `width` pixels wide. Returns the text once the field is left, if it differs from `shown`.
// `empty_says` is shown while it is empty.
std::optional<std::string> text_field(const std::string& place, const std::string& shown, float width,
                                      const std::string& empty_says = "");

enum class NumberKind { whole, real };
std::optional<double> number_field(const std::string& place, const std::string& shown, float width, NumberKind kind);
// A float as the fields show it.
std::string field_text(double value);

// Why the last text was not accepted; returned once.
std::optional<std::string> take_number_fault();
bool has_number_fault();

// "1e9", ".5", "+1", "1/9", "−2" with the typographic minus; nothing if it is not a finite number.
std::optional<double> read_number(std::string_view text);

}  // namespace convloom::gui
