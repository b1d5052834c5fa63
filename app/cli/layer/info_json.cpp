#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/layer/info.hpp"
#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/words/between_code.hpp"
#include "core/state/words/layer_code.hpp"

namespace convloom::cli {
namespace {

using Json = nlohmann::ordered_json;

Json cost_json(const arith::Cost& cost) {
    return {{"parameters", cost.parameters},     {"multiplications", cost.multiplications},
            {"additions", cost.additions},       {"input_bytes", cost.input_bytes},
            {"weight_bytes", cost.weight_bytes}, {"output_bytes", cost.output_bytes}};
}

Json axis_json(const arith::Layer& layer, int a, const arith::ReceptiveField& field) {
    const arith::Axis& axis = layer.axes[a];
    const arith::Relationship r = arith::relationship(layer, a);
    Json j = {{"axis", arith::axis_name(layer.rank(), a)}};
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (one.written == arith::LayerNumber::Written::where_set && !one.belongs_to(layer.op)) continue;
        if (one.after)
            j[one.key] = {axis.*one.of_axis, axis.*one.after};
        else if (one.of_axis)
            j[one.key] = axis.*one.of_axis;
    }
    j["output"] = arith::output_size(layer, a);
    j["formula"] = arith::output_size_formula(layer, a);
    j["relationship"] = r.number;
    j["relationship_formula"] = r.formula;
    j["receptive_field"] = {{"size", field.size}, {"stride", field.stride}, {"offset", field.offset}};
    if (layer.is_transposed()) {
        const arith::EquivalentDirect d = arith::equivalent_direct(axis);
        j["equivalent_direct"] = {{"zeros_between", d.zeros_between},
                                  {"stretched", d.stretched},
                                  {"padding", {d.pad_before, d.pad_after}},
                                  {"extra", d.extra}};
    } else if (arith::rounds_down(layer)) {
        j["unused_cells"] = arith::unused_cells(axis);
    }
    return j;
}

bool has_relu(const arith::Betweens& betweens) {
    return std::find(betweens.begin(), betweens.end(), arith::relu()) != betweens.end();
}

// A row for each of the layers without a window.
void add_betweens(Json& j, const char* key, const arith::Betweens& betweens, arith::Shape shape) {
    for (const arith::Between& between : betweens) {
        Json row = {{"code", state::torch_code(between).code},
                    {"kind", between.kind->json},
                    {"name", arith::name_of(between)},
                    {"input", shape}};
        const arith::Index parameters = arith::parameters(between, shape),
                           multiplications = arith::multiplications(between, shape);
        shape = arith::shape_after(between, shape).shape;
        row["output"] = shape;
        row["parameters"] = parameters;
        row["multiplications"] = multiplications;
        row["says"] = between.kind->says;
        j[key].push_back(std::move(row));
    }
}

void add_alternatives(Json& j, const arith::Layer& layer) {
    for (const arith::Alternative& other : arith::alternatives(layer))
        j["alternatives"].push_back({{"name", other.name}, {"cost", cost_json(other.cost)}});
}

}  // namespace

std::string info_json(const InfoSubject& subject) {
    const arith::Chain& chain = subject.chain;
    const auto fields = arith::receptive_fields(chain);
    Json j = {{"layers", Json::array()}};
    for (std::size_t n = 0; n < chain.size(); ++n) {
        const arith::Layer& layer = chain[n].layer;
        Json l = {{"code", state::code_of(layer, subject.words)},
                  {"op", arith::name_of(layer.op)},
                  {"input", arith::input_shape(layer)}};
        if (layer.has_weight()) l["weight"] = arith::weight_shape(layer);
        l["output"] = arith::output_shape(layer);
        l["relu"] = has_relu(chain[n].after);
        if (has_relu(chain[n].before)) l["relu_before"] = true;
        add_betweens(l, "before", chain[n].before, arith::input_shape(chain));
        add_betweens(l, "after", chain[n].after, arith::output_shape(layer));
        for (int a = 0; a < layer.rank(); ++a) l["axes"].push_back(axis_json(layer, a, fields[n][a]));
        l["cost"] = cost_json(arith::cost(layer));
        if (layer.op == arith::Op::convolution && chain.size() == 1) add_alternatives(l, layer);
        j["layers"].push_back(std::move(l));
    }
    j["cost"] = cost_json(arith::cost(chain));
    if (const auto standard = arith::standard_of(chain)) add_alternatives(j, *standard);
    if (chain.empty()) {
        add_betweens(j, "betweens", subject.alone, subject.input);
        j["output"] = arith::shapes_after(subject.alone, subject.input).last(subject.input);
    } else {
        j["output"] = arith::output_shape(chain);
    }
    if (subject.output) j["values"] = subject.output->values;
    if (!subject.remarks.empty()) j["remarks"] = subject.remarks;
    return j.dump(1) + "\n";
}

}  // namespace convloom::cli
