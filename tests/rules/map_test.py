"""The map in docs/architecture.md matches the sources, and no two rooms include each other."""
import os
import subprocess
import sys

script = os.path.join(os.environ["TESTS_DIR"], "..", "scripts", "make_map.py")
sys.exit(subprocess.run([sys.executable, script, "--check"]).returncode)
