"""What the tests of the documentation share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from docs.reader import environment
from docs.warm import warm


@pytest.fixture(scope="session")
def ready() -> Iterator[Path]:
    """The folder of the command that forks: one server is enough for all tests of a process."""
    with TemporaryDirectory() as home, warm(Path(home), environment(Path(home))) as commands:
        yield commands
