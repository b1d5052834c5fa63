"""The first faults of each kind in some commands; faults_long_test.py has all."""
from faults import try_all

try_all(2, every=4)
