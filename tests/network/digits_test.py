#!/usr/bin/env python3
"""The network that comes with the program: it is named without a file, reads digits of two typefaces, dark on light and
light on dark, and its values are those of OpenCV's dnn."""
import os
import re
import subprocess
import sys
import tempfile

import cv2
import numpy
from PIL import Image, ImageDraw, ImageFont

PROGRAM, TESTS = os.environ["CONVLOOM"], os.environ["TESTS_DIR"]
MODEL = os.path.join(TESTS, "..", "assets", "networks", "digits.onnx")
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120)


def typeface(name):
    found = subprocess.run(["fc-match", "-f", "%{file}", name], capture_output=True, text=True, check=True).stdout
    return ImageFont.truetype(found, 150)


def page(face, digit, ink=20, paper=240):
    image = Image.new("L", (220, 220), paper)
    left, top, right, bottom = face.getbbox(str(digit))
    ImageDraw.Draw(image).text((110 - (left + right) / 2, 110 - (top + bottom) / 2), str(digit), fill=ink, font=face)
    return image


os.chdir(tempfile.mkdtemp())
right = asked = 0
for name in ("Open Sans", "Open Sans:bold"):
    face = typeface(name)
    for digit in range(10):
        for ink, paper in ((20, 240), (230, 10)):
            page(face, digit, ink, paper).save("digit.png")
            done = run("compute", "digits", "--photo", "digit.png")
            first = re.findall(r"^ +([0-9.e-]+)  (\d)$", done.stdout, re.M)
            asked += 1
            right += bool(first) and int(first[0][1]) == digit
expect(right >= asked - 2, f"{right} of {asked} digits are read")

page(typeface("Open Sans"), 7).save("digit.png")
for tensor in ("conv1", "pool1", "relu2", "pool3", "scores", "probabilities"):
    done = run("compute", "digits", "--photo", "digit.png", "--tensor", tensor, "-o", f"{tensor}.npy")
    expect(done.returncode == 0, done.stderr)
run("compute", "digits", "--photo", "digit.png", "--tensor", "image", "-o", "image.npy")
image = numpy.load("image.npy")
expect(image.shape == (1, 1, 28, 28) and image.min() == 0 and image.max() == 1, f"ink on paper: {image.shape}")
net = cv2.dnn.readNetFromONNX(MODEL)
net.setInput(image)
for tensor in ("scores", "probabilities"):
    wanted, made = net.forward(f"onnx_node!{tensor}"), numpy.load(f"{tensor}.npy")
    expect(numpy.abs(made - wanted).max() < 1e-4 * max(1, numpy.abs(wanted).max()), f"{tensor} beside OpenCV")

for words, code, says in ((["info", "digits"], 0, "3 of them convolutions"),
                          (["trace", "digits:conv2", "--photo", "digit.png", "--part", "3,4,5"], 0, '"value"'),
                          (["export", "digits:conv1", "--photo", "digit.png", "--view", "maps", "-o", "maps.svg"], 0, "maps.svg"),
                          (["compute", "digits"], 2, "“image” (1×1×28×28) is missing"),
                          (["export", "digits:relu1", "--photo", "digit.png", "-o", "x.svg"], 2, "no layer that slides")):
    done = run(*words)
    expect(done.returncode == code and says in done.stdout + done.stderr, f"{words}: {done.returncode} {done.stdout[:200]}{done.stderr}")
expect(os.path.getsize(MODEL) < 100_000, "under 100 KB")

print("\n".join(f"FAILED: {fault}" for fault in faults) or f"{right} of {asked} digits are read.")
sys.exit(1 if faults else 0)
