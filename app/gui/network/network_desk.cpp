#include "app/gui/network/network_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <numeric>

#include "app/files/files.hpp"
#include "app/files/image_file.hpp"
#include "app/files/threads.hpp"
#include "app/gui/base/language.hpp"
#include "convloom_pictures.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;
using network::Index;

constexpr const char* first_picture = "lighthouse.jpg";
constexpr Index most_bytes = Index{3} << 30;  // of all tensors, since all are kept

std::string stem_of(const std::string& file) {
    return fs::path(file).stem().string();
}

// Names of the results: a text file beside the model, of its name or “labels.txt”.
std::vector<std::string> labels_beside(const std::string& file) {
    for (const std::string& name : {stem_of(file) + ".txt", std::string("labels.txt")}) {
        const fs::path path = fs::path(file).parent_path() / name;
        std::error_code ec;
        if (!fs::is_regular_file(path, ec)) continue;
        std::vector<std::string> labels{""};
        for (const char c : files::read(path, files::Content::text))
            if (c == '\n')
                labels.emplace_back();
            else if (c != '\r')
                labels.back() += c;
        if (labels.back().empty()) labels.pop_back();
        return labels;
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

}  // namespace

void NetworkDesk::open(const std::string& file) {
    auto facts = std::make_shared<networks::NetworkFacts>(networks::read_network(file, ""));
    if (const std::string sizes = sizes_for(facts->graph); !sizes.empty()) *facts = networks::read_network(file, sizes);
    networks::load_weights(*facts);
    std::vector<std::string> labels = labels_beside(file);
    if (photo_name_.empty()) {
        photo_ = files::decode_image(*embedded_pictures::file(first_picture), first_picture);
        photo_name_ = first_picture;
    }
    close();
    labels_ = std::move(labels);
    lanes_ = network::lanes_of(facts->graph, facts->summary);
    for (const int node : networks::layers_of(*facts)) titles_[node] = networks::layer_title(*facts, node, "");
    facts_ = std::move(facts);
    compute();
}

void NetworkDesk::close() {
    job_.reset();
    facts_.reset();
    values_.reset();
    titles_.clear();
    labels_.clear();
    fault_.clear();
    remark_.clear();
}

void NetworkDesk::take_photo(const std::string& path) {
    take_photo(files::load_image(path), fs::path(path).filename().string());
}

void NetworkDesk::take_photo(image::Image photo, std::string name) {
    photo_ = std::move(photo);
    photo_name_ = std::move(name);
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
        if (!placed) try {
                inputs[input] = network::photo_input(photo_, *sizes, network::read_normalisation(normalisation_), fit_);
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
    } catch (const Error& error) {
        fault_ = error.what();
        values_.reset();
        return;
    }
    made_ = std::make_shared<network::Evaluation>();
    auto work = [facts = facts_, made = made_, given = std::move(given)](const exporting::GoOn& goes_on) {
        network::EvaluateOptions options;
        options.all = true;
        options.most_bytes = most_bytes;
        options.parallel = files::on_threads(0);
        std::size_t done = 0;
        const std::size_t count = facts->graph.nodes.size();
        options.goes_on = [&] {
            const double part = static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(count, 1));
            return goes_on({done++, count, false, part});
        };
        *made = network::evaluate(facts->graph, facts->inference, given, options);
        return Job::Ended{!made->stopped, made->stopped, "", 0, ""};
    };
    job_ = std::make_unique<Job>(std::move(work), wake_);
}

bool NetworkDesk::poll() {
    if (!job_) return false;
    const std::optional<Job::Ended> ended = job_->ended();
    if (!ended) return false;
    job_.reset();
    if (ended->well)
        values_ = std::move(made_);
    else
        fault_ = ended->says, values_.reset();
    return true;
}

std::string NetworkDesk::missing(int node) const {
    if (!values_) return fault_.empty() ? t("It is still being computed.") : fault_;
    return values_->faults[static_cast<std::size_t>(node)];
}

state::State NetworkDesk::layer(int node) const {
    const arith::Layer layer = networks::layer_of_node(*facts_, node);
    if (!values_) throw Error(missing(node));
    const state::LayerValues values = networks::layer_values(*facts_, node, layer, *values_);
    return state::state_of_layer(values, state::shown_part(layer), titles_.at(node));
}

std::vector<Score> NetworkDesk::scores(std::size_t most) const {
    if (!values_ || facts_->graph.outputs.empty()) return {};
    const auto& result = values_->arrays[static_cast<std::size_t>(facts_->graph.outputs[0])];
    if (!result || result->values.size() < 2) return {};
    // One axis alone is longer than 1.
    if (std::count_if(result->sizes.begin(), result->sizes.end(), [](Index size) { return size > 1; }) != 1) return {};
    std::vector<std::size_t> order(result->values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    most = std::min(most, order.size());
    const auto value = [&](std::size_t n) {  // what is not a number comes last
        const float one = result->values[n];
        return std::isnan(one) ? -std::numeric_limits<float>::infinity() : one;
    };
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(),
                      [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
    std::vector<Score> scores;
    for (std::size_t n = 0; n < most; ++n) {
        const std::size_t at = order[n];
        scores.push_back({at < labels_.size() ? labels_[at] : std::to_string(at), result->values[at]});
    }
    return scores;
}

}  // namespace convloom::gui
