"""kill -9 at random moments: every file is the old one or whole, and the next write to its folder clears away what was left.

CONVLOOM_KILLS is the number of kills."""
import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(os.environ["TESTS_DIR"])
sys.path.insert(0, str(TESTS / "support"))
from checks import CONVLOOM, check, convloom, end  # noqa: E402

KILLS = int(os.environ.get("CONVLOOM_KILLS", 20))
PHOTO, NETWORK = TESTS.parent / "assets" / "images" / "lighthouse.jpg", TESTS.parent / "assets" / "networks" / "digits.onnx"
OLD = b"what was there before"
EXPORT = ["export", "--preset", "dilation", "--size", "640x360"]
COMMANDS = [(EXPORT + ["-o"], "out.gif"), (EXPORT + ["-o"], "out.webp"), (EXPORT + ["-o"], "frame_%02d.png"),
            (EXPORT + ["-o"], "out.pdf"), (["filter", PHOTO, "--filter", "gaussian:sigma=3", "-o"], "out.png"),
            (["filter", *sorted((TESTS / "images").glob("*.p?m")), PHOTO, "--filter", "sobel", "-o"], "out/"),
            (["tour", "--format", "svg", "--export"], "slides/"), (["trace", "--preset", "kind_3d", "--format", "npz", "-o"], "out.npz"),
            (["compute", NETWORK, "--photo", PHOTO], None)]
if shutil.which("ffmpeg"):
    COMMANDS.append((EXPORT + ["-o"], "out.mp4"))
random.seed(20)


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def others_work(folder):
    """Whether a program that was started in the folder still runs, such as ffmpeg."""
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and os.readlink(process / "cwd") == str(folder) and "Z" not in (process / "stat").read_text().split(")")[-1][:3]:
                return True
        except OSError:
            pass
    return False


class Command:
    def __init__(self, number, words, output):
        self.words, self.output, self.folder = [*words, *([output] if output else [])], output, Path(f"at{number}").resolve()
        self.name = f"{words[0]} {output or ''}"
        self.folder.mkdir()
        began = time.monotonic()
        self.start().communicate()
        self.lasts_s = time.monotonic() - began
        self.whole = files_in(self.folder)
        check(bool(self.whole) == bool(output), f"{self.name}: wrote {list(self.whole)}")

    def start(self):
        return subprocess.Popen([CONVLOOM, *map(str, self.words)], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def kill(self):
        for name in files_in(self.folder):
            (self.folder / name).unlink()
        for name in self.whole:
            (self.folder / name).write_bytes(OLD)
        process = self.start()
        time.sleep(random.uniform(0, self.lasts_s * 1.05))
        process.kill()
        process.communicate()
        left = files_in(self.folder)
        for name, now in left.items():
            check(name not in self.whole or now in (OLD, self.whole[name]), f"{self.name}: {name} is half a file")
        check(set(self.whole) <= set(left), f"{self.name}: lost {set(self.whole) - set(left)}")
        for name in set(left) - set(self.whole):
            check(".convloom.part" in name, f"{self.name}: left {name}")
        for _ in range(1000):
            if not others_work(self.folder):
                break
            time.sleep(0.01)
        if self.output:   # the next write to the same folder
            beside = self.folder / Path(self.output).parent if "/" not in self.output else self.folder / self.output
            done = convloom("export", "--preset", "dilation", "--steps", "0", "-o", beside / "next.svg")
            check(done.returncode == 0, f"{self.name}: {done.stderr}")
            (beside / "next.svg").unlink()
        after = set(files_in(self.folder))
        check(after == set(self.whole), f"{self.name}: still there: {after - set(self.whole)}")
        return process.returncode == -signal.SIGKILL, bool(set(left) - set(self.whole))


commands = [Command(number, *command) for number, command in enumerate(COMMANDS)]
killed, littered = collections.Counter(), collections.Counter()
for n in range(KILLS):
    command = commands[n % len(commands)]
    was_killed, left = command.kill()
    killed[command.name] += was_killed
    littered[command.name] += left
check(sum(killed.values()) > KILLS // 3, f"only {dict(killed)} were killed before their end")
end(f"killed {sum(killed.values())} of {KILLS}; something was left beside {sum(littered.values())} times: {dict(littered)}")
