#include "core/state/networks/onnx.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/state/base/error.hpp"
#include "core/state/networks/onnx_values.hpp"
#include "core/state/networks/protobuf.hpp"

namespace convloom::state {
namespace {

using network::Attribute;
using network::ElementType;
using network::Graph;
using network::Index;
using network::Node;
using network::Sizes;
using network::Tensor;
using network::Values;
using onnx::add_integers;
using onnx::add_reals;
using onnx::check_sizes;
using onnx::clean;
using onnx::read_values;
using protozero::data_view;
using protozero::pbf_reader;

class OnnxReader {
  public:
    explicit OnnxReader(std::shared_ptr<const void> owner) : owner_(std::move(owner)) {}

    Graph model(data_view bytes) {
        bool found = false;
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 2:
                    graph_.producer = clean(in.get_view());
                    break;
                case 7:
                    if (found) throw UnreadableFile("The model has two graphs.");
                    found = true;
                    read_graph(in.get_view());
                    break;
                case 8:
                    opset(in.get_view());
                    break;
                default:
                    in.skip();
            }
        if (!found) throw UnreadableFile("It is not an ONNX model: it holds no graph.");
        finish();
        return std::move(graph_);
    }

  private:
    void opset(data_view bytes) {
        std::string domain;
        Index version = 0;
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 1:
                    domain = clean(in.get_view());
                    break;
                case 2:
                    version = in.get_int64();
                    break;
                default:
                    in.skip();
            }
        if (domain.empty() || domain == "ai.onnx") graph_.opset = version;
    }

