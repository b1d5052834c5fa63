#include "app/exporting/cell_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/paint/slide_shapes.hpp"
#include "core/scene/pointing/cell_facts.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::exporting {

using arith::Index;

CellReader::CellReader(const state::State& state, const std::vector<scene::Moment>& moments, std::size_t together)
    : has_cells_(state.view != scene::View::photo),
      recording_(has_cells_ ? state::recording_of(state) : state::places_of(state)), shown_{state.layer(),
                                                                                            {},
                                                                                            state.shown},
      language_(state.language), moments_(moments), together_(together) {}

paint::StepReading CellReader::reading(std::size_t n, const scene::Scene& scene) {
    paint::StepReading reading;
    if (!has_cells_) return reading;
    const std::size_t first = n * together_, end = std::min(first + together_, moments_.size());
    const Index channel = recording_.step(moments_[first].step).channel;
    shown_.moment = moments_[first];
    if (channel == recording_.step(moments_[end - 1].step).channel)
        for (const scene::PointablePlane& plane : scene::pointable_planes(scene, shown_))
            if (auto texts = texts_of(plane, channel))
                reading.grids.push_back(
                    {plane.plane->to_page, plane.left, plane.top, plane.rows, plane.columns, std::move(texts)});
    if (!paint::written_sum(scene).empty()) return reading;
    for (std::size_t m = first; m < end; ++m) {
        const std::string sum = sum_of(moments_[m]);
        reading.sum += (reading.sum.empty() || sum.empty() ? "" : "; ") + sum;
    }
    return reading;
}

std::string CellReader::sum_of(const scene::Moment& moment) const {
    if (moment.tap >= 0) return "";
    const arith::Step step = recording_.step(moment.step);
    const Index products = recording_.tap_count(step);
    if (products <= most_products) {
        // As figures write it, with signs in place of the letters of a program.
        std::string text = scene::sum_text(recording_, moment.step).value_or("");
        std::string written;
        for (const char c : text) written += c == '*' ? "·" : c == '-' ? "−" : std::string(1, c);
        return written;
    }
    return scene::trn(language_, {{products, "product"}}, "{} products, together {}", scene::count_text(products),
                      scene::number_text(recording_.value(step), 6));
}

std::shared_ptr<const paint::CellTexts> CellReader::texts_of(const scene::PointablePlane& plane, Index channel) {
    if (plane.rows <= 0 || plane.columns <= 0) return nullptr;
    const int bottom = plane.top + plane.rows - 1, right = plane.left + plane.columns - 1;
    const auto first = plane.at(plane.top, plane.left), last = plane.at(bottom, right);
    for (const Known& known : known_)
        if (known.role == plane.plane->role && known.left == plane.left && known.top == plane.top &&
            known.rows == plane.rows && known.columns == plane.columns && known.channel == channel &&
            known.first == first && known.last == last)
            return known.texts;
    const std::size_t count = static_cast<std::size_t>(plane.rows) * static_cast<std::size_t>(plane.columns);
    std::shared_ptr<const paint::CellTexts> texts;
    if (cells_ + count <= most_cells) {
        cells_ += count;
        paint::CellTexts made;
        for (int row = plane.top; row <= bottom; ++row)
            for (int column = plane.left; column <= right; ++column) {
                const auto cell = plane.at(row, column);
                made.cells.push_back(cell ? text_of(*cell) : paint::CellTexts::Text{});
            }
        // Another channel's step may show the same cells, such as the whole input.
        for (const Known& known : known_)
            if (known.texts && known.texts->cells == made.cells) texts = known.texts;
        if (!texts) texts = std::make_shared<const paint::CellTexts>(std::move(made));
    }
    known_.push_back(
        {plane.plane->role, plane.left, plane.top, plane.rows, plane.columns, first, last, channel, texts});
    return texts;
}

paint::CellTexts::Text CellReader::text_of(const scene::Pointed& at) const {
    if (at.cell.part != arith::Part::output)
        return {scene::words(recording_, shown_.moment, at, language_).cell, "", 0};
    const Index step = recording_.step_at(at.cell.channel, at.cell.at);
    const auto shows = [step](const scene::Moment& moment) {
        return moment.step > step || (moment.step == step && moment.tap < 0);
    };
    const auto since = std::find_if(moments_.begin(), moments_.end(), shows);
    const auto index = static_cast<std::size_t>(since - moments_.begin());
    const std::size_t figures = (moments_.size() + together_ - 1) / together_;
    return {scene::output_place(recording_.layer(), at, language_),
            fmt::format(" = {}", scene::number_text(scene::value_of(recording_, at), 6)),
            since == moments_.end() ? figures : index / together_};
}

}  // namespace convloom::exporting
