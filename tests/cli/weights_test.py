"""Weights by name, from .npz, .safetensors and .npy files: the outputs are those of NumPy's and PyTorch's own arithmetic with
the same weights, and files that do not fit or are damaged are refused in one sentence."""
import json
import os
import struct
import sys
import tempfile
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from checks import check, convloom, end  # noqa: E402

os.chdir(tempfile.mkdtemp())
random = numpy.random.default_rng(5)


def some(*shape):
    return random.integers(-8, 9, shape).astype(numpy.float32) / 8


def convolve(x, w, b, padding=0):
    x = numpy.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    windows = numpy.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return numpy.einsum("chwij,ocij->ohw", windows, w) + b[:, None, None]


def safetensors(path, arrays, metadata=None):
    """As the safetensors library writes it."""
    kinds = {"float32": "F32", "float16": "F16", "float64": "F64", "int8": "I8"}
    header, data = ({"__metadata__": metadata} if metadata else {}), b""
    for name, array in arrays.items():
        kind = "BF16" if array.dtype == numpy.uint16 else kinds[str(array.dtype)]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + data)


def computed(*words):
    run = convloom("compute", *words)
    if run.returncode != 0:
        return f"{run.returncode}: {run.stderr}"
    made = json.loads(run.stdout)
    return numpy.array(made["output"], numpy.float32).reshape(made["output_shape"][1:])


def same(got, wanted, what):
    fits = not isinstance(got, str) and got.shape == wanted.shape and numpy.allclose(got, wanted, atol=1e-4)
    check(fits, f"{what}: {got if isinstance(got, str) else 'other values'}")


def refused(sentence, *words):
    run = convloom("compute", *words)
    lines = run.stderr.strip().splitlines()
    check(run.returncode == 2 and len(lines) == 1 and sentence in run.stderr, f"{sentence!r}, not {run.returncode} {run.stderr!r}")


x = some(2, 7, 6)
numpy.save("x.npy", x)
# Eleven blocks, so that conv2 stands before conv10 by its number only; one layer is chosen by its name.
net = {}
for n in range(1, 12):
    net[f"conv{n}.weight"], net[f"conv{n}.bias"] = some(2, 2, 3, 3), some(2)
numpy.savez("net.npz", **net)
safetensors("net.safetensors", dict(sorted(net.items())), {"format": "pt"})
code = "nn.Sequential(" + ", ".join(["nn.Conv2d(2, 2, 3, padding=1)"] * 11) + ")"
wanted = x
for n in range(1, 12):
    wanted = convolve(wanted, net[f"conv{n}.weight"], net[f"conv{n}.bias"], 1)
for file in ["net.npz", "net.safetensors"]:
    got = computed("--layers", code, "--data", "x.npy", "--weights", file)
    check(not isinstance(got, str) and numpy.abs(got - wanted).max() <= 1e-4 * numpy.abs(wanted).max(), f"eleven layers of {file}")
    same(computed("--layers", "nn.Conv2d(2, 2, 3)", "--data", "x.npy", "--weights", f"{file}:conv10"),
         convolve(x, net["conv10.weight"], net["conv10.bias"]), f"{file}:conv10")
    same(computed("--layers", "nn.Conv2d(2, 2, 3)", "--data", "x.npy", "--weights", f"{file}:conv10.weight"),
         convolve(x, net["conv10.weight"], numpy.zeros(2)), "a weight alone has a bias of 0")

# One array without a name; other kinds of numbers; Keras's order of the axes and its names.
w, b = some(3, 2, 3, 2), some(3)
numpy.save("w.npy", w)
same(computed("--layers", "nn.Conv2d(2, 3, (3, 2), bias=False)", "--data", "x.npy", "--weights", "w.npy"),
     convolve(x, w, numpy.zeros(3)), "w.npy")
for kind in [numpy.float16, numpy.float64]:
    safetensors("w.safetensors", {"w.weight": w.astype(kind), "w.bias": b.astype(kind)})
    same(computed("--layers", "nn.Conv2d(2, 3, (3, 2))", "--data", "x.npy", "--weights", "w.safetensors"), convolve(x, w, b), kind)
safetensors("w.safetensors", {"w.weight": (w.view(numpy.uint32) >> 16).astype(numpy.uint16)})
same(computed("--layers", "nn.Conv2d(2, 3, (3, 2), bias=False)", "--data", "x.npy", "--weights", "w.safetensors"),
     convolve(x, w, numpy.zeros(3)), "bfloat16")
numpy.savez("keras.npz", **{"conv2d/kernel:0": w.transpose(2, 3, 1, 0), "conv2d/bias:0": b})
same(computed("--layers", "nn.Conv2d(2, 3, (3, 2))", "--data", "x.npy", "--weights", "keras.npz"), convolve(x, w, b), "keras")

# Pictures, traces and links take them; a preset does as well.
numpy.savez("three.npz", weight=some(1, 1, 3, 3))
for words in [["export", "nn.Conv2d(2, 2, 3)", "--data", "x.npy", "--weights", "net.npz:conv1", "--steps", "0", "-o", "a.svg"],
              ["export", "--preset", "kind_2d", "--weights", "three.npz", "--steps", "0", "-o", "b.svg"],
              ["trace", "--layers", "nn.Conv2d(2, 2, 3)", "--data", "x.npy", "--weights", "net.npz:conv1", "--format", "npz", "-o", "t.npz"]]:
    run = convloom(*words)
    check(run.returncode == 0 and Path(words[-1]).exists(), f"{words[:3]}: {run.stderr}")
if Path("t.npz").exists():
    check((numpy.load("t.npz")["tap_w"][:18] == net["conv1.weight"][0].ravel()).all(), "the trace's weights")

layer = ["--layers", "nn.Conv2d(2, 4, 3)", "--data", "x.npy", "--weights"]
refused("layer 1, a convolution, needs weights of 4×2×3×3; there are conv1.bias 2, conv1.weight 2×2×3×3, conv2.bias 2", *layer, "net.npz")
refused("it holds no array “conv12”; there are", *layer, "net.npz:conv12")
refused("give a .npy, .npz or .safetensors file", *layer, "model.pt")
refused("Cannot read missing.npz", *layer, "missing.npz")
whole = Path("net.safetensors").read_bytes()
npz = Path("net.npz").read_bytes()
for name, data, sentence in [
        ("cut.safetensors", whole[:-8], "outside of the file"),
        ("head.safetensors", whole[:60], "cut off or damaged"),
        ("long.safetensors", struct.pack("<Q", 2 ** 63) + whole[8:], "cut off or damaged"),
        ("text.safetensors", b"not arrays at all", "This is no .npy, .npz or .safetensors file."),
        ("size.safetensors", whole.replace(b"[2, 2, 3, 3]", b"[2, 2, 3, 9]", 1), "does not take"),
        ("kind.safetensors", whole.replace(b'"F32"', b'"C64"', 1), "of the kind “C64”"),
        ("cut.npz", npz[:-40], "is no zip archive, or it is damaged"),
        ("empty.npz", b"PK\x05\x06" + bytes(18), "The file holds no arrays.")]:
    Path(name).write_bytes(data)
    refused(sentence, *layer, name)
net["conv1.weight"][0, 0, 0, 0] = numpy.nan
safetensors("nan.safetensors", net)
refused("is not finite", *layer, "nan.safetensors")
end("Weights of 11 layers, 3 kinds of files, 4 kinds of numbers.")
