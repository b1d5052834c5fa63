#!/usr/bin/env python3
"""convloom compute for networks that this script writes: every operator beside NumPy's result, whole networks beside OpenCV's dnn, photos
beside Pillow's resampling, and what is refused."""
import math
import os
import sys

import cv2
import numpy as np
import onnx
import onnx.shape_inference
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check as expect, convloom as run, end  # noqa: E402

rng = np.random.default_rng(7)
compared = 0


def some(*shape):
    return rng.normal(size=shape).astype(np.float32)


def save(nodes, inputs, outputs, weights=None, opset=13, name="m.onnx", known=False):
    graph = helper.make_graph(nodes, "g", [helper.make_tensor_value_info(n, TensorProto.FLOAT, list(x.shape)) for n, x in inputs.items()],
                              [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in outputs],
                              [numpy_helper.from_array(np.asarray(w), n) for n, w in (weights or {}).items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    if known:   # as OpenCV wants it
        model = onnx.shape_inference.infer_shapes(model)
    onnx.save(model, name)


def computed(inputs, outputs, name="m.onnx"):
    data = []
    for n, x in inputs.items():
        np.save(f"in_{n}.npy", x)
        data.append(f"{n}=in_{n}.npy")
    ran = run("compute", name, "--data", ";".join(data), "-o", "out.npz")
    if ran.returncode != 0:
        return ran.stderr
    with np.load("out.npz") as made:
        return {n: made[n] for n in outputs}


def near(what, mine, wanted):
    global compared
    compared += 1
    wanted = np.asarray(wanted, np.float64)
    if mine.shape != wanted.shape:
        return expect(False, f"{what}: the shape is {mine.shape}, not {wanted.shape}")
    most = np.abs(wanted).max() if wanted.size else 0
    expect(np.allclose(mine, wanted, rtol=0, atol=1e-4 * max(most, 1e-3)), f"{what}: off by {np.abs(mine - wanted).max()} of {most}")


def op(kind, wanted, inputs, weights=None, opset=13, **attributes):
    """One node beside what NumPy computes."""
    names = [*inputs, *(weights or {})]
    save([helper.make_node(kind, names, ["y"], **attributes)], inputs, ["y"], weights, opset)
    made = computed(inputs, ["y"])
    what = f"{kind} {attributes}"
    if isinstance(made, str):
        return expect(False, f"{what}: {made}")
    near(what, made["y"], wanted)


x, y = some(2, 3, 4, 5), some(2, 3, 4, 5)
positive = np.abs(x) + 0.1
sigmoid = lambda v: 1 / (1 + np.exp(-v))
for kind, wanted, given in [
        ("Relu", np.maximum(x, 0), x), ("Sigmoid", sigmoid(x), x), ("Tanh", np.tanh(x), x), ("Abs", np.abs(x), x), ("Neg", -x, x),
        ("Floor", np.floor(x), x), ("Ceil", np.ceil(x), x), ("Round", np.round(x), x), ("Sqrt", np.sqrt(positive), positive),
        ("Exp", np.exp(x), x), ("Log", np.log(positive), positive), ("Reciprocal", 1 / positive, positive), ("Sign", np.sign(x), x),
        ("Erf", np.vectorize(math.erf)(x), x), ("Softplus", np.log1p(np.exp(x)), x), ("Softsign", x / (1 + np.abs(x)), x),
        ("Identity", x, x), ("Sin", np.sin(x), x), ("Cos", np.cos(x), x)]:
    op(kind, wanted, {"x": given})
op("HardSwish", x * np.clip(x / 6 + 0.5, 0, 1), {"x": x}, opset=14)
op("LeakyRelu", np.where(x < 0, 0.2 * x, x), {"x": x}, alpha=0.2)
op("Elu", np.where(x < 0, 1.5 * np.expm1(x), x), {"x": x}, alpha=1.5)
op("HardSigmoid", np.clip(0.3 * x + 0.4, 0, 1), {"x": x}, alpha=0.3, beta=0.4)
op("Clip", np.clip(x, -0.5, 0.25), {"x": x}, {"least": np.float32(-0.5), "most": np.float32(0.25)})
op("Clip", np.clip(x, -0.5, 0.25), {"x": x}, opset=6, min=-0.5, max=0.25)
slope = some(3, 1, 1)
op("PRelu", np.where(x < 0, slope * x, x), {"x": x}, {"slope": slope})
for kind, function in [("Add", np.add), ("Sub", np.subtract), ("Mul", np.multiply), ("Div", np.divide)]:
    op(kind, function(x, y), {"a": x, "b": y})
    row = np.abs(some(3, 1, 5)) + 0.5
    op(kind, function(x, row), {"x": x}, {"w": row})
op("Pow", positive ** 1.7, {"x": positive}, {"w": np.float32(1.7)})
op("Min", np.minimum(np.minimum(x, y), x * 0.5), {"a": x, "b": y, "c": x * 0.5})
op("Max", np.maximum(x, y), {"a": x, "b": y})
op("Mean", (x + y) / 2, {"a": x, "b": y})
op("Sum", x + y + x, {"a": x, "b": y, "c": x.copy()})
save([helper.make_node("Greater", ["a", "b"], ["m"]), helper.make_node("Where", ["m", "a", "c"], ["y"])], {"a": x, "b": y}, ["y"],
     {"c": np.float32([[-1], [0], [1], [2]])})
near("Where", computed({"a": x, "b": y}, ["y"])["y"], np.where(x > y, x, np.float32([[-1], [0], [1], [2]])))

scale, shift, mean, variance = some(3), some(3), some(3), np.abs(some(3)) + 0.2
by = lambda v: v.reshape(1, 3, 1, 1)
op("BatchNormalization", (x - by(mean)) / np.sqrt(by(variance) + 1e-3) * by(scale) + by(shift), {"x": x},
   {"s": scale, "b": shift, "m": mean, "v": variance}, epsilon=1e-3)
m, v = x.mean((2, 3), keepdims=True), x.var((2, 3), keepdims=True)
op("InstanceNormalization", (x - m) / np.sqrt(v + 1e-5) * by(scale) + by(shift), {"x": x}, {"s": scale, "b": shift}, epsilon=1e-5)
m, v = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
w = some(5)
op("LayerNormalization", (x - m) / np.sqrt(v + 1e-5) * w, {"x": x}, {"w": w}, opset=17, epsilon=1e-5)
square = np.stack([(x[:, max(0, c - 1):c + 2] ** 2).sum(1) for c in range(3)], 1)
op("LRN", x / (2 + 0.3 / 3 * square) ** 0.75, {"x": x}, size=3, alpha=0.3, beta=0.75, bias=2.0)
for axis in (1, -1):
    e = np.exp(x - x.max(axis, keepdims=True))
    op("Softmax", e / e.sum(axis, keepdims=True), {"x": x}, axis=axis)
    op("LogSoftmax", np.log(e / e.sum(axis, keepdims=True)), {"x": x}, axis=axis)
e = np.exp(x.reshape(2, -1))
op("Softmax", (e / e.sum(1, keepdims=True)).reshape(x.shape), {"x": x}, opset=11, axis=1)
a, b, c = some(4, 3), some(5, 4), some(5)
op("Gemm", 0.5 * a.T @ b.T + 2 * c, {"a": a}, {"b": b, "c": c}, transA=1, transB=1, alpha=0.5, beta=2.0)
for left, right in (((2, 1, 3, 4), (5, 4, 2)), ((4,), (4, 3)), ((2, 3, 4), (4,)), ((6, 4), (4, 5))):
    a, b = some(*left), some(*right)
    op("MatMul", a @ b, {"a": a}, {"b": b})
for kind, function in [("ReduceMean", np.mean), ("ReduceMax", np.max), ("ReduceMin", np.min), ("ReduceProd", np.prod)]:
    op(kind, function(x, (1, 3), keepdims=True), {"x": x}, axes=[1, 3])
    op(kind, function(x, 2), {"x": x}, axes=[-2], keepdims=0)
op("ReduceSum", x.sum((2, 3)), {"x": x}, {"axes": np.int64([2, 3])}, keepdims=0)
op("ReduceL2", np.sqrt((x ** 2).sum(None, keepdims=True)), {"x": x})
op("ArgMax", x.argmax(1), {"x": x}, axis=1, keepdims=0)

op("Transpose", x.transpose(0, 2, 3, 1), {"x": x}, perm=[0, 2, 3, 1])
op("Reshape", x.reshape(6, 20), {"x": x}, {"s": np.int64([-1, 20])})
op("Flatten", x.reshape(6, 20), {"x": x}, axis=2)
op("Concat", np.concatenate([x, y], 1), {"a": x, "b": y}, axis=1)
op("Slice", x[:, ::-1, 1:4:2], {"x": x}, {"b": np.int64([3, 1]), "e": np.int64([-9, 4]), "a": np.int64([1, 2]), "s": np.int64([-1, 2])})
op("Gather", x[:, [2, 0]], {"x": x}, {"i": np.int64([2, 0])}, axis=1)
thin = some(3, 1)
op("Expand", np.broadcast_to(thin, (2, 3, 4)), {"x": thin}, {"s": np.int64([2, 1, 4])})
op("Tile", np.tile(thin, (2, 3)), {"x": thin}, {"r": np.int64([2, 3])})
op("Pad", np.pad(x, ((0, 0), (0, 0), (1, 2), (0, 3)), constant_values=1.5), {"x": x}, {"p": np.int64([0, 0, 1, 0, 0, 0, 2, 3]), "v": np.float32(1.5)})
for mode, numpy_mode in (("reflect", "reflect"), ("edge", "edge")):
    op("Pad", np.pad(x, ((0, 0), (0, 0), (2, 1), (3, 2)), mode=numpy_mode), {"x": x}, {"p": np.int64([0, 0, 2, 3, 0, 0, 1, 2])}, mode=mode)
op("Unsqueeze", x[:, None], {"x": x}, {"a": np.int64([1])})
op("Squeeze", some(2, 1, 3)[:, 0] * 0 + 1, {"x": np.ones((2, 1, 3), np.float32)}, {"a": np.int64([1])})
deep = some(1, 8, 2, 3)
op("DepthToSpace", deep.reshape(1, 2, 2, 2, 2, 3).transpose(0, 3, 4, 1, 5, 2).reshape(1, 2, 4, 6), {"x": deep}, blocksize=2)
op("DepthToSpace", deep.reshape(1, 2, 2, 2, 2, 3).transpose(0, 1, 4, 2, 5, 3).reshape(1, 2, 4, 6), {"x": deep}, blocksize=2, mode="CRD")
op("SpaceToDepth", some(1, 2, 4, 6).reshape(1, 2, 2, 2, 3, 2).transpose(0, 3, 5, 1, 2, 4).reshape(1, 8, 2, 3) * 0, {"x": np.zeros((1, 2, 4, 6), np.float32)}, blocksize=2)
save([helper.make_node("Split", ["x", "s"], ["p", "q"], axis=2)], {"x": x}, ["p", "q"], {"s": np.int64([1, 3])})
parts = computed({"x": x}, ["p", "q"])
near("Split", parts["p"], x[:, :, :1])
near("Split", parts["q"], x[:, :, 1:])
save([helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"]), helper.make_node("DequantizeLinear", ["q", "s", "z"], ["y"])], {"x": x}, ["y"],
     {"s": np.float32(0.05), "z": np.uint8(100)})
near("QuantizeLinear", computed({"x": x}, ["y"])["y"], (np.clip(np.round(x / np.float32(0.05)) + 100, 0, 255) - 100) * 0.05)


def network(nodes, inputs, outputs, weights, what, opset=11):
    """A network beside OpenCV's dnn, which wants each kernel's size to be said."""
    for node in nodes:
        if node.op_type.startswith("Conv") and all(one.name != "kernel_shape" for one in node.attribute):
            node.attribute.append(helper.make_attribute("kernel_shape", list(weights[node.input[1]].shape[2:])))
    save(nodes, inputs, outputs, weights, opset, known=True)
    made = computed(inputs, outputs)
    if isinstance(made, str):
        return expect(False, f"{what}: {made}")
    net = cv2.dnn.readNetFromONNX("m.onnx")
    for n, value in inputs.items():
        net.setInput(value, n)
    for n, value in zip(outputs, net.forward(outputs)):
        near(what, made[n], value.reshape(made[n].shape))


image = some(1, 3, 13, 17)
w, bias = some(4, 3, 3, 3), some(4)
for attributes in ({"pads": [1, 1, 1, 1]}, {"strides": [2, 3], "pads": [0, 1, 2, 1]}, {"dilations": [2, 1], "kernel_shape": [3, 3]},
                   {"auto_pad": "SAME_UPPER", "strides": [2, 2], "kernel_shape": [3, 3]}):
    network([helper.make_node("Conv", ["x", "w", "b"], ["y"], **attributes)], {"x": image}, ["y"], {"w": w, "b": bias}, f"Conv {attributes}")
groups = some(6, 1, 3, 5)
network([helper.make_node("Conv", ["x", "w"], ["y"], group=3)], {"x": image}, ["y"], {"w": groups}, "grouped Conv")
up = some(3, 2, 4, 4)
network([helper.make_node("ConvTranspose", ["x", "w"], ["y"], strides=[2, 2], pads=[1, 1, 1, 1], kernel_shape=[4, 4])], {"x": image}, ["y"], {"w": up},
        "ConvTranspose")
for kind in ("MaxPool", "AveragePool"):
    network([helper.make_node(kind, ["x"], ["y"], kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 0])], {"x": image}, ["y"], {}, kind)
network([helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1)], {"x": image}, ["y"], {}, "MaxPool, ceil")
network([helper.make_node("GlobalAveragePool", ["x"], ["y"])], {"x": image}, ["y"], {}, "GlobalAveragePool")
for mode, transform in (("nearest", "asymmetric"), ("linear", "half_pixel"), ("linear", "asymmetric")):
    network([helper.make_node("Resize", ["x", "", "s"], ["y"], mode=mode, coordinate_transformation_mode=transform, nearest_mode="floor")], {"x": image},
            ["y"], {"s": np.float32([1, 1, 2, 2])}, f"Resize {mode} {transform}")
network([helper.make_node("Conv", ["x", "w", "b"], ["a"], pads=[1, 1, 1, 1]), helper.make_node("Relu", ["a"], ["r"]),
         helper.make_node("MaxPool", ["r"], ["p"], kernel_shape=[2, 2], strides=[2, 2]), helper.make_node("Conv", ["p", "v"], ["c"], pads=[1, 1, 1, 1]),
         helper.make_node("Add", ["c", "p"], ["d"]), helper.make_node("GlobalAveragePool", ["d"], ["g"]), helper.make_node("Flatten", ["g"], ["f"]),
         helper.make_node("Gemm", ["f", "m", "n"], ["h"], transB=1), helper.make_node("Softmax", ["h"], ["y"], axis=1)],
        {"x": image}, ["y"], {"w": w, "b": bias, "v": some(4, 4, 3, 3), "m": some(10, 4), "n": some(10)}, "a residual network")

# A photo as Pillow resamples it, cut to the middle and normalised; Pillow rounds to bytes twice.
photo = Image.fromarray((rng.random((40, 64, 3)) * 255).astype(np.uint8)).resize((90, 60), Image.BICUBIC)
photo.save("photo.png")
save([helper.make_node("Identity", ["x"], ["y"])], {"x": np.zeros((1, 3, 24, 24), np.float32)}, ["y"], {})
made = run("compute", "m.onnx", "--photo", "photo.png", "-o", "y.npy")
expect(made.returncode == 0, made.stderr)
wanted = np.asarray(photo.resize((24, 24), Image.BILINEAR, box=(15, 0, 75, 60)), np.float64) / 255
wanted = (wanted - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
expect(np.abs(np.load("y.npy")[0] - wanted.transpose(2, 0, 1)).max() < 0.03, "a photo is cut, resampled and normalised")
run("compute", "m.onnx", "--photo", "photo.png", "--normalize", "caffe", "--fit", "stretch", "-o", "y.npy")
wanted = np.asarray(photo.resize((24, 24), Image.BILINEAR), np.float64)[:, :, ::-1] - [103.939, 116.779, 123.68]
expect(np.abs(np.load("y.npy")[0] - wanted.transpose(2, 0, 1)).max() < 1.6, "or stretched, with blue first")
with open("labels.txt", "w", encoding="utf-8") as file:
    file.write("".join(f"label {n}\n" for n in range(1728)))
printed = run("compute", "m.onnx", "--photo", "photo.png", "--labels", "labels.txt").stdout
expect(printed.startswith("y  1×3×24×24\n") and len(printed.splitlines()) == 6 and "label " in printed, f"the largest results: {printed}")

# What cannot be computed is said; the rest goes on.
save([helper.make_node("Relu", ["x"], ["a"]), helper.make_node("Imagined", ["a"], ["b"], name="odd"), helper.make_node("Relu", ["b"], ["c"]),
      helper.make_node("Neg", ["a"], ["d"])], {"x": image}, ["c", "d"], {})
np.save("x.npy", image)
partly = run("compute", "m.onnx", "--data", "x.npy", "--tensor", "d", "-o", "d.npy")
expect(partly.returncode == 0 and "Imagined “odd”" in partly.stderr, f"an unknown operator: {partly.stderr}")
near("beside an unknown operator", np.load("d.npy"), -np.maximum(image, 0))
refused = run("compute", "m.onnx", "--data", "x.npy", "--tensor", "c", "-o", "c.npy")
expect(refused.returncode == 1 and "“c” has no values" in refused.stderr and not os.path.exists("c.npy"), refused.stderr)


def refuses(sentence, *words):
    ran = run("compute", *words)
    expect(ran.returncode == 2 and sentence in ran.stderr and ran.stderr.count("\n") == 1, f"{words}: {ran.returncode} {ran.stderr}")


np.save("small.npy", some(1, 3, 5, 5))
refuses("its shape is 1×3×5×5; the input “x” takes 1×3×13×17", "m.onnx", "--data", "small.npy")
refuses("is missing: give a picture", "m.onnx")
refuses("has no input “z”; its inputs are “x”", "m.onnx", "--data", "z=x.npy")
refuses("no tensor and no node of that name", "m.onnx", "--data", "x.npy", "--tensor", "nothing")
refuses("tensors are written as .npz or .npy", "m.onnx", "--data", "x.npy", "-o", "y.png")
refuses("is not known; give one of imagenet", "m.onnx", "--photo", "photo.png", "--normalize", "nonsense")
refuses("give crop or stretch", "m.onnx", "--photo", "photo.png", "--fit", "pad")

# Weights in a file beside the model are read there, and nowhere else.
save([helper.make_node("Conv", ["x", "w"], ["y"])], {"x": image}, ["y"], {"w": some(2, 3, 3, 3)}, name="m.onnx")
inside = computed({"x": image}, ["y"])["y"]
model = onnx.load("m.onnx")
onnx.save_model(model, "beside.onnx", save_as_external_data=True, location="weights.bin", size_threshold=0)
near("weights in a file beside", computed({"x": image}, ["y"], "beside.onnx")["y"], inside)
model = onnx.load("beside.onnx", load_external_data=False)
for entry in model.graph.initializer[0].external_data:
    if entry.key == "location":
        entry.value = "../secret.bin"
with open("outside.onnx", "wb") as file:
    file.write(model.SerializeToString())
refuses("outside the model's folder", "outside.onnx", "--data", "x.npy")

# 2^40 cells are refused before they are allocated.
save([helper.make_node("Expand", ["x", "s"], ["y"])], {"x": np.zeros((1,), np.float32)}, ["y"], {"s": np.int64([1 << 20, 1 << 20])})
np.save("one.npy", np.zeros((1,), np.float32))
huge = run("compute", "m.onnx", "--data", "one.npy")
expect(huge.returncode == 1 and "are allowed" in huge.stderr, f"too large: {huge.stderr}")

end(f"{compared} results compared")
