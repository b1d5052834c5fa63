// What --version tells.
#pragma once
#include <string>

namespace convloom {

// The program's version, and on a desktop the commit that it was built from and the libraries that it runs with.
std::string versions();

}  // namespace convloom
