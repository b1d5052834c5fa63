// A file is written beside the one that it replaces and renamed: what was there before stays until the new one is
// whole.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace convloom::files {

class Replacement {
  public:
    // `ending` keeps the beside-name's ending for programs that go by it. Throws an Error where `path` is a folder.
    explicit Replacement(std::filesystem::path path, const std::string& ending = "");
    // What was not put in place is removed.
    ~Replacement();
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    // Where to write.
    const std::filesystem::path& beside() const { return beside_; }
    // Throws an Error where the rename fails.
    void put_in_place();
    // Throws an Error that names the file and the reason.
    [[noreturn]] void fail(const std::string& reason) const;

  private:
    std::filesystem::path path_, beside_;
};

// All of its bytes, beside; it is not yet put in place.
void write(Replacement& file, std::string_view bytes);

}  // namespace convloom::files
