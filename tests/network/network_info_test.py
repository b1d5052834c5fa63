"""convloom info for networks: shapes against ONNX's own shape inference, counts by hand, and models that are broken.

The models are written here with python3-onnx.
"""
import csv
import io
import json
import os
import random
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check, convloom, end  # noqa: E402


def run(*arguments):
    return convloom("info", *arguments, timeout=60)


def facts(*arguments):
    done = run(*arguments, "--json")
    check(done.returncode == 0, f"{arguments}: {done.stderr}")
    return json.loads(done.stdout)


def weights(name, *sizes, seed=1):
    values = numpy.random.default_rng(seed).standard_normal(sizes).astype(numpy.float32)
    return numpy_helper.from_array(values, name)


def whole(name, *values):
    return numpy_helper.from_array(numpy.array(values, numpy.int64), name)


def model(nodes, inputs, stored=(), outputs=None, opset=13, file="model.onnx"):
    outputs = outputs or [nodes[-1].output[0]]
    graph = helper.make_graph(
        nodes, "made", [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in inputs],
        [helper.make_empty_tensor_value_info(n) for n in outputs], list(stored))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=7)
    onnx.save(made, file)
    return made


def expected_shapes(made):
    inferred = shape_inference.infer_shapes(made, strict_mode=True, data_prop=True)
    shapes = {}
    for value in list(inferred.graph.value_info) + list(inferred.graph.output):
        if value.type.tensor_type.HasField("shape"):
            shapes[value.name] = [d.dim_value if d.HasField("dim_value") else None
                                  for d in value.type.tensor_type.shape.dim]
    return shapes


def compare_with_onnx(what, *given, **more):
    made = model(*given, **more)
    shapes = expected_shapes(made)
    compared = 0
    for row in facts("model.onnx")["layers"]:
        wanted = shapes.get(row["output_name"])
        if wanted and row["output"]:
            compared += 1
            check(len(wanted) == len(row["output"]) and
                  all(w is None or w == g for w, g in zip(wanted, row["output"])),
                  f"{what}: {row['op']} gives {row['output']}, ONNX says {wanted}")
    check(compared > 0, f"{what}: nothing was compared")


def node(op, inputs, output="y", **attributes):
    return helper.make_node(op, inputs.split(), output.split(), **attributes)


