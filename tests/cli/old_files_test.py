"""Files of older versions open for ever: old_files has what former commits wrote, by date. Files are added, never changed."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

CONVLOOM, TESTS = os.environ["CONVLOOM"], Path(os.environ["TESTS_DIR"])

shutil.copytree(TESTS.parent / "assets" / "images", "images")   # where a state of that time looks for its photo
wrong, tried = [], 0
for file in sorted((TESTS / "old_files").glob("*/*.json")):
    folder = Path(file.parent.name)
    folder.mkdir(exist_ok=True)
    copy = folder / file.name
    shutil.copy(file, copy)
    for words in (["link", "--state", copy], ["scene", "--state", copy]):
        done = subprocess.run([CONVLOOM, *map(str, words)], capture_output=True, text=True, timeout=60)
        if done.returncode != 0 or not done.stdout:
            wrong.append(f"{file.parent.name}/{file.name}: {' '.join(map(str, words[:1]))}: {done.stderr.strip()}")
    tried += 1
if wrong or tried < 60:
    sys.exit("\n".join([f"{tried} files of older versions", *wrong]))
