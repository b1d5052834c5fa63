#!/usr/bin/env python3
"""Makes the Chinese font that goes inside the program: the glyphs that its texts use, and the common characters.

usage: make_chinese_font.py FONT.ttc OUT.ttf TEXT.json...
Takes every character beyond Latin from the texts, and the 3755 of GB 2312's first level with its punctuation, so
that a title of one's own can be written too. Needs python3-fonttools. The same texts give the same bytes.
"""
import sys

from fontTools.subset import Options, Subsetter, load_font, save_font

source, target, *texts = sys.argv[1:]
characters = set()
for path in texts:
    with open(path, encoding="utf-8") as file:
        characters |= {c for c in file.read() if ord(c) > 0x7F}
rows = [0xA1, 0xA3, *range(0xB0, 0xD8)]   # punctuation, full-width forms, the first level
for row in rows:
    for cell in range(0xA1, 0xFF):
        try:
            characters.add(bytes([row, cell]).decode("gb2312"))
        except UnicodeDecodeError:
            pass   # the last row is not full

options = Options()
options.font_number = 0
options.hinting = False          # the program draws without
options.layout_features = []
options.notdef_outline = True
options.name_IDs = [0, 1, 2, 4, 6]
options.drop_tables += ["GDEF", "GPOS", "GSUB", "kern", "vhea", "vmtx", "FFTM"]
font = load_font(source, options)
missing = sorted(c for c in characters if ord(c) >= 0x2E80 and ord(c) not in font.getBestCmap())
if missing:
    sys.exit(f"{source} lacks {''.join(missing)}")
subsetter = Subsetter(options)
subsetter.populate(unicodes=[ord(c) for c in characters])
subsetter.subset(font)
save_font(font, target, options)
