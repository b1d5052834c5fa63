// Work that runs beside the rest of the program: on the desktop in a thread of its own. A browser's page has no
// threads, so there the work runs in one go after the current frame.
#pragma once
#include <functional>
#include <memory>

namespace convloom::files {

class Beside {
  public:
    // Throws a Failure if the system gives no thread.
    explicit Beside(std::function<void()> work);
    // Waits for the work to finish; work that has not started is dropped.
    ~Beside();
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace convloom::files
