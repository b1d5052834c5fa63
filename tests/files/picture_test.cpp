// Pictures of every format with their correct values; damaged or truncated files give the same result each time.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <random>
#include <set>

#include "app/files/image_file.hpp"
#include "app/files/picture/reader.hpp"
#include "core/state/base/error.hpp"
#include "tests/support/support.hpp"

namespace convloom {
namespace {

namespace fs = std::filesystem;

std::string file(const std::string& name) {
    return files::read(fs::path(tests::tests_folder()) / "images" / name);
}

std::vector<int> numbers(const image::Image& image) {
    return std::visit([](const auto& samples) { return std::vector<int>(samples.begin(), samples.end()); },
                      image.samples);
}

std::optional<image::Image> decoded(std::string_view bytes, std::string* says = nullptr) {
    try {
        return files::decode_image(bytes, "It", 1'000'000);
    } catch (const UnreadableFile& error) {
        if (says) *says = error.what();
        return std::nullopt;
    }
}

struct Right {
    std::string name;
    int width, height, channels;
    std::vector<int> values;
};

TEST(Picture, HasTheCorrectValues) {
    const Right all[] = {
        {"01_p5_16bit.pgm", 3, 1, 1, {0x0100, 0x1234, 65535}},
        {"03_p5_maxval15.pgm", 3, 1, 1, {0, 136, 255}},
        {"05_p2.pgm", 2, 1, 1, {1, 2}},
        {"07_p3.ppm", 1, 1, 3, {1, 2, 3}},
        {"09_topdown.bmp", 2, 2, 3, {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10}},
        {"10_palette_index_beyond.png", 4, 1, 3, {1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0}},
        {"12_os2_4bit.bmp", 6, 1, 3, {0, 0, 0, 10, 10, 10, 110, 110, 110, 120, 120, 120, 130, 130, 130, 150, 150, 150}},
        {"15_background.gif", 4, 1, 4, {0, 255, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0}},
        {"16_gap2.bmp", 2, 2, 3, {9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4}},
        {"19_rle8.bmp", 4, 1, 3, {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}},
        {"20_top_right.tga", 2, 2, 3, {20, 20, 20, 10, 10, 10, 40, 40, 40, 30, 30, 30}},
        {"21_cgbi.png", 1, 1, 4, {30, 20, 10, 255}},
    };
    for (const Right& right : all) {
        std::string says;
        const auto image = decoded(file(right.name), &says);
        ASSERT_TRUE(image) << right.name << ": " << says;
        EXPECT_EQ(image->width, right.width) << right.name;
        EXPECT_EQ(image->height, right.height) << right.name;
        EXPECT_EQ(image->channels, right.channels) << right.name;
        EXPECT_EQ(numbers(*image), right.values) << right.name;
    }
}

TEST(Picture, EveryFormatHasExtensions) {
    for (const files::picture::Format& format : files::picture::formats())
        EXPECT_TRUE(std::string_view(format.endings).starts_with('.')) << format.names;
    const std::vector<std::string> endings = files::picture_endings();
    EXPECT_EQ(std::set(endings.begin(), endings.end()).size(), endings.size()) << "each is named once";
    for (const char* known : {".png", ".jpeg", ".tif", ".tiff", ".avif", ".pfm", ".psb", ".tga"})
        EXPECT_NE(std::find(endings.begin(), endings.end(), known), endings.end()) << known;
}

TEST(Picture, A422JpegHasTheChromaOfLibjpeg) {
    const auto image = decoded(file("25_422.jpg"));
    ASSERT_TRUE(image);
    std::vector<int> pixel;
    for (int c = 0; c < 3; ++c) pixel.push_back(static_cast<int>(image->value(14, 4, c) * 255 + 0.5f));
    EXPECT_EQ(pixel, (std::vector{51, 0, 178}));
}

TEST(Picture, AnArithmeticJpegEqualsTheHuffmanOne) {
    const auto right = decoded(file("huffman.jpg"));
    ASSERT_TRUE(right);
    EXPECT_EQ(decoded(file("arithmetic.jpg")), right);
    EXPECT_EQ(decoded(file("arithmetic_progressive.jpg")), right);
}

TEST(Picture, AJpegWithoutAScanIsRefused) {
    std::string says;
    EXPECT_FALSE(decoded(file("23_no_scan.jpg"), &says));
    EXPECT_EQ(says.find("It is a damaged image: "), 0u) << says;
}

TEST(Picture, RefusalsNameTheDetectedFormat) {
    using namespace std::literals;
    const std::pair<std::string_view, std::string_view> all[] = {
        {"\0\0\0\x0cjP  \r\n\x87\n\0\0"sv, "It is a JPEG 2000 picture, which Convloom does not read."},
        {"\xff\x0a\xfa"sv, "It is a JPEG XL picture, which Convloom does not read."},
        {"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>"sv,
         "It is an SVG drawing, which Convloom does not read."},
        {"%PDF-1.7\n"sv, "It is a PDF document, which Convloom does not read."},
        {"\x76\x2f\x31\x01\2\0\0\0"sv, "It is an OpenEXR picture, which Convloom does not read."},
        {"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0"sv, "It is a Windows icon (ICO), which Convloom does not read."},
        {"II*\0\x10\0\0\0CR\2\0\0\0\0\0\0\0"sv, "It is a camera's raw picture, which Convloom does not read."},
        {"\0\0\0\x18"
         "ftypisom\0\0\2\0isommp41"sv,
         "It is a video (MP4), which Convloom does not read."},
    };
    for (const auto& [bytes, sentence] : all) {
        std::string says;
        EXPECT_FALSE(decoded(bytes, &says));
        EXPECT_EQ(says, sentence);
    }
    // Files that only begin like a format are not reported as that format.
    for (const std::string_view text : {"BANANA, a fruit, not a bitmap", "<html><body><svg/></body></html>"}) {
        std::string says;
        EXPECT_FALSE(decoded(text, &says));
        EXPECT_EQ(says.find("It is not an image that Convloom can read"), 0u) << says;
    }
}

std::vector<std::string> samples() {
    std::vector<std::string> all;
    for (const char* folder : {"images", "fuzz/corpus/image"})
        for (const auto& entry : fs::directory_iterator(fs::path(tests::tests_folder()) / folder))
            if (entry.file_size() < 20'000) all.push_back(files::read(entry.path()));
    return all;
}

// Fills freed memory with a byte, so that uninitialized reads would return it.
void leave_behind(char byte) {
    std::vector<std::string> blocks;
    for (std::size_t size = 16; size < 100'000; size *= 2)
        for (int n = 0; n < 4; ++n) blocks.emplace_back(size, byte);
}

TEST(Picture, IsReproducible) {
    for (const std::string& bytes : samples()) {
        leave_behind('\x5a');
        const auto first = decoded(bytes);
        leave_behind('\xa5');
        EXPECT_EQ(first, decoded(bytes));
    }
}

TEST(Picture, IsReproducibleIfTruncatedOrDamaged) {
    std::mt19937 dice(1);
    for (const std::string& bytes : samples())
        for (int n = 0; n < 40; ++n) {
            std::string harmed = bytes;
            if (n % 2 == 0)
                harmed.resize(dice() % bytes.size());
            else
                for (int times = 0; times <= n / 10; ++times) harmed[dice() % bytes.size()] = static_cast<char>(dice());
            leave_behind('\x5a');
            const auto first = decoded(harmed);
            leave_behind('\xa5');
            if (first) {
                EXPECT_LE(first->pixel_count(), 1'000'000u);
                EXPECT_EQ(first, decoded(harmed));
            }
        }
}

}  // namespace
}  // namespace convloom
