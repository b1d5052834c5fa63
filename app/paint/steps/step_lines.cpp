#include "app/paint/steps/step_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace convloom::paint {
namespace {

bool is_plain(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

void add_int(std::string& out, std::size_t number) {
    const fmt::format_int text(number);
    out.append(text.data(), text.size());
}

}  // namespace

void add_json_text(std::string& out, std::string_view text) {
    const std::string json = nlohmann::json(text).dump();
    for (std::size_t n = 0; n < json.size(); ++n) {
        const char next = n + 1 < json.size() ? json[n + 1] : ' ';
        // "</script" would end the element, and "<!--" begin a comment in it.
        if (json[n] == '<' && next == '!')
            out += "\\u003c";
        else if (json[n] == '<' && next == '/')
            out += "<\\";
        else
            out += json[n];
    }
}

// The lines that differ between two steps, by their numbers; equal lines have equal numbers, lines that never occurred
// have -1.
class StepLines::Changes {
  public:
    Changes(std::vector<int> before, std::vector<int> after) : before_(std::move(before)), after_(std::move(after)) {}

    // `at` is added to all places.
    std::vector<Change> found(std::size_t at) {
        const std::size_t n = before_.size(), m = after_.size();
        std::vector<Change> in_place;
        if (n == m) {
            in_place = place_by_place();
            std::size_t lines = 0;
            for (const Change& one : in_place) lines += one.in;
            if (lines <= few) return moved(in_place, at);
        }
        std::vector<Change> shortest;
        if (shortest_script(shortest)) return moved(shortest, at);
        if (n != m) in_place = {{0, n, 0, m}};
        return moved(in_place, at);
    }

  private:
    static constexpr std::size_t few = 40;
    static constexpr int most_edits = 400;  // lines taken out and put in that are looked for

    static std::vector<Change> moved(std::vector<Change> changes, std::size_t at) {
        for (Change& one : changes) one.place += at, one.from += at;
        return changes;
    }

    std::vector<Change> place_by_place() const {
        std::vector<Change> changes;
        for (std::size_t k = 0; k < before_.size(); ++k) {
            if (before_[k] == after_[k]) continue;
            if (!changes.empty() && changes.back().place + changes.back().out == k)
                ++changes.back().out, ++changes.back().in;
            else
                changes.push_back({k, 1, k, 1});
        }
        return changes;
    }

    // Myers's algorithm: how far down one gets with d edits on each diagonal, for growing d.
    bool shortest_script(std::vector<Change>& changes) const {
        const int n = static_cast<int>(before_.size()), m = static_cast<int>(after_.size());
        const int most = std::min(most_edits, n + m);
        std::vector<int> reach(static_cast<std::size_t>(2 * most + 3), 0);
        std::vector<std::vector<int>> trace;  // `reach` before each d, from diagonal -d to d
        const auto at = [&](int k) -> int& { return reach[static_cast<std::size_t>(k + most + 1)]; };
        for (int d = 0; d <= most; ++d) {
            trace.emplace_back(reach.begin() + (most - d), reach.begin() + (most + d + 3));
            for (int k = -d; k <= d; k += 2) {
                int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                while (x < n && x - k < m &&
                       before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(x - k)])
                    ++x;
                at(k) = x;
                if (x >= n && x - k >= m) {
                    changes = walked_back(trace, n, m);
                    return true;
                }
            }
        }
        return false;
    }

    static std::vector<Change> walked_back(const std::vector<std::vector<int>>& trace, int x, int y) {
        std::vector<Change> changes;  // the last one first
        for (int d = static_cast<int>(trace.size()) - 1; d > 0; --d) {
            const auto at = [&](int k) {
                return trace[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d + 1)];
            };
            const int k = x - y;
            const bool puts_in = k == -d || (k != d && at(k - 1) < at(k + 1));
            const int from_x = puts_in ? at(k + 1) : at(k - 1), from_y = from_x - (puts_in ? k + 1 : k - 1);
            const auto place = static_cast<std::size_t>(from_x), from = static_cast<std::size_t>(from_y);
            Change* last = changes.empty() ? nullptr : &changes.back();
            const std::size_t out = puts_in ? 0 : 1, in = puts_in ? 1 : 0;
            if (last && last->place == place + out && last->from == from + in)
                *last = {place, last->out + out, from, last->in + in};
            else
                changes.push_back({place, out, from, in});
            x = from_x, y = from_y;
        }
        std::reverse(changes.begin(), changes.end());
        return changes;
    }

    std::vector<int> before_, after_;
};

