"""LibreOffice without a screen, for tests that read what it writes."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from programs import needed


def need_libreoffice() -> str:
    """The command; the test is left out where there is none, and where that is allowed."""
    packages = "libreoffice-calc libreoffice-writer"
    return needed("LibreOffice", ("soffice", "libreoffice"), packages, "CAREASSURE_REQUIRE_LIBREOFFICE")


def converted(paths: Sequence[Path], ending: str) -> list[Path]:
    """Files of one folder, saved by LibreOffice as another kind in a folder below it. It is started once for all."""
    home = paths[0].parent
    folder = home / "converted"
    profile = f"-env:UserInstallation=file://{home / 'profile'}"
    command = [need_libreoffice(), profile, "--headless", "--convert-to", ending, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=180)
    return [folder / f"{path.stem}.{ending}" for path in paths]
