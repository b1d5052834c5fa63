#include "app/paint/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "app/paint/steps/step_lines.hpp"
#include "app/paint/svg.hpp"
#include "convloom_steps_page.hpp"
#include "core/state/base/error.hpp"

namespace convloom::paint {
namespace html_page {
namespace {

// "<path …></path>" for "<path …/>": as a browser gives the text of its own elements, so that the script can take the
// first step out of the page.
void add_with_end_tags(std::string& out, std::string_view line) {
    constexpr std::string_view quote = "&quot;";  // needed in attributes only
    std::size_t name_at = 0;
    bool inside = false;  // a tag
    for (std::size_t n = 0; n < line.size(); ++n) {
        if (line[n] == '<') name_at = n + 1, inside = true;
        if (line[n] == '>') inside = false;
        if (!inside && line.compare(n, quote.size(), quote) == 0) {
            out += '"';
            n += quote.size() - 1;
        } else if (line[n] == '/' && n + 1 < line.size() && line[n + 1] == '>') {
            const std::size_t end = line.find_first_of(" />", name_at);
            out.append("></").append(line.substr(name_at, end - name_at)).append(">");
            ++n;
            inside = false;
        } else {
            out += line[n];
        }
    }
}

std::string with_end_tags(const std::string& svg) {
    std::string out;
    out.reserve(svg.size() + svg.size() / 8);
    const std::string_view all = svg;
    for (std::size_t at = 0, end = 0; at < all.size(); at = end) {
        end = std::min(all.find('\n', at), all.size() - 1) + 1;
        const std::string_view line = all.substr(at, end - at);
        // Most lines are one element alone.
        if (line.size() > 3 && line[0] == '<' && line.substr(line.size() - 3) == "/>\n" &&
            line.find('<', 1) == std::string_view::npos) {
            out.append(line.substr(0, line.size() - 3)).append("></");
            out.append(line.substr(1, line.find_first_of(" /") - 1)).append(">\n");
        } else {
            add_with_end_tags(out, line);
        }
    }
    return out;
}

void add_comma(std::string& json) {
    if (!json.empty()) json += ',';
}

// What the cells of all steps are, each text and each place of a grid once.
class Cells {
  public:
    void add(const std::vector<CellGrid>& grids) {
        std::string step;
        for (const CellGrid& grid : grids) {
            add_comma(step);
            step += fmt::format("[{},{}]", place_of(grid), texts_of(grid.texts));
        }
        add_comma(steps_);
        if (last_ && *last_ == step)
            steps_ += '0';  // the grids of the step before
        else
            steps_ += "[" + step + "]";
        last_ = std::move(step);
    }
    std::string json() const {
        return fmt::format("{{\"places\":[{}],\"texts\":[{}],\"steps\":[{}]}}", places_, texts_, steps_);
    }
    std::size_t size() const { return places_.size() + texts_.size() + steps_.size(); }

  private:
    std::size_t place_of(const CellGrid& g) {
        const scene::Affine& m = g.to_page;
        const std::string json = fmt::format("[{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{},{},{},{}]", m.xx, m.xy,
                                             m.x0, m.yx, m.yy, m.y0, g.left, g.top, g.columns, g.rows);
        const auto [found, added] = place_numbers_.emplace(json, place_numbers_.size());
        if (added) {
            add_comma(places_);
            places_ += json;
        }
        return found->second;
    }

    // [what all begin with, [the rest of each, or the number of the one that says the same, or 0 for no cell]]; and
    // where some are known only later, of each [value], [step].
    std::size_t texts_of(const std::shared_ptr<const CellTexts>& texts) {
        const auto [found, added] = text_numbers_.emplace(texts.get(), kept_.size());
        if (!added) return found->second;
        kept_.push_back(texts);
        const std::string begin = begin_of(*texts);
        const bool later =
            std::any_of(texts->cells.begin(), texts->cells.end(), [](const auto& one) { return one.since > 0; });
        std::unordered_map<std::string, std::size_t> places;  // counted from 1, since 0 is no cell
        std::size_t number = 0;
        std::string rest, values, since;
        for (const CellTexts::Text& one : texts->cells) {
            add_comma(rest);
            const std::string text = one.place.empty() ? "" : one.place.substr(begin.size()) + (later ? "" : one.value);
            const auto [before, is_new] = places.emplace(text, ++number);
            rest += one.place.empty() ? "0" : is_new ? quoted(text) : fmt::format("{}", before->second);
            if (!later) continue;
            add_comma(values);
            values += quoted(one.value);
            add_comma(since);
            since += fmt::format("{}", one.since);
        }
        add_comma(texts_);
        texts_ += fmt::format("[{},[{}]", quoted(begin), rest);
        if (later) texts_ += fmt::format(",[{}],[{}]", values, since);
        texts_ += ']';
        return found->second;
    }

