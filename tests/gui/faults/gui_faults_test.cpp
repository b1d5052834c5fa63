// The window where the system fails it: one sentence, the old file there, nothing beside it, and the next attempt goes
// well.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include "app/files/files.hpp"
#include "app/files/program.hpp"
#include "app/gui/desk/job.hpp"
#include "app/gui/export/export_job.hpp"
#include "app/gui/session/session_keeper.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/photos.hpp"
#include "tests/support/support.hpp"
#ifdef CONVLOOM_FAILING_CALLS
#include "tests/support/failing_call.h"
#endif

namespace convloom::gui::gui_faults_test {
namespace {

#ifdef CONVLOOM_FAILING_CALLS

namespace fs = std::filesystem;

// In its scope, calls fail.
class Failing {
  public:
    explicit Failing(const std::string& which) : which_(which) { fail_call(which_.c_str()); }
    ~Failing() { fail_call(nullptr); }
    Failing(const Failing&) = delete;
    Failing& operator=(const Failing&) = delete;

  private:
    std::string which_;
};

const std::vector<std::string> writing = {"open", "write", "fsync", "close", "chmod", "rename"};

void expect_sentence(const std::string& text, const std::string& what) {
    EXPECT_TRUE(text.ends_with('.')) << what << ": " << text;
    EXPECT_EQ(text.find('\n'), text.npos) << what << ": " << text;
}

class FaultsTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    FaultsTest()
        : WorkbenchStage(1280, 900, tests::with_photo(96, 64)),
          folder_(fs::temp_directory_path() / ("convloom-faults-" + std::to_string(getpid()))) {
        fs::create_directories(folder_);
    }
    ~FaultsTest() override { fs::remove_all(folder_); }

    std::set<std::string> names() const {
        std::set<std::string> all;
        for (const auto& entry : fs::directory_iterator(folder_)) all.insert(entry.path().filename().string());
        return all;
    }
    std::string old_file(const std::string& name) const {
        const std::string path = (folder_ / name).string();
        files::write(path, "what was there before");
        return path;
    }
    void expect_old(const std::string& path, const std::string& what) const {
        EXPECT_EQ(tests::read_file(path), "what was there before") << what;
        EXPECT_EQ(names(), std::set<std::string>{fs::path(path).filename().string()}) << what;
    }
    static Job::Ended ended(const Job& job) {
        for (int n = 0; n < 3000 && !job.ended(); ++n) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return job.ended().value_or(Job::Ended{false, false, "it does not end"});
    }

