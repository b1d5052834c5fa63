"""Numbers out of whatever holds them: NumPy arrays, tensors of PyTorch, TensorFlow and JAX, nested lists."""
import math

from .program import ConvloomError

try:
    import numpy
except ImportError:
    numpy = None


class Array:
    """Numbers in row-major order, with their sizes along the axes."""

    def __init__(self, shape, values):
        self.shape, self.values = tuple(shape), values

    @property
    def ndim(self):
        return len(self.shape)

    def first(self):
        """The first element along the first axis."""
        return Array(self.shape[1:], self.values[:math.prod(self.shape[1:])])

    def with_axis(self):
        """With an axis of one in front."""
        return Array((1, *self.shape), self.values)

    def moved(self, order):
        """With the axes in another order; `order` names them as they are now."""
        if numpy is not None:
            turned = numpy.asarray(self.values, dtype=float).reshape(self.shape).transpose(order)
            return Array(turned.shape, turned.ravel().tolist())
        strides = [math.prod(self.shape[axis + 1:]) for axis in range(self.ndim)]
        places = [0]
        for axis in order:
            places = [at + n * strides[axis] for at in places for n in range(self.shape[axis])]
        return Array([self.shape[axis] for axis in order], [self.values[at] for at in places])


def text_of(shape):
    return "x".join(str(n) for n in shape)


def array_of(value, name):
    """`name` is what errors call it: "x", "the weight of layer 1"."""
    shape, values = sizes_and_values(nested(value, name), name)
    for number in values:
        if not math.isfinite(number):
            count = sum(not math.isfinite(one) for one in values)
            raise ConvloomError(f"{name} holds {number}; {count} of its {len(values)} numbers are not finite.")
    return Array(shape, values)


def nested(value, name):
    """Lists in lists."""
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        if getattr(value, "is_sparse", False):
            value = value.to_dense()
    if not hasattr(value, "tolist") and callable(getattr(value, "numpy", None)):
        value = value.numpy()
    if not hasattr(value, "tolist") and hasattr(value, "__array__") and numpy is not None:
        value = numpy.asarray(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [nested(one, name) if not isinstance(one, (int, float)) else one for one in value]
    if isinstance(value, (int, float)):
        return value
    raise ConvloomError(f"{name} is a {type(value).__name__}, which holds no numbers that Convloom knows how to read.")


def sizes_and_values(lists, name):
    shape, level = [], [lists]
    while level and any(isinstance(one, list) for one in level):
        sizes = {len(one) if isinstance(one, list) else None for one in level}
        if len(sizes) > 1:
            raise ConvloomError(f"{name} is uneven: its rows along axis {len(shape)} differ in size.")
        shape.append(sizes.pop())
        level = [inner for one in level for inner in one]
    if 0 in shape:
        raise ConvloomError(f"{name} has no numbers; its shape is {text_of(shape)}.")
    try:
        return shape, [float(one) for one in level]
    except (TypeError, ValueError):
        raise ConvloomError(f"{name} holds something that is not a real number.") from None
