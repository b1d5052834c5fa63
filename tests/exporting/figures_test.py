"""Figures of one's own: colours from a file, sizes on paper, other steps' windows, notes, figures side by side, and a list
of figures, as the command line writes and refuses them."""
import json
import os
import re
import subprocess
import xml.etree.ElementTree as ET

import sys

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check, convloom, end  # noqa: E402

ROOT = os.path.join(os.environ["TESTS_DIR"], "..")
EXAMPLE = os.path.join(ROOT, "assets/examples/colours.json")
SVG = "{http://www.w3.org/2000/svg}"


def refused(sentence, *words):
    run = convloom(*words)
    check(run.returncode == 2 and sentence in run.stderr and run.stderr.count("\n") == 1,
          f"{' '.join(map(str, words))}: “{sentence}” in {run.returncode} {run.stderr!r}")


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return name


def texts_of(name):
    """Each text of an SVG with its size on the page in points, if it is written upright."""
    root = ET.parse(name).getroot()
    width = root.get("width")
    points = float(re.match(r"[\d.]+", width)[0]) * {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72, "pt": 1, "px": .75}[re.sub(r"[\d.]+", "", width) or "px"]
    unit = points / float(root.get("viewBox").split()[2])
    found = []

    def walk(element, scale):
        transform = element.get("transform", "")
        match = re.match(r"matrix\(([-\d.e]+)[ ,]+([-\d.e]+)[ ,]+([-\d.e]+)[ ,]+([-\d.e]+)", transform)
        if match:
            a, b, c, d = map(float, match.groups())
            scale *= abs(a * d - b * c) ** .5
        match = re.match(r"translate\([^)]*\)\s*scale\(([\d.e-]+)\)", transform)
        if match:
            scale *= float(match[1])
        if element.tag == SVG + "text" and "".join(element.itertext()).strip():
            found.append(("".join(element.itertext()), float(element.get("font-size")) * scale * unit))
        for child in element:
            walk(child, scale)

    walk(root, 1)
    return found


# --- a palette
run = convloom("export", "--preset", "same_padding_no_strides", "--view", "flat", "--palette", EXAMPLE, "--steps", 3, "-o", "own.svg")
check(run.returncode == 0 and run.stderr == "", f"the example's colours are told apart: {run.stderr}")
own = open("own.svg", encoding="utf-8").read().lower()
for role, color in json.load(open(EXAMPLE, encoding="utf-8"))["colours"].items():
    if role not in ("product", "highlight"):   # no single product is shown here
        check(color in own, f"{role} {color} is in the figure")
check("#f6c76b" not in own, "the theme's kernel colour is gone")
scene = json.loads(convloom("scene", "--preset", "dilation", "--palette", EXAMPLE).stdout)
check(scene["background"].lower() == "#ffffff", "the scene has the palette's ground")
faint = write("faint.json", '{"colours": {"text": "#8a8a8a", "covered": "#f6c76b"}}')
run = convloom("scene", "--preset", "dilation", "--palette", faint)
check(run.returncode == 0, "hard to read is not refused")
check("text on background has a contrast of 3.2" in run.stderr, f"the pair and its ratio are said: {run.stderr}")
check("kernel and covered differ by 0.0" in run.stderr, "the kernel and the covered cells are compared")
refused("colours cannot be read: text on background has a contrast of 1.0", "export", "--preset", "dilation", "--palette",
        write("none.json", '{"colours": {"text": "#fff", "background": "#fff"}}'), "-o", "none.png")
refused("colours.kernel is “red”, not a colour", "export", "--preset", "dilation", "--palette",
        write("red.json", '{"colours": {"kernel": "red"}}'), "-o", "none.png")
refused("nowhere.json", "scene", "--preset", "dilation", "--palette", "nowhere.json")
refused("Give either --theme or --palette", "scene", "--preset", "dilation", "--palette", EXAMPLE, "--theme", "dark")
check(not os.path.exists("none.png"), "a refused palette writes nothing")
run = convloom("tour", "--export", "tour", "--format", "svg", "--palette", EXAMPLE)
check(run.returncode == 0, run.stderr)
check(any("#ee9f88" in open(f"tour/{name}", encoding="utf-8").read().lower() for name in os.listdir("tour")),
      "the tour is in its colours")

