"""Invalid images: one sentence, status 2, no output, no large allocation; existing files are unchanged."""
import os
import random
import resource
import struct
import subprocess
import zlib

import cv2
import numpy as np

CONVLOOM = os.environ["CONVLOOM"]
sanitized = os.environ.get("CONVLOOM_SANITIZE") == "ON"
random.seed(1)


def limited():
    if not sanitized:   # a sanitizer reserves terabytes of address space
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


def filtered(*files):
    return subprocess.run([CONVLOOM, "filter", *files, "--filter", "box", "-o", "out.png"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limited, timeout=60)


def refused(name, content):
    open("broken", "wb").write(content)
    open("out.png", "wb").write(b"as it was")
    run = filtered("broken")
    said = run.stderr.decode()
    assert run.returncode == 2, (name, run.returncode, said)
    assert said.count("\n") == 1 and len(said) < 300 and said.startswith("convloom: ") and said.endswith(".\n"), (name, said)
    assert not run.stdout and open("out.png", "rb").read() == b"as it was", name


def unharmed(name, content):
    """Some damage is not detectable; the picture is then filtered, otherwise refused."""
    open("broken", "wb").write(content)
    run = filtered("broken")
    assert run.returncode in (0, 2) and run.stderr.count(b"\n") == (1 if run.returncode else 0), (name, run)


photo = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 256, (40, 60, 3)).astype(np.uint8), (5, 5), 2)


def encoded(ending, *options):
    good, data = cv2.imencode(ending, photo, list(options))
    assert good
    return data.tobytes()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth=8, colour=2, data=b""):
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def by_imagemagick(format):
    cv2.imwrite("good.png", photo)
    return subprocess.run(["convert", "good.png", f"{format}:-"], check=True, stdout=subprocess.PIPE).stdout


whole = {
    "png": encoded(".png"), "jpg": encoded(".jpg"), "progressive": encoded(".jpg", cv2.IMWRITE_JPEG_PROGRESSIVE, 1), "bmp": encoded(".bmp"), "ppm": encoded(".ppm"),
    "hdr": cv2.imencode(".hdr", photo.astype(np.float32) / 255)[1].tobytes(), "gif": by_imagemagick("gif"), "psd": by_imagemagick("psd"),
    "tga": bytes([0, 0, 2] + [0] * 9) + struct.pack("<HH", 60, 40) + bytes([24, 0]) + photo.tobytes(),
    "webp": encoded(".webp"), "lossless webp": encoded(".webp", cv2.IMWRITE_WEBP_QUALITY, 101), "tiff": encoded(".tif"), "raw tiff": encoded(".tif", cv2.IMWRITE_TIFF_COMPRESSION, 1),
    "rle": by_imagemagick("bmp3"), "pam": by_imagemagick("pam"), "gif interlaced": by_imagemagick("gif"),
}
for kind, words in {"heic": [], "avif": ["-A"]}.items():
    cv2.imwrite("good.png", photo)
    subprocess.run(["heif-enc", *words, "good.png", "-o", "good." + kind], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    whole[kind] = open("good." + kind, "rb").read()
for name, content in whole.items():
    open("broken", "wb").write(content)
    assert filtered("broken").returncode == 0, name
    for part in (0.02, 0.3, 0.6, 0.97):
        refused(f"{name} cut at {part}", content[:int(len(content) * part)])
    for n in range(2 if sanitized else 4):
        harmed = bytearray(content)
        for _ in range(1 + n):
            harmed[random.randrange(len(harmed))] = random.randrange(256)
        unharmed(f"{name} harmed {n}", bytes(harmed))

bombs = {
    "png": png(60000, 60000), "png zero": png(0, 5), "png zero high": png(5, 0), "png negative": png(0x80000001, 5), "png no data": png(50, 50), "png short data": png(50, 50, data=bytes(100)),
    "png depth": png(5, 5, depth=7), "png colour": png(5, 5, colour=5),
    "jpg": b"\xff\xd8\xff\xc0\x00\x11\x08\xea\x60\xea\x60\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9",
    "jpg zero": b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x00\x00\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9",
    "bmp": b"BM" + struct.pack("<IIIIiiHHIIiiII", 100, 0, 54, 40, 60000, 60000, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(50),
    "tga": bytes([0, 0, 2] + [0] * 9) + struct.pack("<HH", 60000, 60000) + bytes([24, 0]) + bytes(50),
    "gif": b"GIF89a" + struct.pack("<HHBBB", 60000, 60000, 0, 0, 0) + b",\0\0\0\0\x60\xea\x60\xea\0\x02\x02\x4c\x01\0;",
    "psd": b"8BPS\0\x01" + bytes(6) + struct.pack(">HIIHH", 3, 60000, 60000, 8, 3) + bytes(50),
    "tiff": b"II*\0" + struct.pack("<IH", 8, 6) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in ((256, 60000), (257, 60000), (258, 8), (262, 1), (273, 8), (279, 8))) + bytes(4),
    "tiff tile": b"II*\0" + struct.pack("<IH", 8, 8) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in ((256, 10), (257, 10), (258, 8), (262, 1), (322, 1 << 20), (323, 1 << 20), (324, 8), (325, 8))) + bytes(4),
    "tiff samples": b"II*\0" + struct.pack("<IH", 8, 7) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in ((256, 9000), (257, 9000), (258, 8), (262, 1), (273, 8), (277, 60000), (279, 8))) + bytes(4),
    "webp": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0", "pam": b"P7\nWIDTH 60000\nHEIGHT 60000\nDEPTH 4\nMAXVAL 255\nENDHDR\n",
    "hdr": b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 60000 +X 60000\n" + bytes(50), "ppm": b"P6 60000 60000 255\n" + bytes(50), "ppm zero": b"P6 0 0 255\n", "ppm huge": b"P6 99999999999 2 255\n" + bytes(50),
    "empty": b"", "text": b"This is a letter, not a picture.\n" * 40, "zeros": bytes(5000), "json": b'{"convloom": 1}', "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "png sign alone": b"\x89PNG\r\n\x1a\n", "jpg sign alone": b"\xff\xd8\xff", "random": random.randbytes(4000),
}
for name, content in bombs.items():
    refused(name, content)
