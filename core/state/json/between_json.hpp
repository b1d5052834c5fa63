// Betweens in state files: {"kind": "batch_norm", "rank": 2, "num_features": 64}, with the settings that are not by
// default; {"kind": "unknown", "name": "CBAM"}.
#pragma once
#include "core/arith/chain/between.hpp"
#include "core/state/json/json_reader.hpp"

namespace convloom::state {

Json betweens_json(const arith::Betweens& betweens);

// Reads a list of them. Throws an Error that names the field.
arith::Betweens read_betweens(const JsonReader& in, const char* field, std::string_view what);

}  // namespace convloom::state