# --- a size on paper
for size, view, preset in (("8x5cm", "stacked", "same_padding_no_strides"), ("8x6cm", "flat", "dilation"),
                           ("80x80mm", "flat", "numerical_padding_strides"), ("3.3x2.5in", "volume", "kind_2d_channels")):
    name = f"paper_{view}_{size}.svg"
    run = convloom("export", "--preset", preset, "--view", view, "--steps", 2, "--size", size, "-o", name)
    check(run.returncode == 0, f"{name}: {run.stderr}")
    sizes = texts_of(name)
    heads = [points for text, points in sizes if re.search(r"kernel k =|step \d", text)]
    check(heads and min(heads) >= 5.1, f"{name}: parameters of {min(heads, default=0):.1f} pt")
    readable = sum(points >= 5.1 for _, points in sizes)
    check(readable >= .8 * len(sizes), f"{name}: {readable} of {len(sizes)} texts are readable")
for words in (["--size", "945x591"], ["--size", "945x591", "--dpi", "300"]):
    convloom("export", "--preset", "dilation", "--steps", 2, *words, "-o", "pixels.svg")
    check(min(points for _, points in texts_of("pixels.svg")) < 12 and "viewBox=\"0 0 910 569\"" in open("pixels.svg").read(),
          f"a size in pixels keeps its page: {words}")
large = {}
for size in ("64x36cm", "1920x1080"):
    convloom("export", "--preset", "dilation", "--steps", 2, "--size", size, "-o", "large.svg")
    large[size] = re.sub(r' (width|height)="[^"]*"', "", open("large.svg").read(), count=2)
check(large["64x36cm"] == large["1920x1080"], "a poster is laid out as a slide")

# --- other steps' windows, and notes
BASE = ["export", "--preset", "no_padding_strides", "--view", "flat", "--steps", 3]
run = convloom(*BASE, "--ghosts", "0,2", "--note", "input 0,4: the edge", "--note", "output 1,1: the last", "-o", "marks.svg")
check(run.returncode == 0, run.stderr)
marks = open("marks.svg", encoding="utf-8").read()
check("the edge" in marks and "the last" in marks and "ghost" in marks, "ghosts and notes are in the figure")
convloom(*BASE, "--ghosts", "all", "-o", "all.svg")
convloom(*BASE, "--ghosts", "0-2", "-o", "three.svg")
check(open("all.svg").read() == open("three.svg").read(), "all are all but the step that is shown")
convloom("export", "--preset", "no_padding_strides", "--view", "flat", "--note", "input 0,4: the edge", "-o", "n_%d.svg")
places = {re.search(r'<text[^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>(?:<[^>]*>)*the edge', open(f"n_{n}.svg").read()) is not None and
          re.search(r'<text[^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>(?:<[^>]*>)*the edge', open(f"n_{n}.svg").read()).groups() for n in range(4)}
check(len(places) == 1, f"a note stays where it is from step to step: {places}")
refused("--ghosts x: give steps such as 0,4,8 or 2-5, or all.", *BASE, "--ghosts", "x", "-o", "x.svg")
refused("Ghosts: this layer has 4 steps", *BASE, "--ghosts", "0,9", "-o", "x.svg")
refused("at most 64 are drawn", "export", "--preset", "kind_standard", "--steps", 3, "--ghosts", "all", "-o", "x.svg")
refused("--note input 2: give a cell and a text", *BASE, "--note", "input 2", "-o", "x.svg")
refused("The note “x”: the input is 1×5×5 (channels, rows, columns), counted from 0.", *BASE, "--note", "input 5,0: x", "-o", "x.svg")
refused("the view cost does not show its cell", "export", "--preset", "no_padding_strides", "--view", "cost", "--steps", 0,
        "--note", "input 0,0: x", "-o", "x.svg")
refused("the view cost marks no window", "export", "--preset", "no_padding_strides", "--view", "cost", "--steps", 0, "--ghosts",
        "1", "-o", "x.svg")
check(not os.path.exists("x.svg"), "refused figures are not written")

# --- side by side
run = convloom("export", "--preset", "no_padding_no_strides", "--beside", "no_padding_strides", "--view", "flat", "--steps", 0,
               "--caption", "Stride 1 and stride 2.", "-o", "beside.svg")
check(run.returncode == 0, run.stderr)
beside = open("beside.svg", encoding="utf-8").read()
check("(a)" in beside and "(b)" in beside and "(c)" not in beside, "each has a letter")
check("Stride 1 and stride 2." in beside, "and the page its caption")
run = convloom("export", "--preset", "dilation", "--beside", "--preset dilation --view stacked --steps 3", "--beside",
               "nn.Conv2d(1, 1, 3)", "--input", "1x7x7", "-o", "x.svg")
