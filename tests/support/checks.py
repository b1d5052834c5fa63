"""Checks after which a test goes on, and the program as a child. Not a test itself; tests in Python use it."""
import os
import subprocess
import sys

CONVLOOM = os.environ["CONVLOOM"]
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def convloom(*words, timeout=120):
    return subprocess.run([CONVLOOM, *map(str, words)], capture_output=True, text=True, timeout=timeout)


def end(says=""):
    """Ends the test; `says` is printed if all checks hold."""
    if not failures and says:
        print(says)
    sys.exit(1 if failures else 0)
