"""The files that are shipped inside the package."""

from __future__ import annotations

from careassure.io.packages import package_text


def read_resource(folder: str, name: str) -> str:
    """The text of a shipped file, such as ``("data", "councils.csv")``."""
    return package_text("careassure.catalogue", f"{folder}/{name}")


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table."""
    import csv  # a rating may need no table

    return list(csv.DictReader(read_resource("data", name).splitlines(), strict=True))


def cells(text: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by bars."""
    return tuple(part.strip() for part in text.split("|") if part.strip())
