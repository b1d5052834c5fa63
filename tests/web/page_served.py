"""Serves the page as `npx convloom` does, for the tests that open it in Chromium. ./check has npm bring playwright-core into
build/web-tools; the browser is the distribution's."""
import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(os.environ["TESTS_DIR"])
ROOT = TESTS.parent


def environment():
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser:
        sys.exit("There is no Chromium; scripts/packages.txt names the package.")
    tools = ROOT / "build" / "web-tools"
    if not (tools / "node_modules" / "playwright-core").is_dir():
        sys.exit("There is no playwright-core in build/web-tools; ./check web brings it.")
    return os.environ | {"PLAYWRIGHT": str(tools), "CHROMIUM": browser}


@contextlib.contextmanager
def served():
    """The page's address."""
    package = Path("package").absolute()
    subprocess.run([ROOT / "scripts" / "web" / "npm.sh", package], check=True, timeout=60)
    server = subprocess.Popen(["node", package / "bin" / "convloom.mjs", "--no-open"], stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://\S+/", server.stdout.readline())[0]
    finally:
        server.kill()
        server.wait()
