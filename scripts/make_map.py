#!/usr/bin/env python3
"""Writes the map of the sources into docs/architecture.md: every folder, its contents, and the folders it includes.

The order of the map is computed from the #include lines, so it is always correct. With --check nothing is changed, and the
script fails if the document is out of date.
"""
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- map: written by scripts/make_map.py -->", "<!-- end of the map -->"

# The contents of each room in a few words.
ROOMS = {
    "core/arith/base": "arithmetic on counts",
    "core/arith/layer": "a layer's numbers: sizes, formulas, checks; tensors",
    "core/arith/chain": "layers in a row, what stands between them, costs",
    "core/arith/compute": "all values at once: the plain loops, and the fast path with its tiles",
    "core/arith/contrast": "two layers on the same data: choices that differ by one convention, settings that differ",
    "core/arith/steps": "one step at a time: recordings, taps, related cells",
    "core/image": "a picture through a stack of filters",
    "core/image/picture": "pixels in memory, sRGB and linear light",
    "core/image/filters": "named kernels and how a pass applies one",
    "core/image/rows": "sums over rows of pixels, a tile for each instruction set",
    "core/network/graph": "a trained network as a value: nodes, tensors, attributes",
    "core/network/shapes": "the shape of every tensor, a rule per operator",
    "core/network/summary": "a network as a table: costs, receptive fields, differences",
    "core/network/evaluate": "the values of every tensor, a kernel per operator; the layer that a node is",
    "core/network/input": "a photo as a network's input",
    "core/scene/page": "a Scene as data: planes, items, frames, JSON, picking",
    "core/scene/words": "languages, numbers as text",
    "core/scene/measure": "text widths, line breaking, bounds",
    "core/scene/layout": "positions of cells, slabs and blocks",
    "core/scene/looks": "themes, switches, moments, colours for values",
    "core/scene/pieces": "parts shared by several views: titles, grids, sums, legends",
    "core/scene/graph": "a network as a picture: boxes, blocks, a layered layout",
    "core/scene/maps": "the maps view: all channels of a layer as small pictures",
    "core/scene/compare": "two layers side by side, and why they differ; a layer that cannot be",
    "core/scene/columns": "unfold and fold: a picture beside the matrix of its windows",
    "core/scene/marks": "where taps that are listed read and write: samples, holes, indices",
    "core/scene/views": "the table of views, and one file per view",
    "core/scene/volume": "the volume view: stacks of slabs and solid blocks",
    "core/scene/chain": "the chain view: the tensors of a chain and what stands between them",
    "core/scene/photo": "a photo before and after its filters, and its pixels",
    "core/scene/pointing": "from a point to a cell and its related cells",
    "core/scene/notes": "what is written on a figure: notes at cells, other steps' windows",
    "core/scene/slide": "pages that hold figures: a slide of the tour, several steps, a caption",
    "core/state/base": "the exception types, suggestions for mistyped names",
    "core/state/model": "State, Photo, Action",
    "core/state/data": "patterns to fill tensors with; States made of layers alone",
    "core/state/update": "update(), history, edits",
    "core/state/links": "a State as a link and back, and the page settings of a link",
    "core/state/shown": "from a State to its Scene",
    "core/state/json": "states, cases and presets as JSON",
    "core/state/code": "the little language that layers are written in: tokens, expressions, values",
    "core/state/frameworks": "single layers in the words of PyTorch, Keras and ONNX",
    "core/state/words": "layers, filters and tables as typed text",
    "core/state/networks": "networks in ONNX's format",
    "core/state/numbers": "the user's own input, kernel and bias for a layer",
    "core/tour": "the guided tour, its answers and slides",
    "app": "main()",
    "app/paint/steps": "texts of many steps, each as what differs from the one before",
    "app/paint": "Scene to SVG, pixels, PDF and animations",
    "app/paint/tikz": "Scene to TikZ",
    "app/files": "all reading and writing of files; other programs",
    "app/files/archive": "zip archives in memory",
    "app/files/arrays": "arrays of NumPy and of trained networks",
    "app/files/picture": "one reader per picture format, colour profiles, EXIF",
    "app/exporting": "a State to files of any format",
    "app/networks": "networks and their inputs from files; a node as a layer",
    "app/cli/base": "shared by all subcommands: output, progress, exit statuses",
    "app/cli/filter": "convloom filter",
    "app/cli/network": "convloom info for a network",
    "app/cli/export": "convloom export, compare, scene, tour and link",
    "app/cli/layer": "convloom info, compute and trace",
    "app/cli": "convloom list",
    "app/gui/base": "language, icons, style, keys, names of controls",
    "app/gui/opengl": "Scene to OpenGL",
    "app/gui/store": "the window's mutable state",
    "app/gui/widgets": "controls that panels share",
    "app/gui/desk": "background jobs, file dialogs, the clipboard",
    "app/gui/export": "the export dialog",
    "app/gui/network": "the network that is open: its values, its panel",
    "app/gui/session": "settings kept between starts",
    "app/gui/panels": "the panels around the canvas",
    "app/gui/canvas": "the picture in the middle",
    "app/gui/shell": "the whole interface, its window, its context",
    "app/platform/desktop/files": "the rest of app/files on a desktop: programs, signals, threads, MP4",
    "app/platform/desktop/gui": "the rest of app/gui there: GLFW and EGL, its loop, dialogs, the clipboard",
    "app/platform/web/files": "the rest of app/files in WebAssembly",
    "app/platform/web/gui": "the rest of app/gui in a browser's page",
}


