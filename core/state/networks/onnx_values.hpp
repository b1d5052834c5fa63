// What the readers of ONNX's messages share: names, lists of numbers and stored tensors.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/network/graph/graph.hpp"
#include "core/state/networks/protobuf.hpp"

namespace convloom::state::onnx {

// A name or text from outside: control characters and bytes that are not UTF-8 become question marks.
std::string clean(protozero::data_view text);

// Repeated numbers stand one by one or packed into one field; readers accept both.
void add_integers(protozero::pbf_reader& from, network::Sizes& to);
void add_reals(protozero::pbf_reader& from, std::vector<float>& to);

// A TensorProto. Its values refer to `bytes`, which `owner` keeps, or are kept by themselves. Sets `name`, if it is not
// null, to the tensor's. Throws an UnreadableFile if the values do not match the sizes or would come from outside the
// model's folder.
network::Values read_values(protozero::data_view bytes, const std::shared_ptr<const void>& owner, std::string* name);

// The number of elements; throws an UnreadableFile that names the tensor if it is impossible.
network::Index check_sizes(const network::Values& values, const std::string& name);

}  // namespace convloom::state::onnx
