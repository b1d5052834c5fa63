"""Layers of PyTorch and Keras, by the names of their classes and attributes, as words that the program reads.

Neither library is imported. A class counts as the one of its ancestors whose name is in a table below.
"""
from dataclasses import dataclass, field
from typing import List, Optional

from .arrays import Array, array_of, text_of
from .program import ConvloomError


@dataclass
class Numbers:
    """Of one layer with a window, in PyTorch's axis order; None where they are to be made up."""
    weight: Optional[Array] = None
    bias: Optional[Array] = None


@dataclass
class Words:
    """What the program is to show."""
    code: List[str] = field(default_factory=list)
    numbers: List[Numbers] = field(default_factory=list)
    rank: Optional[int] = None          # spatial axes of the input
    any_rank: bool = False              # the first layer takes any, and always the axis of samples
    in_channels: Optional[int] = None   # None: any
    sizes: tuple = ()                   # enough for one window of the first layer
    channels_last: bool = False
    keras: bool = False
    name: str = ""                      # of the first layer with a window
    notes: List[str] = field(default_factory=list)

    @property
    def text(self):
        if len(self.code) == 1:
            return self.code[0]
        inside = ", ".join(self.code)
        return f"keras.Sequential([{inside}])" if self.keras else f"nn.Sequential({inside})"

    def begin(self, name, rank, in_channels, sizes, channels_last=False):
        """Of the first layer with a window; the input's shape follows from it."""
        if not self.name:
            self.name, self.rank, self.in_channels, self.sizes = name, rank, in_channels, tuple(sizes)
            self.channels_last = channels_last


def words_of(layer):
    """Words of a layer, of a Sequential, or of a list of layers."""
    words = Words()
    for one in flat([layer]):
        name = known_class(one, TORCH) or known_class(one, KERAS)
        if name in TORCH:
            add_torch(words, one, name)
        elif name in KERAS:
            words.keras = True
            add_keras(words, one, name)
        else:
            add_between(words, one)
    if not words.numbers:
        raise ConvloomError(f"{type(layer).__name__} has no layer that Convloom steps through; give a convolution, a "
                            "pooling layer or an upsampling, a Sequential of them, or words.")
    return words


def flat(layers):
    for one in layers:
        if isinstance(one, (list, tuple)):
            yield from flat(one)
        elif known_class(one, {"Sequential": ()}):
            inner = getattr(one, "layers", None)  # Keras; PyTorch's is a sequence itself
            yield from flat(list(one) if inner is None else inner)
        else:
            yield one


def known_class(layer, table):
    """The name in the table that the layer's class or one of its ancestors has."""
    names = [one.__name__ for one in type(layer).__mro__]
    found = next((n for n, name in enumerate(names) if name in table), None)
    if found is None:
        return None
    its, known = type(layer), type(layer).__mro__[found]
    for method in ("forward", "call"):
        if getattr(its, method, None) is not getattr(known, method, None):
            raise ConvloomError(f"{its.__name__} computes in its own way, not as {known.__name__} does; give the "
                                f"{known.__name__} that it is made of, or words.")
    return names[found]


def attribute(layer, name):
    try:
        return getattr(layer, name)
    except AttributeError:
        raise ConvloomError(f"{type(layer).__name__} has no attribute {name}, by which Convloom reads it.") from None


def written(value):
    """As Python code: plain numbers, texts, and tuples of them."""
    if isinstance(value, (list, tuple)):
        return "(" + ", ".join(written(one) for one in value) + ("," if len(value) == 1 else "") + ")"
    if value is None or isinstance(value, (bool, str)):
        return repr(value)
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    return str(int(value))


def per_axis(value, rank):
    return list(value) if isinstance(value, (list, tuple)) else [value] * rank


# PyTorch: what stands in the call, and the rank by the last digit but one of the name.
CONV = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "padding_mode")
MAX_POOL = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
AVERAGE_POOL = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad")
TORCH = {}
for _rank in (1, 2, 3):
    TORCH[f"Conv{_rank}d"] = CONV
    TORCH[f"ConvTranspose{_rank}d"] = CONV[:-1] + ("output_padding",)
    TORCH[f"MaxPool{_rank}d"] = MAX_POOL
    TORCH[f"AvgPool{_rank}d"] = AVERAGE_POOL if _rank == 1 else AVERAGE_POOL + ("divisor_override",)
    TORCH[f"LPPool{_rank}d"] = ("norm_type", "kernel_size", "stride", "ceil_mode")
    TORCH[f"AdaptiveAvgPool{_rank}d"] = TORCH[f"AdaptiveMaxPool{_rank}d"] = ("output_size",)
