#include "core/scene/graph/box_texts.hpp"

#include <algorithm>
#include <string_view>

#include "core/scene/graph/box_words.hpp"
#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double widest_name_em = 12, widest_block_em = 22, label_room_px = 14;

double title_width(const std::string& text, const TextSizes& sizes) {
    return text_width(text, sizes.title, Weight::semibold);
}

// "64 → 64 · …layer0/conv/Conv": a name keeps its end, which tells it from others.
std::string with_end_of_name(const std::string& line, double width, double size) {
    if (text_width(line, size) <= width) return line;
    constexpr std::string_view divider = " · ", left_out = "…";
    const std::size_t divides = line.find(divider), begin = divides == line.npos ? 0 : divides + divider.size();
    std::string_view name = std::string_view(line).substr(begin);
    while (!name.empty()) {
        next_character(name);
        const std::string shorter = line.substr(0, begin).append(left_out).append(name);
        if (text_width(shorter, size) <= width) return shorter;
    }
    return shortened(line, width, size);
}

}  // namespace

MeasuredGraph measured(const NetworkFigure& network, const BoxGraph& graph, const TextSizes& sizes, Language language,
                       bool tersely) {
    MeasuredGraph made;
    double widest = 0, widest_block = 0;
    for (const GraphBox& box : graph.boxes) {
        made.lines.push_back(box_lines(network, box, language, tersely));
        const bool block = box.kind == BoxKind::block;
        double& wide = block ? widest_block : widest;
        if (box.rows.empty()) continue;
        const std::vector<std::string>& lines = made.lines.back();
        wide = std::max(wide, std::min(title_width(lines[0], sizes), widest_block_em * sizes.title));
        for (std::size_t n = 1; n < lines.size(); ++n)
            wide = std::max(wide, std::min(text_width(lines[n], sizes.small),
                                           (block ? widest_block_em : widest_name_em) * sizes.small));
    }
    for (std::size_t b = 0; b < graph.boxes.size(); ++b) {
        const GraphBox& box = graph.boxes[b];
        std::vector<std::string>& lines = made.lines[b];
        double wide = box.kind == BoxKind::block ? widest_block : widest;
        if (box.rows.empty())
            wide = std::min(title_width(lines[0], sizes), widest_block_em * sizes.title) + 2 * box_padding_px;
        if (tersely && !box.rows.empty()) {
            wide = std::min(wide, title_width(lines[0], sizes));
            for (std::size_t n = 1; n < lines.size(); ++n)
                wide = std::max(wide, std::min(text_width(lines[n], sizes.small), widest_name_em * sizes.small));
        }
        if (box.kind != BoxKind::block && lines.size() > 1)
            lines[1] = with_end_of_name(lines[1], wide + 0.01, sizes.small);
        for (std::size_t n = 0; n < lines.size(); ++n)
            lines[n] = shortened(lines[n], wide + 0.01, n == 0 ? sizes.title : sizes.small,
                                 n == 0 ? Weight::semibold : Weight::regular);
        made.graph.boxes.push_back(
            {wide + 2 * box_margin_px,
             2 * box_padding_px + 1.2 * sizes.title + sizes.line() * static_cast<double>(lines.size() - 1)});
    }
    std::vector<int> ports(graph.boxes.size(), 0);
    for (const GraphNet& net : graph.nets) {
        made.shapes.push_back(shape_text(network, net.tensor));
        made.graph.nets.push_back({net.from, ports[static_cast<std::size_t>(net.from)]++, 1, net.to,
                                   text_width(made.shapes.back(), sizes.small)});
    }
    // A box with several outputs has room for the texts beside each.
    std::vector<double> room(graph.boxes.size(), 0);
    for (Net& net : made.graph.nets) {
        const auto from = static_cast<std::size_t>(net.from);
        net.ports = ports[from];
        room[from] = std::max(room[from], net.label_width);
    }
    for (std::size_t b = 0; b < ports.size(); ++b)
        if (ports[b] > 1)
            made.graph.boxes[b].width =
                std::max(made.graph.boxes[b].width, ports[b] * (room[b] + label_room_px) + 2 * box_margin_px);
    return made;
}

}  // namespace convloom::scene
