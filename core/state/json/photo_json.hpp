// The photo in a state file: {"path": …, "stack": [{"filter": …, "parameters": {…}, …}], "selected": …, "shown_as": …,
// "look": …}. Files from before there were stacks have "filter" and "kernel" instead of "stack".
#pragma once
#include "core/state/json/json_reader.hpp"
#include "core/state/model/photo.hpp"

namespace convloom::state {

Json photo_json(const Photo& photo, const scene::Moment& moment);
// Returns the photo without pixels. The moment is not validated until they are loaded.
Photo read_photo(const JsonReader& in, scene::Moment& moment);

}  // namespace convloom::state
