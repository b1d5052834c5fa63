"""The Python package without PyTorch or Keras: stand-ins with their attributes, compared with SciPy; pip installs it."""
import html.parser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from scipy import signal

PACKAGE = Path(os.environ["TESTS_DIR"]).parent / "python"

# pip builds beside the sources, so it gets a copy.
shutil.copytree(PACKAGE, "sources", ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-build-isolation", "--no-deps", "--no-index",
                "--disable-pip-version-check", "--root-user-action=ignore", "--target", "installed", "./sources"],
               check=True, timeout=200)
sys.path.insert(0, os.path.abspath("installed"))
import convloom  # noqa: E402

assert Path(convloom.__file__).is_relative_to(Path("installed").resolve()), convloom.__file__
random = np.random.default_rng(1)


class Stand:
    """What convloom reads of a layer."""
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def named(name, **attributes):
    return type(name, (Stand,), {})(**attributes)


def conv(rank, weight, bias=None, transposed=False, **more):
    groups = more.get("groups", 1)
    first, second = weight.shape[:2]
    values = dict(in_channels=first if transposed else second * groups,
                  out_channels=second * groups if transposed else first, kernel_size=weight.shape[2:],
                  stride=(1,) * rank, padding=(0,) * rank, dilation=(1,) * rank, groups=1, padding_mode="zeros",
                  output_padding=(0,) * rank, weight=weight, bias=bias)
    return named(f"Conv{'Transpose' if transposed else ''}{rank}d", **{**values, **more})


def close(figure, wanted):
    got = figure.output()
    assert got.shape == wanted.shape, (got.shape, wanted.shape)
    assert np.allclose(got, wanted, atol=1e-5), np.abs(got - wanted).max()


def refused(sentence, *words, status=None, **options):
    try:
        convloom.show(*words, **options)
    except convloom.ConvloomError as error:
        assert re.search(sentence, str(error)), error
        assert error.status == status, error.status
    else:
        raise AssertionError(f"not refused: {sentence}")


def correlated(x, weight, bias):
    return np.stack([sum(signal.correlate(x[c], one[c], "valid") for c in range(len(x))) + b
                     for one, b in zip(weight, bias)])


# Convolutions of every rank, with and without the axis of samples.
for rank in (1, 2, 3):
    x, weight = random.normal(size=(2,) + (5, 6, 4)[:rank]), random.normal(size=(3, 2) + (3, 2, 2)[:rank])
    bias = random.normal(size=3)
    figure = convloom.show(conv(rank, weight, bias), x)
    close(figure, correlated(x, weight, bias))
    figure = convloom.show(conv(rank, weight, bias), np.stack([x, x + 1]))
    close(figure, correlated(x, weight, bias))
    assert figure.notes == ["x has 2 samples; the first one is shown."]

plane, kernel = random.normal(size=(6, 7)), random.normal(size=(1, 1, 3, 3))
layer = conv(2, kernel, stride=(2, 2), padding=(1, 1))
close(convloom.show(layer, plane), correlated(np.pad(plane, 1)[None], kernel, [0])[:, ::2, ::2])
close(convloom.show(layer, plane.tolist()), correlated(np.pad(plane, 1)[None], kernel, [0])[:, ::2, ::2])
two = random.normal(size=(4, 1, 3, 3))  # two groups
pair = random.normal(size=(2, 5, 5))
close(convloom.show(conv(2, two, groups=2), pair),
      np.concatenate([correlated(pair[n:n + 1], two[2 * n:2 * n + 2], [0, 0]) for n in (0, 1)]))

# Transposed: each input cell adds its multiple of the kernel.
x, weight = random.normal(size=(2, 3, 3)), random.normal(size=(2, 3, 2, 2))
wanted = np.zeros((3, 6, 6))
for c, i, j in np.ndindex(x.shape):
    wanted[:, 2 * i:2 * i + 2, 2 * j:2 * j + 2] += x[c, i, j] * weight[c]
close(convloom.show(conv(2, weight, transposed=True, stride=(2, 2)), x), wanted)

# Pooling and upsampling.
x = random.normal(size=(2, 6, 6))
blocks = x.reshape(2, 3, 2, 3, 2)
pool = dict(kernel_size=2, stride=2, padding=0, ceil_mode=False)
close(convloom.show(named("MaxPool2d", dilation=1, **pool), x), blocks.max(axis=(2, 4)))
close(convloom.show(named("AvgPool2d", count_include_pad=True, divisor_override=None, **pool), x),
      blocks.mean(axis=(2, 4)))
close(convloom.show(named("AdaptiveAvgPool2d", output_size=(3, None)), x), x.reshape(2, 3, 2, 6).mean(axis=2))
close(convloom.show(named("Upsample", size=None, scale_factor=2.0, mode="nearest", align_corners=None), x[None]),
      x.repeat(2, axis=1).repeat(2, axis=2))

# Several layers, with what stands between them.
one, other = random.normal(size=(3, 1, 3, 3)), random.normal(size=(2, 3, 2, 2))
between = type("ReLU", (Stand,), {"__repr__": lambda _: "ReLU()"})()
figure = convloom.show([conv(2, one), between, [conv(2, other)]], plane)
close(figure, correlated(np.maximum(correlated(plane[None], one, [0] * 3), 0), other, [0, 0]))
assert figure.state["view"] == "chain"
refused("running_mean that was trained", [conv(2, one), named("BatchNorm2d", running_mean=[1.0])], plane)

