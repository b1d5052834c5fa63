// convloom tour: lists the guided tour's pages, or writes them as slides, one file per page.
#include <fmt/format.h>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/options.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/export/export_shots.hpp"
#include "app/exporting/formats.hpp"
#include "app/files/files.hpp"
#include "app/paint/png.hpp"
#include "core/state/base/error.hpp"
#include "core/tour/slides.hpp"

namespace convloom::cli {
namespace {

using exporting::Format;

struct TourWords {
    bool list = false, answers = false;
    std::string folder, format = "pdf", language = "en", theme, palette, size = "1920x1080";
    double fps = 1;
};

int page_count(const std::vector<tour::Chapter>& tour) {
    std::size_t count = 0;
    for (const tour::Chapter& chapter : tour) count += chapter.pages.size();
    return static_cast<int>(count);
}

int list(const std::vector<tour::Chapter>& tour) {
    int number = 0;
    for (const tour::Chapter& chapter : tour) {
        print("{}\n", chapter.title);
        for (const tour::TourPage& page : chapter.pages) print("  {:>2}  {}\n", ++number, page.title);
    }
    return done;
}

// "svg, png, pdf and gif": their endings, without the dots.
std::string slide_formats(bool (*holds)(const Format&), std::string_view last) {
    std::string text = exporting::listed(holds, last);
    std::erase(text, '.');
    return text;
}

std::string bytes_of(tour::TourSlide& slide, const Format& format, const paint::FrameOptions& options, double fps) {
    if (!exporting::is_animated(format)) return exporting::frame(format, slide.scene(), options);
    scene::Frames frames;
    frames.count = slide.moments().size();
    frames.width = options.width, frames.height = options.height;
    frames.per_second = fps;
    frames.frame = [&](std::size_t n) {
        return paint::to_pixels(slide.at(slide.moments()[n]), {options.width, options.height});
    };
    return std::get<exporting::AnimationWriter>(format.writer)(frames);
}

// What the lecturer says to a page: its text, the question, and the answer.
std::string notes_of(const tour::TourPage& page, scene::Language language) {
    const tour::Question& q = page.question;
    std::string notes = page.text;
    for (const std::string& line :
         {page.try_this, q.prompt, tr(language, "Answer") + ": " + (q.answers.empty() ? "" : q.answers.front()),
          q.explanation})
        if (!line.empty()) notes += "\n" + line;
    return notes;
}

// One file a chapter.
int write_decks(const std::vector<tour::Chapter>& tour, const TourWords& words, const Format& format,
                const paint::FrameOptions& options) {
    const scene::Language language = language_of(words.language).value_or(scene::Language::english);
    const int count = page_count(tour);
    int number = 0, nth = 0;
    {
        Progress progress("slides");
        for (const tour::Chapter& chapter : tour) {
            const int first = number, each = words.answers ? 2 : 1;
            const std::string bytes = format.deck(
                chapter.pages.size() * each,
                [&](std::size_t n) {
                    const std::size_t at = n / each;
                    const tour::TourPage& page = chapter.pages[at];
                    number = first + static_cast<int>(at);
                    progress.at(number, count);
                    tour::TourSlide slide(chapter, page, number + 1, count, n % each == 1);
                    return exporting::DeckPage{slide.scene(), notes_of(page, language)};
                },
                options, chapter.title);
            number = first + static_cast<int>(chapter.pages.size());
            files::write(files::fs::path(words.folder) / fmt::format("{:02}_{}.{}", ++nth, chapter.name, words.format),
                         bytes);
        }
    }
    print("Wrote {} decks with {} pages to {}.\n", nth, count, files::fs::path(words.folder).string());
    return done;
}

int write_slides(const std::vector<tour::Chapter>& tour, const TourWords& words) {
    const Format* format = exporting::format_of("." + words.format);
    if (!format || !format->for_slides)
        throw Error(fmt::format("--format {}: the formats of slides are {}.", words.format,
                                slide_formats([](const Format& f) { return f.for_slides; }, " and ")));
    ExportWords size;
    size.size = words.size;
    const paint::FrameOptions options = frame_options(size);
    const files::fs::path folder = words.folder;
    std::error_code ec;
    files::fs::create_directories(folder, ec);
    if (ec) throw Failure(fmt::format("Cannot create the folder {}: {}.", folder.string(), ec.message()));
    if (format->deck) return write_decks(tour, words, *format, options);
    const int count = page_count(tour);
    int number = 0, written = 0;
    {
        Progress progress("slides");
        for (const tour::Chapter& chapter : tour)
            for (const tour::TourPage& page : chapter.pages) {
                progress.at(number++, count);
                for (int answers = 0; answers <= (words.answers ? 1 : 0); ++answers) {
                    tour::TourSlide slide(chapter, page, number, count, answers == 1);
                    const std::string name =
                        fmt::format("{:02}_{}{}.{}", number, chapter.name, answers == 1 ? "_answer" : "", words.format);
                    files::write(folder / name, bytes_of(slide, *format, options, words.fps));
                    ++written;
                }
            }
    }
    print("Wrote {} slides to {}.\n", written, folder.string());
    return done;
}

int run_tour(const TourWords& words) {
    if (words.list != words.folder.empty()) throw Error("Give either --list or --export with a folder.");
    if (!(words.fps >= 0.01 && words.fps <= 50))
        throw Error(fmt::format("--fps {}: it must be from 0.01 to 50 frames a second.", words.fps));
    std::vector<tour::Chapter> tour = tour::chapters(language_of(words.language).value_or(scene::Language::english));
    if (words.list) return list(tour);
    state::State colors;
    set_colors(colors, words.palette, words.theme);
    for (tour::Chapter& chapter : tour)
        for (tour::TourPage& page : chapter.pages) {
            if (!words.theme.empty() || colors.palette) page.state.theme = colors.theme;
            page.state.palette = colors.palette;
        }
    return write_slides(tour, words);
}

}  // namespace

void add_tour(CLI::App& app, Run& run) {
    auto words = std::make_shared<TourWords>();
    CLI::App* command = app.add_subcommand("tour", "List the pages of the guided tour, or export them as slides");
    command->add_flag("--list", words->list, "list chapters and pages");
    command->add_option("--export", words->folder,
                        "export slides to this folder, one file per page; one deck a chapter as pptx");
    command
        ->add_option("--format", words->format,
                     fmt::format("{}, or {} with one frame per step",
                                 slide_formats([](const Format& f) { return f.for_slides && !is_animated(f); }, ", "),
                                 slide_formats([](const Format& f) { return f.for_slides && is_animated(f); }, " or ")))
        ->capture_default_str();
    command->add_option("--language", words->language, "language of the texts: en or zh-CN")->capture_default_str();
    command->add_option("--theme", words->theme, "light, dark, conv_arithmetic, colour_blind_safe or print");
    add_palette(*command, words->palette);
    command->add_option("--size", words->size, "slide size in pixels, or on paper such as 12x6.75cm")
        ->capture_default_str();
    as_number(command->add_option("--fps", words->fps, "frames per second of a gif")->capture_default_str());
    command->add_flag("--answers", words->answers, "add a slide with the answer after each page");
    command->footer(
        "Examples:\n"
        "  convloom tour --list\n"
        "  convloom tour --export slides --format pdf --language zh-CN");
    command->callback([words, &run] { run = [words] { return run_tour(*words); }; });
}

}  // namespace convloom::cli
