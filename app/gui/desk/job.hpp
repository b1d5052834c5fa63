// Work of several seconds beside the window (files/beside.hpp), with progress, remaining time and a way to stop it.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/exporting/shots.hpp"
#include "app/files/beside.hpp"

namespace convloom::gui {

class Job {
  public:
    struct Ended {
        bool well = false, stopped = false;
        std::string says;       // the result of the work, or the error's sentence
        double number = 0;      // of an estimate
        std::string file = {};  // the file written, or the first of several
    };
    using Work = std::function<Ended(const exporting::GoOn&)>;

    // The work calls its GoOn often and ends by the Stopped that this throws. `wake` is called, from any thread, when
    // there is progress: at most ten times a second, and at the end.
    Job(Work work, std::function<void()> wake);
    // Work that is done elsewhere: whoever does it calls tell() and, once, end(); `stop` has it end there.
    struct Elsewhere {
        std::function<void()> stop;
    };
    Job(Elsewhere elsewhere, std::function<void()> wake);
    void tell(const exporting::Progress& progress);
    void end(Ended ended);
    // Stops the work and waits until it has ended.
    ~Job();
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    void stop();
    bool stops() const { return stops_; }
    // Nothing while it works.
    std::optional<Ended> ended() const;
    exporting::Progress progress() const;
    // Nothing while it cannot be estimated.
    std::optional<double> seconds_left() const;

  private:
    using Clock = std::chrono::steady_clock;
    void run(const Work& work);

    std::function<void()> wake_, stop_elsewhere_;
    std::atomic<bool> stops_ = false;
    mutable std::mutex mutex_;
    exporting::Progress progress_;
    std::optional<Ended> ended_;
    // The progress at which rendering starts; cropping examines the frames first, at another speed.
    Clock::time_point begun_ = Clock::now(), told_ = begun_;
    double begun_part_ = 0;
    std::optional<files::Beside> beside_;  // the last, which uses all of the others
};

}  // namespace convloom::gui
