"""Who a council is compared with: those of its region or kind, all, or a list that the user brings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from attrs import frozen

from careassure.api.lookup import find_subject
from careassure.api.matching import match_file
from careassure.api.readers import looked_at, read_opened
from careassure.catalogue.councils import register
from careassure.catalogue.nearest import nearest_in
from careassure.errors import InvalidInputError, NameLookupError, Place, Problem, UnknownFileError, collecting
from careassure.io.files import path_of
from careassure.model.assessment import Assessment
from careassure.model.council import KIND_WORDS, Body, Council
from careassure.model.ids import shown
from careassure.model.showing import short_repr
from careassure.tables.sector import Neighbour

Peers = str | os.PathLike[str] | Iterable[str | Council | Body]
"""Peers: ``region``, ``kind``, ``all``, a list of councils, or the file of such a list."""

_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".xls", ".json")
_USE = "Use region, kind, all, a list of councils or the file of one"


@frozen
class LeftOut:
    """A peer that is not compared.

    Args:
        council: Its name, or the code that a list has for it.
        reason: Why.
    """

    council: str
    reason: str

    __repr__ = short_repr


@frozen
class Group:
    """The peers that were asked for.

    Args:
        words: Who they are, as in "the other councils in London".
        councils: The peers, without the council itself, by code.
        left_out: Those that stand for no council of today.
        notes: What the file of a list says of it.
    """

    words: str
    councils: tuple[Council | Body, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    __repr__ = short_repr


def group_of(assessment: Assessment, peers: Peers, others: Sequence[Assessment]) -> Group:
    """The peers of whoever was assessed.

    Args:
        assessment: The assessment.
        peers: Which peers are meant.
        others: The results that there are, which are all there is of bodies that are not councils.

    Raises:
        InvalidInputError: It is not known who is meant; all that is wrong is listed.
        ReadError: The file of a list cannot be read.
    """
    subject = assessment.council
    if isinstance(peers, os.PathLike) or (isinstance(peers, str) and peers.lower().endswith(_ENDINGS)):
        return _from_file(subject, peers)
    if not isinstance(peers, str):
        return _from_list(assessment, peers)
    if peers in ("region", "kind") and not isinstance(subject, Council):
        said = f"{subject} is not one of the councils, so its {peers} is not known"
        raise InvalidInputError("the peers", [Problem("", said, "Use all, or a list of councils")])
    found: dict[str, Council | Body] = {item.council.code: item.council for item in others}
    found |= {council.code: council for council in register().councils} if isinstance(subject, Council) else {}
    if peers == "region" and isinstance(subject, Council):
        words = f"the other councils in {subject.region}"
        found = {code: c for code, c in found.items() if isinstance(c, Council) and c.region == subject.region}
    elif peers == "kind" and isinstance(subject, Council):
        words = f"the other {KIND_WORDS[subject.kind]}"
        found = {code: c for code, c in found.items() if isinstance(c, Council) and c.kind == subject.kind}
    elif peers in ("all", "england"):
        words = "all other councils" if assessment.framework.subject == "council" else "all others"
    else:
        raise InvalidInputError("the peers", [Problem("", f"{shown(peers)} is not a group", _USE)])
    return Group(words, _sorted(subject, found))


def _sorted(subject: Council | Body, found: dict[str, Council | Body]) -> tuple[Council | Body, ...]:
    return tuple(found[code] for code in sorted(found) if code != subject.code)


def _from_list(assessment: Assessment, peers: Iterable[str | Council | Body]) -> Group:
    """The peers that were named; all names that are not known are said at once."""
    found: dict[str, Council | Body] = {}
    with collecting("the peers") as problems:
        for item in peers:
            try:
                peer = find_subject(item, assessment.framework)
            except NameLookupError as error:
                problems.append(Problem("", error.message, error.hint))
            else:
                found[peer.code] = peer
    return Group("the councils that were named", _sorted(assessment.council, found))


def _from_file(subject: Council | Body, path: str | os.PathLike[str]) -> Group:
    """The neighbours in a file that a reader knows, or the councils in a column of a table."""
    opened, reader = looked_at(path)
    where = path_of(path)
    if reader is None and opened.table is None:
        raise UnknownFileError("it is JSON, but not a list of neighbours", where=where, hint=_USE)
    if reader is None:
        return _from_column(subject, path)
    reading = read_opened(opened, reader)
    if any(not isinstance(row, Neighbour) for row in reading.rows):
        raise UnknownFileError("it does not hold a list of councils", where=where, hint=_USE)
    try:
        nearest = nearest_in(reading, subject.code, subject.name)
    except InvalidInputError as error:
        said = [problem._replace(where=problem.where._replace(file=where)) for problem in error.problems]
        raise InvalidInputError("the peers", said) from None
    found: dict[str, Council | Body] = {council.code: council for council in nearest.councils}
    reason = "not a council with adult social care duties in England"
    left_out = tuple(LeftOut(name, reason) for name in nearest.others)
    return Group(f"the councils in {opened.file}", _sorted(subject, found), left_out, reading.notes)


def _from_column(subject: Council | Body, path: str | os.PathLike[str]) -> Group:
    matched = match_file(path)
    found: dict[str, Council | Body] = {}
    with collecting("the peers") as problems:
        for line in matched.matches.lines:
            if line.council is not None:
                found[line.council.code] = line.council
            elif line.how != "blank":
                place = Place(matched.layout.file, line.row, matched.column)
                said = line.problem or f"{shown(line.given)} is {line.how}"
                problems.append(Problem(place, said, "Correct the name, or give its code"))
    return Group(f"the councils in {matched.layout.file}", _sorted(subject, found), notes=matched.layout.notes)
