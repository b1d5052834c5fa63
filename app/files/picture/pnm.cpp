// Our own PNM reader, since netpbm's library ends the process at the first error: P1 to P6 as text and binary, PAM (P7)
// and PFM. Samples up to 255 become 8 bits, others 16, scaled to the full range; PFM's are linear light, as floats.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <string>

#include "app/files/picture/numbers.hpp"
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct Header {
    char kind = 0;
    long long width = 0, height = 0, most = 1;  // the largest sample value
    int channels = 1;
    float scale = 1;  // of a PFM; negative if it is little endian

    bool in_letters() const { return kind >= '1' && kind <= '3'; }
    bool is_bits() const { return kind == '1' || kind == '4'; }
    bool is_light() const { return kind == 'f' || kind == 'F'; }
};

class Pnm {
  public:
    explicit Pnm(const Source& source) : source_(source), bytes_(source.bytes) {}

    Decoded read() {
        read_header();
        if (header_.most < 1 || header_.most > 65535)
            source_.damaged(fmt::format("its greatest sample is {}", header_.most));
        source_.check_size(header_.width, header_.height);
        const std::uint64_t samples = static_cast<std::uint64_t>(header_.width) * header_.height * header_.channels;
        // As text, a sample takes at least one byte.
        if (needed(samples) > bytes_.size() - at_) source_.ends_early();
        Decoded decoded;
        const image::Depth depth = header_.is_light()   ? image::Depth::float32
                                   : header_.most > 255 ? image::Depth::bits16
                                                        : image::Depth::bits8;
        decoded.image = image::unwritten(static_cast<int>(header_.width), static_cast<int>(header_.height),
                                         header_.channels, depth, header_.is_light());
        if (header_.is_light())
            read_floats(decoded.image);
        else if (header_.is_bits())
            read_bits(samples_of<std::uint8_t>(decoded.image));
        else if (depth == image::Depth::bits16)
            read_samples(samples_of<std::uint16_t>(decoded.image), samples, 65535);
        else
            read_samples(samples_of<std::uint8_t>(decoded.image), samples, 255);
        return decoded;
    }

  private:
    std::uint64_t needed(std::uint64_t samples) const {
        if (header_.in_letters()) return samples;
        if (header_.kind == '4') return static_cast<std::uint64_t>(header_.width + 7) / 8 * header_.height;
        return samples * (header_.is_light() ? 4 : header_.most > 255 ? 2 : 1);
    }

    void read_header() {
        header_.kind = bytes_[1];
        at_ = 2;
        if (header_.kind == '7') return read_pam_header();
        header_.width = number();
        header_.height = number();
        if (header_.is_light()) {
            const std::string text(word());  // not every standard library has from_chars() of a float
            char* end = nullptr;
            errno = 0;
            header_.scale = std::strtof(text.c_str(), &end);
            if (end == text.c_str() || text.front() == '+' || errno == ERANGE)
                source_.damaged("its scale is not a number");
        } else if (!header_.is_bits()) {
            header_.most = number();
        }
        if (header_.kind == '3' || header_.kind == '6' || header_.kind == 'F') header_.channels = 3;
        // A single separator, then the samples begin.
        if (!header_.in_letters() && at_ < bytes_.size()) ++at_;
    }

    void read_pam_header() {
        long long depth = 0;
        std::string_view type;
        for (std::string_view key = word(); key != "ENDHDR"; key = word()) {
            if (key == "WIDTH")
                header_.width = number();
            else if (key == "HEIGHT")
                header_.height = number();
            else if (key == "DEPTH")
                depth = number();
            else if (key == "MAXVAL")
                header_.most = number();
            else if (key == "TUPLTYPE")
                type = word();
            else
                source_.damaged("its header has an unknown line");
        }
        if (at_ < bytes_.size()) ++at_;
        if (depth < 1 || depth > 4) source_.damaged(fmt::format("a PAM of {} channels has no standard colours", depth));
        header_.channels = static_cast<int>(depth);
    }

    // The next word, skipping comments after #.
    std::string_view word() {
        for (; at_ < bytes_.size(); ++at_) {
            if (bytes_[at_] == '#')
                while (at_ < bytes_.size() && bytes_[at_] != '\n') ++at_;
            else if (!is_space(bytes_[at_]))
                break;
        }
        if (at_ >= bytes_.size()) source_.ends_early();
        const std::size_t start = at_;
        while (at_ < bytes_.size() && !is_space(bytes_[at_]) && bytes_[at_] != '#') ++at_;
        return bytes_.substr(start, at_ - start);
    }
    long long number() {
        const std::string_view text = word();
        long long value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size() || value < 0)
            source_.damaged("it has text where a number should be");
        return value;
    }

    template <class Sample>
    void read_samples(Sample* to, std::uint64_t count, std::uint64_t full) {
        const Numbers in{bytes_};
        const auto most = static_cast<std::uint64_t>(header_.most);
        for (std::uint64_t n = 0; n < count; ++n) {
            std::uint64_t value = 0;
            if (header_.in_letters()) {
                value = static_cast<std::uint64_t>(number());
            } else if (most > 255) {
                value = in.two(at_);
                at_ += 2;
            } else {
                value = in.byte(at_++);
            }
            value = std::min(value, most);
            to[n] = static_cast<Sample>(most == full ? value : (value * full + most / 2) / most);
        }
    }

    // 1 is black. In letters they need no spaces between.
    void read_bits(std::uint8_t* to) {
        for (long long y = 0; y < header_.height; ++y) {
            for (long long x = 0; x < header_.width; ++x) {
                bool ink = false;
                if (header_.kind == '1') {
                    ink = next_letter() == '1';
                } else {
                    ink = static_cast<unsigned char>(bytes_[at_ + static_cast<std::size_t>(x / 8)]) >> (7 - x % 8) & 1;
                }
                *to++ = ink ? 0 : 255;
            }
            if (header_.kind == '4') at_ += static_cast<std::size_t>((header_.width + 7) / 8);
        }
    }
    char next_letter() {
        while (at_ < bytes_.size() && (is_space(bytes_[at_]) || bytes_[at_] == '#')) {
            if (bytes_[at_] == '#')
                while (at_ < bytes_.size() && bytes_[at_] != '\n') ++at_;
            else
                ++at_;
        }
        if (at_ >= bytes_.size()) source_.ends_early();
        if (bytes_[at_] != '0' && bytes_[at_] != '1') source_.damaged("it has text where a number should be");
        return bytes_[at_++];
    }

    // Rows are stored bottom up.
    void read_floats(image::Image& image) {
        const Numbers in{bytes_, header_.scale < 0};
        const std::size_t row = static_cast<std::size_t>(image.width) * image.channels;
        for (int y = image.height - 1; y >= 0; --y)
            for (std::size_t n = 0; n < row; ++n, at_ += 4)
                samples_of<float>(image)[y * row + n] = float_of(in.four(at_));
        make_finite(image);
    }

    const Source& source_;
    std::string_view bytes_;
    std::size_t at_ = 0;
    Header header_;
};

}  // namespace

Decoded read_pnm(const Source& source) {
    return Pnm(source).read();
}

}  // namespace convloom::files::picture
