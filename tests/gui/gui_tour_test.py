#!/usr/bin/env python3
"""The tour in a real window, under Xvfb: the system's language is used, the pages come in the order of `convloom tour --list`, and a
typed answer is checked.

If CONVLOOM_SHOTS names a folder, all pages are visited and a picture of each is saved there for inspection. gui_tour_test.cpp always
visits all of them, without a screen.
"""
import os
import pathlib
import subprocess
import sys
import time

TESTS = pathlib.Path(os.environ["TESTS_DIR"])
sys.path.insert(0, str(TESTS / "gui"))
from desktop import Desktop  # noqa: E402

SHOTS = os.environ.get("CONVLOOM_SHOTS")
FEW = 4   # into the second chapter


def titles(language):
    words = [os.environ["CONVLOOM"], "tour", "--list", "--language", language]
    lines = subprocess.run(words, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    return [line.split(None, 1)[1] for line in lines if line.startswith("  ")]


def shoot(window, language, number):
    if SHOTS:
        window.keep_picture(pathlib.Path(SHOTS) / f"{language}_{number:02}.png")


def answer(window, text, verdict):
    window.fill("tour answer", text)
    window.place(verdict)
    time.sleep(0.3)   # until the field has lost the focus


def walk(desktop, language, locale):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        desktop.env.pop(name, None)
    desktop.env["LANG"] = locale
    pages = titles(language)
    count = len(pages) if SHOTS else FEW
    with desktop.open() as window:
        window.click_on("tour")
        window.wait_title(pages[0])
        answer(window, "3", "tour wrong")
        answer(window, "2", "tour right")
        for n in range(count):
            window.wait_title(pages[n])
            shoot(window, language, n + 1)
            if n + 1 < count:
                window.key("Page_Down")
        window.key("Page_Up")
        window.wait_title(pages[count - 2])


with Desktop() as screen:
    walk(screen, "en", "en_GB.UTF-8")
    walk(screen, "zh-CN", "zh_CN.UTF-8")
print("the tour is walked in both languages")