def windows():
    draw = random.Random(18)
    for n in range(60):
        kernel, strides, dilations = ([draw.randint(1, 3) for _ in range(2)] for _ in range(3))
        pads = [draw.randint(0, 1) for _ in range(4)]
        size = [draw.randint(8, 14) for _ in range(2)]
        groups = draw.choice([1, 2])
        x = [("x", [1, 4, *size])]
        compare_with_onnx("Conv", [node("Conv", "x w", strides=strides, dilations=dilations, pads=pads, group=groups)], x,
                          [weights("w", 6, 4 // groups, *kernel)])
        if n % 4 == 0:
            compare_with_onnx("Conv with auto_pad", [node("Conv", "x w", strides=strides, auto_pad=draw.choice(
                ["SAME_UPPER", "SAME_LOWER", "VALID"]))], x, [weights("w", 6, 4, *kernel)])
            compare_with_onnx("ConvTranspose", [node("ConvTranspose", "x w", strides=strides, pads=pads, group=groups,
                                                     dilations=dilations)], x, [weights("w", 4, 6 // groups, 3, 3)])
            compare_with_onnx("AveragePool", [node("AveragePool", "x", kernel_shape=kernel, strides=strides)], x)
            compare_with_onnx("MaxPool", [node("MaxPool", "x", "y i", kernel_shape=[3, 3], strides=strides, pads=pads,
                                               ceil_mode=0)], x)
    for op in ("GlobalAveragePool", "GlobalMaxPool"):
        compare_with_onnx(op, [node(op, "x")], [("x", [1, 4, 7, 9])])
    compare_with_onnx("Resize", [node("Resize", "x r s")], [("x", [1, 4, 7, 9])],
                      [numpy_helper.from_array(numpy.array([], numpy.float32), "r"),
                       numpy_helper.from_array(numpy.array([1, 1, 2, 1.5], numpy.float32), "s")])
    compare_with_onnx("DepthToSpace", [node("DepthToSpace", "x", blocksize=2)], [("x", [1, 8, 3, 5])])
    compare_with_onnx("SpaceToDepth", [node("SpaceToDepth", "x", blocksize=2)], [("x", [1, 2, 6, 4])])


def forms():
    x = [("x", [2, 3, 4, 5])]
    for op in ("Relu", "Sigmoid", "Softmax", "Dropout", "Identity", "LRN"):
        compare_with_onnx(op, [node(op, "x", **({"size": 3} if op == "LRN" else {}))], x)
    for perm in ([0, 2, 3, 1], [3, 2, 1, 0]):
        compare_with_onnx("Transpose", [node("Transpose", "x", perm=perm)], x)
    for shape in ((0, -1), (2, 60), (-1, 3, 4, 5), (0, 0, -1)):
        compare_with_onnx("Reshape", [node("Reshape", "x s")], x, [whole("s", *shape)])
    for axis in (0, 1, 2, -1):
        compare_with_onnx("Flatten", [node("Flatten", "x", axis=axis)], x)
        compare_with_onnx("Concat", [node("Concat", "x x", axis=axis)], x)
        compare_with_onnx("ReduceMean", [node("ReduceMean", "x", axes=[axis], keepdims=axis % 2)], x)
        compare_with_onnx("ArgMax", [node("ArgMax", "x", axis=axis, keepdims=axis % 2)], x)
        compare_with_onnx("Unsqueeze", [node("Unsqueeze", "x a")], x, [whole("a", axis)])
        compare_with_onnx("Gather", [node("Gather", "x i", axis=axis)], x, [whole("i", 1, 0, 1)])
    compare_with_onnx("Split", [node("Split", "x s", "y z", axis=2)], x, [whole("s", 1, 3)])
    for begin, end, axis, step in ((1, 3, 2, 1), (-3, 2 ** 63 - 1, 3, 2), (4, -6, 3, -1), (0, 100, 1, 2)):
        compare_with_onnx("Slice", [node("Slice", "x b e a s")], x,
                          [whole("b", begin), whole("e", end), whole("a", axis), whole("s", step)])
    compare_with_onnx("Pad", [node("Pad", "x p")], x, [whole("p", 0, 0, 1, 2, 0, 0, 3, 4)])
    compare_with_onnx("Tile", [node("Tile", "x r")], x, [whole("r", 1, 2, 3, 1)])
    compare_with_onnx("Expand", [node("Expand", "x r")], [("x", [3, 1])], [whole("r", 2, 1, 6)])
    compare_with_onnx("Add", [node("Add", "x b")], x, [weights("b", 4, 1)])
    compare_with_onnx("MatMul", [node("MatMul", "x b")], x, [weights("b", 3, 5, 7)])
    for turned in (0, 1):
        compare_with_onnx("Gemm", [node("Gemm", "x b c", transB=turned)], [("x", [2, 6])],
                          [weights("b", *((4, 6) if turned else (6, 4))), weights("c", 4)])
    # What exporters leave behind for x.view(x.size(0), -1).
    model([
        node("Shape", "x", "s"), node("Gather", "s zero", "n"), node("Unsqueeze", "n axis", "n1"),
        node("Concat", "n1 rest", "t", axis=0), node("Reshape", "x t", "y")], x,
        [numpy_helper.from_array(numpy.array(0, numpy.int64), "zero"), whole("axis", 0), whole("rest", -1)])
    row = facts("model.onnx")["layers"]
    check([r["op"] for r in row] == ["Reshape"], "arithmetic on shapes is no layer")
    check(row[0]["output"] == [2, 60], f"x.view(x.size(0), -1): {row[0]['output']}")


def counts():
    model([node("Conv", "x w b", "c", pads=[1, 1, 1, 1], strides=[2, 2]), node("BatchNormalization", "c s t m v", "n"),
           node("Relu", "n", "r"), node("Conv", "r w2", "d", group=8, dilations=[2, 2], pads=[2, 2, 2, 2]),
           node("Add", "d r", "a"), node("GlobalAveragePool", "a", "g"), node("Flatten", "g", "f"), node("Gemm", "f l k", transB=1)],
          [("x", ["N", 3, 32, 32])],
          [weights("w", 8, 3, 3, 3), weights("b", 8), *(weights(n, 8) for n in "stmv"), weights("w2", 8, 1, 3, 3),
           weights("l", 10, 8), weights("k", 10)])
    told = facts("model.onnx")
    rows = {r["op"] + str(n): r for n, r in enumerate(told["layers"])}
    check(rows["Conv0"]["parameters"] == 8 * 27 + 8, "parameters of the convolution")
    check(rows["Conv0"]["multiplications"] == 16 * 16 * 8 * 27, "multiplications of the convolution")
    check(rows["BatchNormalization1"]["parameters"] == 16, "a normalization has a scale and a shift")
    check(rows["Conv3"]["multiplications"] == 16 * 16 * 8 * 9, "multiplications of the depthwise convolution")
    check(rows["Conv3"]["receptive_field"] == [11, 11] and rows["Conv3"]["effective_stride"] == [2, 2], "dilated field")
    check(rows["Add4"]["receptive_field"] == [11, 11], "a join sees what its wider branch sees")
    check(rows["Add4"]["parameters"] is None, "a join has no parameters")
    check(rows["Gemm7"]["receptive_field"] == "whole" and rows["Gemm7"]["multiplications"] == 80, "Gemm")
    check(told["parameters"] == 224 + 16 + 72 + 90, f"all parameters: {told['parameters']}")
    check(any("batch" in r for r in told["remarks"]), "an open batch is said")
    twice = facts("model.onnx", "--input", "2x3x32x32")
    check(twice["multiplications"] == 2 * told["multiplications"], "two samples cost twice as much")
    check(facts("model.onnx", "--input", "x=3x32x32")["multiplications"] == told["multiplications"], "the batch may be left out")
    table = list(csv.DictReader(io.StringIO(run("model.onnx", "--csv").stdout)))
    check(len(table) == 8 and table[0]["parameters"] == "224" and table[0]["output"] == "1x8x16x16", "CSV")
    text = run("model.onnx").stdout
    check("8 layers, 2 of them convolutions; 402 parameters" in text, "the totals in the text")
    check(run("model.onnx").stdout == text, "the same text twice")


def differences():
    def net(channels, file, extra=False):
        nodes = [node("Conv", "x w", "c"), node("Relu", "c", "r"), node("Conv", "r v", "d")]
        model(nodes + ([node("Sigmoid", "d", "e")] if extra else []), [("x", [1, 3, 16, 16])],
              [weights("w", channels, 3, 3, 3), weights("v", 4, channels, 3, 3)], file=file)
    net(8, "a.onnx")
    net(16, "b.onnx", extra=True)
    text = run("a.onnx", "b.onnx").stdout
    check("~ c (Conv 3×3): weight 8×3×3×3 → 16×3×3×3" in text, text)
    check("+ e (Sigmoid)" in text, text)
    check("0 layers alike, 3 changed, 0 only in the first, 1 only in the second" in text, text)
    same = run("a.onnx", "a.onnx").stdout
    check("3 layers alike, 0 changed" in same, same)
    rows = json.loads(run("a.onnx", "b.onnx", "--json").stdout)["rows"]
    check([r["alike"] for r in rows] == [False] * 4 and rows[3]["first"] is None, "differences as JSON")


def refused(what, part, *arguments):
    done = run(*(arguments or ("model.onnx",)))
    check(done.returncode == 2 and part in done.stderr and done.stderr.count("\n") <= 3 and not done.stdout,
          f"{what}: {done.returncode} {done.stderr!r}")


def broken():
    made = model([node("Conv", "x w", "c"), node("Relu", "c", "r")], [("x", [1, 3, 8, 8])], [weights("w", 4, 3, 3, 3)])
    whole_file = open("model.onnx", "rb").read()
    for length in list(range(0, 200)) + list(range(200, len(whole_file), 17)):
        with open("cut.onnx", "wb") as file:
            file.write(whole_file[:length])
        done = run("cut.onnx")
        check(done.returncode in (0, 2) and done.stderr.count("\n") <= 1, f"cut at {length}: {done.returncode} {done.stderr}")
    draw = random.Random(3)
    for _ in range(150):
        changed = bytearray(whole_file)
        for _ in range(draw.randint(1, 4)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        with open("cut.onnx", "wb") as file:
            file.write(changed)
        check(run("cut.onnx").returncode in (0, 2), "a changed byte")

    def changed(change):
        other = onnx.ModelProto()
        other.CopyFrom(made)
        change(other.graph)
        with open("model.onnx", "wb") as file:
            file.write(other.SerializeToString())

    def set_input(index, name, graph):
        graph.node[index].input[0] = name
    changed(lambda g: set_input(0, "r", g))
    refused("a cycle", "depends on its own output")
    changed(lambda g: set_input(1, "nobody", g))
    refused("a dangling name", "nothing in the model computes or stores")
    changed(lambda g: g.node[1].output.__setitem__(0, "c"))
    refused("two sources", "has another source already")
    changed(lambda g: g.initializer[0].dims.__setitem__(0, 2 ** 40))
    refused("2^40 dims", "elements; the file holds 108")
    changed(lambda g: g.initializer[0].dims.__setitem__(0, 2 ** 62))
    refused("2^62 dims", "more elements than can be counted")
    changed(lambda g: g.initializer[0].dims.__setitem__(0, -4))
    refused("negative dims", "axis of the size -4")

    def outside(graph, location):
        tensor = graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        entry = tensor.external_data.add()
        entry.key, entry.value = "location", location
    for location in ("../secret", "/etc/passwd", "a/../../b", "..\\b"):
        changed(lambda g: outside(g, location))
        refused(location, "outside the model's folder")
    changed(lambda g: outside(g, "weights/w.bin"))
    check(facts("model.onnx")["layers"][0]["parameters"] == 108, "values in another file are counted")

    model([node("Conv", "x w", "c"), node("Relu", "c", "r")], [("x", [1, 5, 8, 8])], [weights("w", 4, 3, 3, 3)])
    check(any("5 channels" in r and "expect 3" in r for r in facts("model.onnx")["remarks"]), "channels that do not fit")
    model([node("Conv", "x w", "c"), node("Frobnicate", "c", "r"), node("Relu", "r", "y")], [("x", [1, 3, 8, 8])],
          [weights("w", 4, 3, 3, 3)])
    told = facts("model.onnx")
    check(any("Frobnicate" in r for r in told["remarks"]) and told["layers"][2]["output"] is None and
          told["layers"][0]["multiplications"] == 36 * 108, "an unknown operator stops nothing else")
    with open("net.pt", "wb") as file:
        file.write(b"\x80\x02.")
    done = run("net.pt")
    check(done.returncode == 2 and "torch.onnx.export" in done.stderr, "a checkpoint")
    with open("text.onnx", "w") as file:
        file.write("nn.Conv2d(1, 1, 3)")
    refused("text", "not an ONNX model", "text.onnx")
    refused("no such file", "missing.onnx", "missing.onnx")
    model([node("Relu", "x", "y")], [("x", [1, 3, 8, 8])])
    refused("other channels", "declares 1×3×8×8", "model.onnx", "--input", "1x4x8x8")
    refused("no sizes", "give a shape such as", "model.onnx", "--input", "big")
    refused("two forms", "not both", "model.onnx", "--json", "--csv")
    refused("a layer's flag", "of the flags only", "model.onnx", "--stride", "2")


windows()
forms()
counts()
differences()
broken()
end()
