"""How time and memory grow with the number of rows: a table and a drawing.

python bench/grow.py [ROWS ...] [--blanks] [--draw]

Run by hand: the largest table, 100 million rows, takes minutes, 2 GB of disk and 4 GB of memory. It writes
bench/results/growth.csv and docs/_static/growth.svg; with --draw only the drawing, from the table there is.

Every size and engine has a process of its own. Its time is that of the work alone, the median of several runs where
that is quick. Its peak memory (ru_maxrss) is that of the whole process, with nothing taken off: Python and the
libraries, about 200 MB, and for tables in memory the table itself, 9 bytes a row, beside its results.
"""

from __future__ import annotations

import argparse
import csv
import math
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROWS = (100_000, 1_000_000, 10_000_000, 100_000_000)
CHUNK = 1_000_000
ENGINES = {
    "numpy": "kernel, in memory",
    "polars": "Polars, in memory",
    "polars-file": "Polars, parquet files",
    "duckdb-file": "DuckDB, parquet files",
}
HERE = Path(__file__).parent
TABLE = HERE / "results" / "growth.csv"
DRAWING = HERE.parent / "docs" / "_static" / "growth.svg"
FIELDS = ("engine", "rows", "seconds", "ns_per_row", "peak_mb")
Row = dict[str, str]

# -- the processes; nothing large is imported above, since a process begins with the peak of the one that starts it ----


def write(rows: int, path: Path, *, blanks: bool) -> None:
    """A file of made-up scores, a million rows at a time."""
    import pyarrow.parquet as pq

    import tables

    writer: pq.ParquetWriter | None = None
    for number, start in enumerate(range(0, rows, CHUNK)):
        chunk = tables.arrow(tables.made(min(CHUNK, rows - start), blanks=blanks, seed=number))
        writer = writer or pq.ParquetWriter(path, chunk.schema, compression="zstd")
        writer.write_table(chunk)
    if writer is not None:
        writer.close()


def work(engine: str, rows: int, folder: Path, *, blanks: bool) -> None:
    """Time one engine, and print seconds and megabytes."""
    run = _files(engine, folder) if engine.endswith("-file") else _memory(engine, rows, blanks=blanks)
    if rows <= 1_000_000:
        run()  # once to have everything loaded; a large table does not feel it
    times: list[float] = []
    for _ in range(5 if rows <= 1_000_000 else 3 if rows <= 10_000_000 or not engine.endswith("-file") else 1):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if engine.endswith("-file"):
        import pyarrow.parquet as pq

        assert pq.ParquetFile(folder / "target.parquet").metadata.num_rows == rows
    print(statistics.median(times), peak / 1e6)


def _memory(engine: str, rows: int, *, blanks: bool) -> Callable[[], object]:
    import tables

    table = tables.made(rows, blanks=blanks)
    if engine == "numpy":
        from bench_frames import kernel

        return kernel(table)
    import careassure as ca

    frame = tables.polars(table)
    return lambda: ca.assess_frame(frame, tables.METHOD)


def _files(engine: str, folder: Path) -> Callable[[], object]:
    import tables
    from careassure.frame.files import assess_file

    name = engine.removesuffix("-file")
    source, target = folder / "source.parquet", folder / "target.parquet"
    return lambda: assess_file(source, target, tables.question(), engine=name)


def _process(*arguments: str) -> str:
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(sizes: Sequence[int], *, blanks: bool) -> None:
    """Fill the table, row by row as they are found."""
    TABLE.parent.mkdir(exist_ok=True)
    more = ["--blanks"] if blanks else []
    with TABLE.open("w", newline="") as file:
        out = csv.DictWriter(file, FIELDS, lineterminator="\n")
        out.writeheader()
        for rows in sizes:
            folder = tempfile.mkdtemp(prefix="careassure-grow-")
            try:
                _process(str(rows), "--work", "write", "--folder", folder, *more)
                for engine in ENGINES:
                    said = _process(str(rows), "--work", engine, "--folder", folder, *more)
                    seconds, peak = (float(number) for number in said.split())
                    found = (engine, rows, f"{seconds:.6f}", f"{seconds / rows * 1e9:.2f}", f"{peak:.0f}")
                    out.writerow(dict(zip(FIELDS, found, strict=True)))
                    file.flush()
                    print(f"{engine:<12}{rows:>12,}{seconds:>10.3f} s{peak:>8,.0f} MB", flush=True)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


# -- the drawing ---------------------------------------------------------------------------------------

