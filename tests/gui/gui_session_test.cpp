// The settings kept between starts: they are restored, and broken files do not prevent a start.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/files/files.hpp"
#include "app/gui/session/session.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::gui_session_test {
namespace {

namespace fs = std::filesystem;
using namespace gui;

class SessionTest : public testing::Test {
  protected:
    SessionTest() : folder_(fs::temp_directory_path() / ("convloom-session-" + std::to_string(getpid()))) {
        fs::create_directories(folder_);
    }
    ~SessionTest() override { fs::remove_all(folder_); }

    Session full() const {
        Session s;
        s.state = state::preset("kind_depthwise_separable");
        s.state->moment = {3, 2};
        s.state->theme = "dark";
        s.interface.gallery = false;
        s.interface.reduced_motion = true;
        s.interface.scale = 1.3f;
        s.width = 1400;
        s.height = 900;
        s.place = {-20, 35};
        s.maximized = true;
        s.steps_per_second = 4;
        s.repeat = Repeat::ping_pong;
        s.by_taps = true;
        s.playing = false;
        s.folder = folder_.string();
        for (const char* name : {"a.json", "b.json"}) {
            files::write(folder_ / name, "{}");
            s.recent.push_back((folder_ / name).string());
        }
        s.file = s.recent.front();
        return s;
    }
    static void expect_same(const Session& a, const Session& b) {
        EXPECT_EQ(a.state, b.state);
        EXPECT_EQ(a.interface, b.interface);
        EXPECT_EQ(std::tie(a.width, a.height, a.place, a.maximized), std::tie(b.width, b.height, b.place, b.maximized));
        EXPECT_EQ(std::tie(a.steps_per_second, a.repeat, a.by_taps, a.playing),
                  std::tie(b.steps_per_second, b.repeat, b.by_taps, b.playing));
        EXPECT_EQ(std::tie(a.file, a.recent, a.folder), std::tie(b.file, b.recent, b.folder));
    }

