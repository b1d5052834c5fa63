// Runs code as far as layers depend on it: assignments, arithmetic over whole numbers, lists, and the layers that it
// makes or sends data through. It knows no framework; core/state/frameworks interprets the calls.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/state/code/values.hpp"

namespace convloom::state {

// A name that the code uses and does not set, and what it is to be.
struct NameGiven {
    std::string name, value;  // in code, as in "in_planes" and "64"
};

struct CodeRun {
    std::vector<Module::Child> modules;  // in the order in which data goes through them
    std::map<std::string, Value> names;  // what was assigned at the end
};

// Throws a CodeFault for anything that is no such code.
CodeRun run_code(std::string_view text, const std::vector<NameGiven>& given = {});

}  // namespace convloom::state
