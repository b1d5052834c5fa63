"""Every fault of each kind in each command."""
from faults import try_all

try_all(10_000)
