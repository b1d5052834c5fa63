#!/usr/bin/env python3
"""Trains the small network that reads a digit, and writes it as assets/networks/digits.onnx.

Needs python3-torch, python3-onnx, python3-pil, python3-numpy, and typefaces: fonts-urw-base35 fonts-liberation
fonts-freefont-ttf fonts-linuxlibertine fonts-lato fonts-comic-neue fonts-humor-sans fonts-femkeklaver fonts-breip
fonts-ecolier-court fonts-dancingscript fonts-isabella fonts-quicksand fonts-cantarell fonts-roboto-unhinted
fonts-inconsolata fonts-dejavu fonts-open-sans fonts-lmodern.

Two kinds of pictures, 28x28, with 0 for paper and 1 for ink: digits of typefaces, and digits drawn with a thick pen along
a few strokes whose points, slant and width vary, as people draw with a mouse. Both are shifted, turned, sheared, scaled,
blurred and covered with noise. Whole families of typefaces are held out, and so are some ways to draw a digit; the script
prints how often the network is right on them, and writes these figures into the model. With --quick it trains for a moment
only and writes nowhere unless --output is given, as a test of the script.
"""
import argparse
import subprocess
from collections import Counter
from pathlib import Path

import numpy
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
SIDE = 28
# The network is not trained on these families, nor on a relative of theirs.
HELD_OUT = ("Cantarell", "Comic", "Quicksand", "breip", "Breip", "Isabella", "P052")
# Neither trained on nor counted: others of the same design are trained on (Latin Modern at other sizes, Times, Courier), so that they would
# flatter the figures.
RELATED = ("LiberationSerif", "lmroman10", "FreeMono")
# No digits, or old-style ones that even people take for letters.
LEFT_OUT = ("D050000L", "StandardSymbols", "Dingbats", "Math", "math", "arphic", "wqy", "Initials", "Keyboard", "caps")

# Ways to draw each digit: strokes of points in a unit square, y downwards. "c" closes a curve through the points, "o" is an
# open one, "l" are straight lines. The last way of a digit with several is held out.
WAYS = {
    0: [[("c", [(.5, 0), (.1, .3), (.1, .7), (.5, 1), (.9, .7), (.9, .3)])],
        [("c", [(.6, 0), (.2, .25), (.15, .75), (.45, 1), (.85, .7), (.85, .25)])]],
    1: [[("l", [(.5, 0), (.5, 1)])], [("l", [(.25, .25), (.55, 0), (.55, 1)])],
        [("l", [(.25, .25), (.5, 0), (.5, 1)]), ("l", [(.2, 1), (.8, 1)])]],
    2: [[("o", [(.1, .25), (.35, .02), (.75, .05), (.85, .3), (.5, .65), (.1, .98)]), ("l", [(.1, .98), (.9, .98)])],
        [("o", [(.1, .2), (.5, 0), (.85, .25), (.6, .6), (.2, .95), (.25, .85), (.5, .95), (.9, .9)])]],
    3: [[("o", [(.1, .15), (.5, 0), (.85, .22), (.45, .47), (.9, .75), (.5, 1), (.08, .85)])],
        [("l", [(.1, .02), (.85, .02), (.4, .42)]), ("o", [(.4, .42), (.85, .6), (.8, .9), (.4, 1), (.08, .85)])]],
    4: [[("l", [(.65, 1), (.65, 0), (.05, .7), (.95, .7)])], [("l", [(.2, 0), (.1, .55), (.9, .55)]), ("l", [(.7, .1), (.7, 1)])],
        [("l", [(.15, .05), (.15, .5), (.8, .5)]), ("l", [(.8, 0), (.75, 1)])]],
    5: [[("l", [(.85, .02), (.2, .02), (.15, .45)]), ("o", [(.15, .45), (.55, .35), (.9, .65), (.6, .98), (.1, .9)])],
        [("l", [(.2, .02), (.15, .45)]), ("o", [(.15, .45), (.6, .38), (.85, .7), (.5, 1), (.1, .88)]), ("l", [(.2, .02), (.9, .05)])]],
    6: [[("o", [(.75, .02), (.3, .3), (.1, .7), (.4, 1), (.85, .8), (.6, .5), (.15, .65)])],
        [("o", [(.55, 0), (.2, .45), (.15, .8), (.5, 1), (.85, .75), (.5, .55), (.2, .75)])]],
    7: [[("l", [(.1, .02), (.9, .02), (.4, 1)])], [("l", [(.1, .02), (.9, .02), (.4, 1)]), ("l", [(.3, .5), (.8, .5)])],
        [("l", [(.1, .15), (.12, .02), (.9, .02), (.55, .45), (.45, 1)])]],
    8: [[("o", [(.5, .48), (.15, .25), (.5, 0), (.85, .25), (.5, .48), (.1, .75), (.5, 1), (.9, .75), (.5, .48)])],
        [("o", [(.8, .15), (.45, 0), (.2, .25), (.8, .7), (.5, 1), (.15, .75), (.55, .45), (.8, .15)])]],
    9: [[("o", [(.85, .3), (.5, .5), (.12, .3), (.45, 0), (.85, .25), (.8, .7), (.6, 1)])],
        [("c", [(.5, 0), (.12, .25), (.45, .5), (.85, .25)]), ("l", [(.85, .25), (.8, 1)])],
        [("o", [(.82, .15), (.4, 0), (.15, .3), (.5, .5), (.82, .2)]), ("o", [(.82, .2), (.85, .7), (.5, 1), (.15, .9)])]],
}


