#!/usr/bin/env python3
"""What a killed window leaves: its document and the step are there at the next start, the session's file is whole and nothing lies
beside it; of two windows at once only the first keeps the session."""
import json
import os
import pathlib
import random
import sys
import tempfile
import time

TESTS = pathlib.Path(os.environ["TESTS_DIR"])
sys.path.insert(0, str(TESTS / "gui"))
from desktop import Desktop  # noqa: E402

KILLS = int(os.environ.get("CONVLOOM_KILLS", 8))
random.seed(1)


def kept(folder):
    return json.loads((folder / "convloom" / "session.json").read_text(encoding="utf-8"))


def wait_kept(window, folder, holds):
    def asked():
        try:
            return holds(kept(folder))
        except FileNotFoundError:
            return False
    window.wait_for(asked, "the session is kept")


def kill(window):
    window.process.kill()
    window.process.wait()


with Desktop() as desktop:
    folder = pathlib.Path(tempfile.mkdtemp(dir=desktop.folder))
    with desktop.open("--preset", "dilation", state=folder) as window:
        window.key("space")
        window.key("Home")
        for _ in range(4):
            window.key("Right")
        window.wait_title("step 5 of")
        wait_kept(window, folder, lambda session: session["state"]["step"] == 4)
        kill(window)
    with desktop.open(state=folder) as window:
        window.wait_title("step 5 of")
        # A second window does not take the session away.
        with desktop.open("--preset", "kind_1d", state=folder) as second:
            second.key("End")
            second.close()
        window.key("Right")
        wait_kept(window, folder, lambda session: session["state"]["name"] == "dilation" and session["state"]["step"] == 5)
        kill(window)
    # At any moment, also while it is written.
    for n in range(KILLS):
        with desktop.open(state=folder) as window:
            for _ in range(random.randrange(6)):
                window.key("Right")
            time.sleep(random.uniform(0, 3.5))
            kill(window)
        assert kept(folder)["state"]["name"] == "dilation", n
    (folder / "convloom" / "session.json.999.part").write_text("{")   # as if it was killed while it wrote
    with desktop.open(state=folder) as window:
        window.wait_title("step")
        window.close()
    left = sorted(file.name for file in (folder / "convloom").iterdir())
    assert left == ["session.json", "session.json.lock"], left
