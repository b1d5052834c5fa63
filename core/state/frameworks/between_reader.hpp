// Reads a call of a layer that does not slide, in the words of a framework.
#pragma once
#include "core/arith/chain/between_kinds.hpp"
#include "core/state/frameworks/arguments.hpp"

namespace convloom::state {

// Nothing if the name is none. Keras's Dense(10, activation='relu') is two.
std::optional<arith::Betweens> read_betweens(const Module& call, const arith::Shape& coming, ReadingNotes& notes);

// The activation that Keras's layers take as an argument; nothing if there is none.
std::optional<arith::Between> read_activation(const Arguments& in);

// F.pad(x, (1, 1, 1, 1)).
bool is_pad_function(const Module& call);
arith::Between read_pad_function(const Module& call, int rank, ReadingNotes& notes);

}  // namespace convloom::state
