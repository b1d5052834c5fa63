#include "app/gui/panels/photo_controls.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/filter_words.hpp"

namespace convloom::gui {
namespace {

constexpr int most_side_with_fields = 7;

// The weights as fields, in the layout of the kernel.
void draw_weights(Store& store, const Style& style, const image::Kernel& kernel) {
    ImGui::GetIO().ConfigDragClickToInputText = true;
    const float gap = 4 * style.scale;
    const float width = (ImGui::GetContentRegionAvail().x - gap * static_cast<float>(kernel.side - 1)) /
                        static_cast<float>(kernel.side);
    // Narrow fields show two decimals in small type; the typed value is kept in full.
    const bool roomy = width > 52 * style.scale;
    if (!roomy) ImGui::PushFont(style.small);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        {roomy ? ImGui::GetStyle().FramePadding.x : 2 * style.scale, ImGui::GetStyle().FramePadding.y});
    for (int r = 0; r < kernel.side; ++r)
        for (int c = 0; c < kernel.side; ++c) {
            ImGui::PushID(r * kernel.side + c);
            if (c > 0) ImGui::SameLine(0, gap);
            ImGui::SetNextItemWidth(width);
            float weight = kernel.at(r, c);
            // Dragging updates the picture at once; a click starts typing.
            const bool moved = ImGui::DragFloat("##weight", &weight, 0.02f, 0, 0, roomy ? "%.3g" : "%.2f",
                                                ImGuiSliderFlags_NoRoundToFormat);
            if (ImGui::IsItemActivated()) store.begin_gesture();
            if (moved) store.dispatch_drag(state::SetFilterWeight{r, c, weight});
            note_place(fmt::format("weight {} {}", r, c).c_str());
            ImGui::PopID();
        }
    hint(t("Drag a weight, or click to type it"));
    ImGui::PopStyleVar();
    if (!roomy) ImGui::PopFont();
}

std::string sum_text(const image::Kernel& kernel) {
    const double sum = image::sum_of(kernel);
    std::string text = tf("The weights sum to {:.4g}", sum) + (std::abs(sum - 1) < 1e-5 ? t(": brightness is kept.")
                                                               : std::abs(sum) < 1e-5   ? t(": uniform areas become 0.")
                                                                                        : ".");
    if (kernel.side > 1 && image::separable(kernel)) {
        const image::Saving saving = image::saving_of(kernel);
        text += " " + tf("Separable: a column and a row take {} multiplications a pixel instead of {}.",
                         saving.separable, saving.direct);
    }
    return text;
}

void paste_kernel(Store& store) {
    const char* text = ImGui::GetClipboardText();
    try {
        store.dispatch(state::SetFilterKernels{state::read_kernels(text ? text : "")});
    } catch (const Error& error) {
        store.say(error.what(), true);
    }
}

void draw_kernel_work(Store& store, const image::Kernel& kernel) {
    using enum state::KernelWork;
    struct Button {
        const char *place, *text, *says;
        state::KernelWork work;
    };
    constexpr Button buttons[] = {{"kernel normalise", "Σ = 1", "Divide by the sum", normalise},
                                  {"kernel turn", "90°", "Rotate by 90° clockwise", turn},
                                  {"kernel mirror x", "Mirror", "Swap left and right", mirror_left_right},
                                  {"kernel mirror y", "Flip", "Swap top and bottom", mirror_up_down},
                                  {"kernel smaller", "−", "Remove the outer ring", smaller},
                                  {"kernel larger", "+", "Add a ring of zeros", larger}};
    for (const Button& button : buttons) {
        if (&button != buttons) ImGui::SameLine(0, 4);
        if (text_button(button.place, t(button.text))) store.dispatch(state::ReworkKernel{button.work});
        hint(t(button.says));
    }
    if (text_button("kernel copy", t("Copy"))) ImGui::SetClipboardText(state::kernel_text(kernel).c_str());
    hint(t("Copy as text, to paste here or to give to convloom filter --kernel"));
    ImGui::SameLine(0, 4);
    if (text_button("kernel paste", t("Paste"))) paste_kernel(store);
    hint(t("0 -1 0; -1 5 -1; 0 -1 0, cells of a spreadsheet, or a list of lists"));
}

}  // namespace

