// protozero's reader for bytes from outside: a field that is not stored as its type demands is an error like any other
// malformed input. By default protozero ends the program there, or reads on if NDEBUG is set.
#pragma once
#include <protozero/exception.hpp>

namespace convloom::state {

[[noreturn]] inline void wrong_field() {
    throw protozero::unknown_pbf_wire_type_exception();
}

}  // namespace convloom::state

#undef protozero_assert
#define protozero_assert(holds) ((holds) ? void() : ::convloom::state::wrong_field())
#include <protozero/pbf_reader.hpp>
