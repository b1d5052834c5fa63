#include "app/gui/session/session_keeper.hpp"

#include <utility>

#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

constexpr double every_s = 3;

}  // namespace

std::optional<double> SessionKeeper::due_s(std::uint64_t version) const {
    if (!lock_.keeps() || version == version_) return {};
    return written_s_ + every_s;
}

void SessionKeeper::keep(double now_s, std::uint64_t version, const std::function<Session()>& session) {
    if (const auto due = due_s(version); !due || now_s < *due) return;
    version_ = version;
    written_s_ = now_s;
    writer_.reset();  // a write that still goes on ends first
    const Session kept = session();
    try {
        writer_ = std::make_unique<files::Beside>([this, kept] { write(kept); });
    } catch (const Error&) {  // no thread for it
        write(kept);
    }
}

void SessionKeeper::write(const Session& session) {
    std::string why = save_session(file_, session);
    const std::lock_guard lock(mutex_);
    if (why.empty())
        told_ = false;
    else if (!std::exchange(told_, true))
        fault_ = std::move(why);
}

std::string SessionKeeper::fault() {
    const std::lock_guard lock(mutex_);
    return std::exchange(fault_, "");
}

void SessionKeeper::end(const Session& session) {
    writer_.reset();
    if (lock_.keeps()) write(session);
}

}  // namespace convloom::gui
