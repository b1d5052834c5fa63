#include "core/state/base/error.hpp"

#include <new>
#include <system_error>

namespace convloom {

std::string sentence_of(const std::exception& fault) {
    if (dynamic_cast<const std::bad_alloc*>(&fault)) return "There is not enough memory for this.";
    std::string says = fault.what();
    if (!dynamic_cast<const Error*>(&fault) && !says.ends_with('.')) says += '.';
    return says;
}

}  // namespace convloom
