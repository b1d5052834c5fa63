#!/usr/bin/env python3
"""Writes tests/conformance/betweens/pytorch.json: what PyTorch's layers without a window give, in evaluation mode.

Needs PyTorch (python3-torch 1.13). Every case has the code, the input's shape and values, and the output's.
"""
import ast
import json
import pathlib

import torch
from torch import nn

FILE = pathlib.Path(__file__).resolve().parent.parent / "tests" / "conformance" / "betweens" / "pytorch.json"

VALUES = ["ReLU()", "ReLU6()", "LeakyReLU()", "LeakyReLU(negative_slope=0.2)", "PReLU()", "PReLU(3, init=0.1)", "RReLU()", "ELU()",
          "ELU(alpha=0.5)", "CELU(alpha=2)", "SELU()", "GELU()", "GELU(approximate='tanh')", "SiLU()", "Mish()", "Hardswish()",
          "Hardsigmoid()", "Hardtanh()", "Hardtanh(-2, 0.5)", "Sigmoid()", "LogSigmoid()", "Tanh()", "Tanhshrink()", "Softplus()",
          "Softplus(beta=2, threshold=3)", "Softsign()", "Hardshrink()", "Softshrink(lambd=1)", "Threshold(1, -7)",
          "Softmax(dim=1)", "Softmax(dim=-1)", "Softmax2d()", "LogSoftmax(dim=2)", "Softmin(dim=1)", "Dropout()", "Identity()"]
OTHER = [("BatchNorm2d(3)", (3, 2, 4)), ("BatchNorm2d(3, eps=0.5)", (3, 2, 4)), ("BatchNorm2d(3, track_running_stats=False)", (3, 2, 4)),
         ("BatchNorm1d(3)", (3, 4)), ("BatchNorm1d(3)", (3,)), ("BatchNorm3d(2)", (2, 2, 1, 2)), ("InstanceNorm2d(3)", (3, 2, 4)),
         ("InstanceNorm1d(3, affine=True)", (3, 5)), ("GroupNorm(2, 4)", (4, 2, 3)), ("GroupNorm(1, 4)", (4, 2, 3)), ("LayerNorm(4)", (3, 2, 4)),
         ("LayerNorm([2, 4])", (3, 2, 4)), ("LayerNorm([3, 2, 4])", (3, 2, 4)), ("LocalResponseNorm(2)", (5, 2, 2)),
         ("LocalResponseNorm(3, alpha=0.5, beta=1.5, k=2)", (5, 2, 2)), ("LocalResponseNorm(9, alpha=1)", (4, 2, 2)),
         ("ZeroPad2d(1)", (2, 2, 3)), ("ZeroPad2d((1, 0, 2, -1))", (2, 2, 3)), ("ZeroPad2d(-1)", (1, 3, 4)), ("ConstantPad2d((1, 2, 0, 1), 3.5)", (2, 2, 3)),
         ("ConstantPad1d((-1, 2), 0.5)", (2, 4)), ("ConstantPad3d(1, -1)", (1, 1, 2, 2)), ("ReflectionPad2d(2)", (1, 3, 4)),
         ("ReflectionPad2d((2, 1, 0, 2))", (2, 3, 4)), ("ReflectionPad1d((3, 1))", (2, 5)), ("ReflectionPad3d(1)", (1, 2, 2, 3)), ("ReplicationPad2d((3, 1, 0, 2))", (2, 2, 3)),
         ("ReplicationPad1d(4)", (2, 3)), ("ReplicationPad3d((1, 0, 2, 0, 0, 1))", (1, 2, 2, 2)), ("PixelShuffle(2)", (8, 2, 3)), ("PixelShuffle(3)", (9, 1, 2)),
         ("PixelUnshuffle(2)", (2, 4, 6)), ("ChannelShuffle(3)", (6, 2, 2)), ("GLU(dim=1)", (4, 2, 3)), ("GLU()", (2, 2, 6)), ("Flatten()", (2, 2, 3)),
         ("Flatten(start_dim=2)", (2, 2, 3)), ("Flatten(1, 2)", (2, 2, 3)), ("Unflatten(1, (2, 3))", (6, 2)), ("Unflatten(1, (-1, 2, 2))", (12,)), ("Dropout2d(0.3)", (2, 2, 2)),
         ("AlphaDropout()", (2, 2, 2))]
SHAPES = [("Linear(12, 5)", (12,)), ("Linear(3, 5)", (2, 4, 3)), ("Linear(3, 5, bias=False)", (3,))]   # the weights are random


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def arguments(code):
    """Each argument as [its place or its name, its value]."""
    call = ast.parse(code, mode="eval").body
    literal = ast.literal_eval
    return [[n, literal(a)] for n, a in enumerate(call.args)] + [[k.arg, literal(k.value)] for k in call.keywords]


def case(code, shape, with_values=True):
    torch.manual_seed(sum(map(ord, code)))
    given = torch.randn(shape) * 3
    if code.startswith("ChannelShuffle"):
        groups = int(code[15:-1])
        out = given.reshape(groups, shape[0] // groups, *shape[1:]).transpose(0, 1).reshape(shape)   # 1.13 has it only for CUDA's layout
        layer = None
    else:
        layer = eval("nn." + code, {"nn": nn}).eval()
        out = layer(given[None])[0].detach()
    one = {"code": "nn." + code, "name": code[:code.index("(")], "arguments": arguments(code), "input": list(shape), "output": list(out.shape),
           "parameters": sum(p.numel() for p in layer.parameters()) if layer else 0}
    if with_values:
        one |= {"values": numbers(given), "gives": numbers(out)}
    return one


cases = [case(code, (3, 2, 4)) for code in VALUES] + [case(*one) for one in OTHER] + [case(*one, with_values=False) for one in SHAPES]
FILE.write_text(json.dumps({"from": f"PyTorch {torch.__version__}", "cases": cases}, separators=(",", ":")).replace('{"code"', '\n{"code"') + "\n")
print(len(cases), "cases")
