#!/usr/bin/env python3
"""The page in Chromium (page_test.mjs, page_use_test.mjs), served as `npx convloom` serves it. ./check has npm bring playwright-core into
build/web-tools; the browser is the distribution's."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(os.environ["TESTS_DIR"])
ROOT = TESTS.parent

browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
if not browser:
    sys.exit("There is no Chromium; scripts/packages.txt names the package.")
tools = ROOT / "build" / "web-tools"
if not (tools / "node_modules" / "playwright-core").is_dir():
    sys.exit("There is no playwright-core in build/web-tools; ./check web brings it.")
package = Path("package").absolute()
subprocess.run([ROOT / "scripts" / "web" / "npm.sh", package], check=True, timeout=60)
server = subprocess.Popen(["node", package / "bin" / "convloom.mjs", "--no-open"], stdout=subprocess.PIPE, text=True)
try:
    address = re.search(r"http://\S+/", server.stdout.readline())[0]
    environment = os.environ | {"PLAYWRIGHT": str(tools), "CHROMIUM": browser}
    ended = [subprocess.run(["node", TESTS / "web" / name, address], env=environment, timeout=700).returncode
             for name in ("page_test.mjs", "page_use_test.mjs")]
    sys.exit(max(ended))
finally:
    server.kill()
