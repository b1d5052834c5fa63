#include "app/gui/network/network_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <new>
#include <utility>

#include "app/files/files.hpp"
#include "app/files/image_file.hpp"
#include "app/files/threads.hpp"
#include "app/gui/base/language.hpp"
#include "app/networks/network_result.hpp"
#include "convloom_pictures.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;
using network::Index;

constexpr std::size_t most_scores = 3;
constexpr const char* first_picture = "lighthouse.jpg";
constexpr Index most_bytes = Index{3} << 30;           // of all tensors, since all are kept
constexpr Index most_at_once = 4'000'000;              // multiply-adds that are computed between two frames
constexpr Index longest_drawing = 64;                  // in cells
constexpr double pen_cells = 28.0, pen_radius = 1.15;  // on a drawing of that many cells

// Names of the results: a text file beside the model, of its name or “labels.txt”.
std::vector<std::string> labels_beside(const std::string& file) {
    for (const std::string& name : {fs::path(file).stem().string() + ".txt", std::string("labels.txt")}) {
        const fs::path path = fs::path(file).parent_path() / name;
        std::error_code ec;
        if (fs::is_regular_file(path, ec)) return networks::read_labels(path);
    }
    return {};
}

// Pictures of the usual size, for inputs that leave rows and columns open.
std::string sizes_for(const network::Graph& graph) {
    if (graph.inputs.size() != 1) return "";
    const auto& sizes = graph.tensors[static_cast<std::size_t>(graph.inputs[0])].sizes;
    if (!sizes || sizes->size() != 4 || ((*sizes)[2] > 0 && (*sizes)[3] > 0)) return "";
    const auto known = [&](std::size_t axis, Index otherwise) {
        return (*sizes)[axis] > 0 ? (*sizes)[axis] : otherwise;
    };
    return fmt::format("{}x{}x{}x{}", known(0, 1), known(1, 3), known(2, 224), known(3, 224));
}

// For an input that takes no picture: the same numbers at every start.
network::Array pattern(const network::Sizes& sizes) {
    network::Array made{sizes, std::vector<float>(static_cast<std::size_t>(*network::element_count(sizes)))};
    std::uint32_t now = 1;
    for (float& value : made.values) {
        now = now * 1664525u + 1013904223u;
        value = static_cast<float>(now >> 8) / static_cast<float>(1 << 23) - 1;
    }
    return made;
}

// What is drawn before anyone draws: a 3.
constexpr scene::Point first_strokes[] = {{.3, .24},  {.46, .16}, {.62, .2},  {.68, .32}, {.6, .44},  {.46, .49},
                                          {.62, .53}, {.7, .66},  {.64, .79}, {.5, .84},  {.36, .82}, {.28, .75}};

// Adds or removes ink within the pen's reach of a point, with a soft edge of one cell.
void dab(Drawing& drawing, scene::Point at, double radius, bool erases) {
    for (int r = 0; r < drawing.rows; ++r)
        for (int c = 0; c < drawing.columns; ++c) {
            const double far = std::hypot(c + 0.5 - at.x, r + 0.5 - at.y);
            const auto ink = static_cast<float>(std::clamp(radius + 0.5 - far, 0.0, 1.0));
            float& cell = drawing.ink[static_cast<std::size_t>(r * drawing.columns + c)];
            cell = erases ? std::min(cell, 1 - ink) : std::max(cell, ink);
        }
}

void stroke(Drawing& drawing, scene::Point from, scene::Point to, bool erases) {
    const double radius = pen_radius * std::min(drawing.rows, drawing.columns) / pen_cells * (erases ? 2 : 1);
    const int dabs = 1 + static_cast<int>(4 * std::hypot(to.x - from.x, to.y - from.y));
    for (int n = 0; n <= dabs; ++n) {
        const double part = static_cast<double>(n) / dabs;
        dab(drawing, {from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)}, radius, erases);
    }
}

