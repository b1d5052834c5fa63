// The history: the current State, the States before it and the undone ones. A plain value on top of update().
//
// The edits of one gesture (such as dragging a slider) form one entry, and each starts from the State before the
// gesture: dragging a size down and up again restores all values.
#pragma once
#include <vector>

#include "core/state/update/update.hpp"

namespace convloom::state {

class History {
  public:
    explicit History(State first) : now_(std::move(first)) {}

    const State& now() const { return now_; }
    bool can_undo() const { return !past_.empty(); }
    bool can_redo() const { return !future_.empty(); }

    // Applies an action. Edits with the same non-zero gesture number are merged. Returns the reasons if it was refused,
    // otherwise nothing.
    Problems apply(const Action& action, std::uint64_t gesture = 0);

    void undo();
    void redo();
    // The States that undo can return to; the next one is last.
    const std::vector<State>& past() const { return past_; }

    static constexpr std::size_t most_entries = 500;

  private:
    State now_;
    std::vector<State> past_, future_;
    std::uint64_t gesture_ = 0;
};

}  // namespace convloom::state
