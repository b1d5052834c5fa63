// Saves the filtered photo as PNG with 8 or 16 bits, JPEG or WebP, at full size or as shown, to a file that it asks
// for. Filtering and writing run in the background; the panel shows the progress and can stop it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/desk/file_browser.hpp"
#include "app/gui/desk/job.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

class PhotoSave {
  public:
    // `wake` is called, from any thread, when there is progress.
    explicit PhotoSave(std::function<void()> wake) : wake_(std::move(wake)) {}

    // In the photo's panel.
    void draw(Store& store, const Style& style);
    // The request for the file dialog, once the button has been clicked.
    std::optional<FileQuestion> question(const Store& store, const std::filesystem::path& folder);
    // A name without a picture's extension gets that of the chosen format.
    void save(const std::string& path, const state::Photo& photo);
    bool is_busy() const { return job_ != nullptr; }

  private:
    enum class Format { png, png_16, jpeg, webp };
    void draw_choices(Store& store, const Style& style);
    void tell_end(Store& store);

    std::function<void()> wake_;
    Format format_ = Format::png;
    int quality_ = 92;
    bool as_shown_ = false, clicked_ = false;
    std::string path_;
    std::unique_ptr<Job> job_;
};

}  // namespace convloom::gui
