// The keys of a link that state how the State differs from its base: the preset, the layers or the packed state. They
// form one table, which includes the rows of the tables of views, switches, angles and themes.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::state {

struct LinkKey {
    std::string key;
    std::string says;  // for the list of keys: "the layer that is stepped through, from 1"
    // Throws an Error that begins with the value and the key.
    std::function<void(State&, const std::string& value)> read;
    // The value, if the key is needed.
    std::function<std::optional<std::string>(const State& wanted, const State& base)> write;
};

// In the order of reading and writing, whatever the order in the link.
const std::vector<LinkKey>& link_keys();

// Throws "The link's step is 9; …", the common form of all errors about keys.
[[noreturn]] void fail_link(std::string_view key, const std::string& why);
// A user's text in quotes, made safe for one line.
std::string in_quotes(std::string_view value);
bool read_truth(std::string_view key, const std::string& value);

}  // namespace convloom::state
