// The entries of the command palette: everything that the workbench can do in one step.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/shell/workbench.hpp"
#include "app/gui/widgets/search.hpp"
#include "app/gui/widgets/views.hpp"
#include "app/networks/network_file.hpp"
#include "core/arith/contrast/contrast.hpp"
#include "core/image/filters/filter.hpp"
#include "core/scene/looks/look.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/networks/builtin.hpp"

namespace convloom::gui {
namespace {

class Entries {
  public:
    // The kind is searched too, so that "view" lists all views.
    void add(const char* kind, const std::string& english, const std::string& key, const std::string& place,
             std::function<void()> does, const std::string& also = "") {
        all_.push_back({t(english.c_str()), names_of(english) + '\n' + names_of(kind) + '\n' + lower(also), t(kind),
                        key, "palette " + place, std::move(does)});
    }
    // A name that is the same in every language.
    void add_name(const char* kind, const std::string& name, const std::string& place, std::function<void()> does) {
        all_.push_back({name, lower(name) + '\n' + names_of(kind), t(kind), "", "palette " + place, std::move(does)});
    }
    std::vector<PaletteEntry> take() { return std::move(all_); }

  private:
    std::vector<PaletteEntry> all_;
};

// Commands that make no sense once the palette is closed are omitted.
bool is_offered(Command command) {
    using enum Command;
    constexpr Command left_out[] = {view, palette, next_control, next_panel, leave};
    return std::find(std::begin(left_out), std::end(left_out), command) == std::end(left_out);
}

void add_views(Entries& entries, Store& store) {
    for (const ViewTab& view : views_of(store.state()))
        entries.add(
            "View", std::string(view.info->title), view.digit > 0 ? std::to_string(view.digit) : "",
            fmt::format("view {}", view.info->name), [&store, view] { go_to_view(store, view); },
            names_of(std::string(view.info->short_title)));
}

// Layers that differ from the one shown by one convention.
void add_contrasts(Entries& entries, Store& store) {
    const state::State& s = store.state();
    if (s.view == scene::View::photo || !scene::undrawable(s.layer(), scene::View::compare).empty()) return;
    for (const arith::Contrast& one : arith::contrasts(s.layer()))
        entries.add(
            "Compare with", one.title, "", "compare " + one.name,
            [&store, layer = one.layer] { store.dispatch(state::CompareWith{layer}); }, one.name);
}

void add_presets(Entries& entries, Store& store) {
    for (const std::string& name : state::preset_names())
        entries.add(
            "Preset", state::preset(name).title, "", "preset " + name,
            [&store, name] {
                store.open_preset(state::preset(name));
                store.set_playing(true);
            },
            name);
}

// Kernels that the shown layer can be filled with; in a photo the same names are filters.
void add_kernels(Entries& entries, Store& store) {
    const state::State& s = store.state();
    const arith::Layer& layer = s.layer();
    if (s.view == scene::View::photo || !layer.has_weight() || layer.rank() != 2) return;
    for (const state::KernelPattern& pattern : state::kernel_patterns())
        if (pattern.kernel(layer.axes[0].kernel, layer.axes[1].kernel))
            entries.add(
                "Kernel", std::string(pattern.title), "", fmt::format("kernel {}", pattern.filter),
                [&store, filter = std::string(pattern.filter)] {
                    store.dispatch(state::FillKernel{filter, state::every_plane});
                },
                std::string(pattern.filter));
}

void add_filters(Entries& entries, Store& store) {
    for (const image::NamedFilter& filter : image::named_filters())
        entries.add(
            "Filter", std::string(filter.title), "", fmt::format("filter {}", filter.name),
            [&store, name = std::string(filter.name)] {
                const state::State& s = store.state();
                if (!s.photo) return store.say(t("Drop a photo on this window to open it."));
                if (s.view != scene::View::photo) store.dispatch(state::SetView{scene::View::photo});
                store.dispatch(state::SetFilter{name});
            },
            std::string(filter.name));
}

void add_looks(Entries& entries, Store& store) {
    for (const scene::Theme& theme : scene::themes())
        entries.add("Theme", theme_title(theme.name), "", fmt::format("theme {}", theme.name),
                    [&store, name = std::string(theme.name)] { store.dispatch(state::SetTheme{name}); });
    for (const scene::LookSwitch& one : scene::look_switches())
        if (one.changes(store.state().view, store.state().layer().rank()))
            entries.add("Shown", one.title, "", "shown " + place_of(one.key), [&store, on = one.on] {
                store.dispatch(state::SetSwitch{on, !(store.state().look.*on)});
            });
}

void add_networks(Entries& entries, Store& store, Documents& documents) {
    for (const std::string& name : state::builtin_networks())
        entries.add(
            "Network", "Draw a digit and see how a network reads it", "", "network " + name,
            [&store, &documents, name] { documents.open(store, name); }, name);
}

}  // namespace

void Workbench::open_palette() {
    Entries entries;
    for (const Key& key : keys())
        if (key.says && is_offered(key.command))
            entries.add("Command", key.says, key.shows, fmt::format("command {}", key.shows),
                        [this, command = key.command] { run(command); });
    add_networks(entries, store_, documents_);
    add_views(entries, store_);
    add_contrasts(entries, store_);
    entries.add(
        "Tour", "Conventions: what each library means by a word", "", "conventions",
        [this] {
            if (tour_shown()) open_tour(false);
            interface_.tour.chapter = "conventions";
            interface_.tour.page = 0;
            open_tour(true);
        },
        "pytorch keras tensorflow onnx scipy opencv matlab same");
    add_presets(entries, store_);
    add_kernels(entries, store_);
    add_filters(entries, store_);
    add_looks(entries, store_);
    constexpr const char* tabs[] = {"Layer", "Data", "View", "Step"};
    for (int n = 0; n < 4; ++n)
        entries.add("Inspector", tabs[n], "", fmt::format("tab {}", n), [this, n] {
            interface_.inspector = true, interface_.page.hide_inspector = false;
            interface_.tab = static_cast<InspectorTab>(n);
        });
    constexpr const char* languages[] = {"System", "English", "中文"};
    for (int n = 0; n < 3; ++n)
        entries.add("Language", languages[n], "", fmt::format("language {}", n), [this, n] {
            interface_.language = static_cast<LanguageChoice>(n), interface_.page.language.reset();
        });
    for (const std::string& path : documents_.recent())
        entries.add_name("File", std::filesystem::path(path).filename().string(), "file " + path,
                         [this, path] { documents_.open(store_, path); });
    palette_.open(entries.take());
}

}  // namespace convloom::gui
