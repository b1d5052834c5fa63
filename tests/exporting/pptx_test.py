"""Presentations: every part is well-formed XML with a content type, relationships and ids are consistent, elements stand in
the schema's order, notes and alternative texts are there, and the same deck has the same bytes twice."""
import os
import posixpath
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

CONVLOOM = os.environ["CONVLOOM"]
A, P = "{http://schemas.openxmlformats.org/drawingml/2006/main}", "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDER = {   # the children that the schema knows, in its order
    "presentation": "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz",
    "sld": "cSld clrMapOvr transition timing", "sldLayout": "cSld clrMapOvr", "notes": "cSld clrMapOvr",
    "sldMaster": "cSld clrMap sldLayoutIdLst", "notesMaster": "cSld clrMap notesStyle",
    "cSld": "bg spTree", "sp": "nvSpPr spPr style txBody", "pic": "nvPicPr blipFill spPr",
    "spPr": "xfrm custGeom prstGeom noFill solidFill ln", "txBody": "bodyPr lstStyle p",
    "ln": "noFill solidFill prstDash custDash round bevel miter", "rPr": "ln solidFill latin ea cs"}


def fail(text):
    sys.exit(f"FAIL: {text}")


def check(path):
    archive = zipfile.ZipFile(path)
    names = archive.namelist()
    if archive.testzip() or len(set(names)) != len(names):
        fail(f"{path}: the archive is damaged or holds a part twice")
    if names[0] != "[Content_Types].xml":
        fail(f"{path}: begins with {names[0]}")
    trees = {n: xml.fromstring(archive.read(n)) for n in names if n.endswith((".xml", ".rels"))}
    types = trees["[Content_Types].xml"]
    overrides = {t.get("PartName")[1:] for t in types if t.tag.endswith("Override")}
    defaults = {t.get("Extension") for t in types if t.tag.endswith("Default")}
    if not overrides <= set(names):
        fail(f"{path}: content types of missing parts {overrides - set(names)}")
    reached = {"[Content_Types].xml"}
    for name, tree in trees.items():
        if name.endswith(".xml") and name not in overrides | {"[Content_Types].xml"}:
            fail(f"{path}: {name} has no content type")
        if name.endswith(".rels"):
            reached.add(name)
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in tree:
                target = posixpath.normpath(posixpath.join(base, relation.get("Target")))
                if target not in names:
                    fail(f"{path}: {name} refers to {target}, which is missing")
                reached.add(target)
            continue
        rels = trees.get(posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels"))
        known = [r.get("Id") for r in rels] if rels is not None else []
        if len(known) != len(set(known)):
            fail(f"{path}: {name} has a relationship twice")
        ids = [e.get("id") for e in tree.iter(P + "cNvPr")]
        if len(ids) != len(set(ids)):
            fail(f"{path}: {name} has a shape id twice")
        for element in tree.iter():
            for key, value in element.attrib.items():
                if key.startswith(R) and value not in known:
                    fail(f"{path}: {name} uses {value}, which is no relationship of it")
            order = ORDER.get(re.sub("{.*}", "", element.tag))
            if order:
                at = [order.split().index(re.sub("{.*}", "", child.tag)) for child in element]
                if at != sorted(at):
                    fail(f"{path}: {name}: the children of {element.tag} stand in another order than the schema's")
    for name in names:
        if name not in reached:
            fail(f"{path}: no relationship leads to {name}")
        if not name.endswith((".xml", ".rels")) and name.rsplit(".", 1)[1] not in defaults:
            fail(f"{path}: {name} has no content type")
    return archive, trees


def slides(trees):
    count = sum(n.startswith("ppt/slides/slide") for n in trees)
    return [trees[f"ppt/slides/slide{n}.xml"] for n in range(1, count + 1)]


def text(tree):
    return "\n".join("".join(t.text or "" for t in p.iter(A + "t")) for p in tree.iter(A + "p"))


def title(tree):
    return [text(sp) for sp in tree.iter(P + "sp") if any(ph.get("type") == "title" for ph in sp.iter(P + "ph"))]


def run(*words):
    return subprocess.run([CONVLOOM, *words], check=True, capture_output=True, text=True).stdout


os.chdir(tempfile.mkdtemp())
words = ["export", "--preset", "numerical_padding_strides", "-o"]
run(*words, "a.pptx"), run(*words, "b.pptx")
if Path("a.pptx").read_bytes() != Path("b.pptx").read_bytes():
    fail("the same deck has other bytes")
_, trees = check("a.pptx")
deck = slides(trees)
if len(deck) != 9:
    fail(f"{len(deck)} slides of 9 steps")
if any(t != ["Convolution: padding of 1, strides of 2"] for t in map(title, deck)):
    fail(f"titles {list(map(title, deck))}")
if not any("step 5 of 9" in e.get("descr", "") for e in deck[4].iter(P + "cNvPr")):
    fail("the figure has no alternative text")
notes = text(trees["ppt/notesSlides/notesSlide5.xml"])
if "* =" in notes or "0·0 + 1·1 + 3·2 + 1·2 + 2·2 + 2·0 + 0·0 + 0·1 + 2·2 = 17" not in notes:
    fail(f"the notes are {notes!r}")

# Several figures on a slide: a sum each, without the signs between the grids.
run("export", "--preset", "kind_depthwise_separable", "--view", "volume", "--steps", "0,4", "--grid", "2x1", "-o", "two.pptx")
_, trees = check("two.pptx")
notes = text(trees["ppt/notesSlides/notesSlide1.xml"])
if not re.search(r"step 5 of 75\s*2·3 \+ 2·2 .* = 20\s*2·3 \+ 3·2 .* = 32$", notes, re.S):
    fail(f"the notes of two figures are {notes!r}")

for view in ["flat", "stacked", "volume", "matrix", "receptive"]:
    run("export", "--preset", "same_padding_no_strides", "--view", view, "--steps", "3", "-o", f"{view}.pptx")
    check(f"{view}.pptx")
run("export", "--preset", "dilation", "--language", "zh-CN", "--title", 'a < b & "c"', "--steps", "0", "-o", "zh.pptx")
if title(slides(check("zh.pptx")[1])[0]) != ['a < b & "c"']:
    fail("a title with characters that XML reserves")

# The maps are the same on every slide, and are stored once.
run("export", "--preset", "kind_2d_channels", "--view", "maps", "-o", "maps.pptx")
archive, trees = check("maps.pptx")
pictures = [archive.read(n) for n in archive.namelist() if n.endswith(".png")]
if len(slides(trees)) < 9 or not pictures or len(set(pictures)) != len(pictures):
    fail(f"{len(pictures)} pictures, {len(set(pictures))} of them different, on {len(slides(trees))} slides")

run("export", "--preset", "dilation", "--animated", "--size", "480x270", "-o", "moves.pptx")
archive, trees = check("moves.pptx")
gifs = [n for n in archive.namelist() if n.endswith(".gif")]
if len(slides(trees)) != 1 or len(gifs) != 1 or not archive.read(gifs[0]).startswith(b"GIF89a"):
    fail("--animated: one slide with a GIF")
refused = subprocess.run([CONVLOOM, "export", "--preset", "dilation", "--animated", "-o", "x.pdf"], capture_output=True, text=True)
if refused.returncode != 2 or "--animated" not in refused.stderr:
    fail(f"--animated for a PDF: {refused.returncode} {refused.stderr}")

run("tour", "--export", "tour", "--format", "pptx", "--size", "960x540")
decks = sorted(Path("tour").iterdir())
if len(decks) < 5:
    fail(f"{len(decks)} decks of the tour")
for path in decks:
    _, trees = check(path)
    for n in range(1, len(slides(trees)) + 1):
        if "Answer: " not in text(trees[f"ppt/notesSlides/notesSlide{n}.xml"]):
            fail(f"{path}: no answer in the notes of slide {n}")
print(f"Checked {len(decks)} chapters and 8 decks.")
