// An immutable value behind a shared pointer: copies are cheap, and two are equal if their values are equal. Used for
// tensors and pictures inside States, because undo keeps many States.
#pragma once
#include <memory>
#include <utility>

namespace convloom::arith {

template <class T>
class Shared {
  public:
    Shared() = default;
    Shared(T value) : held_(std::make_shared<const T>(std::move(value))) {}

    const T& operator*() const { return *held_; }
    const T* operator->() const { return held_.get(); }
    const T* get() const { return held_.get(); }
    explicit operator bool() const { return held_ != nullptr; }

    friend bool operator==(const Shared& a, const Shared& b) {
        return a.held_ == b.held_ || (a.held_ && b.held_ && *a.held_ == *b.held_);
    }

  private:
    std::shared_ptr<const T> held_;
};

}  // namespace convloom::arith
