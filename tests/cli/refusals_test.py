"""Everything the subcommands refuse, with the exit status documented in the README: 2 for an invalid request, 1 for a failure. Each
refusal is one sentence on standard error, with nothing on standard output and no file."""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

CONVLOOM, TESTS = os.environ["CONVLOOM"], Path(os.environ["TESTS_DIR"])
PHOTO = str(TESTS.parent / "assets" / "images" / "lighthouse.jpg")
CASES = str(TESTS / "conformance" / "conv_2d.json")
LAYER = "nn.Conv2d(1, 1, 3)"
Path("notes.txt").write_text("no picture, no state, no cases")
Path("folder.png").mkdir()
Path("long.txt").write_text(LAYER + "; " * 40000)
Path("tiny.ppm").write_bytes(b"P6 1 1 255\n\1\2\3")

USAGE, FAILED = 2, 1
EXPORT = ["export", "--preset", "kind_2d"]
FILTER = ["filter", PHOTO, "-o", "o.png"]
REFUSALS = [   # exit status, part of the sentence, arguments
    (USAGE, "There is no subcommand “exprot”; did you mean “export”? `convloom --help`", ["exprot"]),
    (USAGE, "There is no subcommand “nosuch”; `convloom", ["nosuch"]),
    (USAGE, "export has no --sise; did you mean --size? `convloom export --help`", EXPORT + ["--sise", "3", "-o", "o.png"]),
    (USAGE, "list has no --sise; `convloom", ["list", "--sise"]),
    (USAGE, "", ["list", "more"]),
    (USAGE, "", ["--preset"]),
    (USAGE, "--fps is “many”, which is not a number.", EXPORT + ["--fps", "many", "-o", "o.gif"]),
    (USAGE, "--turn -80: it must be from", ["export", "--preset", "kind_3d", "--turn", "−80", "-o", "o.gif"]),
    (USAGE, "Give --case and a name; the file has 129 cases, the first is “arith_01”.", ["trace", CASES]),
    # export
    (USAGE, "There is no preset “dilatoin”; did you mean “dilation”?", ["export", "--preset", "dilatoin", "-o", "o.gif"]),
    (USAGE, "There is no preset “nosuch”; `convloom list`", ["export", "--preset", "nosuch", "-o", "o.gif"]),
    (USAGE, "Give either -o", EXPORT),
    (USAGE, "--size 0x5", EXPORT + ["--size", "0x5", "-o", "o.gif"]),
    (USAGE, "--size x", EXPORT + ["--size", "x", "-o", "o.gif"]),
    (USAGE, "at most 65535", EXPORT + ["--size", "70000x100", "-o", "o.gif"]),
    (USAGE, "--dpi 5", EXPORT + ["--dpi", "5", "-o", "o.gif"]),
    (USAGE, "--steps 99", EXPORT + ["--steps", "99", "-o", "o.png"]),
    (USAGE, "--steps x", EXPORT + ["--steps", "x", "-o", "o.png"]),
    (USAGE, "--steps 2,0: this layer has the steps 0..8, to be given in ascending order, each once.", EXPORT + ["--steps", "2,0", "-o", "o_%d.png"]),
    (USAGE, "--steps 0,99: this layer has the steps 0..8.", EXPORT + ["--steps", "0,99", "-o", "o_%d.png"]),
    (USAGE, "or several of them such as 0,4,8-11", EXPORT + ["--steps", "0,", "-o", "o.png"]),
    (USAGE, "--hide moment: it must be title, parameters or step.", EXPORT + ["--hide", "title,moment", "-o", "o.gif"]),
    (USAGE, "--caption: the caption is empty.", EXPORT + ["--caption", " ", "-o", "o.gif"]),
    (USAGE, "--caption: the caption takes 22 lines; there is room for 6.", EXPORT + ["--caption", "many words " * 200, "-o", "o.gif"]),
    (USAGE, "--grid 3: give columns and rows such as 3x3.", EXPORT + ["--grid", "3", "-o", "o.gif"]),
    (USAGE, "--grid 9x9: a page holds 1 to 26 steps", EXPORT + ["--grid", "9x9", "-o", "o.gif"]),
    (USAGE, "--grid 2x2: a photo as a whole has no steps.", ["export", "--photo", PHOTO, "--grid", "2x2", "-o", "o.png"]),
    (USAGE, "--text-scale 3: it must be from 1 to 2.", EXPORT + ["--text-scale", "3", "-o", "o.svg"]),
    (USAGE, "--text-scale 1.3: the room of a text differs", EXPORT + ["--text-scale", "1.3", "-o", "o.gif"]),
    (USAGE, "-o -: name the format with --format", EXPORT + ["-o", "-"]),
    (USAGE, "--format bmp: it must be svg, png", EXPORT + ["--format", "bmp", "-o", "-"]),
    (USAGE, "--format svg: it is for -o -", EXPORT + ["--format", "svg", "-o", "o.svg"]),
    (USAGE, "-o -: 9 frames are 9 files of PNG", EXPORT + ["--format", "png", "-o", "-"]),
    (USAGE, "MP4 is written by the program ffmpeg, which needs a file.", EXPORT + ["--format", "mp4", "-o", "-"]),
    (USAGE, "is too large for TeX", EXPORT + ["--size", "600x400cm", "--dpi", "10", "-o", "o.tex"]),
    (USAGE, "a TikZ picture holds at most 16384", ["export", "--photo", PHOTO, "-o", "o.tex"]),
    (USAGE, "--fps 0", EXPORT + ["--fps", "0", "-o", "o.gif"]),
    (USAGE, "--loop -1", EXPORT + ["--loop", "-1", "-o", "o.gif"]),
    (USAGE, "--loop 2", EXPORT + ["--loop", "2", "-o", "o.mp4"]),
    (USAGE, "--transparent", EXPORT + ["--transparent", "-o", "o.gif"]),
    (USAGE, "file name must end in", EXPORT + ["-o", "o.bmp"]),
    (USAGE, "numbered name", EXPORT + ["-o", "o.png"]),
    (USAGE, "number once", EXPORT + ["-o", "o_%s.png"]),
    (USAGE, "an animation is one file", EXPORT + ["-o", "o_%d.gif"]),
    (USAGE, "--layer 3", ["export", "--preset", "kind_depthwise_separable", "--layer", "3", "-o", "o.gif"]),
    (USAGE, "--turn 80", ["export", "--preset", "kind_3d", "--turn", "80", "-o", "o.gif"]),
    (USAGE, "--tilt 95", ["export", "--preset", "kind_3d", "--tilt", "95", "-o", "o.gif"]),
    (USAGE, "--view photo", EXPORT + ["--view", "photo", "-o", "o.gif"]),
    (USAGE, "cannot draw", ["export", "--preset", "kind_3d", "--view", "flat", "-o", "o.gif"]),
    (USAGE, "--theme pink", EXPORT + ["--theme", "pink", "-o", "o.gif"]),
    (USAGE, "--language fr", EXPORT + ["--language", "fr", "-o", "o.gif"]),
    (USAGE, "--cell 0:1", EXPORT + ["--cell", "0:1", "-o", "o.png"]),
    (USAGE, "not both", EXPORT + ["--state", "notes.txt", "-o", "o.gif"]),
    (USAGE, "not both", EXPORT + ["--photo", PHOTO, "-o", "o.gif"]),
    (USAGE, "--input is missing", ["export", LAYER, "-o", "o.gif"]),
    (USAGE, "--input 5", ["export", LAYER, "--input", "5", "-o", "o.gif"]),
    (USAGE, "nosuch", ["export", "nn.nosuch(1)", "--input", "1x5x5", "-o", "o.gif"]),
    (USAGE, "hold a tensor", ["export", LAYER, "--input", "1x20000x20000", "-o", "o.gif"]),
    (USAGE, "is not JSON", ["export", "--state", "notes.txt", "-o", "o.gif"]),
    (USAGE, "Cannot read none.json", ["export", "--state", "none.json", "-o", "o.gif"]),
    (USAGE, "Cannot read none.png", ["export", "--photo", "none.png", "-o", "o.png"]),
    (USAGE, "notes.txt", ["export", "--photo", "notes.txt", "-o", "o.png"]),
    (USAGE, "“median” is not a convolution", ["export", "--photo", PHOTO, "--filter", "median", "-o", "o.png"]),
    (USAGE, "--filter needs a photo", EXPORT + ["--filter", "box", "-o", "o.png"]),
    (USAGE, "--part needs a photo", EXPORT + ["--part", "1x1+0+0", "-o", "o.png"]),
    (USAGE, "--part 1", ["export", "--photo", PHOTO, "--part", "1", "-o", "o.png"]),
    (USAGE, "--look needs a photo", EXPORT + ["--look", "wipe", "-o", "o.png"]),
    (USAGE, "--look nosuch", ["export", "--photo", PHOTO, "--look", "nosuch", "-o", "o.png"]),
    (FAILED, "Cannot write none/o.gif", EXPORT + ["-o", "none/o.gif"]),
    (FAILED, "Cannot write none/o.mp4", EXPORT + ["--size", "64x64", "-o", "none/o.mp4"]),
    (FAILED, "Cannot write folder.png: it is a folder", EXPORT + ["--steps", "0", "-o", "folder.png"]),
    (FAILED, "Cannot create the folder notes.txt", ["export", "--all", "notes.txt/all"]),
    # filter
    (USAGE, "Give the photos", ["filter", "-o", "o.png", "--filter", "box"]),
    (USAGE, "-o is missing", ["filter", PHOTO, "--filter", "box"]),
    (USAGE, "Give --filter or --kernel", FILTER),
    (USAGE, "“median” is not a convolution", FILTER + ["--filter", "median"]),
    (USAGE, "There is no filter “gausian”; the nearest is “gaussian”", FILTER + ["--filter", "gausian"]),
    (USAGE, "not a number", FILTER + ["--filter", "gaussian:sigma=x"]),
    (USAGE, "sigma", FILTER + ["--filter", "gaussian:sigma=-1"]),
    (USAGE, "has no “nosuch”", FILTER + ["--filter", "box:nosuch=1"]),
    (USAGE, "", FILTER + ["--kernel", "a b"]),
    (USAGE, "Cannot read none.json", FILTER + ["--kernel", "none.json"]),
    (USAGE, "--padding-mode mirrored: the modes are zeros", FILTER + ["--filter", "box", "--padding-mode", "mirrored"]),
    (USAGE, "SciPy's modes are constant", FILTER + ["--filter", "box", "--padding-mode", "scipy:edge"]),
    (USAGE, "constant is for layers", FILTER + ["--filter", "box", "--padding-mode", "constant"]),
    (USAGE, "NumPy's modes are constant", FILTER + ["--filter", "box:padding-mode=numpy:mirror"]),
    (USAGE, "gaussian's like is “matlab”; it must be convloom, scipy or opencv", FILTER + ["--filter", "gaussian:like=matlab"]),
    (USAGE, "--bits 12", FILTER + ["--filter", "box", "--bits", "12"]),
    (USAGE, "--quality 101", FILTER + ["--filter", "box", "--quality", "101"]),
    (USAGE, "--threads -1", FILTER + ["--filter", "box", "--threads", "-1"]),
    (USAGE, "--shown-as nosuch", FILTER + ["--filter", "box", "--shown-as", "nosuch"]),
    (USAGE, "--format gif", FILTER + ["--filter", "box", "--format", "gif"]),
    (USAGE, "", FILTER + ["--filter", "box", "--stride", "0"]),
    (USAGE, "", FILTER + ["--filter", "box", "--dilation", "99"]),
    (USAGE, "--flip and --origin are for filters of one kernel", FILTER + ["--filter", "sobel", "--flip"]),
    (USAGE, "file name must end in", ["filter", PHOTO, "--filter", "box", "-o", "o.xyz"]),
    (USAGE, "give a folder", ["filter", PHOTO, PHOTO, "--filter", "box", "-o", "o.png"]),
    (USAGE, "Two of the files", ["filter", PHOTO, PHOTO, "--filter", "box", "-o", "o/"]),
    (USAGE, "Cannot read none.png", ["filter", "none.png", "--filter", "box", "-o", "o.png"]),
    (USAGE, "notes.txt", ["filter", "notes.txt", "--filter", "box", "-o", "o.png"]),
    (USAGE, "smaller than one window", ["filter", "tiny.ppm", "--filter", "max-pooling:size=4", "-o", "o.png"]),
    (FAILED, "Cannot write none/o.png", ["filter", PHOTO, "--filter", "box", "-o", "none/o.png"]),
    # info
    (USAGE, "Give one of: layers", ["info"]),
    (USAGE, "--input is missing", ["info", LAYER]),
    (USAGE, "--input 5", ["info", LAYER, "--input", "5"]),
    (USAGE, "nosuch", ["info", "nn.nosuch(1)", "--input", "1x5x5"]),
    (USAGE, "did you mean Conv2d?", ["info", "nn.Covn2d(1, 1, 3)", "--input", "1x5x5"]),
    (USAGE, "There is no preset “nosuch”", ["info", "--preset", "nosuch"]),
    (USAGE, "--op nosuch", ["info", "--op", "nosuch", "--kernel", "3", "--input", "1x5x5"]),
    (USAGE, "--padding-mode mirrored: the modes are zeros", ["info", "--kernel", "3", "--padding-mode", "mirrored", "--input", "1x5x5"]),
    (USAGE, "the libraries are pytorch", ["info", "--kernel", "3", "--padding-mode", "keras:same", "--input", "1x5x5"]),
    (USAGE, "--padding-value 2 goes with --padding-mode constant", ["info", "--kernel", "3", "--padding-value", "2", "--input", "1x5x5"]),
    (USAGE, "PyTorch allows at most 4", ["info", "--kernel", "3", "--padding", "5", "--padding-mode", "reflect", "--input", "1x5x5"]),
    (USAGE, "--kernel is 2×3, but the layer's weight is 1×1×3×3", ["info", LAYER, "--kernel", "1 2 3; 4 5 6", "--input", "1x5x5"]),
    (USAGE, "--data is 4×2, but the layer's input is 1×5×5", ["info", LAYER, "--input", "1x5x5", "--data", "1 2; 3 4; 5 6; 7 8"]),
    (USAGE, "--bias has 2 numbers, but the layer has 1 output channel", ["info", LAYER, "--input", "1x5x5", "--bias", "1,2"]),
    (USAGE, "--kernel goes with convolutions", ["info", "nn.MaxPool2d(2)", "--input", "1x4x4", "--kernel", "1 2; 3 4"]),
    (USAGE, "--data: Row 1, column 2: “x” is not a finite number", ["info", LAYER, "--data", "1 x; 3 4"]),
    (USAGE, "Cannot read none.npy", ["info", LAYER, "--data", "none.npy"]),
    (USAGE, "--data notes.txt", ["info", LAYER, "--data", "notes.txt"]),
    (USAGE, "--stride goes with --kernel", ["export", LAYER, "--stride", "2", "--input", "1x5x5", "-o", "o.png"]),
    (USAGE, "--data goes with a layer, not with a photo", ["export", "--photo", PHOTO, "--data", "1 2", "-o", "o.png"]),
    (USAGE, "a layer has one kernel", ["export", "--kernel", "1 2", "--kernel", "3", "--data", "1 2 3", "-o", "o.png"]),
    (USAGE, "but the layer's input is 1×5×5", ["export", "--preset", "kind_2d", "--data", "1 2 3", "-o", "o.png"]),
    (USAGE, "--kernel x", ["info", "--kernel", "x", "--input", "1x5x5"]),
    (USAGE, "2 numbers for 1 axis", ["info", "--kernel", "3x3", "--input", "1x5"]),
    (USAGE, "The nearest", ["info", "--kernel", "9", "--input", "1x5x5"]),
    (USAGE, "--stride goes with --kernel", ["info", LAYER, "--stride", "2", "--input", "1x5x5"]),
    (USAGE, "--in-channels", ["info", "--kernel", "3", "--in-channels", "2", "--input", "1x5x5"]),
    # compute and trace
    (USAGE, "it is not JSON", ["compute", "notes.txt"]),
    (USAGE, "Cannot read none.json: No such file", ["compute", "none.json"]),
    (USAGE, "Cannot read folder.png: it is a folder", ["compute", "folder.png"]),
    (USAGE, "Give one of: a file of cases", ["trace"]),
    (USAGE, "--format xml", ["trace", "--preset", "dilation", "--format", "xml"]),
    (USAGE, "-o goes with", ["trace", "--preset", "dilation", "-o", "o.json"]),
    (USAGE, "needs a file", ["trace", "--preset", "dilation", "--format", "npz"]),
    (USAGE, "has this name", ["trace", CASES, "--case", "nosuch"]),
    (USAGE, "There is no preset", ["trace", "--preset", "nosuch"]),
    (FAILED, "Cannot write none/o.npz", ["trace", "--preset", "dilation", "--format", "npz", "-o", "none/o.npz"]),
    # scene and tour
    (USAGE, "There is no preset", ["scene", "--preset", "nosuch"]),
    (USAGE, "--step 99: this layer has the steps 0..8", ["scene", "--preset", "dilation", "--step", "99"]),
    (USAGE, "--theme pink", ["scene", "--preset", "dilation", "--theme", "pink"]),
    (USAGE, "Give either --list", ["tour"]),
    (USAGE, "--format gifs", ["tour", "--export", "slides", "--format", "gifs"]),
    (USAGE, "--fps 0", ["tour", "--export", "slides", "--fps", "0"]),
    (USAGE, "--theme pink", ["tour", "--export", "slides", "--theme", "pink"]),
    (USAGE, "--language fr", ["tour", "--list", "--language", "fr"]),
    (USAGE, "--size 0x5", ["tour", "--export", "slides", "--size", "0x5"]),
    (FAILED, "Cannot create the folder", ["tour", "--export", "notes.txt/slides"]),
]
if os.environ.get("CONVLOOM_GUI") == "ON":
    REFUSALS += [
        (USAGE, "There is no preset “nosuch”", ["--preset", "nosuch"]),
        (USAGE, "Cannot read none.png", ["open", "none.png"]),
        (USAGE, "notes.txt", ["open", "notes.txt"]),
        (USAGE, "Cannot read /dev/zero: it is a device", ["open", "/dev/zero"]),
        (3, "There is no screen", []),
    ]

