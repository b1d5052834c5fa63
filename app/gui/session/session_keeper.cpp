#include "app/gui/session/session_keeper.hpp"

#include <utility>

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
    writer_ = std::make_unique<files::Beside>([file = file_, kept = session()] { save_session(file, kept); });
}

void SessionKeeper::end(const Session& session) {
    writer_.reset();
    if (lock_.keeps()) save_session(file_, session);
}

}  // namespace convloom::gui
