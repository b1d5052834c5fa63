#!/usr/bin/python3
"""Writes the cases of adaptive pooling, LP pooling, upsampling, pooling with wide padding, max unpooling, unfold and fold into
tests/conformance.

The values are PyTorch's in float64 (python3-torch 1.13). Padding beyond half of the window, which PyTorch refuses, is
applied to the input by F.pad before a pooling without padding.
"""
import itertools
import json
import pathlib

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "conformance"
torch.manual_seed(17)


def numbers(*shape, least=-4, most=4):
    return torch.randint(least, most + 1, shape).double()


def case(name, op, x, y, **more):
    rank = x.dim() - 2
    return {"name": name, "op": op, "rank": rank, "input_shape": list(x.shape), **more, "exact": False, "tolerance": 2e-6,
            "input": [int(v) for v in x.flatten()], "bias": None, "output_shape": list(y.shape),
            "output": [round(float(v), 7) for v in y.flatten()]}


def write(name, cases):
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases)
    (FOLDER / name).write_text(
        '{"format":"convgold-1","source":"PyTorch 1.13 float64, by scripts/make_layer_cases.py","cases":[\n' + lines + "\n]}\n")


def adaptive():
    cases = []
    sizes = {1: [([7], [3]), ([5], [5]), ([4], [6]), ([9], [1]), ([12], [4])],
             2: [([7, 5], [3, 2]), ([6, 8], [1, 1]), ([5, 4], [7, 3]), ([10, 9], [None, 4])],
             3: [([4, 5, 6], [2, 3, 4]), ([3, 3, 3], [1, 1, 1])]}
    for rank, shapes in sizes.items():
        for n, (i, o) in enumerate(shapes):
            x = numbers(2, 2, *i)
            for op, function in (("adaptive_avg_pool", f"adaptive_avg_pool{rank}d"), ("adaptive_max_pool", f"adaptive_max_pool{rank}d")):
                y = getattr(F, function)(x, tuple(o))
                cases.append(case(f"{function}_{n}", op, x, y, output_size=[v or 0 for v in o]))
    write("adaptive_pool.json", cases)


def lp():
    cases = []
    for rank in (1, 2):
        for n, (p, k, s, ceil) in enumerate(itertools.product((1, 2, 3), (2, 3), (1, 2), (False, True))):
            x = numbers(1, 2, *[7, 6][:rank], least=0 if p == 3 else -4)
            y = getattr(F, f"lp_pool{rank}d")(x, float(p), k, s, ceil)
            cases.append(case(f"lp_pool{rank}d_{n}", "lp_pool", x, y, kernel=[k] * rank, stride=[s] * rank, ceil_mode=ceil, norm_type=p))
    write("lp_pool.json", cases)


def upsample():
    cases = []
    modes = {1: "linear", 2: "bilinear", 3: "trilinear"}
    for rank in (1, 2, 3):
        i = [4, 3, 5][:rank]
        for n, (key, value) in enumerate([("scale_factor", [2] * rank)] + [("scale_factor", [3] * rank)] * (rank < 3) + [ ("upsample_size", [7, 4, 6][:rank]),
                                          ("upsample_size", [2, 2, 3][:rank]), ("upsample_size", [1, 3, 1][:rank])]):
            x = numbers(1, 2, *i)
            to = {"scale_factor": [float(v) for v in value]} if key == "scale_factor" else {"size": value}
            cases.append(case(f"nearest_{rank}d_{n}", "upsample_nearest", x, F.interpolate(x, mode="nearest", **to), **{key: value}))
            for corners in (False, True):
                y = F.interpolate(x, mode=modes[rank], align_corners=corners, **to)
                cases.append(case(f"{modes[rank]}_{n}_{corners}", "upsample_linear", x, y, align_corners=corners, **{key: value}))
    write("upsample.json", cases)


