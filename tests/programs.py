"""Programs of the machine that some tests need, such as LibreOffice and Chromium."""

from __future__ import annotations

import os
import shutil

import pytest


def needed(name: str, commands: tuple[str, ...], packages: str, required: str) -> str:
    """The command of a program; the test is left out where there is none, and where that is allowed.

    Args:
        name: What people call it.
        commands: The commands that it may go by.
        packages: The packages of Debian that bring it.
        required: The variable of the environment that is set where tests without it fail, as `.ci/run` does.
    """
    command = next(filter(None, map(shutil.which, commands)), None)
    if command:
        return command
    if os.environ.get(required):
        pytest.fail(f"{name} is needed: apt-get install {packages}")
    pytest.skip(f"no {name}")
