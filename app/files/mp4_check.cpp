#include "app/files/mp4_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "core/arith/layer/counts.hpp"

namespace convloom::files {
namespace {

using Number = std::uint64_t;

// Reads big-endian numbers in sequence. Beyond the end they are 0 and it is no longer good.
struct Bytes {
    std::string_view left;
    bool good = true;

    Number number(std::size_t size) {
        if (left.size() < size) {
            good = false;
            return 0;
        }
        Number n = 0;
        for (std::size_t i = 0; i < size; ++i) n = n << 8 | static_cast<unsigned char>(left[i]);
        left.remove_prefix(size);
        return n;
    }
    void skip(std::size_t size) {
        good &= left.size() >= size;
        left.remove_prefix(std::min(size, left.size()));
    }
};

struct Part {
    Number first = 0, end = 0;  // of the payload, in the file
};

// The file's top-level boxes, by type; nothing if they do not fill the file.
std::optional<std::multimap<std::string, Part>> top_boxes(std::ifstream& in, Number size) {
    std::multimap<std::string, Part> boxes;
    for (Number at = 0; at < size;) {
        char head[16] = {};
        in.clear();
        in.seekg(static_cast<std::streamoff>(at));
        in.read(head, static_cast<std::streamsize>(std::min<Number>(sizeof head, size - at)));
        Bytes bytes{{head, static_cast<std::size_t>(in.gcount())}};
        Number length = bytes.number(4), header = 8;
        const std::string type(bytes.left.substr(0, 4));
        bytes.skip(4);
        if (length == 1) length = bytes.number(8), header = 16;  // 0, to the end of the file, is not what ffmpeg writes
        if (!bytes.good || length < header || length > size - at) return std::nullopt;
        boxes.insert({type, {at + header, at + length}});
        at += length;
    }
    return boxes;
}

// The contents of a nested box; empty if there is none.
std::string_view inner(std::string_view boxes, std::initializer_list<std::string_view> path) {
    for (const std::string_view wanted : path) {
        Bytes bytes{boxes};
        std::optional<std::string_view> found;
        while (!found && bytes.left.size() >= 8) {
            const std::string_view whole = bytes.left;
            const Number length = bytes.number(4);
            if (length < 8 || length > whole.size()) return {};
            if (whole.substr(4, 4) == wanted) found = whole.substr(8, length - 8);
            bytes.left = whole.substr(length);
        }
        if (!found) return {};
        boxes = *found;
    }
    return boxes;
}

struct Tables {
    std::vector<Number> sizes, chunks;                 // size of each frame; position of each chunk of frames
    std::vector<std::pair<Number, Number>> per_chunk;  // from which chunk on (from 1) a chunk holds how many frames
    Number frame_count = 0;
    bool good = true;
};

// For a video with this number of frames; longer tables are not read.
Tables tables_of(std::string_view moov, std::size_t frames) {
    Tables t;
    const auto stbl = inner(moov, {"trak", "mdia", "minf", "stbl"});
    Bytes sizes{inner(stbl, {"stsz"})}, runs{inner(stbl, {"stsc"})}, chunks{inner(stbl, {"stco"})};
    std::size_t width = 4;
    if (chunks.left.empty()) chunks.left = inner(stbl, {"co64"}), width = 8;
    for (Bytes* table : {&sizes, &runs, &chunks}) table->skip(4);  // version and flags
    const Number same = sizes.number(4);
    t.frame_count = sizes.number(4);
    for (Number n = t.frame_count; n > 0 && t.frame_count <= frames && sizes.good; --n)
        t.sizes.push_back(same > 0 ? same : sizes.number(4));
    for (Number n = runs.number(4); n > 0 && runs.good; --n) {
        const Number first = runs.number(4), count = runs.number(4);
        runs.skip(4);  // which description
        t.per_chunk.emplace_back(first, count);
    }
    for (Number n = chunks.number(4); n > 0 && chunks.good; --n) t.chunks.push_back(chunks.number(width));
    t.good = sizes.good && runs.good && chunks.good;
    return t;
}

bool frames_lie_in(const Tables& t, const std::multimap<std::string, Part>& boxes) {
    std::size_t frame = 0, run = 0;
    for (std::size_t chunk = 0; chunk < t.chunks.size(); ++chunk) {
        while (run + 1 < t.per_chunk.size() && t.per_chunk[run + 1].first <= chunk + 1) ++run;
        if (t.per_chunk.empty()) return false;
        Number end = t.chunks[chunk];
        for (Number n = 0; n < t.per_chunk[run].second; ++n) {
            if (frame == t.sizes.size()) return false;
            end += t.sizes[frame++];
        }
        bool inside = false;
        for (auto [at, last] = boxes.equal_range("mdat"); at != last; ++at)
            inside |= t.chunks[chunk] >= at->second.first && end <= at->second.end;
        if (!inside) return false;
    }
    return frame == t.sizes.size();
}

}  // namespace

std::string mp4_fault(const std::filesystem::path& path, std::size_t frames) {
    constexpr Number most_moov = Number{1} << 28;
    std::error_code ec;
    const Number size = std::filesystem::file_size(path, ec);
    std::ifstream in(path, std::ios::binary);
    if (ec || !in) return "it cannot be read back";
    const auto boxes = top_boxes(in, size);
    if (!boxes) return "it is cut off";
    const auto moov = boxes->find("moov");
    if (boxes->count("ftyp") != 1 || moov == boxes->end() || boxes->count("mdat") == 0)
        return "parts of it are missing";
    const Part part = moov->second;
    if (part.end - part.first > most_moov) return "its tables are too long";
    std::string text(static_cast<std::size_t>(part.end - part.first), '\0');
    in.clear();
    in.seekg(static_cast<std::streamoff>(part.first));
    if (!in.read(text.data(), static_cast<std::streamsize>(text.size()))) return "it cannot be read back";
    const Tables tables = tables_of(text, frames);
    if (!tables.good) return "its tables are cut off";
    if (tables.frame_count != frames)
        return fmt::format("it has {} of {}", tables.frame_count, arith::counted(frames, "frame"));
    return frames_lie_in(tables, *boxes) ? "" : "frames of it are missing";
}

}  // namespace convloom::files
