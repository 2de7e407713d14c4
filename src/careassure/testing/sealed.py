"""The check that scoring looks at nothing but the assessment: no clock, no file, no network, no other program.

Three watches are kept while a scorer scores. They note and never prevent; they note for the thread that scores alone;
and they are taken away when it is done, except for one audit hook, which Python cannot remove and which then does
nothing but look at one attribute.
"""

from __future__ import annotations

import datetime as dt
import gc
import inspect
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache, wraps
from types import FrameType
from typing import Any

from careassure.model.assessment import Assessment
from careassure.model.text import join, plural
from careassure.testing.bench import Bench, fresh, require
from careassure.testing.cases import described
from careassure.testing.check import CheckFailedError

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
_FILES = ("access", "getcwd", "lstat", "stat", "urandom")
_SYSTEM = ("nt", "posix")
_THREADS = ("start_joinable_thread", "start_new_thread")
_EVENTS = ("_thread.start_", "open")
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


def sealed(bench: Bench) -> str:
    """Once it has scored a first time, scoring reads no clock and no file, and talks to nobody."""

    def one(assessment: Assessment) -> bool:
        if bench.outcome(assessment) is None:  # the first call, which may import and load
            return False
        given = fresh(assessment)
        with watched() as seen:
            try:
                bench.scorer.score(given)
            except Exception:  # noqa: BLE001  (one check alone judges what a scorer raises)
                return False
        if seen:
            raise CheckFailedError(f"scoring used {join(list(dict.fromkeys(seen)))}", where=described(assessment))
        return True

    looked = bench.each(one, bench.sample(20))
    require(looked, "total")
    return plural(looked, "outcome")


@contextmanager
def watched() -> Generator[list[str]]:
    """Note what this thread asks of the world outside the program, while the block runs.

    Yields:
        A list that what was seen is added to, in words.
    """
    seen: list[str] = []
    hook = _audit()
    collecting = gc.isenabled()
    gc.disable()  # what runs when garbage is collected is not the scorer's doing
    try:
        with _clocks(seen):
            hook.seen = seen
            try:
                with _profiled(seen):
                    yield seen
            finally:
                hook.seen = None
    finally:
        if collecting:
            gc.enable()


class _Watch(threading.local):
    """What the audit hook adds to, for each thread; None while nothing is watched."""

    seen: list[str] | None = None


@cache
def _audit() -> _Watch:
    """The audit hook, added once for the process."""
    watch = _Watch()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watch.seen is not None and event.startswith((*_EVENTS, *_FAMILIES)) and not _importing():
            subject = next((repr(item) for item in arguments if isinstance(item, str | bytes)), "")
            watch.seen.append(f"{event} {subject}".strip())

    sys.addaudithook(hook)
    return watch


def _importing() -> bool:
    """Whether a module is being imported: that is a matter of loading code."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


@contextmanager
def _profiled(seen: list[str]) -> Generator[None]:
    """See calls of functions that are built in, such as the clock under another name, where no profiler runs."""
    if sys.getprofile() is not None:
        yield
        return

    def profile(_frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401  (whatever is called)
        if event == "c_call":
            name = _asked(called)
            if name and not _importing():
                seen.append(name)

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


def _asked(called: Any) -> str:  # noqa: ANN401  (whatever is called)
    """What a built-in function asks of the world; empty where it asks nothing."""
    name: str = getattr(called, "__name__", "")
    module: object = getattr(called, "__module__", None)
    owner: object = getattr(called, "__self__", None)
    if module == "time" and name in _CLOCKS:
        return f"time.{name}"
    if module in _SYSTEM and name in _FILES:
        return f"os.{name}"
    if module == "_thread" and name in _THREADS:
        return f"_thread.{name}"
    if name in _TODAY and isinstance(owner, type) and issubclass(owner, dt.date):
        return f"{owner.__name__}.{name}"
    return ""


@contextmanager
def _clocks(seen: list[str]) -> Generator[None]:
    """Put a witness in the place of each function of the module ``time`` that reads a clock."""
    thread = threading.get_ident()
    real = {name: getattr(time, name) for name in _CLOCKS if hasattr(time, name)}

    def witness(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def read(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (as the function that it stands for)
            if threading.get_ident() == thread and not _importing():
                seen.append(f"time.{name}")
            return function(*arguments, **named)

        return read

    for name, function in real.items():
        setattr(time, name, witness(name, function))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(time, name, function)
