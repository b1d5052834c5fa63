#include "app/paint/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/paint/svg.hpp"
#include "convloom_steps_page.hpp"
#include "core/state/base/error.hpp"

namespace convloom::paint {
namespace html_page {
namespace {

using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;
using Numbers = std::vector<int>;

// "<path …></path>" for "<path …/>": as a browser gives the text of its own elements, so that the script can take the
// first step out of the page.
std::string with_end_tags(const std::string& svg) {
    std::string out;
    out.reserve(svg.size() + svg.size() / 8);
    constexpr std::string_view quote = "&quot;";  // needed in attributes only
    std::size_t name_at = 0;
    bool inside = false;  // a tag
    for (std::size_t n = 0; n < svg.size(); ++n) {
        if (svg[n] == '<') name_at = n + 1, inside = true;
        if (svg[n] == '>') inside = false;
        if (!inside && svg.compare(n, quote.size(), quote) == 0) {
            out += '"';
            n += quote.size() - 1;
            continue;
        }
        if (svg[n] == '/' && n + 1 < svg.size() && svg[n + 1] == '>') {
            const std::size_t end = svg.find_first_of(" />", name_at);
            out += "></" + svg.substr(name_at, end - name_at) + ">";
            ++n;
            inside = false;
        } else {
            out += svg[n];
        }
    }
    return out;
}

Lines lines_of(const std::string& text) {
    Lines lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool is_plain(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

// All lines that occur in any step, each once, and how each is written in the page.
class Pool {
  public:
    int first(const std::string& line) {
        // The script numbers the lines of the first step by their places, whether they repeat or not.
        all_.push_back(line);
        const int number = static_cast<int>(all_.size()) - 1;
        numbers_.emplace(line, number);
        return number;
    }

    // `base` is the line that stood in its place before, or -1.
    int number_of(const std::string& line, int base) {
        const auto found = numbers_.find(line);
        if (found != numbers_.end()) return found->second;
        const int number = static_cast<int>(all_.size());
        all_.push_back(line);
        numbers_.emplace(line, number);
        written_.push_back(base < 0 ? Json(line) : part_of(line, base));
        size_ +=
            written_.back().is_string() ? line.size() : 16 + written_.back()[3].get_ref<const std::string&>().size();
        return number;
    }

    const Json& written() const { return written_; }
    std::size_t size() const { return size_; }

  private:
    // Only ASCII is shared, since the script counts characters in another unit than bytes.
    Json part_of(const std::string& line, int base) const {
        const std::string& from = all_[static_cast<std::size_t>(base)];
        const std::size_t most = std::min(line.size(), from.size());
        std::size_t head = 0, tail = 0;
        while (head < most && line[head] == from[head] && is_plain(line[head])) ++head;
        while (tail < most - head && line[line.size() - 1 - tail] == from[from.size() - 1 - tail] &&
               is_plain(line[line.size() - 1 - tail]))
            ++tail;
        if (head + tail < 16) return Json(line);
        return Json::array({base, head, tail, line.substr(head, line.size() - head - tail)});
    }

    std::vector<std::string> all_;
    std::unordered_map<std::string, int> numbers_;
    Json written_ = Json::array();
    std::size_t size_ = 0;
};

// The changes from one step to the next, as [place, lines to take out, numbers to put there…], for places in order.
class Changes {
  public:
    Changes(const Numbers& before, const Lines& before_lines, const Lines& after, Pool& pool)
        : before_(before), old_(before_lines), new_(after), pool_(pool) {
        std::size_t head = 0, tail = 0;
        const std::size_t most = std::min(old_.size(), new_.size());
        while (head < most && old_[head] == new_[head]) ++head;
        while (tail < most - head && old_[old_.size() - 1 - tail] == new_[new_.size() - 1 - tail]) ++tail;
        between(head, old_.size() - tail, head, new_.size() - tail);
    }
    Json list = Json::array();
    Numbers after;

  private:
    static constexpr std::size_t most_compared = 1'000'000;  // pairs of lines

    // Replaces old lines from..to by new ones, line by line if there are as many, else by the longest common sequence.
    void between(std::size_t from, std::size_t to, std::size_t new_from, std::size_t new_to) {
        after = before_;
        const std::size_t n = to - from, m = new_to - new_from;
        if (n == m || n * m > most_compared) {
            std::size_t k = 0;
            while (k < std::min(n, m)) {
                if (n == m && old_[from + k] == new_[new_from + k]) {
                    ++k;
                    continue;
                }
                std::size_t end = k;
                while (end < std::min(n, m) && !(n == m && old_[from + end] == new_[new_from + end])) ++end;
                replace(from + k, end - k, new_from + k, end - k);
                k = end;
            }
            if (n != m) replace(from + k, n - k, new_from + k, m - k);
            return;
        }
        std::vector<int> longest((n + 1) * (m + 1), 0);
        auto at = [&](std::size_t i, std::size_t j) -> int& { return longest[i * (m + 1) + j]; };
        for (std::size_t i = n; i-- > 0;)
            for (std::size_t j = m; j-- > 0;)
                at(i, j) =
                    old_[from + i] == new_[new_from + j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        std::size_t i = 0, j = 0;
        while (i < n || j < m) {
            std::size_t i_end = i, j_end = j;
            while (i_end < n || j_end < m) {
                if (i_end < n && j_end < m && old_[from + i_end] == new_[new_from + j_end]) break;
                if (i_end < n && (j_end == m || at(i_end + 1, j_end) >= at(i_end, j_end + 1)))
                    ++i_end;
                else
                    ++j_end;
            }
            if (i_end > i || j_end > j) replace(from + i, i_end - i, new_from + j, j_end - j);
            i = i_end, j = j_end;
            while (i < n && j < m && old_[from + i] == new_[new_from + j]) ++i, ++j;
        }
    }

    void replace(std::size_t place, std::size_t out, std::size_t from, std::size_t in) {
        const std::size_t moved = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(place) + shift_);
        Json change = Json::array({moved, out});
        Numbers numbers;
        for (std::size_t k = 0; k < in; ++k) {
            const int base = k < out ? before_[place + k] : out > 0 ? before_[place + out - 1] : -1;
            numbers.push_back(pool_.number_of(new_[from + k], base));
            change.push_back(numbers.back());
        }
        after.erase(after.begin() + static_cast<std::ptrdiff_t>(moved),
                    after.begin() + static_cast<std::ptrdiff_t>(moved + out));
        after.insert(after.begin() + static_cast<std::ptrdiff_t>(moved), numbers.begin(), numbers.end());
        shift_ += static_cast<std::ptrdiff_t>(in) - static_cast<std::ptrdiff_t>(out);
        list.push_back(std::move(change));
    }

    const Numbers& before_;
    const Lines &old_, &new_;
    Pool& pool_;
    std::ptrdiff_t shift_ = 0;  // of places by the changes so far
};

// JSON that cannot end the element that it stands in.
std::string inside_script(const Json& json) {
    std::string text = json.dump(), out;
    for (const char c : text) out += c == '<' ? std::string("\\u003c") : std::string(1, c);
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
    return out;
}

std::string style(scene::Color ground) {
    std::string css(*embedded_page::file("page.css"));
    const std::string_view place = "@ground@";
    css.replace(css.find(place), place.size(), fmt::format("#{:02x}{:02x}{:02x}", ground.r, ground.g, ground.b));
    return css;
}

bool is_light(scene::Color c) {
    return c.r + c.g + c.b > 3 * 128;
}

}  // namespace
}  // namespace html_page

std::string to_html(std::size_t count, const std::function<scene::Scene(std::size_t)>& scene_at,
                    const HtmlOptions& options) {
    using namespace html_page;
    const scene::Language in = options.language;
    Pool pool;
    Json steps = Json::array();
    Lines lines;
    Numbers numbers;
    std::string first;
    scene::Color ground;
    for (std::size_t n = 0; n < count; ++n) {
        const scene::Scene scene = scene_at(n);
        const std::string svg = with_end_tags(to_svg(scene, {options.width, options.height, false, 0}));
        Lines now = lines_of(svg);
        if (n == 0) {
            ground = scene.background;
            for (const std::string& line : now) numbers.push_back(pool.first(line));
            first = svg.substr(0, svg.find_last_not_of('\n') + 1);
        } else {
            Changes changes(numbers, lines, now, pool);
            numbers = std::move(changes.after);
            steps.push_back(std::move(changes.list));
        }
        lines = std::move(now);
        if (pool.size() + first.size() > largest_html)
            throw Error(fmt::format("The page would take more than {} MB at step {} of {}; choose fewer steps.",
                                    largest_html >> 20, n + 1, count));
    }
    const Json data = {{"first", first.empty() ? 0 : std::count(first.begin(), first.end(), '\n') + 1},
                       {"rate", options.per_second},
                       {"words", {{"play", scene::tr(in, "Play")}, {"pause", scene::tr(in, "Pause")}}},
                       {"lines", pool.written()},
                       {"steps", steps}};
    auto button = [](const char* id, const char* sign, const std::string& says) {
        const std::string words = escaped(says);
        return fmt::format("<button id=\"{}\" aria-label=\"{}\" title=\"{}\">{}</button>\n", id, words, words, sign);
    };
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\"{}>\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n"
        "<body>\n<figure id=\"figure\">{}</figure>\n<div id=\"controls\" hidden>\n{}{}{}{}{}"
        "<input id=\"slider\" type=\"range\" min=\"0\" max=\"0\" value=\"0\" aria-label=\"{}\">\n<span "
        "id=\"count\"></span>\n{}</div>\n"
        "<p id=\"said\" aria-live=\"polite\"></p>\n<noscript><p>{}</p></noscript>\n"
        "<script type=\"application/json\" id=\"steps\">{}</script>\n<script>\n{}</script>\n</body>\n</html>\n",
        scene::name_of(in), is_light(ground) ? " class=\"turns\"" : "", escaped(options.title), style(ground), first,
        button("first", "«", scene::tr(in, "First step")), button("back", "‹", scene::tr(in, "Previous step")),
        button("play", "▶", scene::tr(in, "Play")), button("next", "›", scene::tr(in, "Next step")),
        button("end", "»", scene::tr(in, "Last step")), escaped(scene::tr(in, "Step")),
        button("shade", "◐", scene::tr(in, "Light or dark")),
        escaped(scene::tr(in, "This is the first step; the others need scripts, which are switched off here.")),
        inside_script(data), *embedded_page::file("page.js"));
}

}  // namespace convloom::paint
