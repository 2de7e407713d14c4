"""Watches over code that runs: what it asks of the world outside the program, and of what no two runs share.

They note and never prevent; they note for the thread that entered them alone; and they are taken away at the end,
except for one audit hook, which Python cannot remove and which then does nothing but look at one attribute.
"""

from __future__ import annotations

import _thread
import builtins
import datetime as dt
import gc
import os
import random
import sys
import threading
import time
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, wraps
from types import FrameType, ModuleType
from typing import Any, Literal

from careassure.testing.environment import environment_watched

_CLOCKS = (
    "clock_gettime",
    "clock_gettime_ns",
    "ctime",
    "gmtime",
    "localtime",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "process_time_ns",
    "thread_time",
    "thread_time_ns",
    "time",
    "time_ns",
)
_TODAY = ("now", "today", "utcnow")
_SYSTEM = ("nt", "posix")
_FILES = ("access", "getcwd", "lstat", "stat", "urandom")
_LOOKS = ("os.access", "os.getcwd", "os.lstat", "os.stat")
_MACHINE = (
    "cpu_count",
    "getegid",
    "geteuid",
    "getgid",
    "getloadavg",
    "getlogin",
    "getpgid",
    "getpid",
    "getppid",
    "getuid",
    "times",
    "uname",
)
_THREADS = ("start_joinable_thread", "start_new_thread")
_IDENTS = ("get_ident", "get_native_id")
_WHICH_THREAD = (*_IDENTS, "active_count", "current_thread", "enumerate", "main_thread")
_DICE = ("getrandbits", "random", "seed", "setstate")
_DIFFERING = ("hash", "id")
_EVENTS = ("_thread.start_", "open")
_CLOSED = "object.__setattr__"
"""The event of a value that is given another class, as each step of a trace is when it is complete. It is nobody's
business, and a rating has a hundred of them."""
_FAMILIES = (
    "ftplib.",
    "glob.",
    "http.client.",
    "imaplib.",
    "mmap.",
    "os.",
    "pathlib.",
    "poplib.",
    "shutil.",
    "smtplib.",
    "socket.",
    "sqlite3.",
    "subprocess.",
    "tempfile.",
    "urllib.",
    "webbrowser.",
    "winreg.",
)
_BOOKKEEPING = (
    "_weakrefset",
    "asyncio",
    "attr",
    "concurrent",
    "contextlib",
    "copy",
    "dataclasses",
    "functools",
    "logging",
    "queue",
    "reprlib",
    "weakref",
)
"""Modules that ask for the number of a thread to keep threads apart, whatever the thread."""

Rule = Literal["anyone", "own", "which"]
"""Whose calls count: anyone's, those of the watched code itself, or anyone's but for `_BOOKKEEPING`."""

_HERE = globals()
_ident = _thread.get_ident
_frame: Callable[[int], FrameType] = getattr(sys, "_getframe")  # noqa: B009  (its one name has an underscore)
_DICE_BOX: object = getattr(random.random, "__self__", None)
"""The source of random numbers that the functions of the module share."""


@contextmanager
def watched(own: str = "", *, closely: bool = True, importing: bool = False) -> Generator[list[str]]:
    """Note what this thread asks of the world, of chance and of the process, while the block runs.

    Args:
        own: The first part of the name of the modules that are watched, if any are; ``hash`` and ``id`` count for them
            alone.
        closely: Whether to see also what is built in and called under another name. That takes twice as long.
        importing: Whether importing is what is watched: then what a module of ``own`` asks while it is imported counts.

    Yields:
        A list that what was seen is added to, in words.
    """
    seen = _Seen(own, importing=importing)
    hook = _audit()
    collecting = gc.isenabled()
    gc.disable()  # what runs when garbage is collected is not the scorer's doing
    try:
        with _witnesses(seen), environment_watched(seen.asked):
            hook.seen = seen
            try:
                with ExitStack() as stack:
                    if closely and sys.getprofile() is None:
                        stack.enter_context(_profiled(seen))
                    yield seen.lines
            finally:
                hook.seen = None
    finally:
        if collecting:
            gc.enable()


