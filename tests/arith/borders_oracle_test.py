#!/usr/bin/env python3
"""Padding modes in each library's words, by the command line, against numpy.pad, scipy.ndimage and OpenCV themselves."""
import json
import os
import subprocess
import sys

import cv2
import numpy as np
from scipy import ndimage

CONVLOOM = os.environ["CONVLOOM"]
rng = np.random.default_rng(7)

NUMPY = ["constant", "reflect", "symmetric", "edge"]          # its wrap before 1.25 goes wrong beyond the size
OPENCV = ["BORDER_CONSTANT", "BORDER_REFLECT_101", "BORDER_DEFAULT", "BORDER_REFLECT", "BORDER_REPLICATE", "BORDER_WRAP"]
SCIPY = ["constant", "grid-constant", "mirror", "reflect", "grid-mirror", "nearest", "wrap", "grid-wrap"]


def by_scipy(row, before, after, mode):
    """A kernel of zeros and a one moves the row, so that its border comes into sight cell by cell."""
    reach = max(before, after)
    padded = []
    for shift in list(range(-before, 0)) + list(range(len(row), len(row) + after)):
        at = min(max(shift, 0), len(row) - 1)
        kernel = np.zeros(2 * reach + 1)
        kernel[reach + shift - at] = 1
        padded.append(ndimage.correlate1d(row, kernel, mode=mode)[at])
    return np.concatenate([padded[:before], row, padded[before:]])


wanted = []
for n in range(120):
    size = int(rng.integers(1, 7))
    row = rng.integers(-9, 10, size).astype(np.float64)
    before, after = (int(p) for p in rng.integers(0, 14, 2))
    for mode in NUMPY:
        # One side at a time: before 2.0 NumPy goes wrong where both are wide and differ.
        padded = np.concatenate([np.pad(row, (before, 0), mode)[:before], np.pad(row, (0, after), mode)])
        wanted.append((f"numpy:{mode}", row, before, after, padded))
    for mode in OPENCV:
        padded = cv2.copyMakeBorder(row.reshape(1, -1), 0, 0, before, after, getattr(cv2, mode)).ravel()
        wanted.append((f"opencv:{mode}", row, before, after, padded))
    for mode in SCIPY:
        if n % 10 == 0:
            wanted.append((f"scipy:{mode}", row, before, after, by_scipy(row, before, after, mode)))

cases = [{"name": str(n), "op": "conv", "rank": 1, "input_shape": [1, 1, len(row)], "weight_shape": [1, 1, 1],
          "padding": [[before, after]], "padding_mode": mode, "input": row.tolist(), "weight": [1]}
         for n, (mode, row, before, after, _) in enumerate(wanted)]
with open("cases.json", "w") as file:
    json.dump({"format": "one object per case", "cases": cases}, file)
lines = subprocess.run([CONVLOOM, "compute", "cases.json"], capture_output=True, text=True).stdout.splitlines()
failures = 0
for (mode, row, before, after, padded), line in zip(wanted, lines):
    got = json.loads(line)
    if got.get("output") != padded.tolist():
        failures += 1
        print(f"{mode} of {row.tolist()} by {before} and {after}: {got}, not {padded.tolist()}")
if len(lines) != len(wanted):
    sys.exit(f"{len(lines)} results for {len(wanted)} cases")
sys.exit(failures > 0)
