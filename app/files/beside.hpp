// Work beside the rest of the program: on a desktop in a thread of its own. A browser's page has no threads, so there
// it is done in one go, after the frame that is being drawn.
#pragma once
#include <functional>
#include <memory>

namespace convloom::files {

class Beside {
  public:
    explicit Beside(std::function<void()> work);
    // Waits until it is done. Work that was not begun never is.
    ~Beside();
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace convloom::files
