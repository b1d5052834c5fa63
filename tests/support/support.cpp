#include "tests/support/support.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::tests {

std::string tests_folder() {
    return CONVLOOM_TESTS_DIR;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    EXPECT_TRUE(in) << path;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void expect_golden(const std::string& name, const std::string& text) {
    const std::string path = tests_folder() + "/golden/" + name;
    if (std::getenv("UPDATE")) {
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    const std::string wanted = read_file(path);
    if (wanted == text) return;
    std::ofstream(path + ".out", std::ios::binary) << text;
    ADD_FAILURE() << name << " differs from its reference; " << path << ".out holds what came out. "
                  << "UPDATE=1 ./check takes it as the new reference.";
}

arith::Tensor whole_numbers(arith::Shape shape, unsigned seed) {
    arith::Tensor tensor{std::move(shape), {}};
    unsigned state = seed * 2654435761u + 1;
    for (arith::Index n = 0; n < *arith::element_count(tensor.shape); ++n) {
        state = state * 1664525u + 1013904223u;
        tensor.values.push_back(static_cast<float>(static_cast<int>(state >> 24) % 9 - 4));
    }
    return tensor;
}

std::vector<arith::Layer> small_layers() {
    std::vector<arith::Layer> layers;
    for (arith::Index i = 1; i <= 6; ++i)
        for (arith::Index k = 1; k <= 4; ++k)
            for (arith::Index s = 1; s <= 3; ++s)
                for (arith::Index p = 0; p <= 3; ++p)
                    for (arith::Index d = 1; d <= 3; ++d) {
                        const arith::Layer layer = arith::square_layer(i, k, s, p, d);
                        if (arith::check(layer).empty()) layers.push_back(layer);
                    }
    return layers;
}

std::vector<std::string> drawable_presets(scene::View view) {
    std::vector<std::string> names;
    for (const std::string& name : state::preset_names())
        if (!name.starts_with("more_") && scene::undrawable(state::preset(name).layer(), view).empty())
            names.push_back(name);
    return names;
}

void for_small_sized_layers(arith::Op op, int rank, const std::function<void(const arith::Layer&)>& visit) {
    using arith::Index;
    const Index most = rank == 1 ? 9 : rank == 2 ? 5 : 3;
    arith::Layer layer;
    layer.op = op;
    auto with_axes = [&](auto set) {
        for (int a = 0; a < rank; ++a) {
            arith::Axis axis;
            set(axis, a);
            layer.axes.push_back(axis);
        }
        for (const bool corners : {false, true}) {
            layer.align_corners = corners;
            if (arith::check(layer).empty()) visit(layer);
        }
        layer.axes.clear();
    };
    for (Index i = 1; i <= most; ++i)
        for (Index o = 1; o <= 2 * most; ++o) {
            with_axes([&](arith::Axis& axis, int a) {
                axis.size = i + a;
                (layer.kind().interpolates ? axis.upsample_size : axis.output_size) = o + (a == 1 ? 2 : 0);
            });
            if (layer.kind().interpolates && o <= 4)
                with_axes([&](arith::Axis& axis, int a) { axis.size = i + a, axis.scale_factor = o; });
        }
}

void keep_own_numbers(arith::Layer& layer) {
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (!one.belongs_to(layer.op)) arith::set_by_default(layer, one);
}

}  // namespace convloom::tests
