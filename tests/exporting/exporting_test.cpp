// Exporting as the window does it: progress, stopping, size estimates. export_test.sh checks the contents of files.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <thread>

#include "app/exporting/export.hpp"
#include "app/files/files.hpp"
#include "app/paint/png.hpp"
#include "core/state/json/presets.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::exporting_test {
namespace {

namespace fs = std::filesystem;
using namespace exporting;

std::string name_for(const Format& format) {
    return (is_one_file(format) ? "a" : "a_%02d") + std::string(format.ending);
}

class Exporting : public testing::Test {
  protected:
    Exporting()
        : folder_(fs::temp_directory_path() / ("convloom-exporting-" + std::to_string(getpid()))),
          state_(state::preset("kind_2d")) {
        fs::create_directories(folder_);
        options_.frame = {320, 180, false, 0};
    }
    ~Exporting() override { fs::remove_all(folder_); }

    std::string at(const std::string& name) const { return (folder_ / name).string(); }
    std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {})); }
    std::uintmax_t bytes_written() const {
        std::uintmax_t sum = 0;
        for (const auto& entry : fs::directory_iterator(folder_)) sum += entry.file_size();
        return sum;
    }

    fs::path folder_;
    state::State state_;
    ExportOptions options_;
};

TEST(Formats, AreRecognisedByTheirExtensions) {
    std::set<std::string> endings, names;
    for (const Format& format : formats()) {
        std::string loud = format.ending;
        std::transform(loud.begin(), loud.end(), loud.begin(), [](unsigned char c) { return std::toupper(c); });
        EXPECT_EQ(format_of(format.ending), &format);
        EXPECT_EQ(format_of("a/b.x.%03d" + loud), &format);
        EXPECT_TRUE(endings.insert(format.ending).second && names.insert(format.name).second) << format.name;
        EXPECT_FALSE(format.for_slides && std::holds_alternative<MovieWriter>(format.writer)) << format.name;
    }
    EXPECT_EQ(format_of("png"), nullptr);
    EXPECT_EQ(format_of("a.bmp"), nullptr);
    EXPECT_EQ(listed([](const Format& format) { return format.says_plays; }), ".gif, .apng and .webp");
}

TEST(Formats, GiveTheSameBytesTwice) {
    const scene::Scene scene = scene_of(state::preset("dilation"));
    for (const Format& format : formats()) {
        if (is_animated(format))
            EXPECT_THROW(frame(format, scene, {}), Error) << format.name;
        else
            EXPECT_EQ(frame(format, scene, {}), frame(format, scene, {})) << format.name;
    }
}

TEST_F(Exporting, MatchesTheTableOfFormats) {
    for (const Format& format : formats()) {
        options_.format = &format;
        options_.frame = {320, 180, true, 0};
        EXPECT_EQ(refusal_of(options_).has_value(), !format.transparent) << format.name;
        if (format.transparent) {
            options_.steps = Range{0, 0};
            EXPECT_EQ(write(at(name_for(format)), state_, options_).frames, 1u) << format.name;
        }
        options_.frame = {16, static_cast<int>(format.most_side_px), false, 0};
        if (format.most_side_px == 0) continue;
        EXPECT_FALSE(refusal_of(options_)) << format.name;
        ++options_.frame.height;
        ASSERT_TRUE(refusal_of(options_)) << format.name;
        EXPECT_EQ(refusal_of(options_)->field, OptionField::size) << format.name;
    }
}

TEST_F(Exporting, ReportsItsProgress) {
    const arith::Index steps = places_of(state_).step_count();
    EXPECT_EQ(frame_count(state_, options_), static_cast<std::size_t>(steps));
    options_.steps = Range{1, 2};
    EXPECT_EQ(frame_count(state_, options_), 2u);
    options_.taps = true;
    EXPECT_EQ(frame_count(state_, options_), 20u);
    EXPECT_EQ(moments_of(state_, Range{1, 2}, true).size(), 20u);
    const Written written = write(at("tap_%02d.png"), state_, options_);
    EXPECT_EQ(written.frames, 20u);
    EXPECT_EQ(written.last, at("tap_19.png"));
    EXPECT_EQ(files(), 20u);
    options_.this_moment = true;
    EXPECT_EQ(frame_count(state_, options_), 1u);
}

