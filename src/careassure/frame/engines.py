"""Lazy tables of every engine: check, work out in the engine, and give the same kind of table back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from careassure.errors import InvalidInputError, InvalidTableError, Problem
from careassure.frame.arrays import BAD, NO_GRADE, UNKNOWN, Codes, Column, FactData, LeafData
from careassure.frame.expressions import Frame, any_of, chain, in_words
from careassure.frame.faults import MISSING, SHOWN, fault, table_error
from careassure.frame.lazy import Lazy
from careassure.frame.memory import rate
from careassure.frame.outputs import OutputColumn
from careassure.frame.question import Question, Request
from careassure.frame.reading import Read, different, distinct, read_all
from careassure.frame.results import Results
from careassure.methods.plan import MethodPlan
from careassure.model.text import join

MOST_COLUMNS = 1_000
"""Columns of a table of DuckDB or Ibis. DuckDB 2.0 compares each expression with each name: 3,000 take 15 seconds."""


def assess_lazy(question: Question, native: Any) -> Any:  # noqa: ANN401
    """The lazy table with its results.

    Raises:
        InvalidTableError: Its columns do not fit, or rows hold something that is not a score.
        InvalidInputError: It is of a library that is not supported.
    """
    frame: Frame = nw.from_native(native)
    marks = question.marks.names if question.marks is not None else ()
    present = [name for name in frame.collect_schema().names() if name not in marks]
    if len(present) > MOST_COLUMNS and (frame.implementation.is_duckdb() or frame.implementation.is_ibis()):
        problem = Problem("", f"{len(present):,} columns are more than {MOST_COLUMNS:,}", "Select those that you need")
        raise InvalidTableError("the columns of the table", [problem])
    _refuse_odd_names(present, dots=frame.implementation.is_pyspark())
    request = question.placed(present)
    if not frame.implementation.is_polars():
        _refuse_capitals(request)
    frame = _read_facts(request, frame)
    reads = read_all(request, frame)
    if question.errors == "raise":
        reads = _checked(request, frame, reads)
    bad = any_of([*_told(question), *(where for read in reads for where in _wrong(request, read))])
    where_bad = f"{request.stem}bad" if bad is not None else None
    lazy = frame if bad is None else frame.with_columns(**{f"{request.stem}bad": bad})
    plan = request.plan(states=any(read is not None and read.states for read in reads)) if request.lowers else None
    if plan is not None and plan.settled:
        lazy, columns = _by_plan(request, plan, lazy, reads)
    else:
        lazy, columns = by_profiles(request, lazy, reads, where_bad)
    if where_bad is not None:
        good = ~nw.col(where_bad)
        columns.update({name: nw.when(good).then(value) for name, value in columns.items()})
    if request.problem is not None:
        columns[request.problem.name] = _problem(request, reads)
    return lazy.select(*present, **columns).to_native()


def _refuse_odd_names(present: Sequence[str], *, dots: bool) -> None:
    """Refuse names that an engine reads as something else: a pattern, or with ``dots`` a part of another column."""
    problems = [
        Problem(repr(name), "in this kind of table such a name stands for other columns", "Rename it")
        for name in present
        if name == "*" or (name.startswith("^") and name.endswith("$")) or (dots and ("." in name or "`" in name))
    ]
    if problems:
        raise InvalidTableError("the columns of the table", problems)


def _refuse_capitals(request: Request) -> None:
    """Refuse names that differ in capitals alone: SQL takes them for the same."""
    seen: dict[str, str] = {}
    twice = [(first, name) for name in request.present if (first := seen.setdefault(name.casefold(), name)) != name]
    if twice:
        problems = [Problem(a, f"the column {b} has this name too: capitals make no difference here", "Rename one")
                    for a, b in twice]  # fmt: skip
        raise InvalidTableError("the columns of the table", problems)
    request.refuse_clashes(request.known_columns, capitals=False)


def _wrong(request: Request, read: Read | None) -> list[nw.Expr]:
    """Where a score makes its row a bad one."""
    if read is None:
        return []
    refuse = request.question.missing == "refuse"
    return [where for where in (read.odd, read.unknown if refuse else None) if where is not None]


def _told(question: Question) -> list[nw.Expr]:
    """Where the table itself says that something is wrong with a row."""
    return [~nw.col(question.marks.told).is_null()] if question.marks and question.marks.told else []


def _read_facts(request: Request, frame: Frame) -> Frame:
    """See that facts are true or false; where every cell is text, the words are put in their place."""
    schema = frame.collect_schema()
    if request.question.text:
        return _typed_facts(request, frame)
    problems = [
        Problem(where, f"it is of the type {schema[where]}", "Facts are true or false")
        for _, where in request.facts
        if isinstance(where, str) and schema[where] != nw.Boolean
    ]
    if problems:
        raise InvalidTableError("the facts of the table", problems)
    return frame


def _typed_facts(request: Request, frame: Frame) -> Frame:
    columns = [where for _, where in request.facts if isinstance(where, str)]
    problems: list[Problem] = []
    made: dict[str, nw.Expr] = {}
    for column, found in different(frame, columns).items():
        words = [word for word in found if word is not None]
        truths = {word: {"true": True, "false": False}.get(str(word).strip().lower()) for word in words}
        odd = [word for word, truth in truths.items() if truth is None and str(word).strip()]
        odd = [] if _told(request.question) else odd  # the rows are told one by one
        problems += [Problem(column, f'"{word}" is neither true nor false', "Write true or false") for word in odd]
        cases = [(nw.col(column) == word, nw.lit(truth)) for word, truth in truths.items() if truth is not None]
        made[fact_column(request, column)] = chain(cases, nw.lit(None, dtype=nw.Boolean))
    if problems:
        raise InvalidTableError("the facts of the table", problems)
    return frame.with_columns(**made) if made else frame


def _checked(request: Request, frame: Frame, reads: Sequence[Read | None]) -> list[Read | None]:
    """Look through the scores once: bad rows raise, and what no score is known to lack need not be asked again."""
    asked: dict[str, nw.Expr] = {}
    detailed: list[nw.Expr] = []
    for number, read in enumerate(reads):
        if read is None:
            continue
        if read.plain is not None:  # its ends tell whether anything in it is odd, which is quicker to ask
            cell = read.plain.cell
            asked |= {f"least_{number}": cell.min(), f"most_{number}": cell.max(), f"known_{number}": cell.count()}
            continue
        detailed += _wrong(request, read) if read.blank is None else []
        if read.unknown is not None and read.blank is None:
            asked[f"unknown_{number}"] = _count(read.unknown)
    if detailed:
        asked["bad"] = _count(_any(detailed))
    found: dict[str, int] = {}
    if asked:
        asked["rows"] = nw.len()
        row = frame.select(**asked).collect().rows(named=True)[0]
        found = {name: int(value or 0) for name, value in row.items()}
    for number, read in enumerate(reads):
        if read is not None and read.plain is not None:
            found[f"unknown_{number}"] = found["rows"] - found[f"known_{number}"]
        elif read is not None and read.blank is not None:  # its different words have told all
            found[f"unknown_{number}"] = int(read.blank)
    if any(_breaks(request, read, found, number) for number, read in enumerate(reads)) or found.get("bad"):
        wrong = _any([where for read in reads for where in _wrong(request, read)])
        rows = frame.select(bad=_count(wrong)).collect().rows(named=True)[0]["bad"]
        raise _rows_error(request, frame.filter(wrong), int(rows))
    return [
        read and evolve(read, odd=None, unknown=read.unknown if found.get(f"unknown_{number}") else None)
        for number, read in enumerate(reads)
    ]


def _breaks(request: Request, read: Read | None, found: Mapping[str, int], number: int) -> bool:
    """Whether what was found of a plain column or of one of words shows that it holds what makes rows bad."""
    if read is None or (read.plain is None and read.blank is None):
        return False
    if request.question.missing == "refuse" and found[f"unknown_{number}"]:
        return True
    if read.plain is None:
        return read.odd is not None
    least, most = found[f"least_{number}"], found[f"most_{number}"]
    return found[f"known_{number}"] > 0 and (least < read.plain.lowest or most > read.plain.highest)


def _any(conditions: Sequence[nw.Expr]) -> nw.Expr:
    found = any_of(conditions)
    return nw.lit(False) if found is None else found


def _count(where: nw.Expr) -> nw.Expr:
    return nw.when(where).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).sum()


def _rows_error(request: Request, bad: Frame, rows: int) -> InvalidTableError:
    key = request.question.key
    if key:
        bad = bad.sort(*key)
    cells = [(leaf, column) for leaf, column in request.placed.columns if column is not None]
    wanted = list(dict.fromkeys([*key, *(column for _, column in cells)]))
    marks = request.question.marks
    if marks is not None:
        wanted.append(marks.row)
        bad = bad.sort(marks.row)
    first = bad.select(*wanted).head(SHOWN).collect().rows(named=True)
    refuse = request.question.missing == "refuse"
    scales = {leaf: request.question.framework.scale_of(leaf) for leaf, _ in cells}
    faults = [
        [(leaf, text) for leaf, column in cells if (text := fault(row[column], scales[leaf], refuse=refuse))]
        for row in first
    ]
    where = [_place(request.question, row, number) for number, row in enumerate(first, 1)]
    return table_error(request, where, faults, rows)


def _place(question: Question, row: Mapping[str, Any], number: int) -> int | str:
    """Which row one of the bad rows is: by its number where the table brings one, and by its key."""
    marks, key = question.marks, join([f"{name} {row[name]}" for name in question.key])
    if marks is None:
        return key or f"bad row {number}"
    at = int(row[marks.row])
    if marks.grouped:
        return f"{key} (from row {at:,})"
    return f"row {at:,} ({key})" if key else at


def _problem(request: Request, reads: Sequence[Read | None]) -> nw.Expr:
    """What is wrong with a row, in words."""
    said: list[nw.Expr] = []
    wrong: list[nw.Expr] = []
    for read in reads:
        if read is None:
            continue
        if read.odd is not None:
            text = nw.concat_str(nw.lit(f"{read.leaf}: "), read.shown, nw.lit(" is not a score"))
            said.append(nw.when(read.odd).then(text))
            wrong.append(read.odd)
        if request.question.missing == "refuse" and read.unknown is not None:
            said.append(nw.when(read.unknown).then(nw.lit(f"{read.leaf}: {MISSING}")))
            wrong.append(read.unknown)
    where = any_of(wrong)
    found = nw.lit(None, dtype=nw.String)
    if where is not None:
        found = nw.when(where).then(nw.concat_str(*said, separator="; ", ignore_nulls=True))
    marks = request.question.marks
    if marks is None or not marks.told:
        return found
    told = nw.col(marks.told)
    return nw.when(~told.is_null()).then(told).otherwise(found)


def _by_plan(
    request: Request, plan: MethodPlan, frame: Frame, reads: Sequence[Read | None]
) -> tuple[Frame, dict[str, nw.Expr]]:
    by_id = {leaf: read for (leaf, _), read in zip(request.placed.columns, reads, strict=True)}
    leaves = [by_id.get(source.id) for source in plan.leaves]
    facts = {n: w if isinstance(w, bool) else fact_column(request, w) for n, w in request.facts}
    lazy = Lazy(plan, frame, leaves, facts, request.known_columns, request.stem)
    lazy.work_out()
    return lazy.frame, Results(lazy).all()


# -- scorers that cannot be lowered: each set of scores that occurs is worked out once, and joined to the rows


def by_profiles(
    request: Request, frame: Frame, reads: Sequence[Read | None], bad: str | None
) -> tuple[Frame, dict[str, nw.Expr]]:
    """Work each profile out that occurs, and join the results to the rows.

    Args:
        request: What was asked.
        frame: The table.
        reads: What it says of each score.
        bad: The column that tells bad rows, which are left out; None where there are none.

    Returns:
        The table with more columns, and the results as expressions of them.
    """
    stem = request.stem
    scores = {number: f"{stem}code_{number}" for number, read in enumerate(reads) if read is not None}
    facts = {name: fact_column(request, where) for name, where in request.facts if isinstance(where, str)}
    codes = {scores[number]: _code(read) for number, read in enumerate(reads) if read is not None}
    for number, where in enumerate(facts.values()):
        said = nw.when(nw.col(where)).then(nw.lit(1)).otherwise(nw.lit(0))
        codes[f"{stem}told_{number}"] = nw.when(nw.col(where).is_null()).then(nw.lit(UNKNOWN)).otherwise(said)
    frame = frame.with_columns(**{name: code.cast(nw.Int32) for name, code in codes.items()})
    good = frame if bad is None else frame.filter(~nw.col(bad))
    found = distinct(good.select(*codes)).collect()
    cells: dict[str, NDArray[np.int8]] = {name: found.get_column(name).to_numpy().astype(np.int8) for name in codes}
    leaves: list[LeafData] = [
        Codes(cells[scores[number]]) if number in scores else None for number in range(len(reads))
    ]
    known: dict[str, bool | FactData] = {name: told for name, told in request.facts if isinstance(told, bool)}
    for number, name in enumerate(facts):
        told = cells[f"{stem}told_{number}"]
        known[name] = FactData(told == 1, told == UNKNOWN)
    rated, columns = rate(request, leaves, known, len(found))
    request.refuse_clashes(columns, capitals=frame.implementation.is_polars())
    kept = {c.key: f"{stem}result_{number}" for number, c in enumerate(columns) if c.kind != "text"}
    joined = _join(frame, _as_arrow(cells, {kept[key]: rated.columns[key] for key in kept}), list(codes), stem)
    results: dict[str, nw.Expr] = {}
    for column in columns:
        results[column.name] = _result(frame, column, kept.get(column.key))
    return joined, results


def fact_column(request: Request, where: str) -> str:
    """The column that holds a fact as true and false: where every cell is text, one that was made of it."""
    places = [place for _, place in request.facts if isinstance(place, str)]
    return f"{request.stem}fact_{places.index(where)}" if request.question.text else where


def _result(frame: Frame, column: OutputColumn, kept: str | None) -> nw.Expr:
    if kept is None:
        return nw.lit(column.text)
    made = nw.col(kept)
    if column.kind != "grade":
        return made
    return in_words(frame, [(made == rank, rank) for rank in range(len(column.words))], None, column.words)


def _code(read: Read) -> nw.Expr:
    cases = [(where, code) for code, where in read.states]
    if read.unknown is not None:
        cases.append((read.unknown, UNKNOWN))
    if read.odd is not None:
        cases.append((read.odd, BAD))
    return chain(cases, read.rank)


def _as_arrow(cells: dict[str, NDArray[np.int8]], results: dict[str, Column]) -> Any:  # noqa: ANN401
    """The profiles with their results, as a table of PyArrow."""
    import pyarrow as pa

    arrays = {name: pa.array(codes.astype(np.int32)) for name, codes in cells.items()}
    for name, column in results.items():
        if column.values.dtype == np.uint8:  # ranks
            arrays[name] = pa.array(column.values.astype(np.int32), mask=column.values == NO_GRADE)
        else:
            arrays[name] = pa.array(column.values, mask=column.blank)
    return pa.table(arrays)


def _join(frame: Frame, table: Any, on: Sequence[str], stem: str) -> Frame:  # noqa: ANN401
    """Put a small table beside a lazy one, in the lazy one's engine. All its names are ours."""
    native = frame.to_native()
    implementation = frame.implementation
    if implementation.is_polars():
        import polars as pl

        small = pl.DataFrame(pl.from_arrow(table)).lazy()
        joined: Frame = nw.from_native(native.join(small, on=list(on), how="left", maintain_order="left"))
        return joined
    if implementation.is_duckdb():
        # The relation's own connection is used. No table or variable of the user's is ever named, so that none of
        # theirs can be meant in its place.
        small = native.query(f"{stem}profiles", _as_query(table)).set_alias(f"{stem}small")
        found: Frame = nw.from_native(native.set_alias(f"{stem}big").join(small, ", ".join(on), how="left"))
        return found
    if implementation.is_ibis():
        import ibis

        small = ibis.memtable(table)
    elif implementation.is_pyspark():
        small = _to_spark(native.sparkSession, table)
    else:
        raise InvalidInputError(
            "what is to be assessed",
            [Problem("", f"{implementation} cannot be joined with profiles", "Collect it into a data frame first")],
        )
    return frame.join(nw.from_native(small), on=list(on), how="left")


