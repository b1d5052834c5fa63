#!/usr/bin/env python3
"""The network that comes with the program: it is named without a file, reads digits of typefaces that it was not trained on, dark
on light and light on dark, small and large, and the values of all its tensors are those of OpenCV's dnn."""
import os
import re
import subprocess
import sys
import tempfile

import cv2
import numpy
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check as expect, convloom as run, end  # noqa: E402

MODEL = os.path.join(os.environ["TESTS_DIR"], "..", "assets", "networks", "digits.onnx")


def typeface(name, size=150):
    family, found = subprocess.run(["fc-match", "-f", "%{family[0]}\n%{file}", name], capture_output=True, text=True,
                                   check=True).stdout.split("\n")
    if family != name.split(":")[0]:   # another in its place would say nothing about this one
        sys.exit(f"The typeface {name} is not installed.")
    return ImageFont.truetype(found, size)


def page(face, digit, ink=20, paper=240):
    image = Image.new("L", (220, 220), paper)
    left, top, right, bottom = face.getbbox(str(digit))
    ImageDraw.Draw(image).text((110 - (left + right) / 2, 110 - (top + bottom) / 2), str(digit), fill=ink, font=face)
    return image


os.chdir(tempfile.mkdtemp())
right = asked = 0
for name in ("Comic Neue", "Comic Neue:bold", "Quicksand", "Quicksand:bold"):   # HELD_OUT in scripts/train_digits.py
    for size, ink, paper in ((150, 20, 240), (150, 230, 10), (240, 20, 240), (105, 90, 200)):
        face = typeface(name, size)
        for digit in range(10):
            page(face, digit, ink, paper).save("digit.png")
            done = run("compute", "digits", "--photo", "digit.png")
            first = re.findall(r"^ +([0-9.e-]+)  (\d)$", done.stdout, re.M)
            asked += 1
            right += bool(first) and int(first[0][1]) == digit
expect(right >= 0.9 * asked, f"{right} of {asked} digits are read")

# Small ones, large ones, and those in a corner of their picture.
far = 0
for digit in range(10):
    for size, x, y in ((18, 110, 110), (18, 20, 190), (40, 180, 60), (130, 150, 80), (280, 110, 110)):
        face = typeface("Comic Neue", size)
        image = Image.new("L", (220, 220), 235)
        left, top, right_edge, bottom = face.getbbox(str(digit))
        ImageDraw.Draw(image).text((x - (left + right_edge) / 2, y - (top + bottom) / 2), str(digit), fill=30, font=face)
        image.save("digit.png")
        first = re.findall(r"^ +([0-9.e-]+)  (\d)$", run("compute", "digits", "--photo", "digit.png").stdout, re.M)
        far += bool(first) and int(first[0][1]) == digit
expect(far >= 45, f"{far} of 50 small, large and far digits are read")
Image.new("L", (220, 220), 235).save("blank.png")
done = run("compute", "digits", "--photo", "blank.png")
expect(done.returncode == 0 and "“image” has one value throughout" in done.stderr, f"a blank page: {done.stderr}")

page(typeface("Open Sans"), 7).save("digit.png")
done = run("compute", "digits", "--photo", "digit.png", "--all-tensors", "-o", "all.npz")
expect(done.returncode == 0, done.stderr)
tensors = dict(numpy.load("all.npz"))
image = tensors["image"]
expect(image.shape == (1, 1, 28, 28) and image.min() == 0 and image.max() == 1, f"ink on paper: {image.shape}")
net = cv2.dnn.readNetFromONNX(MODEL)
net.enableFusion(False)   # a fused convolution has the values of its ReLU
net.setInput(image)
for tensor in [f"{kind}{n}" for n in (1, 2, 3) for kind in ("conv", "relu", "pool")] + ["flat", "scores", "probabilities"]:
    wanted, made = net.forward(f"onnx_node!{tensor}"), tensors[tensor]
    expect(made.shape == wanted.shape and numpy.abs(made - wanted).max() < 1e-5 * max(1, numpy.abs(wanted).max()),
           f"{tensor} beside OpenCV")

for words, code, says in ((["info", "digits"], 0, "3 of them convolutions"),
                          (["trace", "digits:conv2", "--photo", "digit.png", "--part", "3,4,5"], 0, '"value"'),
                          (["export", "digits:conv1", "--photo", "digit.png", "--view", "maps", "-o", "maps.svg"], 0, "maps.svg"),
                          (["compute", "--help"], 0, "comes with the program: digits"),
                          (["info", "--help"], 0, "comes with the program: digits"),
                          (["compute", "digits"], 2, "“image” (1×1×28×28) is missing"),
                          (["export", "digits:relu1", "--photo", "digit.png", "-o", "x.svg"], 2, "no layer that slides")):
    done = run(*words)
    expect(done.returncode == code and says in " ".join((done.stdout + done.stderr).split()), f"{words}: {done.returncode} {done.stdout[:200]}{done.stderr}")
expect(os.path.getsize(MODEL) < 100_000, "under 100 KB")

end(f"{right} of {asked} digits are read.")
