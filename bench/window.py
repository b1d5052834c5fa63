#!/usr/bin/env python3
"""The window under Xvfb: time from start to first frame, processor time while idle, memory.

  python3 bench/window.py build/release/convloom
"""
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests" / "gui"))
from desktop import Desktop  # noqa: E402


def cpu_s(pid):
    """User and system time so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid):
    line = next(l for l in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if l.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def playing(window):
    """Percentage of a core while playing."""
    before = cpu_s(window.process.pid)
    time.sleep(10)
    return (cpu_s(window.process.pid) - before) * 10


if __name__ == "__main__":
    os.environ["CONVLOOM"] = os.path.abspath(sys.argv[1])
    os.environ["LIBGL_ALWAYS_SOFTWARE"] = "1"
    with Desktop("1920x1080") as desktop:
        starts = []
        for _ in range(5):
            begun = time.monotonic()
            with desktop.open() as w:
                starts.append(w.first_frame - begun)
        print(f"start to first frame: {min(starts):.2f} to {max(starts):.2f} s")
        with desktop.open() as w:
            w.key("space")
            time.sleep(3)
            before = cpu_s(w.process.pid)
            time.sleep(10)
            print(f"idle: {(cpu_s(w.process.pid) - before) * 10:.2f} % of a core over 10 s")
            w.key("space")
            print(f"playing 1.5 steps a second: {playing(w):.1f} % of a core")
            print(f"memory: {memory_mib(w.process.pid):.0f} MiB")
    with Desktop("3840x2160") as desktop, desktop.open() as w:
        w.run("windowsize", w.id, 3840, 2160)
        time.sleep(4)
        print(f"playing 1.5 steps a second at 3840x2160: {playing(w):.1f} % of a core")
