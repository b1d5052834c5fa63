#include "app/gui/shell/start.hpp"

#include "app/files/image_file.hpp"
#include "app/files/link.hpp"
#include "app/networks/network_file.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/update.hpp"

namespace convloom::gui {

state::State first_state(const std::string& preset, const std::string& file, const Session& session) {
    if (files::is_link(file)) return state_of_link(files::parse_link(file), session.state.value_or(state::State{}));
    if (preset.empty() && file.empty() && session.state) return *session.state;
    state::State first = state::preset(preset.empty() ? state::opening_preset : preset);
    if (session.state) first.theme = session.state->theme;
    if (file.empty()) return first;
    return state::update(first, open_action(file)).state;
}

std::optional<ReadNetwork> read_network(const Start& start) {
    if (!networks::names_network(start.file)) return {};
    ReadNetwork read{networks::read_network(start.file, ""), {}};
    if (!start.photo.empty()) read.photo = files::load_image(start.photo);
    return read;
}

void open_network(Documents& documents, Store& store, const Start& start, ReadNetwork read) {
    NetworkDesk& desk = documents.network().desk();
    if (!start.normalisation.empty()) desk.set_normalisation(start.normalisation);
    if (!start.fit.empty()) desk.set_fit(start.fit == "stretch" ? network::Fit::stretch : network::Fit::crop);
    if (read.photo) desk.take_photo(std::move(*read.photo), std::filesystem::path(start.photo).filename().string());
    documents.open(store, start.file, std::move(read.facts));
}

}  // namespace convloom::gui