    fs::path folder_;
};

TEST_F(FaultsTest, SavingADocument) {
    bench_->store().open_preset(state::preset("dilation"));
    const std::string path = old_file("mine.convloom.json");
    for (const std::string& kind : writing)
        for (const char* which : {":1", ":1+", ":2", ":2+"}) {
            const std::string what = kind + which;
            old_file("mine.convloom.json");
            bool saved = false;
            {
                const Failing failing(what);
                saved = bench_->store().save_file(path);
            }
            if (!call_failed()) continue;
            if (saved) {  // what failed was not needed
                EXPECT_EQ(tests::read_file(path), to_json(now())) << what;
                continue;
            }
            ASSERT_TRUE(bench_->store().message()) << what;
            EXPECT_TRUE(bench_->store().message()->is_fault);
            expect_sentence(bench_->store().message()->text, what);
            expect_old(path, what);
        }
    EXPECT_TRUE(bench_->store().save_file(path));
    EXPECT_EQ(tests::read_file(path), to_json(now()));
}

TEST_F(FaultsTest, OpeningAFile) {
    const std::string path = (folder_ / "mine.convloom.json").string();
    files::write(path, to_json(state::preset("dilation")));
    const state::State before = now();
    for (const char* what : {"open:1", "read:1", "read:1+"}) {
        bool opened = true;
        {
            const Failing failing(what);
            opened = bench_->store().open_file(path);
        }
        EXPECT_TRUE(call_failed()) << what;
        EXPECT_FALSE(opened) << what;
        EXPECT_EQ(now(), before) << what << ": what was open is lost";
        ASSERT_TRUE(bench_->store().message()) << what;
        expect_sentence(bench_->store().message()->text, what);
    }
    EXPECT_TRUE(bench_->store().open_file(path));
}

TEST_F(FaultsTest, Exporting) {
    const std::string path = old_file("out.gif");
    exporting::ExportOptions options;
    options.format = exporting::format_of(".gif");
    options.frame = {160, 90};
    std::vector<std::string> kinds = writing;
    kinds.push_back("thread");
    for (const std::string& kind : kinds) {
        const Failing failing(kind + ":1+");
        const auto job = export_job(path, state::preset("dilation"), options, [] {});
        const Job::Ended end = ended(*job);
        EXPECT_TRUE(call_failed()) << kind;
        EXPECT_FALSE(end.well) << kind;
        expect_sentence(end.says, kind);
        fail_call(nullptr);
        expect_old(path, kind);
    }
    EXPECT_TRUE(ended(*export_job(path, state::preset("dilation"), options, [] {})).well);
    EXPECT_TRUE(tests::read_file(path).starts_with("GIF8"));
}

TEST_F(FaultsTest, SavingAPhoto) {
    const std::string path = old_file("out.png");
    PhotoSave& save = bench_->documents().photo_save();
    std::vector<std::string> kinds = writing;
    kinds.push_back("thread");
    for (const std::string& kind : kinds) {
        {
            const Failing failing(kind + ":1+");
            save.save(path, *now().photo);
            for (int n = 0; n < 3000 && save.is_busy(); ++n) frames(1);
        }
        EXPECT_TRUE(call_failed()) << kind;
        EXPECT_FALSE(save.is_busy()) << kind;
        ASSERT_TRUE(bench_->store().message()) << kind;
        EXPECT_TRUE(bench_->store().message()->is_fault) << kind;
        expect_sentence(bench_->store().message()->text, kind);
        expect_old(path, kind);
    }
}

// It is written all the same, if need be by the window itself, and the window says once why it could not be.
TEST_F(FaultsTest, KeepingTheSession) {
    const fs::path file = folder_ / "session.json";
    SessionKeeper keeper(file);
    Session session;
    session.state = state::preset("dilation");
    std::uint64_t version = 1;
    double now_s = 0;
    const auto keep = [&] { keeper.keep(now_s += 10, ++version, [&] { return session; }); };
    const auto settle = [&] {  // the next one waits for the one before
        SessionKeeper& k = keeper;
        for (int n = 0; n < 300 && !fs::exists(file); ++n) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return k.fault();
    };
    {
        const Failing failing("thread:1+");
        keep();
    }
    EXPECT_TRUE(call_failed());
    EXPECT_EQ(settle(), "");
    EXPECT_EQ(load_session(file).state, session.state) << "without a thread";
    const state::State kept = *session.state;
    session.state = state::preset("kind_1d");
    {
        const Failing failing("write:1+");
        keep();
        const std::string why = settle();
        expect_sentence(why, "write");
        EXPECT_NE(why, "");
        keep();
        EXPECT_EQ(settle(), "") << "it is said once";
    }
    EXPECT_EQ(load_session(file).state, kept);
    keep();
    EXPECT_EQ(settle(), "");
    EXPECT_EQ(load_session(file).state, session.state);
    EXPECT_EQ(names(), (std::set<std::string>{"session.json", "session.json.lock"}));
    {
        const Failing failing("rename:1+");
        keep();
        EXPECT_NE(settle(), "") << "it went well in between, so it is said again";
    }
}

TEST_F(FaultsTest, ASessionThatCannotBeReadIsSetAside) {
    const fs::path file = folder_ / "session.json";
    Session session;
    session.state = state::preset("dilation");
    ASSERT_EQ(save_session(file, session), "");
    const std::string before = tests::read_file(file.string());
    {
        const Failing failing("read:1+");
        EXPECT_FALSE(load_session(file).state);
    }
    EXPECT_TRUE(call_failed());
    EXPECT_EQ(names(), std::set<std::string>{"session.json.unread"});
    EXPECT_EQ(tests::read_file(file.string() + ".unread"), before);
    files::write(file, "{\"convloom_session\": 2}");
    EXPECT_FALSE(load_session(file).state);
    EXPECT_EQ(tests::read_file(file.string() + ".unread"), "{\"convloom_session\": 2}") << "a newer version's";
}

TEST_F(FaultsTest, StartingOtherPrograms) {
    for (const char* what : {"pipe:1", "spawn:1", "thread:1"}) {
        const Failing failing(what);
        try {
            files::Program::asked({"sleep", "60"}, [] {});
            ADD_FAILURE() << what;
        } catch (const Error& error) {
            expect_sentence(error.what(), what);
        }
        EXPECT_TRUE(call_failed()) << what;
        EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << what << ": a program was left behind";
        EXPECT_EQ(errno, ECHILD);
    }
}

#endif

}  // namespace
}  // namespace convloom::gui::gui_faults_test
