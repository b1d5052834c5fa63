// GIF by giflib: the first frame on its canvas. Pixels that it does not cover, and its transparent index, are
// transparent, as in browsers; the background colour is ignored, as everywhere.
#include <fmt/format.h>
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

struct Reading {
    std::string_view bytes;
    std::size_t at = 0;
    bool ended_early = false;

    static int give(GifFileType* file, GifByteType* to, int size) {
        auto* self = static_cast<Reading*>(file->UserData);
        const std::size_t got = std::min(self->bytes.size() - self->at, static_cast<std::size_t>(std::max(size, 0)));
        std::copy_n(self->bytes.data() + self->at, got, to);
        std::fill_n(to + got, static_cast<std::size_t>(std::max(size, 0)) - got, GifByteType{0});
        if (got < static_cast<std::size_t>(size)) self->ended_early = true;
        self->at += got;
        return static_cast<int>(got);
    }
};

class Gif {
  public:
    explicit Gif(const Source& source) : source_(source), reading_{source.bytes} {
        int error = 0;
        file_.reset(DGifOpen(&reading_, Reading::give, &error));
        if (!file_) refuse(error);
    }

    Decoded first_frame() {
        find_frame();
        const GifImageDesc& frame = file_->Image;
        if (frame.Left < 0 || frame.Top < 0 || frame.Width <= 0 || frame.Height <= 0)
            source_.damaged(fmt::format("its first frame is {}×{}", frame.Width, frame.Height));
        // A frame larger than its canvas enlarges the canvas, as in browsers.
        const int width = std::max(file_->SWidth, frame.Left + frame.Width),
                  height = std::max(file_->SHeight, frame.Top + frame.Height);
        source_.check_size(width, height);
        take_palette();
        Decoded decoded;
        decoded.image = image::blank(width, height, 4, image::Depth::bits8);
        std::vector<GifPixelType> line(static_cast<std::size_t>(frame.Width));
        if (!frame.Interlace) return pass(decoded, line, 0, 1), decoded;
        for (const auto& [first, step] : {std::pair{0, 8}, {4, 8}, {2, 4}, {1, 2}}) pass(decoded, line, first, step);
        return decoded;
    }

  private:
    struct Close {
        void operator()(GifFileType* file) const { DGifCloseFile(file, nullptr); }
    };

    [[noreturn]] void refuse(int error) const {
        if (reading_.ended_early) source_.ends_early();
        const char* says = GifErrorString(error);
        source_.damaged(says ? says : "it is not a valid GIF");
    }
    void check(int status) const {
        if (status == GIF_ERROR) refuse(file_->Error);
    }

    void find_frame() {
        for (;;) {
            GifRecordType kind = UNDEFINED_RECORD_TYPE;
            check(DGifGetRecordType(file_.get(), &kind));
            if (kind == IMAGE_DESC_RECORD_TYPE) break;
            if (kind == TERMINATE_RECORD_TYPE) source_.damaged("it has no frame");
            if (kind == EXTENSION_RECORD_TYPE) pass_extension();
        }
        check(DGifGetImageDesc(file_.get()));
    }
    void pass_extension() {
        int code = 0;
        GifByteType* block = nullptr;
        check(DGifGetExtension(file_.get(), &code, &block));
        while (block) {
            GraphicsControlBlock control{};
            if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
                transparent_ = control.TransparentColor;
            check(DGifGetExtensionNext(file_.get(), &block));
        }
    }

    // Indices beyond the palette are black.
    void take_palette() {
        const ColorMapObject* map = file_->Image.ColorMap ? file_->Image.ColorMap : file_->SColorMap;
        if (!map) source_.damaged("it has no palette");
        for (auto& colour : palette_) colour = {0, 0, 0, 255};
        for (int n = 0; n < std::min(map->ColorCount, 256); ++n)
            palette_[n] = {map->Colors[n].Red, map->Colors[n].Green, map->Colors[n].Blue, 255};
        if (transparent_ >= 0 && transparent_ < 256) palette_[transparent_] = {0, 0, 0, 0};
    }

    void pass(Decoded& decoded, std::vector<GifPixelType>& line, int first, int step) {
        const GifImageDesc& frame = file_->Image;
        for (int y = first; y < frame.Height; y += step) {
            std::fill(line.begin(), line.end(), GifPixelType{0});
            check(DGifGetLine(file_.get(), line.data(), frame.Width));
            auto* to = samples_of<std::uint8_t>(decoded.image) +
                       (static_cast<std::size_t>(frame.Top + y) * decoded.image.width + frame.Left) * 4;
            for (const GifPixelType index : line) to = std::copy(palette_[index].begin(), palette_[index].end(), to);
        }
    }

    const Source& source_;
    Reading reading_;
    std::unique_ptr<GifFileType, Close> file_;
    int transparent_ = NO_TRANSPARENT_COLOR;
    std::array<std::array<std::uint8_t, 4>, 256> palette_{};
};

}  // namespace

Decoded read_gif(const Source& source) {
    return Gif(source).first_frame();
}

}  // namespace convloom::files::picture
