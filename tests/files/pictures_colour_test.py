"""Colours are converted to sRGB by the file's profile, and metadata is kept: compared with numbers computed here, and with Pillow's
lcms."""
import io
import os
import struct
import subprocess
import sys

import numpy as np
from PIL import Image, ImageCms

CONVLOOM = os.environ["CONVLOOM"]
rng = np.random.default_rng(3)
rgb = rng.integers(0, 256, (16, 24, 3)).astype(np.uint8)


def s15(value):
    return struct.pack(">i", round(value * 65536))


def xyz(*values):
    return b"XYZ \0\0\0\0" + b"".join(s15(value) for value in values)


def icc(space, tags, connection=b"XYZ "):
    """A version 2 profile with these tags."""
    body, table, at = b"", struct.pack(">I", len(tags)), 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s12x4s4x4s20x", size, b"\0\0\0\0", 0x02100000, b"prtr" if space == b"CMYK" else b"mntr", space, connection, b"acsp", b"\0\0\0\0")
    head += s15(0.9642) + s15(1) + s15(0.8249)
    return head.ljust(128, b"\0") + table + body


def text(words):
    return b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + b"\0" + bytes(78)


def gamma(value):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


# Display P3's primaries, adapted to D50, with a pure power curve.
P3 = np.array([[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]])
p3_profile = icc(b"RGB ", {b"desc": text(b"P3"), b"wtpt": xyz(0.9642, 1, 0.8249), b"rXYZ": xyz(*P3[:, 0]), b"gXYZ": xyz(*P3[:, 1]), b"bXYZ": xyz(*P3[:, 2]), b"rTRC": gamma(2.2), b"gTRC": gamma(2.2), b"bTRC": gamma(2.2)})
SRGB = np.array([[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]])


def srgb_curve(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def p3_to_srgb(values):
    return srgb_curve((values ** 2.2) @ P3.T @ np.linalg.inv(SRGB).T)


def read(name, *words):
    subprocess.run([CONVLOOM, "filter", name, "--filter", "identity", "-o", "out.npy", *words], check=True)
    return np.load("out.npy")


right = p3_to_srgb(rgb / 255)
Image.fromarray(rgb).save("p3.png", icc_profile=p3_profile)
Image.fromarray(rgb).save("p3.tif", icc_profile=p3_profile)
Image.fromarray(rgb).save("p3.webp", icc_profile=p3_profile, lossless=True)
alpha = rng.integers(0, 256, (16, 24)).astype(np.uint8)
Image.fromarray(np.dstack([rgb, alpha])).save("p3_alpha.png", icc_profile=p3_profile)
for name in ("p3.png", "p3.tif", "p3.webp"):
    off = np.abs(read(name) - right).max() * 255
    assert off < 2, (name, off)
got = read("p3_alpha.png")
assert np.abs(got[..., :3] - right).max() * 255 < 2 and (np.round(got[..., 3] * 255) == alpha).all()
flat = np.full((16, 24, 3), (200, 60, 30), np.uint8)
Image.fromarray(flat).save("p3.jpg", icc_profile=p3_profile, quality=100, subsampling=0)
assert np.abs(read("p3.jpg") - p3_to_srgb(np.asarray(Image.open("p3.jpg")) / 255)).max() * 255 < 2
pixels = np.load("out.npy")
assert pixels[0, 0, 0] * 255 > 205, "red of P3 is more than sRGB's"

# A profile that is sRGB, a broken one and one for other channels change nothing.
srgb_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
for n, profile in enumerate((srgb_profile, p3_profile[:300], b"no profile at all", icc(b"GRAY", {b"desc": text(b"grey"), b"wtpt": xyz(0.9642, 1, 0.8249), b"kTRC": gamma(1)}))):
    Image.fromarray(rgb).save("plain.tif", icc_profile=profile)
    assert (np.round(read("plain.tif") * 255) == rgb).all(), n

# Grey with gamma 1 is linear light.
grey_profile = icc(b"GRAY", {b"desc": text(b"grey"), b"wtpt": xyz(0.9642, 1, 0.8249), b"kTRC": gamma(1)})
Image.fromarray(rgb[..., 0]).save("grey.png", icc_profile=grey_profile)
got = read("grey.png")
assert got.shape[2] == 1 and np.abs(got[..., 0] - srgb_curve(rgb[..., 0] / 255)).max() * 255 < 2

# CMYK by a table: no ink is paper; each ink reduces lightness and changes the hue.
clut = bytes(value for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1) for value in (
    max(0, 250 - 60 * c - 70 * m - 15 * y - 190 * k), min(255, max(0, 128 + (0 if k else -40 * c + 70 * m - 5 * y))), min(255, max(0, 128 + (0 if k else -45 * c - 5 * m + 85 * y)))))
