#include "core/state/update/history.hpp"

namespace convloom::state {

Problems History::apply(const Action& action, std::uint64_t gesture) {
    const bool edit = is_edit(action);
    const bool merges = edit && gesture != 0 && gesture == gesture_ && !past_.empty();
    Outcome outcome = update(merges ? past_.back() : now_, action);
    if (!outcome.problems.empty()) return std::move(outcome.problems);
    if (edit && !merges && outcome.state != now_) {
        past_.push_back(now_);
        if (past_.size() > most_entries) past_.erase(past_.begin());
        future_.clear();
        gesture_ = gesture;
    }
    now_ = std::move(outcome.state);
    if (merges && now_ == past_.back()) {  // dragged back to the start
        past_.pop_back();
        gesture_ = 0;
    }
    return {};
}

void History::undo() {
    if (past_.empty()) return;
    future_.push_back(std::move(now_));
    now_ = std::move(past_.back());
    past_.pop_back();
    gesture_ = 0;
}

void History::redo() {
    if (future_.empty()) return;
    past_.push_back(std::move(now_));
    now_ = std::move(future_.back());
    future_.pop_back();
    gesture_ = 0;
}

}  // namespace convloom::state
