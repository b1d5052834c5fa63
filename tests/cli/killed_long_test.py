"""A thousand kills; killed_test.py has twenty."""
import os

os.environ.setdefault("CONVLOOM_KILLS", "1000")
import killed_test  # noqa: E402,F401
