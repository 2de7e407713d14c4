"""Indicators of adult social care with their published values, and the metrics that CQC names for its statements."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, get_args

from careassure.catalogue.councils import register
from careassure.catalogue.cqc import cqc_la
from careassure.catalogue.resources import cells, read_rows
from careassure.errors import AmbiguousNameError, NameLookupError
from careassure.figures.cqc_metrics import ListState, Metric, MetricList
from careassure.figures.financial_years import financial_year
from careassure.figures.model import ENGLAND, Bearing, Indicator, IndicatorKey, Polarity, Value
from careassure.model.arguments import checked
from careassure.model.council import Council
from careassure.model.ids import shown
from careassure.model.reference import Basis, Reference
from careassure.model.shorthand import Suppressed
from careassure.model.text import join, near

SET: Final = "ascof"
"""The set of the shipped indicators: the adult social care outcomes framework."""

YEAR: Final = "2024-25"
"""The year of the shipped list."""

WARNING: Final = (
    "The publisher says that these figures serve to compare councils and to improve, and that nobody can judge from "
    "them how effective a council is."
)
"""What the publisher says about the use of the figures, in our words."""

_PUBLISHED = "2025-12-18"
_READ = "2026-11-22"
_OLD_YEAR = "2022-23"
_OLD_ELSEWHERE = {"4B": "another measure"}  # codes of the old list whose measure is not in the new one
_POLARITIES: dict[str, Polarity] = {word: word for word in get_args(Polarity)}
_BASES: dict[str, Basis] = {word: word for word in get_args(Basis)}
_STATES: dict[str, ListState] = {word: word for word in get_args(ListState)}


def _old_codes() -> dict[str, str]:
    """For each code of the list of 2022-23, as far as known, the code of the same measure in the shipped list."""
    return {row["code_2022_23"]: row["code"] for row in read_rows("ascof_2024_25.csv") if row["code_2022_23"]}


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every shipped indicator, in the order of its publisher's list.

    They are the 25 lines of the adult social care outcomes framework for 2024-25, published by the Department of
    Health and Social Care on 18 December 2025. Which way is better is our reading of each definition.
    """
    return tuple(_indicator(row) for row in read_rows("ascof_2024_25.csv"))


def _indicator(row: dict[str, str]) -> Indicator:
    page = row["source_url"]
    return Indicator(
        SET,
        YEAR,
        row["code"],
        row["title"],
        row["unit"],
        _POLARITIES[row["polarity"]],
        _BASES[row["polarity_basis"]],
        row["source"],
        row["denominator"],
        _PUBLISHED,
        comparable_from=row["comparable_from"] or None,
        in_development=row["in_development"] == "yes",
        statements=[
            Bearing(name, _BASES[basis]) for name, basis in (cell.split(":") for cell in cells(row["statements"]))
        ],
        aliases=[IndicatorKey(SET, _OLD_YEAR, row["code_2022_23"])] if row["code_2022_23"] else [],
        references=[
            Reference(
                "values",
                "Department of Health and Social Care, Measures from the Adult Social Care Outcomes Framework, "
                "England, 2024 to 2025",
                page,
                "18 December 2025",
                _READ,
            ),
            Reference(
                "uses",
                "Department of Health and Social Care, the same, data sources, quality and uses",
                f"{page}/measures-from-ascof-england-2024-to-2025-data-sources-quality-and-uses",
                "How the data can be used",
                _READ,
            ),
        ],
        licence=row["licence"],
        warning=WARNING,
    )


@checked
def indicator(code: str, *, year: str | None = None) -> Indicator:
    """The shipped indicator of that code.

    Codes were given anew in 2023-24. Without a year a code is refused that stood for another measure in the list of
    2022-23, alone or with another part in brackets, and one whose own measure had another code then.

    Args:
        code: A code such as ``3A``, or a whole key such as ``ascof 2024-25 3A``.
        year: The year of the list that gives the code its meaning.

    Raises:
        AmbiguousNameError: The code alone could mean different measures.
        NameLookupError: There is no such code in that year's list, or no list of that year ships.
        InvalidInputError: The year is not a financial year.
    """
    if len(code.split()) == 3:
        key = IndicatorKey.parse(code)
        if key.set.casefold() != SET:
            raise NameLookupError(f"no set {shown(key.set)} ships", hint=f"The shipped set is {SET}")
        code, year = key.code, key.year if year is None else year
    code = code.strip()
    by_code = {item.code.casefold(): item for item in indicators()}
    if year is not None and financial_year(year) != YEAR:
        raise _not_shipped(code, financial_year(year))
    found = by_code.get(code.casefold())
    if found is None:
        old = {name.casefold(): new for name, new in _old_codes().items()}.get(code.casefold())
        hint = (
            f"In {_OLD_YEAR} it was the code of what is now {by_code[old.casefold()]}" if old and year is None else ""
        )
        codes = [i.code for i in by_code.values()]
        guesses = near(code, codes)
        raise NameLookupError(
            f"the list of {YEAR} has no indicator {shown(code)}",
            hint=hint or ("" if guesses else f"It has {join(codes)}"),
            suggestions=guesses,
        )
    if year is None:
        _refuse_reused(found)
    return found


def _not_shipped(code: str, year: str) -> NameLookupError:
    new = _old_codes().get(code.upper()) or _old_codes().get(code) if year == _OLD_YEAR else None
    if new is None:
        return NameLookupError(f"no list of {year} ships", hint=f"The shipped list is that of {YEAR}")
    return NameLookupError(
        f"no list of {year} ships; {code} of that year is {new} of {YEAR}",
        hint=f"Ask for {shown(f'{SET} {YEAR} {new}')} if you mean that measure",
    )


