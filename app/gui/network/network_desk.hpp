// The network that is open in the window: its file, the input that it is given, and the values that follow from it,
// which are computed beside the window.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/desk/job.hpp"
#include "app/networks/network_input.hpp"
#include "app/networks/network_layer.hpp"
#include "core/network/input/photo_input.hpp"
#include "core/network/summary/lanes.hpp"
#include "core/scene/page/geometry.hpp"

namespace convloom::gui {

// A picture that is drawn in the window: 0 for paper, 1 for ink; row-major.
struct Drawing {
    int rows = 0, columns = 0;
    std::vector<float> ink;
};

// One value of a network's result.
struct Score {
    std::string name;  // from the file of labels, or the place
    float value = 0;
};

class NetworkDesk {
  public:
    // `wake` is called, from any thread, when poll() has news while the window sleeps.
    explicit NetworkDesk(std::function<void()> wake) : wake_(std::move(wake)) {}

    bool is_open() const { return facts_ != nullptr; }
    // Throws an Error, and keeps what was open.
    void open(networks::NetworkFacts read);
    void close();

    // The input, from which the values are computed anew. Throws an Error if the photo cannot be read.
    void take_photo(const std::string& path);
    void take_photo(image::Image photo, std::string name);
    void set_normalisation(const std::string& words);
    void set_fit(network::Fit fit);
    const std::string& photo_name() const { return photo_name_; }
    std::string normalisation() const;
    network::Fit fit() const { return fit_; }

    // A network whose input is one small channel is given what is drawn, until a photo is opened. Null for all others.
    const Drawing* drawing() const { return drawing_ ? &*drawing_ : nullptr; }
    bool takes_drawing() const;
    // A stroke with a round pen, or rubber, between two points in cells.
    void draw_stroke(scene::Point from, scene::Point to, bool erases);
    void clear_drawing();

    // Once a frame. True if there are new values, or a new fault.
    bool poll();
    bool is_busy() const { return job_ != nullptr; }
    double part_done() const { return job_ ? job_->progress().part : 1; }
    // Why there are no values, or what the input is made of; a sentence, or empty.
    const std::string& fault() const { return fault_; }
    const std::string& remark() const { return remark_; }

    const networks::NetworkFacts& facts() const { return *facts_; }
    const std::vector<network::LaneRow>& lanes() const { return lanes_; }
    // The row of the table with this node is a layer that can be opened.
    bool is_layer(int node) const { return titles_.count(node) != 0; }
    const std::map<int, std::string>& titles() const { return titles_; }  // of the layers, by their nodes
    // Whether a layer's values are there; if not, the sentence why.
    std::string missing(int node) const;
    // Throws an Error.
    state::State layer(int node) const;
    // The values of the first result, in order; empty if it is no list.
    const std::vector<Score>& result() const { return result_; }
    // The three largest of them, the largest first.
    const std::vector<Score>& scores() const { return scores_; }

  private:
    void compute();
    // Null for none.
    void take_values(std::shared_ptr<const network::Evaluation> values);
    std::map<int, network::Array> inputs();

    std::function<void()> wake_;
    std::shared_ptr<const networks::NetworkFacts> facts_;
    std::vector<network::LaneRow> lanes_;
    std::map<int, std::string> titles_;
    std::vector<std::string> labels_;
    image::Image photo_;
    std::optional<Drawing> drawing_;
    std::string photo_name_, normalisation_, fault_, remark_;  // the second empty for the usual one
    network::Fit fit_ = network::Fit::crop;
    std::shared_ptr<const network::Evaluation> values_;
    std::vector<Score> result_, scores_;         // made once from the values, since they are drawn in every frame
    std::shared_ptr<network::Evaluation> made_;  // by the job
    bool has_news_ = false;                      // made without a job
    std::unique_ptr<Job> job_;                   // the last, which uses all of the others
};

}  // namespace convloom::gui
