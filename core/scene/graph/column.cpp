#include "core/scene/graph/column.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/scene/graph/column_places.hpp"
#include "core/scene/graph/tracks.hpp"

namespace convloom::scene {
namespace {

constexpr double net_half_px = 2, label_gap_px = 5, port_margin_px = 10, port_gap_px = 12;
constexpr int chain_weight = 6, pass_weight = 5, end_weight = 3, side_weight = 2;

class ColumnMaker {
  public:
    ColumnMaker(const NetGraph& graph, const GraphLayers& layers, int first, int last, double label_px, bool tight)
        : graph_(graph), layers_(layers), first_(first), last_(last), label_px_(label_px), tight_(tight) {
        add_rows();
        add_links();
        place_items(rows_, links_);
        shift();
    }

    GraphColumn made() {
        double y = 0;
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            double high = 0;
            for (const ColumnItem& one : rows_[r])
                if (one.item.box >= 0) high = std::max(high, size(one.item.box).height);
            add_row(r, y, high);
            y += high;
            if (r + 1 < rows_.size()) y = add_gap(r, y);
        }
        column_.height = y;
        return std::move(column_);
    }

  private:
    const BoxSize& size(int box) const { return graph_.boxes[to_index(box)]; }

    // Relative to the middle of its box.
    double port_x(const Net& net) const {
        const double wide = size(net.from).width / net.ports;
        return net.ports == 1 ? 0 : wide * (net.port - (net.ports - 1) / 2.0) - wide / 4;
    }

    ColumnItem item_of(const LayerItem& item) const {
        ColumnItem made{item, net_half_px, net_half_px};
        if (item.box < 0) return made;
        made.left = made.right = size(item.box).width / 2;
        for (const Net& net : graph_.nets)
            if (net.from == item.box && net.label_width > 0)
                made.right = std::max(made.right, port_x(net) + label_gap_px + net.label_width - net_gap_px / 2);
        return made;
    }

    void add_rows() {
        if (first_ > 0) rows_.push_back(passing(first_ - 1));
        for (int l = first_; l <= last_; ++l) {
            rows_.emplace_back();
            for (const LayerItem& item : layers_.layers[to_index(l)]) rows_.back().push_back(item_of(item));
        }
        if (last_ + 1 < layers_.count()) rows_.push_back(passing(last_));
    }

    // The nets that are needed below a layer, in the order in which they leave it.
    std::vector<ColumnItem> passing(int layer) const {
        std::vector<ColumnItem> list;
        for (const LayerItem& item : layers_.layers[to_index(layer)]) {
            std::vector<int> nets;
            for (std::size_t n = 0; n < graph_.nets.size(); ++n)
                if (item.box >= 0 ? graph_.nets[n].from == item.box : item.net == static_cast<int>(n))
                    nets.push_back(static_cast<int>(n));
            std::sort(nets.begin(), nets.end(),
                      [&](int a, int b) { return graph_.nets[to_index(a)].port < graph_.nets[to_index(b)].port; });
            for (const int n : nets)
                if (layers_.passes(graph_.nets[to_index(n)], n, layer)) list.push_back(item_of({-1, n}));
        }
        return list;
    }

    int row_of_layer(int layer) const { return layer - first_ + (first_ > 0 ? 1 : 0); }
    bool critical(int box) const { return layers_.critical[to_index(box)]; }

    // Where a net stands in a row: its own place, or that of the box that it begins at.
    std::size_t place_of(std::size_t row, int net) const {
        for (std::size_t k = 0; k < rows_[row].size(); ++k) {
            const LayerItem& item = rows_[row][k].item;
            if (item.net == net || (item.box >= 0 && item.box == graph_.nets[to_index(net)].from)) return k;
        }
        return rows_[row].size();
    }

