"""The example of a workspace: Exampleshire, a council that does not exist."""

from __future__ import annotations

from importlib.resources import files


def example_files() -> dict[str, str]:
    """The text of each file of the example, by name."""
    folder = files("careassure.catalogue").joinpath("example")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith((".csv", ".toml")))
    return {name: folder.joinpath(name).read_bytes().decode("utf-8") for name in names}
