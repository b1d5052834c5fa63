#!/usr/bin/env python3
"""The user's own input, kernel and bias on the command line, as text and as files, against NumPy and SciPy."""
import itertools
import json
import os
import subprocess

import numpy as np
from scipy import signal

CONVLOOM = os.environ["CONVLOOM"]
rng = np.random.default_rng(3)


def run(*words, status=0):
    result = subprocess.run([CONVLOOM, *words], capture_output=True, text=True)
    assert result.returncode == status, (words, result.returncode, result.stderr)
    return result.stdout if status == 0 else result.stderr


def computed(*words):
    answer = json.loads(run("compute", *words))
    return np.array(answer["output"], np.float32).reshape(answer["output_shape"][1:])


def text(array):
    """"1 2; 3 4", with planes divided by |."""
    if array.ndim == 1:
        return " ".join(str(x) for x in array)
    return (" | " if array.ndim == 3 else "; ").join(text(part) for part in array)


def convolved(data, kernel):
    """Cross-correlation of (C, H, W) with (O, C, kh, kw)."""
    return np.stack([sum(signal.correlate(d, k, mode="valid") for d, k in zip(data, filters)) for filters in kernel])


table = rng.integers(-3, 4, (5, 6))
weights = rng.integers(-2, 3, (3, 2))
plain = convolved(table[None].astype(float), weights[None, None].astype(float))
assert np.array_equal(computed("--kernel", text(weights) + ";", "--data", text(table)), plain)
assert np.array_equal(computed("--kernel", text(weights) + ";", "--data", text(table), "--bias", "5"), plain + 5)
with open("table.csv", "w") as file:
    file.write("\n".join(",".join(str(x) for x in row) for row in table) + "\n")
assert np.array_equal(computed("--kernel", text(weights) + ";", "--data", "table.csv"), plain)
assert np.array_equal(computed("--layers", "nn.Conv2d(1, 1, (3, 2))", "--kernel", text(weights) + ";", "--data", "table.csv"), plain)

# Several channels and filters, of every kind of number that NumPy saves.
data, kernel, bias = rng.integers(0, 9, (3, 6, 7)), rng.integers(0, 5, (4, 3, 3, 3)), rng.integers(0, 9, 4)
expected = convolved(data.astype(float), kernel.astype(float)) + bias[:, None, None]
for kind, order in itertools.product(["<f4", ">f4", "<f8", "|i1", "|u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8"], "CF"):
    np.save("data.npy", np.array(data, kind, order=order))
    np.save("kernel.npy", np.array(kernel, kind, order=order))
    np.save("bias.npy", bias.astype(kind))
    got = computed("--kernel", "kernel.npy", "--data", "data.npy", "--bias", "bias.npy")
    assert np.array_equal(got, expected), (kind, order, got, expected)
np.save("batch.npy", data[None].astype(np.float32))
assert np.array_equal(computed("--kernel", "kernel.npy", "--data", "batch.npy", "--bias", "bias.npy"), expected)
assert np.array_equal(computed("--kernel", "kernel.npy", "--data", text(data), "--bias", "bias.npy"), expected)
with open("data.json", "w") as file:
    json.dump(data.tolist(), file)
assert np.array_equal(computed("--kernel", "kernel.npy", "--data", "data.json", "--bias", "bias.npy"), expected)
assert np.array_equal(computed("--layers", "nn.Conv2d(3, 4, 3)", "--kernel", "kernel.npy", "--data", "data.npy", "--bias", "bias.npy"), expected)

# One filter over several channels, and rows as sequences.
one = rng.integers(0, 5, (3, 2, 2))
assert np.array_equal(computed("--kernel", text(one), "--data", text(data)), convolved(data.astype(float), one[None].astype(float)))
assert computed("--kernel", "1 2 1", "--data", "1 2 3 4").tolist() == [[8, 12]]
assert computed("--kernel", "1 0 | 0 1", "--data", "1 2 3 | 4 5 6").tolist() == [[6, 8]]
assert computed("--op", "max_pool", "--kernel", "2", "--data", "1 2; 3 4").tolist() == [[[4]]]
assert computed("--op", "transposed", "--kernel", "1 2; 3 4", "--data", "1 2; 3 4", "--stride", "2").shape == (1, 4, 4)
assert computed("--kernel", "1.0", "--data", "1 2 3 4", "--padding", "6", "--padding-mode", "opencv:BORDER_REFLECT").ravel().tolist() == \
    np.pad([1, 2, 3, 4], 6, "symmetric").tolist()

# The other commands take the same words.
words = ["--kernel", text(weights) + ";", "--data", "table.csv", "--bias", "1/2"]
assert f"values          {(plain[0] + 0.5).tolist()}" in run("info", *words).replace(".0", ""), run("info", *words)
steps = json.loads(run("trace", *words))["steps"]
assert [step["value"] for step in steps] == (plain + 0.5).ravel().tolist()
run("export", *words, "--title", "Mine", "--steps", "0", "-o", "own.svg")
picture = open("own.svg").read()
assert ">Mine<" in picture and f">{table[0][5]}<".replace("-", "−") in picture
assert json.loads(run("scene", *words, "--step", "3"))["planes"]
assert "state=" in run("link", *words, "--step", "3")

# Damaged files give a sentence, and nothing is allocated for numbers that a file does not have.
good = open("data.npy", "rb").read()
for name, content, says in [("cut.npy", good[:-1], "cut off"), ("head.npy", good[:9], "not an .npy"), ("text.npy", b"1 2 3", "not an .npy"),
                            ("huge.npy", good.replace(b"(3, 6, 7)", b"(999999, 6)"), "more than"), ("zero.npy", good.replace(b"(3, 6, 7)", b"(0, 6, 7)"), "no numbers"),
                            ("dict.npy", good.replace(b"'shape'", b"'shope'"), "damaged")]:
    open(name, "wb").write(content)
    complaint = run("info", "--kernel", "3", "--data", name, status=2)
    assert says in complaint and name in complaint and complaint.count("\n") == 1, (name, complaint)
np.save("complex.npy", np.zeros(3, complex))
assert "“<c16”" in run("info", "--kernel", "3", "--data", "complex.npy", status=2)
np.save("nan.npy", np.array([1, np.nan]))
assert "not finite" in run("info", "--kernel", "3", "--data", "nan.npy", status=2)
