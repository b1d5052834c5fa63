"""A layer of a network in the commands that show layers: model.onnx:NODE, with its weights and its true input.

The models are written here with python3-onnx; the values of every step must be those of `convloom compute`, bit for bit.
"""
import json
import os
import sys
import xml.etree.ElementTree

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check, convloom as run, end  # noqa: E402


def weights(name, *sizes, seed=1):
    values = numpy.random.default_rng(seed).standard_normal(sizes).astype(numpy.float32)
    return numpy_helper.from_array(values, name)


def model(file="model.onnx"):
    """A stem, a depthwise and a grouped convolution, a pooling, a transposed convolution, an operator that is not known."""
    node = helper.make_node
    nodes = [
        node("Conv", ["x", "w1", "b1"], ["y1"], name="conv1", pads=[3, 3, 3, 3], strides=[2, 2]),
        node("Relu", ["y1"], ["r1"], name="relu1"),
        node("MaxPool", ["r1"], ["p1"], name="pool1", kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]),
        node("Conv", ["p1", "w2"], ["y2"], group=8, pads=[1, 1, 1, 1]),   # without a name
        node("Conv", ["y2", "w3"], ["y3"], name="/block/grouped", group=2, dilations=[2, 2]),
        node("ConvTranspose", ["y3", "w4", "b4"], ["y4"], name="up", strides=[2, 2], pads=[1, 0, 1, 0],
             output_padding=[1, 0]),
        node("Odd", ["y4"], ["z"], name="odd", domain="elsewhere"),
        node("Conv", ["z", "w5"], ["y5"], name="behind", pads=[1, 1, 1, 1]),
        node("GlobalAveragePool", ["y4"], ["y"], name="mean"),
    ]
    stored = [weights("w1", 8, 3, 7, 7), weights("b1", 8), weights("w2", 8, 1, 3, 3, seed=2),
              weights("w3", 6, 4, 3, 3, seed=3), weights("w4", 6, 4, 3, 2, seed=4), weights("b4", 4, seed=5),
              weights("w5", 4, 4, 3, 3, seed=6)]
    graph = helper.make_graph(
        nodes, "made", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 32, 40])],
        [helper.make_empty_tensor_value_info("y"), helper.make_empty_tensor_value_info("y5")], stored,
        value_info=[helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, 4, 12, 12])])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid("elsewhere", 1)],
                                ir_version=7), file)


def traced(node, part=""):
    arguments = ["trace", f"model.onnx:{node}", "--data", "x.npy"] + (["--part", part] if part else [])
    done = run(*arguments)
    check(done.returncode == 0, f"{arguments}: {done.stderr}")
    made = json.loads(done.stdout)
    values = numpy.array([step["value"] for step in made["steps"]], numpy.float32)
    return values.reshape(made["output_shape"][1:])


def test_values():
    tensors = ["y1", "p1", "y2", "y3", "y4", "y"]
    done = run("compute", "model.onnx", "--data", "x.npy", "-o", "all.npz", *[w for t in tensors for w in ("--tensor", t)])
    check(done.returncode == 0, done.stderr)
    made = numpy.load("all.npz")
    for node, tensor, parts in (
            ("conv1", "y1", ["3,4:6,7:9", "0:8,0:1,0:1", "[0,5],15:,18:", ":,-2:,:3", "2,3,4"]),
            ("pool1", "p1", ["", "1,0:2,0:2", "[0,7],-1:,-1:", "3,2:5"]),
            ("y2", "y2", ["", "4,0:2,1:3", "[1,6]", "2:5,3:,3:"]),
            ("/block/grouped", "y3", ["", "0:3", "4,1:3,0:2", "[0,3],2"]),
            ("up", "y4", ["", "1,0:3,5:9", "0:2,-1:,-3:", "3,:,:1"]),
            ("mean", "y", ["", "2"])):
        whole = made[tensor][0]
        for part in parts:
            index = eval(f"numpy.s_[{part or ':'}]", {"numpy": numpy})
            if not isinstance(index, tuple):
                index = (index,)
            # A single number keeps its axis.
            index = tuple(slice(i, i + 1) if isinstance(i, int) else i for i in index)
            values = traced(node, part)
            check(values.shape == whole[index].shape and (values == whole[index]).all(),
                  f"{node} [{part}]: {values.shape} beside {whole[index].shape}")