// The input that a drawing of this size goes into, if the network takes one.
std::optional<Drawing> drawing_for(const networks::NetworkFacts& facts) {
    if (facts.graph.inputs.size() != 1) return {};
    const auto& sizes = facts.inference.facts[static_cast<std::size_t>(facts.graph.inputs[0])].sizes;
    if (!sizes || sizes->size() != 4 || (*sizes)[0] != 1 || (*sizes)[1] != 1) return {};
    for (const Index side : {(*sizes)[2], (*sizes)[3]})
        if (side < 8 || side > longest_drawing) return {};
    Drawing drawing{static_cast<int>((*sizes)[2]), static_cast<int>((*sizes)[3]), {}};
    drawing.ink.resize(static_cast<std::size_t>(drawing.rows * drawing.columns));
    return drawing;
}

// All tensors; stops where goes_on() is false.
network::Evaluation values_of(const networks::NetworkFacts& facts, const std::map<int, network::Array>& given,
                              std::function<bool()> goes_on, arith::ParallelFor parallel) {
    network::EvaluateOptions options;
    options.all = true;
    options.most_bytes = most_bytes;
    options.parallel = std::move(parallel);
    options.goes_on = std::move(goes_on);
    return network::evaluate(facts.graph, facts.inference, given, options);
}

}  // namespace

void NetworkDesk::open(networks::NetworkFacts read) {
    auto facts = std::make_shared<networks::NetworkFacts>(std::move(read));
    if (const std::string sizes = sizes_for(facts->graph); !sizes.empty()) networks::choose_sizes(*facts, sizes);
    networks::load_weights(*facts);
    std::vector<std::string> labels = labels_beside(facts->file);
    if (photo_name_.empty()) {
        photo_ = files::decode_image(*embedded_pictures::file(first_picture), first_picture);
        photo_name_ = first_picture;
    }
    const std::string asked = is_open() ? "" : normalisation_;
    close();
    normalisation_ = asked;
    labels_ = std::move(labels);
    lanes_ = network::lanes_of(facts->graph, facts->summary);
    for (const int node : networks::layers_of(*facts)) titles_[node] = networks::layer_title(*facts, node, "");
    facts_ = std::move(facts);
    // A photo that was chosen for the network stays; otherwise people draw.
    if (photo_name_ == first_picture && takes_drawing()) {
        drawing_ = drawing_for(*facts_);
        const scene::Point* before = &first_strokes[0];
        for (const scene::Point& at : first_strokes) {
            stroke(*drawing_, {before->x * drawing_->columns, before->y * drawing_->rows},
                   {at.x * drawing_->columns, at.y * drawing_->rows}, false);
            before = &at;
        }
    }
    compute();
}

std::string NetworkDesk::normalisation() const {
    return normalisation_.empty() && facts_ ? networks::usual_normalisation(facts_->file) : normalisation_;
}

bool NetworkDesk::takes_drawing() const {
    return facts_ && drawing_for(*facts_).has_value();
}

void NetworkDesk::draw_stroke(scene::Point from, scene::Point to, bool erases) {
    if (!takes_drawing()) return;
    if (!drawing_) drawing_ = drawing_for(*facts_);
    stroke(*drawing_, from, to, erases);
    compute();
}

void NetworkDesk::clear_drawing() {
    if (!takes_drawing()) return;
    drawing_ = drawing_for(*facts_);
    compute();
}

void NetworkDesk::close() {
    job_.reset();
    facts_.reset();
    take_values(nullptr);
    titles_.clear();
    labels_.clear();
    fault_.clear();
    remark_.clear();
    drawing_.reset();
    normalisation_.clear();
    has_news_ = false;
}

void NetworkDesk::take_photo(const std::string& path) {
    take_photo(files::load_image(path), fs::path(path).filename().string());
}

void NetworkDesk::take_photo(image::Image photo, std::string name) {
    photo_ = std::move(photo);
    photo_name_ = std::move(name);
    drawing_.reset();
    if (is_open()) compute();
}

void NetworkDesk::set_normalisation(const std::string& words) {
    normalisation_ = words;
    if (is_open()) compute();
}

void NetworkDesk::set_fit(network::Fit fit) {
    fit_ = fit;
    if (is_open()) compute();
}

