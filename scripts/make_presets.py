#!/usr/bin/env python3
"""Writes the presets into assets/presets, one JSON state each: conv_arithmetic's nineteen figures and the worked
examples of the eight kinds of convolution.

The numbers of the figures (i, p, k, s, d) are those of Dumoulin and Visin's conv_arithmetic; the numeric ones
have their published values. What was published without numbers gets small whole ones, so that every view of it
has something to print.
"""
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "assets" / "presets"

NUMERIC_INPUT = [3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1]
NUMERIC_WEIGHT = [0, 1, 2, 2, 2, 0, 0, 1, 2]

FIGURES = [  # name, title, i, p, k, s, d
    ("no_padding_no_strides", "No padding, unit strides", 4, 0, 3, 1, 1),
    ("arbitrary_padding_no_strides", "Padding of 2, unit strides", 5, 2, 4, 1, 1),
    ("same_padding_no_strides", "Half (same) padding, unit strides", 5, 1, 3, 1, 1),
    ("full_padding_no_strides", "Full padding, unit strides", 5, 2, 3, 1, 1),
    ("no_padding_strides", "No padding, strides of 2", 5, 0, 3, 2, 1),
    ("padding_strides", "Padding of 1, strides of 2", 5, 1, 3, 2, 1),
    ("padding_strides_odd", "Strides of 2 that leave a row unused", 6, 1, 3, 2, 1),
    ("dilation", "Dilation of 2", 7, 0, 3, 1, 2),
]


def whole_numbers(count, seed):
    state, values = seed, []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(state >> 16 & 3)
    return values


def layer(op, size, k, s=1, p=0, d=1, **more):
    rank = len(size)
    return {"op": op, "size": size, "kernel": [k] * rank, "stride": [s] * rank, "padding": [[p, p]] * rank,
            "dilation": [d] * rank, **more}


def write(name, title, view, values, layers, **more):
    state = {"convloom": 1, "name": name, "title": title, "input": values, "layers": layers, "view": view, **more}
    lines = []
    for key, value in state.items():
        text = json.dumps(value)
        if key == "layers":
            text = "[\n  " + ",\n  ".join(json.dumps(one) for one in value) + "\n ]"
        lines.append(f' "{key}": {text}')
    (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def conv_arithmetic():
    for n, (name, title, i, p, k, s, d) in enumerate(FIGURES):
        weight = NUMERIC_WEIGHT if k == 3 else whole_numbers(k * k, 40 + n)
        write(name, title, "stacked", whole_numbers(i * i, 7 + n), [layer("conv", [i, i], k, s, p, d, weight=weight)])
        if name == "dilation":
            continue
        # The transposed one goes from o back to i.
        o = (i + 2 * p - k) // s + 1
        a = (i + 2 * p - k) % s
        write(name + "_transposed", "Transposed: " + title[0].lower() + title[1:], "stacked", whole_numbers(o * o, 20 + n),
              [layer("conv_transpose", [o, o], k, s, p, 1, output_padding=[a, a], weight=weight)])
    for name, title, p, s in [
        ("numerical_no_padding_no_strides", "Convolution: no padding, unit strides", 0, 1),
        ("numerical_padding_strides", "Convolution: padding of 1, strides of 2", 1, 2),
    ]:
        write(name, title, "flat", NUMERIC_INPUT, [layer("conv", [5, 5], 3, s, p, weight=NUMERIC_WEIGHT)])
    write("numerical_average_pooling", "Average pooling", "flat", NUMERIC_INPUT, [layer("avg_pool", [5, 5], 3)])
    write("numerical_max_pooling", "Max pooling", "flat", NUMERIC_INPUT, [layer("max_pool", [5, 5], 3)])


def eight_kinds():
    write("kind_1d", "1D convolution", "signal", [1, 3, 2, 0, 1, 2, 3, 1], [layer("conv", [8], 3, weight=[1, 0, 2])])
    write("kind_2d", "2D convolution on one channel", "flat", NUMERIC_INPUT, [layer("conv", [5, 5], 3, weight=NUMERIC_WEIGHT)])
    write("kind_2d_channels", "2D convolution on three channels", "volume", whole_numbers(75, 3),
          [layer("conv", [5, 5], 3, in_channels=3, weight=whole_numbers(27, 4), bias=[1])])
    write("kind_3d", "3D convolution", "volume", whole_numbers(125, 5), [layer("conv", [5, 5, 5], 3, weight=whole_numbers(27, 6))])
    write("kind_dilated", "Dilated convolution: 3×3 at rate 2 sees 5×5", "stacked", whole_numbers(49, 14),
          [layer("conv", [7, 7], 3, 1, 0, 2, weight=NUMERIC_WEIGHT)])
    write("kind_transposed", "Transposed convolution: 2×2 to 4×4", "stacked", [1, 2, 3, 1],
          [layer("conv_transpose", [2, 2], 3, output_padding=[0, 0], weight=NUMERIC_WEIGHT)])
    write("kind_depthwise_separable", "Depthwise separable convolution: 7×7×3 to 5×5×128", "chain", {"pattern": 8},
          [layer("conv", [7, 7], 3, in_channels=3, out_channels=3, groups=3, weight={"pattern": 9}),
           layer("conv", [5, 5], 1, in_channels=3, out_channels=128, weight={"pattern": 10})])
    write("kind_1x1", "1×1 convolution: 200 channels down to 32, then ReLU", "volume", {"pattern": 11},
          [layer("conv", [6, 6], 1, in_channels=200, out_channels=32, weight={"pattern": 12}, activation="relu")])
    write("kind_standard", "Standard convolution: 7×7×3 to 5×5×128", "volume", {"pattern": 8},
          [layer("conv", [7, 7], 3, in_channels=3, out_channels=128, weight={"pattern": 13})])
    write("kind_grouped", "Grouped convolution: 2 groups, 7×7×4 to 5×5×128", "volume", {"pattern": 15},
          [layer("conv", [7, 7], 3, in_channels=4, out_channels=128, groups=2, weight={"pattern": 16})])


def chain(size, layers, rank=2, **more):
    """Layers (k, d, p), or (kernel of each axis), one channel each, all weights 1."""
    found, now = [], size
    for k, d, p in layers:
        one = layer("conv", [now] * rank, k, 1, p, d, weight=[1] * k**rank, **more)
        found.append(one)
        now = now + 2 * p - d * (k - 1)
    return found


def more():
    write("more_dilations_124", "Dilations 1, 2, 4: every cell of 15×15 is used", "receptive", whole_numbers(17 * 17, 50),
          chain(17, [(3, 1, 0), (3, 2, 0), (3, 4, 0)]), shown=2, step=4)
    write("more_dilations_222", "Dilations 2, 2, 2: a grid of holes", "receptive", whole_numbers(17 * 17, 50),
          chain(17, [(3, 2, 0)] * 3), shown=2, step=12)


FOLDER.mkdir(parents=True, exist_ok=True)
for old in FOLDER.glob("*.json"):
    old.unlink()
conv_arithmetic()
eight_kinds()
more()
