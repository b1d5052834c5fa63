"""Every fault of each kind in each command."""
import sys

from faults import try_all

count = try_all(10_000)
if count and not all(count.values()):
    sys.exit("of some kinds no call failed: the test tests nothing")
