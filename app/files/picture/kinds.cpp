// Recognises unsupported formats by their first bytes, so that a refusal can name them.
#include <algorithm>

#include "app/files/picture/numbers.hpp"
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

using namespace std::literals;

struct Sign {
    std::size_t at;
    std::string_view bytes, kind;
    std::string_view first{};  // an alternative beginning
};

constexpr Sign signs[] = {
    {0, "\0\0\0\x0cjP  \r\n\x87\n"sv, "a JPEG 2000 picture"},
    {0, "\xff\x4f\xff\x51"sv, "a JPEG 2000 picture"},
    {0, "\0\0\0\x0cJXL \r\n\x87\n"sv, "a JPEG XL picture"},
    {0, "\xff\x0a"sv, "a JPEG XL picture"},
    {0, "\xff\xd8\xff\xf7"sv, "a JPEG-LS picture"},
    {0, "II\xbc\x01"sv, "a JPEG XR picture"},
    {0, "\x8bJNG\r\n\x1a\n"sv, "a JNG picture"},
    {0, "\x8aMNG\r\n\x1a\n"sv, "an MNG animation"},
    {0, "\0\0\1\0"sv, "a Windows icon (ICO)"},
    {0, "\x76\x2f\x31\x01"sv, "an OpenEXR picture"},
    {0, "FOVb"sv, "a camera's raw picture (X3F)"},
    {0, "FUJIFILMCCD-RAW"sv, "a camera's raw picture (RAF)"},
    {0, "IIRO"sv, "a camera's raw picture (ORF)"},
    {0, "IIRS"sv, "a camera's raw picture (ORF)"},
    {0, "MMOR"sv, "a camera's raw picture (ORF)"},
    {0, "IIU\0"sv, "a camera's raw picture (RW2)"},
    {0, "\0MRM"sv, "a camera's raw picture (MRW)"},
    {4, "ftypcrx"sv, "a camera's raw picture (CR3)"},
    {6, "HEAPCCDR"sv, "a camera's raw picture (CRW)"},
    {0, "%PDF"sv, "a PDF document"},
    {0, "%!PS"sv, "a PostScript document"},
    {0, "\xc5\xd0\xd3\xc6"sv, "a PostScript document"},
    {0, "DDS "sv, "a DDS texture"},
    {0, "\xabKTX "sv, "a KTX texture"},
    {0, "SIMPLE  ="sv, "a FITS picture"},
    {0, "gimp xcf"sv, "a GIMP picture (XCF)"},
    {0, "\x59\xa6\x6a\x95"sv, "a Sun raster picture"},
    {0, "\x01\xda"sv, "an SGI picture"},
    {0, "/* XPM */"sv, "an XPM picture"},
    {0, "qoif"sv, "a QOI picture"},
    {0, "farbfeld"sv, "a farbfeld picture"},
    {0, "FLIF"sv, "a FLIF picture"},
    {0, "BPG\xfb"sv, "a BPG picture"},
    {0, "AT&TFORM"sv, "a DjVu document"},
    {8, "ILBM"sv, "an ILBM picture", "FORM"sv},
    {8, "PBM "sv, "an ILBM picture", "FORM"sv},
    {0, "\xd7\xcd\xc6\x9a"sv, "a Windows metafile (WMF)"},
    {40, " EMF"sv, "a Windows metafile (EMF)", "\1\0\0\0"sv},
    {14, "BM"sv, "an OS/2 array of bitmaps", "BA"sv},
    {8, "AVI "sv, "a video (AVI)", "RIFF"sv},
    {4, "ftypqt"sv, "a video (QuickTime)"},
    {4, "ftyp"sv, "a video (MP4)"},
    {4, "moov"sv, "a video (QuickTime)"},
    {0, "\x1a\x45\xdf\xa3"sv, "a video (Matroska or WebM)"},
    {0, "PK\3\4"sv, "a ZIP archive"},
    {0, "\x1f\x8b"sv, "a gzip archive"},
    {0, "\x93NUMPY"sv, "a NumPy array"},
};

bool is_cursor(std::string_view bytes) {
    const Numbers in{bytes, true};
    return bytes.starts_with("\0\0\2\0"sv) && in.two(4) >= 1 && in.two(4) <= 64 && in.byte(9) == 0 &&
           in.four(18) >= 22 && in.four(18) < bytes.size();
}

bool is_pcx(std::string_view bytes) {
    const Numbers in{bytes, true};
    const std::uint32_t version = in.byte(1), bits = in.byte(3);
    return bytes.size() >= 128 && in.byte(0) == 10 && version <= 5 && version != 1 && in.byte(2) <= 1 &&
           (bits == 1 || bits == 2 || bits == 4 || bits == 8) && in.two(4) <= in.two(8) && in.two(6) <= in.two(10);
}

bool is_svg(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 4096);
    const std::size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    return first != head.npos && head[first] == '<' && head.find("<svg") < head.find("<html");
}

}  // namespace

bool is_heif(std::string_view bytes) {
    if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return false;
    const std::size_t end = std::min<std::size_t>(bytes.size(), Numbers{bytes}.four(0));
    constexpr std::string_view brands[] = {"heic", "heix", "heim", "heis", "hevc",
                                           "hevx", "mif1", "msf1", "avif", "avis"};
    for (std::size_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4)
        if (std::find(std::begin(brands), std::end(brands), bytes.substr(at, 4)) != std::end(brands)) return true;
    return false;
}

bool is_raw_in_tiff(std::string_view bytes) {
    if (bytes.substr(std::min<std::size_t>(8, bytes.size()), 2) == "CR" && bytes.starts_with("II*")) return true;
    const Numbers in{bytes, bytes.starts_with("II")};
    if (in.two(2) != 42) return false;
    const std::size_t directory = in.four(4), count = in.two(directory);
    // Adobe's DNG identifies itself; other raw formats start with a small preview and keep the sensor data in private
    // directories.
    bool small_copy = false, others = false, camera = false;
    for (std::size_t n = 0; n < count && in.holds(directory + 2 + 12 * n, 12); ++n) {
        const std::size_t entry = directory + 2 + 12 * n;
        const std::uint32_t tag = in.two(entry);
        if (tag == 50706) return true;
        if (tag == 254) small_copy = (in.four(entry + 8) & 1) != 0;
        if (tag == 330) others = true;
        if (tag == 271) camera = true;
    }
    return small_copy && others && camera;
}

std::string_view kind_not_read(std::string_view bytes) {
    for (const Sign& sign : signs)
        if (bytes.size() > sign.at && bytes.substr(sign.at).starts_with(sign.bytes) && bytes.starts_with(sign.first))
            return sign.kind;
    if ((bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) && is_raw_in_tiff(bytes))
        return "a camera's raw picture";
    if (is_cursor(bytes)) return "a Windows cursor (CUR)";
    if (is_pcx(bytes)) return "a PCX picture";
    if (is_svg(bytes)) return "an SVG drawing";
    return {};
}

}  // namespace convloom::files::picture