    // What all texts begin with, in whole characters.
    static std::string begin_of(const CellTexts& texts) {
        const std::string* first = nullptr;
        std::size_t same = 0;
        for (const CellTexts::Text& one : texts.cells) {
            if (one.place.empty()) continue;
            if (!first) first = &one.place, same = one.place.size();
            std::size_t n = 0;
            while (n < std::min(same, one.place.size()) && one.place[n] == (*first)[n]) ++n;
            same = n;
        }
        if (!first) return "";
        while (same < first->size() && (static_cast<unsigned char>((*first)[same]) & 0xC0) == 0x80) --same;
        return first->substr(0, same);
    }

    static std::string quoted(const std::string& text) {
        std::string json;
        add_json_text(json, text);
        return json;
    }

    std::unordered_map<std::string, std::size_t> place_numbers_;
    std::unordered_map<const CellTexts*, std::size_t> text_numbers_;
    std::vector<std::shared_ptr<const CellTexts>> kept_;
    std::string places_, texts_, steps_;
    std::optional<std::string> last_;
};

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

std::string to_html(std::size_t count, const SceneAt& scene_at, const HtmlOptions& options,
                    const ReadingOf& reading_of) {
    using namespace html_page;
    const scene::Language in = options.language;
    StepLines lines;
    Cells cells;
    std::string first, sums;
    bool has_sums = false;
    scene::Color ground;
    for (std::size_t n = 0; n < count; ++n) {
        const scene::Scene scene = scene_at(n);
        const std::string svg = with_end_tags(to_svg(scene, {options.width, options.height, false, 0}));
        if (n == 0) {
            ground = scene.background;
            first = svg.substr(0, svg.find_last_not_of('\n') + 1);
        }
        lines.add(svg);
        if (reading_of) {
            const StepReading reading = reading_of(n, scene);
            cells.add(reading.grids);
            has_sums |= !reading.sum.empty();
            add_comma(sums);
            add_json_text(sums, reading.sum);
        }
        if (first.size() + lines.size() + cells.size() + sums.size() > largest_html)
            throw Error(fmt::format("The page would take more than {} MB at step {} of {}; choose fewer steps.",
                                    largest_html >> 20, n + 1, count));
    }
    std::string data =
        fmt::format("{{\"first\":{},\"rate\":{},\"words\":{{", lines.lines_of_first(), options.per_second);
    const auto word = [&](const char* key, const std::string& text) {
        data += fmt::format("{}\"{}\":", data.back() == '{' ? "" : ",", key);
        add_json_text(data, text);
    };
    word("play", scene::tr(in, "Play"));
    word("pause", scene::tr(in, "Pause"));
    word("later", scene::tr(in, ", not computed yet"));
    data += fmt::format("}},\"lines\":{},\"steps\":{},\"cells\":{},\"sums\":[{}]}}", lines.lines(), lines.steps(),
                        cells.json(), has_sums ? sums : "");
    auto button = [](const char* id, const char* sign, const std::string& says) {
        const std::string words = escaped(says);
        return fmt::format("<button id=\"{}\" aria-label=\"{}\" title=\"{}\">{}</button>\n", id, words, words, sign);
    };
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\" class=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n"
        "<body>\n<figure id=\"figure\">{}</figure>\n<div id=\"controls\" hidden>\n{}{}{}{}{}"
        "<input id=\"slider\" type=\"range\" min=\"0\" max=\"0\" value=\"0\" aria-label=\"{}\">\n<span "
        "id=\"count\"></span>\n{}</div>\n"
        "<div id=\"tip\" hidden></div>\n<p id=\"said\" aria-live=\"polite\"></p>\n<noscript><p>{}</p></noscript>\n"
        "<script type=\"application/json\" id=\"steps\">{}</script>\n<script>\n{}</script>\n</body>\n</html>\n",
        scene::name_of(in), is_light(ground) ? "turns" : "dark", escaped(options.title), style(ground), first,
        button("first", "«", scene::tr(in, "First step")), button("back", "‹", scene::tr(in, "Previous step")),
        button("play", "▶", scene::tr(in, "Play")), button("next", "›", scene::tr(in, "Next step")),
        button("end", "»", scene::tr(in, "Last step")), escaped(scene::tr(in, "Step")),
        (has_sums ? button("sum", "Σ", scene::tr(in, "Sum of this step")) : "") +
            button("shade", "◐", scene::tr(in, "Light or dark")),
        escaped(scene::tr(in, "This is the first step; the others need scripts, which are switched off here.")), data,
        *embedded_page::file("page.js"));
}

}  // namespace convloom::paint