def wide_padding():
    cases = []
    for n, (k, s, p) in enumerate([(3, 1, 2), (2, 1, 1), (3, 2, 2), (2, 2, 3)]):
        x = numbers(1, 1, 5, 4)
        common = {"kernel": [k, k], "stride": [s, s], "padding": [[p, p], [p, p]]}
        sums = F.avg_pool2d(F.pad(x, [p] * 4), k, s, divisor_override=1)
        counts = F.avg_pool2d(F.pad(torch.ones_like(x), [p] * 4), k, s, divisor_override=1)
        cases.append(case(f"average_{n}", "avg_pool", x, sums / (k * k), **common))
        # A window of nothing but padding that does not count gives 0, as in ONNX Runtime.
        cases.append(case(f"average_inside_{n}", "avg_pool", x, sums / counts.clamp(min=1), count_include_pad=False, **common))
        if p < k:
            y = F.max_pool2d(F.pad(x, [p] * 4, value=float("-inf")), k, s)
            cases.append(case(f"max_{n}", "max_pool", x, y, **common))
    write("wide_padding.json", cases)


def unpooling():
    cases = []
    for rank in (1, 2, 3):
        for n, (k, s, p, more) in enumerate([(2, 2, 0, 0), (3, 2, 1, 1), (3, 2, 0, 0), (2, 3, 0, 2), (3, 1, 1, 0), (3, 3, 1, 1)]):
            size = [7, 5, 6][:rank]
            x = numbers(2, 2, *size)
            maxima, indices = getattr(F, f"max_pool{rank}d")(x, k, s, p, return_indices=True)
            # Not the maxima, so that values and indices are independent.
            values = numbers(*maxima.shape)
            usual = [(i - 1) * s + k - 2 * p for i in maxima.shape[2:]]
            to = [o for o in size] if more else usual
            if more == 0 and usual != size:
                indices = getattr(F, f"max_pool{rank}d")(numbers(2, 2, *usual), k, s, p, return_indices=True)[1]
            if any(abs(a - b) >= s and a != b for a, b in zip(to, usual)):
                continue
            y = getattr(F, f"max_unpool{rank}d")(values, indices, k, s, p, output_size=to)
            for sample in range(2):
                cases.append(case(f"max_unpool{rank}d_{n}_{sample}", "max_unpool", values[sample:sample + 1], y[sample:sample + 1],
                                  kernel=[k] * rank, stride=[s] * rank, padding=[[p, p]] * rank,
                                  restored_size=[0 if o == u else o for o, u in zip(to, usual)],
                                  indices=[int(v) for v in indices[sample].flatten()]))
    write("max_unpool.json", cases)



adaptive()
lp()
upsample()
wide_padding()
unpooling()


def folding():
    cases = []
    for n, (size, k, d, p, s) in enumerate([([5, 4], (2, 3), 1, 0, 1), ([6, 5], (3, 3), 1, 1, 2), ([7, 8], (2, 2), 3, 2, 2),
                                            ([4, 6], (2, 2), 1, 0, 2), ([5, 5], (1, 3), 2, 2, 3)]):
        x = numbers(1, 2, *size)
        common = {"kernel": list(k), "stride": [s, s], "padding": [[p, p]] * 2, "dilation": [d, d]}
        columns = F.unfold(x, k, d, p, s)
        places = [(o + 2 * p - d * (kk - 1) - 1) // s + 1 for o, kk in zip(size, k)]
        apart = columns.reshape(1, -1, *places)
        cases.append(case(f"unfold_{n}", "unfold", x, apart, **common))
        y = numbers(*columns.shape)
        back = F.fold(y, size, k, d, p, s)
        usual = [(i - 1) * s + d * (kk - 1) + 1 - 2 * p for i, kk in zip(places, k)]
        cases.append(case(f"fold_{n}", "fold", y.reshape(1, -1, *places), back,
                          restored_size=[0 if o == u else o for o, u in zip(size, usual)], **common))
    write("fold.json", cases)


folding()
