#include <emscripten/eventloop.h>

#include "app/files/beside.hpp"

namespace convloom::files {

struct Beside::Inside {
    std::function<void()> work;
    int timer = 0;
};

Beside::Beside(std::function<void()> work) : inside_(std::make_unique<Inside>(Inside{std::move(work)})) {
    inside_->timer =
        emscripten_set_timeout([](void* inside) { static_cast<Inside*>(inside)->work(); }, 0, inside_.get());
}

Beside::~Beside() {
    emscripten_clear_timeout(inside_->timer);
}

}  // namespace convloom::files