identity = b"".join(s15(float(n in (0, 4, 8))) for n in range(9))
ramp = bytes(range(256))
table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + ramp * 4 + clut + ramp * 3
cmyk_profile = icc(b"CMYK", {b"desc": text(b"inks"), b"wtpt": xyz(0.9642, 1, 0.8249), b"A2B0": table}, b"Lab ")
inks = np.dstack([rgb, alpha // 3])
for name, options in {"inks.jpg": {"quality": 100, "subsampling": 0}, "inks.tif": {}}.items():
    Image.fromarray(inks, "CMYK").save(name, icc_profile=cmyk_profile, **options)
    with Image.open(name) as image:
        wanted = ImageCms.profileToProfile(image, io.BytesIO(cmyk_profile), ImageCms.createProfile("sRGB"), renderingIntent=0, outputMode="RGB", flags=0x0100)   # do not use a coarser lookup table
    got = np.round(read(name) * 255)
    assert np.abs(got - np.asarray(wanted)).max() <= 1, (name, np.abs(got - np.asarray(wanted)).max())

# EXIF and resolution are kept, except that the picture is now upright, sRGB and of its own size, without a thumbnail of
# another picture.
exif = Image.Exif()
exif[0x0112], exif[0x010f], exif[0x0132] = 6, "A maker", "2024:05:06 07:08:09"
exif[0x8769] = {0xa001: 65535, 0xa002: 24, 0xa003: 16, 0x829d: 2.8}
Image.fromarray(rgb).save("camera.jpg", exif=exif, dpi=(300, 300), quality=95)
Image.fromarray(rgb).save("camera.png", exif=exif, dpi=(300, 300))
Image.fromarray(rgb).save("camera.webp", exif=exif, lossless=True)
Image.fromarray(rgb).save("camera.tif", dpi=(254, 254))
for name in ("camera.jpg", "camera.png", "camera.webp"):
    for ending in (".jpg", ".png", ".webp"):
        subprocess.run([CONVLOOM, "filter", name, "--filter", "box", "-o", "kept" + ending], check=True)
        with Image.open("kept" + ending) as image:
            back = image.getexif()
            assert image.size == (16, 24), (name, ending, image.size)
            assert back[0x0112] == 1 and back[0x010f] == "A maker", (name, ending, dict(back))
            details = back.get_ifd(0x8769)
            assert details[0xa001] == 1 and (details[0xa002], details[0xa003]) == (16, 24) and abs(float(details[0x829d]) - 2.8) < 1e-6, details
            if ending != ".webp" and name != "camera.webp":
                assert abs(image.info["dpi"][0] - 300) < 0.1, (name, ending, image.info)
for ending in (".jpg", ".png"):
    subprocess.run([CONVLOOM, "filter", "camera.tif", "--filter", "box", "-o", "kept" + ending], check=True)
    with Image.open("kept" + ending) as image:
        assert abs(image.info["dpi"][0] - 254) < 0.1, image.info

# A thumbnail in a second directory is removed, and the rest is kept.
thumbnail = b"\xff\xd8THUMBNAIL\xff\xd9"
first = struct.pack(">HHHII", 1, 0x0112, 3, 1, 3 << 16) + struct.pack(">I", 8 + 18)
second = struct.pack(">H", 2) + struct.pack(">HHII", 0x0201, 4, 1, 8 + 18 + 30) + struct.pack(">HHII", 0x0202, 4, 1, len(thumbnail)) + bytes(4)
block = b"Exif\0\0" + b"MM\0*\0\0\0\x08" + first + second + thumbnail
Image.fromarray(rgb).save("thumbnail.jpg", exif=block)
subprocess.run([CONVLOOM, "filter", "thumbnail.jpg", "--filter", "box", "-o", "kept.jpg"], check=True)
kept = open("kept.jpg", "rb").read()
assert b"THUMBNAIL" not in kept and b"Exif\0\0MM\0*" in kept and Image.open("kept.jpg").getexif()[0x0112] == 1
sys.exit(0)
