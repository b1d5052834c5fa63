// Draws frames and sleeps between them. The desktop waits in a loop; a browser calls back, so that run_frames() returns
// at once there.
#pragma once
#include <memory>
#include <optional>

namespace convloom::gui {

struct Due {
    std::optional<double> at_s;  // in the window's time; nothing: once something happens
    bool settles = false;        // drawn then whatever happens, and what does is not waited for
};

class Frames {
  public:
    virtual ~Frames() = default;
    virtual bool is_over() const = 0;
    virtual Due next() = 0;
    // `happened`: there was an event, or may have been one.
    virtual void frame(bool happened) = 0;
    virtual void ended() = 0;  // told after the last
};

// Until they are over, or the page is left.
void run_frames(std::unique_ptr<Frames> frames);

// From any thread: something happened.
void wake_frames();

}  // namespace convloom::gui
