"""`assess_frame` on every kind of table, against the same work written by hand for that library, and file to file.

python bench/bench_frames.py [ROWS] [--repeats N] [--only WORD ...]

Every line of the table is one comparison: what was timed, for how many rows, its time in all and for each row, what it
was timed against, the ratio (a median of ratios, round by round) and whether the goal was met. The hand-written
versions are in by_hand.py. Before anything is timed, each is seen to give the same results row by row, and
those of NumPy and Polars also to refuse what is no score.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import by_hand
import numpy as np
import polars as pl
from attrs import define, field, frozen
from timing import calls, in_turn, in_units, verdict

import careassure as ca
import tables
from careassure.errors import InvalidTableError
from careassure.frame.arrays import Numbers
from careassure.frame.files import assess_file
from careassure.frame.kernel import Kernel
from tables import METHOD, NAMES, Made

Work = Callable[[], object]
OUTPUTS = ("rating", "score")
ours = partial(ca.assess_frame, scorer=METHOD)


@define
class Report:
    """Prints comparisons as they are made, and counts the verdicts."""

    repeats: int
    found: list[tuple[str, str]] = field(factory=list)

    def head(self) -> None:
        print(f"{'what':<27}{'blanks':>7}{'rows':>12}{'time':>11}{'ns/row':>9}  {'against':<33}{'time':>11}"
              f"{'ratio':>8}{'goal':>8}")  # fmt: skip

    def line(
        self, what: str, blanks: bool, rows: int, work: Work, others: list[tuple[str, Work, float | None]],
        repeats: int | None = None,
    ) -> None:  # fmt: skip
        """Time something and all that it is held against, in turn."""
        timed = in_turn(repeats or self.repeats, *(calls(one, 1) for one in (work, *(other for _, other, _ in others))))
        spent = timed[0][0]
        lead = f"{what:<27}{'2 %' if blanks else 'none':>7}{rows:>12,}{in_units(spent):>11}{spent / rows * 1e9:>9.2f}  "
        for (name, _, goal), (other, ratio) in zip(others, timed[1:], strict=True):
            self.ratio(lead, name, other, ratio, goal, what)
            lead = " " * len(lead)

    def ratio(self, lead: str, name: str, other: float, ratio: float, goal: float | None, what: str) -> None:
        """One line of the table."""
        end = "" if goal is None else f"{goal:>8.2f} {verdict(ratio, goal)}"
        shown = f"{ratio:.2f}" if ratio >= 0.01 else f"{ratio:.5f}"
        print(f"{lead}{name:<33}{in_units(other):>11}{shown:>8}{end}", flush=True)
        if goal is not None:
            self.found.append((f"{what.strip()} against {name}", verdict(ratio, goal)))

    def end(self) -> None:
        missed = sum(said == "MISSED" for _, said in self.found)
        print(f"{len(self.found) - missed} goals met, {missed} missed")


# -- that both do the same ----------------------------------------------------------------------------


def same(one: Any, other: Any) -> None:  # noqa: ANN401
    """See that two tables in memory have the same results, row by row and of the same types."""
    for name in OUTPUTS:
        left, right = one[name], other[name]
        assert left.dtype == right.dtype, (name, left.dtype, right.dtype)
        assert left.equals(right), name


def both_refuse(make: Callable[[Made], Any], by: Callable[[Any], object], *, blanks: bool) -> None:
    """See that one cell which holds no score is refused by both, whatever it is."""
    for odd in (0, 5, -1, 127):
        cells, masks = tables.made(1000, blanks=blanks)
        cells[4][567] = odd
        if masks is not None:
            masks[4][567] = False
        frame = make((cells, masks))
        for each, error in ((ours, InvalidTableError), (by, ValueError)):
            try:
                each(frame)
            except error:
                continue
            raise AssertionError((each, odd))


# -- in memory ----------------------------------------------------------------------------------------


def copies(table: Made) -> Work:
    """Copy nine columns, with nothing else."""
    targets = [np.empty_like(cells) for cells in table[0]]

    def work() -> None:
        for target, cells in zip(targets, table[0], strict=True):
            np.copyto(target, cells)

    return work


def kernel(table: Made) -> Work:
    """The kernel over plain arrays."""
    cells, blanks = table
    masks = blanks if blanks is not None else [None] * len(cells)
    data = {name: Numbers(c, mask) for name, c, mask in zip(NAMES, cells, masks, strict=True)}
    plan = tables.question().placed(NAMES).plan(states=False)
    made = Kernel(plan, OUTPUTS, bits={"score": 16})  # as `assess_frame` asks for it
    return lambda: made.run([data[source.id] for source in plan.leaves], {}, len(cells[0]))


@frozen
class Kind:
    """A kind of table in memory, how it is made, and the same work by hand; none for PyArrow."""

    name: str
    make: Callable[[Made], Any]
    hands: tuple[tuple[str, Callable[..., Any]], ...]


_FLOATS = (("NumPy, blocks", by_hand.pandas_floats_blocked), ("NumPy, whole", by_hand.pandas_floats_whole))
PLAIN = (
    Kind("pandas, int8", tables.pandas_int8,
         (("NumPy, blocks", by_hand.pandas_blocked), ("NumPy, whole", by_hand.pandas_whole))),
    Kind("Polars, eager", tables.polars, (("Polars", by_hand.polars),)),
    Kind("PyArrow", tables.arrow, ()),
)  # fmt: skip
BLANKS = (
    Kind("pandas, float32", tables.pandas_floats("float32"), _FLOATS),
    Kind("pandas, float64", tables.pandas_floats("float64"), _FLOATS),
    Kind("pandas, Int8", tables.pandas_nullable, (("NumPy, blocks", by_hand.pandas_nullable_blocked),
                                                  ("NumPy, whole", by_hand.pandas_nullable_whole))),
    Kind("Polars, eager", tables.polars, (("Polars", by_hand.polars_blanks),)),
    Kind("PyArrow", tables.arrow, ()),
)  # fmt: skip


def in_memory(report: Report, table: Made) -> None:
    blanks, rows = table[1] is not None, len(table[0][0])
    copied = copies(table)
    report.line("kernel", blanks, rows, kernel(table), [("memory copy", copied, 1.5)])
    for kind in BLANKS if blanks else PLAIN:
        frame = kind.make(table)
        others: list[tuple[str, Work, float | None]] = []
        for name, hand in kind.hands:
            by = partial(hand, names=NAMES)
            both_refuse(kind.make, by, blanks=blanks)
            same(ours(frame), by(frame))
            others.append((f"{name}, by hand", partial(by, frame), 1))
        report.line(kind.name, blanks, rows, partial(ours, frame), [*others, ("memory copy", copied, None)])
        del frame, others
        gc.collect()


def loop(report: Report, table: Made, few: int = 300) -> None:
    """Row by row in Python, as far as patience goes."""
    cells, masks = table
    scorer = next(found for found in ca.scorers() if found.name == METHOD).scorer
    rows = [[int(c[row]) if masks is None or not masks[i][row] else None for i, c in enumerate(cells)]
            for row in range(few)]  # fmt: skip
    frame = tables.polars(table)

    def by_row() -> list[ca.Outcome]:
        return [scorer.score(ca.Assessment.of("Camden", row)) for row in rows]

    found = ours(frame).head(few)
    outcomes = by_row()
    assert found["rating"].to_list() == [outcome.rating and outcome.rating.key for outcome in outcomes]
    assert found["score"].to_list() == [outcome.score for outcome in outcomes]
    total = len(cells[0])
    pairs = in_turn(report.repeats, lambda: calls(partial(ours, frame), 1)() / total, lambda: calls(by_row, 1)() / few)
    (each, _), (other, ratio) = pairs
    lead = f"{'Polars, one row':<27}{'none' if masks is None else '2 %':>7}{total:>12,}{each * 1e9:>8.2f} ns{'':>9}  "
    report.ratio(lead, "Assessment.of and score, one row", other, ratio, 0.01, "Polars, one row")


# -- engines ------------------------------------------------------------------------------------------


def in_polars(report: Report, table: Made) -> None:
    blanks = table[1] is not None
    hand = by_hand.polars_lazy_blanks if blanks else by_hand.polars_lazy
    by = partial(hand, names=NAMES)
    both_refuse(lambda made: tables.polars(made).lazy(), by, blanks=blanks)
    frame = tables.polars(table).lazy()
    same(ours(frame).collect(), by(frame))
    work = lambda: ours(frame).collect()  # noqa: E731
    report.line("Polars, lazy", blanks, len(table[0][0]), work, [("Polars, by hand", partial(by, frame), 1.25)])


def in_duckdb(report: Report, table: Made) -> None:
    import duckdb

    blanks = table[1] is not None
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        given = tables.arrow(table)
        connection.register("given", given)
        connection.execute("create table scores as select * from given")
        query = (by_hand.duckdb_query_blanks if blanks else by_hand.duckdb_query)("scores", NAMES)

        def work() -> None:
            connection.execute("drop table if exists our_results")
            ours(connection.table("scores")).create("our_results")

        def by() -> None:
            connection.execute("drop table if exists results")
            by_hand.duckdb_check(connection, "scores", NAMES)
            connection.execute(f"create table results as {query}")

        def copy() -> None:
            connection.execute("drop table if exists copied")
            connection.execute("create table copied as select * from scores")

        work(), by()
        same(*(connection.table(name).select("rating, score").pl() for name in ("our_results", "results")))
        report.line("DuckDB", blanks, len(table[0][0]), work,
                    [("SQL, by hand", by, 1.43), ("create table as select *", copy, None)])  # fmt: skip


def in_spark(report: Report, table: Made, session: Any, folder: Path) -> None:  # noqa: ANN401
    blanks = table[1] is not None
    path = folder / "spark.parquet"
    tables.polars(table).write_parquet(path)
    frame = session.read.parquet(str(path))

    def write(made: Any) -> None:  # noqa: ANN401
        made.write.format("noop").mode("overwrite").save()

    def first() -> None:
        by_hand.spark_check(frame, NAMES)
        write(by_hand.spark(frame, NAMES, checks=False, blanks=blanks))

    def at_once() -> None:
        write(by_hand.spark(frame, NAMES, checks=True, blanks=blanks))

    both = by_hand.spark(ca.assess_frame(frame, METHOD, prefix="our_"), NAMES, checks=True, blanks=blanks)
    unlike = " or ".join(f"not (our_{name} <=> {name})" for name in OUTPUTS)
    assert both.where(unlike).count() == 0
    assert [both.schema[f"our_{name}"].dataType for name in OUTPUTS] == [both.schema[n].dataType for n in OUTPUTS]
    others = [("Spark, checks before", first, 1.25), ("Spark, checks on the way", at_once, 1.25)]
    report.line("Spark, local[2], noop", blanks, len(table[0][0]), lambda: write(ours(frame)), others, repeats=3)


def spark_session() -> Any:  # noqa: ANN401
    warnings.simplefilter("ignore", FutureWarning)  # of PySpark, about pandas
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.memory": "4g",
                "spark.log.level": "ERROR"}  # fmt: skip
    return SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()


# -- files --------------------------------------------------------------------------------------------


def in_files(report: Report, table: Made, folder: Path) -> None:
    rows = len(table[0][0])
    source, target, other = (folder / f"{name}.parquet" for name in ("source", "target", "other"))
    key = pl.select(pl.format("K{}", pl.int_range(rows).cast(pl.String).str.zfill(9)).alias("key")).to_series()
    frame = tables.polars(table).insert_column(0, key)
    frame.write_parquet(source)
    assess_file(source, target, tables.question())
    assert pl.read_parquet(target).equals(ours(frame))
    del frame, key
    hand = by_hand.polars_file_blanks if table[1] is not None else by_hand.polars_file
    hand(source, other, NAMES)
    assert pl.read_parquet(target).equals(pl.read_parquet(other))
    gc.collect()
    report.line("parquet to parquet, Polars", table[1] is not None, rows,
                lambda: assess_file(source, target, tables.question()),
                [("sink of scan, a plain copy", lambda: pl.scan_parquet(source).sink_parquet(other), 1.3),
                 ("sink of scan, by hand", lambda: hand(source, other, NAMES), None)])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="?", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parts = ("memory", "loop", "polars", "duckdb", "spark", "files")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    arguments = parser.parse_args()
    began = time.perf_counter()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"load {', '.join(f'{load:.1f}' for load in os.getloadavg())}")  # fmt: skip
    report = Report(arguments.repeats)
    report.head()
    folder = Path(tempfile.mkdtemp(prefix="careassure-bench-"))
    session = spark_session() if "spark" in arguments.only else None
    try:
        for blanks in (False, True):
            table = tables.made(arguments.rows, blanks=blanks)
            few = 10_000_000
            smaller = table if arguments.rows <= few else tables.made(few, blanks=blanks)
            run: dict[str, Callable[[], None]] = {
                "memory": partial(in_memory, report, table),
                "loop": partial(loop, report, table),
                "polars": partial(in_polars, report, table),
                "duckdb": partial(in_duckdb, report, smaller),
                "spark": partial(in_spark, report, smaller, session, folder),
                "files": partial(in_files, report, table, folder),
            }
            for name in arguments.only:
                run[name]()
                gc.collect()
            del table, smaller, run
    finally:
        if session is not None:
            session.stop()
        shutil.rmtree(folder, ignore_errors=True)
    report.end()
    print(f"took {time.perf_counter() - began:.0f} s, load now {', '.join(f'{load:.1f}' for load in os.getloadavg())}")


if __name__ == "__main__":
    main()
