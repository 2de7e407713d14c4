"""Score in other processes, with other seeds for hashes and in other time zones."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from typing import Any

_PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C.UTF-8"},
)
_LIMIT = 120
_COMMAND = "from careassure.testing.process import main; main()"


class TooFarError(Exception):
    """Another process cannot import what it was sent."""


def outcomes_elsewhere(payload: bytes) -> list[tuple[str, list[object]]]:
    """What a scorer makes of some assessments in other processes.

    Args:
        payload: The scorer and the assessments, pickled.

    Returns:
        For each process what sets it apart, and what it made of each assessment: an outcome, or the error in words.

    Raises:
        TooFarError: The scorer or what it needs cannot be imported there.
    """
    path = [os.fspath(entry) or os.getcwd() for entry in sys.path]  # noqa: PTH109  (text, as in sys.path)
    head = json.dumps(path).encode() + b"\n"
    started = [
        subprocess.Popen(  # noqa: S603  (this interpreter, and code of this module)
            [sys.executable, "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **place, "PYTHONPATH": os.pathsep.join(path)},
        )
        for place in _PLACES
    ]
    found: list[tuple[str, list[object]]] = []
    try:
        for place, child in zip(_PLACES, started, strict=True):
            out, err = child.communicate(head + payload, timeout=_LIMIT)
            if child.returncode:
                lines = err.decode(errors="replace").strip().splitlines() or ["it ended without a word"]
                raise TooFarError(lines[-1])
            found.append((f"hash seed {place['PYTHONHASHSEED']} and time zone {place['TZ']}", pickle.loads(out)))  # noqa: S301  (from a child of this process)
    finally:
        for child in started:
            if child.poll() is None:
                child.kill()
                child.communicate()
    return found


def main() -> None:
    """Read a scorer and assessments, score them, and write the outcomes."""
    sys.path[:] = json.loads(sys.stdin.buffer.readline())
    received: Any = pickle.load(sys.stdin.buffer)  # noqa: S301  (from the process that started this one)
    scorer, assessments = received
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    pickle.dump([_scored(scorer, assessment) for assessment in assessments], out)


def _scored(scorer: Any, assessment: object) -> object:  # noqa: ANN401  (whatever was sent)
    try:
        return scorer.score(assessment)
    except Exception as error:  # noqa: BLE001  (a difference like any other)
        return f"{type(error).__name__}: {error}"