def curve(points, closed):
    """Points along a Catmull-Rom curve."""
    count = len(points)
    at = lambda n: points[n % count] if closed else points[min(max(n, 0), count - 1)]
    for n in range(count if closed else count - 1):
        a, b, c, d = (numpy.array(at(n + k)) for k in (-1, 0, 1, 2))
        for t in numpy.linspace(0, 1, 7)[(n > 0):]:
            yield tuple(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3))


def drawn(digit, random, held_out):
    ways = WAYS[digit]
    way = ways[-1] if held_out else ways[random.integers(len(ways) - 1)]
    scale, large = 4, SIDE * 4
    image = Image.new("L", (large, large))
    pen = ImageDraw.Draw(image)
    width = random.uniform(1.5, 3.6) * scale
    high, wide = random.uniform(14, 22) * scale, random.uniform(9, 17) * scale
    slant = random.uniform(-.25, .35)
    for kind, points in way:
        moved = [(x + random.normal(0, .045), y + random.normal(0, .04)) for x, y in points]
        placed = [(large / 2 + (x - .5) * wide + slant * (.5 - y) * high * .6, large / 2 + (y - .5) * high) for x, y in moved]
        line = placed if kind == "l" else list(curve(placed, kind == "c"))
        pen.line(line, fill=255, width=round(width), joint="curve")
        for x, y in line:
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    return numpy.asarray(image.resize((SIDE, SIDE), Image.BOX), numpy.float32) / 255


def typefaces():
    files = subprocess.run(["fc-list", "-f", "%{file}\n"], capture_output=True, text=True, check=True).stdout.split("\n")
    usable = sorted({f for f in files if f.endswith((".ttf", ".otf", ".t1"))})
    return [f for f in usable if not any(name in f for name in LEFT_OUT)]


