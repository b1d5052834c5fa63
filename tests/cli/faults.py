"""Makes one call of the program fail after the other, and looks at what it leaves: shared by faults_test and faults_long_test."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

CONVLOOM, TESTS = os.environ["CONVLOOM"], Path(os.environ["TESTS_DIR"])
LIBRARY = os.environ.get("FAILING_CALL_LIBRARY")
PHOTO = TESTS.parent / "assets" / "images" / "lighthouse.jpg"
OLD = b"what was there before"
KINDS = ("open", "read", "write", "fsync", "rename", "malloc")

EXPORT = ["export", "--preset", "dilation", "--size", "320x180"]
COMMANDS = [(EXPORT + (["--steps", "4"] if form in ("svg", "png") else []), "out." + form)
            for form in ("svg", "png", "pdf", "pptx", "html", "gif", "apng", "webp")]
if shutil.which("ffmpeg"):
    COMMANDS.append((EXPORT, "out.mp4"))
COMMANDS += [(["filter", PHOTO, "--filter", "sobel"], "out." + form) for form in ("png", "jpg", "webp", "npy")]
COMMANDS += [(words, None) for words in (["compute", TESTS / "conformance" / "conv_2d.json"], ["link", "--preset", "dilation"],
                                         ["list"], ["info", "--preset", "dilation"])]


def run(words, output, fault, folder):
    happened = folder.parent / (folder.name + ".happened")
    happened.unlink(missing_ok=True)
    command = [CONVLOOM, *map(str, words), *(["-o", output] if output else [])]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120,
                          env=os.environ | {"LD_PRELOAD": LIBRARY, "FAULT": fault, "FAULT_HAPPENED": str(happened)})
    return done, happened.exists()


def try_all(most, every=1):
    """Up to so many faults of each kind in each command, or in one of so many; tells how many there were, or ends with what is wrong."""
    if not LIBRARY:
        return print("left out: the sanitizers' libraries have to be loaded first")
    wrong, count = [], dict.fromkeys(KINDS, 0)
    for number, (words, output) in enumerate(COMMANDS[::every]):
        folder = Path(f"at{number}").resolve()
        folder.mkdir()
        good, _ = run(words, output, "none:0", folder)
        if good.returncode != 0:
            sys.exit(f"{words} {output}: {good.stderr.decode()}")
        whole = (folder / output).read_bytes() if output else good.stdout
        for kind in KINDS:
            for n in range(1, most + 1):
                if output:
                    (folder / output).write_bytes(OLD)
                done, happened = run(words, output, f"{kind}:{n}", folder)
                if not happened:
                    break
                count[kind] += 1
                what = f"{words[0]} {output}, {kind} {n}: status {done.returncode}, “{done.stderr.decode(errors='replace').strip()}”"
                left = sorted(p.name for p in folder.iterdir())
                now = (folder / output).read_bytes() if output else done.stdout
                if left != ([output] if output else []):
                    wrong.append(f"{what}: left {left}")
                    for name in left:
                        if name != output:
                            (folder / name).unlink()
                if done.returncode == 0:   # what failed was not needed
                    if now != whole:
                        wrong.append(f"{what}: it says that all is well, but the output is another")
                    continue
                if done.returncode not in (1, 2):
                    wrong.append(f"{what}: not a documented status")
                said = done.stderr.decode(errors="replace").splitlines()
                if len(said) != 1 or not said[0].startswith("convloom: "):
                    wrong.append(f"{what}: not one sentence")
                if output and now != OLD:
                    wrong.append(f"{what}: the old file is not there")
    print(count)
    if wrong:
        sys.exit("\n".join(wrong))
    for kind in ("open", "write", "rename", "malloc"):
        if not count[kind]:
            sys.exit(f"no {kind} failed: the test tests nothing")
