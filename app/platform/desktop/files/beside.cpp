#include "app/files/beside.hpp"

#include <thread>

namespace convloom::files {

struct Beside::Inside {
    std::thread thread;
};

Beside::Beside(std::function<void()> work) : inside_(std::make_unique<Inside>(Inside{std::thread(std::move(work))})) {}

Beside::~Beside() {
    inside_->thread.join();
}

}  // namespace convloom::files