def _refuse_reused(found: Indicator) -> None:
    """Refuse a code without a year where the list of 2022-23 gave it, or its group, to another measure."""
    group = _group(found.code)
    meant = [
        f"{old} was what is now {new}"
        for old, new in _old_codes().items()
        if new != found.code and (old == found.code or (_group(old) == group and _group(new) != group))
    ]
    if found.code in _OLD_ELSEWHERE:
        meant.append(f"{found.code} was {_OLD_ELSEWHERE[found.code]}")
    was = [alias.code for alias in found.aliases if alias.code != found.code]
    if not meant and was:
        meant.append(f"this measure was {was[0]}")
    if meant:
        key = f"{SET} {YEAR} {found.code}"
        raise AmbiguousNameError(
            f"the code {found.code} alone is ambiguous: in {_OLD_YEAR} {join(meant)}",
            hint=f"Give the whole key: {shown(key)} means {found.title[0].lower()}{found.title[1:]}",
        )


def _group(code: str) -> str:
    """The code without its part in brackets."""
    return code.split("(", maxsplit=1)[0]


@cache
def _values() -> dict[str, tuple[Value, ...]]:
    source = indicators()[0].references[0].url
    found: dict[str, list[Value]] = {item.code: [] for item in indicators()}
    for row in read_rows("ascof_2024_25_values.csv"):
        found[row["indicator"]].append(
            Value(
                IndicatorKey(SET, YEAR, row["indicator"]),
                row["area"],
                row["period"],
                _number(row["value"]),
                name=row["name"],
                printed=row["value"],
                council=_council(row["area"]),
                source=source,
            )
        )
    return {code: tuple(values) for code, values in found.items()}


def _number(text: str) -> Fraction | Suppressed:
    return Suppressed.parse(text) if text.startswith("[") else Fraction(text)


@lru_cache(maxsize=1024)
def _council(code: str) -> Council | None:
    """The council of today that a printed code stands for; None where the area was merged or divided."""
    return register().area(code)


def _shipped(item: Indicator | str) -> Indicator:
    found = indicator(item) if isinstance(item, str) else item
    if found.key not in {known.key for known in indicators()}:
        raise NameLookupError(f"no values of {found.key} ship", hint="Give values of your own")
    return found


@checked
def indicator_values(item: Indicator | str, period: str | None = None) -> tuple[Value, ...]:
    """What is published of an indicator for every area, in the order of the table.

    Former areas stand under their printed name and code, without a council. Marks stay marks.

    Args:
        item: A shipped indicator, or its code where that is unambiguous.
        period: The financial year; all that ship where None.

    Raises:
        NameLookupError: No values of it ship, or none of that period.
    """
    found = _shipped(item)
    values = _values()[found.code]
    if period is None:
        return values
    wanted = financial_year(period)
    chosen = tuple(value for value in values if value.period == wanted)
    if not chosen:
        known = sorted({value.period for value in values})
        raise NameLookupError(
            f"no values of {found.code} for {wanted} ship", hint=f"There are values for {join(known)}"
        )
    return chosen


@checked
def england_values(item: Indicator | str) -> tuple[Value, ...]:
    """What is published of an indicator for England, the latest period first; one or two values.

    Raises:
        NameLookupError: No values of it ship.
    """
    found = _shipped(item)
    row = next(row for row in read_rows("ascof_2024_25.csv") if row["code"] == found.code)
    pairs = [(row["period"], row["england"]), (row["period_before"], row["england_before"])]
    return tuple(
        Value(found.key, ENGLAND, period, _number(text), name="England", printed=text, source=row["source_url"])
        for period, text in pairs
        if text
    )


@cache
def _metric_lists() -> dict[str, MetricList]:
    rows = read_rows("cqc_metrics.csv")
    lists: dict[str, MetricList] = {}
    for statement in dict.fromkeys(row["statement"] for row in rows):
        mine = [row for row in rows if row["statement"] == statement]
        title = "Care Quality Commission, Assessment framework for local authorities: full list of metrics"
        lists[statement] = MetricList(
            statement,
            _STATES[mine[0]["state"]],
            tuple(_metric(row) for row in mine if row["number"]),
            tuple(
                Reference(f"metrics-{place}", title, url, read=mine[0]["read"])
                for place, url in enumerate(cells(mine[0]["source"]), 1)
            ),
            mine[0]["note"],
        )
    return lists


def _metric(row: dict[str, str]) -> Metric:
    return Metric(
        row["statement"],
        int(row["number"]),
        row["survey"],
        row["title"],
        _POLARITIES[row["polarity"]],
        _BASES[row["polarity_basis"]],
        IndicatorKey.parse(row["indicator"]) if row["indicator"] else None,
    )


@checked
def metrics(statement: str) -> MetricList:
    """The metrics that CQC says it looks at under a statement of its assessment of councils, as far as known.

    Args:
        statement: The statement by its id, its title or a short name such as ``QS1``.

    Raises:
        UnknownStatementError: The framework has no such statement.
    """
    return _metric_lists()[cqc_la()[-1].resolve(statement, levels=["statement"])]


def is_shipped(key: IndicatorKey) -> bool | None:
    """Whether an indicator ships; None where nothing of its set does."""
    keys = {item.key for item in indicators()}
    return key in keys if key.set in {item.set for item in keys} else None
