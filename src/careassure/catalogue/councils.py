"""The 153 councils with adult social care duties in England."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import get_args

from careassure.catalogue.resources import cells, read_rows
from careassure.model.council import Council, Kind
from careassure.model.former import ComingCouncil, Elsewhere, FormerCode, OtherCouncil
from careassure.model.reference import Confidence
from careassure.model.register import Register

_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_ELSEWHERE: dict[str, Elsewhere] = {kind: kind for kind in get_args(Elsewhere)}
CONFIDENCES: dict[str, Confidence] = {word: word for word in get_args(Confidence)}


@cache
def register() -> Register:
    """Every council, with the codes that are no longer in use."""
    former = tuple(
        FormerCode(
            row["code"],
            row["name"],
            cells(row["successors"]),
            row["source"],
            row["licence"],
            CONFIDENCES[row["confidence"]],
            cells(row["aliases"]),
            _KINDS.get(row["kind"]),
            row["region"],
            _day(row["began"]),
            _day(row["ended"]),
        )
        for row in read_rows("former_councils.csv")
    )
    councils = tuple(
        Council(
            row["code"],
            row["name"],
            _KINDS[row["kind"]],
            row["region"],
            cells(row["aliases"]),
            tuple(old.code for old in former if row["code"] in old.successors),
            row["source"],
            row["licence"],
            CONFIDENCES[row["confidence"]],
            _day(row["began"]),
            _day(row["ended"]),
        )
        for row in read_rows("councils.csv")
    )
    coming = tuple(
        ComingCouncil(row["name"], dt.date.fromisoformat(row["began"]), cells(row["predecessors"]), row["source"])
        for row in read_rows("coming_councils.csv")
    )
    return Register(councils, former, coming, _others)


def _others() -> tuple[OtherCouncil, ...]:
    return tuple(
        OtherCouncil(row["code"], row["name"], cells(row["aliases"]), _ELSEWHERE[row["kind"]], row["council"])
        for row in read_rows("other_councils.csv")
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
