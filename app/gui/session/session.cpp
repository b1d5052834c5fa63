#include "app/gui/session/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/files/files.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/update/set_pixels.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int session_version = 1, most_window_side = 16384, most_depth = 16;
constexpr std::string_view languages[] = {"system", "en", "zh-CN"};
constexpr std::string_view repeats[] = {"once", "loop", "ping_pong"};

// The session file is in another folder than the document, so its photo is named by its absolute path.
state::State with_full_paths(state::State state, const std::string& document) {
    if (!state.photo) return state;
    std::error_code ec;
    const fs::path beside = fs::path(document).parent_path() / state.photo->path;
    state.photo->path = absolute(!document.empty() && fs::exists(beside, ec) ? beside.string() : state.photo->path);
    return state;
}

Json interface_json(const Interface& interface) {
    return {{"gallery", interface.gallery},
            {"inspector", interface.inspector},
            {"reduced_motion", interface.reduced_motion},
            {"scale", interface.scale},
            {"language", languages[static_cast<int>(interface.language)]},
            {"tour",
             {{"open", interface.tour.open},
              {"chapter", interface.tour.chapter},
              {"page", interface.tour.page},
              {"answered", interface.tour.answered}}}};
}

// Leaves `to` unchanged if the field is missing or has another type.
void read(const Json& object, const char* field, bool& to) {
    if (object.contains(field) && object[field].is_boolean()) to = object[field].get<bool>();
}
void read(const Json& object, const char* field, std::string& to) {
    if (object.contains(field) && object[field].is_string()) to = object[field].get<std::string>();
}
template <class Number>
void read(const Json& object, const char* field, Number& to, double least, double most) {
    if (!object.contains(field) || !object[field].is_number()) return;
    const double value = object[field].get<double>();
    if (value >= least && value <= most) to = static_cast<Number>(value);
}

void read_window(const Json& window, Session& session) {
    read(window, "width", session.width, 1, most_window_side);
    read(window, "height", session.height, 1, most_window_side);
    read(window, "maximized", session.maximized);
    if (!window.contains("x") || !window.contains("y")) return;
    std::array<int, 2> place{INT32_MIN, INT32_MIN};
    read(window, "x", place[0], -most_window_side, most_window_side);
    read(window, "y", place[1], -most_window_side, most_window_side);
    if (place[0] != INT32_MIN && place[1] != INT32_MIN) session.place = place;
}

void read_tour(const Json& json, TourPlace& tour) {
    constexpr std::size_t most_answered = 1000;
    read(json, "open", tour.open);
    read(json, "chapter", tour.chapter);
    read(json, "page", tour.page, 0, 1000);
    if (!json.contains("answered") || !json["answered"].is_array()) return;
    for (const Json& one : json["answered"])
        if (one.is_string() && tour.answered.size() < most_answered) tour.answered.push_back(one.get<std::string>());
}

void read_interface(const Json& json, Interface& interface) {
    read(json, "gallery", interface.gallery);
    read(json, "inspector", interface.inspector);
    read(json, "reduced_motion", interface.reduced_motion);
    if (json.contains("tour") && json["tour"].is_object()) read_tour(json["tour"], interface.tour);
    std::string language;
    read(json, "language", language);
    for (std::size_t n = 0; n < std::size(languages); ++n)
        if (language == languages[n]) interface.language = static_cast<LanguageChoice>(n);
    float scale = interface.scale;
    read(json, "scale", scale, scales[0], scales[std::size(scales) - 1]);
    // One of those that can be chosen.
    interface.scale = *std::min_element(std::begin(scales), std::end(scales), [scale](float a, float b) {
        return std::abs(a - scale) < std::abs(b - scale);
    });
}

void read_playing(const Json& json, Session& session) {
    read(json, "on", session.playing);
    read(json, "by_products", session.by_taps);
    read(json, "per_second", session.steps_per_second, 0.01, 1000);
    std::string repeat;
    read(json, "repeat", repeat);
    for (std::size_t n = 0; n < std::size(repeats); ++n)
        if (repeat == repeats[n]) session.repeat = static_cast<Repeat>(n);
}

