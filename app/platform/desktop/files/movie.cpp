#include "app/files/movie.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <functional>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "app/files/mp4_check.hpp"
#include "app/files/replacement.hpp"
#include "app/platform/desktop/files/child.hpp"
#include "app/platform/desktop/files/running.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

// Since version 7, ffmpeg takes what it says of the colours from the frames, not from the options of the encoder.
constexpr const char* even_sides_and_colours =
    "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv,"
    "setparams=color_primaries=bt709:color_trc=bt709";

// An ffmpeg process that reads raw frames from a pipe. It is killed if it is not waited for.
class Encoder {
  public:
    explicit Encoder(std::vector<std::string> words) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw Failure("A pipe to ffmpeg cannot be made.");
        const int error = start_child(std::move(words), {ends[0], -1, said_.stream()}, child_);
        close(ends[0]);
        to_ = ends[1];
        if (error == 0) {
            running_.emplace(child_);
            return;
        }
        close(to_);
        throw Failure("MP4 needs the program ffmpeg, which is not installed; install the package ffmpeg.");
    }
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;
    ~Encoder() {
        if (!running_) return;
        kill(child_, SIGKILL);
        running_.reset();
        if (to_ >= 0) close(to_);
        status_of_ended(child_);
    }

    bool write(const std::vector<std::uint8_t>& bytes) {
        for (std::size_t at = 0; at < bytes.size();) {
            const ssize_t wrote = ::write(to_, bytes.data() + at, bytes.size() - at);
            if (wrote < 0 && errno == EINTR) continue;
            if (wrote <= 0) return false;
            at += static_cast<std::size_t>(wrote);
        }
        return true;
    }
    // Waits until it has finished; calls `waits` repeatedly, which may throw.
    bool finish(const std::function<void()>& waits) {
        close(std::exchange(to_, -1));
        siginfo_t info{};
        while (waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOWAIT | WNOHANG) == 0 && info.si_pid == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            waits();
        }
        running_.reset();
        return status_of_ended(child_) == 0;
    }
    std::string said() const { return said_.first_line(); }

  private:
    Sayings said_;
    pid_t child_ = 0;
    int to_ = -1;
    std::optional<RunningProgram> running_;
};

// The system may have accepted bytes for which the disk then had no room; fsync reports that.
std::string written_fault(const fs::path& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::generic_category().message(errno);
    const int error = fsync(file) == 0 || errno == EINVAL ? 0 : errno;
    close(file);
    return error == 0 ? "" : std::generic_category().message(error);
}

}  // namespace

void write_mp4(const fs::path& path, const scene::Frames& frames) {
    Replacement file(path, ".mp4");
    signal(SIGPIPE, SIG_IGN);  // if ffmpeg stops reading, write() reports it
    const bool checked = fs::is_regular_file(file.beside());
    // H.264 stores colours at half resolution, so sides must be even; an odd side gets one more line.
    Encoder ffmpeg({"ffmpeg",
                    "-y",
                    "-loglevel",
                    "error",
                    "-f",
                    "rawvideo",
                    "-pix_fmt",
                    "rgb24",
                    "-s",
                    fmt::format("{}x{}", frames.width, frames.height),
                    "-r",
                    fmt::format("{}", frames.per_second),
                    "-i",
                    "-",
                    "-vf",
                    even_sides_and_colours,
                    "-c:v",
                    "libx264",
                    "-preset",
                    "medium",
                    "-crf",
                    "18",
                    "-pix_fmt",
                    "yuv420p",
                    "-colorspace",
                    "bt709",
                    "-color_primaries",
                    "bt709",
                    "-color_trc",
                    "bt709",
                    "-color_range",
                    "tv",
                    "-threads",
                    "1",
                    "-movflags",
                    "+faststart",
                    "-fflags",
                    "+bitexact",
                    "-flags:v",
                    "+bitexact",
                    file.beside().string()});
    bool good = true;
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(frames.width) * frames.height * 3);
    for (std::size_t n = 0; n < frames.count && good; ++n) {
        const scene::Pixels frame = frames.frame(n);
        for (std::size_t p = 0; p * 3 < rgb.size(); ++p)
            for (int c = 0; c < 3; ++c) rgb[p * 3 + c] = frame.rgba[p * 4 + c];
        good = ffmpeg.write(rgb);
    }
    good = ffmpeg.finish([&] {
        if (frames.waits) frames.waits();
    }) && good;
    // ffmpeg can report success although its last write failed, so its messages count and its output is checked.
    if (const std::string said = ffmpeg.said(); !said.empty()) file.fail("ffmpeg says: " + said);
    if (!good) file.fail("ffmpeg could not encode it");
    if (checked) {
        if (const std::string fault = written_fault(file.beside()); !fault.empty()) file.fail(fault);
        if (const std::string fault = mp4_fault(file.beside(), frames.count); !fault.empty())
            file.fail("ffmpeg wrote a damaged file: " + fault);
    }
    file.put_in_place();
}

}  // namespace convloom::files
