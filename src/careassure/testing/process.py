"""Import and score in other processes, with other seeds for hashes, other settings and in other time zones."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from attrs import frozen

from careassure.testing.watch import watched

_PLACES: tuple[dict[str, str], ...] = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "3", "PYTHONOPTIMIZE": "1"},
)
_NEEDED = ("APPDATA", "COMSPEC", "LD_LIBRARY_PATH", "PATH", "PATHEXT", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""Without these a process may not start. The last place has no other settings of the environment."""

_LIMIT = 120
_COMMAND = "from careassure.testing.process import main; main()"


class TooFarError(Exception):
    """Another process cannot import what it was sent."""


@frozen
class Answer:
    """What another process made of what it was sent.

    Args:
        where: What sets it apart, in words.
        imported: What was asked of the world while the scorer's modules were imported, in words.
        outcomes: What became of each assessment: an outcome, or the error in words.
    """

    where: str
    imported: tuple[str, ...]
    outcomes: tuple[object, ...]


def outcomes_elsewhere(payload: bytes, own: str = "", modules: Iterable[str] = ()) -> list[Answer]:
    """What a scorer makes of some assessments in other processes.

    Args:
        payload: The scorer and the assessments, pickled.
        own: The first part of the name of the scorer's modules, which are watched while they are imported.
        modules: Modules to import before the scorer is read.

    Raises:
        TooFarError: The scorer or what it needs cannot be imported there.
    """
    path = [os.fspath(entry) or os.getcwd() for entry in sys.path]  # noqa: PTH109  (text, as in sys.path)
    head = json.dumps({"path": path, "own": own, "modules": [*modules]}).encode() + b"\n"
    started = [
        subprocess.Popen(  # noqa: S603  (this interpreter, and code of this module)
            [sys.executable, "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**_environment(place), "PYTHONPATH": os.pathsep.join(path)},
        )
        for place in _PLACES
    ]
    found: list[Answer] = []
    try:
        for place, child in zip(_PLACES, started, strict=True):
            out, err = child.communicate(head + payload, timeout=_LIMIT)
            if child.returncode or not out:
                lines = err.decode(errors="replace").strip().splitlines() or ["it ended without a word"]
                raise TooFarError(lines[-1])
            imported, outcomes = pickle.loads(out)  # noqa: S301  (from a child of this process)
            found.append(Answer(_words(place), tuple(imported), tuple(outcomes)))
    finally:
        for child in started:
            if child.poll() is None:
                child.kill()
                child.communicate()
    return found


def _environment(place: dict[str, str]) -> dict[str, str]:
    bare = "PYTHONOPTIMIZE" in place
    # A process that measures coverage would trace what the watches have to see.
    kept = {key: text for key, text in os.environ.items() if not key.startswith("COVERAGE")}
    return {**{key: text for key, text in kept.items() if not bare or key in _NEEDED}, **place}


def _words(place: dict[str, str]) -> str:
    zone = f" and time zone {place['TZ']}" if "TZ" in place else ", without asserts and settings"
    return f"hash seed {place['PYTHONHASHSEED']}{zone}"


def main() -> None:
    """Read a scorer and assessments, score them, and write the outcomes."""
    head: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = head["path"]
    own: str = head["own"]
    with watched(own, importing=True) as seen:
        for module in head["modules"]:
            import_module(module)
        received: Any = pickle.load(sys.stdin.buffer)  # noqa: S301  (from the process that started this one)
    scorer, assessments = received
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    pickle.dump((list(dict.fromkeys(seen)), [_scored(scorer, assessment) for assessment in assessments]), out)


def _scored(scorer: Any, assessment: object) -> object:  # noqa: ANN401  (whatever was sent)
    try:
        return scorer.score(assessment)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  (a difference like any other)
        return f"{type(error).__name__}: {error}"
