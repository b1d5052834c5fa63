#include "core/scene/graph/layered.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace convloom::scene {
namespace {

constexpr double gutter_px = 16, column_gap_px = 14;
constexpr double least_part = 0.6;  // of the layers that fit in a column, to break where fewer lines go on
constexpr int balancing_rounds = 7;

class ColumnDivider {
  public:
    ColumnDivider(const NetGraph& graph, const GraphLayers& layers, double label_px, bool tight)
        : graph_(graph), layers_(layers), label_px_(label_px), tight_(tight) {
        for (int l = 0; l + 1 < layers_.count(); ++l) {
            int passing = 0;
            for (std::size_t n = 0; n < graph.nets.size(); ++n)
                passing += layers_.passes(graph.nets[n], static_cast<int>(n), l);
            passing_.push_back(passing);
        }
        std::vector<bool> labelled(graph.boxes.size(), false);
        for (const Net& net : graph.nets)
            if (net.label_width > 0) labelled[to_index(net.from)] = true;
        for (const auto& layer : layers_.layers) {
            double high = 0;
            bool labels = false, boxes = false;
            for (const LayerItem& item : layer) {
                if (item.box < 0) continue;
                boxes = true;
                labels = labels || labelled[to_index(item.box)];
                high = std::max(high, graph.boxes[to_index(item.box)].height);
            }
            heights_.push_back(high);
            above_.push_back(below_tracks(boxes));
            below_.push_back(above_tracks(labels, label_px));
        }
    }

    // Columns not higher than this and together not wider; none if there are no such.
    std::vector<GraphColumn> made(double width, double height) const {
        std::vector<GraphColumn> columns;
        double wide = 0;
        for (int first = 0; first < layers_.count();) {
            int last = first + at_most(first, height) - 1;
            std::optional<GraphColumn> column;
            for (; last >= first && !column; --last) {
                column = column_of(graph_, layers_, first, last, label_px_, tight_);
                if (high(*column) > height) column.reset();
            }
            if (!column) return {};
            if (const int better = best_break(first, ++last); better < last) {
                column = column_of(graph_, layers_, first, better, label_px_, tight_);
                last = better;
            }
            wide += column->width + (columns.empty() ? 0 : gutter(columns.back()));
            if (wide > width) return {};
            columns.push_back(std::move(*column));
            first = last + 1;
        }
        return columns;
    }

    static double ends_px(std::size_t ends) { return ends == 0 ? 0 : track_px * static_cast<double>(ends) + 2; }
    static double high(const GraphColumn& c) { return c.height + ends_px(c.entries.size()) + ends_px(c.exits.size()); }
    static double gutter(const GraphColumn& before) {
        return column_gap_px + gutter_px + track_px * static_cast<double>(before.exits.size());
    }

  private:
    // How many layers from this one on fit into a column, if all lines between them were straight; at least one.
    int at_most(int first, double height) const {
        double high = 0;
        int count = 0;
        while (first + count < layers_.count()) {
            high += heights_[to_index(first + count)];
            if (count > 0) high += below_[to_index(first + count - 1)] + above_[to_index(first + count)];
            if (count > 0 && high > height) break;
            ++count;
        }
        return count;
    }
    // The last layer of a column, at most this one, below which the fewest lines go on.
    int best_break(int first, int last) const {
        if (last + 1 >= layers_.count()) return last;
        int best = last;
        const int least = first + static_cast<int>(least_part * (last - first));
        for (int l = last - 1; l >= least; --l)
            if (passing_[to_index(l)] < passing_[to_index(best)]) best = l;
        return best;
    }

