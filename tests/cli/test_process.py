"""The command line as a process of its own: what is loaded, pipes, colour, locales, optimised Python."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from functools import cache

import pytest

SCORES = ["3", "3", "4", "3", "4", "4", "3", "4", "4"]


def start(
    *arguments: str, flags: tuple[str, ...] = (), environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line with this Python."""
    return subprocess.run(
        [sys.executable, *flags, "-m", "careassure", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )


@cache
def plainly(*arguments: str) -> bytes:
    """What a command prints where nothing is set."""
    return start(*arguments).stdout


def test_help_and_version_load_no_dependency() -> None:
    """Help and version load neither attrs, pluggy, cattrs nor any data."""
    code = (
        "import sys\nfrom careassure.cli import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'attrs', 'attr', 'pluggy', 'cattrs', 'careassure.api', 'csv'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "12345"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"COLUMNS": "20"},
    ],
)
def test_the_result_depends_on_nothing_around(environment: dict[str, str]) -> None:
    """Hash seed, locale, time zone and terminal settings change nothing of what is piped."""
    found = start("assess", *SCORES, environment=environment)
    assert (found.returncode, found.stdout) == (0, plainly("assess", *SCORES))
    assert start("published", environment=environment).stdout == plainly("published")


def test_optimised_python_gives_the_same() -> None:
    """Nothing rests on assertions: python -O gives the same result and the same refusals."""
    assert start("assess", *SCORES, flags=("-OO",)).stdout == plainly("assess", *SCORES)
    wrong = start("assess", *SCORES[:8], "7", flags=("-O",))
    assert wrong.returncode == 1
    assert b"7 is not a grade" in wrong.stderr


def test_a_closed_pipe_is_no_error() -> None:
    """When the reader of a pipe goes away, the command ends quietly."""
    first = subprocess.Popen(
        [sys.executable, "-m", "careassure", "published", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert first.stdout is not None
    first.stdout.read(10)
    first.stdout.close()
    assert first.stderr is not None
    complaint = first.stderr.read()
    first.stderr.close()
    assert (first.wait(), complaint) == (0, b"")


def on_a_terminal(**environment: str) -> str:
    """What the table of published results looks like on a terminal."""
    main_end, other_end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "careassure", "published", "--region", "London"],
        stdout=other_end,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(other_end)
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(main_end, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(main_end)
    assert process.wait() == 0
    return b"".join(pieces).decode()


def test_colour_is_for_terminals_and_never_alone() -> None:
    """A terminal gets colour beside the words, unless NO_COLOR is set; the words are the same."""
    coloured = on_a_terminal(NO_COLOR="")
    plain = on_a_terminal(NO_COLOR="1")
    assert "\033[32magrees" in coloured
    assert "\033[" not in plain
    assert "\033[" not in on_a_terminal(NO_COLOR="", TERM="dumb")
    assert "\033[1mCouncil\033[0m" in coloured
    stripped = re.sub(r"\033\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == [line.rstrip() for line in plain.splitlines()]