# Keras: channels come last, weights are (*kernel, in, out).
look = dict(strides=(1, 1), padding="valid", dilation_rate=(1, 1), use_bias=True, data_format="channels_last")
x, weight, bias = random.normal(size=(5, 6, 2)), random.normal(size=(3, 3, 2, 4)), random.normal(size=4)
turned = np.moveaxis(x, 2, 0)
keras = named("Conv2D", filters=4, kernel_size=(3, 3), groups=1, kernel=weight, bias=bias, **look)
close(convloom.show(keras, x[None]), np.moveaxis(correlated(turned, weight.transpose(3, 2, 0, 1), bias), 0, 2))
weight = random.normal(size=(2, 2, 3, 2))  # (*kernel, out, in)
keras = named("Conv2DTranspose", filters=3, kernel_size=(2, 2), kernel=weight, bias=np.zeros(3),
              **{**look, "strides": (2, 2)})
wanted = np.zeros((10, 12, 3))
for i, j, c in np.ndindex(x.shape):
    wanted[2 * i:2 * i + 2, 2 * j:2 * j + 2] += x[i, j, c] * weight[:, :, :, c]
close(convloom.show(keras, x), wanted)
depthwise, pointwise = random.normal(size=(3, 3, 2, 2)), random.normal(size=(1, 1, 4, 3))
keras = named("SeparableConv2D", filters=3, kernel_size=(3, 3), depth_multiplier=2, depthwise_kernel=depthwise,
              pointwise_kernel=pointwise, bias=np.ones(3), activation=named("relu"), **look)
keras.activation.__name__ = "relu"
maps = np.stack([signal.correlate(turned[c], depthwise[:, :, c, m], "valid") for c in range(2) for m in range(2)])
close(convloom.show(keras, x), np.maximum(np.moveaxis(maps, 0, 2) @ pointwise[0, 0] + 1, 0))

# Words, presets, links, states; their looks.
words = convloom.show("nn.Conv2d(1, 1, 3, bias=False)", plane, view="stacked", theme="dark", labels=False, title="Mine")
assert (words.state["view"], words.state["theme"], words.state["labels"], words.state["title"]) == (
    "stacked", "dark", False, "Mine")
close(convloom.show("nn.Conv1d(2, 1, 3, bias=False)", np.ones((1, 2, 5)), input=None), convloom.show(
    "nn.Conv1d(2, 1, 3, bias=False)", np.ones((2, 5))).output())
assert convloom.show("dilation").link() == "#v1?preset=dilation"
again = convloom.show(words.link())
assert again.state == words.state
assert convloom.show(words.state).state == words.state
Path("mine.convloom.json").write_text(__import__("json").dumps(words.state))
assert convloom.show(Path("mine.convloom.json")).state["input"] == words.state["input"]
assert convloom.show(conv(2, kernel)).state["layers"][0]["size"] == [5, 5], "an input that is made up"

# The trace, page, files and notebook's frame of one figure.
figure = convloom.show(layer, plane, steps=(0, 4))
trace = figure.trace()
assert np.allclose(trace["step_value"].reshape(3, 4), figure.output()[0])
assert np.allclose(trace["tap_x"] * trace["tap_w"], trace["tap_product"])


class Frames(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        assert tag in ("iframe", "p"), tag
        self.frame = dict(attributes) if tag == "iframe" else self.frame


frames = Frames()
frames.feed(figure._repr_html_())
assert frames.frame["srcdoc"] == figure.page() and "step 1 of 12" in frames.frame["title"]
assert frames.frame["sandbox"] == "allow-scripts"
bundle = figure._repr_mimebundle_()
assert "step 1 of 12" in bundle["text/plain"] and bundle["text/html"] == figure._repr_html_()
assert '"steps":[' in figure.page() and figure.page().startswith("<!DOCTYPE html>")
assert figure.save("a.gif", size="300x300", fps=4).read_bytes()[:6] == b"GIF89a"
assert figure.save("all.svg", steps=4).exists()
large = convloom.show(conv(2, kernel), np.ones((20, 20)))
assert "first 201 steps" in large._repr_html_()

# Faults are one exception with the program's sentence; nothing reaches a shell.
refused("did you mean “dilation”", "dilaton", status=2)
refused("^--theme x;touch y: the themes are", conv(2, kernel), theme="x;touch y", status=2)
refused("link has no --nosuch", conv(2, kernel), nosuch=1, status=2)
refused("kernel covers 3 cells", conv(2, kernel), np.ones((2, 2)), status=2)
refused("Give x, the input", "nn.Conv2d(1, 1, 3)")
refused("x has the shape 5; Conv2d takes 3 axes", conv(2, kernel), np.ones(5))
refused("2 of its 36 numbers are not finite", conv(2, kernel), np.diag([np.nan, 1, 1, np.inf, 1, 1]))
refused("uneven", conv(2, kernel), [[1, 2], [3]])
refused("x is a str", conv(2, kernel), "text")
refused("Linear is no layer", named("Linear"))
own = type("Conv2d", (Stand,), {"forward": lambda self: 1})
refused("Mine computes in its own way", type("Mine", (own,), {"forward": lambda self: 2})())
refused("no attribute kernel_size", named("MaxPool2d"))
refused("has 8 values where 9 are needed", {**words.state, "layers": [{**words.state["layers"][0], "weight": [0] * 8}]},
        status=2)
try:
    figure.save("no/folder/a.gif")
    raise AssertionError("written into a folder that is not there")
except convloom.ConvloomError as error:
    assert error.status in (1, 2) and "no/folder" in str(error), error
os.environ["CONVLOOM"] = "/nowhere/convloom"
refused("The program /nowhere/convloom is not there", "dilation")
assert not Path("y").exists()
print("all of the package works")
