#!/usr/bin/env python3
"""The window for real, under Xvfb: it opens and plays, steps, scrubs, takes and refuses slider values, undoes,
switches views, opens and filters photos, and saves the very frames that the command line exports."""
import os
import pathlib
import shutil
import subprocess
import sys

TESTS = pathlib.Path(os.environ["TESTS_DIR"])
sys.path.insert(0, str(TESTS / "gui"))
from desktop import Desktop, differing  # noqa: E402

CONVLOOM = os.environ["CONVLOOM"]
PHOTO = TESTS.parent / "assets" / "images" / "lighthouse.jpg"
PICTURES = pathlib.Path.cwd()

# Places in a window of 1280x800 at scale 1.
CANVAS = (0, 0, 944, 712)
SCRUB_LEFT, SCRUB_RIGHT, TIMELINE_Y = 229, 795, 746
SLIDER_LEFT, SLIDER_RIGHT, FIELD_X = 1067, 1197, 1236
SLIDER_Y = {"i": 270, "k": 306, "s": 342, "p": 378, "d": 414}
VERDICT = (950, 436, 330, 100)
REFUSED = (0xB4, 0x23, 0x18)


def svg_of(window):
    """Saves the current frame as SVG with the key and reads it."""
    window.key("shift+s")
    return window.saved("*.svg").read_text()


def says(window, *parts):
    svg = svg_of(window)
    for part in parts:
        assert part in svg, f"the frame does not say “{part}”"


def has_color(picture, color):
    pixels = picture[2]
    return any(tuple(pixels[n:n + 3]) == color for n in range(0, len(pixels), 3))


def stepping(desktop):
    with desktop.open() as w:
        assert w.title() == "Convolution: no padding, unit strides – step 1 of 9 – Convloom", w.title()
        w.wait_title("step 2 of 9")   # it plays by itself
        w.key("space")
        paused = w.title()
        w.key("Home")
        w.wait_title("step 1 of 9")
        first = w.picture(CANVAS)
        w.keep_picture(PICTURES / "1_first_step.png")
        w.key("Right", "Right", "Right")
        w.wait_title("step 4 of 9")
        assert differing(first, w.picture(CANVAS)) > 1000, f"stepping changes the picture ({paused})"
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
        w.wait_for(lambda: differing(first, w.picture(CANVAS)) == 0, "the first step looks as it did")
        # The buttons do what the keys do.
        w.click(154, TIMELINE_Y)
        w.wait_title("step 2 of 9")
        w.click(194, TIMELINE_Y)
        w.wait_title("step 9 of 9")
        w.click(74, TIMELINE_Y)
        w.wait_title("step 8 of 9")
        w.click(34, TIMELINE_Y)
        w.wait_title("step 1 of 9")


def scrubbing(desktop):
    with desktop.open("--preset", "same_padding_no_strides") as w:
        w.key("space")
        slot = (SCRUB_RIGHT - SCRUB_LEFT) / 25
        for step in (0, 7, 12, 24):
            w.click(round(SCRUB_LEFT + (step + 0.5) * slot), TIMELINE_Y)
            w.wait_title(f"step {step + 1} of 25")
        w.drag(SCRUB_RIGHT - 5, TIMELINE_Y, round(SCRUB_LEFT + 3.5 * slot), TIMELINE_Y)
        w.wait_title("step 4 of 25")


def sliding(desktop):
    with desktop.open() as w:
        w.key("space", "Home")
        before = w.picture(CANVAS)
        # Padding from 0 to 2 of 6.
        w.drag(SLIDER_LEFT + 8, SLIDER_Y["p"], round(SLIDER_LEFT + 8 + (SLIDER_RIGHT - SLIDER_LEFT - 16) / 3), SLIDER_Y["p"])
        w.wait_title("step 1 of 49")
        assert differing(before, w.picture(CANVAS)) > 1000, "a slider changes the picture"
        says(w, "padding p = 2", "output o = 7", "padded to 9×9")
        w.keep_picture(PICTURES / "3_padding.png")
        w.key("ctrl+z")
        w.wait_title("step 1 of 9")
        w.key("ctrl+shift+z")
        w.wait_title("step 1 of 49")
        w.key("ctrl+z")
        # Typing works as dragging does.
        w.click(FIELD_X, SLIDER_Y["s"])
        w.type("2")
        w.key("Return")
        w.wait_title("step 1 of 4")
        says(w, "stride s = 2")
        w.key("ctrl+z")
        w.wait_title("step 1 of 9")
        # A kernel that does not fit is refused: the reason is told, the picture stays.
        w.wait_for(lambda: differing(before, w.picture(CANVAS)) == 0, "undo restores the picture")
        assert not has_color(w.picture(VERDICT), REFUSED)
        w.click(FIELD_X, SLIDER_Y["k"])
        w.type("7")
        w.key("Return")
        w.wait_for(lambda: has_color(w.picture(VERDICT), REFUSED), "the refusal is told")
        w.keep_picture(PICTURES / "4_refused.png")
        assert "of 9" in w.title() and differing(before, w.picture(CANVAS)) == 0
        w.click(FIELD_X, SLIDER_Y["k"])
        w.type("2")
        w.key("Return")
        w.wait_title("step 1 of 16")
        w.wait_for(lambda: not has_color(w.picture(VERDICT), REFUSED), "a good value clears the refusal")


