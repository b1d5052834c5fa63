"""The map in docs/architecture.md is that of the sources, and no room includes one that includes it."""
import os
import subprocess
import sys

script = os.path.join(os.environ["TESTS_DIR"], "..", "scripts", "make_map.py")
sys.exit(subprocess.run([sys.executable, script, "--check"]).returncode)
