"""show() and what it gives."""
import html
import io
import json
import math
import os
import re
import tempfile
from pathlib import Path

from .arrays import Array, array_of, numpy, text_of
from .layers import Words, words_of
from .program import ConvloomError, run

MOST_STEPS = 201  # in a notebook, where none are chosen


def show(what, x=None, view=None, *, input=None, steps=None, fps=None, **look):
    """A figure of a layer that steps in a notebook.

    `what` is a layer of PyTorch or Keras (or a Sequential, or a list of layers), code as text ("nn.Conv2d(1, 1, 3)"),
    the name of a preset ("dilation"), a link ("#v1?…"), the path of a state file, or a State as a dictionary.
    `x` is the input, with or without the axis of samples; without it, numbers are made up, and `input=(1, 5, 5)` says
    how many. `view` is flat, stacked, volume, …; without it, the layer's usual one.
    `steps` are those that the notebook shows: 4 or (0, 8), from 0; `fps` how many it plays in a second.
    Everything else is an option of `convloom link`: theme="dark", language="zh-CN", title="…", layer=2, labels=False, …
    """
    look["view"] = view
    if isinstance(what, str) and not is_layer_text(what):
        state, notes, last = named_state(what, x, input, look), [], False
    elif isinstance(what, (dict, os.PathLike)):
        refuse_input(x, input, "A State")
        state, notes, last = filed_state(what, look), [], False
    else:
        state, notes, last = layer_state(what, x, input, look)
    return Figure(state, notes, channels_last=last, steps=steps, fps=fps)


def is_layer_text(text):
    return not re.fullmatch(r"\s*(\S*#)?v\d+\?.*|\w+|\S+\.json", text, re.S)


def refuse_input(x, input, what):
    if x is not None or input is not None:
        raise ConvloomError(f"{what} has its own input; {'x' if x is not None else 'input'} goes with a layer.")


def named_state(text, x, input, look):
    text = text.strip()
    if re.fullmatch(r"\w+", text):
        refuse_input(x, input, f"The preset {text}")
        return json.loads(run("link", json=True, preset=text, **look))
    refuse_input(x, input, "A state or a link")
    return json.loads(run("link", json=True, state=text, **look))


def filed_state(what, look):
    if isinstance(what, os.PathLike):
        return json.loads(run("link", json=True, state=os.fspath(what), **look))
    with Filed(what) as name:
        return json.loads(run("link", json=True, state=name, **look))


def layer_state(what, x, input, look):
    given = isinstance(what, str)
    words = Words(code=[what]) if given else words_of(what)
    x = None if x is None else array_of(x, "x")
    if x is not None and input is not None:
        raise ConvloomError("Give either x or input, not both: the shape of x is that of the input.")
    shapes = [tuple(input)] if input is not None else shapes_of(x, words) if x is not None else sizes_for(words)
    if not shapes:
        raise ConvloomError("Give x, the input, or its shape as input=(1, 5, 5).")
    refusal = None
    for shape in shapes:
        try:
            state = json.loads(run("link", "--", words.text, json=True, input=text_of(shape), **look))
            break
        except ConvloomError as error:  # of a wrong number of axes, or of an input that is too small
            refusal = refusal or error
            if error.status != 2:
                raise
    else:
        raise refusal
    notes = list(words.notes)
    if x is not None:
        fill_input(state, x, shape, words, notes)
    fill_numbers(state, words)
    return filed_state(state, {}), notes, words.channels_last  # checked, and with the numbers as the program has them


def shapes_of(x, words):
    """Shapes that the program may take x as, the likeliest first. Of text the rank is not known."""
    if words.any_rank:
        return [x.shape[1:]]
    if words.rank is None:
        shapes = [x.shape, x.shape[1:], (1, *x.shape)]
        return [shape for shape in shapes if 2 <= len(shape) <= 4] or [x.shape]
    last, rank = words.channels_last, words.rank
    if x.ndim == rank and words.in_channels in (None, 1):
        return [(1, *x.shape)]
    if x.ndim not in (rank + 1, rank + 2):
        raise ConvloomError(f"x has the shape {text_of(x.shape)}; {words.name} takes {rank + 1} axes, or {rank + 2} "
                            "with that of the samples.")
    shape = x.shape[-rank - 1:]
    return [(shape[-1], *shape[:-1]) if last else shape]


def fill_input(state, x, shape, words, notes):
    if x.ndim > len(shape):
        if x.shape[0] > 1:
            notes.append(f"x has {x.shape[0]} samples; the first one is shown.")
        x = x.first()
    if x.ndim < len(shape):
        x = x.with_axis()
    elif words.channels_last:
        x = x.moved((x.ndim - 1, *range(x.ndim - 1)))
    state["input"] = x.values


def sizes_for(words):
    """Shapes of an input that is made up, from small to large, since more layers need more."""
    if not words.name:
        return []
    channels = words.in_channels or 1
    sizes = list(words.sizes)
    return [(channels, *(max(size, least) for size in sizes)) for least in (5, 8, 12, 16, 24, 32, 64, 128, 224)]