WIDTH, HEIGHT = 760, 420
TOP, BOTTOM = 64, 352
COLOURS = dict(zip(ENGINES, ("#0072b2", "#d55e00", "#007a5a", "#9c3f7e"), strict=True))
INK, FAINT = "#333333", "#dddddd"


def draw() -> None:
    """Two panels side by side, both axes in powers of ten."""
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    style = 'font-family="sans-serif" font-size="12" role="img" aria-labelledby="title"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>',
        '<title id="title">Time and peak memory by number of rows, for four ways to assess a table</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_panel(rows, "seconds", "Time", 62, 240, _time),
        *_panel(rows, "peak_mb", "Peak memory of the process", 442, 620, _memory_text),
        "</svg>",
    ]
    DRAWING.write_text("\n".join(parts) + "\n")


def _panel(
    rows: Sequence[Row], field: str, title: str, left: int, right: int, unit: Callable[[float], str]
) -> list[str]:
    values = [float(row[field]) for row in rows]
    bottom, top = _span(values)
    first, last = _span([float(row["rows"]) for row in rows])

    def across(value: float) -> float:
        return left + (right - left) * (_log(value) - first) / max(last - first, 1)

    def up(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (_log(value) - bottom) / max(top - bottom, 1)

    middle = (left + right) / 2
    parts = [
        f'<text x="{left}" y="32" font-size="15" font-weight="bold" fill="{INK}">{title}</text>',
        f'<text x="{middle:.0f}" y="{BOTTOM + 44}" text-anchor="middle" fill="{INK}">rows</text>',
    ]
    for power in range(bottom, top + 1):
        y = up(10.0**power)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="{FAINT}"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{INK}">{unit(10.0**power)}</text>')
    for power in range(first, last + 1):
        x = across(10.0**power)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{BOTTOM}" stroke="{FAINT}"/>')
        parts.append(f'<text x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle" fill="{INK}">{_count(power)}</text>')
    parts.append(f'<path d="M{left} {TOP}V{BOTTOM}H{right}" fill="none" stroke="{INK}"/>')
    ends: list[tuple[float, float, str]] = []
    for engine, colour in COLOURS.items():
        points = [(across(float(r["rows"])), up(float(r[field]))) for r in rows if r["engine"] == engine]
        if not points:
            continue
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        ends.append((points[-1][1], points[-1][0], engine))
    for y, at, (x, engine) in _apart(ends):
        parts.append(f'<path d="M{x + 4:.1f} {y:.1f}L{x + 11:.1f} {at:.1f}" fill="none" stroke="{COLOURS[engine]}"/>')
        parts.append(f'<text x="{x + 13:.1f}" y="{at + 4:.1f}" fill="{COLOURS[engine]}" font-size="11">'
                     f"{ENGINES[engine]}</text>")  # fmt: skip
    return parts


def _apart(ends: list[tuple[float, float, str]], room: float = 15) -> list[tuple[float, float, tuple[float, str]]]:
    """The ends of lines from the top down, with a place for each name that is clear of the one above."""
    placed: list[tuple[float, float, tuple[float, str]]] = []
    for y, x, engine in sorted(ends):
        at = max(y, placed[-1][1] + room) if placed else y
        placed.append((y, at, (x, engine)))
    return placed


def _log(value: float) -> float:
    return math.log10(value)


def _span(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around some values."""
    return math.floor(_log(min(values)) + 1e-9), math.ceil(_log(max(values)) - 1e-9)


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:g} ms" if seconds < 1 else f"{seconds:g} s"


def _memory_text(megabytes: float) -> str:
    return f"{megabytes:g} MB" if megabytes < 1000 else f"{megabytes / 1000:g} GB"


def _count(power: int) -> str:
    return f"{10 ** (power % 3)}{('', 'k', 'M', 'G')[power // 3]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=list(ROWS))
    parser.add_argument("--blanks", action="store_true", help="with blanks in 2 %% of the cells")
    parser.add_argument("--draw", action="store_true", help="draw what was measured before")
    parser.add_argument("--work", choices=("write", *ENGINES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work == "write":
        write(arguments.rows[0], arguments.folder / "source.parquet", blanks=arguments.blanks)
    elif arguments.work:
        work(arguments.work, arguments.rows[0], arguments.folder, blanks=arguments.blanks)
    else:
        if not arguments.draw:
            measure(arguments.rows, blanks=arguments.blanks)
        draw()
        print(TABLE, DRAWING, sep="\n")


if __name__ == "__main__":
    main()
