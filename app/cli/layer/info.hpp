// The output of `convloom info` for a chain of layers, in two forms.
#pragma once
#include <string>
#include <vector>

#include "core/arith/chain/chain.hpp"

namespace convloom::cli {

struct InfoSubject {
    arith::Chain chain;                                  // empty if no layer slides
    arith::Betweens alone;                               // the betweens, if the chain is empty
    arith::Shape input;                                  // of these
    std::vector<std::string> remarks;                    // on how the code was read, a sentence each
    arith::Framework words = arith::Framework::pytorch;  // in which the layers are named
};

// As aligned text. Expects a valid chain, as does info_json().
std::string info_text(const InfoSubject& subject);
// The same facts as one JSON object.
std::string info_json(const InfoSubject& subject);

}  // namespace convloom::cli
