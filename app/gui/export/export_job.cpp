#include "app/gui/export/export_job.hpp"

#include "app/gui/base/language.hpp"
#include "app/gui/export/export_form.hpp"

namespace convloom::gui {

Job::Ended exported(const exporting::Written& written, std::optional<double> bytes) {
    const std::string first = written.first.string();
    if (written.first != written.last)
        return {true, false,
                tf("Exported {} frames, {} to {}.", written.frames, first, written.last.filename().string()), 0, first};
    return {true, false, bytes ? tf("Exported {}, {}.", first, bytes_text(*bytes)) : tf("Exported {}.", first), 0,
            first};
}

}  // namespace convloom::gui
