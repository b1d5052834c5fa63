#!/usr/bin/env python3
"""An exported page of steps in Chromium: keys, slider, playing, pointing, both colour schemes, a phone; its controls can be seen,
and it looks like the PNG."""
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

TESTS = Path(os.environ["TESTS_DIR"])
sys.path.insert(0, str(TESTS / "web"))
from page_served import environment  # noqa: E402

CONVLOOM = os.environ["CONVLOOM"]
EXAMPLE = ["export", "--preset", "padding_strides_transposed"]
subprocess.run([CONVLOOM, *EXAMPLE, "-o", "page.html"], check=True, timeout=100)
subprocess.run([CONVLOOM, *EXAMPLE, "--steps", "4", "--size", "1920x1080", "-o", "wanted.png"], check=True, timeout=100)
subprocess.run([CONVLOOM, "export", "--preset", "numerical_padding_strides", "-o", "numbers.html"], check=True, timeout=100)
subprocess.run([CONVLOOM, "export", "--preset", "dilation", "--theme", "dark", "-o", "dark.html"], check=True, timeout=100)
subprocess.run(["node", TESTS / "web" / "steps_page_test.mjs", "page.html", "numbers.html", "dark.html"], env=environment(), check=True, timeout=500)


def pixels(file):
    return np.asarray(Image.open(file).convert("RGB"), dtype=int)


page, wanted = pixels("step_5.png")[:1080], pixels("wanted.png")
# The browser lays out the same letters in a system font where Open Sans is missing, so that texts may differ.
apart = np.abs(page - wanted).max(axis=2) > 64
print(f"{100 * apart.mean():.2f} % of the pixels are far from the PNG's")
assert apart.mean() < 0.02, "the page does not look like the PNG"
dark, light = pixels("dark.png"), pixels("light.png")
assert dark.mean() < 90 and light.mean() > 180, (dark.mean(), light.mean())


def light(colors):
    parts = colors / 255
    parts = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return parts @ [0.2126, 0.7152, 0.0722]


# The sign or text of each control against what is behind it.
for theme in ("light", "dark"):
    for scheme in ("light", "dark"):
        for control in ("next", "play", "count", "slider"):
            shades = light(pixels(f"{theme}_{scheme}_{control}.png"))
            ground = np.median(shades)
            contrast = max((max(one, ground) + 0.05) / (min(one, ground) + 0.05) for one in (shades.min(), shades.max()))
            print(f"theme {theme}, scheme {scheme}, {control}: {contrast:.1f}")
            assert contrast >= (3 if control == "slider" else 4.5), "a control cannot be seen"
