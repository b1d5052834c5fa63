// A photo's part of a state file: {"path": …, "stack": [{"filter": …, "parameters": {…}, …}], "selected": …,
// "shown_as": …, "look": …}. Files of before there were stacks have "filter" and "kernel" in place of "stack".
#pragma once
#include "core/state/json/json_reader.hpp"
#include "core/state/model/photo.hpp"

namespace convloom::state {

Json photo_json(const Photo& photo, const scene::Moment& moment);
// Without pixels. The moment is not known to be in the photo until it has them.
Photo read_photo(const JsonReader& in, scene::Moment& moment);

}  // namespace convloom::state
