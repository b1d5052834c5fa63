// Arbitrary bytes as a case file: they are read or throw an Error, without a crash, overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/state/base/error.hpp"
#include "core/state/json/cases.hpp"

using namespace convloom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        for (const state::Case& c : state::read_cases(text)) {
            if (!c.error.empty()) continue;
            const arith::Recording recording = c.recording(0);
            const arith::Step last = recording.step(recording.step_count() - 1);
            if (recording.tap_count(last) < 100'000) recording.value(last);
        }
    } catch (const Error&) {
    }
    return 0;
}
