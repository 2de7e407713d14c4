"""The watches that are kept while a scorer scores: what they see, and that nothing is left of them."""

from __future__ import annotations

import datetime as dt
import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from time import monotonic_ns

import pytest

from careassure.testing.watch import watched


class Later(dt.datetime):
    """A class of dates of somebody's own."""


SEEN: dict[str, Callable[[], object]] = {
    "time.time": time.time,
    "time.monotonic_ns": lambda: monotonic_ns(),
    "time.localtime": lambda: time.localtime(),
    "datetime.now": lambda: dt.datetime.now(),  # noqa: DTZ005
    "date.today": lambda: dt.date.today(),  # noqa: DTZ011
    "Later.now": lambda: Later.now(dt.UTC),
    "open": lambda: Path(__file__).open("rb").close(),
    "os.listdir": lambda: os.listdir("."),  # noqa: PTH208
    "os.stat": lambda: Path(__file__).exists(),
    "os.urandom": lambda: os.urandom(1),
    "socket.__new__": lambda: socket.socket().close(),
    "socket.gethostname": lambda: socket.gethostname(),
    "subprocess.Popen": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "_thread.start_": lambda: threading.Thread(target=int).start(),
}


@pytest.mark.parametrize("name", sorted(SEEN))
def test_each_question_to_the_world_is_seen(name: str) -> None:
    """Clocks under any name, files, the network, other programs and threads."""
    with watched() as seen:
        SEEN[name]()
    assert any(line.startswith(name) for line in seen), seen


def test_a_setting_is_seen_however_often_one_has_watched() -> None:
    """The thousandth watch sees what is asked of the environment as the first did, and leaves it as it was."""
    kind = type(os.environ)

    def ask() -> str | None:
        return os.environ.get("HOME")

    for _ in range(1000):
        with watched(closely=False) as seen:
            ask()
        assert seen == ["os.environ 'HOME'"]
        for _ in range(20):
            ask()
    assert type(os.environ) is kind


def test_what_stays_inside_is_not_seen() -> None:
    """Arithmetic, text, and dates as values ask nothing."""
    with watched() as seen:
        sum(map(int, "123"))
        dt.date(2025, 5, 1).isoformat()
        list("ab")
    assert seen == []


def test_importing_is_no_reading_of_files() -> None:
    """A module that is imported while a scorer scores is code being loaded."""
    sys.modules.pop("colorsys", None)
    with watched() as seen:
        import colorsys  # noqa: F401

    assert seen == []


def test_another_thread_may_do_as_it_likes() -> None:
    """What is watched is the thread that scores."""
    go, done = threading.Event(), threading.Event()

    def work() -> None:
        go.wait(10)
        time.time()
        Path(__file__).read_bytes()
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    with watched() as seen:
        go.set()
        while not done.is_set():
            pass
    thread.join()
    assert seen == []


def test_nothing_is_left_behind() -> None:
    """Clocks, profiler and collector are as they were, whatever happened meanwhile, and nothing more is noted."""
    before = (time.time, sys.getprofile(), gc.isenabled())
    caught: list[str] = []
    with pytest.raises(ZeroDivisionError), watched() as seen:  # noqa: PT012  (the block is what is tested)
        caught = seen
        _ = 1 / 0
    assert (time.time, sys.getprofile(), gc.isenabled()) == before
    Path(__file__).read_bytes()
    time.time()
    assert caught == []


def test_a_profiler_that_runs_goes_on_running() -> None:
    """Where somebody profiles, the profiler is left alone, and the clocks of the module time are still seen."""
    calls: list[str] = []
    sys.setprofile(lambda _frame, event, _called: calls.append(event))
    mine = sys.getprofile()
    try:
        with watched() as seen:
            time.time()
        assert sys.getprofile() is mine
    finally:
        sys.setprofile(None)
    assert "time.time" in seen


def test_a_collector_that_is_off_stays_off() -> None:
    """It is switched back to what it was, not on."""
    gc.disable()
    try:
        with watched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