def views(desktop):
    with desktop.open("--preset", "padding_strides") as w:
        w.key("space", "Home")
        stacked = w.picture(CANVAS)
        w.key("1")
        w.wait_for(lambda: differing(stacked, w.picture(CANVAS)) > 1000, "the flat view shows")
        flat = w.picture(CANVAS)
        w.click(1074, 154)   # Stacked
        w.wait_for(lambda: differing(stacked, w.picture(CANVAS)) == 0, "the stacked view is back")
        w.key("ctrl+z")
        w.wait_for(lambda: differing(flat, w.picture(CANVAS)) == 0, "undo takes the view back")
        w.click(1051, 190)   # Dark
        w.wait_for(lambda: differing(flat, w.picture(CANVAS)) > 200_000, "the dark theme shows")
        w.keep_picture(PICTURES / "5_dark.png")


def turning(desktop):
    with desktop.open("--preset", "kind_2d_channels") as w:
        w.key("space", "Home")
        before = w.picture(CANVAS)
        w.drag(400, 300, 300, 340)
        w.wait_for(lambda: differing(before, w.picture(CANVAS)) > 1000, "the volume is seen from another side")
        w.key("ctrl+z")
        w.wait_for(lambda: differing(before, w.picture(CANVAS)) == 0, "one undo turns it back")
    with desktop.open("--preset", "kind_depthwise_separable") as w:
        w.key("space", "Home")
        w.wait_title("step 1 of 75")
        w.click(1180, 190)   # Layer 2
        w.wait_title("step 1 of 3200")


def saving(desktop):
    """The saved frame is, byte for byte, the command line's."""
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
        blurred = w.picture(CANVAS)
        w.keep_picture(PICTURES / "6_photo.png")
        w.click(1100, 270)   # the list of filters
        w.click(1040, 385)   # Laplacian, the fourth
        w.wait_title("lighthouse.jpg – laplacian")
        w.wait_for(lambda: differing(blurred, w.picture(CANVAS)) > 20_000, "the filter changes the picture")
        w.keep_picture(PICTURES / "7_laplacian.png")
        w.click(1111, 412)   # the weight in the middle
        w.type("9")
        w.key("Return")
        w.wait_title("lighthouse.jpg – custom")
        w.keep_picture(PICTURES / "8_own_kernel.png")
        says(w, "Your own", ">9<")
        w.key("ctrl+z")
        w.wait_title("laplacian")
        w.key("1")
        w.wait_title("step")
        w.key("6")
        w.wait_title("lighthouse.jpg")


def dropping(desktop):
    with desktop.open() as w:
        w.key("space", "Home")
        good = shutil.copy(PHOTO, desktop.folder / "a photo.jpg")
        w.drop(str(good).replace(" ", "%20"), 400, 300)
        w.wait_title("a photo.jpg – gaussian")
        shown = w.picture(CANVAS)
        # What is no image is refused in words and changes nothing.
        bad = desktop.folder / "notes.jpg"
        bad.write_text("this is no image")
        w.drop(bad, 400, 300)
        w.wait_for(lambda: differing(shown, w.picture(CANVAS)) > 1000, "the fault is told")
        w.keep_picture(PICTURES / "9_no_image.png")
        assert "a photo.jpg" in w.title()


if __name__ == "__main__":
    with Desktop() as desktop:
        for test in (stepping, scrubbing, sliding, views, turning, saving, photo, dropping):
            test(desktop)
            print("passed:", test.__name__, flush=True)
