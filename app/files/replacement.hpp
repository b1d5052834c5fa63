// Replaces a file safely: the new content is written to a temporary file beside it, and the old file stays until the
// new one is complete and on the disk.
//
// Links are followed, so that a symbolic link stays one and its target is replaced. The new file gets the old one's
// mode, and its owner if permitted. A file with several hard links keeps them all: it is overwritten in place, after
// the new content is complete in the temporary file.
#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/files/unfinished.hpp"

namespace convloom::files {

// The message for an errno value.
std::string error_text(int error);

// Of the n-th temporary file of this process for a file of that name: "figure.svg.1234-1.convloom.part". Its pattern is
// found in no other program's files. `ending` is added.
std::string temporary_name(const std::string& name, int number, const std::string& ending);
// One that stays, although its run ends: "figure.svg.1234-1.part".
std::string lasting_name(const std::string& temporary);
// The number of the process that a temporary name holds; 0 for any other name.
int process_of_temporary(std::string_view name);

class Replacement {
  public:
    // `ending` keeps the file extension for programs that depend on it. The temporary file is created at once, empty,
    // so that a folder without write permission is known before the work. Throws a Failure.
    explicit Replacement(std::filesystem::path path, const std::string& ending = "");
    // Removes the temporary file if it was not put in place.
    ~Replacement();
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    // The path to write to.
    const std::filesystem::path& beside() const { return beside_; }
    // Where a file is replaced, once the new one is on the disk: after a power cut there is the one or the other. For
    // frames by the hundred that takes longer than to make them, and they can be made again.
    enum class Disk { waited_for, not_waited_for };
    void put_in_place(Disk disk = Disk::waited_for);
    // Throws a Failure that names the file and the reason.
    [[noreturn]] void fail(const std::string& reason) const;

  private:
    void make_beside(const std::string& ending);
    void take_over_rights() const;
    bool write_over() const;
    void keep_beside();
    void bring_to_disk() const;

    std::filesystem::path path_, target_, beside_;  // as given; with links followed; where to write
    std::optional<struct stat> old_;                // of the target, where there is one
    std::optional<UnfinishedFile> unfinished_;
    Hold hold_;  // of the temporary file
};

// All of its bytes, beside; it is not yet put in place.
void write(Replacement& file, std::string_view bytes);

}  // namespace convloom::files