    fs::path folder_;
};

TEST_F(SessionTest, RoundTrips) {
    const Session kept = full();
    const fs::path path = folder_ / "deep" / "convloom" / "session.json";
    ASSERT_EQ(save_session(path, kept), "");
    expect_same(load_session(path), kept);
    expect_same(session_from_json(to_json(Session{})), Session{});
}

TEST_F(SessionTest, RestoresEveryPreset) {
    for (const std::string& name : state::preset_names()) {
        Session kept;
        kept.state = state::preset(name);
        EXPECT_EQ(session_from_json(to_json(kept)).state, kept.state) << name;
    }
}

TEST_F(SessionTest, KeepsAPhotoByItsFullPath) {
    fs::create_directories(folder_ / "pictures");
    fs::copy_file(fs::path(tests_folder()) / ".." / "assets" / "images" / "lighthouse.jpg",
                  folder_ / "pictures" / "lighthouse.jpg");
    Session kept;
    kept.state = state::update(state::preset("kind_2d"),
                               state::OpenPhoto{"pictures/lighthouse.jpg",
                                                files::load_image(folder_ / "pictures" / "lighthouse.jpg")})
                     .state;
    kept.file = (folder_ / "document.convloom.json").string();
    files::write(kept.file, "{}");
    const std::string text = to_json(kept);
    const Session back = session_from_json(text);
    ASSERT_TRUE(back.state && back.state->photo);
    EXPECT_EQ(back.state->view, scene::View::photo);
    EXPECT_EQ(back.state->photo->path, (folder_ / "pictures" / "lighthouse.jpg").string());
    EXPECT_EQ(back.state->photo->image, kept.state->photo->image);
    EXPECT_EQ(back.state->photo->working, kept.state->photo->working);
    // The file is gone, so the layer is shown.
    fs::remove_all(folder_ / "pictures");
    const Session without = session_from_json(text);
    ASSERT_TRUE(without.state);
    EXPECT_FALSE(without.state->photo);
    EXPECT_EQ(without.state->view, scene::View::flat);
}

TEST_F(SessionTest, DropsMissingFiles) {
    Session kept = full();
    fs::remove(kept.recent.front());
    const Session back = session_from_json(to_json(kept));
    EXPECT_EQ(back.recent, std::vector<std::string>{kept.recent.back()});
    EXPECT_EQ(back.file, "");
    EXPECT_EQ(back.state, kept.state);
}

TEST_F(SessionTest, BrokenFilesAreIgnored) {
    const std::string good = to_json(full());
    for (const std::string& text :
         {std::string(), std::string("{"), std::string("[]"), std::string("7"), std::string("null"),
          std::string("\xff\xfe\0x", 4), std::string(R"({"convloom_session": 2})"),
          std::string(R"({"convloom_session": "1", "playing": {"on": false}})")})
        expect_same(session_from_json(text), Session{});
    for (std::size_t n = 0; n < good.size(); n += 97) expect_same(session_from_json(good.substr(0, n)), Session{});
    expect_same(load_session(folder_ / "nothing.json"), Session{});
    expect_same(load_session(folder_), Session{});
    expect_same(load_session({}), Session{});
    const std::string deep =
        R"({"convloom_session": 1, "state": )" + std::string(200'000, '[') + std::string(200'000, ']') + "}";
    EXPECT_FALSE(session_from_json(deep).state);
    EXPECT_EQ(save_session({}, Session{}), "");
    EXPECT_EQ(save_session(folder_, Session{}),
              "Cannot write " + folder_.string() + ": it is a folder.");  // a folder has its name
}

TEST_F(SessionTest, OnlyAFieldOfAnotherTypeIsIgnored) {
    const auto whole = nlohmann::ordered_json::parse(to_json(full()));
    const nlohmann::ordered_json others[] = {
        nullptr, true, -1, 1e300, "text", nlohmann::ordered_json::array({1, "a"}), nlohmann::ordered_json::object()};
    for (const auto& [field, inner] : whole.items())
        for (const auto& other : others) {
            auto changed = whole;
            changed[field] = other;
            session_from_json(changed.dump());  // returns something without a crash
            if (!inner.is_object()) continue;
            for (const auto& [name, value] : inner.items()) {
                changed = whole;
                changed[field][name] = other;
                const Session back = session_from_json(changed.dump());
                EXPECT_TRUE(back.width >= 0 && back.height >= 0 && back.steps_per_second > 0)
                    << field << "." << name << " " << other;
            }
        }
    auto changed = whole;
    changed["state"]["theme"] = "no such theme";
    changed["interface"]["scale"] = 1.28;
    const Session back = session_from_json(changed.dump());
    EXPECT_FALSE(back.state);
    EXPECT_EQ(back.interface.scale, 1.3f);
    EXPECT_EQ(back.width, 1400);
    changed["interface"]["scale"] = -5;
    EXPECT_EQ(session_from_json(changed.dump()).interface.scale, 1);
}

TEST_F(SessionTest, OmitsADocumentThatIsTooLarge) {
    Session kept = full();
    const arith::Index side = 1100;
    kept.state->input = arith::Tensor{{1, side, side}, std::vector<float>(static_cast<std::size_t>(side * side), 1)};
    const std::string text = to_json(kept);
    EXPECT_LT(text.size(), 4000u);
    EXPECT_FALSE(session_from_json(text).state);
    EXPECT_EQ(session_from_json(text).recent, kept.recent);
}

TEST_F(SessionTest, KeepsALargeDocumentByItsSeed) {
    Session kept;
    kept.state = state::state_of_chain(state::read_torch("nn.Conv2d(64, 32, 3, padding=1)", {64, 224, 224}), "large");
    const std::string text = to_json(kept);
    EXPECT_LT(text.size(), 4000u);
    EXPECT_EQ(session_from_json(text).state, kept.state);
}

TEST(SessionFile, IsStoredInTheStandardLocation) {
    const char* before = std::getenv("XDG_STATE_HOME");
    const std::string kept = before ? before : "";
    setenv("XDG_STATE_HOME", "/state", 1);
    EXPECT_EQ(session_file(), "/state/convloom/session.json");
    const char* home_before = std::getenv("HOME");
    const std::string home = home_before ? home_before : "";
    setenv("HOME", "/home/me", 1);
    for (const char* not_taken : {"", "relative"}) {
        setenv("XDG_STATE_HOME", not_taken, 1);
        EXPECT_EQ(session_file(), "/home/me/.local/state/convloom/session.json");
    }
    unsetenv("HOME");
    unsetenv("XDG_STATE_HOME");
    EXPECT_EQ(session_file(), "");
    if (home_before) setenv("HOME", home.c_str(), 1);
    if (before) setenv("XDG_STATE_HOME", kept.c_str(), 1);
}

TEST(Recent, TheNewestIsFirstAndListedOnce) {
    std::vector<std::string> recent;
    for (int n = 0; n < 14; ++n) remember(recent, "/files/" + std::to_string(n));
    EXPECT_EQ(recent.size(), most_recent_files);
    EXPECT_EQ(recent.front(), "/files/13");
    remember(recent, "/files/./9");
    EXPECT_EQ(recent.front(), "/files/9");
    EXPECT_EQ(recent.size(), most_recent_files);
    EXPECT_EQ(std::count(recent.begin(), recent.end(), "/files/9"), 1);
}

}  // namespace
}  // namespace convloom::tests::gui_session_test
