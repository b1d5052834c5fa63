#!/usr/bin/env python3
"""The command line as WebAssembly under Node.js gives what the program beside it gives: the same standard output, the same
files byte for byte, the same exit status. CONVLOOM_WASM names convloom.js."""
import filecmp
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

NATIVE = [os.environ["CONVLOOM"]]
WASM = ["node", os.environ["CONVLOOM_WASM"]]
TESTS = Path(os.environ["TESTS_DIR"])
IMAGES = TESTS / "images"
GOLDEN = TESTS / "golden"
PHOTO = TESTS.parent / "assets" / "images" / "lighthouse.jpg"
VIEWS = ["flat", "stacked", "matrix", "im2col"]

PROGRESS = re.compile(rb"\r([^\r\n]*\x1b\[K)?")   # as slow as the machine

failures, runs = [], 0


def run(program, folder, words, stdin):
    return subprocess.run(program + words, cwd=folder, input=stdin, capture_output=True, timeout=250)


def furthest(first, second):
    """How far apart two pictures' values are at most."""
    first, second = (np.asarray(Image.open(file), dtype=int) for file in (first, second))
    return np.abs(first - second).max() if first.shape == second.shape else 256


def same(*words, stdin=b"", status=0, levels=0):
    """Runs both in empty folders and compares all that comes out of them; pictures may be `levels` apart."""
    global runs
    runs += 1
    words = [str(word) for word in words]
    folders = [Path("native"), Path("wasm")]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    native, wasm = (run(program, folder, words, stdin) for program, folder in zip((NATIVE, WASM), folders))
    name = " ".join(words)
    if status is not None and native.returncode != status:
        failures.append(f"{name}: the native program ends with {native.returncode}: {native.stderr.decode()}")
    if wasm.returncode != native.returncode:
        failures.append(f"{name}: ends with {wasm.returncode}, not {native.returncode}: {wasm.stderr.decode()[-2000:]}")
        return
    if wasm.stdout != native.stdout:
        failures.append(f"{name}: standard output differs ({len(wasm.stdout)} and {len(native.stdout)} bytes)")
    said = [PROGRESS.sub(b"", one.stderr) for one in (native, wasm)]
    if said[0] != said[1]:
        failures.append(f"{name}: says {said[1].decode()!r}, not {said[0].decode()!r}")
    made = [sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file()) for folder in folders]
    if made[0] != made[1]:
        failures.append(f"{name}: makes {made[1]}, not {made[0]}")
        return
    for file in made[0]:
        if not filecmp.cmp(folders[0] / file, folders[1] / file, shallow=False):
            if levels and furthest(*(folder / file for folder in folders)) <= levels:
                continue
            sizes = [(folder / file).stat().st_size for folder in folders]
            failures.append(f"{name}: {file} differs ({sizes[1]} and {sizes[0]} bytes)")
            kept = Path("differ") / f"{runs}"
            shutil.rmtree(kept, ignore_errors=True)
            for folder in folders:
                (kept / folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(folder / file, kept / folder / file)


def results():
    for file in sorted((TESTS / "conformance").glob("*_[123]d.json")):
        same("compute", file)
    same("info", "nn.Conv2d(3, 64, 7, stride=2, padding=3)", "--input", "3x224x224")
    same("info", "nn.ConvTranspose2d(1, 1, 3, stride=2)", "--input", "1x3x3", "--json")
    same("list")
    same("export", "--help")
    for form in ("json", "csv"):
        same("trace", "--preset", "kind_transposed", "--format", form)
    same("trace", "--preset", "kind_2d", "--format", "npz", "-o", "kind_2d.npz")


def scenes():
    for preset in ("numerical_padding_strides", "kind_2d_channels", "kind_transposed", "kind_1d", "kind_depthwise_separable"):
        same("scene", "--preset", preset, "--step", 4)
    same("scene", "--preset", "kind_transposed", "--view", "readings", "--step", 4)
    for view in VIEWS:
        same("scene", "--preset", "kind_2d", "--view", view, "--step", 4)
    same("scene", "--preset", "dilation", "--step", 3, "--language", "zh-CN")


# The golden Scenes of tests/scene: the preset, the view, the step and the product.
GOLDEN_SCENES = {
    "flat": ("numerical_padding_strides", "flat", 4, None),
    "flat_tap": ("numerical_no_padding_no_strides", "flat", 4, 4),
    "volume": ("kind_2d_channels", "volume", 4, None),
    "signal": ("kind_1d", "signal", 3, None),
    "chain": ("kind_depthwise_separable", "chain", 4, None),
    "stacked": ("same_padding_no_strides", "stacked", 6, None),
    "stacked_values": ("numerical_padding_strides", "stacked", 4, None, "--numbers", "--value-colors"),
    "matrix": ("kind_transposed", "matrix", 5, 1),
    "im2col": ("kind_2d", "im2col", 4, 3),
    "readings": ("kind_transposed", "readings", 5, 1),
    "channels": ("kind_2d_channels", "channels", 4, 12),
    "receptive": ("kind_dilated", "receptive", 4, None),
    "padding": ("padding_strides_odd", "padding", 0, None),
    "gradient": ("numerical_padding_strides", "gradient", 4, 3),
    "cost": ("kind_depthwise_separable", "cost", 40, None),
    "borders": ("more_padding_modes", "borders", 7, None),
}
# Of layers and networks that the tests make themselves; scenes_of_own_layers() compares others of their kind.
MADE_IN_TESTS = {"digits", "maps", "maps_planes", "residual"}


def golden_scenes():
    for file in sorted(GOLDEN.glob("*.scene.json")):
        name = file.name.removesuffix(".scene.json")
        if name in MADE_IN_TESTS:
            continue
        if name not in GOLDEN_SCENES:
            failures.append(f"{file.name} is not among GOLDEN_SCENES")
            continue
        preset, view, step, tap, *more = GOLDEN_SCENES[name]
        words = ["scene", "--preset", preset, "--view", view, "--step", str(step), *more]
        made = run(WASM, ".", words + ([] if tap is None else ["--tap", str(tap)]), b"")
        if made.returncode != 0 or made.stdout != file.read_bytes():
            failures.append(f"{file.name} is not what WebAssembly gives: {made.stderr.decode()[-500:]}")


def scenes_of_own_layers():
    same("scene", "digits")
    same("scene", "nn.Conv2d(3, 4, 3, stride=2)", "--input", "3x7x9", "--view", "maps", "--step", "5")
    same("scene", "nn.Conv2d(2, 5, 2)", "--input", "2x4x4", "--view", "maps", "--step", "20", "--size", "540x720")


def exports():
    sizes = {"gif": "480x270", "apng": "480x270", "webp": "480x270"}
    for preset in ("same_padding_no_strides", "kind_depthwise_separable"):
        for ending in ("svg", "png", "pdf"):
            same("export", "--preset", preset, "--steps", "3..5", "-o", f"step_%02d.{ending}" if ending != "pdf" else "steps.pdf")
        for ending, size in sizes.items():
            same("export", "--preset", preset, "--size", size, "-o", f"all.{ending}")
    same("export", "--preset", "dilation", "--steps", 4, "--numbers", "--value-colors", "--size", "16x9cm", "-o", "values.pdf")
    same("export", "--preset", "dilation", "--view", "stacked", "--theme", "dark", "--transparent", "--steps", 4, "-o", "one.png")
    same("export", "--preset", "kind_2d_channels", "--language", "zh-CN", "--steps", 2, "-o", "one.pdf")
    same("export", "--preset", "dilation", "--view", "readings", "-o", "a.svg", status=None)
    same("tour", "--export", "slides", "--format", "svg", "--language", "zh-CN")


def filters():
    for words in (["--filter", "sobel"], ["--kernel", "0 -1 0; -1 5 -1; 0 -1 0"]):
        for ending in ("png", "jpg", "webp"):
            same("filter", PHOTO, *words, "-o", f"out.{ending}")
    # Processors with fused multiply-adds round these sums once less than WebAssembly does.
    same("filter", PHOTO, "--filter", "gaussian:sigma=2", "-o", "out.png", levels=1)
    for image in sorted(IMAGES.glob("*")):
        if image.suffix.lower() in (".png", ".jpg", ".gif", ".webp", ".bmp", ".ppm", ".pgm"):
            same("filter", image, "--filter", "box:size=3", "-o", "out.png", status=None)
    same("filter", "-", "--filter", "box:size=9", "-o", "-", stdin=PHOTO.read_bytes())


def refusals():
    same("lisst", status=2)
    same("export", "--preset", "nothing", "-o", "a.png", status=2)
    same("filter", "nowhere.png", "--filter", "sobel", "-o", "a.png", status=2)
    same("compute", "nowhere.json", status=2)
    same("export", "--preset", "dilation", "-o", "nowhere/a.gif", status=1)


results()
scenes()
golden_scenes()
scenes_of_own_layers()
exports()
filters()
refusals()
print("\n".join(failures) or f"{runs} commands give the same bytes.")
sys.exit(1 if failures else 0)
