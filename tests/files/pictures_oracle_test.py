"""Small valid pictures of every kind and depth of the formats, created by other programs and compared with an independent decoder:
equal to the level, and the same bytes three times."""
import os
import pathlib
import struct
import subprocess
import sys
import zlib

import cv2
import numpy as np
from PIL import Image, ImageCms, features

CONVLOOM = os.environ["CONVLOOM"]
made = pathlib.Path("made")
made.mkdir(exist_ok=True)
wanted = {}   # name: the expected samples, and the tolerance in levels of 255

rng = np.random.default_rng(5)
noise = cv2.GaussianBlur(rng.integers(0, 256, (23, 37, 4)).astype(np.uint8), (5, 5), 1.5).astype(float)
noise = (noise - noise.min((0, 1))) / (noise.max((0, 1)) - noise.min((0, 1)))
rgba = np.round(noise * 255).astype(np.uint8)
rgb, grey = np.ascontiguousarray(rgba[..., :3]), np.ascontiguousarray(rgba[..., 1])
deep = np.round(noise * 65535).astype(np.uint16)
bits = grey > 120


def by_pillow(name, image, within=0, right=None, **options):
    image.save(made / name, **options)
    with Image.open(made / name) as back:
        wanted[name] = (as_array(back) if right is None else right, within)