    const NetGraph& graph_;
    const GraphLayers& layers_;
    double label_px_;
    bool tight_;
    std::vector<int> passing_;                     // nets that go on below each layer
    std::vector<double> heights_, above_, below_;  // of each layer, and the least room around it
};

double total_width(const std::vector<GraphColumn>& columns) {
    double wide = 0;
    for (std::size_t c = 0; c < columns.size(); ++c)
        wide += columns[c].width + (c > 0 ? ColumnDivider::gutter(columns[c - 1]) : 0);
    return wide;
}

// From the exits of a column, whose layers end at `bottom`, to the entries of the next. The nets keep their order: the
// last one turns first and stays inside.
void go_on(LayeredDrawing& drawing, const GraphColumn& from, double left, double bottom, const GraphColumn& to,
           double next_left, double top) {
    const std::size_t count = from.exits.size();
    for (std::size_t n = 0; n < count; ++n) {
        const double inside = static_cast<double>(count - 1 - n),
                     lane = left + from.width + column_gap_px / 2 + gutter_px / 2 + track_px * inside,
                     under = bottom + track_px * (inside + 1), over = top + track_px * inside;
        const double out = left + from.exits[n].x, in = next_left + to.entries[n].x;
        drawing.lines.push_back({from.exits[n].net,
                                 {{out, bottom},
                                  {out, under},
                                  {lane, under},
                                  {lane, over},
                                  {in, over},
                                  {in, top + ColumnDivider::ends_px(count)}},
                                 false});
        drawing.onward.push_back({lane, (under + over) / 2});
    }
}

LayeredDrawing assembled(const NetGraph& graph, const std::vector<GraphColumn>& columns, const Rect& area) {
    LayeredDrawing drawing;
    drawing.boxes.resize(graph.boxes.size());
    drawing.columns = static_cast<int>(columns.size());
    for (const GraphColumn& column : columns) drawing.height = std::max(drawing.height, ColumnDivider::high(column));
    double left = area.x + (area.width - total_width(columns)) / 2;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const GraphColumn& column = columns[c];
        const double top = area.y + ColumnDivider::ends_px(column.entries.size());
        const auto moved = [&](Point p) { return Point{p.x + left, p.y + top}; };
        for (std::size_t n = 0; n < column.boxes.size(); ++n) {
            Rect box = column.places[n];
            box.x += left, box.y += top;
            drawing.boxes[to_index(column.boxes[n])] = box;
        }
        for (NetLine line : column.lines) {
            for (Point& p : line.points) p = moved(p);
            drawing.lines.push_back(std::move(line));
        }
        for (const auto& [net, place] : column.labels) drawing.labels.emplace_back(net, moved(place));
        if (c + 1 == columns.size()) break;
        const double next = left + column.width + ColumnDivider::gutter(column);
        go_on(drawing, column, left, top + column.height, columns[c + 1], next, area.y);
        left = next;
    }
    return drawing;
}

}  // namespace

bool may_fit(const NetGraph& graph, const Rect& area) {
    double covered = 0;
    for (const BoxSize& box : graph.boxes) {
        covered += box.width * box.height;
        if (box.width > area.width || box.height > area.height) return false;
    }
    return covered <= area.width * area.height;
}

std::optional<LayeredDrawing> lay_out(const NetGraph& graph, const GraphLayers& layers, const Rect& area,
                                      double label_px) {
    if (!may_fit(graph, area)) return {};
    std::optional<ColumnDivider> all;
    std::vector<GraphColumn> best;
    for (const bool tight : {false, true}) {
        all.emplace(graph, layers, label_px, tight);
        best = all->made(area.width, area.height);
        if (!best.empty()) break;
    }
    if (best.empty() && !graph.boxes.empty()) return {};
    // The lowest height that needs no more columns.
    double low = area.height / 3, high = area.height;
    for (int round = 0; round < balancing_rounds && best.size() > 1; ++round) {
        const double middle = (low + high) / 2;
        std::vector<GraphColumn> tried = all->made(area.width, middle);
        if (tried.empty() || tried.size() > best.size()) {
            low = middle;
        } else {
            high = middle;
            best = std::move(tried);
        }
    }
    return assembled(graph, best, area);
}

}  // namespace convloom::scene
