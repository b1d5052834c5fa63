#!/usr/bin/env python3
"""The real window, under Xvfb: it opens and plays, steps, scrubs, accepts and refuses numbers, undoes, switches views and panels,
responds to pointing, edits and pastes data, opens and filters photos, and saves exactly the frames that the command line
exports."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

TESTS = pathlib.Path(os.environ["TESTS_DIR"])
sys.path.insert(0, str(TESTS / "gui"))
from desktop import Desktop, differing  # noqa: E402

CONVLOOM = os.environ["CONVLOOM"]
PHOTO = TESTS.parent / "assets" / "images" / "lighthouse.jpg"
PICTURES = pathlib.Path.cwd()


def still(window):
    """Moves the pointer away from the cells, so that nothing is highlighted, and waits for the slide to end."""
    window.run("mousemove", "--window", window.id, 5, 5)
    time.sleep(0.25)   # the slide takes 0.16 s
    return canvas(window)


def canvas(window):
    return window.picture(list(map(round, window.place("canvas"))))


def same_as(window, picture):
    window.wait_for(lambda: differing(picture, still(window)) == 0, "the picture is as it was")


def other_than(window, picture, least=1000):
    window.wait_for(lambda: differing(picture, canvas(window)) > least, "the picture changes")


def svg_of(window):
    """Saves the current frame as SVG with the key and reads it."""
    window.key("shift+s")
    return window.saved("*.svg").read_text()


def says(window, *parts):
    svg = svg_of(window)
    for part in parts:
        assert part in svg, f"the frame does not say “{part}”"


def begin(window):
    window.key("space", "Home")
    window.wait_title("step 1 of")


def stepping(desktop):
    with desktop.open() as w:
        assert w.title() == "Convolution: no padding, unit strides – step 1 of 9 – Convloom", w.title()
        w.wait_title("step 2 of 9")   # it starts playing
        w.key("space", "Home")
        w.wait_title("step 1 of 9")
        first = still(w)
        w.keep_picture(PICTURES / "1_first_step.png")
        w.key("Right", "Right", "Right")
        w.wait_title("step 4 of 9")
        other_than(w, first)
        w.key("Left")
        w.wait_title("step 3 of 9")
        w.key("End")
        w.wait_title("step 9 of 9")
        w.key("Right")
        w.wait_title("step 9 of 9")
        w.key("shift+Right", "shift+Right")
        w.wait_title("step 9 of 9, tap 2 of 9")
        w.keep_picture(PICTURES / "2_tap.png")
        w.key("Home")
        w.wait_title("step 1 of 9")
        same_as(w, first)
        # The buttons do the same as the keys.
        for name, title in (("forward", "step 2 of 9"), ("last", "step 9 of 9"), ("back", "step 8 of 9"), ("first", "step 1 of 9"),
                            ("tap forward", "step 1 of 9, tap 1"), ("tap forward", "tap 2 of 9"), ("tap back", "tap 1 of 9")):
            w.click_on(name)
            w.wait_title(title)
        w.fill("step", "7")
        w.wait_title("step 7 of 9")


def playing(desktop):
    with desktop.open() as w:
        w.key("space", "End", "bracketright", "bracketright", "bracketright")
        w.key("l", "l")   # from looping to back and forth, then to once
        w.key("Home", "space")
        w.wait_title("step 9 of 9")
        time.sleep(0.4)   # the last step is shown for its time before playing stops
        w.key("space")   # again from the beginning, tap by tap
        w.key("t")
        w.wait_title("tap 3 of 9")


def scrubbing(desktop):
    with desktop.open("--preset", "same_padding_no_strides") as w:
        w.key("space")
        x, y, width, height = w.place("scrub")
        middle, slot = round(y + height / 2), width / 25
        for step in (0, 7, 12, 24):
            w.click(round(x + (step + 0.5) * slot), middle)
            w.wait_title(f"step {step + 1} of 25")
        w.drag(round(x + width) - 5, middle, round(x + 3.5 * slot), middle)
        w.wait_title("step 4 of 25")


def numbers(desktop):
    with desktop.open() as w:
        begin(w)
        before = still(w)
        x, y, width, height = w.place("padding slider")
        w.drag(round(x + 8), round(y + height / 2), round(x + 8 + (width - 16) / 3), round(y + height / 2))   # 0 to 2 of 6
        w.wait_title("step 1 of 49")
        other_than(w, before)
        says(w, "padding p = 2", "output o = 7", "padded to 9×9")
        w.keep_picture(PICTURES / "3_padding.png")
        w.key("ctrl+z")
        w.wait_title("step 1 of 9")
        w.key("ctrl+shift+z")
        w.wait_title("step 1 of 49")
        w.key("ctrl+z")
        w.fill("stride", "2")   # typing has the same effect as dragging
        w.wait_title("step 1 of 4")
        says(w, "stride s = 2")
        w.key("ctrl+z")
        w.wait_title("step 1 of 9")
        # A kernel that does not fit is refused with the reason beside it, and the picture does not change.
        same_as(w, before)
        assert "refusal" not in w.places()
        w.fill("kernel", "7")
        w.place("refusal")
        w.keep_picture(PICTURES / "4_refused.png")
        assert "of 9" in w.title()
        w.fill("kernel", "2")
        w.wait_title("step 1 of 16")
        w.wait_for(lambda: "refusal" not in w.places(), "a good value clears the refusal")
        # One number per axis.
        w.click_on("stride lock")
        w.fill("stride 1", "3")
        w.wait_title("step 1 of 8")
        w.click_on("padding rule 1")   # same
        w.wait_title("step 1 of 10")


def views(desktop):
    with desktop.open("--preset", "padding_strides") as w:
        begin(w)
        stacked = still(w)
        w.key("1")
        other_than(w, stacked)
        flat = still(w)
        w.click_on("tab stacked")
        same_as(w, stacked)
        w.key("ctrl+z")
        same_as(w, flat)
        w.click_on("tab 2")   # the inspector's "View" tab
        w.click_on("theme 1")
        other_than(w, flat, 200_000)
        w.keep_picture(PICTURES / "5_dark.png")
        w.click_on("labels")
        w.click_on("tab 0")
        # Only the canvas, and back.
        w.key("f")
        w.wait_for(lambda: "play" not in w.places(), "nothing but the canvas")
        w.keep_picture(PICTURES / "5_presenting.png")
        w.key("Escape")
        w.place("play")
        for panel, inside in (("gallery", "gallery dilation"), ("inspector", "kind")):
            w.click_on(panel)
            w.wait_for(lambda: inside not in w.places(), panel + " is hidden")
            w.key(panel[0])
            w.wait_for(lambda: any(name.startswith(inside.split()[0]) for name in w.places()), panel + " is back")
        w.key("question")
        w.place("help list")
        w.keep_picture(PICTURES / "5_keys.png")
        w.key("Escape")
        w.wait_for(lambda: "help list" not in w.places(), "the list of keys is gone")


def gallery(desktop):
    with desktop.open() as w:
        w.click_on("gallery numerical_padding_strides")
        w.wait_title("padding of 1")
        w.key("space", "ctrl+z")
        w.wait_title("no padding, unit strides")


def keyboard(desktop):
    """Without the mouse: a preset by its name, numbers in the inspector, an export."""
    with desktop.open() as w:
        begin(w)
        w.key("Right")
        w.wait_title("step 2 of 9")
        # A command of the palette, in either language.
        w.key("ctrl+k")
        w.place("palette field")
        w.type("dilated")
        w.place("palette preset kind_dilated")
        w.keep_picture(PICTURES / "12_palette.png")
        w.key("Return")
        w.wait_title("Dilated")
        w.key("space", "ctrl+k")
        w.place("palette field")
        w.type("dark")
        w.key("Return")
        # Through the window's panels: the inspector comes last, before the first.
        w.key("shift+F6")
        w.place("focus")
        w.key("Tab", "Tab", "Tab")
        w.keep_picture(PICTURES / "12_focus.png")
        tab_to(w, "stride slider")
        w.key("Right")
        w.wait_for(lambda: "stride 2" in w.title() or "• " in w.title(), "the stride is changed")
        w.key("Escape")
        w.wait_for(lambda: "focus" not in w.places(), "the arrows step again")
        w.key("Home", "Right")
        w.wait_title("step 2 of")
        # Enter in a field of the dialog exports.
        w.key("ctrl+e")
        w.place("export path")
        tab_to(w, "export path")
        w.key("ctrl+a")
        w.type("by_keys.svg")
        w.key("Return")
        w.saved("by_keys*.svg")


def tab_to(window, name):
    """Presses Tab until the focus ring is around the control."""
    for _ in range(60):
        places = window.places()
        ring, control = places.get("focus"), places.get(name)
        if ring and control and max(abs(a - b) for a, b in zip(ring[:2], control[:2])) <= 2:
            return
        window.key("Tab")
        # In a panel that scrolls the ring may stay where it is while the controls move.
        window.wait_for(lambda: "focus" in (now := window.places()) and now != places, "the ring goes on")
        time.sleep(0.05)   # a panel may scroll
    raise AssertionError(f"Tab does not lead to {name}")


def searching(desktop):
    with desktop.open() as w:
        begin(w)
        w.click_on("gallery search")
        w.type("transposed 1d")
        w.key("Escape")
        w.place("gallery kind_2d")
        w.click_on("gallery search")
        w.type("separable")
        w.wait_for(lambda: "gallery kind_2d" not in w.places(), "only what has the word is shown")
        w.keep_picture(PICTURES / "13_search.png")
        w.click_on("gallery kind_depthwise_separable")
        w.wait_title("Depthwise separable")


def pointing(desktop):
    """A cell under the pointer is highlighted with its connected cells; clicking an output cell goes to its step."""
    with desktop.open("--preset", "numerical_no_padding_no_strides") as w:
        begin(w)
        before = still(w)
        left, top, width, height = w.place("page")
        # The centre cell of the output, from the frame's Scene on a page of this shape.
        scene = json.loads(subprocess.run([CONVLOOM, "scene", "--preset", "numerical_no_padding_no_strides",
                                           "--size", f"{round(width)}x{round(height)}"], check=True,
                                          capture_output=True, text=True).stdout)
        scale = width / scene["width"]
        a, b, c, d, e, f = next(p for p in scene["planes"] if p["plane"] == "output")["to_page"]   # x = a·u + b·v + c
        px, py = a * 1.5 + b * 1.5 + c, d * 1.5 + e * 1.5 + f
        at = round(left + px * scale), round(top + py * scale)
        w.run("mousemove", "--window", w.id, *at)
        w.wait_for(lambda: differing(before, canvas(w)) > 500, "the cell's taps are lit")
        w.keep_picture(PICTURES / "6_pointing.png")
        w.click(*at)
        w.wait_title("step 5 of 9")


def data(desktop):
    with desktop.open() as w:
        begin(w)
        w.click_on("tab 1")
        w.fill("cell 0 0", "9")
        says(w, ">9<")
        w.key("ctrl+z")
        w.click_on("pattern 0")   # a ramp
        says(w, ">24<")
        w.click_on("copy data")
        w.click_on("tensor 1")   # the kernel takes the input's numbers and size
        w.click_on("paste data")
        w.wait_title("step 1 of 1")
        w.keep_picture(PICTURES / "7_data.png")
        w.key("ctrl+z")
        w.wait_title("step 1 of 9")


def keys_at_once(desktop):
    """A key that arrives before the field has lost the focus is a shortcut, and the next one is not part of the typed text."""
    with desktop.open() as w:
        begin(w)
        w.click_on("tab 1")
        for number in "98765":
            w.click_on("cell 0 0")
            w.keys_at_once(number, "Return", "shift+s")
            svg = w.saved("*.svg").read_text()
            assert f">{number}<" in svg, number
        w.keys_at_once("Home", "Right", "Right", "shift+Right", "End", "Left", "shift+s")
        w.wait_title("step 8 of 9")
        w.saved("*.svg")


def tabbing(desktop):
    """Tab keeps the typed text."""
    with desktop.open() as w:
        begin(w)
        w.click_on("tab 1")
        w.click_on("tensor 1")
        w.click_on("cell 0 0")
        w.keys_at_once("7", "Tab", "8", "Tab", "9", "Return")
        says(w, ">7<", ">8<", ">9<")


def lists(desktop):
    """An open list receives letters; none of its keys is a shortcut, and Esc closes it."""
    with desktop.open() as w:
        begin(w)
        before = still(w)
        w.key("alt+d")
        same_as(w, before)
        w.click_on("kind")
        w.place("kind 3")
        w.type("trans")   # S and T are shortcuts elsewhere
        w.key("Escape")
        w.wait_for(lambda: "kind 3" not in w.places(), "the list is closed")
        assert not list(w.folder.glob("*.png")), "S saved a frame"
        w.click_on("kind")
        w.place("kind 3")
        w.type("trans")
        w.key("Return")
        w.wait_title("Transposed convolution")


def turning(desktop):
    with desktop.open("--preset", "kind_2d_channels") as w:
        begin(w)
        before = still(w)
        x, y = w.middle("canvas")
        y = round(w.place("canvas")[1] + 40)
        w.drag(x, y, x - 100, y + 40)
        other_than(w, before)
        w.key("ctrl+z")
        same_as(w, before)
    with desktop.open("--preset", "kind_depthwise_separable") as w:
        begin(w)
        w.wait_title("step 1 of 75")
        w.click_on("layer 1")
        w.wait_title("step 1 of 3,200")


def saving(desktop):
    """The saved frame is byte for byte the same as the command line's."""
    with desktop.open("--preset", "numerical_padding_strides") as w:
        w.key("space", "Home", "Right", "Right", "Right")
        w.wait_title("step 4 of 9")
        for key, ending in (("s", "png"), ("shift+s", "svg")):
            w.key(key)
            saved = w.saved("*." + ending)
            exported = desktop.folder / f"exported.{ending}"
            subprocess.run([CONVLOOM, "export", "--preset", "numerical_padding_strides", "--steps", "3", "-o", exported],
                           check=True, stdout=subprocess.DEVNULL)
            assert saved.read_bytes() == exported.read_bytes(), ending
            exported.unlink()
        w.key("s")   # nothing is overwritten
        assert w.saved("*-2.png").name == "numerical_padding_strides_flat_003-2.png"


