// What the window begins with.
#pragma once
#include "app/gui/session/session.hpp"
#include "app/gui/shell/documents.hpp"
#include "app/gui/shell/window.hpp"

namespace convloom::gui {

// The document to open: the one named, else the one of the last session, else the opening example.
state::State first_state(const std::string& preset, const std::string& file, const Session& session);

// A network and its photo, read before there is a window, so that the command ends with a sentence if that fails.
struct ReadNetwork {
    networks::NetworkFacts facts;
    std::optional<image::Image> photo;
};
// Nothing if the file is no network. Throws an Error.
std::optional<ReadNetwork> read_network(const Start& start);
void open_network(Documents& documents, Store& store, const Start& start, ReadNetwork read);

}  // namespace convloom::gui
