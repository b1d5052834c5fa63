// Parses code such as "nn.Conv2d(3, 64, 7, stride=2, padding=(3, 3))" into names, arguments and values. It knows no
// layers; torch_words.hpp interprets the calls.
#pragma once
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/arith/layer/shape.hpp"
#include "core/state/base/error.hpp"

namespace convloom::state {

// A range of the text, in bytes.
struct TextSpan {
    std::size_t at = 0, length = 0;
    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// An error in layer code, with the range of the text that the message refers to.
class TorchFault : public Error {
  public:
    TorchFault(const std::string& sentence, TextSpan where) : Error(sentence), where_(where) {}
    TextSpan where() const { return where_; }

  private:
    TextSpan where_;
};

struct TorchNone {
    friend bool operator==(const TorchNone&, const TorchNone&) = default;
};
// Stands for None in a tuple.
constexpr arith::Index none_in_tuple = std::numeric_limits<arith::Index>::min();
// An integer, True or False, None, a string, or a tuple of integers.
using TorchValue = std::variant<TorchNone, bool, arith::Index, std::string, std::vector<arith::Index>>;

struct TorchArgument {
    std::string name;  // empty for a positional argument
    TorchValue value;
    TextSpan span = {};  // includes the name
};

struct TorchCall {
    std::string name;  // without a leading "torch.nn."
    std::vector<TorchArgument> arguments;
    std::string comment;  // the text after "#" on the call's last line
    TextSpan span = {};   // of the name
};

// The decimal number at the start of a text and its number of digits. The number is -1 if it exceeds 63 bits.
struct LeadingWhole {
    arith::Index number = 0;
    std::size_t digits = 0;
};
LeadingWhole leading_whole(std::string_view text);

// The start of a user's text, made safe for one line of a terminal: characters other than printable ASCII become “?”.
std::string shown(std::string_view text);

// Calls are separated by semicolons, commas or line ends; Sequential(...) is replaced by the calls in it. "#" starts a
// comment, which belongs to the call that ended on its line. Throws an Error with the position for anything else, and
// for a text longer than people write.
std::vector<TorchCall> read_torch_calls(std::string_view text);

}  // namespace convloom::state