def test_figures():
    done = run("export", "model.onnx:conv1", "--data", "x.npy", "--part", "3,4:7,7:11", "--view", "volume", "-o", "part.svg")
    check(done.returncode == 0 and done.stdout == "Wrote part.svg.\n" and not done.stderr, f"{done.stdout}{done.stderr}")
    text = " ".join(xml.etree.ElementTree.parse("part.svg").getroot().itertext())
    check("conv1[3, 4:7, 7:11] · model.onnx" in text, "the title says which part of which node it is")
    # One picture of the whole layer is that of the largest value.
    run("compute", "model.onnx", "--data", "x.npy", "--tensor", "conv1", "-o", "y1.npy")
    largest = int(numpy.load("y1.npy").argmax())
    at = run("export", "model.onnx:conv1", "--data", "x.npy", "-o", "whole.svg")
    step = run("export", "model.onnx:conv1", "--data", "x.npy", "--steps", str(largest), "-o", "step.svg")
    check(at.returncode == 0 and step.returncode == 0, at.stderr + step.stderr)
    check(open("whole.svg").read() == open("step.svg").read(), "a picture without --steps shows the largest value")
    for arguments in (["scene", "model.onnx:pool1", "--data", "x.npy", "--part", "0,0:3,0:3"],
                      ["link", "model.onnx:up", "--data", "x.npy", "--part", "0,0:3,0:3"],
                      ["link", "model.onnx:up", "--data", "x.npy", "--part", "0,0:3,0:3", "--json"],
                      ["export", "model.onnx:y2", "--data", "x.npy", "--part", "[1,6],0:2,0:2", "-o", "all_%02d.svg"],
                      ["export", "model.onnx:conv1", "--photo", "photo.ppm", "--normalize", "unit", "--fit", "stretch",
                       "-o", "photo.svg"]):
        done = run(*arguments)
        check(done.returncode == 0 and not done.stderr, f"{arguments}: {done.stderr}")
    check(os.path.exists("all_07.svg") and not os.path.exists("all_08.svg"), "2 channels of 2x2 cells are 8 frames")
    # A state file holds the numbers by itself.
    with open("kept.convloom.json", "w") as kept:
        kept.write(run("link", "model.onnx:up", "--data", "x.npy", "--part", "0,0:3,0:3", "--json").stdout)
    done = run("trace", "--state", "kept.convloom.json")
    values = [step["value"] for step in json.loads(done.stdout)["steps"]]
    check(numpy.float32(values).tolist() == traced("up", "0,0:3,0:3").ravel().tolist(), "the state has the same values")
    done = run("export", "model.onnx", "--data", "x.npy", "-o", "first.svg")
    check(done.returncode == 0 and "The first layer of model.onnx, “conv1”; others as model.onnx:NODE: “conv1”, “pool1”, "
          "“y2”, “/block/grouped”, “up”, “behind”, “mean”." in done.stderr, done.stderr)
    facts = json.loads(run("info", "model.onnx:conv1", "--json").stdout)
    check("conv" in json.dumps(facts) and [8, 16, 20] in [l.get("output") or l.get("output_shape") for l in facts["layers"]],
          f"info has the layer's numbers: {facts}")


def test_refusals():
    good = ["--data", "x.npy"]
    for arguments, words in (
            (["model.onnx:conv9", *good], "“model.onnx” has no node “conv9”; the layers that can be shown are “conv1”, "),
            (["model.onnx:relu1", *good], "“relu1” cannot be shown: Relu is no layer that slides. The layers that"),
            (["model.onnx:behind", *good], "Odd “odd”: Odd is not computed here."),
            (["model.onnx:conv1"], "The input “x” (1×3×32×40) is missing"),
            (["model.onnx:conv1", *good, "--part", "8"], "--part 8: channels 8 of the output: it has 0:8."),
            (["model.onnx:conv1", *good, "--part", "0,4:4"], "--part 0,4:4: height 4:4 of the output: it has 0:16."),
            (["model.onnx:conv1", *good, "--part", "0,1,2,3"], "the output has channels and 2 more axes."),
            (["model.onnx:conv1", *good, "--part", "a"], "--part a: give channels, rows and columns"),
            (["model.onnx:conv1", *good, "--part", ""], ""),
            (["model.onnx:conv1", *good, "--part", "[1,0]"], "in ascending order"),
            (["model.onnx:/block/grouped", *good, "--part", "1:4"], "--part 1:4: "),
            (["model.onnx:conv1", *good, "--normalize", "x"], "“x”"),
            (["absent.onnx:conv1", *good], "absent.onnx"),
            (["model.onnx:conv1", *good, "--stride", "2"], "--stride: a network's layer has its own numbers."),
            (["model.onnx:conv1", *good, "--preset", "kind_2d"], "Give only one of: a network's layer, --preset, --state."),
            (["model.onnx:conv1", "--photo", "photo.ppm", "--filter", "blur"], "--filter: "),
            (["model.onnx:", *good], "")):
        done = run("export", *arguments, "-o", "refused.svg")
        if not words:
            check(done.returncode == 0, f"{arguments}: {done.stderr}")
            continue
        if "--normalize" in arguments:   # it is not looked at without a photo
            continue
        check(done.returncode in (1, 2) and words in done.stderr and done.stderr.count("\n") == 1,
              f"{arguments}: {done.returncode} {done.stderr!r}")
    done = run("export", "model.onnx:conv1", "--photo", "photo.ppm", "--normalize", "x", "-o", "refused.svg")
    check(done.returncode == 2 and done.stderr.startswith("convloom: --normalize x: ") or "--normalize x: " in done.stderr,
          done.stderr)
    done = run("open", "photo.ppm", "--part", "3")
    check(done.returncode == 2 and "--part 3: it goes with a layer of a network, model.onnx:NODE." in done.stderr, done.stderr)
    done = run("trace", "--preset", "kind_2d", "--part", "3")
    check(done.returncode == 2 and "go with a layer of a network" in done.stderr, done.stderr)


model()
numpy.save("x.npy", numpy.random.default_rng(7).standard_normal((1, 3, 32, 40)).astype(numpy.float32))
with open("photo.ppm", "wb") as photo:
    photo.write(b"P6 60 40 255\n" + bytes(numpy.random.default_rng(8).integers(0, 256, 60 * 40 * 3, numpy.uint8)))
test_values()
test_figures()
test_refusals()
end()
