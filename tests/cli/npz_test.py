"""convloom trace --format npz, read back by NumPy and compared with the JSON of the same trace."""
import json
import os
import subprocess

import numpy

CONVLOOM = os.environ["CONVLOOM"]


def run(*words):
    return subprocess.run([CONVLOOM, "trace", *words], check=True, stdout=subprocess.PIPE).stdout


for preset in ("kind_2d", "kind_1d", "padding_strides", "padding_strides_odd_transposed", "numerical_max_pooling", "kind_2d_channels"):
    run("--preset", preset, "--format", "npz", "-o", "a.npz")
    run("--preset", preset, "--format", "npz", "-o", "b.npz")
    assert open("a.npz", "rb").read() == open("b.npz", "rb").read(), "the same bytes twice"
    assert run("--preset", preset, "--format", "npz", "-o", "-") == open("a.npz", "rb").read() and not os.path.exists("-")
    arrays = numpy.load("a.npz")
    steps = json.loads(run("--preset", preset))["steps"]
    assert arrays["step_value"].dtype == numpy.float32 and len(arrays["step_value"]) == len(steps)
    first = arrays["step_first_tap"]
    assert len(first) == len(steps) + 1 and first[0] == 0 and first[-1] == len(arrays["tap_x"])
    for n, step in enumerate(steps):
        assert [arrays["step_channel"][n], *arrays["step_output"][n]] == step["output"]
        assert list(arrays["step_window"][n]) == step["window"]
        assert arrays["step_value"][n] == numpy.float32(step["value"])
        assert first[n + 1] - first[n] == len(step["taps"])
        for t, tap in zip(range(first[n], first[n + 1]), step["taps"]):
            place = [arrays["tap_in_channel"][t], *arrays["tap_source"][t]] if arrays["tap_source"][t][0] >= 0 else None
            assert place == tap["input"] and arrays["tap_pad"][t] == tap["pad"], (preset, n, tap)
            if tap["partial"] is not None:
                assert arrays["tap_partial"][t] == numpy.float32(tap["partial"])
            if "product" in tap:
                assert arrays["tap_product"][t] == numpy.float32(tap["product"]) and arrays["tap_w"][t] == numpy.float32(tap["w"])