    void add_links() {
        std::vector<int> takes(graph_.boxes.size(), 0), main_takes(graph_.boxes.size(), 0);
        for (const Net& net : graph_.nets)
            for (const int to : net.to) {
                ++takes[to_index(to)];
                main_takes[to_index(to)] += is_main(net, to);
            }
        for (std::size_t r = 0; r + 1 < rows_.size(); ++r)
            for (std::size_t n = 0; n < graph_.nets.size(); ++n) {
                const int number = static_cast<int>(n);
                const std::size_t upper = place_of(r, number);
                if (upper == rows_[r].size()) continue;
                const Net& net = graph_.nets[n];
                const bool begins = rows_[r][upper].item.box >= 0;
                int mains = 0;
                for (const int to : net.to) mains += is_main(net, to);
                for (std::size_t k = 0; k < rows_[r + 1].size(); ++k) {
                    const LayerItem& lower = rows_[r + 1][k].item;
                    const bool ends = lower.box >= 0 && std::count(net.to.begin(), net.to.end(), lower.box) > 0;
                    if (!ends && lower.net != number) continue;
                    int weight = 0;
                    if (ends && is_main(net, lower.box))
                        weight = mains == 1 && main_takes[to_index(lower.box)] == 1 ? chain_weight : 0;
                    else if (ends)
                        weight = takes[to_index(lower.box)] == 1 && net.to.size() == 1 && !tight_ ? end_weight : 0;
                    else if (!begins)
                        weight = pass_weight;
                    else if (net.ports == 1)
                        weight = lower_goes_on(net, r + 1)       ? chain_weight
                                 : net.to.size() == 1 && !tight_ ? side_weight
                                                                 : 0;
                    links_.push_back({static_cast<int>(r), upper, k, number, weight});
                }
            }
    }
    // From one layer to the next along a longest path.
    bool is_main(const Net& net, int to) const {
        return net.ports == 1 && critical(net.from) && critical(to) &&
               layers_.rank[to_index(to)] == layers_.rank[to_index(net.from)] + 1;
    }
    // Whether a net that leaves the column here goes on as the chain in the next.
    bool lower_goes_on(const Net& net, std::size_t row) const {
        return static_cast<int>(row) == row_of_layer(last_) + 1 &&
               std::any_of(net.to.begin(), net.to.end(), [&](int to) { return is_main(net, to); });
    }

    void shift() {
        double least = 0, most = 0;
        bool begun = false;
        for (const auto& row : rows_)
            for (const ColumnItem& one : row) {
                least = begun ? std::min(least, one.x - one.left) : one.x - one.left;
                most = begun ? std::max(most, one.x + one.right) : one.x + one.right;
                begun = true;
            }
        for (auto& row : rows_)
            for (ColumnItem& one : row) one.x -= least;
        column_.width = most - least;
    }

    void add_row(std::size_t r, double y, double high) {
        const bool enters = first_ > 0 && r == 0, leaves = last_ + 1 < layers_.count() && r + 1 == rows_.size();
        for (const ColumnItem& one : rows_[r]) {
            if (one.item.box >= 0) {
                const BoxSize& box = size(one.item.box);
                column_.boxes.push_back(one.item.box);
                column_.places.push_back({one.x - box.width / 2, y + (high - box.height) / 2, box.width, box.height});
            } else if (enters || leaves) {
                (enters ? column_.entries : column_.exits).push_back({one.item.net, one.x});
            } else if (high > 0) {
                column_.lines.push_back({one.item.net, {{one.x, y}, {one.x, y + high}}, false});
            }
        }
    }

