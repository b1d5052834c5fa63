// The program: without a subcommand it opens the window; subcommands run without one.
#include <string>

#include "app/cli/base/cli.hpp"
#ifdef CONVLOOM_GUI
#include "app/gui/shell/window.hpp"
#endif

#ifdef CONVLOOM_BUILT_FROM  // the build writes it: lines with the commit and the libraries
extern const char* const convloom_built_from;
#endif

namespace {

using namespace convloom;

// What the window opens.
struct Opening {
    std::string preset, file;
    cli::Door door;
    bool asks_network = false;  // by `open`
};

std::string version() {
    std::string text = "convloom " CONVLOOM_VERSION;
#ifdef CONVLOOM_BUILT_FROM
    text += convloom_built_from;
#endif
    return text;
}

int open_window(const Opening& opening) {
    // Words that do not go together are refused without a window too.
    [[maybe_unused]] cli::NetworkStart network =
        opening.asks_network ? opening.door(opening.file) : cli::NetworkStart();
#ifdef CONVLOOM_GUI
    gui::Start start{network.layer ? "" : opening.preset, network.layer ? "" : opening.file, {}, "", "", ""};
    start.state = std::move(network.layer);
    start.photo = std::move(network.photo);
    start.normalisation = std::move(network.normalisation);
    start.fit = std::move(network.fit);
    return gui::run_window(start) ? cli::done : cli::no_screen;
#else
    return cli::no_window();
#endif
}

void add_open(CLI::App& app, Opening& opening, cli::Run& run) {
    CLI::App* command = app.add_subcommand("open", "Open the window on a photo, a state file, a link or a network");
    command->add_option("file", opening.file,
                        "photo.jpg, a .convloom.json state, a link: #v1?preset=dilation, one of a network's layers: "
                        "model.onnx:NODE, or " +
                            cli::network_words() + "; without it, the window as usual");
    opening.door = cli::add_door(*command);
    command->footer(
        "Examples:\n"
        "  convloom open photo.jpg\n"
        "  convloom open '#v1?preset=dilation&view=stacked&play=1'\n"
        "  convloom open resnet.onnx --photo cat.jpg\n"
        "  convloom open resnet.onnx:conv1 --photo cat.jpg");
    command->callback([&] {
        opening.asks_network = true;
        run = [&] { return open_window(opening); };
    });
}

int run_program(int argc, char** argv) {
    cli::begin();
    CLI::App app{"Convloom: step through convolutions, filter photos, export frames for slides.", "convloom"};
    app.set_version_flag("--version", version());
    app.require_subcommand(0, 1);
    Opening opening;
    app.add_option("--preset", opening.preset, "open this preset in the window");
    app.footer(
        "Without a subcommand the window opens.\n\n"
        "Examples:\n"
        "  convloom\n"
        "  convloom --preset dilation\n"
        "  convloom open photo.jpg\n"
        "  convloom export --preset same_padding_no_strides -o frames_%03d.png\n"
        "  convloom info \"nn.Conv2d(3, 64, 7, stride=2, padding=3)\" --input 3x224x224");
    cli::Run run = [&] { return open_window(opening); };
    add_open(app, opening, run);
    cli::add_list(app, run);
    cli::add_export(app, run);
    cli::add_compare(app, run);
    cli::add_compute(app, run);
    cli::add_trace(app, run);
    cli::add_info(app, run);
    cli::add_filter(app, run);
    cli::add_scene(app, run);
    cli::add_tour(app, run);
    cli::add_link(app, run);
    return cli::run_words(app, run, argc, argv);
}

}  // namespace

int main(int argc, char** argv) {
    // There can be too little memory for the commands themselves.
    return cli::reported([&] { return run_program(argc, argv); });
}
