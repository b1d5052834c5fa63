// The texts of many steps, each as what differs from the one before: lines that occur, each once, and for every step
// which of them change their place. It takes time in proportion to the lines, and room in proportion to the changes.
//
// What comes out is JSON that may stand inside an HTML <script> element.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace convloom::paint {

// JSON of a text.
void add_json_text(std::string& out, std::string_view text);

class StepLines {
  public:
    StepLines() = default;
    StepLines(const StepLines&) = delete;  // it refers to its own lines
    StepLines& operator=(const StepLines&) = delete;

    // The text of the next step, in lines that end in '\n'.
    void add(std::string_view text);

    // The lines that the first step does not have, in the order of their numbers, which follow those of the first
    // step's lines: a text, or [number of a line, characters kept at its begin, at its end, what is between].
    std::string lines() const { return "[" + written_ + "]"; }
    // Of every step after the first: [[place, lines to take out, numbers to put there…], …], for places in order.
    std::string steps() const { return "[" + steps_ + "]"; }
    int lines_of_first() const { return first_; }
    // Bytes of both.
    std::size_t size() const { return written_.size() + steps_.size(); }

  private:
    using Lines = std::vector<std::string_view>;
    struct Change {
        std::size_t place, out, from, in;  // in the step before and in the new one
    };
    class Changes;

    void add_first(const Lines& lines);
    int number_of(std::string_view line, int base);
    void write_part(std::string_view line, int base);
    int keep(std::string_view line);

    std::deque<std::string> all_;  // by number
    std::vector<int> same_;        // the first number that has the same line
    std::unordered_map<std::string_view, int> numbers_;
    std::vector<int> now_;  // the numbers of the latest step's lines
    std::string written_, steps_;
    int first_ = -1;
};

}  // namespace convloom::paint
