"""Lazy tables of every engine: check, work out in the engine, and give the same kind of table back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve

from careassure.errors import InvalidInputError, InvalidTableError, Problem
from careassure.frame.arrays import BAD, UNKNOWN
from careassure.frame.expressions import any_of, chain
from careassure.frame.lazy import Lazy
from careassure.frame.outputs import OutputColumn
from careassure.frame.profiles import assess_codes, columns_of, value_of
from careassure.frame.reading import Frame, Read, different, read_all
from careassure.frame.request import Question, Request
from careassure.frame.results import Results, in_words
from careassure.frame.rows import MISSING, SHOWN, fault, table_error
from careassure.model.outcome import Outcome
from careassure.model.text import join


def assess_lazy(question: Question, native: Any) -> Any:  # noqa: ANN401
    """The lazy table with its results.

    Raises:
        InvalidTableError: Its columns do not fit, or rows hold what is no score.
        InvalidInputError: It is of a library that is not supported.
    """
    frame: Frame = nw.from_native(native)
    present = list(frame.collect_schema().names())
    request = question.placed(present)
    if not frame.implementation.is_polars():
        _check_capitals(request, present)
    frame = _read_facts(request, frame)
    reads = read_all(request, frame)
    if question.errors == "raise":
        reads = _checked(request, frame, reads)
    bad = any_of([where for read in reads for where in _wrong(request, read)])
    lazy = frame if bad is None else frame.with_columns(_careassure_bad=bad)
    if request.lowers:
        lazy, columns = _by_plan(request, lazy, reads)
    else:
        lazy, columns = _by_profiles(request, lazy, reads, has_bad=bad is not None)
    if bad is not None:
        good = ~nw.col("_careassure_bad")
        columns.update({name: nw.when(good).then(value) for name, value in columns.items()})
    if request.problem is not None:
        columns[request.problem.name] = _problem(request, reads)
    return lazy.select(*present, **columns).to_native()


def _check_capitals(request: Request, present: Sequence[str]) -> None:
    """Refuse results whose names differ from those of columns in capitals alone: SQL takes them for the same."""
    folded = {name.casefold(): name for name in present}
    columns = (*request.known_columns, *([request.problem] if request.problem is not None else []))
    clashes = [folded[column.name.casefold()] for column in columns if column.name.casefold() in folded]
    if clashes:
        problem = Problem("", f"it has {join(clashes)}, and capitals make no difference here", 'Give prefix="new_"')
        raise InvalidTableError("the columns of the table", [problem])


def assess_polars(question: Question, native: Any) -> Any | None:  # noqa: ANN401
    """A Polars data frame with its results, where its own expressions do the work in one go and no row is bad.

    That was measured quicker than arrays where scores are whole numbers; for anything else None is given.
    """
    if question.errors != "raise" or question.fitted is None:
        return None
    schema = native.schema
    request = question.placed(list(schema))
    if not request.lowers or not all(schema[name].is_integer() for name in request.placed.used):
        return None
    try:
        return assess_lazy(question, native.lazy()).collect()
    except InvalidTableError:
        return None  # rows are named by their number elsewhere


def _wrong(request: Request, read: Read | None) -> list[nw.Expr]:
    """Where a score makes its row a bad one."""
    if read is None:
        return []
    refuse = request.question.missing == "refuse"
    return [where for where in (read.odd, read.unknown if refuse else None) if where is not None]


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
    for column, words in different(frame, columns).items():
        truths = {word: {"true": True, "false": False}.get(str(word).strip().lower()) for word in words}
        odd = [word for word, truth in truths.items() if truth is None and str(word).strip()]
        problems += [Problem(column, f'"{word}" is neither true nor false', "Write true or false") for word in odd]
        cases = [(nw.col(column) == word, nw.lit(truth)) for word, truth in truths.items() if truth is not None]
        made[f"_careassure_{column}"] = chain(cases, nw.lit(None, dtype=nw.Boolean))
    if problems:
        raise InvalidTableError("the facts of the table", problems)
    return frame.with_columns(**made) if made else frame


def fact_column(request: Request, where: str) -> str:
    """The column that holds a fact as true and false."""
    return f"_careassure_{where}" if request.question.text else where


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
        detailed += _wrong(request, read)
        if read.unknown is not None:
            asked[f"unknown_{number}"] = _count(read.unknown)
    if detailed:
        asked["bad"] = _count(_any(detailed))
    if not asked:
        return list(reads)
    asked["rows"] = nw.len()
    row = frame.select(**asked).collect().rows(named=True)[0]
    found = {name: int(value or 0) for name, value in row.items()}
    for number, read in enumerate(reads):
        if read is not None and read.plain is not None:
            found[f"unknown_{number}"] = found["rows"] - found[f"known_{number}"]
    if any(_breaks(request, read, found, number) for number, read in enumerate(reads)) or found.get("bad"):
        wrong = _any([where for read in reads for where in _wrong(request, read)])
        rows = frame.select(bad=_count(wrong)).collect().rows(named=True)[0]["bad"]
        raise _rows_error(request, frame.filter(wrong), int(rows))
    return [
        read and evolve(read, odd=None, unknown=read.unknown if found.get(f"unknown_{number}") else None)
        for number, read in enumerate(reads)
    ]


def _breaks(request: Request, read: Read | None, found: Mapping[str, int], number: int) -> bool:
    """Whether what was found of a plain column shows that it holds what makes rows bad."""
    if read is None or read.plain is None:
        return False
    if request.question.missing == "refuse" and found[f"unknown_{number}"]:
        return True
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
    first = bad.select(*wanted).head(SHOWN).collect().rows(named=True)
    refuse = request.question.missing == "refuse"
    scales = {leaf: request.question.framework.scale_of(leaf) for leaf, _ in cells}
    faults = [
        [
            (leaf, text)
            for leaf, column in cells
            if (text := fault(row[column], scales[leaf], refuse=refuse, text=request.question.text))
        ]
        for row in first
    ]
    where = [
        join([f"{name} {row[name]}" for name in key]) if key else f"bad row {number}"
        for number, row in enumerate(first, 1)
    ]
    return table_error(request, where, faults, rows)


def _problem(request: Request, reads: Sequence[Read | None]) -> nw.Expr:
    """What is wrong with a row, in words."""
    said: list[nw.Expr] = []
    wrong: list[nw.Expr] = []
    for read in reads:
        if read is None:
            continue
        if read.odd is not None:
            text = nw.concat_str(nw.lit(f"{read.leaf}: "), read.shown, nw.lit(" is no score"))
            said.append(nw.when(read.odd).then(text))
            wrong.append(read.odd)
        if request.question.missing == "refuse" and read.unknown is not None:
            said.append(nw.when(read.unknown).then(nw.lit(f"{read.leaf}: {MISSING}")))
            wrong.append(read.unknown)
    where = any_of(wrong)
    if where is None:
        return nw.lit(None, dtype=nw.String)
    return nw.when(where).then(nw.concat_str(*said, separator="; ", ignore_nulls=True))


# -- by the plan --------------------------------------------------------------------------------------


def _by_plan(request: Request, frame: Frame, reads: Sequence[Read | None]) -> tuple[Frame, dict[str, nw.Expr]]:
    plan = request.plan(states=any(read is not None and read.states for read in reads))
    if not plan.settled:
        return _by_profiles(request, frame, reads, has_bad="_careassure_bad" in frame.collect_schema().names())
    by_id = {leaf: read for (leaf, _), read in zip(request.placed.columns, reads, strict=True)}
    leaves = [by_id.get(source.id) for source in plan.leaves]
    facts = {n: w if isinstance(w, bool) else fact_column(request, w) for n, w in request.facts}
    lazy = Lazy(plan, frame, leaves, facts, request.known_columns)
    lazy.work_out()
    return lazy.frame, Results(lazy).all()


# -- by profiles --------------------------------------------------------------------------------------


def _by_profiles(
    request: Request, frame: Frame, reads: Sequence[Read | None], *, has_bad: bool
) -> tuple[Frame, dict[str, nw.Expr]]:
    """Assess each profile that occurs once, and join the results to the rows."""
    codes = {f"_careassure_code_{n}": _code(read) for n, read in enumerate(reads) if read is not None}
    facts = {name: fact_column(request, where) for name, where in request.facts if isinstance(where, str)}
    for number, where in enumerate(facts.values()):
        said = nw.when(nw.col(where)).then(nw.lit(1)).otherwise(nw.lit(0))
        codes[f"_careassure_fact_{number}"] = nw.when(nw.col(where).is_null()).then(nw.lit(UNKNOWN)).otherwise(said)
    frame = frame.with_columns(**{name: code.cast(nw.Int32) for name, code in codes.items()})
    good = frame.filter(~nw.col("_careassure_bad")) if has_bad else frame
    found = good.select(*codes).unique().collect().rows(named=True)
    fixed = {name: value for name, value in request.facts if isinstance(value, bool)}
    outcomes: list[Outcome] = []
    for row in found:
        cells = [row.get(f"_careassure_code_{number}", UNKNOWN) for number in range(len(reads))]
        told = {name: row[f"_careassure_fact_{number}"] for number, name in enumerate(facts)}
        known = {name: bool(value) for name, value in told.items() if value != UNKNOWN}
        outcomes.append(assess_codes(request, cells, fixed | known))
    columns = columns_of(request, outcomes)
    table = _results(found, list(codes), columns, outcomes)
    joined = _join(frame, table, list(codes))
    results: dict[str, nw.Expr] = {}
    for column in columns:
        made = nw.col(f"_careassure_{column.key}")
        if column.kind == "grade":
            ranks = [(made == rank, rank) for rank in range(len(column.words))]
            made = in_words(frame, ranks, None, column.words)
        results[column.name] = made
        if column.kind == "text":
            results[column.name] = nw.lit(column.text)
    return joined, results


def _code(read: Read) -> nw.Expr:
    cases = [(where, code) for code, where in read.states]
    if read.unknown is not None:
        cases.append((read.unknown, UNKNOWN))
    if read.odd is not None:
        cases.append((read.odd, BAD))
    return chain(cases, read.rank)


def _results(
    found: Sequence[dict[str, Any]], codes: Sequence[str], columns: Sequence[OutputColumn], outcomes: Sequence[Outcome]
) -> Any:  # noqa: ANN401
    """The profiles with their results, as a table of PyArrow."""
    import pyarrow as pa

    kinds = {"whole": pa.int32(), "truth": pa.bool_(), "grade": pa.int32()}
    arrays = {name: pa.array([row[name] for row in found], pa.int32()) for name in codes}
    for column in columns:
        if column.kind == "text":
            continue
        values: list[Any] = [value_of(column, outcome) for outcome in outcomes]
        if column.kind == "grade":
            rank = {word: place for place, word in enumerate(column.words)}
            values = [None if value is None else rank[value] for value in values]
        arrays[f"_careassure_{column.key}"] = pa.array(values, kinds[column.kind])
    return pa.table(arrays)


def _join(frame: Frame, table: Any, on: Sequence[str]) -> Frame:  # noqa: ANN401
    """Put a small table beside a lazy one, in the lazy one's engine."""
    native = frame.to_native()
    implementation = frame.implementation
    if implementation.is_polars():
        import polars as pl

        small = pl.DataFrame(pl.from_arrow(table)).lazy()
        joined: Frame = nw.from_native(native.join(small, on=list(on), how="left", maintain_order="left"))
        return joined
    if implementation.is_duckdb():
        names = ", ".join(f'"{name}"' for name in on)
        rest = ", ".join(f'small."{name}"' for name in table.column_names if name not in on)
        # The relation's own connection is used: it finds the table by the name of the variable.
        results = table  # noqa: F841  # pyright: ignore[reportUnusedVariable]
        query = f"select big.*, {rest} from big left join results as small using ({names})"  # noqa: S608
        found: Frame = nw.from_native(native.query("big", query))
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


def _to_spark(session: Any, table: Any) -> Any:  # noqa: ANN401
    """A table of PyArrow in Spark; since Spark 4 no Python is started on the workers for it."""
    if int(session.version.partition(".")[0]) >= 4:
        return session.createDataFrame(table)
    kinds = {"int32": "int", "bool": "boolean"}
    schema = ", ".join(f"`{field.name}` {kinds[str(field.type)]}" for field in table.schema)
    return session.createDataFrame([tuple(row.values()) for row in table.to_pylist()], schema)
