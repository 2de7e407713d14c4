"""How long a test waits before it says that something does not end."""

from __future__ import annotations

PATIENCE = 20
"""By how much the seconds that are promised are stretched. Speed is measured in ``bench``. A test only tells what would
take minutes, or never end, from what takes seconds, also where each line is counted and the machine is busy."""
