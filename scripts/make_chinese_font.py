#!/usr/bin/env python3
"""Creates the Chinese font embedded in the program, from the characters of its texts and the common characters.

usage: make_chinese_font.py FONT.ttc OUT.ttf TEXT.json...
Includes all non-Latin characters of the texts, and the 3755 characters of GB 2312's first level with its punctuation, so
that users can write titles of their own. Needs HarfBuzz's hb-subset and hb-shape. The output is reproducible.
"""
import os
import subprocess
import sys
import tempfile

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

with tempfile.TemporaryDirectory() as folder:
    list_of_characters = os.path.join(folder, "characters.txt")
    with open(list_of_characters, "w", encoding="utf-8") as file:
        file.write("".join(sorted(characters)))
    # The program renders without hinting, and its layout uses no kerning.
    subprocess.run(["hb-subset", "--font-file=" + source, "--face-index=0", "--text-file=" + list_of_characters,
                    "--no-hinting", "--notdef-outline", "--layout-features=", "--name-IDs=0,1,2,4,6",
                    "--drop-tables+=GDEF,GPOS,GSUB,kern,vhea,vmtx,FFTM", "--output-file=" + target], check=True)

    # hb-subset ignores characters that the font lacks; shaping reports a missing glyph as number 0.
    ideographs = sorted(c for c in characters if ord(c) >= 0x2E80)
    with open(list_of_characters, "w", encoding="utf-8") as file:
        file.write("\n".join(ideographs))
    shaped = subprocess.run(["hb-shape", "--font-file=" + target, "--text-file=" + list_of_characters,
                             "--no-glyph-names", "--no-positions", "--no-clusters"],
                            check=True, capture_output=True, text=True).stdout.split()
missing = [c for c, glyph in zip(ideographs, shaped, strict=True) if glyph == "[0]"]
if missing:
    os.remove(target)
    sys.exit(f"{source} lacks {''.join(missing)}")
