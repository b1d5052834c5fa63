// A file is written beside the one that it replaces and then takes its place: what was there before stays until the
// new one is whole.
//
// Links are followed, so that a symbolic link stays one and its target becomes new. The file that was there passes on
// its mode, and its owner where that is allowed. One that has several names (hard links) keeps them all: it is written
// over in place, once the new bytes lie whole beside it.
#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/files/unfinished.hpp"

namespace convloom::files {

// What a number of errno means.
std::string error_text(int error);

class Replacement {
  public:
    // `ending` keeps the beside-name's ending for programs that go by it. The file beside is made at once, empty, so
    // that a folder that takes none is known before the work. Throws a Failure.
    explicit Replacement(std::filesystem::path path, const std::string& ending = "");
    // What was not put in place is removed.
    ~Replacement();
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    // Where to write.
    const std::filesystem::path& beside() const { return beside_; }
    void put_in_place();
    // Throws a Failure that names the file and the reason.
    [[noreturn]] void fail(const std::string& reason) const;

  private:
    void make_beside(const std::string& ending);
    void take_over_rights() const;
    bool write_over() const;

    std::filesystem::path path_, target_, beside_;  // as given; with links followed; where to write
    std::optional<struct stat> old_;                // of the target, where there is one
    std::optional<UnfinishedFile> unfinished_;
};

// All of its bytes, beside; it is not yet put in place.
void write(Replacement& file, std::string_view bytes);

}  // namespace convloom::files
