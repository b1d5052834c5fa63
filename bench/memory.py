#!/usr/bin/env python3
"""The most memory that the program has while it does its largest work, beside the size of what it works on.

  python3 bench/memory.py build/release/convloom          all, in some minutes; prints the table of docs/reliability.md
  python3 bench/memory.py build/release/convloom photo    those whose name begins so, such as window (under Xvfb)
"""
import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

MB = 1e6
HERE = Path(__file__).resolve().parent
SIDE = 10_000                         # a photo of 100 megapixels
PHOTO = SIDE * SIDE * 3               # bytes, with 8 bits
LAYER = ["nn.Conv2d(512, 512, 3, padding=1)", "--input", "512x56x56"]
LAYER_DATA = 4 * (2 * 512 * 56 * 56 + 512 * 512 * 9 + 512)   # input, output, weights, bias
MAPS = ["nn.Conv2d(512, 128, 3, padding=1)", "--input", "512x56x56"]   # the maps view computes 2^31 products, no more
MAPS_DATA = 4 * ((512 + 128) * 56 * 56 + 128 * 512 * 9 + 128)
STEPS = ["nn.Conv2d(1, 1, 3)", "--input", "1x102x102", "--size", "320x180"]   # 100 times 100
FRAME = 320 * 180 * 4


def png(path, deep):
    """Waves and a little noise, that compress like a photo's darker parts; written a row at a time."""
    pack = zlib.compressobj(1)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 16 if deep else 8, 2, 0, 0, 0)))
        wave = os.urandom(1 << 12)
        row = bytes((x * x // 997 + wave[x % 4096] // 16) % 256 for x in range(SIDE * (6 if deep else 3)))
        for y in range(SIDE):
            if packed := pack.compress(b"\0" + row[y:] + row[:y]):
                file.write(chunk(b"IDAT", packed))
        file.write(chunk(b"IDAT", pack.flush()) + chunk(b"IEND", b""))


# What is done, the size of its data (in and out, as samples or as the file that is written at once), and the words.
CASES = [
    ("start: `convloom list`", 0, ["list"]),
    ("photo of 100 megapixels, 8 bits, one filter, to PNG", 2 * PHOTO, ["filter", "8.png", "--filter", "gaussian:sigma=2", "-o", "o.png"]),
    ("photo, the same, to JPEG", 2 * PHOTO, ["filter", "8.png", "--filter", "gaussian:sigma=2", "-o", "o.jpg"]),
    ("photo, the same, to WebP", 2 * PHOTO, ["filter", "8.png", "--filter", "gaussian:sigma=2", "--quality", "80", "-o", "o.webp"]),
    ("photo, 8 bits, three filters, to PNG", 3 * PHOTO,
     ["filter", "8.png", "--filter", "gaussian:sigma=2", "--filter", "unsharp", "--filter", "box", "-o", "o.png"]),
    ("photo, 16 bits, one filter, to PNG", 4 * PHOTO, ["filter", "16.png", "--filter", "gaussian:sigma=2", "-o", "o.png"]),
    ("photo, 8 bits, sobel around mid-grey, to NumPy's floats", PHOTO + 4 * PHOTO, ["filter", "8.png", "--filter", "sobel", "-o", "o.npy"]),
    ("photo, a figure of it with its filter", 2 * PHOTO, ["export", "--photo", "8.png", "--filter", "box", "-o", "o.png"]),
    ("layer of 512×56×56, 3×3 with 512 channels: shapes and costs", 0, ["info", *LAYER]),
    ("layer, one step as a figure", LAYER_DATA, ["export", *LAYER, "--view", "volume", "--steps", "1000", "-o", "o.svg"]),
    ("layer, 128 output channels, all maps as a figure", MAPS_DATA, ["export", *MAPS, "--view", "maps", "--steps", "0", "-o", "o.png"]),
    ("layer, as a link", LAYER_DATA, ["link", *LAYER]),
    ("layer, all outputs as text", LAYER_DATA, ["compute", "--layers", *LAYER]),
    ("10,000 frames as files", FRAME, ["export", *STEPS, "-o", "f_%05d.png"]),
    ("10,000 frames, GIF", FRAME, ["export", *STEPS, "-o", "o.gif"]),
    ("10,000 frames, APNG", FRAME, ["export", *STEPS, "-o", "o.apng"]),
    ("10,000 frames, WebP", FRAME, ["export", *STEPS, "-o", "o.webp"]),
    ("10,000 frames, MP4 (the program or ffmpeg, whichever takes more)", FRAME, ["export", *STEPS, "-o", "o.mp4"]),
    ("10,000 pages, PDF", 0, ["export", *STEPS, "-o", "o.pdf"]),
    ("10,000 steps, HTML", 0, ["export", *STEPS, "-o", "o.html"]),
]


def measured(words):
    """Its most memory in bytes, seconds, status."""
    read, write = os.pipe()
    begun = time.monotonic()
    # In a process of its own, since the system counts the most of all children together.
    child = os.fork()
    if child == 0:
        said = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        os.write(write, f"{most} {said.returncode} {said.stderr.decode().strip()}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    most, status, *said = os.read(read, 4096).decode().split(" ", 2)
    os.close(read)
    os.close(write)
    return int(most), time.monotonic() - begun, int(status), said


def window(program, name, data, *words):
    """The window some seconds after it has opened something."""
    sys.path.insert(0, str(HERE.parent / "tests" / "gui"))
    import desktop
    desktop.WAIT_S = 120
    os.environ |= {"CONVLOOM": program, "LIBGL_ALWAYS_SOFTWARE": "1"}
    with desktop.Desktop("1600x1000") as screen, screen.open(*(os.path.abspath(word) if word.endswith(".png") else word for word in words)) as opened:
        time.sleep(5)
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{opened.process.pid}/status").read_text().splitlines())
        print(f"| {name} | {data / MB:.0f} | | {int(lines['VmHWM'].split()[0]) * 1024 / MB:.0f} | |", flush=True)


if __name__ == "__main__":
    program, chosen = os.path.abspath(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        png("8.png", False)
        png("16.png", True)
        print("| | data, MB | file, MB | most memory, MB | s |\n|---|---|---|---|---|")
        for name, data, words in CASES:
            if chosen and not any(name.startswith(start) for start in chosen):
                continue
            most, seconds, status, said = measured([program, *words])
            written = [path for path in Path(".").iterdir() if path.name.startswith(("o.", "f_"))]
            size = sum(path.stat().st_size for path in written)
            for path in written:
                path.unlink()
            fault = "" if status == 0 else f" status {status}: {said}"
            print(f"| {name}{fault} | {data / MB:.0f} | {size / MB:.1f} | {most / MB:.0f} | {seconds:.0f} |", flush=True)
        if not chosen or "window" in chosen:
            window(program, "window, a preset", 0)
            window(program, "window, photo of 100 megapixels, 8 bits", PHOTO, "open", "8.png")
