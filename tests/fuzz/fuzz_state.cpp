// Arbitrary bytes as a state file: they are read or throw an Error, without a crash, overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/shown/scene_of.hpp"

using namespace convloom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const state::State state = state::from_json(text);
        // A State that was read can be written and read again, and it can be drawn or has a reason why not.
        if (state::from_json(state::to_json(state)) != state) std::abort();
        if (state.photo) return 0;  // its pixels are not available here
        const arith::Recording recording = recording_of(state);
        if (recording.tap_count(recording.step(state.moment.step)) < 10'000 && recording.step_count() < 10'000)
            scene_of(state);
    } catch (const Error&) {
    }
    return 0;
}
