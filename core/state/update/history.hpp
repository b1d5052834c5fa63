// History: the State of now, those before it and those taken back. A plain value over update().
//
// The edits of one gesture (a slider being dragged) are one entry, and each of them starts from the state
// before the gesture: dragging a size down and up again brings every value back.
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

    // Applies an action. Edits with the same non-zero gesture number merge. Returns why it was refused, or
    // nothing.
    std::vector<arith::Problem> apply(const Action& action, std::uint64_t gesture = 0);

    void undo();
    void redo();
    // The States that undo goes back to, the next one last.
    const std::vector<State>& past() const { return past_; }

    static constexpr std::size_t most_entries = 500;

  private:
    State now_;
    std::vector<State> past_, future_;
    std::uint64_t gesture_ = 0;
};

}  // namespace convloom::state
