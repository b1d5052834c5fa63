#!/usr/bin/env python3
"""The page in Chromium: it opens on the opening example, keys and clicks step, its title says the step, nothing is drawn
while nothing happens. CONVLOOM_WASM names convloom.js; the page's folder is build/web beside its own."""
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

if not shutil.which("chromium") or not shutil.which("chromedriver"):
    print("SKIPPED: Chromium and its driver are not installed (packages chromium, chromium-driver). The page is not tested.")
    sys.exit(0)

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

ROOT = Path(os.environ["TESTS_DIR"]).parent
FLAGS = ["--headless=new", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
         "--ignore-gpu-blocklist", "--disable-background-networking", "--window-size=1280,860"]
COUNTS = """window.frames_drawn = 0; const ask = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (draw) => ask((now) => { ++window.frames_drawn; draw(now); });"""


def wait(what, is_so, seconds=60):
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            sys.exit(f"Not in {seconds} s: {what}. The title is {page.title!r}.")
        time.sleep(0.1)


server = subprocess.Popen([sys.executable, ROOT / "scripts" / "web" / "serve.py", ROOT / "build" / "web", "0"],
                          stdout=subprocess.PIPE, text=True)
options = webdriver.ChromeOptions()
options.binary_location = shutil.which("chromium")
for flag in FLAGS:
    options.add_argument(flag)
page = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
try:
    page.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNTS})
    page.get(server.stdout.readline().split()[3])
    wait("the opening example", lambda: "no padding, unit strides" in page.title)
    ActionChains(page).send_keys(Keys.SPACE).perform()   # it plays
    time.sleep(2)
    before = page.execute_script("return window.frames_drawn")
    time.sleep(3)
    drawn = page.execute_script("return window.frames_drawn") - before
    if drawn != 0:
        sys.exit(f"{drawn} frames are drawn in 3 s while nothing happens.")
    for key, step in ((Keys.HOME, 1), (Keys.ARROW_RIGHT, 2), (Keys.ARROW_RIGHT, 3), (Keys.ARROW_LEFT, 2), (Keys.END, 9)):
        ActionChains(page).send_keys(key).perform()
        wait(f"step {step}", lambda: f"step {step} of 9" in page.title)
    page.save_screenshot("page.png")
finally:
    page.quit()
    server.terminate()
print("The page opens, steps and rests.")
