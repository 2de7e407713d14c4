"""The reader of CQC's ratings file: a row for each location, service and domain, read into one assessment each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import define, field

import careassure as ca
from careassure.errors import CareAssureError, Problem
from careassure.tables import Line, Opened, Reader, Reading, Seen, audit_of, column
from careassure_cqc_provider.days import day_of
from careassure_cqc_provider.directory import MOST_PROBLEMS
from careassure_cqc_provider.people import public_name
from careassure_cqc_provider.resources import framework, own_method

_DOMAIN = ("Domain", "Key Question")
_GROUP = ("Service / Population Group", "Service / Population Group Name")
_WHOLE = "overall"
_MOST_COMPARED = 5_000
"""So many different sets of ratings are compared with their Overall."""
_COLUMNS = {
    "id": ("Location ID", "Provider ID"),
    "name": ("Location Name", "Provider Name"),
    "group": _GROUP,
    "domain": _DOMAIN,
    "rating": ("Latest Rating",),
    "day": ("Publication Date",),
    "kind": ("Report Type",),
    "inherited": ("Inherited Rating (Y/N)",),
}


def _recognises(seen: Seen) -> bool:
    """A column of domains, which before 2019 were called key questions, one of ratings, and an id."""
    return (
        seen.has("Latest Rating")
        and column(seen.headers, *_DOMAIN) is not None
        and (seen.has("Location ID") or seen.has("Provider ID"))
    )


@define
class _Rated:
    """What the rows of one location and service say together."""

    name: str
    kind: str
    inherited: bool
    marks: dict[str, tuple[str, str, int]] = field(factory=dict)


def _read(opened: Opened) -> Reading:
    headers = opened.seen.headers
    at = {name: _place(headers, names) for name, names in _COLUMNS.items()}
    found: dict[tuple[str, str, str], _Rated] = {}
    problems: list[Problem] = []
    rows = refused = hidden = again = 0
    for line in opened.lines():
        rows += 1
        wrong = line.problems or tuple(_row_problems(opened, line, at, headers))
        if not wrong:
            cells = {name: line.cells[place].strip() if place is not None else "" for name, place in at.items()}
            rated = found.setdefault((cells["id"], cells["group"], cells["kind"]), _Rated("", cells["kind"], False))
            public = public_name(cells["name"])
            hidden += bool(cells["name"]) and not public and not rated.marks
            rated.name, rated.inherited = public, cells["inherited"].upper() == "Y"
            domain = _domain(cells["domain"])
            mark = (cells["rating"], cells["day"], line.number)
            before = rated.marks.setdefault(domain, mark)
            again += before[:2] == mark[:2] and before is not mark
            if before[:2] != mark[:2]:
                said = (
                    f"{cells['id']} has another {cells['domain']} for {cells['group'] or 'itself'} in row {before[2]:,}"
                )
                wrong = (Problem(opened.place(line.number, headers[at["rating"] or 0]), said, "Keep one of the two"),)
        refused += bool(wrong)
        problems += wrong if refused <= MOST_PROBLEMS else ()
    made = [_assessment(key, rated) for key, rated in found.items() if rated.marks]
    overall = sum(_WHOLE in rated.marks for rated in found.values())
    notes = [f"Overall ratings: {overall:,}. They are compared, and not scored.", *_compared(made)]
    notes += [f"Rows that say the same as a row above: {again:,}."] if again else []
    many = len({key[0] for key in found})
    return Reading(
        f"CQC's latest ratings. Locations or providers: {many:,}. Sets of ratings: {len(made):,}.",
        made,
        audit_of(headers, at.values(), rows, refused),
        left_out=[f"{hidden:,} names that begin like a person's. Their ids are kept."] if hidden else (),
        problems=problems,
        notes=notes,
    )


def _place(headers: tuple[str, ...], names: tuple[str, ...]) -> int | None:
    """The column of the first of these names that there is."""
    return next((place for name in names if (place := column(headers, name)) is not None), None)


def _row_problems(opened: Opened, line: Line, at: dict[str, int | None], headers: tuple[str, ...]) -> Iterator[Problem]:
    for name in ("id", "domain", "rating", "day"):
        place = at[name]
        if place is None:
            continue
        text, where = line.cells[place].strip(), opened.place(line.number, headers[place])
        try:
            if name == "id" and not text:
                yield Problem(where, "the id is blank", "Give the id of the location")
            elif name == "domain":
                _domain(text)
            elif name == "rating" and text:
                _rating(text)
            elif name == "day" and text:
                day_of(text)
        except CareAssureError as error:
            yield Problem(where, error.message, error.hint)


@cache
def _domain(text: str) -> str:
    return _WHOLE if text.casefold() == _WHOLE else framework("cqc-provider").resolve(text)


@cache
def _rating(text: str) -> ca.Grade | ca.NotRated:
    return framework("cqc-provider").scale("cqc-rating").read(text)


def _ends(days: set[str]) -> str:
    """The oldest and the newest of some days, in a sentence."""
    oldest, newest = (ca.PartialDate.parse(day).words for day in (min(days), max(days)))
    return f"The oldest is of {oldest}, the newest of {newest}."


def _assessment(key: tuple[str, str, str], rated: _Rated) -> ca.Assessment:
    code, group, kind = key
    overall = rated.marks.get(_WHOLE, ("", "", 0))
    days = {day_of(day) for _, day, _ in rated.marks.values() if day}
    asked = {day_of(day) for name, (_, day, _) in rated.marks.items() if day and name != _WHOLE}
    state = _rating(overall[0]) if overall[0] else None
    notes = [
        f"Service: {group}." if group and group.casefold() != _WHOLE else "",
        f"Report: {kind}." if kind else "",
        f"Overall: {state}." if isinstance(state, ca.NotRated) else "",
        f"The key questions carry ratings of different dates. {_ends(asked)}" if len(asked) > 1 else "",
        "The ratings are carried over from the provider before." if rated.inherited else "",
    ]
    return ca.Assessment.of(
        ca.Body(code, rated.name or code, "provider"),
        {domain: mark[0] or None for domain, mark in rated.marks.items() if domain != _WHOLE},
        framework=framework("cqc-provider"),
        kind="published",
        id="/".join(filter(None, [code, "" if group.casefold() == _WHOLE else group, kind])),
        published=day_of(overall[1]) if overall[1] else max(days, default=None),
        stated=ca.Stated(state if isinstance(state, ca.Grade) else None),
        confidence="official",
        licence="OGL-UK-3.0",
        sources=(f"https://www.cqc.org.uk/location/{code}",),
        notes=" ".join(filter(None, notes)),
    )


def _compared(made: list[ca.Assessment]) -> list[str]:
    """Whether the Overall ratings follow from the key questions by CQC's rating principles."""
    rated = [item for item in made if item.stated.rating is not None]
    if not rated:
        return []
    alike: dict[tuple[object, ...], list[ca.Assessment]] = {}
    for item in rated:  # many locations have the same ratings: each set of them is worked out once
        alike.setdefault(_ratings(item), []).append(item)
    if len(alike) > _MOST_COMPARED:
        return [f"The {len(rated):,} Overall ratings are too different to compare here; use careassure.reconcile."]
    results = ca.reconcile([items[0] for items in alike.values()], own_method("kloe", "cqc-provider"))
    status = {key: result.status for key, result in zip(alike, results, strict=True)}
    agree = sum(len(items) for key, items in alike.items() if status[key] == "agrees")
    differ = [item.id for item in rated if status[_ratings(item)] == "differs"]
    named = f", differing for {', '.join(differ[:3])}{' and others' if len(differ) > 3 else ''}" if differ else ""
    return [f"Overall follows from the key questions by the rating principles for {agree:,} of {len(rated):,}{named}."]


def _ratings(item: ca.Assessment) -> tuple[object, ...]:
    """All that its comparison rests on."""
    return (*item.scores.items(), item.stated.rating)


CQC_RATINGS = Reader(
    "cqc-ratings",
    "CQC's latest ratings",
    "One assessment for each location, service and kind of report. The Overall rating is compared and not scored.",
    "Care Quality Commission, https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
    _recognises,
    _read,
)
"""The reader."""
