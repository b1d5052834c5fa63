// The start and end of every command.
#include <algorithm>
#include <exception>
#include <sstream>
#include <vector>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/files/unfinished.hpp"
#include "core/state/base/edit_distance.hpp"
#include "core/state/base/error.hpp"

namespace convloom::cli {
namespace {

// Describes an argument that is neither a command nor a flag, with a suggestion.
std::string unexpected(const CLI::App& app, const CLI::ParseError& error) {
    const std::vector<std::string> words = app.remaining(true);
    const std::vector<CLI::App*> given = app.get_subcommands();
    const CLI::App& command = given.empty() ? app : *given.front();
    const std::string name = given.empty() ? app.get_name() : app.get_name() + " " + command.get_name();
    if (!words.empty() && words.front().starts_with("--")) {
        std::vector<std::string> flags;
        for (const CLI::Option* option : command.get_options())
            for (const std::string& flag : option->get_lnames()) flags.push_back("--" + flag);
        const std::string word = words.front().substr(0, words.front().find('='));
        return fmt::format("{} has no {}{} `{} --help` shows what it takes.",
                           given.empty() ? app.get_name() : command.get_name(), word,
                           state::meant(word, flags, "; did you mean {}?", ";"), name);
    }
    const bool has_commands = !app.get_subcommands([](const CLI::App*) { return true; }).empty();
    if (!words.empty() && given.empty() && has_commands) {
        std::vector<std::string> names;
        for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; }))
            names.push_back(one->get_name());
        return fmt::format("There is no subcommand “{}”{} `convloom --help` shows all.", words.front(),
                           state::meant(words.front(), names, "; did you mean “{}”?", ";"));
    }
    return fmt::format("{}; `convloom --help` shows how.", error.what());
}

}  // namespace

int reported(const Run& work) {
    try {
        return work();
    } catch (const files::ClosedPipe&) {
        throw;
    } catch (const Failure& failure) {
        complain("{}", failure.what());
    } catch (const Error& error) {
        complain("{}", error.what());
        return usage;
    } catch (const std::exception& fault) {  // from a library
        complain("{}", sentence_of(fault));
    }
    return failed;
}

namespace {

int read_and_run(CLI::App& app, const Run& run, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError& error) {
        complain("{}", unexpected(app, error));
        return usage;
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) {
            complain("{}; `convloom --help` shows how.", error.what());
            return usage;
        }
        std::ostringstream out, err;  // --help, --version
        app.exit(error, out, err);
        files::put(out.str());
        return done;
    }
    return run();
}

}  // namespace

void parse_words(CLI::App& app, std::vector<std::string> reversed) {
    try {
        app.parse(std::move(reversed));
    } catch (const CLI::ExtrasError& error) {
        throw Error(unexpected(app, error));
    } catch (const CLI::ParseError& error) {
        throw Error(fmt::format("{}; `{} --help` shows how.", error.what(), app.get_name()));
    }
}

void begin() {
    files::hold_standard_streams();
    files::stop_when_told();
}

int no_window() {
    complain("this build has no window; `convloom list` and `convloom export` work without one.");
    return no_screen;
}

int run_words(CLI::App& app, const Run& run, int argc, char** argv) {
    try {
        const int status = reported([&] { return read_and_run(app, run, argc, argv); });
        const int finished = reported([] { return files::finish_standard_output(), done; });
        return std::max(status, finished);
    } catch (const files::ClosedPipe&) {
        files::end_by_closed_pipe();
    }
}

}  // namespace convloom::cli