// The first input that takes a picture has the photo, all others the pattern.
std::map<int, network::Array> NetworkDesk::inputs() {
    std::map<int, network::Array> inputs;
    bool placed = false;
    remark_.clear();
    for (const int input : facts_->graph.inputs) {
        const auto& sizes = facts_->inference.facts[static_cast<std::size_t>(input)].sizes;
        const std::string& name = facts_->graph.tensors[static_cast<std::size_t>(input)].name;
        const auto count = sizes ? network::element_count(*sizes) : std::nullopt;
        if (!count) throw Error(tf("The input “{}” leaves sizes open.", name));
        if (*count > most_bytes / Index{sizeof(float)})
            throw Error(tf("The input “{}” has {} numbers, which is too many.", name, *count));
        if (drawing_) {
            inputs[input] = {*sizes, drawing_->ink};
            continue;
        }
        if (!placed) try {
                inputs[input] =
                    network::photo_input(photo_, *sizes, network::read_normalisation(normalisation()), fit_);
                placed = true;
                continue;
            } catch (const std::string&) {  // it takes no picture
            }
        inputs[input] = pattern(*sizes);
        remark_ = tf("“{}” takes no picture; it is given a pattern of numbers from −1 to 1.", name);
    }
    return inputs;
}

void NetworkDesk::compute() {
    job_.reset();
    fault_.clear();
    std::map<int, network::Array> given;
    try {
        given = inputs();
        if (facts_->summary.multiplications <= most_at_once && facts_->summary.uncounted == 0) {
            take_values(std::make_shared<const network::Evaluation>(values_of(*facts_, given, {}, {})));
            has_news_ = true;
            return;
        }
    } catch (const std::exception& fault) {
        fault_ = t_sentence(sentence_of(fault));
        return take_values(nullptr);
    }
    made_ = std::make_shared<network::Evaluation>();
    auto work = [facts = facts_, made = made_, given = std::move(given)](const exporting::GoOn& goes_on) {
        const std::size_t count = facts->graph.nodes.size();
        const auto next = [&, done = std::size_t{0}]() mutable {
            const double part = static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(count, 1));
            return goes_on({done++, count, false, part});
        };
        *made = values_of(*facts, given, next, files::on_threads(0));
        return Job::Ended{!made->stopped, made->stopped, "", 0, ""};
    };
    job_ = std::make_unique<Job>(std::move(work), wake_);
}

bool NetworkDesk::poll() {
    if (std::exchange(has_news_, false)) return true;
    if (!job_) return false;
    const std::optional<Job::Ended> ended = job_->ended();
    if (!ended) return false;
    job_.reset();
    if (!ended->well) fault_ = t_sentence(ended->says);
    take_values(ended->well ? std::move(made_) : nullptr);
    return true;
}

std::string NetworkDesk::missing(int node) const {
    if (!values_) return fault_.empty() ? t("It is still being computed.") : fault_;
    return values_->faults[static_cast<std::size_t>(node)];
}

state::State NetworkDesk::layer(int node) const {
    const network::NodeLayer layer = networks::layer_of_node(*facts_, node);
    if (!values_) throw Error(missing(node));
    const state::LayerValues values = state::layer_values(facts_->graph, node, layer, *values_);
    return state::state_of_layer(values, state::shown_part(*layer.layer), titles_.at(node));
}

void NetworkDesk::take_values(std::shared_ptr<const network::Evaluation> values) {
    values_ = std::move(values);
    result_.clear();
    scores_.clear();
    if (!values_ || facts_->graph.outputs.empty()) return;
    const auto& result = values_->arrays[static_cast<std::size_t>(facts_->graph.outputs[0])];
    if (!result || result->values.size() < 2) return;
    // One axis alone is longer than 1.
    if (std::count_if(result->sizes.begin(), result->sizes.end(), [](Index size) { return size > 1; }) != 1) return;
    for (std::size_t n = 0; n < result->values.size(); ++n)
        result_.push_back({n < labels_.size() ? labels_[n] : std::to_string(n), result->values[n]});
    for (const std::size_t place : networks::largest_places(result->values, most_scores))
        scores_.push_back(result_[place]);
}

}  // namespace convloom::gui
