#include "core/state/json/photo_json.hpp"

#include <algorithm>
#include <cmath>

#include "core/state/json/json.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using image::Kernel;
using image::Pass;

constexpr int largest_whole = 1'000'000;

Json pass_json(const Pass& pass) {
    Json j = {{"filter", pass.filter}};
    const image::NamedFilter* filter = image::filter_named(pass.filter);
    for (std::size_t n = 0; filter && n < pass.parameters.size(); ++n)
        if (const image::Parameter& p = filter->parameters[n]; !p.is_later || pass.parameters[n] != p.usual)
            j["parameters"][std::string(p.name)] = pass.parameters[n];
    for (const Kernel& kernel : pass.own) j["kernels"].push_back(kernel.weights);
    const image::PassOptions usual, &o = pass.options;
    if (o.padding != usual.padding) j["padding_mode"] = arith::name_of(o.padding);
    if (o.stride != usual.stride) j["stride"] = o.stride;
    if (o.dilation != usual.dilation) j["dilation"] = o.dilation;
    if (o.channels != usual.channels) j["luminance"] = true;
    if (o.linear_light) j["linear_light"] = true;
    if (o.gain != usual.gain) j["gain"] = o.gain;
    if (o.offset != usual.offset) j["offset"] = o.offset;
    if (o.absolute) j["absolute"] = true;
    if (o.straight_alpha) j["straight_alpha"] = true;
    if (!pass.on) j["on"] = false;
    return j;
}

double number(const JsonReader& in, const char* field) {
    const Json& value = in.at(field);
    if (!value.is_number() || !std::isfinite(value.get<double>())) in.fail(field, "is not a number");
    return value.get<double>();
}
int small_whole(const JsonReader& in, const char* field, int usual) {
    return static_cast<int>(std::clamp<Index>(in.whole_or(field, usual), -largest_whole, largest_whole));
}

Kernel read_kernel(const JsonReader&, const Json& weights) {
    const auto count = weights.is_array() ? weights.size() : 0;
    int side = 1;
    while (side < image::most_table_side && static_cast<std::size_t>(side) * side < count) ++side;
    const Json holder = {{"kernel", weights}};
    return {side, JsonReader(holder, "This is not a Convloom state", "photo").numbers("kernel", Index{side} * side)};
}

Pass read_pass(const JsonReader& in) {
    Pass pass;
    pass.filter = in.text("filter");
    const image::NamedFilter* filter = image::filter_named(pass.filter);
    if (filter) {
        pass.parameters = filter->usual_values();
        if (in.has("parameters")) {
            const JsonReader parameters = in.inner("parameters");
            for (std::size_t n = 0; n < filter->parameters.size(); ++n) {
                const std::string name(filter->parameters[n].name);
                if (parameters.has(name.c_str())) pass.parameters[n] = number(parameters, name.c_str());
            }
        }
    } else if (in.has("kernels")) {
        for (const Json& weights : in.list("kernels")) pass.own.push_back(read_kernel(in, weights));
    }
    image::PassOptions& o = pass.options;
    if (in.has("padding_mode")) {
        const auto mode = arith::padding_mode_named(in.text("padding_mode"));
        if (!mode) in.fail("padding_mode", "is none of " + arith::padding_mode_names(", "));
        o.padding = *mode;
    }
    o.stride = small_whole(in, "stride", 1);
    o.dilation = small_whole(in, "dilation", 1);
    o.channels = in.flag_or("luminance", false) ? image::Channels::luminance : image::Channels::each;
    o.linear_light = in.flag_or("linear_light", false);
    if (in.has("gain")) o.gain = static_cast<float>(number(in, "gain"));
    if (in.has("offset")) o.offset = static_cast<float>(number(in, "offset"));
    o.absolute = in.flag_or("absolute", false);
    o.straight_alpha = in.flag_or("straight_alpha", false);
    pass.on = in.flag_or("on", true);
    // The number of channels is unknown until the pixels are loaded; separate kernels per channel are for three.
    if (const std::string fault = fault_of(pass, 3); !fault.empty())
        in.fail("filter", "cannot be run: " + fault.substr(0, fault.size() - 1));
    return pass;
}