check(run.returncode == 2, "a preset has its own input")
run = convloom("export", "nn.Conv2d(1, 1, 3)", "--input", "1x5x5", "--beside", "nn.Conv2d(1, 1, 3, padding=1)", "--beside",
               "--preset dilation --view stacked --steps 3", "-o", "three_%d.svg")
check(run.returncode == 0 and len([n for n in os.listdir() if re.fullmatch(r"three_\d\.svg", n)]) == 9, run.stderr)
check("step 4 of 9" in open("three_0.svg", encoding="utf-8").read() and "step 4 of 9" in open("three_8.svg", encoding="utf-8").read(),
      "a figure with a step of its own keeps it")
TWO = ["export", "--preset", "dilation", "--steps", 0, "-o", "x.svg"]
run = convloom("export", "--preset", "padding_strides", "--view", "flat", "--beside", "nn.Conv2d(1, 1, 3, padding=1, bias=False)", "--steps", 0,
               "-o", "code.svg")
check(run.returncode == 0, f"code beside a preset: {run.stderr}")
both = re.findall(r">([^<>]*)</text>", open("code.svg", encoding="utf-8").read()) if run.returncode == 0 else []
check(both.count("11") >= 2, "both begin with the same sum over the same numbers")
refused("--beside: convloom export has no --colour", *TWO, "--beside", "--colour 3")
refused("--beside: --steps 99: this layer has the steps 0..8", *TWO, "--beside", "--preset dilation --steps 99")
refused("Ghosts and notes go with one figure", *TWO, "--beside", "dilation", "--ghosts", "1")
refused("two kinds of page", *TWO, "--beside", "dilation", "--grid", "2x2")
refused("at most 4 stand side by side", *TWO, *["--beside", "dilation"] * 4)
check(not os.path.exists("x.svg"), "refused pages are not written")

# --- a list
write("figures.txt", """# the figures of a chapter
--preset dilation --steps 4 -o one.svg   # a comment

--preset no_padding_strides --caption "A caption: with 'words' and \\"quotes\\"." --steps 0 -o two.pdf
'nn.Conv2d(1, 1, 3)' --input 1x5x5 -o 'with space.svg' --steps 1
""")
run = convloom("export", "--list", "figures.txt")
check(run.returncode == 0 and run.stdout.count("Wrote") == 3, f"{run.stdout} {run.stderr}")
convloom("export", "--preset", "dilation", "--steps", 4, "-o", "alone.svg")
check(open("one.svg").read() == open("alone.svg").read(), "a line writes the bytes of the command")
check(os.path.exists("with space.svg") and os.path.exists("two.pdf"), "quotes keep spaces")
good = "--preset dilation --steps 4 -o early.svg\n"
for line, sentence in (("--preset dilashun -o b.svg", "list.txt, line 2: "), ("--preset dilation --steps 99 -o b.svg", "line 2: --steps 99"),
                       ("--preset dilation --colour red -o b.svg", "line 2: convloom export has no --colour"),
                       ("--preset dilation", "line 2: give -o with a file name."), ("--preset 'dilation -o b.svg", "line 2: the quote ' is not closed."),
                       ("--preset dilation --steps 4 -o ./early.svg", "line 2: ./early.svg: an earlier line writes this file."),
                       ("--preset dilation -o - --format svg", "line 2: -o -: each figure of a list is a file."),
                       ("--preset dilation --list list.txt -o b.svg", "line 2: convloom export has no --list"),
                       ("--preset dilation --note 'input 9,9: x' -o b_%d.svg", "line 2: The note “x”"),
                       ("--preset dilation -o b.svg", "line 2: b.svg: 9 frames need a numbered name")):
    refused(sentence, "export", "--list", write("list.txt", good + line + "\n"))
check(not os.path.exists("early.svg"), "all lines are checked before the first file is written")
refused("there is no figure in it", "export", "--list", write("empty.txt", "# nothing\n\n"))
refused("--list: each line has its own -o", "export", "--list", "figures.txt", "-o", "x.svg")
piped = subprocess.run([os.environ["CONVLOOM"], "export", "--list", "-"], input=good, capture_output=True, text=True, timeout=60)
check(piped.returncode == 0 and os.path.exists("early.svg"), piped.stderr)

end("colours, paper, windows, notes, pages side by side and lists")