before = set(os.listdir("."))
environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
wrong = []
for status, part, words in REFUSALS:
    got = subprocess.run([CONVLOOM, *words], capture_output=True, text=True, env=environment, timeout=100)
    if got.returncode != status or part not in got.stderr or got.stdout:
        wrong.append(f"{words}: {got.returncode} in place of {status}, {got.stderr!r} {got.stdout[:80]!r}")
    # Under an error in code stand its line with the place, and a caret.
    elif not got.stderr.startswith("convloom: ") or len(got.stderr) > 400 or (
            got.stderr.count("\n") != 1 and not re.fullmatch(r"[^\n]+\n  line \d+, column \d+: [^\n]*\n +\^~*\n", got.stderr)):
        wrong.append(f"{words} is not one sentence: {got.stderr!r}")
if set(os.listdir(".")) != before:
    wrong.append(f"files were made: {set(os.listdir('.')) - before}")
# An invalid case is reported beside the others.
Path("wrong.json").write_text(json.dumps({"cases": [{"name": "a", "op": "conv", "rank": 9}]}))
if subprocess.run([CONVLOOM, "compute", "wrong.json"], capture_output=True).returncode != FAILED:
    wrong.append("a case that does not run")
long = subprocess.run([CONVLOOM, "info", "-", "--input", "1x5x5"], stdin=open("long.txt"), capture_output=True, text=True)
if long.returncode != USAGE or "the limit is 65536" not in long.stderr:
    wrong.append(f"words that are too long: {long}")
sys.exit("FAILED:\n" + "\n".join(wrong) if wrong else 0)
