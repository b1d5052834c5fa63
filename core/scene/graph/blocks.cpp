#include "core/scene/graph/blocks.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "core/scene/graph/box_words.hpp"
#include "core/scene/graph/layers.hpp"

namespace convloom::scene {
namespace {

constexpr std::size_t longest_unit = 5, longest_period = 4;

using BoxList = std::vector<int>;
// Parts of the network that follow each other, each connected with the next by one tensor.
using BoxSequence = std::vector<BoxList>;

class BlockFinder {
  public:
    BlockFinder(const BoxGraph& graph, const NetworkFigure& network)
        : graph_(graph), in_(graph.boxes.size()), out_(graph.boxes.size()) {
        for (std::size_t n = 0; n < graph.nets.size(); ++n) {
            out_[to_index(graph.nets[n].from)].push_back(static_cast<int>(n));
            for (const int to : graph.nets[n].to) in_[to_index(to)].push_back(static_cast<int>(n));
        }
        for (const GraphBox& box : graph.boxes) {
            loose_.push_back(signature_of(network, box, false));
            exact_.push_back(signature_of(network, box, true));
        }
        find_sequences();
        for (BoxSequence& sequence : sequences_) units_.push_back(units_of(sequence));
        number();
    }

    int count() const { return static_cast<int>(numbers_.size()); }

    // Repeats on the main line or beside it become one: those that are equal, or all that are alike.
    std::vector<BoxGroup> repeats(bool main, bool alike, const OpenBlocks& opened) const {
        std::vector<BoxGroup> groups;
        for (std::size_t s = main ? 0 : main_sequences_; s < (main ? main_sequences_ : units_.size()); ++s) {
            const BoxSequence& units = units_[s];
            for (std::size_t n = 0; n < units.size();) {
                if (is_open(units[n], opened)) {
                    ++n;
                    continue;
                }
                const auto [period, times] = period_at(units, n, alike, opened);
                BoxGroup group;
                for (std::size_t k = 0; k < period * times; ++k) {
                    group.boxes.insert(group.boxes.end(), units[n + k].begin(), units[n + k].end());
                    if (k + 1 == period) group.first = group.boxes.size();
                    if (const int block = number_of(units[n + k]); block > 0) {
                        if (group.as.number == 0) group.as.number = block;
                        group.as.last_number = block;
                    }
                }
                n += period * times;
                group.as.kind = BoxKind::block;
                group.as.times = static_cast<int>(times);
                if (group.boxes.size() > 1) groups.push_back(std::move(group));
            }
        }
        return groups;
    }

    // Whole chains beside the main line become one each, then all that branches.
    std::vector<BoxGroup> all_of(bool branching, const OpenBlocks& opened) const {
        std::vector<BoxGroup> groups;
        const auto add = [&](const BoxList& boxes) {
            if (boxes.size() < 2 || std::any_of(boxes.begin(), boxes.end(), [&](int b) { return is_end(b); })) return;
            groups.push_back({boxes, {.kind = BoxKind::block}, boxes.size()});
        };
        for (const BoxList& segment : segments_)
            if (branching && !holds_open(segment, opened)) add(segment);
        if (branching) return groups;
        for (std::size_t s = main_sequences_; s < sequences_.size(); ++s) {
            BoxList chain;
            for (const BoxList& one : sequences_[s]) chain.insert(chain.end(), one.begin(), one.end());
            if (!holds_open(chain, opened)) add(chain);
        }
        return groups;
    }

  private:
    bool is_end(int box) const {
        const BoxKind kind = graph_.boxes[to_index(box)].kind;
        return kind == BoxKind::input || kind == BoxKind::output;
    }

    // The main line is cut behind every box below which only one tensor is needed.
    void find_sequences() {
        std::vector<int> begun(graph_.boxes.size() + 1, 0);  // how many more tensors are needed below a box than above
        for (const GraphNet& net : graph_.nets) {
            ++begun[to_index(net.from)];
            --begun[to_index(net.to.back())];
        }
        BoxList segment;
        int live = 0;
        for (std::size_t b = 0; b < graph_.boxes.size(); ++b) {
            segment.push_back(static_cast<int>(b));
            live += begun[b];
            if (live > 1) continue;
            segments_.push_back(segment);
            segment.clear();
        }
        if (!segment.empty()) segments_.push_back(segment);
        std::map<std::string, int> seen;
        for (const BoxList& one : segments_)
            if (one.size() > 1) ++seen[signature(one, false)];
        for (const auto& [text, times] : seen)
            if (times > 1) repeated_.insert(text);
        BoxSequence sequence;
        for (const BoxList& one : segments_) {
            if (std::none_of(one.begin(), one.end(), [&](int b) { return is_end(b); })) {
                sequence.push_back(one);
                continue;
            }
            sequences_.push_back(std::move(sequence));
            sequence.clear();
        }
        sequences_.push_back(std::move(sequence));
        main_sequences_ = sequences_.size();
        for (const BoxList& one : segments_)
            if (one.size() > 1 && repeated_.count(signature(one, false)) == 0) find_chains(one);
    }

