"""What the strict reader of delimited text costs over csv.reader alone, and how much memory a large file takes."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timing import in_turn, verdict

from careassure.tables.delimited import open_delimited

ROWS = 324_000
MEGABYTES = 100
GOAL, MOST = 3.0, 60


def fill(path: Path, rows: int) -> None:
    """A table of councils and nine scores, as text."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("council," + ",".join(f"QS{number}" for number in range(1, 10)) + ",note\r\n")
        for number in range(rows):
            note = f'"St Example, no. {number}"'
            stream.write(f"Council {number},{number % 4 + 1},2,3,4,,2,3,not judged,4,{note}\r\n")


def alone(path: Path) -> float:
    """csv.reader, row by row."""
    start = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as stream:
        count = sum(1 for _ in csv.reader(stream))
    assert count == ROWS + 1
    return time.perf_counter() - start


def ours(path: Path) -> float:
    """The strict reader, row by row."""
    start = time.perf_counter()
    count = sum(1 for line in open_delimited(path).read() if not line.problems)
    assert count == ROWS
    return time.perf_counter() - start


def memory(path: Path) -> None:
    """Print the memory at its highest, in kilobytes, before and after a file is read. Runs in a process of its own."""
    table = open_delimited(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in table.read():
        pass
    print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> None:
    """Both."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.csv"
        fill(path, ROWS)
        (mine, _), (other, ratio) = in_turn(7, lambda: ours(path), lambda: alone(path))
        print(f"{ROWS:,} rows: {mine:.2f} s; csv.reader alone: {other:.2f} s; ratio {ratio:.2f}, "
              f"goal at most {GOAL:g}: {verdict(ratio, GOAL)}")  # fmt: skip
        fill(path, ROWS * MEGABYTES * 1_000_000 // path.stat().st_size)
        found = subprocess.run(
            [sys.executable, __file__, "--memory", str(path)], check=True, capture_output=True, env=os.environ
        )
        before, after = (int(part) // 1024 for part in found.stdout.split())
        print(f"{path.stat().st_size / 1e6:.0f} MB read: memory {after} MB at the highest, {before} MB before; "
              f"goal at most {MOST} MB: {verdict(after, MOST)}")  # fmt: skip


if __name__ == "__main__":
    if "--memory" in sys.argv:
        memory(Path(sys.argv[-1]))
    else:
        main()
