#include "app/cli/export/export_list.hpp"

#include <fmt/format.h>

#include <set>
#include <sstream>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/export/argument_line.hpp"
#include "app/files/files.hpp"
#include "core/state/base/error.hpp"

namespace convloom::cli {
namespace {

struct ListedFigure {
    int line = 0;
    std::shared_ptr<ExportWords> words;
};

// The line's number before what is wrong with it.
template <class Work>
void on_line(const std::string& file, int line, const Work& work) {
    const auto where = [&](const char* what) { return fmt::format("{}, line {}: {}", file, line, what); };
    try {
        work();
    } catch (const Failure& failure) {
        throw Failure(where(failure.what()));
    } catch (const Error& error) {
        throw Error(where(error.what()));
    }
}

}  // namespace

int export_list(const std::string& file) {
    const std::string text = file == "-" ? files::read_standard_input(files::Content::text, files::largest_words)
                                         : files::read(file, files::Content::text, files::largest_words);
    std::vector<ListedFigure> figures;
    std::set<files::fs::path> names;
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number)
        on_line(file, number, [&] {
            if (words_of_line(line).empty()) return;
            const auto words = export_words(line, LineOptions::all);
            if (words->output.empty()) throw Error("give -o with a file name.");
            if (is_piped(*words)) throw Error("-o -: each figure of a list is a file.");
            check_export(*words);
            if (!names.insert(files::fs::path(words->output).lexically_normal()).second)
                throw Error(fmt::format("{}: an earlier line writes this file.", words->output));
            figures.push_back({number, words});
        });
    if (figures.empty()) throw Error(fmt::format("{}: there is no figure in it.", file));
    for (const ListedFigure& figure : figures) on_line(file, figure.line, [&] { export_one(*figure.words); });
    return done;
}

}  // namespace convloom::cli
