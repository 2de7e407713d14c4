"""Whether Spark can be tried on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def has_java() -> bool:
    """Whether Spark can start. Where it must, CAREASSURE_REQUIRE_SPARK is set, and it is not asked."""
    if os.environ.get("CAREASSURE_REQUIRE_SPARK"):
        return True
    java = shutil.which("java")
    return java is not None and not subprocess.run([java, "-version"], capture_output=True, check=False).returncode


needs_java = pytest.mark.skipif(not has_java(), reason="Spark needs Java 17 or newer, which is not on this machine")
SPARK = [needs_java, pytest.mark.slow, pytest.mark.xdist_group("spark")]
"""The marks of a test on Spark: one session, and so one process, is enough for all of them."""
