#!/usr/bin/env python3
"""Draws assets/images/test_chart.png and assets/images/noise.png, which show the effect of each filter: edges in every
direction, gratings from coarse to fine, gradients, a zone plate, letters; and a drawing under two kinds of noise.
Uses only the standard library; the output is reproducible.

usage: scripts/make_test_images.py
"""
import math
import pathlib
import random
import struct
import zlib

IMAGES = pathlib.Path(__file__).resolve().parent.parent / "assets" / "images"
WIDTH, HEIGHT = 600, 400

LETTERS = {   # five by seven
    "C": "01110 10001 10000 10000 10000 10001 01110", "O": "01110 10001 10001 10001 10001 10001 01110", "N": "10001 11001 10101 10011 10001 10001 10001",
    "V": "10001 10001 10001 10001 01010 01010 00100", "L": "10000 10000 10000 10000 10000 10000 11111", "M": "10001 11011 10101 10101 10001 10001 10001",
}


def write_png(name, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    raw = b"".join(b"\0" + bytes(min(255, max(0, round(v))) for pixel in row for v in pixel) for row in rows)
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2 if len(rows[0][0]) == 3 else 0, 0, 0, 0)
    (IMAGES / name).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def letter_at(text, x, y, size):
    """Whether a text of this size, with its corner at the origin, covers a point."""
    n, column = divmod(int(x // size), 6)
    row = int(y // size)
    if x < 0 or y < 0 or n >= len(text) or column > 4 or row > 6:
        return False
    return LETTERS[text[n]].split()[row][column] == "1"


def star(x, y):
    """Spokes that become finer towards the centre: edges in every direction."""
    angle, far = math.atan2(y, x), math.hypot(x, y)
    return 230 if far > 88 else 20 if math.sin(18 * angle) > 0 else 230


def zone_plate(x, y):
    return 127.5 + 110 * math.cos((x * x + y * y) / 55)


def chart(x, y):
    if y < 200:
        if x < 200:
            return [star(x - 100, y - 100)] * 3
        if x < 400:
            return [zone_plate(x - 300, y - 100)] * 3
        # Gratings, each half as wide as the previous one.
        wide = (16, 8, 4, 2)[int(y // 50)]
        upright = x < 500
        return [30 if int((x if upright else y) // wide) % 2 else 225] * 3
    if y < 300:
        if x < 300:   # steps and a ramp
            return [32 * math.floor(x / 37.5) + 12] * 3 if y < 250 else [255 * x / 300] * 3
        inside = letter_at("CONVLOOM", x - 316, y - 216, 5.6)   # letters, with small ones below
        small = letter_at("CONVLOOM" * 2, x - 316, y - 270, 2.6)
        return [25, 45, 80] if inside or small else [240, 236, 225]
    if x < 200:   # colours of equal luminance, which a luminance filter cannot distinguish
        return [[200, 60, 60], [60, 120, 60], [80, 90, 220], [150, 90, 20]][int(x // 50)]
    if x < 400:   # single points and lines of one pixel on grey
        point = x % 25 == 12 and y % 25 == 12
        line = y == 340 or x == 300 or x - 300 == 340 - y
        return [255] * 3 if point or line else [110] * 3
    distance = math.hypot(x - 500, y - 350)   # a soft disc beside a hard one
    soft = 255 / (1 + math.exp((distance - 36) / 5))
    return [soft if x < 500 else (255 if distance < 36 else 0), 90, 160]


def drawing(x, y):
    ground = 60 + 90 * x / WIDTH
    if math.hypot(x - 170, y - 200) < 110:
        return 215
    if 330 < x < 530 and 90 < y < 310:
        return 35 if (x // 25 + y // 25) % 2 else 190
    return ground


def noisy():
    dice = random.Random(7)
    rows = []
    for y in range(HEIGHT):
        row = []
        for x in range(WIDTH):
            value = drawing(x, y) + dice.gauss(0, 22)
            if y >= HEIGHT // 2 and dice.random() < 0.06:   # salt and pepper in the lower half
                value = 255 * dice.randrange(2)
            row.append([value])
        rows.append(row)
    return rows


write_png("test_chart.png", [[chart(x, y) for x in range(WIDTH)] for y in range(HEIGHT)])
write_png("noise.png", noisy())
