#include "app/platform/desktop/files/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

extern char** environ;

namespace convloom::files {

int start_child(std::vector<std::string> words, const Streams& streams, pid_t& child) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const int given[] = {streams.in, streams.out, streams.err};
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        if (given[stream] >= 0)
            posix_spawn_file_actions_adddup2(&actions, given[stream], stream);
        else
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null",
                                             stream == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
    }
    // Default signal handling: this process blocks or ignores some signals.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int error = posix_spawnp(&child, words.front().c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

std::string Sayings::first_line() const {
    if (!file_) return "";
    std::rewind(file_.get());
    char line[300];
    while (std::fgets(line, sizeof line, file_.get())) {
        const std::string text = line;
        if (const std::string first = text.substr(0, text.find('\n')); !first.empty()) return first;
    }
    return "";
}

int status_of_ended(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace convloom::files
