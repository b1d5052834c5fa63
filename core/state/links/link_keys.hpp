// The keys of a link that say what of a State differs from the preset, the layers or the packed text it begins with.
// One table; those of views, switches, angles and themes are the rows of their own tables.
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
    // The value where it has to be said.
    std::function<std::optional<std::string>(const State& wanted, const State& base)> write;
};

// In the order in which they are read and written, whatever order a link has.
const std::vector<LinkKey>& link_keys();

// "The link's step is 9; …": the one form of what is wrong with a key.
[[noreturn]] void fail_link(std::string_view key, const std::string& why);
// What somebody wrote, in quotes and fit for a line.
std::string in_quotes(std::string_view value);
bool read_truth(std::string_view key, const std::string& value);

}  // namespace convloom::state
