#include "app/files/picture/icc.hpp"

#include <lcms2.h>

#include <array>
#include <cmath>
#include <memory>
#include <vector>

namespace convloom::files::picture {
namespace {

using image::Depth;

struct CloseProfile {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, CloseProfile>;
struct DeleteTransform {
    void operator()(void* transform) const { cmsDeleteTransform(transform); }
};
using Transform = std::unique_ptr<void, DeleteTransform>;
using Curve = std::unique_ptr<cmsToneCurve, void (*)(cmsToneCurve*)>;

Curve srgb_curve() {
    const cmsFloat64Number parameters[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    return {cmsBuildParametricToneCurve(nullptr, 4, parameters), &cmsFreeToneCurve};
}

Profile srgb_or_its_grey(bool grey) {
    return Profile(grey ? cmsCreateGrayProfile(cmsD50_xyY(), srgb_curve().get()) : cmsCreate_sRGBProfile());
}

int colours_in(const Decoded& decoded) {
    return decoded.colours == Colours::inks ? 4 : decoded.colours == Colours::lab ? 3 : decoded.image.colour_channels();
}
bool with_alpha(const Decoded& decoded) {
    return decoded.image.channels > colours_in(decoded);
}

cmsUInt32Number sample_format(Depth depth) {
    switch (depth) {
        case Depth::bits8:
            return BYTES_SH(1);
        case Depth::bits16:
            return BYTES_SH(2);
        case Depth::float32:
            break;
    }
    return FLOAT_SH(1) | BYTES_SH(4);
}

cmsUInt32Number format_of(int colours, bool alpha, Depth depth) {
    return CHANNELS_SH(colours) | EXTRA_SH(alpha ? 1 : 0) | sample_format(depth);
}

Transform transform(void* from, void* to, cmsUInt32Number format_in, cmsUInt32Number format_out) {
    // CMYK with the profile's own table, not with a coarser one derived from it.
    const cmsUInt32Number flags =
        (T_EXTRA(format_in) ? cmsFLAGS_COPY_ALPHA : 0) | (T_CHANNELS(format_in) == 4 ? cmsFLAGS_NOOPTIMIZE : 0);
    return Transform(cmsCreateTransform(from, format_in, to, format_out, INTENT_PERCEPTUAL, flags));
}

// Whether no colour of a grid changes by more than one level of 255.
bool changes_nothing(void* from, void* to, int colours) {
    const Transform through =
        transform(from, to, format_of(colours, false, Depth::bits16), format_of(colours, false, Depth::bits16));
    if (!through) return true;
    constexpr int steps = 9;
    std::vector<std::uint16_t> grid;
    const int points = colours == 1 ? steps : steps * steps * steps;
    for (int n = 0; n < points; ++n)
        for (int c = 0, rest = n; c < colours; ++c, rest /= steps)
            grid.push_back(static_cast<std::uint16_t>(rest % steps * 65535 / (steps - 1)));
    std::vector<std::uint16_t> moved(grid.size());
    cmsDoTransform(through.get(), grid.data(), moved.data(), static_cast<cmsUInt32Number>(points));
    for (std::size_t n = 0; n < grid.size(); ++n)
        if (std::abs(grid[n] - moved[n]) > 257) return false;
    return true;
}

template <class Sample>
void transform_rows(void* through, image::Image& from, image::Image& to) {
    for (int y = 0; y < from.height; ++y)
        cmsDoTransform(through, samples_of<Sample>(from) + static_cast<std::size_t>(y) * from.width * from.channels,
                       samples_of<Sample>(to) + static_cast<std::size_t>(y) * to.width * to.channels,
                       static_cast<cmsUInt32Number>(from.width));
}

void run(void* through, image::Image& from, image::Image& to) {
    switch (from.depth()) {
        case Depth::bits8:
            return transform_rows<std::uint8_t>(through, from, to);
        case Depth::bits16:
            return transform_rows<std::uint16_t>(through, from, to);
        case Depth::float32:
            return transform_rows<float>(through, from, to);
    }
}

// False if the profile is invalid, or for other kinds of colours.
bool follow_profile(Decoded& decoded) {
    const int colours = colours_in(decoded);
    const Profile from(
        decoded.profile.empty()
            ? nullptr
            : cmsOpenProfileFromMem(decoded.profile.data(), static_cast<cmsUInt32Number>(decoded.profile.size())));
    const cmsColorSpaceSignature wanted = decoded.colours == Colours::inks  ? cmsSigCmykData
                                          : decoded.colours == Colours::lab ? cmsSigLabData
                                          : colours == 1                    ? cmsSigGrayData
                                                                            : cmsSigRgbData;
    if (!from || cmsGetColorSpace(from.get()) != wanted) return false;
    const bool grey = wanted == cmsSigGrayData, alpha = with_alpha(decoded), same = decoded.colours == Colours::screen;
    const Profile to = srgb_or_its_grey(grey);
    if (same && changes_nothing(from.get(), to.get(), colours)) return true;
    const int colours_out = grey ? 1 : 3;
    const Depth depth = decoded.image.depth();
    const Transform through =
        transform(from.get(), to.get(), format_of(colours, alpha, depth), format_of(colours_out, alpha, depth));
    if (!through) return false;
    if (same) {
        run(through.get(), decoded.image, decoded.image);
    } else {
        image::Image made =
            image::unwritten(decoded.image.width, decoded.image.height, colours_out + (alpha ? 1 : 0), depth);
        run(through.get(), decoded.image, made);
        decoded.image = std::move(made);
    }
    decoded.image.linear = false;
    if (depth == Depth::float32) make_finite(decoded.image);
    decoded.colours = Colours::screen;
    return true;
}

// The white that remains under the inks, for CMYK without a profile.
template <class Sample, std::uint64_t full>
void print_inks(image::Image& inks, image::Image& to) {
    const Sample* from = samples_of<Sample>(inks);
    Sample* out = samples_of<Sample>(to);
    for (std::size_t p = 0; p < inks.pixel_count(); ++p, from += inks.channels) {
        for (int c = 0; c < 3; ++c)
            *out++ = static_cast<Sample>(((full - from[c]) * (full - from[3]) + full / 2) / full);
        if (inks.channels == 5) *out++ = from[4];
    }
}

void print_without_profile(Decoded& decoded) {
    image::Image& inks = decoded.image;
    image::Image made = image::unwritten(inks.width, inks.height, inks.channels == 5 ? 4 : 3, inks.depth());
    inks.depth() == Depth::bits8 ? print_inks<std::uint8_t, 255>(inks, made)
                                 : print_inks<std::uint16_t, 65535>(inks, made);
    inks = std::move(made);
    decoded.colours = Colours::screen;
}

std::string bytes_of(void* profile) {
    cmsUInt32Number size = 0;
    if (!profile || !cmsSaveProfileToMem(profile, nullptr, &size)) return {};
    std::string bytes(size, '\0');
    return cmsSaveProfileToMem(profile, bytes.data(), &size) ? bytes : std::string();
}

}  // namespace

void bring_to_srgb(Decoded& decoded) {
    // lcms uses other ranges for CMYK and Lab as floats.
    if (decoded.colours != Colours::screen && decoded.image.depth() == Depth::float32)
        decoded.image = with_depth(decoded.image, Depth::bits16);
    if (decoded.colours == Colours::lab) decoded.profile = bytes_of(Profile(cmsCreateLab4Profile(nullptr)).get());
    if (!follow_profile(decoded) && decoded.colours == Colours::inks) print_without_profile(decoded);
    decoded.profile.clear();
}

std::string profile_of_primaries(const double (&primaries)[6]) {
    const cmsCIExyY white{0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE colours{
        {primaries[0], primaries[1], 1}, {primaries[2], primaries[3], 1}, {primaries[4], primaries[5], 1}};
    const Curve curve = srgb_curve();
    cmsToneCurve* const curves[] = {curve.get(), curve.get(), curve.get()};
    return bytes_of(Profile(cmsCreateRGBProfile(&white, &colours, curves)).get());
}

}  // namespace convloom::files::picture
