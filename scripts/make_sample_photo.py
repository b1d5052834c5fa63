#!/usr/bin/env python3
"""Draws assets/images/lighthouse.jpg: a coast with a lighthouse, with edges, textures and gradients to which filters
respond. Uses only the standard library; ImageMagick's `convert` writes the JPEG.

usage: scripts/make_sample_photo.py
"""
import math
import pathlib
import subprocess

WIDTH, HEIGHT = 768, 512
TARGET = pathlib.Path(__file__).resolve().parent.parent / "assets" / "images" / "lighthouse.jpg"


def hash01(x, y):
    h = (x * 374761393 + y * 668265263) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFF) / 65535


def noise(x, y):
    x0, y0 = math.floor(x), math.floor(y)
    fx, fy = x - x0, y - y0
    sx, sy = fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)
    top = hash01(x0, y0) * (1 - sx) + hash01(x0 + 1, y0) * sx
    low = hash01(x0, y0 + 1) * (1 - sx) + hash01(x0 + 1, y0 + 1) * sx
    return top * (1 - sy) + low * sy


def fbm(x, y, octaves=4):
    total, weight = 0, 0.5
    for _ in range(octaves):
        total += weight * noise(x, y)
        x, y, weight = 2 * x + 17, 2 * y + 5, weight / 2
    return total


def mix(a, b, t):
    t = min(1, max(0, t))
    return tuple(u + (v - u) * t for u, v in zip(a, b))


def sky(x, y):
    color = mix((0.33, 0.55, 0.82), (0.98, 0.86, 0.68), (y / 300) ** 1.4)
    cloud = fbm(x / 110, y / 38) - 0.52 + 0.0006 * (y - 100)
    color = mix(color, (1.0, 0.97, 0.93), cloud * 3.2)
    sun = math.hypot(x - 600, y - 205)
    return mix((1.0, 0.96, 0.80), color, 0 if sun < 26 else min(1, (sun - 26) / 160) ** 0.35)


def sea(x, y):
    depth = (y - 300) / 212
    wave = fbm(x / (18 + 90 * depth), y / (2.2 + 9 * depth)) - 0.47
    color = mix((0.45, 0.62, 0.70), (0.09, 0.27, 0.38), depth ** 0.7)
    glitter = max(0, 1 - abs(x - 600) / (30 + 140 * depth))
    return mix(color, (1.0, 0.93, 0.78), wave * 1.6 + glitter * max(0, wave) * 4)


def cliff_top(x):
    return 318 + 70 * (fbm(x / 90, 3) - 0.5) + max(0, (x - 300)) ** 1.35 * 0.16


def cliff(x, y):
    rock = fbm(x / 26, y / 12) * 0.7 + fbm(x / 7, y / 5) * 0.3
    color = mix((0.20, 0.17, 0.15), (0.63, 0.54, 0.44), rock * 1.5 - 0.2)
    grass = (y - cliff_top(x)) / 26 + 0.5 * (noise(x / 3, y / 4) - 0.5)
    return mix(mix((0.22, 0.36, 0.14), (0.45, 0.56, 0.22), noise(x / 2.5, y / 6)), color, grass)


def lighthouse(x, y):
    """The colour of the tower, its lamp room and the house beside it, or None."""
    cx, top, foot = 214, 92, 330
    half = 21 + 15 * (y - top) / (foot - top)
    if top <= y <= foot and abs(x - cx) <= half:
        band = int((y - top) // 40) % 2
        color = (0.80, 0.20, 0.17) if band else (0.95, 0.94, 0.91)
        for wy in (150, 230, 292):
            if abs(x - cx) < 5 and abs(y - wy) < 9:
                return (0.14, 0.18, 0.24)
        return mix(color, (0.12, 0.10, 0.14), 0.55 * ((x - cx) / half * 0.5 + 0.5) ** 1.6)
    if 84 <= y < 92 and abs(x - cx) <= 31:
        return (0.16, 0.17, 0.20)
    if 56 <= y < 84 and abs(x - cx) <= 16:
        return (0.16, 0.17, 0.20) if int(x - cx + 16) % 8 < 1 else mix((1.0, 0.93, 0.62), (0.72, 0.80, 0.84), abs(x - cx) / 16)
    if 36 <= y < 56 and abs(x - cx) <= (y - 36) * 1.0 + 1:
        return mix((0.72, 0.19, 0.16), (0.35, 0.09, 0.09), (x - cx) / 22 + 0.5)
    if 268 <= y <= 336 and 262 <= x <= 356:
        for wx in (282, 318):
            if abs(x - wx - 4) < 9 and 288 <= y <= 308:
                frame = abs(x - wx - 4) < 1.2 or abs(y - 298) < 1.2
                return (0.93, 0.92, 0.88) if frame else (0.17, 0.24, 0.32)
        return mix((0.90, 0.88, 0.82), (0.72, 0.70, 0.66), noise(x / 3, y / 2))
    if 232 <= y < 268 and abs(x - 309) <= 54 - (268 - y) * 0.55:
        return mix((0.42, 0.20, 0.17), (0.58, 0.30, 0.24), ((x // 6 + (y // 5) * 3) % 5) / 5 + 0.2 * noise(x, y))
    return None


def pixel(x, y):
    color = lighthouse(x, y) if y < cliff_top(x) + 8 else None
    if color is None:
        if y >= cliff_top(x):
            color = cliff(x, y)
        else:
            color = sky(x, y) if y < 300 else sea(x, y)
    return color


def rows():
    for y in range(HEIGHT):
        row = bytearray()
        for x in range(WIDTH):
            samples = [pixel(x + dx, y + dy) for dx in (0.25, 0.75) for dy in (0.25, 0.75)]
            row += bytes(round(255 * min(1, max(0, sum(s[c] for s in samples) / 4))) for c in range(3))
        yield bytes(row)


TARGET.parent.mkdir(parents=True, exist_ok=True)
ppm = b"P6 %d %d 255\n" % (WIDTH, HEIGHT) + b"".join(rows())
subprocess.run(["convert", "ppm:-", "-quality", "88", "-strip", str(TARGET)], input=ppm, check=True)