// "filter" and "kernel" from before there were stacks; the name is kept if its default kernel still equals that kernel.
Pass read_single(const JsonReader& in) {
    Pass pass;
    const std::string name = in.text("filter");
    const Kernel kernel = read_kernel(in, in.list("kernel"));
    auto has_it = [&](const image::NamedFilter& f) {
        return f.kind == image::Kind::one_kernel && f.usual_kernels().front() == kernel;
    };
    const auto& filters = image::named_filters();
    const image::NamedFilter* known = image::filter_named(name);
    if (!known && name != image::own_kernel_name) in.fail("filter", "is no filter's name");
    if (known && !has_it(*known)) {
        const auto found = std::find_if(filters.begin(), filters.end(), has_it);
        known = found == filters.end() ? nullptr : &*found;
    }
    pass.filter = known ? std::string(known->name) : std::string(image::own_kernel_name);
    if (known)
        pass.parameters = known->usual_values();
    else
        pass.own = {kernel};
    return pass;
}

// Whether the part lies inside the photo is checked when the pixels are loaded.
image::Box read_part(const JsonReader& in) {
    const std::vector<float> numbers = in.numbers("part", 4);
    for (float n : numbers)
        if (n < 0 || n > largest_whole || n != std::floor(n))
            in.fail("part", "is not four whole numbers: x, y, width and height");
    return {static_cast<int>(numbers[0]), static_cast<int>(numbers[1]), static_cast<int>(numbers[2]),
            static_cast<int>(numbers[3])};
}

}  // namespace

Json photo_json(const Photo& photo, const scene::Moment& moment) {
    Json j = {{"path", photo.path},
              {"stack", Json::array()},
              {"selected", photo.selected},
              {"shown_as", name_of(photo.shown_as)},
              {"look", scene::name_of(photo.look)}};
    for (const Pass& pass : photo.stack) j["stack"].push_back(pass_json(pass));
    if (photo.wipe != 0.5) j["wipe"] = photo.wipe;
    if (photo.channel != 0) j["channel"] = photo.channel;
    if (photo.kernel != 0) j["kernel_of_two"] = photo.kernel;
    if (photo.histograms) j["histograms"] = true;
    if (photo.part) j["part"] = {photo.part->x, photo.part->y, photo.part->width, photo.part->height};
    if (moment != scene::Moment{}) j["step"] = moment.step, j["tap"] = moment.tap;
    return j;
}

Photo read_photo(const JsonReader& in, scene::Moment& moment) {
    Photo photo;
    photo.path = in.text("path");
    photo.stack.clear();
    if (in.has("stack")) {
        for (const Json& pass : in.list("stack"))
            photo.stack.push_back(read_pass(
                JsonReader(pass, "This is not a Convloom state", fmt::format("photo.stack[{}]", photo.stack.size()))));
    } else {
        photo.stack.push_back(read_single(in));
    }
    if (photo.stack.empty() || photo.stack.size() > image::most_passes)
        in.fail("stack", fmt::format("has {} filters; it holds 1 to {}", photo.stack.size(), image::most_passes));
    photo.selected = small_whole(in, "selected", 0);
    if (photo.selected < 0 || photo.selected >= static_cast<int>(photo.stack.size()))
        in.fail("selected",
                fmt::format("is {}; there are the filters 0 to {}", photo.selected, photo.stack.size() - 1));
    const auto shown_as = shown_as_named(in.text("shown_as"));
    if (!shown_as) in.fail("shown_as", "is none of clamped, absolute, signed, scaled");
    photo.shown_as = *shown_as;
    if (in.has("look")) {
        const auto look = scene::photo_look_named(in.text("look"));
        if (!look) in.fail("look", "is none of side-by-side, wipe, difference, step");
        photo.look = *look;
        if (const std::string fault = fault_of_stepping(photo.pass(), photo.look); !fault.empty())
            in.fail("look", "cannot be step: " + fault.substr(0, fault.size() - 1));
    }
    if (in.has("wipe")) photo.wipe = std::clamp(number(in, "wipe"), 0.0, 1.0);
    photo.channel = std::clamp(small_whole(in, "channel", 0), 0, 2);
    photo.kernel = std::clamp(small_whole(in, "kernel_of_two", 0), 0, 1);
    photo.histograms = in.flag_or("histograms", false);
    if (in.has("part")) photo.part = read_part(in);
    moment.step = std::max<Index>(in.whole_or("step", 0), 0);
    moment.tap = std::max<Index>(in.whole_or("tap", scene::Moment::whole_window), scene::Moment::whole_window);
    return photo;
}

}  // namespace convloom::state
