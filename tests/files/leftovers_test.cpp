// Temporary files of runs that were ended by force are cleared away by the next write to their folder, and no others.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <set>
#include <vector>

#include "app/files/files.hpp"
#include "app/files/replacement.hpp"

namespace convloom::tests::leftovers_test {
namespace {

namespace fs = std::filesystem;

class Leftovers : public testing::Test {
  protected:
    Leftovers()
        : folder_(fs::temp_directory_path() / ("convloom-leftovers-" + std::to_string(getpid()) + "-" +
                                               testing::UnitTest::GetInstance()->current_test_info()->name())) {
        fs::create_directories(folder_);
    }
    ~Leftovers() override { fs::remove_all(folder_); }

    void make(const std::string& name) const {
        const int file = open((folder_ / name).c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        ASSERT_GE(file, 0);
        close(file);
    }
    std::set<std::string> names() const {
        std::set<std::string> all;
        for (const auto& entry : fs::directory_iterator(folder_)) all.insert(entry.path().filename().string());
        return all;
    }
    // The number of a process that has ended.
    static int ended_process() {
        const pid_t child = fork();
        if (child == 0) _exit(0);
        waitpid(child, nullptr, 0);
        return child;
    }

    fs::path folder_;
};

TEST_F(Leftovers, the_next_write_to_the_folder_clears_them) {
    const std::string dead = std::to_string(ended_process());
    make("a.svg." + dead + ".convloom.part");
    make("b.mp4." + dead + "-17.convloom.part.mp4");
    make("c.png." + std::to_string(getpid()) + "-99.convloom.part");  // another container's number is often the same
    files::write(folder_ / "new.svg", "new");
    EXPECT_EQ(names(), std::set<std::string>{"new.svg"});
}

TEST_F(Leftovers, files_of_others_stay) {
    const std::string dead = std::to_string(ended_process());
    std::set<std::string> all{"film.2024.part",
                              "film.7z.001.part",
                              "a.svg." + dead + ".part",
                              "a.svg." + dead + "-x.convloom.part",
                              "a.svg.x" + dead + ".convloom.part",
                              "." + dead + ".convloom.part",
                              ".convloom.part",
                              "a.convloom.part",
                              "a.svg.99999999999.convloom.part",
                              "a.svg.-" + dead + ".convloom.part"};
    for (const std::string& name : all) make(name);
    fs::create_directory(folder_ / ("folder." + dead + ".convloom.part"));
    fs::create_symlink("film.2024.part", folder_ / ("link." + dead + ".convloom.part"));
    all.insert({"folder." + dead + ".convloom.part", "link." + dead + ".convloom.part", "new.svg"});
    files::write(folder_ / "new.svg", "new");
    EXPECT_EQ(names(), all);
}

// By its number or, in another container, by its lock.
TEST_F(Leftovers, those_of_a_run_that_lives_stay) {
    int ready[2], ends[2];
    ASSERT_EQ(pipe(ready), 0);
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        const files::Replacement begun(folder_ / "begun.svg");
        fs::rename(begun.beside(), folder_ / "begun.svg.999999999.convloom.part");  // a number that no process has
        char byte = 0;
        if (write(ready[1], "r", 1) == 1 && read(ends[0], &byte, 1) == 0) _exit(0);
        _exit(1);
    }
    close(ends[0]);
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    make("of_child.svg." + std::to_string(child) + ".convloom.part");  // not locked
    files::write(folder_ / "new.svg", "new");
    EXPECT_EQ(names(), (std::set<std::string>{"begun.svg.999999999.convloom.part", "new.svg",
                                              "of_child.svg." + std::to_string(child) + ".convloom.part"}));
    close(ends[1]);
    waitpid(child, nullptr, 0);
}

TEST_F(Leftovers, many_that_wait_at_once_do_not_clear_each_other) {
    const fs::path other = folder_ / "other";
    fs::create_directory(other);
    std::vector<std::unique_ptr<files::Replacement>> waiting;
    for (int n = 0; n < 400; ++n) {
        waiting.push_back(std::make_unique<files::Replacement>(folder_ / (std::to_string(n) + ".svg")));
        files::write(*waiting.back(), "frame");
    }
    files::write(other / "away.svg", "so that the folder is looked at again");
    files::write(folder_ / "new.svg", "new");
    for (const auto& file : waiting) file->put_in_place();
    EXPECT_EQ(names().size(), 402u);
    for (int n = 0; n < 400; ++n) ASSERT_TRUE(fs::exists(folder_ / (std::to_string(n) + ".svg"))) << n;
}

TEST_F(Leftovers, names_hold_their_process) {
    EXPECT_EQ(files::process_of_temporary(files::temporary_name("a.svg", 0, "")), getpid());
    EXPECT_EQ(files::process_of_temporary(files::temporary_name("a.b.mp4", 3, ".mp4")), getpid());
    EXPECT_EQ(files::process_of_temporary(files::lasting_name(files::temporary_name("a.svg", 3, ""))), 0);
    EXPECT_EQ(files::lasting_name("a.7.convloom.part.mp4"), "a.7.part.mp4");
}

}  // namespace
}  // namespace convloom::tests::leftovers_test