TEST_F(Exporting, TakesStepsByThemselves) {
    using Runs = std::vector<Range>;
    EXPECT_EQ(steps_written("4")->runs, (Runs{{4, 4}}));
    EXPECT_EQ(steps_written("0,4-6,8..9")->runs, (Runs{{0, 0}, {4, 6}, {8, 9}}));
    for (const char* wrong : {"", ",", "1,", ",1", "1-", "-1", "1 2", "1..", "a", "1-2-3", "99999999999999999999"})
        EXPECT_FALSE(steps_written(wrong)) << wrong;
    EXPECT_TRUE(are_steps(*steps_written("0,2-3"), 4));
    for (const char* wrong : {"0,2-4", "2,0", "1,1", "0-2,2", "3-1"})
        EXPECT_FALSE(are_steps(*steps_written(wrong), 4)) << wrong;

    options_.steps = *steps_written("0,2-3");
    EXPECT_EQ(frame_count(state_, options_), 3u);
    EXPECT_EQ(moment_at(state_, options_, 1).step, 2);
    const Written written = write(at("step_%02d.png"), state_, options_);
    EXPECT_EQ(written.frames, 3u);
    EXPECT_EQ(written.last, at("step_03.png"));
    state_.moment.step = 2;
    EXPECT_EQ(read_file(at("step_02.png")), paint::to_png(scene_of(state_), {320, 180}));
    options_.taps = true;
    for (std::size_t n = 0; const scene::Moment& moment : moments_of(state_, options_.steps, true))
        EXPECT_TRUE(moment_at(state_, options_, n++) == moment) << n;
}

TEST_F(Exporting, PutsSeveralStepsOnAPage) {
    options_.columns = options_.rows = 2;
    const auto steps = static_cast<std::size_t>(places_of(state_).step_count());
    EXPECT_EQ(frame_count(state_, options_), (steps + 3) / 4);
    for (const char* ending : {".png", ".svg", ".pdf", ".tex", ".pptx", ".gif"}) {
        options_.format = format_of(ending);
        const Written written = write(at(name_for(*options_.format)), state_, options_);
        EXPECT_EQ(written.frames, (steps + 3) / 4) << ending;
        EXPECT_GT(estimated_bytes(state_, options_), 0) << ending;
    }
    options_.smooth = 30;
    options_.format = format_of(".gif");
    EXPECT_EQ(refusal_of(options_)->field, OptionField::smooth);
    options_.smooth = 0;
    options_.columns = 9;
    options_.rows = 3;
    EXPECT_EQ(refusal_of(options_)->page_option, "grid");
}

TEST_F(Exporting, LeavesPartsOfTheHeaderOut) {
    options_.format = format_of(".svg");
    options_.steps = Range{4, 4};
    const auto svg = [&] { return bytes(state_, options_); };
    EXPECT_NE(svg().find("class=\"title\""), std::string::npos);
    options_.hide_title = options_.hide_step = true;
    EXPECT_EQ(svg().find("class=\"title\""), std::string::npos);
    EXPECT_EQ(svg().find("class=\"moment\""), std::string::npos);
    EXPECT_NE(svg().find("class=\"parameters\""), std::string::npos);
    options_.caption = "A caption.";
    EXPECT_NE(svg().find(">A caption.<"), std::string::npos);
    options_.crop = true;
    EXPECT_NE(svg().find(">A caption.<"), std::string::npos);
    options_.caption = std::string(1000, 'x') + " " + std::string(100, 'y');
    for (int n = 0; n < 8; ++n) options_.caption += " " + std::string(100, 'z');
    EXPECT_EQ(refusal_of(options_)->page_option, "caption");
}

TEST_F(Exporting, ThisMomentIsTheCurrentState) {
    state_.moment = {2, 4};
    options_.this_moment = true;
    write(at("now.png"), state_, options_);
    EXPECT_EQ(read_file(at("now.png")), paint::to_png(scene_of(state_), {320, 180}));
}