namespace {

// About a hundredth of the range, as a round number.
double key_step(const SliderRow& row) {
    if (row.key_step > 0) return row.key_step;
    if (row.whole) return 1;
    const double hundredth = (row.most - row.least) / 100;
    return std::pow(10, std::round(std::log10(row.small_first ? hundredth / 10 : hundredth)));
}

double without_noise(double value) {
    return std::round(value * 1000) / 1000;  // removes digits that come from rounding only
}

}  // namespace

void slider_row(Store& store, const Style& style, const SliderRow& row,
                const std::function<state::Action(double)>& action) {
    row_label(style, row.label);
    ImGui::PushID(row.place);
    ImGui::SetNextItemWidth(-1);
    bool moved = false;
    double value = row.value;
    const ImGuiSliderFlags flags =
        ImGuiSliderFlags_AlwaysClamp | (row.small_first ? ImGuiSliderFlags_Logarithmic : ImGuiSliderFlags_None);
    if (row.whole) {
        int number = static_cast<int>(std::lround(value));
        moved = ImGui::SliderInt("##slider", &number, static_cast<int>(row.least), static_cast<int>(row.most),
                                 number == 0 && row.zero ? row.zero : "%d", flags);
        value = number;
    } else {
        auto number = static_cast<float>(value);
        moved = ImGui::SliderFloat("##slider", &number, static_cast<float>(row.least), static_cast<float>(row.most),
                                   row.format, flags);
        value = without_noise(static_cast<double>(number));
    }
    if (ImGui::IsItemActivated()) store.begin_gesture();
    note_place(row.place, ControlKind::slider);
    if (const int by = nudged(); by != 0) {
        store.begin_gesture();
        value = std::clamp(without_noise(row.value + by * key_step(row)), row.least, row.most);
        moved = true;
    }
    ImGui::PopID();
    if (moved && value != row.value) store.dispatch_drag(action(value));
}

namespace {

std::array<std::string, 4> look_names() {
    return {t("Side by side"), t("Wipe"), t("Difference"), t("Pixel by pixel")};
}
std::array<std::string, 3> part_names() {
    return {t("Whole photo"), t("Its pixels"), t("Numbers")};
}

}  // namespace

float look_choice_width(const Style& style) {
    return choices_width(look_names(), style);
}
float part_choice_width(const Style& style) {
    return choices_width(part_names(), style);
}

void choose_look(Store& store, const Style& style, const char* place) {
    if (const auto clicked =
            choices(place, look_names(), static_cast<int>(store.state().photo->look), style, store.theme()))
        store.dispatch(state::SetPhotoLook{static_cast<scene::PhotoLook>(*clicked)});
}

void choose_part(Store& store, const Style& style, const char* place) {
    constexpr int real_px = 480, grey_px = 14, colour_px = 10;  // widths of a part
    const state::Photo& photo = *store.state().photo;
    const int width = photo.image->width, height = photo.image->height,
              numbers = photo.image->colour_channels() == 1 ? grey_px : colour_px;
    const int now = !photo.part ? 0 : photo.part->width > grey_px ? 1 : 2;
    if (const auto clicked = choices(place, part_names(), now, style, store.theme())) {
        const image::Box from = photo.part.value_or(image::Box{0, 0, width, height});
        const auto [x, y] = photo.look == scene::PhotoLook::step
                                ? pixel_of_step(photo, store.state().moment.step)
                                : std::pair{from.x + from.width / 2, from.y + from.height / 2};
        std::optional<image::Box> part;
        if (*clicked > 0)
            part = state::part_around(width, height, *clicked == 1 ? std::min(real_px, width / 2) : numbers, x, y);
        store.dispatch(state::SetPhotoPart{part});
    }
}

