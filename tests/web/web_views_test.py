#!/usr/bin/env python3
"""Ten views in the page beside the same in the desktop's window, within what the painters' tests allow (gl_painter_test.cpp)."""
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

TESTS = Path(os.environ["TESTS_DIR"])
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "gui")]
from desktop import Desktop  # noqa: E402
from page_served import environment, served  # noqa: E402

WIDTH, HEIGHT = 1280, 720   # as in page_stage.mjs
MOST_MEAN, FAR_LEVEL, MOST_FAR_PERCENT = 0.3, 48, 0.25
VIEWS = {
    "flat": "preset=numerical_padding_strides&view=flat&step=4",
    "stacked": "preset=dilation&view=stacked&step=3",
    "volume": "preset=kind_2d_channels&view=volume&step=4",
    "signal": "preset=kind_1d&view=signal&step=3",
    "chain": "preset=kind_depthwise_separable&view=chain&step=4",
    "channels": "preset=kind_2d_channels&view=channels&step=4&tap=12",
    "matrix": "preset=kind_transposed&view=matrix&step=5&tap=1",
    "im2col": "preset=kind_2d&view=im2col&step=4&lang=zh-CN",
    "readings": "preset=kind_transposed&view=readings&step=5&theme=dark",
    "padding": "preset=padding_strides_odd&view=padding&step=0",
}

links = {name: f"#v1?{words}&hide=all" for name, words in VIEWS.items()}
with served() as address:
    words = [f"{name}={link}" for name, link in links.items()]
    subprocess.run(["node", TESTS / "web" / "page_views.mjs", address, *words], env=environment(), check=True, timeout=800)

failures = []
with Desktop(f"{WIDTH}x{HEIGHT}") as desktop:
    state = desktop.folder / "state"
    (state / "convloom").mkdir(parents=True)
    (state / "convloom" / "session.json").write_text(json.dumps(
        {"convloom_session": 1, "interface": {"reduced_motion": True}, "window": {"width": WIDTH, "height": HEIGHT, "x": 0, "y": 0}}))
    for name, link in links.items():
        with desktop.open("open", link, state=state) as window:
            window.run("windowsize", "--sync", window.id, WIDTH, HEIGHT)
            box = None
            while box != (box := window.place("canvas")) or box[2] > WIDTH:
                pass
            before = None
            while before != (before := window.picture()):
                pass
            window.keep_picture(f"{name}_desktop.png")
        page, native = (np.asarray(Image.open(file).convert("RGB"), dtype=int) for file in (f"{name}.png", f"{name}_desktop.png"))
        if page.shape != native.shape:
            failures.append(f"{name}: the page has {page.shape[1::-1]} pixels, the window {native.shape[1::-1]}")
            continue
        apart = np.abs(page - native)
        mean, far_percent = apart.mean(), 100 * (apart.max(axis=2) > FAR_LEVEL).mean()
        print(f"{name}: mean difference {mean:.3f}, far {far_percent:.3f} %")
        if mean > MOST_MEAN or far_percent > MOST_FAR_PERCENT:
            Image.fromarray((255 - apart).astype(np.uint8)).save(f"{name}_difference.png")
            failures.append(f"{name}: the page differs from the window, see {name}_difference.png")
print("\n".join(failures) or "The page shows what the window shows.")
sys.exit(1 if failures else 0)
