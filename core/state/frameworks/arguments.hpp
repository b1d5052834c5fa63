// The arguments of one call by name, checked as its framework does, with errors at their place in the text.
//
// An argument that depends on a name which the code does not set is noted as open, and reading goes on with a stand-in,
// so that all open names are found at once.
#pragma once
#include <fmt/format.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/state/code/values.hpp"

namespace convloom::state {

// A name that the layers depend on and the code does not set.
struct OpenName {
    std::string name;      // "in_planes", "self.width", or "w" of F.conv2d(x, w)
    std::string layer;     // "Conv2d", the first that needs it
    std::string argument;  // "in_channels"
    std::string example;   // what it may be: "64", "'zeros'", "torch.randn(8, 3, 3, 3)"
    TextSpan span = {};
};

// The error for them: "in_planes is not given: write a line such as in_planes = 64."
class NamesOpen : public CodeFault {
  public:
    explicit NamesOpen(std::vector<OpenName> names);
    const std::vector<OpenName>& names() const { return names_; }

  private:
    std::vector<OpenName> names_;
};

// What reading collects on its way.
struct ReadingNotes {
    std::vector<OpenName> open;
    std::vector<std::string> remarks;  // a sentence each
    void add_open(OpenName name);
    void add_remark(std::string sentence);
    void throw_open();  // a NamesOpen, if there are any, in the order of the text
};

struct ArgumentRules {
    std::vector<std::string_view> names;      // in the order of positional arguments
    std::vector<std::string_view> tolerated;  // further keywords, which change nothing here
    int rank = 1;
};

// Stands for None in a tuple.
constexpr arith::Index none_in_tuple = std::numeric_limits<arith::Index>::min();

class Arguments {
  public:
    Arguments(const Module& call, const ArgumentRules& rules, ReadingNotes& notes);

    [[noreturn]] void fail_at(TextSpan where, const std::string& why) const;
    [[noreturn]] void fail(std::string_view about, const std::string& why) const { fail_at(span(about), why); }

    const Value* find(std::string_view name) const;
    // The position of an argument, or of the call's name if the argument is missing.
    TextSpan span(std::string_view name) const;
    arith::Index whole(std::string_view name, std::optional<arith::Index> otherwise) const;
    bool truth(std::string_view name, bool otherwise) const;
    // PyTorch tests `if bias:`, so Python's rule applies: None, 0 and empty values are False.
    bool truthy(std::string_view name, bool otherwise) const;
    bool is_none(std::string_view name) const;
    // In quotes, or one of the words without them, as print(model) writes “same”. Null for anything else.
    const std::string* text(std::string_view name, const std::vector<std::string_view>& words = {}) const;
    // One number for all axes, or one per axis. A tuple of one number applies to all axes, except where PyTorch uses it
    // as the shape of a weight. With `none` a tuple may contain None, which gives none_in_tuple.
    std::vector<arith::Index> each(std::string_view name, std::optional<arith::Index> otherwise,
                                   bool tuple_of_one = true, bool none = false) const;
    // The number that a value is, or nothing, where `about` fails with `why`. An open name counts as `stand_in`.
    arith::Index number(std::string_view about, const Value& value, const std::string& why,
                        arith::Index stand_in) const;
    bool note_open(std::string_view about, const Value& value, std::string example) const;

    const Module& call() const { return call_; }
    int rank() const { return rank_; }
    ReadingNotes& notes() const { return notes_; }
    struct Given {
        std::string name;
        Value value;
        TextSpan span;
    };
    const std::vector<Given>& given() const { return given_; }

  private:
    Module call_;
    int rank_;
    ReadingNotes& notes_;
    std::vector<Given> given_;
};

}  // namespace convloom::state
