"""How the program ends: full disks, unwritable output, readers that close the pipe, links, and Ctrl-C at any moment.

In every case the exit status is correct, and a file is either new and complete or unchanged."""
import os
import random
import resource
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

CONVLOOM, TESTS = os.environ["CONVLOOM"], Path(os.environ["TESTS_DIR"])
SANITIZED = os.environ.get("CONVLOOM_SANITIZE") == "ON"
PHOTO = TESTS.parent / "assets" / "images" / "lighthouse.jpg"
CASES = TESTS / "conformance" / "conv_2d.json"
OLD = b"what was there before"


def check(good, *what):
    if not good:
        sys.exit("FAILED: " + " ".join(str(w) for w in what))


def run(*words, **how):
    how = {"capture_output": True, "timeout": 250} | how
    if "stdout" in how or "stderr" in how:
        how.pop("capture_output")
    return subprocess.run([CONVLOOM, *map(str, words)], **how)


def leftovers(folder):
    # A command that was stopped early has not made its folder.
    return [p.name for p in Path(folder).iterdir() if ".part" in p.name] if Path(folder).exists() else []


def listens(process, number=signal.SIGINT):
    """Waits until the program awaits the signal: one that comes before main() ends the process without a word."""
    awaited = 0
    while process.poll() is None and not awaited >> (number - 1) & 1:
        for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
            if line.startswith(("SigCgt:", "SigBlk:")):   # caught, or blocked for a thread that waits for it
                awaited |= int(line.split()[1], 16)
        time.sleep(0.01)


def one_line(text, part):
    return text.count(b"\n") == 1 and part.encode() in text and text.startswith(b"convloom: ")


