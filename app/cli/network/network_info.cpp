#include "app/cli/network/network_info.hpp"

#include <fmt/format.h>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "core/state/base/error.hpp"

namespace convloom::cli {

int network_info(const NetworkQuestion& question) {
    if (question.json && question.csv) throw Error("Give --json or --csv, not both.");
    const NetworkFacts first = networks::read_network(question.file, question.input);
    fmt::memory_buffer out;
    if (question.other.empty()) {
        out.append(question.json ? network_json(first) : question.csv ? network_csv(first) : network_text(first));
    } else {
        if (question.csv) throw Error("--csv writes one network; two are compared as text or with --json.");
        const NetworkFacts second = networks::read_network(question.other, question.input);
        out.append(question.json ? difference_json(first, second) : difference_text(first, second));
    }
    flush(out);
    return done;
}

}  // namespace convloom::cli
