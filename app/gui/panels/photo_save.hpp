// The filtered photo as a file: PNG of 8 or 16 bits, JPEG or WebP, at its full size or as it is shown, into a place
// that is asked for. Filtered and written beside the window; how far it is stands in the panel, where it can be
// stopped.
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
    // `wake` is called, from any thread, when there is news.
    explicit PhotoSave(std::function<void()> wake) : wake_(std::move(wake)) {}

    // In the photo's panel.
    void draw(Store& store, const Style& style);
    // What the file dialog is to ask, once the button has been clicked.
    std::optional<FileQuestion> question(const Store& store, const std::filesystem::path& folder);
    // A name without an ending of a picture gets that of the format chosen.
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