class _Seen:
    """What was seen so far, and whose doing counts."""

    def __init__(self, own: str, *, importing: bool) -> None:
        self.own = own
        self.importing = importing
        self.thread = _ident()
        self.lines: list[str] = []

    def note(self, words: str, rule: Rule, frame: FrameType | None, path: str = "") -> None:
        """Take something down, unless it is nobody's business.

        Args:
            words: What was asked.
            rule: Whose calls count.
            frame: From where.
            path: The file that was asked for, where it is one.
        """
        if rule == "own" and not self._is_own(frame):
            return
        if rule == "which" and _bookkeeping(frame):
            return
        if self.importing:
            if words in _LOOKS:  # how a file of the package is found; reading any other is seen by itself
                return
            if not self._asked_by_own(frame) or (path and self._in_package(path)):
                return
        elif _importing(frame):
            return
        self.lines.append(words)

    def asked(self, words: str, frame: FrameType) -> None:
        """Take down a question that this thread asked."""
        if _ident() == self.thread:
            self.note(words, "anyone", frame)

    def _is_own(self, frame: FrameType | None) -> bool:
        return (
            frame is not None
            and _top(frame) == self.own
            and not frame.f_code.co_filename.startswith("<attrs generated")
        )

    def _asked_by_own(self, frame: FrameType | None) -> bool:
        """Whether a module of its own asked, and not the machinery that loads modules, or another module."""
        while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
            if _top(frame) == "careassure" and frame.f_globals is not _HERE:
                return False  # the library's own files and settings
            if _top(frame) == self.own:
                return True
            frame = frame.f_back
        return False

    def _in_package(self, path: str) -> bool:
        """Whether a file belongs to the package: then it changes only with the package's version."""
        folders: list[str] = list(getattr(sys.modules.get(self.own), "__path__", ()))
        real = os.path.realpath(path)
        return any(real.startswith(os.path.realpath(folder) + os.sep) for folder in folders)


