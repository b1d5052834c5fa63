// The grammar of a line such as "nn.Conv2d(3, 64, 7, stride=2, padding=(3, 3))": names, arguments, values. It knows
// no layer; torch_words.hpp gives the calls a meaning.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/arith/layer/shape.hpp"
#include "core/state/base/error.hpp"

namespace convloom::state {

// A part of the text, in bytes.
struct TextSpan {
    std::size_t at = 0, length = 0;
    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// Layers that are not understood, and the place in the text that the sentence is about.
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
// A whole number, True or False, None, a text, or a tuple of whole numbers.
using TorchValue = std::variant<TorchNone, bool, arith::Index, std::string, std::vector<arith::Index>>;

struct TorchArgument {
    std::string name;  // empty where it was given by its place
    TorchValue value;
    TextSpan span = {};  // with its name
};

struct TorchCall {
    std::string name;  // without "torch.nn." before it
    std::vector<TorchArgument> arguments;
    std::string comment;  // what follows it on its last line after a "#"
    TextSpan span = {};   // of its name
};

// The decimal digits at the beginning of a text as a number, and how many there are. The number is -1 where it is
// too large for 63 bits.
struct LeadingWhole {
    arith::Index number = 0;
    std::size_t digits = 0;
};
LeadingWhole leading_whole(std::string_view text);

// The beginning of what somebody wrote, fit for one line of a terminal: anything but plain characters becomes a “?”.
std::string shown(std::string_view text);

// Calls separated by semicolons, commas or line ends; a Sequential(...) stands for the calls in it. "#" begins a
// comment, which belongs to the call that ended on its line. Throws an Error that names the place for anything else,
// and for a text beyond what a person writes.
std::vector<TorchCall> read_torch_calls(std::string_view text);

}  // namespace convloom::state
