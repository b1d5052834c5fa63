// Puts the layers that code makes in a row: the work behind read_layers(), without the code around them.
//
// The Reader knows the shape at every place, so that layers that leave their channels open can take them from it.
// Layers that only fit beside others, such as the branches of a block, are told by their channels (reader_blocks.cpp).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/state/frameworks/torch_layers.hpp"
#include "core/state/words/reading.hpp"

namespace convloom::state {

// The first layer has another rank than the input.
class RankFault : public CodeFault {
  public:
    RankFault(const std::string& sentence, TextSpan where, int rank) : CodeFault(sentence, where), rank_(rank) {}
    int rank() const { return rank_; }

  private:
    int rank_;
};

class Reader {
  public:
    Reader(const CodeRun& code, const arith::Shape& input) : code_(code), shape_(input), channels_(input[0]) {
        reading_.input = input;
        history_.push_back(input);
    }
    Reading read();

  private:
    // A layer's channels do not fit those that it receives.
    class Misfit : public CodeFault {
      public:
        using CodeFault::CodeFault;
    };
    // Where layers begin that stand beside each other.
    struct Place {
        arith::Shape shape;
        arith::Index channels = 0;
    };
    // What the outputs of the branches of a block add up to.
    struct Branches {
        arith::Index channels = 0;
        std::string names;
        bool joined_by_name = false;
    };

    void visit(const Module& module, const std::string& label);
    bool visit_sliding(const Module& module);
    bool visit_between(const Module& module);
    void visit_unknown(const Module& module);
    void visit_children(const Module& module);
    void visit_block(const Module& module, const std::string& label);
    // Whether there was a shortcut beside the row.
    bool visit_row(const std::vector<Module::Child>& children, bool by_name);
    void visit_child(const Module::Child& child);

    void unfold_input(const Module& module, const TorchLayer& torch);
    void add_layer(arith::Layer layer, const Arguments& in);
    void add_between(arith::Between between, TextSpan where);
    void flatten_before(const Module& linear);
    void take_comment(const std::string& comment);
    void follow();  // sets the shape to that after the last layer and what follows it
    void count(TextSpan where);

    // The channels that the first layer of a module asks for; nothing if it takes any.
    std::optional<arith::Index> wanted(const Module& module, int depth = 0) const;
    // Makes the channels fit those that a child wants, by a joint or by going back to an earlier place; true if the
    // child was read as a branch.
    bool fit(const Module::Child& child, arith::Index channels, const std::vector<Place>& places, bool by_name);
    bool branch(const Module::Child& child, const Place& from);
    void join(arith::Index channels, TextSpan where);

    const CodeRun& code_;
    ReadingNotes notes_;
    Reading reading_;
    arith::Shape shape_;     // of what comes; empty where a layer before cannot be computed
    arith::Index channels_;  // of what comes
    std::vector<arith::Shape> history_;
    std::optional<Branches> branches_;
    bool after_joint_ = false;  // torch.cat was called
    bool has_blocks_ = false;   // in which data may take a second way
    int blocks_ = 0, count_ = 0, weights_ = 0;
};

}  // namespace convloom::state
