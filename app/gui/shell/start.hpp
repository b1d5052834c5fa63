// What the window begins with.
#pragma once
#include "app/gui/session/session.hpp"
#include "app/gui/shell/documents.hpp"
#include "app/gui/shell/window.hpp"

namespace convloom::gui {

// The document to open: the one named, else the one of the last session, else the opening example.
state::State first_state(const std::string& preset, const std::string& file, const Session& session);

// Refuses a network or a photo that cannot be read before there is a window, so that the command ends with a sentence.
void check_network(const Start& start);
void open_network(Documents& documents, Store& store, const Start& start);

}  // namespace convloom::gui
