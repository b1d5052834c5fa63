#include "app/files/beside.hpp"

#include <system_error>
#include <thread>

#include "core/state/base/error.hpp"

namespace convloom::files {

struct Beside::Inside {
    std::thread thread;
};

Beside::Beside(std::function<void()> work) {
    try {
        inside_ = std::make_unique<Inside>(Inside{std::thread(std::move(work))});
    } catch (const std::system_error&) {
        throw Failure("The system allows no further thread.");
    }
}

Beside::~Beside() {
    inside_->thread.join();
}

}  // namespace convloom::files
