"""Checks of what scoring leaves behind, in the scorer and in the process, and of what it finds there."""

from __future__ import annotations

import builtins
import decimal
import gc
import locale
import logging
import os
import random
import signal
import socket
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from careassure.model.assessment import Assessment
from careassure.model.text import plural
from careassure.testing.bench import Bench, require
from careassure.testing.cases import described
from careassure.testing.check import CheckFailedError
from careassure.testing.image import difference
from careassure.testing.profiles import fresh
from careassure.testing.reach import state

_FEW = 3
_KEPT = 500
_SAMPLE = 8


def stateless(bench: Bench) -> str:
    """Scoring again what was scored before leaves the scorer as it was: it counts nothing and keeps no copy."""
    looked = 0
    for framework in bench.frameworks:
        scored = [a for a, outcome in bench.gallery if outcome is not None and a.framework is framework]
        every = scored[:: len(scored) // _FEW or 1] if bench.applies_method else scored
        few = scored[:: len(scored) // _FEW or 1][:_FEW]
        alone = few[:1] if bench.applies_method else few
        # Copies are kept, so that no address is used again; and at first so many that those used before are gone.
        alive = [fresh(one) for one in few for _ in range(_KEPT)]
        _score(bench, every, alive)
        for again in (every, *([one] for one in alone)):
            if len(again) == 1:
                _score(bench, few, alive)
            before = state(bench.scorer)
            _score(bench, again, alive)
            changed = _changed(before, state(bench.scorer))
            if changed:
                raise CheckFailedError(
                    f"scoring again what it scored before, {changed}",
                    where=described(again[0]) if len(again) == 1 else "",
                    hint="Keep nothing, or only what the same scores always give",
                )
            looked += len(again)
    require(looked, "total")
    return plural(looked, "outcome")


def _score(bench: Bench, assessments: list[Assessment], alive: list[Assessment]) -> None:
    for assessment in map(fresh, assessments):
        alive.append(assessment)
        bench.outcome_of(assessment)


def _changed(before: dict[str, str], after: dict[str, str]) -> str:
    """The first value that is another one, with the way to it; empty where all are as they were."""
    for path in sorted({*before, *after}, key=lambda path: (path.count("."), path)):
        one, other = before.get(path, "not there"), after.get(path, "not there")
        if one != other:
            return f"its {path or 'state'} was {one} and is {other}"
    return ""


def surroundings(bench: Bench) -> str:
    """Settings of the program, such as how exact decimals are, change nothing, and scoring leaves them alone."""
    looked = 0
    for assessment in bench.sample(_SAMPLE):
        first = bench.outcome(assessment)
        for words, number, decimals in _OTHER:
            with _other_settings(number, decimals):
                before = settings()
                found = bench.outcome(assessment)
                after = settings()
            for what, value in before.items():
                if after[what] != value:
                    raise CheckFailedError(
                        f"scoring changed {what} for the whole program", where=described(assessment), hint=_ALONE
                    )
            differs = difference(first, found) if found is not None else "there is no outcome"
            if first is not None and differs and not difference(first, bench.outcome(assessment)):
                raise CheckFailedError(
                    f"with {words} as the setting of the program, {differs}",
                    where=described(assessment),
                    hint="Work with whole numbers and Fractions",
                )
            looked += first is not None
    require(looked, "total and deterministic")
    return plural(looked, "outcome")


_ALONE = "Leave what belongs to the whole program alone"
_OTHER = (
    ("decimals of 2 figures, rounded up", 1, decimal.Context(prec=2, rounding=decimal.ROUND_UP)),
    ("decimals of 3 figures, rounded down", 2, decimal.Context(prec=3, rounding=decimal.ROUND_DOWN)),
    ("decimals that must be exact", 3, decimal.Context(prec=9, traps=[decimal.Inexact, decimal.FloatOperation])),
)


@contextmanager
def _other_settings(number: int, decimals: decimal.Context) -> Generator[None]:
    """Settings that nobody else would choose, so that whatever is set to a value of somebody's choice is seen."""
    dice, collecting, deep = random.getstate(), gc.isenabled(), sys.getrecursionlimit()
    turns, digits = sys.getswitchinterval(), sys.get_int_max_str_digits()
    try:
        random.seed(number)
        sys.setrecursionlimit(deep + number)
        sys.setswitchinterval(turns * (1 + number / 64))
        sys.set_int_max_str_digits(digits + number if digits else 0)
        if number == _WITHOUT_COLLECTION:
            gc.disable()
        with decimal.localcontext(decimals), warnings.catch_warnings():
            yield
    finally:
        random.setstate(dice)
        sys.setrecursionlimit(deep)
        sys.setswitchinterval(turns)
        sys.set_int_max_str_digits(digits)
        if collecting:
            gc.enable()


_WITHOUT_COLLECTION = 3


def settings() -> dict[str, object]:
    """Everything by which one part of a program can disturb another, as it is now."""
    context = decimal.getcontext()
    numpy = sys.modules.get("numpy")
    return {
        "the settings of decimals": repr([context.prec, context.rounding, context.Emin, context.Emax, context.traps]),
        "the settings that decimals start with": repr(decimal.DefaultContext),
        "the random numbers": random.getstate(),
        "the random numbers of numpy": repr(numpy.random.get_state()) if numpy else "",
        "the locale": locale.setlocale(locale.LC_ALL),
        "the working folder": _folder(),
        "the environment": dict(os.environ),
        "where modules are found": (tuple(map(str, sys.path)), tuple(map(id, sys.meta_path))),
        "how deep calls may be": sys.getrecursionlimit(),
        "how long whole numbers may be": sys.get_int_max_str_digits(),
        "how often threads take turns": sys.getswitchinterval(),
        "which warnings are shown": tuple(map(repr, warnings.filters)),
        "the collection of garbage": (gc.isenabled(), gc.get_threshold()),
        "what interrupts do": tuple(repr(signal.getsignal(number)) for number in signal.valid_signals()),
        "where output goes": (id(sys.stdout), id(sys.stderr), id(sys.stdin)),
        "what happens to errors": (id(sys.excepthook), id(sys.unraisablehook), id(sys.displayhook)),
        "what is built in": {name: id(value) for name, value in vars(builtins).items() if name != "_"},
        "the log": (logging.root.level, logging.root.manager.disable, tuple(map(id, logging.root.handlers))),
        "how long connections wait": socket.getdefaulttimeout(),
        "what traces or profiles": (id(sys.gettrace()), id(sys.getprofile())),
    }


def _folder() -> str:
    try:
        return str(Path.cwd())
    except OSError:  # it was removed meanwhile
        return ""
