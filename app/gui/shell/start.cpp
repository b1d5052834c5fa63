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

void check_network(const Start& start) {
    networks::read_network(start.file, "");
    if (!start.photo.empty()) files::load_image(start.photo);
}

void open_network(Documents& documents, Store& store, const Start& start) {
    NetworkDesk& desk = documents.network().desk();
    if (!start.normalisation.empty()) desk.set_normalisation(start.normalisation);
    if (!start.fit.empty()) desk.set_fit(start.fit == "stretch" ? network::Fit::stretch : network::Fit::crop);
    if (!start.photo.empty()) desk.take_photo(start.photo);
    documents.open(store, start.file);
}

}  // namespace convloom::gui