std::optional<state::State> read_state(const Json& json) {
    try {
        state::State state = state::from_json(json.dump());
        if (!state.photo) return state;
        try {
            state::set_pixels(state, files::load_image(state.photo->path));
        } catch (const std::exception&) {
            state.photo.reset();
            if (state.view == scene::View::photo) {
                state.view = scene::View::flat;
                state.moment = state.other_moment;
            }
        }
        return state;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

template <class Read>
void inner(const Json& json, const char* field, Read read_it) {
    if (json.contains(field) && json[field].is_object()) read_it(json[field]);
}

}  // namespace

std::string to_json(const Session& session) {
    Json json = {{"convloom_session", session_version},
                 {"interface", interface_json(session.interface)},
                 {"window", {{"maximized", session.maximized}}},
                 {"playing",
                  {{"on", session.playing},
                   {"by_products", session.by_taps},
                   {"per_second", session.steps_per_second},
                   {"repeat", repeats[static_cast<int>(session.repeat)]}}},
                 {"recent", session.recent},
                 {"folder", session.folder},
                 {"file", session.file}};
    if (session.width > 0) json["window"]["width"] = session.width, json["window"]["height"] = session.height;
    if (session.place) json["window"]["x"] = (*session.place)[0], json["window"]["y"] = (*session.place)[1];
    if (!session.file_before_tour.empty()) json["file_before_tour"] = session.file_before_tour;
    std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace);
    text.resize(text.rfind('\n'));
    // The document's JSON text, as it is saved.
    const auto add = [&](const char* field, const std::optional<state::State>& state, const std::string& file) {
        if (state && state::numbers_written(*state) <= most_kept_numbers)
            text += fmt::format(",\n \"{}\": {}", field, state::to_json(with_full_paths(*state, file)));
    };
    add("before_tour", session.before_tour, session.file_before_tour);
    add("state", session.state, session.file);
    return text + "\n}\n";
}

namespace {

// Nothing where the text is no session, or one of another version.
std::optional<Session> read_session(const std::string& text) {
    Session session;
    // Our files are never nested deeper; deeper ones could overflow the stack when written.
    const Json json = Json::parse(
        text, [](int depth, Json::parse_event_t, Json&) { return depth <= most_depth; }, false);
    int read_version = 0;
    if (!json.is_object()) return std::nullopt;
    read(json, "convloom_session", read_version, 0, 1e6);
    if (read_version != session_version) return std::nullopt;
    inner(json, "interface", [&](const Json& j) { read_interface(j, session.interface); });
    inner(json, "window", [&](const Json& j) { read_window(j, session); });
    inner(json, "playing", [&](const Json& j) { read_playing(j, session); });
    inner(json, "before_tour", [&](const Json& j) { session.before_tour = read_state(j); });
    inner(json, "state", [&](const Json& j) { session.state = read_state(j); });
    read(json, "folder", session.folder);
    if (session.state) read(json, "file", session.file);
    if (session.before_tour) read(json, "file_before_tour", session.file_before_tour);
    std::error_code ec;
    if (json.contains("recent") && json["recent"].is_array())
        for (const Json& file : json["recent"])
            if (file.is_string() && session.recent.size() < most_recent_files &&
                fs::is_regular_file(file.get<std::string>(), ec))
                session.recent.push_back(file.get<std::string>());
    if (!fs::is_directory(session.folder, ec)) session.folder.clear();
    if (!fs::is_regular_file(session.file, ec)) session.file.clear();
    if (!fs::is_regular_file(session.file_before_tour, ec)) session.file_before_tour.clear();
    return session;
}

}  // namespace

Session session_from_json(const std::string& text) {
    return read_session(text).value_or(Session());
}

Session load_session(const fs::path& path) {
    std::error_code ec;
    if (path.empty() || !fs::is_regular_file(path, ec)) return {};
    try {
        if (auto session = read_session(files::read(path))) return *std::move(session);
    } catch (const std::exception&) {
    }
    // It would be written over soon.
    fs::rename(path, path.string() + ".unread", ec);
    return {};
}

std::string save_session(const fs::path& path, const Session& session) {
    if (path.empty()) return "";
    std::error_code ec;
    fs::create_directories(path.parent_path(), ec);
    try {
        files::write(path, to_json(session));
        return "";
    } catch (const std::exception& fault) {
        return sentence_of(fault);
    }
}

std::string absolute(const std::string& file) {
    std::error_code ec;
    const fs::path path = fs::absolute(file, ec);
    return ec ? file : path.lexically_normal().string();
}

void remember(std::vector<std::string>& recent, const std::string& file) {
    const std::string path = absolute(file);
    std::erase(recent, path);
    recent.insert(recent.begin(), path);
    if (recent.size() > most_recent_files) recent.resize(most_recent_files);
}

}  // namespace convloom::gui
