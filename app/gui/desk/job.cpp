#include "app/gui/desk/job.hpp"

namespace convloom::gui {

Job::Job(Work work, std::function<void()> wake) : wake_(std::move(wake)) {
    try {
        beside_.emplace([this, work = std::move(work)] { run(work); });
    } catch (const std::exception& fault) {  // it has ended before it began
        end({false, false, sentence_of(fault), 0});
    }
}

Job::Job(Elsewhere elsewhere, std::function<void()> wake)
    : wake_(std::move(wake)), stop_elsewhere_(std::move(elsewhere.stop)) {}

Job::~Job() {
    stop();
    beside_.reset();
}

void Job::stop() {
    if (!stops_.exchange(true) && stop_elsewhere_) stop_elsewhere_();
}

void Job::tell(const exporting::Progress& progress) {
    {
        const std::lock_guard lock(mutex_);
        if (progress_.looking && !progress.looking) {
            begun_ = Clock::now();
            begun_part_ = progress.part;
        }
        progress_ = progress;
    }
    if (const auto now = Clock::now(); now - told_ > std::chrono::milliseconds(100)) {
        told_ = now;
        if (wake_) wake_();
    }
}

void Job::end(Ended ended) {
    {
        const std::lock_guard lock(mutex_);
        ended_ = std::move(ended);
    }
    if (wake_) wake_();
}

void Job::run(const Work& work) {
    Ended ended;
    try {
        ended = work([&](const exporting::Progress& progress) {
            tell(progress);
            return !stops_;
        });
    } catch (const exporting::Stopped& stopped) {
        ended = {false, true, stopped.what(), 0};
    } catch (const std::exception& fault) {  // also from the file system, such as too many open files
        ended = {false, false, sentence_of(fault), 0};
    }
    end(std::move(ended));
}

std::optional<Job::Ended> Job::ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}

exporting::Progress Job::progress() const {
    const std::lock_guard lock(mutex_);
    return progress_;
}

std::optional<double> Job::seconds_left() const {
    constexpr double least_part = 0.02, least_s = 0.5;
    const std::lock_guard lock(mutex_);
    const double part = progress_.part - begun_part_,
                 so_far_s = std::chrono::duration<double>(Clock::now() - begun_).count();
    if (progress_.looking || part < least_part || so_far_s < least_s) return std::nullopt;
    return so_far_s / part * (1 - progress_.part);
}

}  // namespace convloom::gui