def _as_query(table: Any) -> str:  # noqa: ANN401
    """A small table of PyArrow as a query of DuckDB that names no other table: each column is a text that is split."""
    kinds = {"int16": "smallint", "int32": "integer", "int64": "bigint", "bool": "boolean"}
    made: list[str] = []
    split: list[str] = []
    for name in table.column_names:
        column = table.column(name)
        cells = ",".join("" if cell is None else str(cell).lower() for cell in column.to_pylist())
        split.append(f"unnest(string_split('{cells}', ',')) as \"{name}\"")
        made.append(f'cast(nullif("{name}", \'\') as {kinds[str(column.type)]}) as "{name}"')
    where = "" if len(table) else " where false"
    return f"select {', '.join(made)} from (select {', '.join(split)}) as cells{where}"  # noqa: S608


def _to_spark(session: Any, table: Any) -> Any:  # noqa: ANN401
    """A table of PyArrow in Spark; since Spark 4 no Python is started on the workers for it."""
    if int(session.version.partition(".")[0]) >= 4:
        return session.createDataFrame(table)
    kinds = {"int16": "smallint", "int32": "int", "int64": "bigint", "bool": "boolean"}
    schema = ", ".join(f"`{field.name}` {kinds[str(field.type)]}" for field in table.schema)
    return session.createDataFrame([tuple(row.values()) for row in table.to_pylist()], schema)
