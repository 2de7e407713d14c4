"""Values that are settled when this module is imported, as no scorer's should be."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

AT_HOME = len(Path(os.__file__).read_bytes()) > 0
BORN = time.time()
LUCKY = random.Random().random()  # noqa: S311
SETTING = os.environ.get("CAREASSURE_KIT_SETTING", "")
