// The one field in which numbers are typed, wherever that is: what stands in it when it is left is taken, by Enter, Tab
// or a click elsewhere alike; Esc keeps what was there. What is no number is told of and changes nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace convloom::gui {

// A line of text, `width` pixels wide. Gives what was typed once the field is left, where that is not what is `shown`.
// `empty_says` stands in it while it is empty.
std::optional<std::string> text_field(const std::string& place, const std::string& shown, float width,
                                      const std::string& empty_says = "");

enum class NumberKind { whole, real };
std::optional<double> number_field(const std::string& place, const std::string& shown, float width, NumberKind kind);
// A float as the fields show it.
std::string field_text(double value);

// Why what was typed last was not taken; once.
std::optional<std::string> take_number_fault();
bool has_number_fault();

// "1e9", ".5", "+1", "1/9", "−2" with the typographic minus; nothing for what is no finite number.
std::optional<double> read_number(std::string_view text);

}  // namespace convloom::gui