def photo(desktop):
    with desktop.open("open", PHOTO) as w:
        w.wait_title("lighthouse.jpg – gaussian")
        blurred = still(w)
        w.keep_picture(PICTURES / "8_photo.png")
        w.click_on("filter")
        w.click_on("filter sharpen")
        w.wait_title("lighthouse.jpg – sharpen")
        other_than(w, blurred, 20_000)
        w.keep_picture(PICTURES / "8_sharpen.png")
        w.fill("weight 1 1", "9")
        w.wait_title("lighthouse.jpg – custom")
        w.keep_picture(PICTURES / "8_own_kernel.png")
        says(w, "Your own", ">9<")
        w.key("ctrl+z")
        w.wait_title("sharpen")
        w.key("1")
        w.wait_title("step")
        w.click_on("tab photo")
        w.wait_title("lighthouse.jpg")


def scroll(window, x, y, down, times):
    window.run("mousemove", "--window", window.id, round(x), round(y))
    time.sleep(0.1)
    window.run("click", "--repeat", times, "--delay", 30, 5 if down else 4)
    time.sleep(0.2)


def pixels(desktop):
    """Zooms with the wheel to the photo's own pixels and their numbers, steps through one of them, and saves a file."""
    with desktop.open("open", PHOTO) as w:
        w.wait_title("lighthouse.jpg – gaussian")
        w.key("Escape")   # closes the three lines of the first start
        whole = still(w)
        x, y, wide, high = w.place("canvas")
        at = x + wide * 0.27, y + high * 0.45
        scroll(w, *at, down=False, times=6)
        other_than(w, whole, 20_000)
        says(w, " at (", ") of 768×512 pixels")
        near = still(w)
        w.drag(*map(round, at), round(at[0] + 60), round(at[1] + 20))
        other_than(w, near, 5_000)
        w.click_on("bar part 2")
        says(w, "10×7 at (", 'class="value-(6,-9)-2"')
        w.keep_picture(PICTURES / "8_numbers.png")
        w.click(*map(round, at))   # steps through the pixel under it
        says(w, "around column", "of 70")
        w.key("Escape")
        w.click_on("bar part 0")
        same_as(w, whole)
        panel = w.place("filter")
        scroll(w, panel[0] + panel[2] / 2, panel[1] + 400, down=True, times=30)
        w.click_on("save format 2")
        w.click_on("save photo")
        w.key("Return")
        saved = w.saved("*.jpg")
        size = subprocess.run(["identify", "-format", "%m %w %h", saved], capture_output=True, text=True, check=True).stdout
        assert size == "JPEG 768 512", size
        w.keep_picture(PICTURES / "8_saved.png")