def as_array(image):
    if image.mode in ("P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode == "1":
        image = image.convert("L")
    if image.mode == "CMYK":
        inks = np.asarray(image).astype(float) / 255
        return (1 - inks[..., :3]) * (1 - inks[..., 3:])
    values = np.asarray(image)
    if image.mode.startswith("I"):
        return values / 65535
    return values.astype(float) if image.mode == "F" else values / 255


def by_imagemagick(name, right, *options, within=0, source=None):
    """The result of ImageMagick for a PNG of the same samples."""
    cv2.imwrite("source.png", source)
    # -strip omits the time, so the files are reproducible.
    subprocess.run(["convert", "source.png", "-strip", *options, str(made / name) if ":" not in name else name], check=True, stderr=subprocess.DEVNULL)
    wanted[name] = (right, within)


def by(*command, name, right, within=0):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wanted[name] = (right, within)


bgr = rgb[..., ::-1]
bgra = np.ascontiguousarray(rgba[..., [2, 1, 0, 3]])
modes = {"L": Image.fromarray(grey), "RGB": Image.fromarray(rgb), "RGBA": Image.fromarray(rgba), "1": Image.fromarray(bits), "P": Image.fromarray(rgb).quantize(60),
         "LA": Image.fromarray(rgba[..., :2], "LA"), "CMYK": Image.fromarray(rgba, "CMYK")}

for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
    by_pillow(f"png_{mode}.png", modes[mode])
for count in (2, 4, 16):
    by_pillow(f"png_P{count}.png", Image.fromarray(rgb).quantize(count))
by_pillow("png_transparent_index.png", modes["P"], transparency=3)
by_pillow("png_transparent_colour.png", modes["RGB"], right=np.dstack([rgb, np.where((rgb == rgb[3, 4]).all(-1), 0, 255)]) / 255, transparency=tuple(int(v) for v in rgb[3, 4]))
for kind, source in {"grey": deep[..., 0], "rgb": deep[..., 2::-1], "rgba": deep[..., [2, 1, 0, 3]]}.items():
    cv2.imwrite(str(made / f"png_16_{kind}.png"), source)
    wanted[f"png_16_{kind}.png"] = ((source if source.ndim == 2 else source[..., [2, 1, 0, 3][:source.shape[2]]]) / 65535, 0)
by_imagemagick("png_interlaced.png", rgb / 255, "-interlace", "PNG", source=bgr)

for subsampling in (0, 1, 2):
    for quality in (35, 95):
        by_pillow(f"jpeg_{subsampling}_{quality}.jpg", modes["RGB"], subsampling=subsampling, quality=quality)
        by_pillow(f"jpeg_progressive_{subsampling}_{quality}.jpg", modes["RGB"], subsampling=subsampling, quality=quality, progressive=True)
by_pillow("jpeg_grey.jpg", modes["L"])
by_pillow("jpeg_cmyk.jpg", modes["CMYK"], within=0.51)
for sampling in ("1x2", "2x1", "4x1", "1x1,2x2,1x1"):
    by_imagemagick(f"jpeg_{sampling.replace(',', '_')}.jpg", None, "-sampling-factor", sampling, source=bgr)
jpeg = (made / "jpeg_0_95.jpg").read_bytes()
(made / "jpeg_stray_bytes.jpg").write_bytes(jpeg[:-2] + b"\x12\x34\x56" + jpeg[-2:] + b"behind")
wanted["jpeg_stray_bytes.jpg"] = (None, 0)
cv2.imwrite(str(made / "jpeg_restarts.jpg"), bgr, [cv2.IMWRITE_JPEG_RST_INTERVAL, 2])
wanted["jpeg_restarts.jpg"] = (None, 0)

by_pillow("gif.gif", modes["P"])
by_pillow("gif_transparent.gif", modes["P"], transparency=5)
by_imagemagick("gif_interlaced.gif", None, "-interlace", "GIF", source=bgr)
by_pillow("gif_animated.gif", modes["P"], save_all=True, append_images=[modes["P"].rotate(180)])

for mode in ("RGB", "RGBA"):
    by_pillow(f"webp_{mode}.webp", modes[mode], quality=80)
    by_pillow(f"webp_lossless_{mode}.webp", modes[mode], lossless=True, exact=True, right=np.asarray(modes[mode]) / 255)
if features.check("webp_anim"):
    by_pillow("webp_animated.webp", modes["RGBA"], lossless=True, exact=True, save_all=True, append_images=[modes["RGBA"].rotate(180)])

for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK"):
        by_pillow(f"tiff_{mode}_{compression}.tif", modes[mode], within=0.51 if mode == "CMYK" else 0, compression=compression)
by_pillow("tiff_group4.tif", modes["1"], compression="group4")
by_pillow("tiff_jpeg.tif", modes["RGB"], compression="jpeg", within=1)   # YCbCr with halved chroma
by_pillow("tiff_16.tif", Image.fromarray(deep[..., 0]))
by_pillow("tiff_float.tif", Image.fromarray(noise[..., 0].astype(np.float32)))
cv2.imwrite(str(made / "tiff_16_rgb.tif"), deep[..., 2::-1])
wanted["tiff_16_rgb.tif"] = (deep[..., :3] / 65535, 0)
cv2.imwrite(str(made / "tiff_float_rgb.tif"), noise[..., 2::-1].astype(np.float32), [cv2.IMWRITE_TIFF_COMPRESSION, 1])
cv2.imwrite(str(made / "tiff_logluv.tif"), 0.2 + noise[..., 2::-1].astype(np.float32))
wanted["tiff_logluv.tif"] = (0.2 + noise[..., :3], 5)
wanted["tiff_float_rgb.tif"] = (noise[..., :3], 0)
for depth in (1, 2, 4, 8, 12, 16, 32):
    levels = 2 ** depth - 1
    by_imagemagick(f"tiff_grey_{depth}.tif", np.round(grey / 255 * levels) / levels, "-depth", str(depth), "-compress", "none", "-type", "bilevel" if depth == 1 else "Grayscale", within=0.2 if depth == 12 else 0, source=np.round(np.round(grey / 255 * levels) / levels * 65535).astype(np.uint16))
for tool, words in {"planes": ["-p", "separate"], "tiles": ["-t", "-w", "16", "-l", "16"], "tiled_planes": ["-p", "separate", "-t", "-w", "16", "-l", "16"], "big_endian": ["-B"], "big": ["-8"], "reversed_bits": ["-f", "lsb2msb"], "short_strips": ["-r", "3"]}.items():
    for mode in ("RGB", "RGBA") if "separate" in words else ("RGB", "RGBA", "L", "1"):
        by("tiffcp", *words, made / f"tiff_{mode}_raw.tif", made / f"tiff_{tool}_{mode}.tif", name=f"tiff_{tool}_{mode}.tif", right=wanted[f"tiff_{mode}_raw.tif"][0])
# Colours multiplied by alpha, which the tag ExtraSamples says; versions of ImageMagick differ in whether they multiply.
some_clear = np.where(rgba[..., 3:] > 100, rgba, 255).astype(float)
multiplied = some_clear.copy()
multiplied[..., :3] *= some_clear[..., 3:] / 255
Image.fromarray(np.rint(multiplied).astype(np.uint8)).save(made / "tiff_premultiplied.tif")
by("tiffset", "-s", "338", "1", "1", made / "tiff_premultiplied.tif", name="tiff_premultiplied.tif", right=some_clear / 255, within=2)
by_imagemagick("tiff_white_is_0.tif", None, "-define", "quantum:polarity=min-is-white", source=grey)

for mode in ("1", "L", "P", "RGB", "RGBA"):
    by_pillow(f"bmp_{mode}.bmp", modes[mode], right=None if mode != "RGBA" else rgba / 255)
by_pillow("bmp_P16.bmp", Image.fromarray(rgb).quantize(16))
for version in ("BMP2", "BMP3", "BMP"):
    by_imagemagick(f"{version}:{made}/bmp_{version}.bmp", rgb / 255, source=bgr)
    by_imagemagick(f"{version}:{made}/bmp_grey_{version}.bmp", grey / 255, source=grey)
    by_imagemagick(f"{version}:{made}/bmp_bits_{version}.bmp", bits / 1.0, "-type", "bilevel", source=bits.astype(np.uint8) * 255)
by_imagemagick(f"BMP:{made}/bmp_alpha.bmp", rgba / 255, source=bgra)
by_imagemagick(f"BMP3:{made}/bmp_rle8.bmp", grey // 64 * 64 / 255, "-compress", "RLE", source=grey // 64 * 64)
for pixel_format in ("rgb565le", "rgb555le", "rgb444le", "bgra", "bgr24"):
    name = f"bmp_{pixel_format}.bmp"
    by_imagemagick("source.png", None, source=bgr)
    del wanted["source.png"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", "source.png", "-pix_fmt", pixel_format, str(made / name)], check=True)
    back = subprocess.run(["ffmpeg", "-v", "error", "-i", str(made / name), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, stdout=subprocess.PIPE).stdout
    wanted[name] = (np.frombuffer(back, np.uint8).reshape(rgb.shape) / 255, {"rgb565le": 6, "rgb555le": 6, "rgb444le": 16}.get(pixel_format, 0))   # ffmpeg truncates when it reduces bits



def bmp(name, right, header, bits, data, palette=(), compression=0, masks=(), high=23, gap=0):
    """A BMP with a header of this length; `data` is stored as given."""
    entry = 3 if header == 12 else 4
    colours = b"".join(bytes(int(v) for v in colour[::-1]) + bytes(entry - 3) for colour in palette)
    fields = struct.pack("<IHHHH", header, 37, high, 1, bits) if header == 12 else struct.pack("<IiiHHIIiiII", header, 37, high, 1, bits, compression, 0, 2835, 2835, len(palette), 0)
    behind = b"".join(struct.pack("<I", mask) for mask in masks)
    fields = fields[:header] if header < 40 else (fields + (behind if header > 40 and header != 64 else b"")).ljust(header, b"\0")
    if header == 40:
        fields += behind
    start = 14 + len(fields) + len(colours) + gap
    (made / name).write_bytes(b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + fields + colours + bytes(gap) + data)
    wanted[name] = (right / 255, 0)


def stored(rows):
    """Rows of bytes from bottom to top, each padded to four."""
    return b"".join(bytes(row) + bytes(-len(row) % 4) for row in rows[::-1])


for bits_each in (1, 2, 4, 8):
    count = 2 ** bits_each
    few = rng.integers(0, count, (23, 37))
    colours = rng.integers(0, 256, (count, 3))
    shifts = np.array([8 - bits_each * (n + 1) for n in range(8 // bits_each)])
    whole_bytes = np.pad(few, ((0, 0), (0, -37 % len(shifts)))).reshape(23, -1, len(shifts))
    rows = list((whole_bytes << shifts).sum(2).astype(np.uint8))
    for header in (12, 16, 40, 52, 56, 64, 108, 124):
        bmp(f"bmp_{bits_each}_{header}.bmp", colours[few], header, bits_each, stored(rows), colours, gap=header % 3)
    bmp(f"bmp_{bits_each}_top_down.bmp", colours[few][::-1], 40, bits_each, stored(rows), colours, high=-23)
    # A palette that is too short: missing colours are black.
    short = np.vstack([colours[:count // 2 + 1], np.zeros((count // 2, 3), int)])[:count]
    bmp(f"bmp_{bits_each}_short_palette.bmp", short[few], 40, bits_each, stored(rows), colours[:count // 2 + 1])


def spread(values, width):
    """Repeats fewer bits to fill eight; keeps the highest of more."""
    if width >= 8:
        return values >> (width - 8)
    return int("1" * 8, 2) * values // (2 ** width - 1) if width in (1, 2, 4) else values << (8 - width) | (values << (8 - width)) >> width | (values << (8 - width)) >> 2 * width


for name, kind, widths in (("565", 16, (5, 6, 5, 0)), ("444", 16, (4, 4, 4, 0)), ("5551", 16, (5, 5, 5, 1)), ("4444", 16, (4, 4, 4, 4)), ("2_10_10_10", 32, (10, 10, 10, 2)), ("8888", 32, (8, 8, 8, 8)), ("888", 32, (8, 8, 8, 0)), ("233", 16, (3, 3, 2, 0))):
    values = [rng.integers(0, 2 ** width, (23, 37)) for width in widths]
    places = np.cumsum((0,) + widths)[:4]
    masks = [(2 ** width - 1) << int(place) for width, place in zip(widths, places)]
    pixels = sum(value << int(place) for value, place in zip(values, places)).astype("<u2" if kind == 16 else "<u4")
    right = np.dstack([spread(value, width) for value, width in zip(values, widths) if width > 0])
    data = stored([row.tobytes() for row in pixels])
    for header in (40, 52, 56, 108, 124) if widths[3] == 0 else (56, 108, 124):
        bmp(f"bmp_masks_{name}_{header}.bmp", right, header, kind, data, (), 3, masks[:3 if header in (40, 52) else 4])

colours = rng.integers(0, 256, (16, 3))
few = np.zeros((23, 37), int)
rle4, rle8 = b"", b""
for y in range(23):   # a run, literal pixels, then a step to the right over pixels that keep the first colour
    row = few[22 - y]
    row[:5], row[5:10], row[14:37] = 3, [1, 2, 3, 4, 5], np.arange(23) % 2 * 7 + 2
    rle8 += bytes([5, 3, 0, 5, 1, 2, 3, 4, 5, 0, 0, 2, 4, 0]) + b"".join(bytes([1, v]) for v in row[14:37]) + b"\0\0"
    rle4 += bytes([5, 0x33, 0, 5, 0x12, 0x34, 0x50, 0, 0, 2, 4, 0, 23, 0x29]) + b"\0\0"
bmp("bmp_runs_8.bmp", colours[few], 40, 8, rle8 + b"\0\1", colours, 1)
bmp("bmp_runs_4.bmp", colours[few], 40, 4, rle4 + b"\0\1", colours, 2)
bmp("bmp_runs_24.bmp", np.tile([[[10, 20, 30]] * 30 + [[1, 2, 3]] * 7], (23, 1, 1)), 64, 24, (bytes([30, 30, 20, 10, 0, 7]) + bytes([3, 2, 1]) * 7 + b"\0\0\0") * 23 + b"\0\1", (), 4)

for mode in ("1", "L", "RGB"):
    by_pillow(f"pnm_{mode}.pnm", modes[mode])
for plain in ([], ["-compress", "none"]):
    word = "plain" if plain else "raw"
    by_imagemagick(f"pbm_{word}.pbm", bits / 1.0, *plain, source=bits.astype(np.uint8) * 255)
    for depth in (8, 16):
        by_imagemagick(f"pgm_{word}_{depth}.pgm", grey / 255, "-depth", str(depth), *plain, source=grey)
        by_imagemagick(f"ppm_{word}_{depth}.ppm", rgb / 255, "-depth", str(depth), *plain, source=bgr)
by_imagemagick("pam_rgba.pam", rgba / 255, source=bgra)
by_imagemagick("pam_16.pam", deep[..., :3] / 65535, "-depth", "16", source=deep[..., 2::-1])
for kind, values in {"grey": noise[..., 0], "rgb": noise[..., :3]}.items():
    for order in "<>":
        (made / f"pfm_{kind}_{'little' if order == '<' else 'big'}.pfm").write_bytes(f"P{'f' if values.ndim == 2 else 'F'}\n37 23\n{'-' if order == '<' else ''}1.0\n".encode() + values[::-1].astype(order + "f4").tobytes())
        wanted[f"pfm_{kind}_{'little' if order == '<' else 'big'}.pfm"] = (values, 0)
for most in (1, 7, 100, 254, 1000, 40000):
    values = np.round(noise[..., 0] * most)
    (made / f"pgm_{most}.pgm").write_bytes(b"P5 # a note\n37\n23 %d\n" % most + values.astype("u1" if most < 256 else ">u2").tobytes())
    wanted[f"pgm_{most}.pgm"] = (np.floor(values * (255 if most < 256 else 65535) / most + 0.5) / (255 if most < 256 else 65535), 0)

for compression in (None, "tga_rle"):
    for mode in ("L", "LA", "P", "RGB", "RGBA"):
        for orientation in (1, -1):
            by_pillow(f"tga_{mode}_{compression}_{orientation}.tga", modes[mode], compression=compression, orientation=orientation)
plain_tga = (made / "tga_RGB_None_1.tga").read_bytes()
for descriptor, turn in {0x00: np.s_[::-1], 0x10: np.s_[::-1, ::-1], 0x20: np.s_[:], 0x30: np.s_[:, ::-1]}.items():
    (made / f"tga_{descriptor}.tga").write_bytes(bytes([0, 0, 2] + [0] * 9) + struct.pack("<HH", 37, 23) + bytes([24, descriptor]) + bgr.tobytes())
    wanted[f"tga_{descriptor}.tga"] = (rgb[turn] / 255, 0)
palette = rng.integers(0, 256, (20, 3)).astype(np.uint8)
indices = rng.integers(100, 120, (23, 37)).astype(np.uint8)
(made / "tga_palette_from_100.tga").write_bytes(bytes([0, 1, 1]) + struct.pack("<HHB", 100, 20, 24) + bytes(4) + struct.pack("<HH", 37, 23) + bytes([8, 0x20]) + palette[:, ::-1].tobytes() + indices.tobytes())
wanted["tga_palette_from_100.tga"] = (palette[indices - 100] / 255, 0)
(made / "tga_unused_palette.tga").write_bytes(bytes([0, 1, 2]) + struct.pack("<HHB", 0, 20, 24) + bytes(4) + struct.pack("<HH", 37, 23) + bytes([24, 0x20]) + palette.tobytes() + bgr.tobytes())
wanted["tga_unused_palette.tga"] = (rgb / 255, 0)

for depth in (8, 16):
    by_imagemagick(f"psd_{depth}.psd", rgb / 255, "-depth", str(depth), source=bgr)
    by_imagemagick(f"psd_grey_{depth}.psd", grey / 255, "-depth", str(depth), "-colorspace", "gray", source=grey)
    by_imagemagick(f"psd_packed_{depth}.psd", rgb / 255, "-depth", str(depth), "-compress", "RLE", source=bgr)
by_imagemagick("psd_cmyk.psd", None, "-colorspace", "CMYK", source=bgr)
wanted["psd_cmyk.psd"] = (rgb / 255, 1)
by_imagemagick("psd_lab.psd", rgb / 255, "-colorspace", "Lab", "-depth", "16", source=bgr, within=3)


def psd(mode, depth, planes, head=b""):
    """Only the merged picture."""
    return b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", len(planes), *planes[0].shape, depth, mode) + struct.pack(">I", len(head)) + head + bytes(8) + b"\0\0" + b"".join(plane.astype(f">{'f4' if depth == 32 else f'u{depth // 8}'}").tobytes() for plane in planes)


(made / "psd_32.psd").write_bytes(psd(3, 32, [noise[..., c] for c in range(3)]))
wanted["psd_32.psd"] = (noise[..., :3], 0)
(made / "psd_cmyk_16.psd").write_bytes(psd(4, 16, [65535 - deep[..., c].astype(int) for c in range(4)]))
wanted["psd_cmyk_16.psd"] = ((1 - noise[..., :3]) * (1 - noise[..., 3:]), 0.1)
(made / "psd_indexed.psd").write_bytes(psd(2, 8, [indices - 100], np.vstack([palette, np.zeros((236, 3), np.uint8)]).T.tobytes()))
wanted["psd_indexed.psd"] = (palette[indices - 100] / 255, 0)

cv2.imwrite(str(made / "light.hdr"), noise[..., 2::-1].astype(np.float32))
wanted["light.hdr"] = (cv2.imread(str(made / "light.hdr"), cv2.IMREAD_UNCHANGED)[..., ::-1], 0.5)

cv2.imwrite("source.png", bgr)
cv2.imwrite("source_alpha.png", bgra)
cv2.imwrite("source_16.png", deep[..., 2::-1])
for kind, words in {"heic": ["-q", "95"], "avif": ["-A", "-q", "95"]}.items():
    for source in ("source", "source_alpha", "source_16"):
        name = f"{kind}_{source}.{kind}"
        words_of_depth = ["-b", "10"] if source == "source_16" else []
        encode = ["heif-enc", *words, *words_of_depth, f"{source}.png", "-o", str(made / name)]
        if kind == "avif" and source == "source_16":   # heif-enc fails on this
            encode = ["ffmpeg", "-v", "error", "-y", "-i", f"{source}.png", "-c:v", "libaom-av1", "-still-picture", "1", "-crf", "5", "-pix_fmt", "yuv444p10le", str(made / name)]
        subprocess.run(encode, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["heif-convert", str(made / name), "back.png"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        back = cv2.imread("back.png", cv2.IMREAD_UNCHANGED)
        wanted[name] = (back[..., [2, 1, 0, 3][:back.shape[2]]] / (65535 if back.dtype == np.uint16 else 255), 1)

for name, (right, within) in list(wanted.items()):
    if ":" in name:
        wanted[pathlib.Path(name.split(":")[1]).name] = wanted.pop(name)

names = sorted(wanted)
for n, name in enumerate(names):   # names that differ in more than their extensions
    os.replace(made / name, made / f"{n:03}_{name}")
for times in range(3):
    run = subprocess.run([CONVLOOM, "filter", *sorted(str(path) for path in made.iterdir()), "--filter", "identity", "--format", "npy", "-o", f"out_{times}/"], stderr=subprocess.PIPE)
    said = run.stderr.decode()
    assert run.returncode == 0, said

faults = []
for n, name in enumerate(names):
    outs = [pathlib.Path(f"out_{times}") / f"{n:03}_{pathlib.Path(name).stem}.npy" for times in range(3)]
    if len({out.read_bytes() for out in outs}) != 1:
        faults.append(f"{name} differs from run to run")
    got, (right, within) = np.load(outs[0]), wanted[name]
    if right is None:
        with Image.open(made / f"{n:03}_{name}") as back:
            right = as_array(back)
    if right.ndim == 2:
        right = right[..., None]
    if got.shape[:2] != right.shape[:2]:
        faults.append(f"{name} is {got.shape}, right is {right.shape}")
        continue
    if got.shape[2] == 4 and right.shape[2] < 4 or got.shape[2] == 2 and right.shape[2] == 1:   # opaque alpha
        if (got[..., -1] != 1).any():
            faults.append(f"{name} has alpha that it should not have")
        got = got[..., :-1]
    if right.shape[2] == 4 and got.shape[2] == 4:   # invisible pixels may have any colour
        got, right = np.where(got[..., 3:] > 0, got, 0), np.where(right[..., 3:] > 0, right, 0)
    if got.shape[2] == 3 and right.shape[2] == 1:   # grey from a palette
        right = np.repeat(right, 3, 2)
    if got.shape[2] == 1 and right.shape[2] == 3:
        got = np.repeat(got, 3, 2)
    if got.shape != right.shape:
        faults.append(f"{name} is {got.shape}, right is {right.shape}")
        continue
    off = np.abs(got - right).max() * 255
    if off > within + 0.01:
        faults.append(f"{name} is off by {off:.2f} levels; {within} allowed")
print(f"{len(names)} pictures")
sys.exit("\n".join(faults) if faults else 0)
