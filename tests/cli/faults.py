"""Makes one call of the program fail after the other, and looks at what it leaves: shared by faults_test and faults_long_test."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

CONVLOOM, TESTS = os.environ["CONVLOOM"], Path(os.environ["TESTS_DIR"])
LIBRARY = os.environ.get("FAILING_CALL_LIBRARY")
ASSETS = TESTS.parent / "assets"
PHOTO, CHART = ASSETS / "images" / "lighthouse.jpg", ASSETS / "images" / "test_chart.png"
NETWORK, CASES = ASSETS / "networks" / "digits.onnx", TESTS / "conformance" / "conv_2d.json"
PHOTOS = [TESTS / "images" / name for name in ("05_p2.pgm", "15_background.gif", "09_topdown.bmp")]
ENCODED = [TESTS / "fuzz" / "corpus" / "image" / name for name in ("avif_source_16.avif", "heic_source_16.heic")]
OLD = b"what was there before"
KINDS = ("open", "read", "write", "fsync", "close", "room", "chmod", "rename", "mkdir", "opendir", "pipe", "spawn", "thread", "malloc")

EXPORT = ["export", "--preset", "dilation", "--size", "320x180"]
# What is run, and what it writes: a file, a folder, a sequence, or nothing but its answer.
COMMANDS = [(EXPORT + (["--steps", "4"] if form in ("svg", "png") else []) + ["-o"], "out." + form)
            for form in ("svg", "png", "pdf", "pptx", "html", "tex", "gif", "apng", "webp")]
if shutil.which("ffmpeg"):
    COMMANDS.append((EXPORT + ["-o"], "out.mp4"))
COMMANDS += [(["filter", PHOTO, "--filter", "sobel", "-o"], "out." + form) for form in ("png", "jpg", "webp", "npy")]
COMMANDS += [(["filter", photo, "--filter", "box", "--threads", "2", "-o"], "out.png") for photo in ENCODED]
COMMANDS += [(["filter", *PHOTOS, "--filter", "sobel", "-o"], "out/"),
             (EXPORT + ["--steps", "0..3", "-o"], "frame_%02d.png"),
             (["export", "--photo", CHART, "--filter", "sobel", "--size", "320x180", "-o"], "photo.png"),
             (["export", f"{NETWORK}:conv1", "--photo", CHART, "--steps", "0", "--size", "320x180", "-o"], "node.svg"),
             (["tour", "--format", "pptx", "--size", "320x180", "--export"], "slides/"),
             (["trace", "--preset", "dilation", "--format", "npz", "-o"], "linked.npz"),
             (["compute", CASES], None), (["compute", NETWORK, "--photo", CHART], None), (["info", NETWORK], None),
             (["info", "nn.Conv2d(1, 1, 3)", "--input", "1x5x5"], None), (["trace", "--preset", "dilation", "--format", "csv"], None),
             (["compare", "--preset", "dilation", "flip"], None), (["scene", "--photo", PHOTO, "--filter", "box"], None),
             (["link", "--preset", "dilation"], None), (["list"], None), (["tour", "--list"], None), (["filter", "--list"], None),
             (["open", "--photo", CHART, NETWORK], None)]


def run(words, output, fault, folder):
    happened = folder.parent / (folder.name + ".happened")
    happened.unlink(missing_ok=True)
    command = [CONVLOOM, *map(str, words), *([output] if output else [])]
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60,
                          env=environment | {"LD_PRELOAD": LIBRARY, "FAULT": fault, "FAULT_HAPPENED": str(happened)})
    return done, happened.exists()


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Command:
    def __init__(self, number, words, output):
        self.words, self.output, self.folder = words, output, Path(f"at{number}").resolve()
        self.folder.mkdir()
        good, _ = run(words, output, "none:0", self.folder)
        self.status = good.returncode   # without a screen the window says so, and has a status of its own
        if self.status != (3 if words[0] == "open" else 0):
            sys.exit(f"{words} {output}: {self.status}, {good.stderr.decode()}")
        self.whole, self.answer = files_in(self.folder), good.stdout
        self.one = len(self.whole) == 1 and "%" not in output

    def prepare(self, kind):
        """Old files everywhere; nothing at all where it is the making of folders that fails."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        if kind == "mkdir":
            return
        for name in self.whole:
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_bytes(OLD)
        if "linked.npz" in self.whole:   # a file of two names
            os.link(self.folder / "linked.npz", self.folder / "other.npz")

    def faults(self, kind, n):
        """Whether there was such a call, and what is wrong after it has failed."""
        self.prepare(kind)
        name = " ".join(map(str, [self.words[0], Path(self.words[1]).name if len(self.words) > 1 else "", self.output or ""]))
        try:
            done, happened = run(self.words, self.output, f"{kind}:{n}", self.folder)
        except subprocess.TimeoutExpired:
            return True, [f"{name}, {kind} {n}: it does not end"]
        if not happened:
            return False, []
        said = done.stderr.decode(errors="replace")
        what = f"{name}, {kind} {n}: status {done.returncode}, “{said.strip()}”: "
        wrong, left = [], files_in(self.folder)
        if "linked.npz" in left:
            # Where it breaks off, what it was to become is beside it, and the sentence says so.
            beside = [name for name in left if name.startswith("linked.npz.") and name in said]
            if any(left.pop(name) != self.whole["linked.npz"] for name in beside):
                wrong.append("what it keeps beside is not whole")
            if left.get("other.npz") != left["linked.npz"]:
                wrong.append("its other name is another file's")
            del left["other.npz"]
            if beside:
                left["linked.npz"] = OLD
        for name, now in left.items():
            if name not in self.whole:
                wrong.append("left " + name)
            elif now not in (OLD, self.whole[name]):
                wrong.append("half of " + name)
        if done.returncode == self.status:   # what failed was not needed
            if left != self.whole or done.stdout != self.answer:
                wrong.append("it says that all is well, but the output is another")
        else:
            if done.returncode not in (1, 2, 3):
                wrong.append("not a documented status")
            if self.one and left and left != dict.fromkeys(self.whole, OLD):
                wrong.append("the old file is not there")
            sentences = said.splitlines()
            if len(sentences) != 1 or not said.startswith("convloom: ") or not sentences[0].endswith("."):
                wrong.append("not one sentence")
        return True, [what + one for one in wrong]


def try_all(most, every=1):
    """Up to so many faults of each kind in each command, or in one of so many; tells how many there were, or ends with what is wrong."""
    if not LIBRARY:
        return print("left out: the sanitizers' libraries have to be loaded first")
    wrong, count = [], dict.fromkeys(KINDS, 0)
    for number, (words, output) in enumerate(COMMANDS[::every]):
        command = Command(number, words, output)
        for kind in KINDS:
            for n in range(1, most + 1):
                happened, found = command.faults(kind, n)
                wrong += found
                if not happened:
                    break
                count[kind] += 1
    print(count)
    if wrong:
        sys.exit("\n".join(wrong))
    return count