    // The boxes of a part that follow each other without a branch.
    void find_chains(const BoxList& segment) {
        std::set<int> done;
        for (const int begin : segment) {
            BoxSequence chain;
            for (int box = begin; box >= 0 && !is_end(box) && done.insert(box).second; box = only_follower(box))
                chain.push_back({box});
            if (chain.size() > 1) sequences_.push_back(std::move(chain));
        }
    }
    int only_follower(int box) const {
        if (out_[to_index(box)].size() != 1) return -1;
        const GraphNet& net = graph_.nets[to_index(out_[to_index(box)][0])];
        return net.to.size() == 1 && in_[to_index(net.to[0])].size() == 1 ? net.to[0] : -1;
    }

    // The same for parts that consist of the same boxes, connected in the same way.
    std::string signature(const BoxList& boxes, bool exactly) const {
        std::string text;
        for (const int box : boxes) {
            text += (exactly ? exact_ : loose_)[to_index(box)] + "<";
            for (const int net : in_[to_index(box)]) {
                const auto from = std::find(boxes.begin(), boxes.end(), graph_.nets[to_index(net)].from);
                text += from == boxes.end() ? "-" : std::to_string(from - boxes.begin());
                text += ",";
            }
            text += ">";
        }
        return text;
    }
    // How often the parts from one place on come again directly, `period` at a time.
    template <class Signature>
    static std::size_t times_of(const BoxSequence& parts, std::size_t begin, std::size_t period,
                                Signature signature_of) {
        std::size_t times = 1;
        while (begin + (times + 1) * period <= parts.size()) {
            for (std::size_t k = 0; k < period; ++k)
                if (signature_of(parts[begin + k]) != signature_of(parts[begin + times * period + k])) return times;
            ++times;
        }
        return times;
    }

    // Parts that repeat alike, with at most one that branches, at their end.
    BoxSequence units_of(const BoxSequence& parts) const {
        const auto loose = [&](const BoxList& one) { return signature(one, false); };
        BoxSequence units;
        for (std::size_t n = 0; n < parts.size();) {
            std::size_t best_period = 1, best_cover = 1;
            for (std::size_t period = 2; period <= longest_unit && n + 2 * period <= parts.size(); ++period) {
                if (parts[n + period - 2].size() > 1) break;
                const std::size_t times = times_of(parts, n, period, loose);
                if (times > 1 && times * period > best_cover && !repeats_inside(parts, n, period)) {
                    best_cover = times * period;
                    best_period = period;
                }
            }
            for (std::size_t k = 0; k < best_cover; k += best_period) {
                BoxList unit;
                for (std::size_t j = 0; j < best_period; ++j)
                    unit.insert(unit.end(), parts[n + k + j].begin(), parts[n + k + j].end());
                units.push_back(std::move(unit));
            }
            n += best_cover;
        }
        return units;
    }
    // Whether all parts of a unit are alike, so that each is a unit by itself.
    bool repeats_inside(const BoxSequence& parts, std::size_t begin, std::size_t period) const {
        for (std::size_t k = 1; k < period; ++k)
            if (signature(parts[begin + k], false) != signature(parts[begin], false)) return false;
        return true;
    }

