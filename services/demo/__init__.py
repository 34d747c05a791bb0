"""The demonstration province: plausible, plainly marked, the same for the same seed.

Its clock starts on 25 May 2023, five days before the half-year reports are due.
"""

from services.demo.accounts import DEMO_PASSWORD, USERNAMES
from services.demo.load import DEMO_DAY, FULL, ORDINARY, DemoError, DemoSize, is_loaded, load_demo

__all__ = [
    "DEMO_DAY", "DEMO_PASSWORD", "FULL", "ORDINARY", "USERNAMES", "DemoError", "DemoSize", "is_loaded", "load_demo",
]