def sources():
    for top in ("core", "app"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in (".cpp", ".hpp", ".inc"):
                yield path


def includes():
    """For each folder, the folders of the project that it includes."""
    found = defaultdict(set)
    for path in sources():
        folder = path.parent.relative_to(ROOT).as_posix()
        found[folder]
        for name in re.findall(r'^#include "([^"]+)"', path.read_text(encoding="utf-8"), re.M):
            other = os.path.dirname(name)
            if other and other != folder:
                found[folder].add(other)
    return found


def floors(folders, seen):
    """The folders in order of dependency: each before those that include it."""
    left, lines = set(folders), []
    while left:
        ready = sorted(f for f in left if not seen[f] & left)
        if not ready:
            sys.exit("These folders include one another: " + ", ".join(sorted(left)))
        lines.append(ready)
        left -= set(ready)
    return lines


def drawn():
    seen = includes()
    missing = sorted(set(seen) ^ set(ROOMS))
    if missing:
        sys.exit("scripts/make_map.py says nothing, or too much, about: " + ", ".join(missing))
    tops = defaultdict(list)
    for folder in seen:
        tops["/".join(folder.split("/")[:2])].append(folder)
    wide = max(map(len, seen)) + 2
    lines = []
    of_tops = {top: {"/".join(o.split("/")[:2]) for f in inner for o in seen[f]} - {top} for top, inner in tops.items()}
    for level in floors(tops, of_tops):
        for top in level:
            if lines:
                lines.append("")
            for floor in floors(tops[top], seen):
                for folder in floor:
                    inside = sorted(os.path.basename(o) for o in seen[folder] if o in tops[top] and o != top)
                    arrow = f"   <- {', '.join(inside)}" if inside else ""
                    lines.append(f"{folder:<{wide}}{ROOMS[folder]}{arrow}")
    return "```text\n" + "\n".join(lines) + "\n```\n"


def main():
    text = DOCUMENT.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        sys.exit(f"docs/architecture.md has no place for the map between {BEGIN} and {END}.")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    wanted = f"{before}{BEGIN}\n{drawn()}{END}{after}"
    if wanted == text:
        return
    if "--check" in sys.argv:
        sys.exit("The map in docs/architecture.md is out of date; run scripts/make_map.py.")
    DOCUMENT.write_text(wanted, encoding="utf-8")


main()