void draw_parameters(Store& store, const Style& style) {
    const image::Pass& pass = store.state().photo->pass();
    const image::NamedFilter* filter = image::filter_named(pass.filter);
    for (std::size_t n = 0; filter && n < filter->parameters.size(); ++n) {
        const image::Parameter& p = filter->parameters[n];
        const std::string name(p.name);
        const double value = n < pass.parameters.size() ? pass.parameters[n] : p.usual;
        // Kernels with a centre have odd sides: the slider counts odd numbers.
        const bool odd = p.whole && name == "size" && !filter->is_pooling() && filter->name != "box";
        slider_row(store, style,
                   {name.c_str(), t(name.c_str()), value, p.least, p.most, "%.2f", p.whole,
                    p.least == 0 ? t("%d, auto") : nullptr, p.least >= 0 && p.most >= 50, odd ? 2.0 : 0.0},
                   [&](double v) -> state::Action {
                       return state::SetFilterParameter{name, odd && v > 0 && std::fmod(v, 2) == 0 ? v - 1 : v};
                   });
        hint(t(std::string(p.says).c_str()));
    }
}

void draw_kernel(Store& store, const Style& style) {
    const image::PassKernels laid = kernels_of(store.state().photo->pass());
    if (laid.kernels.empty()) return;
    const image::Kernel& kernel = laid.kernels.front();
    strong_text(style, tf("Kernel {0}×{0}", kernel.side));
    if (laid.kind == image::Kind::one_kernel && kernel.side <= most_side_with_fields)
        draw_weights(store, style, kernel);
    if (laid.kind == image::Kind::magnitude)
        return muted_text(style, store.theme(), t("Two kernels, one for each direction; their results are combined."));
    muted_text(style, store.theme(), sum_text(kernel));
    draw_kernel_work(store, kernel);
}

void draw_pass_options(Store& store, const Style& style) {
    const image::Pass& pass = store.state().photo->pass();
    const image::PassOptions now = pass.options;
    const scene::Theme& theme = store.theme();
    auto with = [&](auto change) -> state::Action {
        image::PassOptions options = now;
        change(options);
        return state::SetFilterOptions{options};
    };
    const image::NamedFilter* filter = image::filter_named(pass.filter);
    if (!filter || !filter->is_pooling()) {
        std::vector<std::string> modes;
        for (const arith::PaddingModeInfo& mode : arith::padding_modes())
            if (mode.mode != arith::PaddingMode::constant) modes.emplace_back(mode.name);
        muted_text(style, theme, t("Beyond the border"));
        if (const auto clicked = choices("padding mode", modes, static_cast<int>(now.padding), style, theme))
            store.dispatch(with([&](auto& o) { o.padding = static_cast<arith::PaddingMode>(*clicked); }));
        slider_row(store, style, {"stride", t("Stride"), static_cast<double>(now.stride), 1, 8, "", true},
                   [&](double v) { return with([&](auto& o) { o.stride = static_cast<int>(v); }); });
        slider_row(store, style, {"dilation", t("Dilation"), static_cast<double>(now.dilation), 1, 16, "", true},
                   [&](double v) { return with([&](auto& o) { o.dilation = static_cast<int>(v); }); });
    }
    slider_row(store, style, {"gain", t("Gain"), now.gain, -4, 4},
               [&](double v) { return with([&](auto& o) { o.gain = static_cast<float>(v); }); });
    slider_row(store, style, {"offset", t("Offset"), now.offset, -1, 1},
               [&](double v) { return with([&](auto& o) { o.offset = static_cast<float>(v); }); });
    bool absolute = now.absolute, grey = now.channels == image::Channels::luminance, light = now.linear_light;
    if (toggle("absolute", t("Absolute value of the sum"), &absolute))
        store.dispatch(with([&](auto& o) { o.absolute = absolute; }));
    if (toggle("luminance", t("On luminance: the result is grey"), &grey))
        store.dispatch(with([&](auto& o) { o.channels = grey ? image::Channels::luminance : image::Channels::each; }));
    if (toggle("linear light", t("In linear light, not on stored sRGB values"), &light))
        store.dispatch(with([&](auto& o) { o.linear_light = light; }));
    // Offered for pictures with alpha, whether or not some pixel is transparent.
    if (!store.state().photo->working->has_alpha()) return;
    bool weighs = !now.straight_alpha;
    if (toggle("weigh alpha", t("Colours weighted by alpha"), &weighs))
        store.dispatch(with([&](auto& o) { o.straight_alpha = !weighs; }));
}

}  // namespace convloom::gui