def resizing(desktop):
    """Plays while the window is resized: frames painted in parts equal those of a window of that size."""
    with desktop.open("--preset", "dilation") as w:
        for width, height in ((1100, 700), (1390, 890), (960, 600), (1300, 800)):
            w.run("windowsize", w.id, width, height)
            time.sleep(0.2)
        begin(w)
        w.key("Right", "Right", "d", "d")
        w.wait_title("step 3 of 9")
        shown = still(w)
        w.run("windowsize", w.id, 1000, 700)
        time.sleep(0.5)
        w.run("windowsize", w.id, 1300, 800)
        same_as(w, shown)


def first_start(desktop):
    """Three lines of help at the first start, and never again."""
    kept = desktop.folder / "first"
    with desktop.open(state=kept) as w:
        w.place("first hint")
        w.click_on("canvas")
        w.wait_for(lambda: "first hint" not in w.places(), "the hint goes")
        w.close()
    with desktop.open(state=kept) as w:
        w.place("play")
        assert "first hint" not in w.places()


def dropping(desktop):
    with desktop.open() as w:
        begin(w)
        x, y = w.middle("canvas")
        good = shutil.copy(PHOTO, desktop.folder / "a photo.jpg")
        w.drop(str(good).replace(" ", "%20"), x, y)
        w.wait_title("a photo.jpg – gaussian")
        shown = still(w)
        # A file that is not an image is refused with a message and changes nothing.
        bad = desktop.folder / "notes.jpg"
        bad.write_text("this is no image")
        w.drop(bad, x, y)
        other_than(w, shown)
        w.keep_picture(PICTURES / "9_no_image.png")
        assert "a photo.jpg" in w.title()