TORCH["Upsample"] = ("size", "scale_factor", "mode", "align_corners")
DEFAULTS = {"padding": 0, "dilation": 1, "groups": 1, "padding_mode": "zeros", "output_padding": 0, "bias": True,
            "ceil_mode": False, "count_include_pad": True, "divisor_override": None}
UPSAMPLED_AXES = {"linear": 1, "bilinear": 2, "trilinear": 3}


def add_torch(words, layer, name):
    values = {key: attribute(layer, key) for key in TORCH[name]}
    values = {key: value for key, value in values.items() if value is not None}
    numbers = Numbers()
    rank = int(name[-2]) if name.endswith("d") else UPSAMPLED_AXES.get(values["mode"])
    words.any_rank = words.any_rank or (rank is None and not words.numbers)
    if "Conv" in name:
        weight, bias = attribute(layer, "weight"), attribute(layer, "bias")
        values["bias"] = bias is not None
        if "Uninitialized" in type(weight).__name__:
            raise ConvloomError(f"{type(layer).__name__} has no weights before it has seen an input; run it once.")
        numbers.weight = array_of(weight, f"{name}.weight")
        numbers.bias = array_of(bias, f"{name}.bias") if bias is not None else None
    if "kernel_size" in values:
        kernel, stride = per_axis(values["kernel_size"], rank), per_axis(values.get("stride", 1), rank)
        dilation = per_axis(values.get("dilation", 1), rank)
        sizes = [int(d * (k - 1) + 1 + 2 * s) for k, d, s in zip(kernel, dilation, stride)]
        if "Transpose" in name:
            sizes = [3] * rank
    else:
        sizes = [6] * (rank or 2)
    words.begin(name, rank, values.get("in_channels"), sizes)
    words.code.append(torch_code(name, values))
    words.numbers.append(numbers)


def torch_code(name, values):
    """As people write it, since it becomes the figure's title."""
    required = ("in_channels", "out_channels", "norm_type", "kernel_size", "output_size")
    written_first = [key for key in values if key in required]
    values = {key: one_number(value) for key, value in values.items()}
    by_default = dict(DEFAULTS, stride=values.get("kernel_size") if "Pool" in name else 1)
    parts = [written(values[key]) for key in written_first]
    parts += [f"{key}={written(value)}" for key, value in values.items()
              if key not in written_first and (key not in by_default or value != by_default[key])]
    return f"nn.{name}({', '.join(parts)})"


def one_number(value):
    """3 for (3, 3)."""
    if isinstance(value, (list, tuple)) and len(value) > 0 and all(one == value[0] for one in value):
        return value[0]
    return value


# Keras: what stands in the call.
POOL = ("pool_size", "strides", "padding")
KERAS = {}
for _rank in (1, 2, 3):
    KERAS[f"Conv{_rank}D"] = ("filters", "kernel_size", "strides", "padding", "dilation_rate", "groups", "use_bias")
    KERAS[f"Conv{_rank}DTranspose"] = ("filters", "kernel_size", "strides", "padding", "dilation_rate", "use_bias")
    KERAS[f"DepthwiseConv{_rank}D"] = ("kernel_size", "strides", "padding", "depth_multiplier", "dilation_rate",
                                       "use_bias")
    KERAS[f"SeparableConv{_rank}D"] = ("filters",) + KERAS[f"DepthwiseConv{_rank}D"]
    KERAS[f"MaxPooling{_rank}D"] = KERAS[f"AveragePooling{_rank}D"] = POOL
    KERAS[f"UpSampling{_rank}D"] = ("size",) if _rank != 2 else ("size", "interpolation")


def add_keras(words, layer, name):
    values = {key: attribute(layer, key) for key in KERAS[name]}
    values = {key: value for key, value in values.items() if value is not None}
    rank = int(name[name.index("D", 1) - 1])
    if name.startswith("DepthwiseConv") or name.startswith("SeparableConv"):
        rank = int(name[name.index("Conv") + 4])
    activation = getattr(getattr(layer, "activation", None), "__name__", "linear")
    if activation != "linear":
        values["activation"] = activation
    numbers = keras_numbers(words, layer, name, rank) if "Conv" in name else [Numbers()]
    kernel = per_axis(values.get("kernel_size", values.get("pool_size", values.get("size"))), rank)
    stride, dilation = per_axis(values.get("strides", 1), rank), per_axis(values.get("dilation_rate", 1), rank)
    sizes = [int(d * (k - 1) + 1 + 2 * s) for k, d, s in zip(kernel, dilation, stride)]
    if name.endswith("Transpose") or name.startswith("Up"):
        sizes = [3] * rank
    words.begin(name, rank, keras_channels(numbers[0].weight, name, layer), sizes,
                getattr(layer, "data_format", "channels_last") != "channels_first")
    words.code.append(f"{name}({', '.join(f'{key}={written(value)}' for key, value in values.items())})")
    words.numbers += numbers