def printed(font, digit):
    """The digit in the middle of a picture of 40x40, 26 high or 22 wide."""
    face = ImageFont.truetype(font, 64)
    left, top, right, bottom = face.getbbox(str(digit))
    if right <= left or bottom <= top:
        return None
    image = Image.new("L", (right - left + 8, bottom - top + 8))
    ImageDraw.Draw(image).text((4 - left, 4 - top), str(digit), fill=255, font=face)
    factor = min(26 / (bottom - top), 22 / (right - left))
    image = image.resize((max(1, round(image.width * factor)), max(1, round(image.height * factor))), Image.LANCZOS)
    page = Image.new("L", (40, 40))
    page.paste(image, ((40 - image.width) // 2, (40 - image.height) // 2))
    return numpy.asarray(page, numpy.float32) / 255


def printed_set(held_out):
    """Digits of the typefaces; of those that are held out, each once, though one may be installed in several formats."""
    pictures, labels, seen = [], [], set()
    for font in typefaces():
        if any(name in font for name in HELD_OUT) != held_out or any(name in font for name in RELATED):
            continue
        try:
            all_digits = [printed(font, digit) for digit in range(10)]
        except OSError:
            continue
        if any(one is None for one in all_digits) or len({one.tobytes() for one in all_digits}) < 10:
            continue   # no digits of its own
        picture = b"".join(one.tobytes() for one in all_digits)
        if held_out and picture in seen:
            continue
        seen.add(picture)
        pictures += all_digits
        labels += range(10)
    if not pictures:
        return None
    return torch.from_numpy(numpy.stack(pictures))[:, None], torch.tensor(labels)


def drawn_set(count, seed, held_out=False):
    random = numpy.random.default_rng(seed)
    labels = [n % 10 for n in range(count)]
    pictures = [numpy.pad(drawn(digit, random, held_out), 6) for digit in labels]
    return torch.from_numpy(numpy.stack(pictures))[:, None], torch.tensor(labels)


def varied(pictures, generator, strength=1.0):
    """40x40 pictures as 28x28, each shifted, turned, sheared, scaled, blurred, thickened or thinned, and with noise."""
    count = len(pictures)
    uniform = lambda low, high: low + (high - low) * torch.rand(count, generator=generator)
    angle = strength * uniform(-.22, .22)
    shear, grow = strength * uniform(-.15, .15), 1 + strength * (uniform(.85, 1.6) - 1)
    stretch = 1 + strength * (uniform(.85, 1.18) - 1)
    cos, sin, view = torch.cos(angle) * grow, torch.sin(angle) * grow, SIDE / 40
    theta = torch.stack([
        torch.stack([cos * stretch * view, (shear * cos - sin) * view, strength * uniform(-.22, .22)], 1),
        torch.stack([sin * stretch * view, (shear * sin + cos) * view, strength * uniform(-.22, .22)], 1)], 1)
    made = F.grid_sample(pictures, F.affine_grid(theta, (count, 1, SIDE, SIDE), align_corners=False), align_corners=False)
    if strength == 0:
        return made
    soft = F.avg_pool2d(F.pad(made, (1, 1, 1, 1)), 3, 1)
    thick, thin = F.max_pool2d(made, 3, 1, 1), -F.max_pool2d(-made, 3, 1, 1)
    choice = torch.rand(count, 1, 1, 1, generator=generator)
    made = torch.where(choice < .2, soft, torch.where(choice < .4, thick, torch.where(choice < .48, .5 * (thin + made), made)))
    ink = .6 + .4 * torch.rand(count, 1, 1, 1, generator=generator)
    return (ink * made + .06 * torch.randn(made.shape, generator=generator)).clamp(0, 1)


def network():
    conv = lambda *channels: torch.nn.Conv2d(*channels, 3, padding=1)
    return torch.nn.Sequential(conv(1, 8), torch.nn.ReLU(), torch.nn.MaxPool2d(2), conv(8, 16), torch.nn.ReLU(),
                               torch.nn.MaxPool2d(2), conv(16, 32), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
                               torch.nn.Flatten(), torch.nn.Linear(288, 10))


def right(model, pictures, labels, seed):
    """The share of right answers for the pictures as they are, and for varied ones; what the varied ones are mistaken for."""
    model.eval()
    generator = torch.Generator().manual_seed(seed)
    mistaken = Counter()
    with torch.no_grad():
        plain = (model(varied(pictures, generator, 0.0)).argmax(1) == labels).float().mean().item()
        for _ in range(8):
            answers = model(varied(pictures, generator, .7)).argmax(1)
            mistaken.update((was, read) for was, read in zip(labels.tolist(), answers.tolist()) if was != read)
    return plain, 1 - sum(mistaken.values()) / (8 * len(labels)), mistaken


def write_onnx(model, path, says):
    layers = dict(zip(("conv1", "conv2", "conv3", "scores"), (model[0], model[3], model[6], model[10])))
    node, stored = helper.make_node, []
    for name, layer in layers.items():
        stored.append(numpy_helper.from_array(layer.weight.detach().numpy(), f"{name}.weight"))
        stored.append(numpy_helper.from_array(layer.bias.detach().numpy(), f"{name}.bias"))
    nodes, last = [], "image"
    for n in (1, 2, 3):
        nodes += [node("Conv", [last, f"conv{n}.weight", f"conv{n}.bias"], [f"conv{n}"], name=f"conv{n}", kernel_shape=[3, 3], pads=[1] * 4),
                  node("Relu", [f"conv{n}"], [f"relu{n}"], name=f"relu{n}"),
                  node("MaxPool", [f"relu{n}"], [f"pool{n}"], name=f"pool{n}", kernel_shape=[2, 2], strides=[2, 2])]
        last = f"pool{n}"
    nodes += [node("Flatten", [last], ["flat"], name="flat"),
              node("Gemm", ["flat", "scores.weight", "scores.bias"], ["scores"], name="scores", transB=1),
              node("Softmax", ["scores"], ["probabilities"], name="probabilities", axis=1)]
    tensor = helper.make_tensor_value_info
    graph = helper.make_graph(nodes, "digits", [tensor("image", TensorProto.FLOAT, [1, 1, SIDE, SIDE])],
                              [tensor("probabilities", TensorProto.FLOAT, [1, 10])], stored)
    made = helper.make_model(graph, producer_name="convloom", doc_string=says, ir_version=7,
                             opset_imports=[helper.make_opsetid("", 13)])
    onnx.checker.check_model(made)
    path.write_bytes(made.SerializeToString())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="train for a moment only")
    parser.add_argument("--output", type=Path, help="the model to write; assets/networks/digits.onnx unless --quick")
    words = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(2)
    print_x, print_y = printed_set(False)   # that of the program is always there
    hand_x, hand_y = drawn_set(600 if words.quick else 20000, 3)
    model = network()
    epochs, batches = (1, 10) if words.quick else (14, 150)
    optimiser = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, total_steps=epochs * batches)
    print(f"{len(print_y) // 10} typefaces, {len(hand_y)} drawings", flush=True)
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for _ in range(batches):
            a = torch.randint(len(print_y), (96,), generator=generator)
            b = torch.randint(len(hand_y), (160,), generator=generator)
            x = varied(torch.cat([print_x[a], hand_x[b]]), generator)
            loss = F.cross_entropy(model(x), torch.cat([print_y[a], hand_y[b]]), label_smoothing=.05)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / batches:.3f}", flush=True)
    figures = []
    for name, known in {"typefaces of families that it was not trained on": printed_set(True),
                         "drawings in ways that it was not trained on": drawn_set(200 if words.quick else 2000, 4, True),
                         "other drawings": drawn_set(200 if words.quick else 2000, 5)}.items():
        if known is None:   # typefaces that are not installed
            continue
        x, y = known
        plain, other, mistaken = right(model, x, y, 6)
        figures.append(f"{100 * plain:.1f} % right on {name} ({len(y)} pictures), {100 * other:.1f} % if they are shifted, "
                       "turned and noisy")
        print(figures[-1], flush=True)
        print("  mistaken most: " + ", ".join(f"{was} for {read} ({count} of {8 * len(y) // 10})"
                                             for (was, read), count in mistaken.most_common(6)), flush=True)
    path = words.output or (None if words.quick else ROOT / "assets" / "networks" / "digits.onnx")
    if path:
        write_onnx(model, path, "A digit of 28x28, 0 for paper and 1 for ink. Trained by scripts/train_digits.py on "
                   "typefaces and on drawings made by rules, not on people's handwriting. " + "; ".join(figures) + ".")
        print(f"wrote {path.name}, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
