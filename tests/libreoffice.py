"""LibreOffice without a screen, for tests that read what it writes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRED = "CAREASSURE_REQUIRE_LIBREOFFICE"
"""Where this is set, as `.ci/run` does, tests without LibreOffice fail and are not left out."""


def need_libreoffice() -> str:
    """The command; the test is left out where there is none, and where that is allowed."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command:
        return command
    if os.environ.get(REQUIRED):
        pytest.fail("LibreOffice is needed: apt-get install libreoffice-calc")
    pytest.skip("no LibreOffice")


def converted(path: Path, ending: str) -> Path:
    """A file saved by LibreOffice as another kind, in a folder below its own."""
    folder = path.parent / "converted"
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = [need_libreoffice(), profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{ending}"
