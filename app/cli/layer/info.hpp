// The output of `convloom info` for a chain of layers, in two forms.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/arith/chain/chain.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::cli {

struct InfoSubject {
    arith::Chain chain;                                  // empty if no layer slides
    arith::Betweens alone;                               // the betweens, if the chain is empty
    arith::Shape input;                                  // of these
    std::vector<std::string> remarks;                    // on how the code was read, a sentence each
    arith::Framework words = arith::Framework::pytorch;  // in which the layers are named
    std::optional<arith::Tensor> output;                 // of the chain, if it was computed
};

// As aligned text, with the values of the output if they were computed. Expects a valid chain, as does info_json().
std::string info_text(const InfoSubject& subject);
// The same facts as one JSON object.
std::string info_json(const InfoSubject& subject);

}  // namespace convloom::cli
