// The page hands the State and the options as text to page/exports.js, whose Worker runs this very program and there
// calls convloom_export(); its progress and result come back through convloom_export_told() and
// convloom_export_ended().
#include "app/gui/export/export_job.hpp"

#include <emscripten.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <utility>

#include "core/state/json/json.hpp"

namespace convloom::gui {
namespace {

Job* in_worker = nullptr;  // there is one at a time

// clang-format off
EM_JS(void, convloom_begin_worker, (const char* request, const char* name), {
    Module["begin_export"](UTF8ToString(request), UTF8ToString(name));
});

EM_JS(void, convloom_end_worker, (), {
    Module["end_export"]();
});

EM_JS(void, convloom_worker_told, (double frame, double count, int looking, double part), {
    Module["told"](frame, count, looking, part);
});

EM_JS(void, convloom_worker_ended, (int well, const char* says, const char* last, double frames), {
    Module["ended"](well, UTF8ToString(says), UTF8ToString(last), frames);
});
// clang-format on

std::string request_of(const std::string& name, const state::State& state, const exporting::ExportOptions& options) {
    nlohmann::json request{{"name", name},
                           {"state", state::to_json(state)},
                           {"ending", options.format->ending},
                           {"width", options.frame.width},
                           {"height", options.frame.height},
                           {"transparent", options.frame.transparent},
                           {"dpi", options.frame.dpi},
                           {"outlines", options.frame.outlines},
                           {"animated", options.frame.animated},
                           {"this_moment", options.this_moment},
                           {"taps", options.taps},
                           {"per_second", options.per_second},
                           {"smooth", options.smooth},
                           {"plays", options.plays},
                           {"crop", options.crop},
                           {"hide_title", options.hide_title},
                           {"hide_parameters", options.hide_parameters},
                           {"hide_step", options.hide_step},
                           {"text_scale", options.text_scale},
                           {"caption", options.caption},
                           {"columns", options.columns},
                           {"rows", options.rows},
                           {"steps", nlohmann::json::array()}};
    for (const exporting::Range& run : options.steps.runs) request["steps"].push_back({run.first, run.last});
    return request.dump();
}

exporting::ExportOptions options_of(const nlohmann::json& request) {
    exporting::ExportOptions options;
    options.format = exporting::format_of(request["ending"].get<std::string>());
    options.frame.width = request["width"];
    options.frame.height = request["height"];
    options.frame.transparent = request["transparent"];
    options.frame.dpi = request["dpi"];
    options.frame.outlines = request["outlines"];
    options.frame.animated = request["animated"];
    options.this_moment = request["this_moment"];
    options.taps = request["taps"];
    options.per_second = request["per_second"];
    options.smooth = request["smooth"];
    options.plays = request["plays"];
    options.crop = request["crop"];
    options.hide_title = request["hide_title"];
    options.hide_parameters = request["hide_parameters"];
    options.hide_step = request["hide_step"];
    options.text_scale = request["text_scale"];
    options.caption = request["caption"].get<std::string>();
    options.columns = request["columns"];
    options.rows = request["rows"];
    for (const auto& run : request["steps"])
        options.steps.runs.push_back({run[0].get<arith::Index>(), run[1].get<arith::Index>()});
    return options;
}

}  // namespace

std::unique_ptr<Job> export_job(const std::string& path, const state::State& state,
                                const exporting::ExportOptions& options, std::function<void()> wake) {
    const std::string name = std::filesystem::path(path).filename().string();
    // A photo's pixels are not in its State's text, and it is a single frame.
    if (state.view == scene::View::photo)
        return std::make_unique<Job>(
            [name, state, options](const exporting::GoOn& go_on) {
                Job::Ended ended = exported(exporting::write("/" + name, state, options, go_on), std::nullopt);
                ended.file.clear();
                return ended;
            },
            std::move(wake));
    auto job = std::make_unique<Job>(Job::Elsewhere{[] {
                                         if (!in_worker) return;
                                         convloom_end_worker();
                                         std::exchange(in_worker, nullptr)->end({false, true, ""});
                                     }},
                                     std::move(wake));
    in_worker = job.get();
    convloom_begin_worker(request_of(name, state, options).c_str(), name.c_str());
    return job;
}

extern "C" {

// Of the page, called by exports.js.
EMSCRIPTEN_KEEPALIVE void convloom_export_told(double frame, double count, int looking, double part) {
    if (in_worker)
        in_worker->tell({static_cast<std::size_t>(frame), static_cast<std::size_t>(count), looking != 0, part});
}

// With the fault's sentence, or the names of the first and the last file that are handed to the reader.
EMSCRIPTEN_KEEPALIVE void convloom_export_ended(int well, const char* says, const char* last, double frames,
                                                double bytes) {
    if (!in_worker) return;
    Job::Ended ended{false, false, says};
    if (well) ended = exported({says, last, static_cast<std::size_t>(frames)}, bytes);
    ended.file.clear();  // it is with the reader, not with us
    std::exchange(in_worker, nullptr)->end(std::move(ended));
}

// Of the Worker: makes the files in the current folder.
EMSCRIPTEN_KEEPALIVE void convloom_export(const char* text) {
    try {
        const auto request = nlohmann::json::parse(text);
        const auto written = exporting::write(request["name"], state::from_json(request["state"].get<std::string>()),
                                              options_of(request), [](const exporting::Progress& progress) {
                                                  convloom_worker_told(static_cast<double>(progress.frame),
                                                                       static_cast<double>(progress.count),
                                                                       progress.looking, progress.part);
                                                  return true;
                                              });
        convloom_worker_ended(1, written.first.c_str(), written.last.c_str(), static_cast<double>(written.frames));
    } catch (const std::bad_alloc&) {
        convloom_worker_ended(0, "There is not enough memory for this.", "", 0);
    } catch (const std::exception& fault) {
        convloom_worker_ended(0, fault.what(), "", 0);
    }
}
}

}  // namespace convloom::gui
