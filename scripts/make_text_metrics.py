#!/usr/bin/env python3
"""Writes core/scene/measure/text_metrics_table.hpp from the two fonts embedded in the program.

usage: make_text_metrics.py REGULAR.ttf SEMIBOLD.ttf > core/scene/measure/text_metrics_table.hpp
Needs python3-fonttools. Run it again when the fonts change; a test compares the table with the fonts.
"""
import sys

from fontTools.ttLib import TTFont

CHARACTERS = [chr(c) for c in range(32, 127)] + list("°±²³·×Σ–—’“”…−≈≤≥")


def widths(path):
    font = TTFont(path)
    cmap, advance, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return [round(advance[cmap[ord(c)]][0] * 1000 / em) for c in CHARACTERS]


print("// Written by scripts/make_text_metrics.py; do not edit. Advance widths in thousandths of an em.")
print("#pragma once")
print("namespace convloom::scene {")
print("struct CharacterWidth { char32_t character; short regular, semibold; };")
print("constexpr CharacterWidth character_widths[] = {")
for c, r, s in zip(CHARACTERS, widths(sys.argv[1]), widths(sys.argv[2])):
    print(f"    {{0x{ord(c):04X}, {r}, {s}}},")
print("};")
print("}  // namespace convloom::scene")
