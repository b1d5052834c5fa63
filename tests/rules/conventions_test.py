"""The statements of docs/conventions.md about SciPy, NumPy and OpenCV, checked by running these, and that the program computes
what the document says it computes for each of them. A library that is not installed is left out.
"""
import json
import os
import subprocess

import numpy as np

CONVLOOM = os.environ["CONVLOOM"]
failures = []
checked = 0


def expect(right, what):
    global checked
    checked += 1
    if not right:
        failures.append(what)


def convloom(x, w, before, after, flip=False):
    """The layer of rank 1 with this padding, as the program computes it."""
    padded = np.concatenate([np.zeros(before), x, np.zeros(after)])
    kernel = w[::-1] if flip else w
    return np.array([np.dot(padded[n:n + len(w)], kernel) for n in range(len(padded) - len(w) + 1)])


def compared(a, b, shape):
    told = subprocess.run([CONVLOOM, "compare", a, b, "--input", shape, "--json"], check=True, capture_output=True, text=True)
    return json.loads(told.stdout)


rng = np.random.default_rng(5)
x = rng.integers(-4, 5, 9).astype(float)
for k in range(1, 7):
    w = rng.integers(1, 9, k).astype(float)
    upper = convloom(x, w, (k - 1) // 2, k - 1 - (k - 1) // 2)
    lower = convloom(x, w, k // 2, k - 1 - k // 2)
    # NumPy's "same" is the convolution whose stored kernel has its origin at (k - 1) // 2: flipped, that is k // 2.
    expect(np.allclose(np.convolve(x, w, "same"), convloom(x, w, k // 2, k - 1 - k // 2, flip=True)), f"numpy.convolve, k = {k}")
    try:
        from scipy import ndimage, signal
        expect(np.allclose(ndimage.correlate(x, w, mode="constant"), lower), f"ndimage.correlate, k = {k}")
        # As stored, cell k // 2 lies on the output's cell; rotated, it is cell (k - 1) // 2 of the window.
        expect(np.allclose(ndimage.convolve(x, w, mode="constant"), convloom(x, w, (k - 1) // 2, k - 1 - (k - 1) // 2, flip=True)),
               f"ndimage.convolve, k = {k}")
        expect(np.allclose(signal.convolve(x, w, "same"), convloom(x, w, k // 2, k - 1 - k // 2, flip=True)), f"signal.convolve, k = {k}")
    except ImportError:
        pass
    try:
        import cv2
        told = cv2.filter2D(x[None].astype(np.float32), cv2.CV_32F, w[None].astype(np.float32), borderType=cv2.BORDER_CONSTANT)[0]
        expect(np.allclose(told, lower), f"cv2.filter2D, k = {k}")
    except ImportError:
        pass
    try:
        import torch
        told = torch.nn.functional.conv1d(torch.tensor(x)[None, None], torch.tensor(w)[None, None], padding="same")[0, 0].numpy()
        expect(np.allclose(told, upper), f"torch same, k = {k}")
    except ImportError:
        pass

# Names of borders, as they are around a b c d.
row = np.arange(4.0)
NAMES = {   # NumPy, SciPy, OpenCV
    "reflect": ("reflect", "mirror", "BORDER_REFLECT_101"),
    "replicate": ("edge", "nearest", "BORDER_REPLICATE"),
    "circular": ("wrap", "wrap", "BORDER_WRAP"),
    "symmetric": ("symmetric", "reflect", "BORDER_REFLECT"),
}
DOCUMENT = {"reflect": "d c b a b c d c b a", "replicate": "a a a a b c d d d d", "circular": "b c d a b c d a b c",
            "symmetric": "c b a a b c d d c b"}
for name, (in_numpy, in_scipy, in_cv) in NAMES.items():
    around = np.pad(row, 3, mode=in_numpy)
    expect(" ".join("abcd"[int(v)] for v in around) == DOCUMENT[name], f"the document's row of {name}")
    try:
        from scipy import ndimage
        shifted = ndimage.correlate(row, np.array([1.0, 0, 0, 0, 0]), mode=in_scipy)
        expect(np.array_equal(shifted, around[1:5]), f"scipy {in_scipy}")
    except ImportError:
        pass
    try:
        import cv2
        told = cv2.copyMakeBorder(row[None], 0, 0, 3, 3, getattr(cv2, in_cv))[0]
        expect(np.array_equal(told, around), f"cv2 {in_cv}")
    except ImportError:
        pass

# The program agrees with the table of origins: SAME_LOWER is SAME_UPPER moved by one cell for even kernels only.
even = compared("nn.Conv1d(1, 1, 4)  # padding 1+2", "same_lower", "1x9")
expect(even["differing"] > 0 and "its cell 1 in A and 2 in B" in even["why"], "the origins of an even kernel")
flipped = compared("nn.Conv1d(1, 1, 3)", "flip", "1x9")
expect("true convolution" in flipped["why"], "convolution and correlation")
average = compared("nn.AvgPool1d(3, 2, 1)", "count_include_pad", "1x9")
expect(average["settings"] == [{"name": "count_include_pad", "a": "on", "b": "off"}], "averages")

with open(os.path.join(os.environ["TESTS_DIR"], "..", "docs", "conventions.md"), encoding="utf-8") as file:
    text = file.read()
for line in DOCUMENT.values():
    expect(line in text, f"“{line}” is in the document")

assert not failures, "\n".join(failures)
print(f"{checked} statements checked")