    void number() {
        std::set<int> first_boxes;
        for (const BoxSequence& units : units_)
            for (const BoxList& unit : units)
                if (unit.size() > 1 && (repeated_.count(signature(unit, false)) > 0 || is_run(unit)))
                    first_boxes.insert(unit.front());
        for (const int box : first_boxes) numbers_[box] = static_cast<int>(numbers_.size()) + 1;
    }
    // A unit that is no part by itself was made because it repeats.
    bool is_run(const BoxList& unit) const {
        return std::find(segments_.begin(), segments_.end(), unit) == segments_.end();
    }
    int number_of(const BoxList& unit) const {
        const auto found = numbers_.find(unit.front());
        return found == numbers_.end() || unit.size() == 1 ? 0 : found->second;
    }
    bool holds_row(const BoxList& boxes, const OpenBlocks& opened) const {
        return !opened.rows.empty() && std::any_of(boxes.begin(), boxes.end(), [&](int box) {
            const std::vector<int>& rows = graph_.boxes[to_index(box)].rows;
            return std::any_of(rows.begin(), rows.end(), [&](int row) { return opened.rows.count(row) > 0; });
        });
    }
    bool is_open(const BoxList& unit, const OpenBlocks& opened) const {
        const int block = number_of(unit);
        return (unit.size() > 1 && block == 0) || opened.blocks.count(block) > 0 || holds_row(unit, opened);
    }
    bool holds_open(const BoxList& boxes, const OpenBlocks& opened) const {
        return holds_row(boxes, opened) || std::any_of(boxes.begin(), boxes.end(), [&](int box) {
                   const auto found = numbers_.find(box);
                   return found != numbers_.end() && opened.blocks.count(found->second) > 0;
               });
    }

    // The period that covers most, and how often it comes.
    std::pair<std::size_t, std::size_t> period_at(const BoxSequence& units, std::size_t begin, bool alike,
                                                  const OpenBlocks& opened) const {
        std::size_t period = 1, times = 1;
        for (std::size_t p = 1; p <= longest_period && begin + 2 * p <= units.size(); ++p) {
            if (is_open(units[begin + p - 1], opened)) break;
            // Several units in a row repeat only if they are equal; otherwise it would hardly be said what they are.
            const bool exactly = !alike || p > 1;
            std::size_t count = times_of(units, begin, p, [&](const BoxList& one) {
                return is_open(one, opened) ? "open " + std::to_string(one.front()) : signature(one, exactly);
            });
            // Two single layers are no longer than the box that says so.
            const bool single = p == 1 && units[begin].size() == 1;
            if (count < (single ? 3U : 2U)) count = 1;
            if (count > 1 && count * p > times * period) {
                period = p;
                times = count;
            }
        }
        return {period, times};
    }

    const BoxGraph& graph_;
    std::vector<std::vector<int>> in_, out_;  // nets
    std::vector<std::string> loose_, exact_;  // signatures of boxes
    std::vector<BoxList> segments_;           // of the main line
    std::set<std::string> repeated_;          // signatures of those that branch and come again
    std::vector<BoxSequence> sequences_, units_;
    std::size_t main_sequences_ = 0;  // the others are chains beside the main line
    std::map<int, int> numbers_;      // of blocks, by their first boxes
};

}  // namespace

std::vector<BoxGraph> reductions(const BoxGraph& graph, const NetworkFigure& network, const OpenBlocks& opened) {
    const BlockFinder finder(graph, network);
    std::vector<BoxGraph> all{graph};
    // Of groups that overlap the first stays.
    using Lists = std::vector<std::vector<BoxGroup>>;
    const auto add = [&](Lists lists) {
        std::vector<BoxGroup> groups;
        std::set<int> taken;
        for (std::vector<BoxGroup>& list : lists)
            for (BoxGroup& group : list) {
                if (std::any_of(group.boxes.begin(), group.boxes.end(), [&](int b) { return taken.count(b) > 0; }))
                    continue;
                taken.insert(group.boxes.begin(), group.boxes.end());
                groups.push_back(std::move(group));
            }
        all.push_back(grouped(graph, groups, network));
    };
    for (const bool alike : {false, true})
        add({finder.repeats(true, alike, opened), finder.repeats(false, alike, opened)});
    const std::vector<BoxGroup> main = finder.repeats(true, true, opened), beside = finder.repeats(false, true, opened),
                                chains = finder.all_of(false, opened);
    add({main, chains, beside});
    add({main, finder.all_of(true, opened), chains, beside});
    return all;
}

int block_count(const BoxGraph& graph, const NetworkFigure& network) {
    return BlockFinder(graph, network).count();
}

BoxGraph cut_at(const BoxGraph& graph, const NetworkFigure& network, int layer) {
    NetGraph plain;
    plain.boxes.resize(graph.boxes.size());
    for (const GraphNet& net : graph.nets) plain.nets.push_back({net.from, 0, 1, net.to, 0});
    const std::vector<int> ranks = ranks_of(plain);
    BoxGroup rest{{}, {.kind = BoxKind::rest}, 0};
    for (std::size_t b = 0; b < ranks.size(); ++b)
        if (ranks[b] >= layer) rest.boxes.push_back(static_cast<int>(b));
    return rest.boxes.empty() ? graph : grouped(graph, {rest}, network);
}

}  // namespace convloom::scene
