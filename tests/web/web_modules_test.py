#!/usr/bin/env python3
"""The page's and the package's JavaScript, as far as it needs no browser, under Node.js (modules_test.mjs); archives are read back
by Python."""
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

TESTS = Path(os.environ["TESTS_DIR"])
WEB = TESTS.parent / "app" / "platform" / "web"

modules = Path("modules")
modules.mkdir()
for file in [*WEB.glob("page/*.js"), *WEB.glob("npm/*.mjs")]:
    shutil.copy(file, modules)
(modules / "package.json").write_text('{"type": "module"}')   # as a browser takes them
shutil.copy(TESTS / "web" / "modules_test.mjs", modules)
tested = subprocess.run(["node", "--test", "modules/modules_test.mjs"], timeout=60)

with zipfile.ZipFile("made.zip") as archive:
    broken = archive.testzip()
    names = archive.namelist()
    texts = [archive.read(name) for name in names]
if broken or names != ["step_00.svg", "步_01.svg", "empty"] or texts != [b"<svg/>", bytes(range(256)) * 300, b""]:
    sys.exit(f"The archive is read back as {broken=} {names=} {[len(text) for text in texts]}.")
sys.exit(tested.returncode)