def _top(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _bookkeeping(frame: FrameType | None) -> bool:
    while frame is not None and _top(frame) == "threading":
        frame = frame.f_back
    return frame is not None and _top(frame) in _BOOKKEEPING


def _importing(frame: FrameType | None) -> bool:
    """Whether a module is being imported: that is a matter of loading code."""
    while frame is not None and not str(frame.f_globals.get("__name__", "")).startswith("careassure.testing"):
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


# -- events that Python tells of itself ------------------------------------------------------------------


class _Watch(threading.local):
    """What the audit hook adds to, for each thread; None while nothing is watched."""

    seen: _Seen | None = None


@cache
def _audit() -> _Watch:
    """The audit hook, added once for the process."""
    watch = _Watch()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == _CLOSED:
            return
        seen = watch.seen
        if seen is not None and event.startswith((*_EVENTS, *_FAMILIES)):
            watch.seen = None  # what is looked at here is not looked at again
            try:
                subject = next((item for item in arguments if isinstance(item, str | bytes)), "")
                path = os.fsdecode(subject) if event.startswith(("open", "os.", "pathlib.", "glob.")) else ""
                words = f"{event} {subject!r}" if subject else event
                seen.note(words, "anyone", _frame(1), path)
            finally:
                watch.seen = seen

    sys.addaudithook(hook)
    return watch


# -- functions that are built in, under any name ---------------------------------------------------------


@contextmanager
def _profiled(seen: _Seen) -> Generator[None]:
    """See calls of functions that are built in, such as the clock under another name."""

    def profile(frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401  (whatever is called)
        if event == "c_call" and frame.f_globals is not _HERE:
            name, rule = _asked(called)
            if name and not (name == "random.seed" and _seeded(frame)):
                seen.note(name, rule, frame)

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


def _asked(called: Any) -> tuple[str, Rule]:  # noqa: ANN401  (whatever is called)
    """What a built-in function asks, and whose calls of it count; empty where it asks nothing."""
    name: str = getattr(called, "__name__", "")
    module: object = getattr(called, "__module__", None)
    owner: object = getattr(called, "__self__", None)
    if module == "time" and name in _CLOCKS:
        return f"time.{name}", "anyone"
    if module in _SYSTEM and name in (*_FILES, *_MACHINE):
        return f"os.{name}", "anyone"
    if module == "_thread" and name in (*_THREADS, *_IDENTS):
        return f"_thread.{name}", "which" if name in _IDENTS else "anyone"
    if name in _TODAY and isinstance(owner, type) and issubclass(owner, dt.date):
        return f"{owner.__name__}.{name}", "anyone"
    if module == "builtins" and name in _DIFFERING:
        return name, "own"
    if name in _DICE and isinstance(owner, random.Random) and (owner is _DICE_BOX or name == "seed"):
        return f"random.{name}", "anyone"
    numpy = sys.modules.get("numpy.random.mtrand")
    if numpy is not None and owner is not None and owner is getattr(numpy, "_rand", None):
        return f"numpy.random.{name}", "anyone"
    return "", "anyone"


def _seeded(frame: FrameType) -> bool:
    """Whether a source of random numbers of somebody's own is given a seed: then it gives the same each time."""
    mine: object = frame.f_locals.get("self")
    return mine is not _DICE_BOX and frame.f_locals.get("a") is not None


# -- witnesses in the place of functions -----------------------------------------------------------------


@cache
def _places() -> tuple[tuple[Any, str, str, Rule], ...]:
    """Where witnesses stand: an owner, a name in it, what that is called, whose calls count."""
    dice = [name for name in random.__all__ if getattr(getattr(random, name), "__self__", None) is _DICE_BOX]
    groups: list[tuple[Any, Iterable[str], str, Rule]] = [
        (time, _CLOCKS, "time.", "anyone"),
        (os, (*_FILES, *_MACHINE), "os.", "anyone"),
        (threading, _WHICH_THREAD, "threading.", "which"),
        (_thread, _IDENTS, "_thread.", "which"),
        (builtins, _DIFFERING, "", "own"),
        (random, dice, "random.", "anyone"),
        (random, ("_urandom",), "os.", "anyone"),
        (uuid, ("uuid1",), "uuid.", "anyone"),
    ]
    found: list[tuple[Any, str, str, Rule]] = []
    for owner, names, prefix, rule in groups:
        found.extend((owner, name, f"{prefix}{name}", rule) for name in names)
    return tuple(place for place in found if hasattr(place[0], place[1]))


@contextmanager
def _witnesses(seen: _Seen) -> Generator[None]:
    """Put witnesses in their places, and in the modules of ``own`` that took a function over under another name."""
    real: list[tuple[Any, str, Any]] = []
    stand_in: dict[int, Any] = {}
    for owner, name, words, rule in _places():
        function = getattr(owner, name)
        stand_in.setdefault(id(function), _witness(seen, words, rule, function))
        real.append((owner, name, function))
    real += [(module, name, value) for module, name, value in _names(seen.own) if id(value) in stand_in]
    seed = random.Random.seed
    try:
        for owner, name, function in real:
            setattr(owner, name, stand_in[id(function)])
        random.Random.seed = _unseeded(seen, seed)  # type: ignore[method-assign]
        yield
    finally:
        random.Random.seed = seed  # type: ignore[method-assign]
        for owner, name, function in real:
            setattr(owner, name, function)


def _names(own: str) -> Iterator[tuple[ModuleType, str, object]]:
    modules = [module for key, module in list(sys.modules.items()) if own and key.partition(".")[0] == own]
    for module in modules:
        for name, value in list(getattr(module, "__dict__", {}).items()):
            if callable(value) and not name.startswith("__"):
                yield module, name, value


def _witness(seen: _Seen, words: str, rule: Rule, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def stand_in(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (as the function that it stands for)
        if _ident() == seen.thread:
            seen.note(words, rule, _frame(1))
        return function(*arguments, **named)

    return stand_in


def _unseeded(seen: _Seen, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def stand_in(self: random.Random, a: Any = None, *more: Any, **named: Any) -> Any:  # noqa: ANN401  (likewise)
        if a is None and _ident() == seen.thread:
            seen.note("random.seed", "anyone", _frame(1))
        return function(self, a, *more, **named)

    return stand_in
