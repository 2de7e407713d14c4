"""Random methods against the independent evaluator: ``python tests/differential/campaign.py --count 10000 --seed 1``.

Prints what was tried, by kind, and every difference, also when it is stopped with Ctrl+C. The exit status is 1 if there
is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from careassure.errors import CareAssureError
from differential import comparison, tables
from differential.evaluator import Judge
from differential.generator import Case, make_assessment, make_case

EVERY = {  # one in so many methods: an engine that takes long is asked more seldom
    "pandas": 1,
    "polars": 1,
    "pyarrow": 1,
    "polars lazy": 2,
    "duckdb": 5,
    "dask": 25,
    "ibis": 50,
    "spark": 500,
}
NUMERIC = {"score", "other"}


@dataclass
class Tally:
    """What was tried and what was found."""

    counts: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[int, str]] = field(default_factory=list)
    not_read: list[tuple[int, str]] = field(default_factory=list)
    constructs: Counter[str] = field(default_factory=Counter)

    def found(self, seed: int, texts: list[str], where: str) -> None:
        """Note differences."""
        self.differences += [(seed, f"{where}: {text}") for text in texts]


def try_seed(
    seed: int, tally: Tally, engines: dict[str, int], *, assessments: int = 3, rows: int = 8, partial: bool = True
) -> None:
    """One framework and method: its check, assessments of it, and tables."""
    case = make_case(seed)
    try:
        loaded = comparison.load(case)
        judge = Judge(case.framework, case.version, case.method)
        verdict, texts, settled = comparison.checked(judge, loaded)
    except CareAssureError as error:
        tally.not_read.append((seed, str(error)))
        return
    tally.counts["methods"] += 1
    tally.counts["check: sound" if verdict.nested and verdict.ordered else "check: not sound"] += 1
    tally.counts["check: grades that can be reached"] += sum(map(len, verdict.reached.values()))
    tally.counts["check: left open"] += not settled
    tally.constructs.update(constructs(case))
    tally.found(seed, texts, "check")
    random = Random(seed)  # noqa: S311
    for complete in (True, False):
        for _ in range(assessments):
            scores, facts = make_assessment(case, judge, random, complete=complete)
            tally.counts["assessments, complete" if complete else "assessments, partial"] += 1
            texts = comparison.one(case, judge, loaded, scores, facts)
            tally.found(seed, [f"{text}; {scores} {facts}" for text in texts], "assess")
    drawn = tables.rows_of(case, judge, random, rows)
    good = [row for row in drawn if row.expected.refused is False]
    labels = {
        key: {grade["key"]: grade["label"] for grade in scale["grades"]}
        for key, scale in case.framework["scales"].items()
    }
    bad = [row for row in drawn if row.expected.refused]
    for engine, every in engines.items():
        if seed % every:
            continue
        if good:
            table = tables.arrow_table(judge, good, labels, NUMERIC)
            tried = tables.compare(engine, table, judge, loaded, good)
            tally.rows[engine] += tried.rows
            tally.counts[f"percentages refused: {engine}"] += bool(tried.refused)
            tally.found(seed, tried.differences, engine)
        if bad:
            table = tables.arrow_table(judge, bad[:1], labels, NUMERIC)
            try:
                tables.apply(engine, table, loaded, bad[0], ["rating", "low", "high", "profile"])
            except CareAssureError:
                tally.counts[f"rows refused: {engine}"] += 1
            else:
                tally.found(seed, [f"a row is rated that no ladder rates: {dict(bad[0].scores)}"], engine)


def constructs(case: Case) -> set[str]:
    """What stands in a method, by the words of the page."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in _WORDS:
                    found.add(key)
                walk(inner)
            if value.get("kind") in _KINDS:
                found.add(str(value["kind"]))
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(case.method)
    walk({"parts": 1} if any("parts" in s for t in case.framework["themes"] for s in t["statements"]) else {})
    return found | {str(case.method["not_rated"])}


_KINDS = {"percentage", "total", "mean", "count", "share", "answered"}
_WORDS = {
    "bands", "rungs", "limits", "cap", "floor", "not_above", "must", "may", "suggest", "headline", "flags", "weights",
    "by_n", "plus", "rounding", "only", "without", "themes", "tags", "every", "any", "area", "fact", "default",
    "all_of", "any_of", "not", "scales", "parts",
}  # fmt: skip


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--engines", default=",".join(EVERY))
    given = parser.parse_args()
    engines = {name: EVERY[name] for name in given.engines.split(",") if name}
    tally = Tally()
    start = time.monotonic()
    for seed in range(given.seed, given.seed + given.count):
        before = len(tally.differences)
        try:
            try_seed(seed, tally, engines)
        except KeyboardInterrupt:
            break
        except Exception as error:  # whatever is not planned is a difference too
            tally.differences.append((seed, f"unplanned: {type(error).__name__}: {error}"))
        for _, text in tally.differences[before : before + 3]:
            print(f"seed {seed}: {text[:700]}", flush=True)
        if time.monotonic() - start > given.seconds:
            break
        if (seed - given.seed) % 100 == 99:
            print(f"... {seed}, {len(tally.differences)} differences, {time.monotonic() - start:.0f} s", flush=True)
    report(tally, time.monotonic() - start)
    return 1 if tally.differences else 0


def report(tally: Tally, seconds: float) -> None:
    """Print a table of what was tried."""
    for name, count in tally.counts.items():
        print(f"{name:<40}{count:>10,}")
    for engine, count in tally.rows.items():
        print(f"{'rows, ' + engine:<40}{count:>10,}")
    print(f"{'methods not read':<40}{len(tally.not_read):>10,}")
    for text, count in Counter(text.partition(": ")[2][-60:] for _, text in tally.not_read).most_common(5):
        print(f"    {count} times ...{text}")
    print("methods with: " + ", ".join(f"{name} {count}" for name, count in sorted(tally.constructs.items())))
    seeds = {seed for seed, _ in tally.differences}
    print(f"{'differences':<40}{len(tally.differences):>10,} in {len(seeds)} methods")
    print(f"{'seconds':<40}{seconds:>10,.0f}")


if __name__ == "__main__":
    sys.exit(main())
