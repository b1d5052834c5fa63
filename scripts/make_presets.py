#!/usr/bin/env python3
"""Writes the presets into assets/presets, one JSON state each: conv_arithmetic's nineteen figures and the worked
examples of the eight kinds of convolution, then more_*, which show the views, chains and data of volumes.

The numbers of the figures (i, p, k, s, d) are those of Dumoulin and Visin's conv_arithmetic; the numeric figures have
their published values. Figures published without values get small integers, so that every view has something to print.
"""
import json
import math
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "assets" / "presets"

NUMERIC_INPUT = [3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1]
NUMERIC_WEIGHT = [0, 1, 2, 2, 2, 0, 0, 1, 2]

FIGURES = [   # name, title, i, p, k, s, d
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
        # The transposed figure goes from o back to i.
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


def chain(size, layers, rank=2, padding=None):
    """Layers (k, d) on one channel, every weight 1; the padding of each axis follows from the kernel's extent."""
    found, now = [], size
    for k, d in layers:
        reach = d * (k - 1)
        before, after = padding(reach) if padding else (0, 0)
        one = layer("conv", [now] * rank, k, 1, 0, d, weight=[1] * k**rank)
        one["padding"] = [[before, after]] * rank
        found.append(one)
        now += before + after - reach
    return found


def phantom(slices, rows, columns):
    """A head as in a scan, slice by slice: skull 3, tissue 1, two cavities 0, a bright spot 3."""
    def inside(z, y, x, centre, radii):
        return sum(((v - c) / r) ** 2 for v, c, r in zip((z, y, x), centre, radii)) <= 1

    middle = ((slices - 1) / 2, (rows - 1) / 2, (columns - 1) / 2)
    values = []
    for z in range(slices):
        for y in range(rows):
            for x in range(columns):
                value = 0
                if inside(z, y, x, middle, (slices * 0.56, rows * 0.5, columns * 0.46)):
                    value = 3
                if inside(z, y, x, middle, (slices * 0.46, rows * 0.38, columns * 0.34)):
                    value = 1
                for side in (-1, 1):
                    if inside(z, y, x, (middle[0], middle[1] - 0.5, middle[2] + 1.4 * side), (slices * 0.25, 1.5, 0.8)):
                        value = 0
                if inside(z, y, x, (middle[0] + 1, middle[1] + 2.2, middle[2]), (1.2, 1.1, 1.1)):
                    value = 3
                values.append(value)
    return values


def moving_square(frames, rows, columns, side=3):
    """A square of 3 that moves one cell to the right in every frame and one down in every second frame."""
    values = []
    for t in range(frames):
        for y in range(rows):
            for x in range(columns):
                values.append(3 if t // 2 + 1 <= y < t // 2 + 1 + side and t <= x < t + side else 0)
    return values


def with_kernel(one, kernel, weight):
    return {**one, "kernel": kernel, "weight": weight}


def more_views():
    write("more_matrix", "A convolution as a matrix", "matrix", NUMERIC_INPUT, [layer("conv", [5, 5], 3, weight=NUMERIC_WEIGHT)], step=4)
    write("more_matrix_transposed", "A transposed convolution as a matrix", "matrix", [1, 2, 3, 1],
          [layer("conv_transpose", [2, 2], 3, output_padding=[0, 0], weight=NUMERIC_WEIGHT)], step=5)
    write("more_im2col", "im2col: windows as columns, two filters", "im2col", NUMERIC_INPUT,
          [layer("conv", [5, 5], 3, out_channels=2, weight=NUMERIC_WEIGHT + [1, 0, -1, 2, 0, -2, 1, 0, -1])], step=4)
    write("more_checkerboard", "Kernel 3, stride 2: a checkerboard", "readings", [1, 2, 0, 3, 1, 2, 2, 0, 1],
          [layer("conv_transpose", [3, 3], 3, 2, output_padding=[0, 0], weight=NUMERIC_WEIGHT)], step=16)
    write("more_no_checkerboard", "Kernel 4, stride 2: no checkerboard", "readings", [1, 2, 0, 3, 1, 2, 2, 0, 1],
          [layer("conv_transpose", [3, 3], 4, 2, 1, output_padding=[0, 0], weight=[1, 2, 2, 1, 2, 3, 3, 2, 2, 3, 3, 2, 1, 2, 2, 1])], step=14)
    write("more_two_steps", "Three channels in two steps", "channels", whole_numbers(75, 3),
          [layer("conv", [5, 5], 3, in_channels=3, weight=whole_numbers(27, 4), bias=[1])], step=4)
    write("more_groups", "Two groups: each filter sees half of the channels", "channels", whole_numbers(4 * 25, 60),
          [layer("conv", [5, 5], 3, in_channels=4, out_channels=6, groups=2, weight=whole_numbers(6 * 2 * 9, 61))], step=31)
    write("more_padding_modes", "Padding modes: what surrounds the input", "padding", NUMERIC_INPUT,
          [layer("conv", [5, 5], 3, 1, 2, padding_mode="reflect", weight=NUMERIC_WEIGHT)])
    write("more_same_odd", "“Same” has two conventions: the odd cell before or after", "padding", whole_numbers(36, 62),
          [layer("conv", [6, 6], 3, 2, 1, weight=NUMERIC_WEIGHT)])
    write("more_gradient", "Backward: gradients of input and kernel", "gradient", NUMERIC_INPUT, [layer("conv", [5, 5], 3, weight=NUMERIC_WEIGHT)], step=4)
    write("more_cost", "The cost of 7×7×3 to 5×5×128, in three ways", "cost", {"pattern": 8},
          [layer("conv", [7, 7], 3, in_channels=3, out_channels=128, weight={"pattern": 13})], step=3199)


def sized(op, size, **more):
    """A layer whose windows follow from the sizes of input and output."""
    return {"op": op, "size": size, **more}


def more_sized():
    write("more_adaptive_average", "Adaptive average pooling: windows of different sizes", "flat", NUMERIC_INPUT,
          [sized("adaptive_avg_pool", [5, 5], output_size=[3, 3])], step=4)
    write("more_adaptive_max", "Adaptive max pooling: from 7×6 to 4×4", "stacked", whole_numbers(42, 70),
          [sized("adaptive_max_pool", [7, 6], output_size=[4, 4])], numbers=True, step=5)
    write("more_global_average", "Global average pooling: each channel becomes one number", "volume", whole_numbers(100, 71),
          [sized("adaptive_avg_pool", [5, 5], in_channels=4, out_channels=4, output_size=[1, 1])], step=1)
    write("more_lp_pooling", "LP pooling: the root of a sum of squares", "flat", [3, 4, 1, 2, 0, 0, 2, 4, 2, 1, 6, 0, 2, 4, 0, 8],
          [layer("lp_pool", [4, 4], 2, 2)])
    write("more_upsample_nearest", "Nearest upsampling: every cell is repeated", "stacked", [1, 2, 0, 3, 1, 2, 2, 0, 1],
          [sized("upsample_nearest", [3, 3], scale_factor=[2, 2])], numbers=True, step=14)
    write("more_upsample_bilinear", "Bilinear upsampling: weights from the position", "flat", [1, 2, 0, 3, 1, 2, 2, 0, 1],
          [sized("upsample_linear", [3, 3], scale_factor=[2, 2])], step=14)
    write("more_upsample_linear", "Linear upsampling of a row", "signal", [1, 3, 2, 0, 4],
          [sized("upsample_linear", [5], scale_factor=[3])], step=5)


def pooled(size, kernel, stride, values):
    """The maxima of a plane and their indices, the first of equal ones."""
    maxima, indices = [], []
    for r in range(0, size[0] - kernel + 1, stride):
        for c in range(0, size[1] - kernel + 1, stride):
            cells = [(r + y) * size[1] + c + x for y in range(kernel) for x in range(kernel)]
            indices.append(max(cells, key=lambda at: values[at]))
            maxima.append(values[indices[-1]])
    return maxima, indices


def more_pairs():
    values = whole_numbers(36, 72)
    maxima, indices = pooled([6, 6], 2, 2, values)
    write("more_max_unpooling", "Max unpooling: each value goes back to its index", "flat", maxima,
          [layer("max_unpool", [3, 3], 2, 2, indices=indices)], step=8)
    write("more_pool_unpool", "Max pooling and its unpooling: the maxima remain", "chain", values,
          [layer("max_pool", [6, 6], 2, 2), layer("max_unpool", [3, 3], 2, 2, indices=indices)], shown=1, step=8)


def unfolded(size, kernel, values):
    """The windows of a plane, with stride 1: one row for each cell of the window."""
    return [values[(r + y) * size[1] + c + x] for y in range(kernel) for x in range(kernel)
            for r in range(size[0] - kernel + 1) for c in range(size[1] - kernel + 1)]


FOLDED = [1, 2, 0, 3, 2, 3, 1, 0, 0, 1, 2, 2, 3, 0, 1, 1]


def more_folds():
    write("more_unfold", "Unfold: every window becomes a column", "im2col", NUMERIC_INPUT,
          [layer("unfold", [5, 5], 3, out_channels=9)], step=40)
    write("more_fold", "Fold: the copies of a cell are added again", "im2col", unfolded([4, 4], 2, FOLDED),
          [layer("fold", [3, 3], 2, in_channels=4)], step=5)
    write("more_unfold_fold", "Fold of an unfold: each cell times the windows over it", "chain", FOLDED,
          [layer("unfold", [4, 4], 2, out_channels=4), layer("fold", [3, 3], 2, in_channels=4)], shown=1, step=5)


def compared(name, title, values, one, **changes):
    """Two layers on the same data; the second one has no data of its own."""
    other = {key: value for key, value in one.items() if key != "weight"} | changes
    write(name, title, "compare", values, [one], compare=other)


def more_comparisons():
    even = layer("conv", [5, 5], 2, weight=[0, 1, 2, 3])
    even["padding"] = [[0, 1]] * 2
    compared("more_compare_same", "SAME_UPPER beside SAME_LOWER: the odd cell of padding after or before", NUMERIC_INPUT, even,
             padding=[[1, 0]] * 2)
    compared("more_compare_flip", "Flipped or not: cross-correlation beside convolution", NUMERIC_INPUT,
             layer("conv", [5, 5], 3, weight=NUMERIC_WEIGHT), flip=True)
    compared("more_compare_ceil", "Floor or ceil: rounding the size down beside rounding it up", whole_numbers(36, 66), layer("max_pool", [6, 6], 3, 2),
             ceil_mode=True)
    compared("more_compare_average", "Counting padding or not: two averages of the same window", NUMERIC_INPUT,
             layer("avg_pool", [5, 5], 3, 2, 1), count_include_pad=False)


def more_chains():
    write("more_dilations_124", "Dilations 1, 2, 4: every cell of 15×15 is used", "receptive", whole_numbers(17 * 17, 50),
          chain(17, [(3, 1), (3, 2), (3, 4)]), shown=2, step=4)
    write("more_dilations_222", "Dilations 2, 2, 2: a grid of holes", "receptive", whole_numbers(17 * 17, 50),
          chain(17, [(3, 2)] * 3), shown=2, step=12)
    write("more_causal", "Causal: no output sees later inputs", "receptive", whole_numbers(16, 51),
          chain(16, [(2, 1), (2, 2), (2, 4), (2, 8)], rank=1, padding=lambda reach: (reach, 0)), shown=3, step=15)
    write("more_spatially_separable", "Spatially separable: 3×1, then 1×3, is the Sobel filter", "chain", NUMERIC_INPUT,
          [with_kernel(layer("conv", [5, 5], 3), [3, 1], [1, 2, 1]), with_kernel(layer("conv", [3, 5], 3), [1, 3], [-1, 0, 1])], shown=1, step=4)
    write("more_flattened", "Flattened: over the channels, down, across", "chain", whole_numbers(3 * 49, 52),
          [with_kernel(layer("conv", [7, 7], 1, in_channels=3, out_channels=3), [1, 1], whole_numbers(9, 53)),
           with_kernel(layer("conv", [7, 7], 3, in_channels=3, out_channels=3, groups=3), [3, 1], whole_numbers(9, 54)),
           with_kernel(layer("conv", [5, 7], 3, in_channels=3, out_channels=3, groups=3), [1, 3], whole_numbers(9, 55))], shown=2, step=31)
    shuffle = [1 if row == column // 3 + 2 * (column % 3) else 0 for row in range(6) for column in range(6)]
    small = [n % 2 for n in whole_numbers(6 * 27, 57)]
    write("more_channel_shuffle", "Channel shuffle between two grouped layers", "chain", [n % 2 for n in whole_numbers(6 * 25, 56)],
          [layer("conv", [5, 5], 3, 1, 1, in_channels=6, out_channels=6, groups=2, weight=small),
           layer("conv", [5, 5], 1, in_channels=6, out_channels=6, weight=shuffle),
           layer("conv", [5, 5], 3, 1, 1, in_channels=6, out_channels=6, groups=2, weight=small[::-1])], shown=2, step=12)
    tanh = [{"kind": "tanh"}]
    head = [{"kind": "flatten"}, {"kind": "linear", "in_features": 400, "out_features": 120}, *tanh,
            {"kind": "linear", "in_features": 120, "out_features": 84}, *tanh, {"kind": "linear", "in_features": 84, "out_features": 10}]
    write("more_lenet", "LeNet's features and head, with Tanh", "chain", {"pattern": 70},
          [layer("conv", [32, 32], 5, out_channels=6, weight=[(n - 1.5) / 8 for n in whole_numbers(150, 71)], after=tanh),
           layer("avg_pool", [28, 28], 2, 2, in_channels=6, out_channels=6),
           layer("conv", [14, 14], 5, in_channels=6, out_channels=16, weight={"pattern": 72}, after=tanh),
           layer("avg_pool", [10, 10], 2, 2, in_channels=16, out_channels=16, after=head)], shown=3, step=12)
    signed = [n - 1 for n in whole_numbers(8, 64)]
    write("more_1x1_relu", "1×1 as a mixing matrix for each pixel, then ReLU", "im2col", whole_numbers(4 * 9, 65),
          [layer("conv", [3, 3], 1, in_channels=4, out_channels=2, weight=[1, -1, 2, 0, -2, 1, 0, 1], activation="relu"),
           layer("conv", [3, 3], 1, in_channels=2, out_channels=4, weight=signed)])


def more_volumes():
    edges = [0] * 27
    for place in (4, 10, 12, 14, 16, 22):
        edges[place] = -1
    edges[13] = 6
    write("more_scan", "A scan in 3D: where tissue changes", "volume", phantom(7, 11, 9), [layer("conv", [7, 11, 9], 3, weight=edges)],
          value_colors=True, step=157)
    write("more_clip", "A clip in 3D: what moves from frame to frame", "volume", moving_square(6, 8, 9),
          [with_kernel(layer("conv", [6, 8, 9], 1), [2, 1, 1], [-1, 1])], value_colors=True, step=181)


def ring(size, radius, thickness):
    """A ring of the values 0 to 4 in the middle of a square."""
    middle = (size - 1) / 2
    return [round(4 * math.exp(-((math.hypot(r - middle, c - middle) - radius) / thickness) ** 2))
            for r in range(size) for c in range(size)]


def along_ring(size, k, radius):
    """Offsets in quarters of a cell that turn the kernel half of the way along the ring, enlarge it a little and pull it towards the
    ring; and for each tap how near it then is, in quarters from 1 on the ring."""
    middle, out = (size - 1) / 2, size - k + 1
    offsets, nearness = [], []
    for cell in range(k * k):
        down, right, near = [], [], []
        for place in range(out * out):
            at = [place // out - (out - 1) / 2, place % out - (out - 1) / 2]   # from the middle of the ring
            tap = [cell // k - (k - 1) / 2, cell % k - (k - 1) / 2]            # from the middle of the kernel
            far = math.hypot(*at)
            turn = math.atan2(at[0], at[1]) if far else 0
            turn -= round(turn / (math.pi / 2)) * math.pi / 2   # a square looks the same after a quarter turn
            turn /= 2
            pull = min(0.5, (radius - far) / 3) if far else 0
            to = [1.2 * (math.cos(turn) * tap[0] + math.sin(turn) * tap[1]) + pull * at[0] / max(far, 1),
                  1.2 * (math.cos(turn) * tap[1] - math.sin(turn) * tap[0]) + pull * at[1] / max(far, 1)]
            down.append(round(4 * (to[0] - tap[0])) / 4)
            right.append(round(4 * (to[1] - tap[1])) / 4)
            left = abs(math.hypot(at[0] + tap[0] + down[-1], at[1] + tap[1] + right[-1]) - radius)
            near.append(max(0, 1 - round(2 * left) / 4))
        offsets += down + right
        nearness += near
    return offsets, nearness


def more_listed():
    image = ring(7, 2.2, 1.1)
    offsets, nearness = along_ring(7, 3, 2.2)
    write("more_deformable", "Deformable: every tap has an offset of its own", "flat", image,
          [layer("deform_conv", [7, 7], 3, weight=NUMERIC_WEIGHT, offset=offsets)], step=6, tap=1)
    write("more_deformable_modulated", "Deformable, version 2: offsets and modulation", "flat", image,
          [layer("deform_conv", [7, 7], 3, weight=NUMERIC_WEIGHT, modulated=True, offset=offsets, mask=nearness)], step=6, tap=1)
    holes = [0 if 2 <= r <= 4 and 1 <= c <= 3 or (r, c) in ((1, 4), (2, 4), (5, 4), (5, 5)) else 1 for r in range(7) for c in range(7)]
    write("more_partial", "Partial: a sum over the cells that are not in a hole", "flat", whole_numbers(49, 66),
          [layer("partial_conv", [7, 7], 3, weight=NUMERIC_WEIGHT, bias=[1], mask=holes)], step=2)


FOLDER.mkdir(parents=True, exist_ok=True)
for old in FOLDER.glob("*.json"):
    old.unlink()
conv_arithmetic()
eight_kinds()
more_views()
more_sized()
more_pairs()
more_folds()
more_comparisons()
more_chains()
more_volumes()
more_listed()
