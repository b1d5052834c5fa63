#!/usr/bin/env python3
"""The page in Chromium (page_test.mjs, page_use_test.mjs)."""
import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(os.environ["TESTS_DIR"])
sys.path.insert(0, str(TESTS / "web"))
from page_served import environment, served  # noqa: E402

with served() as address:
    ended = [subprocess.run(["node", TESTS / "web" / name, address], env=environment(), timeout=700).returncode
             for name in ("page_test.mjs", "page_use_test.mjs")]
sys.exit(max(ended))
