"""Feed a target with inputs that nobody wrote: ``python tests/fuzz/run.py read --count 50000 --seed 1``.

Changes good inputs by chance. With ``--guided`` and atheris installed, an input that reaches new code is kept and
changed further. Prints how many were accepted, refused and unplanned, the slowest, and the memory at the highest.
The exit status is 1 if anything was unplanned.
"""

from __future__ import annotations

import argparse
import base64
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

MOST_FAULTS = 12
NAMES = ("read", "workspace", "csv", "parquet", "arrow", "arguments", "method", "privacy", "tables-in-files",
         "large-ods", "xls", "sector-files")  # fmt: skip
READERS = {"large-ods": 0.02, "sector-files": 0.08, "xls": 0.3, "tables-in-files": 0.6}
"""The targets that read tables and files of the sector, with their share of the inputs of a run of all: quick ones have
more."""
ROUNDS = 40
"""In so many rounds they take turns, so that a run that is cut short has tried all."""
PIECES = (
    b"\0", b"\xff", b"\xed\xa0\x80", b'"', b"'", b"\n", b"\r", b",", b"[[", b"]]", b"{", b"}", b"=", b"=1+1",
    b"-1", b"1e400", b"9" * 300, b"nan", b"true", b"null", b"not judged", b"../", b"\\u0000", b"\xe2\x80\xae",
    b"\xef\xbb\xbf", b"a" * 3000, b"council", b"scores", b"2026-02-30", b"format", b"careassure.method/1",
    b"careassure.framework/1", b"inf", b"--", b"\x1b[2J", b"0x10", b"1_0", b"'''", b'"""', b"#", b"[" * 200, b"PAR1",
    b"ARROW1", b"%s", b"*", b"Siobhan", b"07700 900123",
    b"\r\n", b";", b"\t", b"|", b"sep=;\n", b'"a,\n"', b",,,,", b"<", b"</", b"&lt;", b"<!--", b"<!DOCTYPE",
    b'table:number-rows-repeated="1048576"', b'r="XFD1048576"', b't="s"', b"PK\x03\x04", b"\xff\xfe", b"Source: x\n",
)  # fmt: skip


@dataclass
class Record:
    """What became of the inputs."""

    target: str
    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, bytes] = field(default_factory=dict)
    slowest: float = 0
    slow: bytes = b""
    start: float = field(default_factory=time.monotonic)

    def note(self, data: bytes, answer: str, seconds: float) -> None:
        """Note one answer."""
        planned = answer in {"accepted", "refused"}
        self.counts[answer if planned else "unplanned"] += 1
        if not planned and answer not in self.faults:
            self.faults[answer] = data
        if seconds > self.slowest:
            self.slowest, self.slow = seconds, data

    def take(self, other: Record) -> None:
        """Take in what became of other inputs."""
        self.counts.update(other.counts)
        self.faults.update(other.faults)
        if other.slowest > self.slowest:
            self.slowest, self.slow = other.slowest, other.slow

    def report(self) -> None:
        """Print it."""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        total = sum(self.counts.values())
        counts = ", ".join(f"{name} {self.counts[name]:,}" for name in ("accepted", "refused", "unplanned"))
        print(
            f"{self.target}: inputs {total:,}, {counts}, slowest {self.slowest:.2f} s ({len(self.slow):,} bytes), "
            f"peak memory {memory:.0f} MB, {time.monotonic() - self.start:.0f} s",
            flush=True,
        )
        for answer, data in list(self.faults.items())[:MOST_FAULTS]:
            print(f"  {answer}\n    {base64.b64encode(data[:1500]).decode()}", flush=True)


def changed(data: bytes, chance: Random) -> bytes:
    """An input with a few places changed, cut, repeated, or filled with what is often handled wrongly."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        place = chance.randint(0, len(found))
        way = chance.randrange(7)
        if way == 0 and found:
            found[place % len(found)] = chance.randrange(256)
        elif way == 1:
            found[place:place] = chance.choice(PIECES)
        elif way == 2:
            del found[place : place + chance.choice([1, 2, 8, 64])]
        elif way == 3:
            end = place + chance.choice([1, 4, 32, 256])
            found[place:place] = found[place:end]
        elif way == 4 and found:
            found[place % len(found)] ^= 1 << chance.randrange(8)
        elif way == 5:
            found = found[:place]
        else:
            digits = [at for at, byte in enumerate(found) if 48 <= byte <= 57]
            if digits:
                at = chance.choice(digits)
                found[at : at + 1] = chance.choice([b"0", b"5", b"-3", b"3.0", b"99999999999999999999", b"1e9"])
    return bytes(found[:100_000])


def by_chance(target: str, count: int, seconds: float, seed: int) -> Record:
    """Change the good inputs, and one another's results, by chance."""
    from fuzz.targets import attempt, seeds

    chance = Random(seed)  # noqa: S311
    pool = list(seeds(target))
    record = Record(target)
    for _ in range(count):
        data = changed(chance.choice(pool), chance)
        start = time.monotonic()
        answer = attempt(target, data)
        record.note(data, answer, time.monotonic() - start)
        if answer == "accepted" and len(pool) < 300:
            pool.append(data)
        if time.monotonic() - record.start > seconds:
            break
    return record


def in_turn(count: int, seconds: float, seed: int) -> list[Record]:
    """All readers in rounds, and the sums of all; each round starts from the good inputs, with a seed of its own."""
    together = Record("together")
    records = [Record(target) for target in READERS]
    for number in range(ROUNDS):
        for record, share in zip(records, READERS.values(), strict=True):
            left = seconds - (time.monotonic() - together.start)
            if left > 0:
                found = by_chance(record.target, max(1, int(count * share) // ROUNDS), left, seed + number)
                record.take(found)
                together.take(found)
        together.report()
    for record in [*records, together]:
        record.report()
    return records


def guided(target: str, count: int, seconds: float, seed: int) -> Record:
    """Let atheris keep what reaches new code. It instruments the library while that is imported."""
    atheris: Any = import_module("atheris")  # not everybody has it
    record = Record(target)
    hook = atheris.instrument_imports(include=["careassure"])
    hook.__enter__()  # to the end: parts of the library are imported when they are first used
    from fuzz.targets import attempt, seeds

    def once(data: bytes) -> None:
        start = time.monotonic()
        record.note(data, attempt(target, data), time.monotonic() - start)
        if sum(record.counts.values()) >= count or time.monotonic() - record.start > seconds:
            finish(record)

    home = Path("build") / "fuzz" / target
    home.mkdir(parents=True, exist_ok=True)
    for place, data in enumerate(seeds(target)):
        (home / f"seed-{place}").write_bytes(data)
    options: list[Any] = [sys.argv[0], str(home), f"-seed={seed}", "-max_len=20000", "-rss_limit_mb=0", "-timeout=60"]
    atheris.Setup(options, once)
    atheris.Fuzz()
    return record


def finish(record: Record) -> None:
    """Report, and end the process at once, since libFuzzer would go on."""
    import os

    record.report()
    os._exit(1 if record.faults else 0)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target", choices=(*NAMES, "readers"), help="readers: all that read tables, in turn")
    parser.add_argument("--count", type=int, default=10**9)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="let atheris search; it must be installed")
    given = parser.parse_args()
    run = guided if given.guided else by_chance
    if given.target == "readers":
        return int(any(record.faults for record in in_turn(given.count, given.seconds, given.seed)))
    record = run(given.target, given.count, given.seconds, given.seed)
    record.report()
    return 1 if record.faults else 0


if __name__ == "__main__":
    sys.exit(main())
