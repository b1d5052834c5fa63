#!/usr/bin/env python3
"""scripts/train_digits.py in a moment: it trains, says how often it is right, and writes a network that the program reads and that has
the layers of the one in assets/networks."""
import os
import re
import subprocess
import sys

import onnx

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check as expect, convloom, end, failures  # noqa: E402

ROOT = os.path.join(os.environ["TESTS_DIR"], "..")
trained = subprocess.run([sys.executable, os.path.join(ROOT, "scripts", "train_digits.py"), "--quick", "--output", "quick.onnx"],
                         capture_output=True, text=True, timeout=600)
expect(trained.returncode == 0, trained.stderr)
for kind in ("typefaces of families", "drawings in ways", "other drawings"):
    expect(re.search(rf"^[0-9.]+ % right on {kind}", trained.stdout, re.M), f"a figure for {kind}: {trained.stdout}")

if not failures:
    form = lambda path: [(node.op_type, node.name, list(node.input), list(node.output)) for node in onnx.load(path).graph.node]
    expect(form("quick.onnx") == form(os.path.join(ROOT, "assets", "networks", "digits.onnx")), "the layers are those of the asset")
    told = convloom("info", "quick.onnx")
    expect(told.returncode == 0 and "8,778 parameters" in told.stdout, f"{told.stdout}{told.stderr}")

end(trained.stdout)