int StepLines::keep(std::string_view line) {
    const int number = static_cast<int>(all_.size());
    all_.emplace_back(line);
    same_.push_back(numbers_.emplace(all_.back(), number).first->second);
    return number;
}

void StepLines::add_first(const Lines& lines) {
    // The script numbers the lines of the first step by their places, whether they repeat or not.
    for (const std::string_view line : lines) now_.push_back(keep(line));
    first_ = static_cast<int>(now_.size());
}

// `base` is the number of a line that is probably alike.
int StepLines::number_of(std::string_view line, int base) {
    const auto found = numbers_.find(line);
    if (found != numbers_.end()) return found->second;
    if (!written_.empty()) written_ += ',';
    write_part(line, base);
    return keep(line);
}

// Only ASCII is shared, since the script counts characters in another unit than bytes.
void StepLines::write_part(std::string_view line, int base) {
    const std::string_view from = all_[static_cast<std::size_t>(base)];
    const std::size_t most = std::min(line.size(), from.size());
    std::size_t head = 0, tail = 0;
    while (head < most && line[head] == from[head] && is_plain(line[head])) ++head;
    while (tail < most - head && line[line.size() - 1 - tail] == from[from.size() - 1 - tail] &&
           is_plain(line[line.size() - 1 - tail]))
        ++tail;
    if (head + tail < 16) return add_json_text(written_, line);
    written_ += '[';
    for (const std::size_t number : {static_cast<std::size_t>(base), head, tail}) {
        add_int(written_, number);
        written_ += ',';
    }
    add_json_text(written_, line.substr(head, line.size() - head - tail));
    written_ += ']';
}

void StepLines::add(std::string_view text) {
    Lines lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    if (first_ < 0) return add_first(lines);

    const auto line_now = [&](std::size_t n) -> std::string_view { return all_[static_cast<std::size_t>(now_[n])]; };
    const std::size_t most = std::min(now_.size(), lines.size());
    std::size_t head = 0, tail = 0;
    while (head < most && line_now(head) == lines[head]) ++head;
    while (tail < most - head && line_now(now_.size() - 1 - tail) == lines[lines.size() - 1 - tail]) ++tail;

    std::vector<int> before, after;
    for (std::size_t n = head; n < now_.size() - tail; ++n) before.push_back(same_[static_cast<std::size_t>(now_[n])]);
    std::size_t near = head;  // where the next line probably stood
    for (std::size_t n = head; n < lines.size() - tail; ++n) {
        std::optional<int> number;
        for (const std::size_t place : {near, near + 1, near - (near > 0)})
            if (!number && place < now_.size() && line_now(place) == lines[n]) {
                number = same_[static_cast<std::size_t>(now_[place])];
                near = place;
            }
        ++near;
        if (!number) {
            const auto found = numbers_.find(lines[n]);
            number = found == numbers_.end() ? -1 : found->second;
        }
        after.push_back(*number);
    }

    const std::vector<int> old = now_;
    now_.clear();
    steps_ += steps_.empty() ? "[" : ",[";
    std::size_t copied = 0;  // of the old lines
    for (const Change& one : Changes(std::move(before), std::move(after)).found(head)) {
        now_.insert(now_.end(), old.begin() + static_cast<std::ptrdiff_t>(copied),
                    old.begin() + static_cast<std::ptrdiff_t>(one.place));
        copied = one.place + one.out;
        if (steps_.back() != '[') steps_ += ',';
        steps_ += '[';
        add_int(steps_, now_.size());
        steps_ += ',';
        add_int(steps_, one.out);
        for (std::size_t k = 0; k < one.in; ++k) {
            // The line in its place, or the last one that goes, or the one before.
            const std::size_t base = one.out > 0 ? one.place + std::min(k, one.out - 1) : one.place - (one.place > 0);
            now_.push_back(number_of(lines[one.from + k], old[std::min(base, old.size() - 1)]));
            steps_ += ',';
            add_int(steps_, static_cast<std::size_t>(now_.back()));
        }
        steps_ += ']';
    }
    now_.insert(now_.end(), old.begin() + static_cast<std::ptrdiff_t>(copied), old.end());
    steps_ += ']';
}

}  // namespace convloom::paint
