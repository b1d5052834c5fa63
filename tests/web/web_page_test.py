#!/usr/bin/env python3
"""The page in Chromium (page_test.mjs), served as `npx convloom` serves it. npm brings playwright-core into the test's own
folder; the browser is the distribution's."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(os.environ["TESTS_DIR"])
ROOT = TESTS.parent
PLAYWRIGHT = "playwright-core@1.65"

browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
if not browser:
    sys.exit("There is no Chromium; scripts/packages.txt names the package.")
kept = Path("..") / "web_page_tools"   # from one run to the next
kept.mkdir(exist_ok=True)
if not (kept / "node_modules" / "playwright-core").is_dir():
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-save", "--prefix", ".", PLAYWRIGHT], cwd=kept, check=True, timeout=200)
package = Path("package").absolute()
subprocess.run([ROOT / "scripts" / "web" / "npm.sh", package], check=True, timeout=60)
server = subprocess.Popen(["node", package / "bin" / "convloom.mjs", "--no-open"], stdout=subprocess.PIPE, text=True)
try:
    address = re.search(r"http://\S+/", server.stdout.readline())[0]
    environment = os.environ | {"PLAYWRIGHT": str(kept.absolute()), "CHROMIUM": browser}
    sys.exit(subprocess.run(["node", TESTS / "web" / "page_test.mjs", address], env=environment, timeout=800).returncode)
finally:
    server.kill()
