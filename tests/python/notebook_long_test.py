"""The example notebook, run by Jupyter with PyTorch: every cell runs, and every figure is in the page that comes out."""
import html.parser
import json
import os
import shutil
import subprocess
from pathlib import Path

PACKAGE = Path(os.environ["TESTS_DIR"]).parent / "python"
here = Path.cwd()
environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "HOME": str(here), "IPYTHONDIR": str(here / "ipython"),
               "JUPYTER_CONFIG_DIR": str(here / "config"), "JUPYTER_RUNTIME_DIR": str(here / "runtime")}
notebooks = sorted((PACKAGE / "examples").glob("*.ipynb"))
assert notebooks


class Frames(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.pages = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "iframe":
            self.pages.append(dict(attributes)["srcdoc"])


for notebook in notebooks:
    cells = json.loads(notebook.read_text())["cells"]
    assert not any(cell.get("outputs") for cell in cells), f"{notebook.name} is kept without outputs"
    shutil.copy(notebook, here)
    subprocess.run(["jupyter-nbconvert", "--to", "html", "--execute", "--ExecutePreprocessor.timeout=300", notebook.name],
                   env=environment, check=True, timeout=800)
    text = (here / notebook.stem).with_suffix(".html").read_text()
    pages = Frames(text).pages
    assert len(pages) == 3, len(pages)
    for page in pages:
        assert page.startswith("<!DOCTYPE html>") and '"steps":[' in page, page[:100]
    assert "sum so far" in text and "#v1?preset=dilation" in text
    assert (here / "conv.gif").read_bytes()[:6] == b"GIF89a"
