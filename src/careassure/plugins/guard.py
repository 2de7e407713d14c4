"""The one place where code of plugins is touched: whatever it does, an error of ours comes out, and only Ctrl-C passes.

Reading an attribute, taking ``repr``, asking ``isinstance`` or going through a list can all run code of a plugin. That
code can raise anything, also what is no ``Exception`` (``SystemExit``), and can go on for ever.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from types import CoroutineType, GeneratorType, ModuleType
from typing import Any, TypeVar

from careassure import errors
from careassure.errors import CareAssureError
from careassure.model.exact import class_name

MOST_ITEMS = 1000
"""The most that one hook may give."""

T = TypeVar("T")
_TEXT = 300


def touch(failed: Callable[[str], CareAssureError], function: Callable[..., T], *arguments: object) -> T:
    """Do something that may run code of a plugin.

    Args:
        failed: Makes the error of ours from what went wrong in words, such as ``ValueError: no``.
        function: What to do.
        *arguments: What it is given.

    Raises:
        CareAssureError: What ``failed`` made, whatever was raised.
        KeyboardInterrupt: As it is: a wish to stop is never taken for a fault.
    """
    try:
        return function(*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise failed(said(error)) from error


def said(error: BaseException) -> str:
    """An exception in words, such as ``ValueError: no``, although it may raise another when it is asked.

    One of ours says what is wrong in a sentence and needs no name of a class before it.
    """
    text = _asked(str, error, "it cannot say why")
    if is_ours(error):
        return text
    return f"{class_name(error)}: {text}" if text else class_name(error)


def is_ours(error: BaseException) -> bool:
    """Whether an exception is of a class of ours, and not of a subclass that somebody else made."""
    return type(error) in {kind for kind in vars(errors).values() if isinstance(kind, type)}


def repr_of(value: object) -> str:
    """A value as it shows itself, in part where that is long; its class where it cannot."""
    return _asked(repr, value, f"<{class_name(value)}>")


def _asked(how: Callable[[object], str], value: object, otherwise: str) -> str:
    try:
        text = str.__str__(how(value))  # of a subclass of text, the text itself
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  (whatever it raises, a report must come out)
        return otherwise
    return text if len(text) <= _TEXT else f"{text[:_TEXT]} ..."


def items_of(failed: Callable[[str], CareAssureError], values: Iterable[Any], most: int) -> list[Any]:
    """What a plugin gave, as a list of its own, cut off after one more than ``most``: it may have no end.

    Raises:
        CareAssureError: What ``failed`` made: it cannot be gone through, or raised.
    """
    found: list[Any] = touch(failed, lambda: list(islice(iter(values), most + 1)))
    if len(found) > most:
        discard(values)
    return found


def module_space(plugin: Any) -> dict[str, Any]:  # noqa: ANN401  (anything)
    """What stands in a module, without asking any code of it; empty for what is not a module."""
    return ModuleType.__getattribute__(plugin, "__dict__") if issubclass(type(plugin), ModuleType) else {}


def discard(value: object) -> None:
    """Have done with a generator or a coroutine that is not used, so that it does not come back at some later time."""
    if type(value) in (GeneratorType, CoroutineType):
        with suppress(CareAssureError):
            touch(CareAssureError, value.close)  # type: ignore[attr-defined]


def announce(text: str) -> None:
    """Say on standard error what is about to be called, so that something that hangs has a name."""
    with suppress(CareAssureError):  # there may be no standard error any more, or another in its place
        touch(CareAssureError, _write, f"careassure: {text}\n")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
