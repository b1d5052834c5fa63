#include "app/gui/panels/photo_save.hpp"

#include <algorithm>

#include "app/files/image_file.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/photo_controls.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/image/run.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* endings[] = {".png", ".png", ".jpg", ".webp"};

// Stopping takes effect between two bands; each pass that is on counts as an equal part.
image::Image filtered(const image::Image& image, const image::Stack& stack, image::Depth depth,
                      const exporting::GoOn& go_on) {
    const auto passes = std::max<std::ptrdiff_t>(
        1, std::count_if(stack.begin(), stack.end(), [](const image::Pass& pass) { return pass.on; }));
    std::ptrdiff_t pass = 0;
    const arith::ParallelFor in_bands = [&](arith::Index count, const std::function<void(arith::Index)>& body) {
        for (arith::Index n = 0; n < count; ++n) {
            if (!go_on({static_cast<std::size_t>(n), static_cast<std::size_t>(count), false,
                        (static_cast<double>(pass) + static_cast<double>(n) / static_cast<double>(count)) /
                            static_cast<double>(passes)}))
                throw exporting::Stopped();
            body(n);
        }
        ++pass;
    };
    return image::filtered(image, stack, depth, {in_bands, {}});
}

}  // namespace

void PhotoSave::save(const std::string& path, const state::Photo& photo) {
    path_ = path;
    if (!files::image_format_of(path_)) path_ += endings[static_cast<int>(format_)];
    const files::ImageFormat format = *files::image_format_of(path_);
    const files::SaveOptions options{format_ == Format::png_16 && format == files::ImageFormat::png ? 16 : 0, quality_,
                                     photo.image->notes};
    // As shown: the part, at the size at which it is filtered there.
    const bool shown = as_shown_ && photo.working != photo.image;
    const bool wide = options.bits == 16 || format == files::ImageFormat::npy,
               plain = photo.shown_as == image::ShownAs::clamped;
    job_ = std::make_unique<Job>(
        [path = path_, format, options, shown, wide, plain, photo](const exporting::GoOn& go_on) {
            const image::Image& from = shown ? *photo.working : *photo.image;
            const image::Depth depth =
                !plain || photo.image->linear || wide ? image::Depth::float32 : photo.image->depth();
            image::Image result = filtered(from, photo.stack, depth, go_on);
            const auto goes_on = [&] {
                if (!go_on({1, 1, false, 1})) throw exporting::Stopped();
            };
            goes_on();
            if (shown)
                result =
                    cut_out(result, state::seen_after(photo.region.seen, photo.stack, result.width, result.height));
            if (!plain && format != files::ImageFormat::npy) result = as_shown(std::move(result), photo.shown_as);
            goes_on();
            if (!wide && !photo.image->linear) result = with_depth(result, photo.image->depth());
            files::SaveOptions stoppable = options;
            stoppable.goes_on = goes_on;
            const std::string bytes = files::encode_image(result, format, stoppable);
            goes_on();
            files::write(path, bytes);
            return Job::Ended{true, false, "", 0};
        },
        wake_);
}

std::optional<FileQuestion> PhotoSave::question(const Store& store, const fs::path& folder) {
    if (!clicked_ || !store.state().photo) return std::nullopt;
    clicked_ = false;
    const state::Photo& photo = *store.state().photo;
    const std::string ending = endings[static_cast<int>(format_)],
                      stem = fs::path(photo.path).stem().string() + "_" + photo.pass().filter;
    return FileQuestion{true,
                        t("Save the filtered photo"),
                        {{t("Pictures"), {ending, ".png", ".jpg", ".jpeg", ".webp", ".npy"}}, {t("All files"), {}}},
                        folder / (stem + ending),
                        {}};
}

void PhotoSave::draw(Store& store, const Style& style) {
    if (job_) tell_end(store);
    ImGui::Dummy({0, 4 * style.scale});
    strong_text(style, t("Save"));
    ImGui::BeginDisabled(is_busy());
    draw_choices(store, style);
    ImGui::EndDisabled();
    if (!job_) {
        if (text_button("save photo", t("Save the filtered photo …"), -1, true)) clicked_ = true;
    } else if (text_button("stop photo", tf("Stop: {:.0f} %", job_->progress().part * 100).c_str(), -1)) {
        job_->stop();
    }
}

void PhotoSave::draw_choices(Store& store, const Style& style) {
    const state::Photo& photo = *store.state().photo;
    const std::string formats[] = {"PNG", t("PNG, 16 bits"), "JPEG", "WebP"};
    if (const auto clicked = choices("save format", formats, static_cast<int>(format_), style, store.theme()))
        format_ = static_cast<Format>(*clicked);
    ImGui::Dummy({0, 2 * style.scale});
    // Always present, so that nothing moves under the pointer.
    const bool lossless = format_ == Format::png || format_ == Format::png_16;
    row_label(style, t("Quality"));
    ImGui::BeginDisabled(lossless);
    ImGui::SetNextItemWidth(-1);
    ImGui::SliderInt("##quality", &quality_, 1, 100, lossless ? t("without loss") : "%d", ImGuiSliderFlags_AlwaysClamp);
    note_place("save quality", ControlKind::slider);
    if (const int by = nudged(); by != 0) quality_ = std::clamp(quality_ + by, 1, 100);
    ImGui::EndDisabled();
    if (photo.working == photo.image) return;
    const std::string sizes[] = {tf("All {}×{} pixels", photo.image->width, photo.image->height),
                                 tf("As shown, {}×{}", photo.region.seen.width, photo.region.seen.height)};
    if (const auto clicked = choices("save size", sizes, as_shown_ ? 1 : 0, style, store.theme()))
        as_shown_ = *clicked == 1;
}

void PhotoSave::tell_end(Store& store) {
    const auto ended = job_->ended();
    if (!ended) return;
    if (ended->stopped)
        store.say(t("Stopped. Nothing was written."));
    else if (!ended->well)
        store.say(t_sentence(ended->says), true);
    else
        store.say(tf("Saved {}", path_));
    job_.reset();
}

}  // namespace convloom::gui
