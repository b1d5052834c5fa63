// Arbitrary bytes as the user's own numbers, as text and as .npy, .npz and .safetensors files: they are read or throw
// an Error, and what is read has as many numbers as its shape says.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/files/arrays/named_arrays.hpp"
#include "app/files/arrays/npy.hpp"
#include "core/state/base/error.hpp"
#include "core/state/numbers/own_numbers.hpp"

using namespace convloom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        if (text.starts_with("PK") || (size > 8 && text[8] == '{')) {
            for (const state::NamedArray& one : files::read_named_arrays(text))
                if (arith::element_count(one.tensor.shape) != static_cast<arith::Index>(one.tensor.values.size()))
                    std::abort();
            return 0;
        }
        const state::Array array = text.starts_with('\x93') ? files::read_npy(text) : state::read_array(text);
        if (arith::element_count(array.shape) != static_cast<arith::Index>(array.values.size())) std::abort();
        const int rank = state::rank_of({array, {}, {}});
        for (const arith::Shape& shape : state::possible_input_shapes(array))
            if (arith::element_count(shape) != arith::element_count(array.shape)) std::abort();
        state::weight_shape_of(array, rank, 1, false);
    } catch (const Error&) {
    }
    return 0;
}