def fill_numbers(state, words):
    layers = state["layers"]
    if words.numbers and len(layers) != len(words.numbers):
        raise ConvloomError(f"The program reads {len(layers)} layers where {len(words.numbers)} were given.")
    for layer, numbers in zip(layers, words.numbers):
        if numbers.weight is not None:
            layer["weight"] = numbers.weight.values
        if numbers.bias is not None:
            layer["bias"] = numbers.bias.values


class Filed:
    """A State in a file of its own, while it is needed."""

    def __init__(self, state):
        self.state = state

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="convloom-")
        path = os.path.join(self.folder.name, "state.convloom.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.state, file)
        return path

    def __exit__(self, *_):
        self.folder.cleanup()


class Figure:
    """A layer on its input, as show() gives it."""

    def __init__(self, state, notes=(), channels_last=False, steps=None, fps=None):
        self.state = state            # the text of a state file, as a dictionary
        self.notes = list(notes)      # what was left out of what was given, in sentences
        self._channels_last = channels_last
        self._steps, self._fps = steps, fps
        self._shown = None
        self._run("scene")            # what cannot be shown is refused here, not when the notebook draws it

    def _run(self, *words, **options):
        with Filed(self.state) as name:
            return run(*words, state=name, **options)

    def save(self, path, *, steps=None, **options):
        """Writes a file, whose name says the format: .gif, .svg, .png, .pdf, .html, .pptx, .mp4, … Options are those of
        `convloom export`: size="600x600", fps=4, steps=(0, 8), taps=True, smooth=30, transparent=True, …"""
        path = os.path.abspath(os.fspath(path))
        self._run("export", output=path, steps=range_of(self._steps if steps is None else steps), **options)
        return Path(path)

    def page(self):
        """The page of steps, as the text of an .html file."""
        return self._page()[0]

    def _page(self):
        if self._shown is None:
            with tempfile.TemporaryDirectory(prefix="convloom-") as folder:
                path = os.path.join(folder, "page.html")
                self._shown = self._write_page(path)
        return self._shown

    def _write_page(self, path):
        notes = list(self.notes)
        if self._steps is None and self._has_many():
            self._export(path, (0, MOST_STEPS - 1))
            notes.append(f"These are the first {MOST_STEPS} steps; steps=(from, to) chooses others.")
        else:
            self._export(path, self._steps)
        with open(path, encoding="utf-8") as file:
            return file.read(), notes

    def _export(self, path, steps):
        self._run("export", output=path, steps=range_of(steps), fps=self._fps)

    def _has_many(self):
        try:
            self._run("scene", step=MOST_STEPS)
        except ConvloomError:  # there is no such step
            return False
        return True

    def trace(self):
        """Every step and every product, as a dictionary of NumPy arrays: step_output, step_value, tap_x, tap_w, …;
        step n has the products step_first_tap[n] to step_first_tap[n + 1]."""
        if numpy is None:
            raise ConvloomError("trace() gives NumPy arrays, and NumPy is not installed.")
        data = self._run("trace", format="npz", output="-")
        with numpy.load(io.BytesIO(data)) as arrays:
            return {name: arrays[name] for name in arrays.files}

    def output(self):
        """The output of all layers as a NumPy array, or as nested lists without NumPy: channels and sizes, without the
        axis of samples; for Keras's layers the channels come last, as they do there."""
        result = json.loads(self._run("compute"))
        array = Array(result["output_shape"][1:], result["output"])
        if self._channels_last and array.ndim > 1:
            array = array.moved((*range(1, array.ndim), 0))
        if numpy is not None:
            return numpy.asarray(array.values, dtype=numpy.float32).reshape(array.shape)
        return lists(array.values, array.shape)

    def link(self, base=None, **options):
        """What is shown as a link; `base` is the address of a page with Convloom."""
        return self._run("link", base=base, **options).decode().strip()

    @property
    def text(self):
        """The figure in words."""
        return html.unescape(re.search(r"<desc>(.*?)</desc>", self.page(), re.S).group(1))

    def _repr_html_(self):
        # A frame of its own keeps the page's styles, names and keys apart from the notebook's.
        page, notes = self._page()
        said = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
        return (f'<iframe srcdoc="{html.escape(page)}" sandbox="allow-scripts" title="{html.escape(self.text)}" '
                'style="width: 100%; max-width: 960px; aspect-ratio: 960 / 600; border: 0"></iframe>' + said)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self._repr_html_(), "text/plain": "\n".join([self.text, *self._page()[1]])}

    def __repr__(self):
        layers = self.state["layers"]
        return f"<convloom.Figure of {self.state.get('title') or layers[0]['op']}, {self.state['view']}>"


def range_of(steps):
    """4 or (0, 8) as the program writes them; texts stay."""
    if steps is None or isinstance(steps, (int, str)):
        return steps
    if isinstance(steps, range):
        steps = (steps.start, steps.stop - 1)
    first, last = steps
    return f"{int(first)}..{int(last)}"


def lists(values, shape):
    if len(shape) <= 1:
        return list(values)
    inner = math.prod(shape[1:])
    return [lists(values[n * inner:(n + 1) * inner], shape[1:]) for n in range(shape[0])]
