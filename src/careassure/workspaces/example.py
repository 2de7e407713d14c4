"""The example of a workspace: Exampleshire, a council that does not exist."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

EXAMPLE_DAY = dt.date(2026, 10, 1)
"""The day on which the example stands: nothing in it is later."""


def example_files() -> dict[str, str]:
    """The text of each file of the example, by name."""
    folder = files("careassure.catalogue").joinpath("example")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith((".csv", ".toml")))
    return {name: folder.joinpath(name).read_bytes().decode("utf-8") for name in names}
