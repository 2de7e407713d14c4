"""The guard around code of plugins: what comes out of it, to the letter."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import careassure as ca
from careassure import errors
from careassure.errors import HookCallError
from careassure.plugins.guard import announce, discard, is_ours, items_of, module_space, repr_of, said, touch
from careassure.plugins.host import PluginHost
from made_up import announced
from plugin_wheels import SCORER


class Mute:
    """It cannot show itself."""

    def __repr__(self) -> str:
        raise SystemExit


class Stop:
    """It stops whoever looks at it."""

    def __repr__(self) -> str:
        raise KeyboardInterrupt


class Text(str):
    """Text that shows itself as something else."""

    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


class Odd:
    """It shows itself as text of a class of its own."""

    def __repr__(self) -> str:
        return Text("itself")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        ("a", "'a'"),
        ("x" * 298, f"'{'x' * 298}'"),
        ("x" * 299, f"'{'x' * 299} ..."),
        (Mute(), "<Mute>"),
        (Odd(), "itself"),
    ],
)
def test_a_value_is_shown_in_at_most_three_hundred_signs(value: object, text: str) -> None:
    """A longer one is cut off and says so; one that cannot show itself is called by its class."""
    assert repr_of(value) == text


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError("no"), "ValueError: no"),
        (ValueError(), "ValueError"),
        (SystemExit(3), "SystemExit: 3"),
        (HookCallError("no"), "no"),
        (errors.UnknownGradeError("no", hint="Say yes"), "no. Say yes"),
        (type("HookCallError", (HookCallError,), {})("no"), "HookCallError: no"),
    ],
)
def test_an_exception_in_words(error: BaseException, text: str) -> None:
    """The class and what it says; one of ours says it all itself, and a subclass of it is not ours."""
    assert said(error) == text
    assert is_ours(error) is not text.startswith(type(error).__name__)
    with pytest.raises(HookCallError) as caught:
        touch(lambda why: HookCallError(why, plugin="acme"), _raise, error)
    assert (caught.value.message, caught.value.plugin, caught.value.__cause__) == (text, "acme", error)


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize("ask", [repr_of, lambda value: touch(HookCallError, repr, value)])
def test_a_wish_to_stop_passes(ask: Callable[[object], object]) -> None:
    """Nothing is made of it."""
    with pytest.raises(KeyboardInterrupt):
        ask(Stop())


@pytest.mark.parametrize("length", [0, 1, 3, 4, 5, 100])
def test_one_more_than_the_most_is_taken(length: int) -> None:
    """So that who asks can tell whether there were more; no further one is asked for, and the rest is closed."""
    closed = []

    def numbers() -> Iterator[int]:
        try:
            for number in range(length):
                assert number <= 4
                yield number
        finally:
            closed.append(True)

    given = numbers()
    assert items_of(HookCallError, given, 3) == list(range(min(length, 4)))
    assert closed == [True]
    assert list(given) == []
    assert items_of(HookCallError, range(length), 3) == list(range(min(length, 4)))


def test_what_cannot_be_gone_through_is_an_error_of_ours() -> None:
    """Nothing is gone through twice or by a guess."""
    with pytest.raises(HookCallError, match="'int' object is not iterable"):
        items_of(HookCallError, 7, 3)  # type: ignore[arg-type]


async def later() -> None:
    """A coroutine that nobody waits for."""


@pytest.mark.filterwarnings("error")
def test_what_is_not_used_is_closed() -> None:
    """Generators and coroutines are closed, whatever they do then; other things with a ``close`` are left alone."""
    waiting = later()
    discard(waiting)
    with pytest.raises(RuntimeError, match="cannot reuse"):
        waiting.send(None)

    def stubborn() -> Iterator[int]:
        try:
            yield 1
        finally:
            raise ValueError("no")

    given = stubborn()
    next(given)
    discard(given)
    assert list(given) == []
    calls: list[str] = []
    discard(SimpleNamespace(close=lambda: calls.append("closed")))
    assert calls == []


def test_what_stands_in_a_module_is_read_without_asking_it() -> None:
    """Also in one of a class of its own, which could say anything; what is no module has nothing in it."""

    class Own(ModuleType):
        def __getattribute__(self, name: str) -> Any:
            raise SystemExit

    own = Own("own")
    for module in (ModuleType("own"), own):
        assert module_space(module)["__name__"] == "own"
    assert module_space(SimpleNamespace(a=1)) == {}
    assert module_space(ModuleType) == {}


def test_what_is_called_is_said_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A line of its own, at once."""
    announce("calling it")
    announce("calling it again")
    assert capsys.readouterr() == ("", "careassure: calling it\ncareassure: calling it again\n")


def test_it_is_there_before_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line does not wait in a buffer: what is called may never come back."""
    calls: list[str] = []
    stream = SimpleNamespace(write=lambda text: calls.append(text), flush=lambda: calls.append("flushed"))
    monkeypatch.setattr(sys, "stderr", stream)
    announce("x")
    assert calls == ["careassure: x\n", "flushed"]


_NUMBERS = count()


@pytest.mark.parametrize("trace", [True, False])
def test_every_call_of_a_plugin_can_be_watched(
    trace: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each call is named before it, with the plugin and where it came from, and what it gave after it."""
    module = f"acme_watched_{next(_NUMBERS)}"
    announced(tmp_path, "acme-dist", module, SCORER.format(name="acme-good"), "acme")
    monkeypatch.syspath_prepend(tmp_path)
    host = PluginHost(only=["acme"], trace=trace)
    host.register(SimpleNamespace(careassure_methods=ca.hookimpl(lambda: ())), "mine")
    outcome = host.scorer("acme-good").score(ca.Assessment.of("Camden", [3] * 9))
    assert outcome.result == "Good"
    lines = re.sub(r"\d+\.\d ms", "T ms", capsys.readouterr().err).splitlines()
    called = [
        f"careassure: acme (acme-dist 1.0): importing {module}",
        "careassure: mine (this program): calling careassure_methods",
        "careassure: mine (this program): careassure_methods gave 0 in T ms",
        "careassure: acme (acme-dist 1.0): calling careassure_scorers",
        "careassure: acme (acme-dist 1.0): careassure_scorers gave 1 in T ms",
        "careassure: acme (acme-dist 1.0), scorer acme-good: asking whether it scores cqc-la direct",
        "careassure: acme (acme-dist 1.0), scorer acme-good: scoring",
    ]
    assert lines == (called if trace else [])
