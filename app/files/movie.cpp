#include "app/files/movie.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "app/files/replacement.hpp"
#include "core/state/error.hpp"

extern char** environ;

namespace convloom::files {
namespace {

// ffmpeg, reading raw frames from a pipe.
class Encoder {
  public:
    explicit Encoder(std::vector<std::string> words) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw Error("A pipe to ffmpeg cannot be made.");
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        if (said_) posix_spawn_file_actions_adddup2(&actions, fileno(said_.get()), STDERR_FILENO);
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        const int error = posix_spawnp(&child_, "ffmpeg", &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        close(ends[0]);
        to_ = ends[1];
        if (error == 0) return;
        close(to_);
        throw Error("MP4 is made by the program ffmpeg, which is not installed; the package is called ffmpeg.");
    }
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;
    ~Encoder() { finish(); }

    bool write(const std::vector<std::uint8_t>& bytes) {
        for (std::size_t at = 0; at < bytes.size();) {
            const ssize_t wrote = ::write(to_, bytes.data() + at, bytes.size() - at);
            if (wrote < 0 && errno == EINTR) continue;
            if (wrote <= 0) return false;
            at += static_cast<std::size_t>(wrote);
        }
        return true;
    }
    bool finish() {
        if (child_ == 0) return false;
        close(to_);
        int status = 0;
        while (waitpid(child_, &status, 0) < 0 && errno == EINTR) {
        }
        child_ = 0;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

    // The first line of what it said on its way; empty where it said nothing.
    std::string said() {
        char line[300] = "";
        if (!said_) return "";
        std::rewind(said_.get());
        if (!std::fgets(line, sizeof line, said_.get())) return "";
        std::string text = line;
        return text.substr(0, text.find('\n'));
    }

  private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> said_{std::tmpfile(), std::fclose};
    pid_t child_ = 0;
    int to_ = -1;
};

}  // namespace

void write_mp4(const fs::path& path, const scene::Frames& frames) {
    Replacement file(path, ".mp4");
    signal(SIGPIPE, SIG_IGN);  // an ffmpeg that stops is told by write()
    // H.264 halves the colours' size, so that sides must be even; one line more is added where they are not.
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
                    "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv",
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
    good = ffmpeg.finish() && good;
    if (!good) {
        const std::string said = ffmpeg.said();
        file.fail(said.empty() ? "ffmpeg could not make it" : "ffmpeg says: " + said);
    }
    file.put_in_place();
}

}  // namespace convloom::files