for magic in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"BM", b"GIF89a", b"8BPS\0\x01", b"#?RADIANCE\n", b"P6 5 5 255\n", b""):
    for n in range(2 if sanitized else 4):
        unharmed((magic, n), magic + random.randbytes(random.randrange(3000)))
refused("exif that points nowhere", b"\xff\xd8\xff\xe1\x00\x20Exif\0\0MM\0*\xff\xff\xff\xf0" + bytes(20) + b"\xff\xd9")

# A JPEG that uses a Huffman table it does not define; each table is omitted once. libjpeg uses the standard's table, as
# OpenCV did.
for progressive in (0, 1):
    jpeg = encoded(".jpg", cv2.IMWRITE_JPEG_PROGRESSIVE, progressive)
    open("whole.jpg", "wb").write(jpeg)
    assert filtered("whole.jpg").returncode == 0
    right = open("out.png", "rb").read()
    at, tables = 0, 0
    while (at := jpeg.find(b"\xff\xc4", at)) > 0:
        unharmed(f"without table {tables}", jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2:at + 4], "big"):])
        at, tables = at + 2, tables + 1
    assert tables >= 4
    while (at := jpeg.find(b"\xff\xc4")) > 0:
        jpeg = jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2:at + 4], "big"):]
    unharmed("without tables", jpeg)
    assert progressive or open("out.png", "rb").read() == right

# AV1's decoder itself writes about this one to standard error.
unharmed("unknown unit", open(os.path.join(os.environ["TESTS_DIR"], "fuzz/corpus/image/avif_unknown_unit.avif"), "rb").read())

# One broken file among good ones: the others are processed.
open("good.png", "wb").write(whole["png"])
run = subprocess.run([CONVLOOM, "filter", "broken", "good.png", "missing.png", "--filter", "box", "-o", "many/"], stderr=subprocess.PIPE)
assert run.returncode == 2 and run.stderr.count(b"\n") == 2 and os.listdir("many") == ["good.png"], run

# The eight camera orientations, compared with OpenCV.
jpeg = encoded(".jpg", cv2.IMWRITE_JPEG_QUALITY, 100)
for orientation in range(1, 9):
    tiff = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + bytes(4)
    exif = b"Exif\0\0" + tiff
    open("turned.jpg", "wb").write(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])
    open("turned.png", "wb").write(whole["png"][:33] + chunk(b"eXIf", tiff) + whole["png"][33:])
    wanted = cv2.imread("turned.jpg")[..., ::-1] / 255.0
    subprocess.run([CONVLOOM, "filter", "turned.jpg", "--filter", "identity", "-o", "a.npy"], check=True)
    subprocess.run([CONVLOOM, "filter", "turned.png", "--filter", "identity", "-o", "b.npy"], check=True)
    a, b = np.load("a.npy"), np.load("b.npy")
    assert a.shape == wanted.shape and np.abs(a - wanted).mean() < 0.02, orientation
    assert b.shape == wanted.shape and np.abs(b - wanted).mean() < 0.02, orientation