    void read_graph(data_view bytes) {
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 1:
                    graph_.nodes.push_back(node(in.get_view()));
                    break;
                case 2:
                    graph_.name = clean(in.get_view());
                    break;
                case 5:
                    initializer(in.get_view());
                    break;
                case 11:
                    inputs_.push_back(declared(in.get_view()));
                    break;
                case 12:
                    graph_.outputs.push_back(declared(in.get_view()));
                    break;
                case 13:
                    between_.push_back(in.get_view());
                    break;
                case 15:
                    sparse_initializer(in.get_view());
                    break;
                default:
                    in.skip();
            }
    }

    int tensor(const std::string& name) {
        const auto [at, added] = numbers_.emplace(name, static_cast<int>(graph_.tensors.size()));
        if (added) {
            graph_.tensors.emplace_back();
            graph_.tensors.back().name = name;
        }
        return at->second;
    }
    Tensor& of(int number) { return graph_.tensors[static_cast<std::size_t>(number)]; }

    Node node(data_view bytes) {
        Node node;
        auto named = [&](data_view name) { return name.size() == 0 ? -1 : tensor(clean(name)); };
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 1:
                    node.inputs.push_back(named(in.get_view()));
                    break;
                case 2:
                    node.outputs.push_back(named(in.get_view()));
                    break;
                case 3:
                    node.name = clean(in.get_view());
                    break;
                case 4:
                    node.op = clean(in.get_view());
                    break;
                case 5:
                    node.attributes.push_back(attribute(in.get_view()));
                    break;
                case 7:
                    node.domain = clean(in.get_view());
                    break;
                default:
                    in.skip();
            }
        if (node.op.empty()) throw UnreadableFile(fmt::format("Node {} has no operator.", graph_.nodes.size() + 1));
        return node;
    }

    Attribute attribute(data_view bytes) {
        Attribute one;
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 1:
                    one.name = clean(in.get_view());
                    break;
                case 2:
                    one.real = in.get_float();
                    break;
                case 3:
                    one.number = in.get_int64();
                    break;
                case 4:
                    one.text = clean(in.get_view());
                    break;
                case 5:
                    one.tensor = read_values(in.get_view(), owner_, nullptr);
                    break;
                case 6:
                    one.has_graph = true, in.skip();
                    break;
                case 7:
                    add_reals(in, one.reals);
                    break;
                case 8:
                    add_integers(in, one.numbers);
                    break;
                case 9:
                    one.texts.push_back(clean(in.get_view()));
                    break;
                default:
                    in.skip();
            }
        return one;
    }

    void initializer(data_view bytes) {
        std::string name;
        Values stored = read_values(bytes, owner_, &name);
        store(name, std::move(stored));
    }

    void sparse_initializer(data_view bytes) {
        std::string name;
        Values stored;
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 1:
                    stored.type = read_values(in.get_view(), owner_, &name).type;
                    break;
                case 3:
                    add_integers(in, stored.sizes);
                    break;
                default:
                    in.skip();
            }
        check_sizes(stored, name);
        store(name, std::move(stored));
    }

    void store(const std::string& name, Values stored) {
        Tensor& one = of(tensor(name));
        if (one.values) throw UnreadableFile(fmt::format("The model stores two tensors of the name “{}”.", name));
        one.type = stored.type;
        one.values = std::move(stored);
    }

    // An input or output of the graph, with its type and sizes.
    int declared(data_view bytes) {
        std::string name;
        data_view type;
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 1:
                    name = clean(in.get_view());
                    break;
                case 2:
                    type = in.get_view();
                    break;
                default:
                    in.skip();
            }
        const int number = tensor(name);
        for (pbf_reader in(type); in.next();)
            if (in.tag() == 1)
                tensor_type(in.get_view(), of(number));
            else
                in.skip();
        return number;
    }

    static void tensor_type(data_view bytes, Tensor& tensor) {
        for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
                case 1:
                    tensor.type = static_cast<ElementType>(in.get_int32());
                    break;
                case 2:
                    shape(in.get_view(), tensor);
                    break;
                default:
                    in.skip();
            }
    }

    static void shape(data_view bytes, Tensor& tensor) {
        Sizes sizes;
        std::vector<std::string> open;
        for (pbf_reader in(bytes); in.next();) {
            if (in.tag() != 1) {
                in.skip();
                continue;
            }
            Index size = network::unknown_size;
            std::string name;
            for (pbf_reader axis(in.get_view()); axis.next();) switch (axis.tag()) {
                    case 1:
                        size = axis.get_int64();
                        break;
                    case 2:
                        name = clean(axis.get_view());
                        break;
                    default:
                        axis.skip();
                }
            // Some exporters write 0 or -1 for an axis that is open.
            sizes.push_back(size > 0 ? size : network::unknown_size);
            open.push_back(size > 0 ? "" : name);
        }
        tensor.sizes = std::move(sizes);
        tensor.open_sizes = std::move(open);
    }

    static std::string name_of_declared(data_view bytes) {
        for (pbf_reader in(bytes); in.next();) {
            if (in.tag() == 1) return clean(in.get_view());
            in.skip();
        }
        return "";
    }

    void finish() {
        // Tensors between nodes: what the file declares of them is needed behind operators that are not known.
        for (const data_view one : between_)
            if (const auto known = numbers_.find(name_of_declared(one));
                known != numbers_.end() && !of(known->second).values && !of(known->second).sizes)
                declared(one);
        // Older models name their initializers among the inputs.
        for (const int input : inputs_)
            if (!of(input).values) graph_.inputs.push_back(input);
        if (const std::string problem = network::put_in_order(graph_); !problem.empty()) throw UnreadableFile(problem);
    }

    Graph graph_;
    std::map<std::string, int> numbers_;
    std::vector<int> inputs_;
    std::vector<data_view> between_;
    std::shared_ptr<const void> owner_;
};

}  // namespace

Graph onnx_graph(std::string_view bytes, std::shared_ptr<const void> owner) {
    try {
        return OnnxReader(std::move(owner)).model({bytes.data(), bytes.size()});
    } catch (const protozero::exception&) {
        throw UnreadableFile("It is not an ONNX model, or it was cut short.");
    }
}

}  // namespace convloom::state
