#!/usr/bin/env python3
"""What `cmake --install` puts in place: files that desktops, shells and man accept, and a program that needs nothing of the source
tree."""
import gzip
import os
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

PROGRAM = Path(os.environ["CONVLOOM"])
GUI = os.environ["CONVLOOM_GUI"] in ("ON", "1", "TRUE")
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)


root = Path("root").resolve()
done = run("cmake", "--install", PROGRAM.parent, "--prefix", root)
expect(done.returncode == 0, f"cmake --install: {done.stderr}")
share = root / "share"
installed = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}

# The program alone, in an empty home and without the environment of the build.
program = root / "bin" / "convloom"
alone = run(program, "export", "--preset", "dilation", "--steps", "4", "-o", "alone.svg", env={"PATH": "/usr/bin:/bin", "HOME": str(root)})
expect(alone.returncode == 0 and Path("alone.svg").stat().st_size > 1000, f"the installed program exports: {alone.stderr}")
run(PROGRAM, "export", "--preset", "dilation", "--steps", "4", "-o", "built.svg")
expect(Path("alone.svg").read_bytes() == Path("built.svg").read_bytes(), "it writes what the built one writes")
source = str(PROGRAM.parent.parent.parent)
strings = program.read_bytes()
expect(source.encode() + b"/assets" not in strings, "it names no file of the source tree")

# The manual page: as man takes it, with every subcommand and its options.
manual = gzip.decompress((share / "man" / "man1" / "convloom.1.gz").read_bytes()).decode()
Path("convloom.1").write_text(manual)
shown = run("man", "--warnings", "-l", "convloom.1", env={**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
expect(shown.returncode == 0 and not shown.stderr, f"man --warnings: {shown.stderr}")
text = " ".join(shown.stdout.split())
for line in run(program, "--help").stdout.split("Subcommands:")[1].split("\n\n")[0].strip().splitlines():
    name = line.split()[0]
    expect(f"convloom {name}" in text, f"the manual has {name}")
    for word in run(program, name, "--help").stdout.split():
        if word.startswith("--") and word.replace("-", "").isalpha():
            expect(word in text, f"the manual has {word} of {name}")

# Completions.
bash = share / "bash-completion" / "completions" / "convloom"
for words, wanted in ((["ex"], {"export"}), (["export", "--view", "ch"], {"chain", "channels"}), (["export", "--preset", "dil"], {"dilation"}),
                      (["export", "--smo"], {"--smooth"}), (["tour", "--theme", "d"], {"dark"}), (["export", "--language", ""], {"en", "zh-CN"})):
    array = " ".join(f"'{word}'" for word in ["convloom", *words])
    got = run("bash", "-c", f"source '{bash}'; COMP_WORDS=({array}); COMP_CWORD={len(words)}; _convloom; echo \"${{COMPREPLY[@]}}\"")
    expect(set(got.stdout.split()) == wanted, f"completing {words}: {got.stdout} {got.stderr}")
expect("share/zsh/vendor-completions/_convloom" in installed and "share/fish/vendor_completions.d/convloom.fish" in installed, "zsh and fish")

if GUI:
    applications = share / "applications"
    entry = applications / "org.convloom.Convloom.desktop"
    valid = run("desktop-file-validate", entry)
    expect(valid.returncode == 0 and "error" not in valid.stdout + valid.stderr, f"the desktop entry: {valid.stdout}{valid.stderr}")
    valid = run("appstreamcli", "validate", "--no-net", share / "metainfo" / "org.convloom.Convloom.metainfo.xml")
    # Warnings, of which newer versions have more, are of what a program without a home page lacks.
    expect("E: " not in valid.stdout and "rror" not in valid.stderr, f"the metainfo: {valid.stdout}")
    types = [node.get("type") for node in xml.parse(share / "mime" / "packages" / "org.convloom.Convloom.xml").getroot()]
    expect(all(kind in entry.read_text() for kind in types), "the desktop entry opens the program's own files")
    icons = share / "icons" / "hicolor"
    for folder in icons.iterdir():
        expect(any((folder / "apps").glob("org.convloom.Convloom.*")), f"an icon in {folder.name}")
    for side in (16, 32, 48, 256):
        png = (icons / f"{side}x{side}" / "apps" / "org.convloom.Convloom.png").read_bytes()
        expect(int.from_bytes(png[16:20], "big") == side, f"the icon has {side} pixels")

if faults:
    sys.exit("\n".join(faults))