def keras_channels(weight, name, layer):
    if weight is None:
        return None
    if name.startswith(("DepthwiseConv", "SeparableConv")):
        return weight.shape[0] // int(layer.depth_multiplier)
    return weight.shape[0] if name.endswith("Transpose") else weight.shape[1] * int(getattr(layer, "groups", 1))


def keras_numbers(words, layer, name, rank):
    """Keras keeps weights as (*kernel, in, out), of transposed layers as (*kernel, out, in)."""
    separable, depthwise = name.startswith("SeparableConv"), name.startswith("DepthwiseConv")
    names = ["depthwise_kernel", "kernel"] if depthwise or separable else ["kernel"]
    kernel = next((found for found in (getattr(layer, one, None) for one in names) if found is not None), None)
    if kernel is None:
        words.notes.append(f"{type(layer).__name__} has not seen an input yet; its weights are made up.")
        return [Numbers()] * (2 if separable else 1)
    axes = tuple(range(rank))
    kernel = array_of(kernel, f"{name}.{names[0]}")
    if kernel.ndim != rank + 2:
        raise ConvloomError(f"{name}.{names[0]} has the shape {text_of(kernel.shape)}; it should have {rank + 2} axes.")
    bias = getattr(layer, "bias", None) if getattr(layer, "use_bias", False) else None
    bias = None if bias is None else array_of(bias, f"{name}.bias")
    if depthwise or separable:  # (*kernel, in, multiplier) -> (in * multiplier, 1, *kernel)
        turned = kernel.moved((rank, rank + 1, *axes))
        turned = Array((turned.shape[0] * turned.shape[1], 1, *turned.shape[2:]), turned.values)
    else:  # the last axis comes first in both: of Keras's transposed layers it is the input channels
        turned = kernel.moved((rank + 1, rank, *axes))
    if not separable:
        return [Numbers(turned, bias)]
    pointwise = array_of(attribute(layer, "pointwise_kernel"), f"{name}.pointwise_kernel")
    return [Numbers(turned), Numbers(pointwise.moved((rank + 1, rank, *axes)), bias)]


# Keras's layers between those with a window: what stands in the call. PyTorch's write themselves.
KERAS_BETWEENS = {"Activation": ("activation",), "ReLU": (), "Flatten": (), "Dropout": ("rate",), "Softmax": (),
                  "BatchNormalization": ("epsilon",), "Dense": ("units", "use_bias"),
                  **{f"Global{kind}Pooling{rank}D": () for kind in ("Average", "Max") for rank in (1, 2, 3)},
                  **{f"ZeroPadding{rank}D": ("padding",) for rank in (1, 2, 3)}}


def add_between(words, layer):
    name = type(layer).__name__
    if name == "InputLayer":
        return
    check_untrained(layer, name)
    if getattr(layer, "training", False) is True and ("Norm" in name or "Dropout" in name):
        words.notes.append(f"{name} is in training mode; the figure shows what it does in evaluation.")
    text = repr(layer)
    if not text.startswith("<"):
        if "\n" in text:
            raise ConvloomError(f"{name} has layers of its own, and Convloom cannot see how it runs them; give one of "
                                "them, a list of those that follow one another, or the code as words.")
        words.code.append(text)
        return
    if name not in KERAS_BETWEENS:
        raise ConvloomError(f"{name} is no layer that Convloom knows; give a convolution, a pooling layer or an "
                            "upsampling of PyTorch or Keras, a Sequential of them, or words.")
    values = []
    for key in KERAS_BETWEENS[name]:
        value = getattr(layer, key, None)
        if value is not None:
            values.append(f"{key}={written(getattr(value, '__name__', value))}")
    words.code.append(f"{name}({', '.join(values)})")


def check_untrained(layer, name):
    """The program knows a normalization only as it is made; with other numbers the values after it would be wrong."""
    if "Norm" not in name:
        return
    for key, made in (("running_mean", 0), ("moving_mean", 0), ("running_var", 1), ("moving_variance", 1),
                      ("weight", 1), ("gamma", 1), ("bias", 0), ("beta", 0)):
        value = getattr(layer, key, None)
        if value is not None and any(one != made for one in array_of(value, f"{name}.{key}").values):
            raise ConvloomError(f"{name} has a {key} that was trained, with which Convloom does not compute; give the "
                                "layers without it, or fold it into the convolution before it.")