def documents(desktop):
    """Saves, edits and closes a document: the next start shows the last state, and the file is in the list of recent files."""
    kept = desktop.folder / "kept"
    with desktop.open("--preset", "dilation", state=kept) as w:
        begin(w)
        w.fill("stride", "2")
        w.wait_title("step 1 of 4")
        w.key("ctrl+s")
        w.place("browse name")
        w.keep_picture(PICTURES / "10_saving.png")
        w.key("ctrl+a")
        w.type("mine.convloom.json")
        w.key("Return")
        saved = w.saved("*.convloom.json")
        assert saved.name == "mine.convloom.json", saved
        w.fill("stride", "1")
        w.wait_title("step 1 of 9")
        w.close()
    with desktop.open(state=kept) as w:
        w.wait_title("Dilation of 2 – step 1 of 9")
        assert w.title().startswith("• mine.convloom.json – "), w.title()
        # A file that this start did not open is not overwritten without asking.
        before = saved.read_bytes()
        w.key("ctrl+s")
        w.place("replace take")
        w.keep_picture(PICTURES / "10_replace.png")
        w.key("Escape")
        w.wait_for(lambda: "replace take" not in w.places(), "the question is gone")
        assert saved.read_bytes() == before
        w.click_on("open")
        w.click_on("recent 0")
        w.wait_title("step 1 of 4")


def exporting(desktop):
    """The dialog's file is the same as the command line's."""
    with desktop.open("--preset", "dilation") as w:
        begin(w)
        w.key("ctrl+e")
        w.place("export path")
        w.keep_picture(PICTURES / "11_export.png")
        w.click_on("export begin")
        made = w.saved("*.gif")
        exported = desktop.folder / "exported.gif"
        subprocess.run([CONVLOOM, "export", "--preset", "dilation", "-o", exported], check=True, stdout=subprocess.DEVNULL)
        assert made.read_bytes() == exported.read_bytes()


if __name__ == "__main__":
    with Desktop() as desktop:
        tests = (keyboard, searching, stepping, playing, scrubbing, numbers, views, gallery, pointing, data, keys_at_once, tabbing, lists,
                 turning, saving, photo, pixels, resizing, first_start, dropping, documents, exporting)
        for test in tests:
            if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]:
                test(desktop)
                print("passed:", test.__name__, flush=True)