TEST_F(Exporting, LeavesExistingFilesUnchangedWhenStopped) {
    options_.all_or_none = true;
    for (const Format& format : formats()) {
        const std::string name = name_for(format);
        options_.format = &format;
        options_.crop = &format == format_of(".webp");
        std::size_t asked = 0;
        double part = 0;
        write(at(name), state_, options_, [&](const Progress& p) {
            EXPECT_GE(p.part, part);
            if (p.part == 1) {  // another program is finishing its work
                EXPECT_TRUE(format.program);
                return true;
            }
            part = p.part;
            ++asked;
            return true;
        });
        EXPECT_GT(part, 0.5) << name;
        std::size_t before = files();
        const std::string first = files::Sequence(at(name)).at(0);
        files::write(first, "old");
        for (std::size_t stop : {std::size_t{0}, asked / 2, asked - 1}) {
            std::size_t n = 0;
            EXPECT_THROW(
                write(at(name), state_, options_, [&](const Progress& p) { return p.part == 1 || n++ < stop; }),
                Stopped)
                << name;
            EXPECT_EQ(read_file(first), "old") << name;
            EXPECT_EQ(files(), before) << name;
        }
    }
}

TEST_F(Exporting, StopsWhileAnotherProgramFinishes) {
    options_.format = format_of(".mp4");
    files::write(at("a.mp4"), "old");
    const std::size_t before = files();
    bool asked = false;
    try {
        write(at("a.mp4"), state_, options_, [&](const Progress& p) {
            asked |= p.part == 1;
            return p.part < 1;
        });
    } catch (const Stopped&) {
        EXPECT_TRUE(asked);
        EXPECT_EQ(read_file(at("a.mp4")), "old");
    }
    EXPECT_EQ(files(), before);
}

// Progress is used for the remaining time, which would be twice too long during painting if painting counted less.
TEST_F(Exporting, PaintingIsMostOfTheWorkOfAGif) {
    options_.format = format_of(".gif");
    std::vector<double> parts;
    write(at("parts.gif"), state_, options_, [&](const Progress& p) {
        parts.push_back(p.part);
        return true;
    });
    const std::size_t frames = frame_count(state_, options_);
    ASSERT_EQ(parts.size(), 2 * frames);
    EXPECT_GT(parts[frames], 0.7) << "all are painted, and are to be put into the palette";
}

TEST_F(Exporting, RefusesOptionsThatAFormatCannotHold) {
    EXPECT_FALSE(refusal_of(options_));
    options_.format = format_of(".gif");
    options_.frame.transparent = true;
    EXPECT_EQ(refusal_of(options_)->field, OptionField::transparent);
    options_.frame = {70000, 100, false, 0};
    EXPECT_EQ(refusal_of(options_)->field, OptionField::size);
    options_.frame = {100000, 100000, false, 0};
    options_.format = format_of(".png");
    EXPECT_EQ(refusal_of(options_)->field, OptionField::size);
    options_.frame = {};
    options_.format = format_of(".mp4");
    options_.per_second = 0;
    EXPECT_EQ(refusal_of(options_)->field, OptionField::per_second);
    EXPECT_THROW(write(at("a.mp4"), state_, options_), Error);
    EXPECT_EQ(files(), 0u);
}

TEST_F(Exporting, EstimatesTheSize) {
    for (const Format& format : formats()) {
        const std::string name = name_for(format);
        options_.format = &format;
        const double estimate = estimated_bytes(state_, options_);
        write(at(name), state_, options_);
        const auto actual = static_cast<double>(bytes_written());
        EXPECT_GT(estimate, actual / 2) << name;
        EXPECT_LT(estimate, actual * 2) << name;
        for (const auto& entry : fs::directory_iterator(folder_)) fs::remove(entry);
    }
    EXPECT_THROW(estimated_bytes(state_, options_, [](const Progress&) { return false; }), Stopped);
}

TEST_F(Exporting, ThreadsPaintConcurrently) {
    const scene::Scene scene = scene_of(state_);
    const std::string wanted = paint::to_png(scene, {320, 180});
    options_.format = format_of(".pdf");
    std::thread other([&] { write(at("a.pdf"), state_, options_); });
    for (int n = 0; n < 20; ++n) EXPECT_EQ(paint::to_png(scene, {320, 180}), wanted);
    other.join();
    const std::string beside = read_file(at("a.pdf"));
    write(at("a.pdf"), state_, options_);
    EXPECT_EQ(read_file(at("a.pdf")), beside);
}

}  // namespace
}  // namespace convloom::tests::exporting_test
