#!/usr/bin/env python3
"""Writes the cases of deformable and partial convolutions in tests/conformance.

    scripts/make_listed_cases.py

Deformable convolutions are computed by torchvision.ops.deform_conv2d (apt-get install python3-torchvision), partial
convolutions with NumPy, by the formula of Liu et al., "Image Inpainting for Irregular Holes Using Partial Convolutions"
(2018), and with the ratio that their published code uses: all cells of a window over those that are not in a hole.
"""
import json
import os

import numpy as np
import torch
import torchvision

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "conformance")
random = np.random.default_rng(17)


def quarters(shape, most):
    """Multiples of a quarter, so that sums of products are exact in float32."""
    return random.integers(-4 * most, 4 * most + 1, shape) / 4


def layer_fields(op, size, channels, out, kernel, stride, padding, dilation, groups, bias):
    n, m = size
    case = {
        "op": op, "rank": 2, "input_shape": [1, channels, n, m], "weight_shape": [out, channels // groups, *kernel],
        "stride": list(stride), "padding": [[padding[0]] * 2, [padding[1]] * 2], "dilation": list(dilation),
        "groups": groups,
        "input": quarters((channels, n, m), 8), "weight": quarters((out, channels // groups, *kernel), 2),
    }
    if bias:
        case["bias"] = quarters((out,), 3)
    shape = [(i + 2 * p - d * (k - 1) - 1) // s + 1
             for i, p, d, k, s in zip(size, padding, dilation, kernel, stride)]
    return case, shape


def finished(case, name, output, exact):
    written = {"name": name}
    for key, value in case.items():
        written[key] = [float(v) for v in value.ravel()] if isinstance(value, np.ndarray) else value
    written |= {"output_shape": [1, *output.shape], "output": [float(v) for v in output.ravel()], "exact": exact,
                "tolerance": 1e-5}
    return written


def deformable(name, offset_groups=1, modulated=False, wide=False, fine=False, **numbers):
    case, (high, wide_out) = layer_fields("deform_conv", **numbers)
    kernel = numbers["kernel"][0] * numbers["kernel"][1]
    shape = (2 * kernel * offset_groups, high, wide_out)
    case["offset"] = quarters(shape, 6 if wide else 1)
    if fine:   # not exact in float32
        case["offset"] = random.uniform(-2, 2, shape).astype(np.float32)
    if offset_groups > 1:
        case["offset_groups"] = offset_groups
    case["modulated"] = modulated
    if modulated:
        case["mask"] = random.integers(0, 5, (kernel * offset_groups, high, wide_out)) / 4
    tensor = {key: torch.tensor(case[key], dtype=torch.float64) for key in ("input", "offset", "weight")}
    output = torchvision.ops.deform_conv2d(
        tensor["input"][None], tensor["offset"][None], tensor["weight"],
        torch.tensor(case["bias"], dtype=torch.float64) if "bias" in case else None,
        stride=numbers["stride"], padding=numbers["padding"], dilation=numbers["dilation"],
        mask=torch.tensor(case["mask"], dtype=torch.float64)[None] if modulated else None)
    return finished(case, name, output[0].numpy(), not fine)


def partial(name, holes, count_include_pad=True, **numbers):
    case, (high, wide) = layer_fields("partial_conv", **numbers)
    x, w = case["input"], case["weight"]
    mask = (random.random(x.shape[1:]) >= holes).astype(float)
    case["mask"] = mask
    case["count_include_pad"] = count_include_pad
    (kh, kw), (sh, sw), (dh, dw) = numbers["kernel"], numbers["stride"], numbers["dilation"]
    rims = [(p, p) for p in numbers["padding"]]
    padded = np.pad(x * mask, [(0, 0), *rims])
    valid = np.pad(mask, rims)
    counted = np.pad(np.ones_like(mask), rims, constant_values=float(count_include_pad))
    output = np.zeros((len(w), high, wide))
    per_group = len(w) // numbers["groups"]
    for o in range(len(w)):
        first = o // per_group * w.shape[1]
        for r in range(high):
            for c in range(wide):
                at = (slice(r * sh, r * sh + dh * (kh - 1) + 1, dh), slice(c * sw, c * sw + dw * (kw - 1) + 1, dw))
                cells = valid[at].sum()
                if cells == 0:
                    continue
                total = (padded[(slice(first, first + w.shape[1]), *at)] * w[o]).sum()
                output[o, r, c] = total * counted[at].sum() / cells + (case["bias"][o] if "bias" in case else 0)
    return finished(case, name, output, False)


def plain(**changes):
    return {"size": (5, 6), "channels": 1, "out": 1, "kernel": (3, 3), "stride": (1, 1), "padding": (0, 0),
            "dilation": (1, 1), "groups": 1, "bias": False} | changes


def write(name, cases):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        file.write('{"format": "convloom cases", "cases": [\n')
        file.write(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
        file.write("\n]}\n")


write("deform_conv_2d.json", [
    deformable("deform_plain", **plain()),
    deformable("deform_bias_padding", **plain(padding=(1, 1), bias=True)),
    deformable("deform_far_outside", wide=True, **plain(padding=(1, 2))),
    deformable("deform_stride_dilation", **plain(size=(7, 8), stride=(2, 1), dilation=(1, 2), padding=(1, 0))),
    deformable("deform_kernel_2x3", **plain(kernel=(2, 3))),
    deformable("deform_one_cell", **plain(kernel=(1, 1), size=(4, 4))),
    deformable("deform_channels", **plain(channels=3, out=2, bias=True, size=(4, 4))),
    deformable("deform_groups", **plain(channels=4, out=4, groups=2, size=(4, 5), padding=(1, 1))),
    deformable("deform_offset_groups", offset_groups=2, **plain(channels=4, out=2, size=(4, 4))),
    deformable("deform_both_groups", offset_groups=4, modulated=True,
               **plain(channels=4, out=4, groups=2, size=(4, 4), bias=True)),
    deformable("deform_modulated", modulated=True, **plain(padding=(1, 1))),
    deformable("deform_modulated_stride", modulated=True, wide=True, **plain(size=(8, 7), stride=(2, 2), bias=True)),
    deformable("deform_fine", fine=True, modulated=True, **plain(channels=2, out=2, padding=(1, 1))),
])
write("partial_conv_2d.json", [
    partial("partial_no_holes", 0, **plain(bias=True)),
    partial("partial_holes", 0.4, **plain(bias=True)),
    partial("partial_many_holes", 0.85, **plain(size=(7, 7), bias=True)),
    partial("partial_padding", 0.3, **plain(padding=(1, 1), bias=True)),
    partial("partial_padding_not_counted", 0.3, count_include_pad=False, **plain(padding=(1, 1), bias=True)),
    partial("partial_stride_dilation", 0.5, **plain(size=(8, 9), stride=(2, 2), dilation=(2, 1), padding=(1, 2))),
    partial("partial_groups", 0.5, **plain(channels=4, out=4, groups=2, kernel=(2, 3))),
])
