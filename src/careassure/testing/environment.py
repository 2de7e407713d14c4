"""Watch what the environment of the process is asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache, wraps
from threading import Lock
from types import FrameType
from typing import Any

Told = Callable[[str, FrameType], None]
"""Called with what the environment was asked, and from where."""

_lock = Lock()
_frame: Callable[[int], FrameType] = getattr(sys, "_getframe")  # noqa: B009  (its one name has an underscore)


@contextmanager
def environment_watched(told: Told) -> Generator[None]:
    """Tell what any thread asks of the environment while the block runs."""
    real, telling, watching = _classes()
    with _lock:
        watching.append(told)
        _turn(real, telling)
    try:
        yield
    finally:
        with _lock:
            watching.remove(told)
            if not watching:
                _turn(telling, real)


@cache
def _classes() -> tuple[type, type, list[Told]]:
    """The class of the environment, one like it that tells what it is asked, and whom it tells.

    Python 3.13 goes on calling the old method of a class that was changed a thousand times. So the class itself is
    left alone, and the environment is given the other one while somebody watches.
    """
    real = type(os.environ)
    watching: list[Told] = []

    def telling(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def stand_in(self: object, *arguments: object) -> Any:  # noqa: ANN401  (as the method that it stands for)
            for told in tuple(watching):
                told(f"os.environ {arguments[0]!r}" if arguments else "os.environ", _frame(1))
            return function(self, *arguments)

        return stand_in

    methods = {name: telling(getattr(real, name)) for name in ("__getitem__", "__iter__", "__len__")}
    return real, type(real.__name__, (real,), methods), watching


def _turn(old: type, new: type) -> None:
    for found in (os.environ, getattr(os, "environb", None)):
        if type(found) is old:
            found.__class__ = new
