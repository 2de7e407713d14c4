"""What is fed with arbitrary bytes, and the inputs from which the search starts.

A target takes bytes and either returns or raises. ``CareAssureError`` and the exit statuses 0, 1 and 2 of the command
line are the planned answers; anything else is a fault.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import tempfile
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import careassure as ca
from careassure.errors import CareAssureError
from differential.chance import toml_file
from differential.comparison import NOBODY, said
from differential.evaluator import Judge
from differential.generator import make_assessment, make_case

EXAMPLE = Path(ca.__file__).parent / "catalogue" / "example"
SHIPPED = Path(ca.__file__).parent / "catalogue"
HEADER = [statement.id for statement in ca.framework("cqc-la").statements]


class Refused(Exception):  # noqa: N818
    """The input was refused as planned."""


@contextlib.contextmanager
def folder() -> Generator[Path, None, None]:
    """A folder of its own, in memory where the machine has such a place."""
    home = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
    with tempfile.TemporaryDirectory(dir=home) as name:
        yield Path(name)


def call(arguments: list[str]) -> None:
    """One command. What it prints is thrown away; a status of 1 or 2 is a refusal."""
    from careassure.cli import main

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
    if status in {1, 2}:
        raise Refused
    assert status == 0, f"exit status {status}"


# ------------------------------------------------------------------ targets


def read(data: bytes) -> None:
    """A file of any kind: the first byte says whether it is named as TOML or JSON."""
    with folder() as here:
        path = here / ("in.json" if data[:1] in {b"{", b"["} else "in.toml")
        path.write_bytes(data)
        found: Any = ca.read(path)
        repr(found)
        if isinstance(found, ca.Assessment):
            ca.assess(found)


def workspace(data: bytes) -> None:
    """The folder of a workspace: pieces that are parted by a zero byte take the place of the example's files."""
    names = sorted(path.name for path in EXAMPLE.iterdir() if path.is_file())
    with folder() as here:
        for name in names:
            (here / name).write_bytes((EXAMPLE / name).read_bytes())
        for piece in data.split(b"\0")[:4]:
            if piece:
                (here / names[piece[0] % len(names)]).write_bytes(piece[1:])
        found = ca.workspaces.read(here)
        ca.workspaces.status(found, at=dt.date(2026, 11, 1))


def table(kind: str) -> Callable[[bytes], None]:
    """A table from file to file; the first byte chooses among the options."""

    def run(data: bytes) -> None:
        options = [[], ["--errors", "flag"], ["--outputs", "rating,low,high,flags"], ["--missing", "refuse"]]
        with folder() as here:
            (here / f"in.{kind}").write_bytes(data[1:])
            out = here / f"out.{'csv' if len(data) % 2 else kind}"
            try:
                call(["assess-table", str(here / f"in.{kind}"), str(out), *options[(data[:1] or b"\0")[0] % 4]])
            except Refused:
                assert not out.exists(), "a file was left although the command refused"
                raise
            assert out.exists()

    return run


COMMANDS = (
    "assess", "compare", "published", "frameworks", "scorers", "check", "plugins", "status", "timeline", "diff",
    "statement", "assess-table", "new-plugin", "init", "draw", "--help", "--version",
)  # fmt: skip


def arguments(data: bytes) -> None:
    """The arguments of a command, parted by zero bytes; the first byte names the command."""
    words = data[1:].decode("utf-8", "surrogateescape").split("\0")
    with folder() as here, contextlib.chdir(here):
        inside = [word for word in words if not word.startswith(("/", "~")) and ".." not in word]
        call([COMMANDS[(data[:1] or b"\0")[0] % len(COMMANDS)], *inside])


def method(data: bytes) -> None:
    """A method from the grammar, of which the bytes replace, remove or repeat some values."""
    chance = Random(data)  # noqa: S311
    case = make_case(chance.randrange(10**9))
    tables = {"framework": case.framework, "method": json.loads(json.dumps(case.method))}
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        _spoil(tables["method"], chance, data)
    with folder() as here:
        (here / "framework.toml").write_text(toml_file(tables["framework"]), encoding="utf-8")
        (here / "method.toml").write_text(toml_file(tables["method"]), encoding="utf-8")
        versions: Any = ca.read(here / "framework.toml")
        loaded: Any = ca.read(here / "method.toml")
        ca.check(loaded, versions[-1])
        judge = Judge(case.framework, versions[-1].version, case.method)
        scores, facts = make_assessment(case, judge, chance, complete=False)
        assessment = ca.Assessment.of(NOBODY, said(judge, scores), framework=versions[-1], facts=facts)
        ca.assess(assessment, loaded)


