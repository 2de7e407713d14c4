"""Libraries that tables need and that are not installed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from careassure.errors import MissingExtraError
from careassure.model.text import join

ALWAYS = ("narwhals", "numpy", "pyarrow")
"""What every table needs."""


def missing_error(what: str, needed: Sequence[str]) -> MissingExtraError:
    """The error that something needs libraries, all of them that are missing at once, with how to get them.

    Args:
        what: What needs them, such as ``--engine polars``.
        needed: The libraries; those of every table are added.
    """
    missing = [name for name in dict.fromkeys([*needed, *ALWAYS]) if find_spec(name) is None] or list(needed)
    verb = "is" if len(missing) == 1 else "are"
    return MissingExtraError(
        f"{what} needs {join(missing)}, which {verb} not installed", hint=f"Run: pip install {' '.join(missing)}"
    )
