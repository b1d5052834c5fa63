#include "app/gui/photo_save.hpp"

#include <atomic>
#include <filesystem>
#include <thread>

#include "app/files/image_file.hpp"
#include "app/gui/language.hpp"
#include "app/gui/places.hpp"
#include "app/gui/widgets.hpp"
#include "core/image/run.hpp"
#include "core/state/error.hpp"

namespace convloom::gui {
namespace {

std::function<void()> wake_window = [] {};

// One at a time. The picture and the stack are copies that no one changes.
class Saving {
  public:
    Saving(std::string path, const state::Photo& photo) : path_(std::move(path)), image_(photo.image), stack_(photo.stack), thread_([this] { run(); }) {}
    ~Saving() {
        stops_ = true;
        thread_.join();
    }
    Saving(const Saving&) = delete;
    Saving& operator=(const Saving&) = delete;

    void stop() { stops_ = true; }
    bool ended() const { return ended_; }
    bool stopped() const { return stops_; }
    // Once ended.
    const std::string& path() const { return path_; }
    const std::string& fault() const { return fault_; }

  private:
    void run() {
        // A band at a time, so that a wish to stop is heard.
        const arith::ParallelFor in_bands = [](arith::Index count, const std::function<void(arith::Index)>& body) {
            for (arith::Index n = 0; n < count; ++n) body(n);
        };
        try {
            const image::Image result = image::filtered(*image_, stack_, image_->depth(), {in_bands, [this] { return stops_.load(); }});
            if (!stops_) files::write(path_, files::encode_image(result, *files::image_format_of(path_)));
        } catch (const std::exception& error) {
            fault_ = error.what();
        }
        ended_ = true;
        wake_window();
    }

    std::string path_, fault_;
    arith::Shared<image::Image> image_;
    image::Stack stack_;
    std::atomic<bool> stops_ = false, ended_ = false;
    std::thread thread_;
};

std::unique_ptr<Saving> saving;   // after what its thread calls

// Beside the others, under a name that is not taken.
std::string free_name(const state::Photo& photo) {
    const std::string stem = std::filesystem::path(photo.path).stem().string() + "_" + photo.pass().filter;
    std::error_code ec;
    for (int n = 1;; ++n) {
        std::string name = n == 1 ? stem + ".png" : fmt::format("{}_{}.png", stem, n);
        if (!std::filesystem::exists(name, ec)) return name;
    }
}

void tell_end(Store& store) {
    if (!saving || !saving->ended()) return;
    if (!saving->fault().empty()) store.say(saving->fault(), true);
    else if (saving->stopped()) store.say(t("Stopped; nothing was written."));
    else store.say(tf("Saved {}.", saving->path()));
    saving.reset();
}

}  // namespace

void set_photo_save_wake(std::function<void()> wake) { wake_window = std::move(wake); }

void draw_photo_save(Store& store, const Style& style) {
    tell_end(store);
    const state::Photo& photo = *store.state().photo;
    ImGui::Dummy({0, 4 * style.scale});
    if (saving) {
        muted_text(style, store.theme(), tf("Filtering {}×{} pixels …", photo.image->width, photo.image->height));
        if (text_button("stop photo", t("Stop"), -1)) saving->stop();
        return;
    }
    if (text_button("save photo", t("Save the filtered photo"), -1, true)) saving = std::make_unique<Saving>(free_name(photo), photo);
    hint(tf("All {}×{} pixels, as PNG, into the current folder", photo.image->width, photo.image->height));
}

}  // namespace convloom::gui
