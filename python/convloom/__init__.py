"""Shows a convolution, pooling or related layer step by step, in a notebook or as a file.

    import convloom
    convloom.show(torch.nn.Conv2d(1, 2, 3), x)

The program `convloom` draws and computes; this package only talks to it. It is looked for on the PATH, or where the
environment variable CONVLOOM says.
"""
from .figure import Figure, show
from .program import ConvloomError

__all__ = ["ConvloomError", "Figure", "show"]