def _spoil(value: Any, chance: Random, data: bytes) -> None:
    """Change one place somewhere inside a table."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and chance.random() < 0.8:
            value = inner
            continue
        other = [
            data[:40].decode("latin-1"), chance.randint(-(10**6), 10**6), "1/0", "-1/2", "", True, [], {}, "this",
            inner, "9" * 4000, "overall", 10**18, "r1", {"by_n": {"0": 1}}, [inner, inner], {"fact": "breach"},
        ]  # fmt: skip
        value[key] = chance.choice(other)
        return


def privacy(data: bytes) -> None:
    """Free text before the screen for personal data."""
    lone = data[:1] == b"\xed"  # halves of a pair, which no UTF-8 can hold
    text = data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass") if lone else data.decode("utf-8", "replace")
    found = ca.privacy.screen(text)
    for sighting in found:
        assert 0 <= sighting.start < sighting.end <= len(text)
    ca.privacy.redact(text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read,
    "workspace": workspace,
    "csv": table("csv"),
    "parquet": table("parquet"),
    "arrow": table("arrow"),
    "arguments": arguments,
    "method": method,
    "privacy": privacy,
}


def attempt(target: str, data: bytes) -> str:
    """``accepted``, ``refused``, or the fault in a line."""
    try:
        TARGETS[target](data)
    except (CareAssureError, Refused):
        return "refused"
    except RecursionError:
        return "RecursionError"
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    return "accepted"


# ------------------------------------------------------------------- seeds


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """Good inputs from which the search starts."""
    if target == "read":
        files = [*sorted(SHIPPED.glob("*/*.toml"))]
        outcome = ca.assess(ca.Assessment.of("Camden", [3, 3, 4, 3, None, 4, 3, 4, 4]))
        plain = b'council = "Camden"\n[scores]\nQS1 = 3\nsafeguarding = "good standard"\n[facts]\nx = true\n'
        return (
            plain,
            json.dumps({"council": "Camden", "scores": [3] * 9, "notes": "-"}).encode(),
            json.dumps(outcome.to_dict()).encode(),
            *(path.read_bytes() for path in files if path.stat().st_size < 20_000),
        )
    if target == "workspace":
        names = sorted(path.name for path in EXAMPLE.iterdir() if path.is_file())
        return tuple(bytes([place]) + (EXAMPLE / name).read_bytes() for place, name in enumerate(names))
    if target in {"csv", "parquet", "arrow"}:
        return tuple(b"\0" + data for data in _tables(target))
    if target == "arguments":
        lines = [
            "3\x003\x004\x003\x004\x004\x003\x004\x004",
            "--council\0York",
            "--format\0json",
            "x.toml",
            "x.csv\0y.parquet",
        ]
        return tuple(bytes([place % 256]) + line.encode() for place, line in enumerate(lines * 4))
    if target == "privacy":
        notes = "Ask Mr Example on 020 7946 0958, born 3 March 1950, NHS no. 943 476 5919, at SW1A 1AA; a@example.org."
        return (notes.encode(), "O'Brien, Siân (née Ó Súilleabháin): QQ 12 34 56 C".encode())
    return (b"0", b"1", b"2")


def _tables(kind: str) -> list[bytes]:
    import pyarrow as pa
    import pyarrow.csv as pcsv
    import pyarrow.parquet as pq
    from pyarrow import feather

    names = ["council", *HEADER]
    columns: dict[str, Any] = {names[0]: ["Fernshire", "Millbrook"]}
    columns |= {name: pa.array([3, None], pa.int8()) for name in names[1:]}
    words = {names[0]: ["A", "B"]} | {name: ["good standard", "not judged"] for name in names[1:]}
    found = []
    for made in (pa.table(columns), pa.table(words)):
        out = io.BytesIO()
        if kind == "csv":
            pcsv.write_csv(made, out)
        elif kind == "parquet":
            pq.write_table(made, out)
        else:
            feather.write_feather(made, out, compression="uncompressed")
        found.append(out.getvalue())
    return found
