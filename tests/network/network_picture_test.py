"""The picture of a whole network: `convloom export model.onnx` and `convloom scene model.onnx`, their options and refusals."""
import json
import os
import sys
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check, convloom as run, end  # noqa: E402


def texts_of(svg):
    return [" ".join(e.itertext()) for e in xml.etree.ElementTree.parse(svg).getroot().iter() if e.tag.endswith("}text")]


def test_files():
    for arguments in (["digits.svg"], ["digits.png", "--size", "800x800", "--theme", "dark"], ["digits.pdf", "--language", "zh-CN"],
                      ["digits.tex"], ["digits.html"], ["digits.pptx"], ["crop.png", "--crop", "--caption", "A caption."],
                      ["plain.svg", "--no-labels"], ["apart.svg", "--apart"], ["all.svg", "--expand", "all"]):
        done = run("export", "digits", "-o", *arguments)
        check(done.returncode == 0 and done.stdout == f"Wrote {arguments[0]}.\n" and not done.stderr, f"{arguments}: {done}")
        check(os.path.getsize(arguments[0]) > 1000, f"{arguments[0]} is written")
    texts = texts_of("digits.svg")
    for text in ("digits", "12 layers, 6 of them slide;  8,778 parameters,  510,912 multiply-adds", "Conv 3×3", "1 → 8 · conv1",
                 "+ Relu", "8×28×28", "Input · image", "Output · probabilities"):
        check(text in texts, f"the picture says “{text}”: {texts}")
    check("digits: the network as a picture, 12 layers" in open("digits.svg").read(), "it has a text alternative")
    check("12 layers" not in " ".join(texts_of("plain.svg")), "without labels it has no head")
    check(len(texts_of("apart.svg")) > len(texts), "activations are boxes of their own")
    named = run("export", "digits", "-o", "named.svg", "--title", "Digits, read")
    check(named.returncode == 0 and "Digits, read" in texts_of("named.svg"), "it has the title that was asked for")
    piped = run("export", "digits", "-o", "-", "--format", "svg")
    check(piped.stdout == open("digits.svg").read(), "standard output has the same picture")


def test_scene():
    done = run("scene", "digits", "--size", "900x900")
    scene = json.loads(done.stdout)
    check(scene["width"] == scene["height"] == 720 and scene["title"].startswith("digits: "), done.stdout[:200])
    boxes = [plane for plane in scene["planes"] if plane["plane"].startswith("box ")]
    check(len(boxes) == 9, f"input, seven boxes, output: {len(boxes)}")
    check(run("scene", "digits", "--size", "900x900").stdout == done.stdout, "it is the same every time")


def test_refusals():
    for arguments, words in (
            (["--view", "flat"], "--view: it goes with a layer of the network, such as digits:NODE with --photo or --data."),
            (["--steps", "3"], "--steps: it goes with a layer of the network"),
            (["--part", "3"], "--part: "), (["--numbers"], "--numbers: "), (["--turn", "10"], "--turn: "), (["--stride", "2"], "--stride: "),
            (["--grid", "2x2"], "--grid: "), (["--text-scale", "2"], "--text-scale: "), (["--preset", "kind_2d"], "--preset: "),
            (["--title", ""], "--title: the title is empty."),
            (["--expand", "x"], "--expand x: give the numbers of blocks such as 2 or 1-3,7, or all."),
            (["--expand", "9"], "--expand 9: this network has the blocks 1 to 3."),
            (["--theme", "pink"], "--theme pink: the themes are"), (["--language", "xx"], "--language xx: "),
            (["--input", "1x3x5"], "--input "), (["--size", "9x9"], "--size 9x9: ")):
        done = run("export", "digits", "-o", "refused.svg", *arguments)
        check(done.returncode == 2 and words in done.stderr and done.stderr.count("\n") == 1, f"{arguments}: {done.stderr!r}")
    done = run("export", "digits", "-o", "refused.gif")
    check(done.returncode == 2 and "refused.gif: the picture of a network does not move; write it as .svg, .png" in done.stderr,
          done.stderr)
    for flag in (["--expand", "2"], ["--apart"]):
        done = run("export", "--preset", "kind_2d", "--steps", "0", "-o", "refused.svg", *flag)
        check(done.returncode == 2 and f"{flag[0]}: it goes with the picture of a network, model.onnx without a layer." in done.stderr,
              done.stderr)
    done = run("scene", "digits", "--step", "3")
    check(done.returncode == 2 and "--step: it goes with a layer of the network" in done.stderr, done.stderr)
    done = run("export", "absent.onnx", "-o", "refused.svg")
    check(done.returncode != 0 and "absent.onnx" in done.stderr and done.stderr.count("\n") == 1, done.stderr)
    check(not os.path.exists("refused.svg") and not os.path.exists("refused.gif"), "nothing is written")


test_files()
test_scene()
test_refusals()
end()