    // The lines between a row and the next; returns where that begins.
    double add_gap(std::size_t r, double y) {
        struct Way {
            int net;
            double top;  // where it begins: the bottom of a box may be above that of its row
            Crossway way;
            std::vector<const ColumnItem*> ends;
        };
        std::vector<Way> ways;
        std::map<std::size_t, std::vector<std::size_t>> arriving;  // ways by the places of boxes below
        bool labelled = false, arrives = false;
        std::map<int, std::size_t> way_of;
        for (const ColumnLink& link : links_) {
            if (link.row != static_cast<int>(r)) continue;
            const ColumnItem &upper = rows_[r][link.upper], &lower = rows_[r + 1][link.lower];
            if (way_of.count(link.net) == 0) {
                way_of[link.net] = ways.size();
                const Net& net = graph_.nets[to_index(link.net)];
                const bool begins = upper.item.box >= 0;
                const double top = begins ? bottom_of(upper.item.box) : y, x = upper.x + (begins ? port_x(net) : 0);
                ways.push_back({link.net, top, {x, {}}, {}});
                if (begins && net.label_width > 0) {
                    labelled = true;
                    column_.labels.push_back({link.net, {x + label_gap_px, top + label_px_ + label_drop_px}});
                }
            }
            Way& way = ways[way_of[link.net]];
            way.ends.push_back(&lower);
            way.way.lower.push_back(lower.x);
            if (lower.item.box < 0) continue;
            arrives = true;
            arriving[link.lower].push_back(way_of[link.net]);
        }
        for (auto& [place, from] : arriving) {
            const ColumnItem& box = rows_[r + 1][place];
            std::stable_sort(from.begin(), from.end(),
                             [&](std::size_t a, std::size_t b) { return ways[a].way.upper < ways[b].way.upper; });
            std::vector<double> wanted;
            for (const std::size_t way : from) wanted.push_back(ways[way].way.upper);
            const std::vector<double> ports = ports_of(size(box.item.box).width, box.x, wanted);
            for (std::size_t k = 0; k < from.size(); ++k) {
                Way& way = ways[from[k]];
                way.way.lower[to_index(
                    static_cast<int>(std::find(way.ends.begin(), way.ends.end(), &box) - way.ends.begin()))] = ports[k];
            }
        }
        std::vector<Crossway> crossways;
        for (Way& way : ways) {
            Crossway sorted = way.way;
            std::sort(sorted.lower.begin(), sorted.lower.end());
            crossways.push_back(std::move(sorted));
        }
        const std::vector<int> tracks = tracks_of(crossways);
        const int most = tracks.empty() ? -1 : *std::max_element(tracks.begin(), tracks.end());
        const double begin = y + above_tracks(labelled, label_px_), end = begin + track_px * (most < 0 ? 0 : most),
                     bottom = end + below_tracks(arrives);
        for (std::size_t w = 0; w < ways.size(); ++w)
            for (std::size_t k = 0; k < ways[w].ends.size(); ++k) {
                const Way& way = ways[w];
                const bool at_box = way.ends[k]->item.box >= 0;
                const double to = way.way.lower[k], stop = bottom + (at_box ? room_above(*way.ends[k], r + 1) : 0);
                NetLine line{way.net, {{way.way.upper, way.top}}, at_box};
                if (std::abs(to - way.way.upper) >= straight_px) {
                    const double track = begin + track_px * tracks[w];
                    line.points.push_back({way.way.upper, track});
                    line.points.push_back({to, track});
                }
                line.points.push_back({to, stop});
                column_.lines.push_back(std::move(line));
            }
        return bottom;
    }

    double bottom_of(int box) const {
        const auto found = std::find(column_.boxes.begin(), column_.boxes.end(), box);
        return column_.places[static_cast<std::size_t>(found - column_.boxes.begin())].bottom();
    }
    // How much lower a box begins than its row.
    double room_above(const ColumnItem& one, std::size_t row) const {
        double high = 0;
        for (const ColumnItem& other : rows_[row])
            if (other.item.box >= 0) high = std::max(high, size(other.item.box).height);
        return (high - size(one.item.box).height) / 2;
    }

    // Where lines from these places, ascending, arrive at a box: straight below if they can.
    static std::vector<double> ports_of(double width, double middle, std::vector<double> x) {
        const double margin = std::min(port_margin_px, width / 4), left = middle - width / 2 + margin,
                     right = middle + width / 2 - margin;
        const double gap = x.size() < 2 ? 0 : std::min(port_gap_px, (right - left) / static_cast<double>(x.size() - 1));
        for (std::size_t n = 0; n < x.size(); ++n) {
            const double least = n == 0 ? left : x[n - 1] + gap;
            x[n] = std::max(std::clamp(x[n], left, right), least);
        }
        for (std::size_t n = x.size(); n-- > 0;) x[n] = std::min(x[n], n + 1 == x.size() ? right : x[n + 1] - gap);
        return x;
    }

    const NetGraph& graph_;
    const GraphLayers& layers_;
    int first_, last_;
    double label_px_;
    bool tight_;
    std::vector<std::vector<ColumnItem>> rows_;
    std::vector<ColumnLink> links_;
    GraphColumn column_;
};

}  // namespace

GraphColumn column_of(const NetGraph& graph, const GraphLayers& layers, int first, int last, double label_px,
                      bool tight) {
    return ColumnMaker(graph, layers, first, last, label_px, tight).made();
}

}  // namespace convloom::scene