def png(path, width, height):
    rows = b"".join(b"\0" + bytes([y % 251]) * (3 * width) for y in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                           + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


# Everything that is printed to standard output.
ANSWERS = [["list"], ["filter", "--list"], ["filter", "--list", "--json"], ["--help"], ["--version"], ["filter", "--help"],
           ["info", "nn.Conv2d(1, 1, 3)", "--input", "1x5x5"], ["info", "--preset", "dilation", "--json"],
           ["tour", "--list"], ["compute", CASES], ["trace", "--preset", "dilation"],
           ["trace", "--preset", "dilation", "--format", "csv"], ["scene", "--preset", "dilation"],
           ["export", "--preset", "dilation", "--steps", "0", "-o", "said.svg"],
           ["filter", PHOTO, "--filter", "sobel", "-o", "-", "--format", "png"]]


def standard_output():
    for words in ANSWERS:
        full = run(*words, stdout=open("/dev/full", "wb"), stderr=subprocess.PIPE)
        check(full.returncode == 1 and one_line(full.stderr, "Standard output cannot be written: No space left on device."),
              words, "to a full disk:", full.returncode, full.stderr)
        closed = run(*words, stdout=None, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
        check(closed.returncode == 1 and one_line(closed.stderr, "Standard output cannot be written"),
              words, "without standard output:", closed.returncode, closed.stderr)
        reading, writing = os.pipe()
        os.close(reading)
        gone = run(*words, stdout=writing, stderr=subprocess.PIPE)
        os.close(writing)
        check(gone.returncode == -signal.SIGPIPE and gone.stderr == b"", words, "to a closed pipe:", gone.returncode, gone.stderr)
        good = run(*words)
        check(good.returncode == 0 and good.stdout and not good.stderr, words, good.returncode, good.stderr)
    # A file never gets the descriptor of a closed standard stream.
    for streams in ([0], [1], [2], [0, 1, 2]):
        Path("whole.svg").unlink(missing_ok=True)
        run("export", "--preset", "dilation", "--steps", "0", "-o", "whole.svg", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: [os.close(s) for s in streams])
        check(Path("whole.svg").read_bytes() == Path("said.svg").read_bytes(), "a file under closed streams", streams)
    # It does not abort if the message cannot be printed either.
    mute = run("list", "--nosuch", stdout=subprocess.PIPE, stderr=open("/dev/full", "wb"))
    check(mute.returncode == 2, "a refusal that cannot be told gave", mute.returncode)


def links():
    words = ["export", "--preset", "dilation", "--steps", "0", "-o"]
    check(run(*words, "said.svg").returncode == 0, "a new file")
    new = Path("said.svg").read_bytes()
    Path("there").mkdir()
    Path("there/target.svg").write_bytes(OLD)
    os.chmod("there/target.svg", 0o640)
    os.symlink("there/target.svg", "link.svg")
    os.symlink("link.svg", "far.svg")
    check(run(*words, "far.svg").returncode == 0, "a link")
    check(os.path.islink("far.svg") and os.path.islink("link.svg"), "a link was replaced")
    check(Path("there/target.svg").read_bytes() == new, "the link's target is not the new file")
    check(stat.S_IMODE(os.stat("there/target.svg").st_mode) == 0o640, "the mode was not kept")
    os.symlink("there/not_yet.svg", "dangling.svg")
    check(run(*words, "dangling.svg").returncode == 0 and os.path.islink("dangling.svg"), "a link to nothing")
    check(Path("there/not_yet.svg").read_bytes() == new, "the link's target was not made")
    os.symlink("loop.svg", "loop.svg")
    check(run(*words, "loop.svg").returncode == 1 and os.path.islink("loop.svg"), "a link to itself")
    for old in (OLD, new + 1000 * b"longer"):
        Path("one.svg").write_bytes(old)
        Path("two.svg").unlink(missing_ok=True)
        os.link("one.svg", "two.svg")
        os.chmod("one.svg", 0o600)
        check(run(*words, "one.svg").returncode == 0, "a hard link")
        check(os.path.samefile("one.svg", "two.svg") and Path("two.svg").read_bytes() == new, "a hard link was broken")
        check(stat.S_IMODE(os.stat("two.svg").st_mode) == 0o600, "the mode of a hard link was not kept")
    if os.getuid() == 0:
        os.chown("one.svg", 12345, 12346)
        os.chown("there/target.svg", 12345, 12346)
        for file in ("one.svg", "far.svg"):
            check(run(*words, file).returncode == 0, "another's file")
            check(os.stat(file).st_uid == 12345 and os.stat(file).st_gid == 12346, "the owner was not kept")
    long = "n" * 251 + ".svg"
    check(run(*words, long).returncode == 0 and Path(long).read_bytes() == new, "a name of 255 bytes")
    mask = os.umask(0o027)
    check(run(*words, "masked.svg").returncode == 0, "a new file")
    os.umask(mask)
    check(stat.S_IMODE(os.stat("masked.svg").st_mode) == 0o640, "a new file's mode is not umask's")
    check(not leftovers(".") and not leftovers("there"), "left:", leftovers("."), leftovers("there"))


# The file is unchanged or complete, in agreement with the exit status.
def whole_or_old(file, result, good, *what):
    bytes_ = Path(file).read_bytes()
    if result.returncode == 0:
        check(bytes_ == good, *what, "ended well with a file that is not whole")
    else:
        check(bytes_ == OLD, *what, "failed and the old file is lost:", result.stderr)
        check(result.returncode == 1 and one_line(result.stderr, "Cannot write"), *what, result.returncode, result.stderr)
    check(not leftovers("."), *what, "left", leftovers("."))


OUTPUTS = {"a.svg": ["export", "--preset", "dilation", "--steps", "0", "-o"],
           "a.gif": ["export", "--preset", "dilation", "--size", "320x180", "-o"],
           "a.npz": ["trace", "--preset", "dilation", "--format", "npz", "-o"],
           "a.png": ["filter", PHOTO, "--filter", "sobel", "-o"],
           "a.mp4": ["export", "--preset", "dilation", "--size", "640x360", "-o"]}


def failing_writes():
    library = os.environ.get("FAILING_WRITE_LIBRARY", "")
    if SANITIZED or not library:
        return print("not tried: writes that fail")
    for file, words in OUTPUTS.items():
        if file.endswith(".mp4") and not shutil.which("ffmpeg"):
            continue
        check(run(*words, file).returncode == 0, file)
        good = Path(file).read_bytes()
        failed = 0
        for which in [str(n) for n in range(1, 13)] + ["1+", "2+", "3+", "4+"]:
            Path(file).write_bytes(OLD)
            result = run(*words, file, env=os.environ | {"LD_PRELOAD": library, "FAILING_WRITE": which})
            whole_or_old(file, result, good, file, "with write", which, "failing")
            failed += result.returncode != 0
        check(failed > 0, file, "no write was made to fail")
    # A file with two names: it is unchanged, or the complete new content is beside it.
    words = ["trace", "--preset", "kind_3d", "--format", "npz", "-o"]
    check(run(*words, "whole.npz").returncode == 0, words)
    good = Path("whole.npz").read_bytes()
    for which in range(1, 6):
        for old in (OLD, good + OLD):
            Path("a.npz").write_bytes(old)
            Path("b.npz").unlink(missing_ok=True)
            os.link("a.npz", "b.npz")
            result = run(*words, "a.npz", env=os.environ | {"LD_PRELOAD": library, "FAILING_WRITE": str(which)})
            beside = leftovers(".")
            now = Path("b.npz").read_bytes()
            check(os.path.samefile("a.npz", "b.npz"), "a hard link was broken")
            if result.returncode == 0:
                check(now == good and not beside, "a hard link ended well")
            elif beside:
                check(Path(beside[0]).read_bytes() == good and beside[0].encode() in result.stderr, "a hard link lost it all")
                Path(beside[0]).unlink()
            else:
                check(now == old, "a hard link failed and the old file is lost")


def small_disks():
    mount = "mkdir -p disk && mount -t tmpfs -o size={}k tmpfs disk && cd disk && "
    if SANITIZED or subprocess.run(["unshare", "--mount", "sh", "-c", mount.format(64) + "true"], capture_output=True).returncode != 0:
        return print("not tried: small disks, which need the right to mount")
    for file, words in OUTPUTS.items():
        if file.endswith(".mp4") and not shutil.which("ffmpeg"):
            continue
        good = Path(file)
        check(run(*words, file).returncode == 0, file)
        size = good.stat().st_size // 1024
        for room in sorted({4, 8, size // 2 + 4, size - 4, size, size + 4, size + 8, 2 * size, 2 * size + 100}):
            if room < 4:
                continue
            script = (mount.format(room) + 'printf "%s" "' + OLD.decode() + '" >"$1" || exit 77; file=$1; shift; '
                      '"$@" "$file"; got=$?; cmp -s "$file" ../"$file" && echo whole; '
                      'printf "%s" "' + OLD.decode() + '" | cmp -s - "$file" && echo old; ls | grep -F .part; exit $got')
            result = subprocess.run(["unshare", "--mount", "bash", "-c", script, "disk", file, CONVLOOM, *map(str, words)],
                                    capture_output=True, text=True, timeout=250)
            if result.returncode == 77:
                continue
            state = result.stdout.split("\n")
            check(".part" not in result.stdout, file, room, "left", result.stdout)
            check(("whole" if result.returncode == 0 else "old") in state, file, "on a disk of", room, "KiB:", result.returncode,
                  result.stdout, result.stderr)
            check(result.returncode in (0, 1), file, room, result.returncode, result.stderr)


def other_programs_lie():
    """ffmpeg reports success, but its output is not a movie."""
    if not shutil.which("ffmpeg"):
        return
    Path("lies").mkdir()
    real = shutil.which("ffmpeg")
    words = OUTPUTS["a.mp4"]
    check(run(*words, "a.mp4").returncode == 0, "a.mp4")
    good = Path("a.mp4").read_bytes()
    for name, does in {"cut": '"$REAL" "$@"; s=$?; f="${@: -1}"; truncate -s -100 "$f"; exit $s',
                       "longer": '"$REAL" "$@"; s=$?; echo more >>"${@: -1}"; exit $s',
                       "empty": 'cat >/dev/null; : >"${@: -1}"',
                       "gone": 'cat >/dev/null; rm "${@: -1}"',
                       "says": '"$REAL" "$@"; echo "av_interleaved_write_frame(): No space left on device" >&2; exit 0',
                       "frames": 'head -c 700000 | "$REAL" "$@"',
                       "deaf": 'exec <&-; exit 0',
                       "fails": 'cat >/dev/null; exit 3'}.items():
        script = Path("lies/ffmpeg")
        script.write_text("#!/bin/bash\n" + does + "\n")
        script.chmod(0o755)
        Path("a.mp4").write_bytes(OLD)
        result = run(*words, "a.mp4", env=os.environ | {"PATH": f"{os.getcwd()}/lies:{os.environ['PATH']}", "REAL": real})
        check(result.returncode == 1, "an ffmpeg that lies,", name, "gave", result.returncode)
        whole_or_old("a.mp4", result, good, "an ffmpeg that lies,", name)


def devices():
    for device in ("/dev/zero", "/dev/null", "/dev/tty"):
        if not os.path.exists(device):
            continue
        for words in (["compute", device], ["trace", device, "--case", "a"], ["filter", device, "--filter", "box", "-o", "d.png"],
                      ["export", "--state", device, "--steps", "0", "-o", "d.svg"], ["export", "--photo", device, "-o", "d.png"]):
            result = run(*words)
            check(result.returncode == 2 and one_line(result.stderr, f"Cannot read {device}: it is a device."), words,
                  result.returncode, result.stderr)
    os.symlink("/dev/zero", "zero.json")
    check(run("filter", PHOTO, "--kernel", "zero.json", "-o", "d.png").returncode == 2, "a link to a device")
    os.mkfifo("pipe.json")
    with subprocess.Popen(["sh", "-c", f"cat '{CASES}' >pipe.json"]):
        check(run("compute", "pipe.json").returncode == 0, "a pipe with a name")
    # Standard input has a size limit; nothing is read beyond it.
    for words, byte, most in ((["info", "-", "--input", "1x5x5"], b"x", 65536), (["info", "-", "--input", "1x5x5"], b"\0", 0),
                              (["compute", "-"], b"\0", 0), (["trace", "-", "--case", "a"], b"\0", 0),
                              (["filter", "-", "--filter", "box", "-o", "d.png"], b"\0", 65536)):
        with subprocess.Popen([CONVLOOM, *words], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            taken = 0
            try:
                while taken < 1 << 24:
                    taken += os.write(process.stdin.fileno(), byte * 65536)
            except BrokenPipeError:
                pass
            process.stdin.close()
            said = process.stderr.read()
            check(process.wait() == 2 and one_line(said, "standard input"), words, said)
            check(taken <= most + 4 * 65536, words, "took", taken, "bytes")   # includes the contents of the pipe


def sizes():
    """105 million taps are refused before the first one is computed."""
    side = 1026
    Path("large.json").write_text('{"cases": [{"name": "a", "op": "conv", "rank": 2, "input_shape": [1, 1, %d, %d], '
                                  '"weight_shape": [1, 1, 10, 10], "stride": [1, 1], "padding": [[0, 0], [0, 0]], '
                                  '"dilation": [1, 1], "groups": 1, "output_padding": [0, 0], "padding_mode": "zeros", "bias": null, "input": [%s], "weight": [%s]}]}'
                                  % (side, side, ",".join(["1"] * side * side), ",".join(["1"] * 100)))
    limit = None if SANITIZED else lambda: resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
    for words in (["--format", "npz", "-o", "large.npz"], ["--format", "json"]):
        result = run("trace", "large.json", "--case", "a", *words, preexec_fn=limit)
        check(result.returncode == 2 and one_line(result.stderr, "more than 50000000 taps") and not result.stdout, words,
              result.returncode, result.stderr)


def little_memory():
    """With too little memory, whatever the limit, there is one sentence."""
    if SANITIZED:
        return
    png("wide.png", 2000, 1500)
    told = set()
    for mib in range(24, 200, 4):
        result = run("filter", "wide.png", "--filter", "gaussian:sigma=2", "--threads", "8", "-o", "wide.npy",
                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (mib << 20, mib << 20)))
        if b"error while loading shared libraries" in result.stderr:
            continue
        check(result.returncode in (0, 1, 2) and result.stderr.count(b"\n") == (result.returncode != 0), "in", mib, "MiB:",
              result.returncode, result.stderr)
        told.add(result.returncode)
    check(1 in told, "no limit was too little")


def stopped():
    """Ctrl-C at any moment: the program ends by the signal, creates nothing, loses nothing and leaves no partial file."""
    if not Path("large.json").exists():
        sizes()
    png("large.png", 5000, 4000)
    png("small.png", 64, 64)
    large = {"o.png": ["filter", "large.png", "--filter", "gabor:angle=30", "--filter", "gabor:angle=60", "-o"],
             "o.webp": ["filter", "large.png", "--filter", "box", "-o"],
             "o.gif": ["export", "--preset", "kind_3d", "--taps", "-o"],
             "o.svg": ["export", "--photo", "large.png", "--filter", "gabor", "-o"]}
    if shutil.which("ffmpeg"):
        large["o.mp4"] = ["export", "--preset", "kind_3d", "--taps", "-o"]
    chance = random.Random(13)
    for file, words in large.items():
        finished = None
        for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[:1 if SANITIZED else 4]:
            Path(file).write_bytes(OLD)
            process = subprocess.Popen([CONVLOOM, *words, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(chance.uniform(0.05, 1.5))
            process.send_signal(number)
            out, err = process.communicate(timeout=120)
            if process.returncode == 0:   # it finished first
                continue
            check(process.returncode == -number, words, "stopped by", number, "gave", process.returncode, err)
            # A signal that comes before main() ends the process without a word.
            check((one_line(err, "Stopped.") or not err) and not out, words, "said", out, err)
            # A stop can come between the moment at which the finished file is put in place and the end of the program.
            if (left := Path(file).read_bytes()) != OLD:
                if finished is None:
                    check(run(*words, "finished_" + file).returncode == 0, words)
                    finished = Path("finished_" + file).read_bytes()
                whole = len(left) == len(finished) if file.endswith(".mp4") else left == finished
                check(whole, words, "left a file that is neither the old one nor a finished one")
            check(not leftovers("."), words, "left", leftovers("."))
    for words in (["trace", "large.json", "--case", "a", "--format", "csv"], ["export", "--all", "all"],
                  ["tour", "--export", "slides", "--format", "gif"], ["compute", "-"], ["info", "-", "--input", "1x5x5"]):
        process = subprocess.Popen([CONVLOOM, *words], stdin=subprocess.PIPE, stdout=open("/dev/null", "wb"), stderr=subprocess.PIPE)
        listens(process)
        time.sleep(chance.uniform(0.3, 1))
        process.send_signal(signal.SIGINT)
        process.wait(timeout=120)
        process.stdin.close()
        check(process.returncode == -signal.SIGINT and one_line(process.stderr.read(), "Stopped."), words, process.returncode)
    for folder in ("all", "slides"):
        check(not leftovers(folder), "left in", folder, leftovers(folder))
    # Many photos: finished ones are kept.
    Path("in").mkdir()
    for n in range(400):
        shutil.copy("small.png", f"in/{n:03}.png")
    shutil.copy("large.png", "in/400.png")
    process = subprocess.Popen([CONVLOOM, "filter", *sorted(map(str, Path("in").iterdir())), "--filter", "gabor:angle=30", "-o", "out/"],
                               stderr=subprocess.PIPE)
    while not Path("out/399.png").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    if process.returncode != 0:
        check(process.returncode == -signal.SIGINT and not Path("out/400.png").exists(), "many photos gave", process.returncode)
    check(len(list(Path("out").glob("*.png"))) >= 400 and not leftovers("out"), "many photos left", leftovers("out"))
    # If the signal is ignored at the start, as under nohup, it stays ignored.
    process = subprocess.Popen([CONVLOOM, *OUTPUTS["a.svg"], "deaf.svg"], stdout=subprocess.PIPE,
                               preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=120)
    check(process.returncode == 0 and Path("deaf.svg").exists(), "a signal that is ignored ended it")


PARTS = (standard_output, links, failing_writes, small_disks, other_programs_lie, devices, sizes, little_memory, stopped)
for part in PARTS:
    if part.__name__ in (sys.argv[1:] or [p.__name__ for p in PARTS]):
        part()
print("every ending tells the truth")
