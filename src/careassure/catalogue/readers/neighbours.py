"""Readers of lists of councils that are alike. The lists are brought by the user: none ships."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from careassure.errors import Problem
from careassure.model.ids import shown
from careassure.model.text import fold, plural
from careassure.tables.reader import Opened, Reader, Reading, Seen, audit_of, column
from careassure.tables.sector import Neighbour
from careassure.tables.table import Audit

_CODE = re.compile(r"[A-Z][0-9]{8}")
_HINT = "Give a code such as E09000007"
_OWN = ("la_code_new",)
_THEIRS = ("stat_neighbours_la_code",)


def _is_list(seen: Seen) -> bool:
    """Two columns, a code and a name, and nothing else."""
    return {fold(header) for header in seen.headers} == {"area code", "area name"} and len(seen.headers) == 2


def _read_list(opened: Opened) -> Reading:
    headers = opened.seen.headers
    code_at = column(headers, "area_code") or 0
    found: list[Neighbour] = []
    problems: list[Problem] = []
    rows = refused = 0
    for line in opened.lines():
        rows += 1
        code = line.cells[code_at].strip().upper() if line.cells else ""
        wrong = line.problems or _code_problems(opened, line.number, headers[code_at], code)
        if wrong:
            refused += 1
            problems += wrong
        else:
            found.append(Neighbour("", code, line.cells[1 - code_at].strip(), len(found) + 1))
    return Reading(
        f"A list of {plural(len(found), 'area')}, such as the nearest neighbours of a council.",
        found,
        audit_of(headers, (0, 1), rows, refused),
        problems=problems,
        notes=("The file does not say whose neighbours they are, nor whether the nearest comes first.",),
    )


def _code_problems(opened: Opened, row: int | str, header: str, code: str) -> tuple[Problem, ...]:
    if _CODE.fullmatch(code):
        return ()
    if not code:
        return (Problem(opened.place(row, header), "the cell is blank", _HINT),)
    return (Problem(opened.place(row, header), f"{shown(code)} is not a code of an area", _HINT),)


def _is_mapping(seen: Seen) -> bool:
    """JSON with a code for every key and a list of codes for every value."""
    data = seen.data
    return (
        isinstance(data, Mapping)
        and bool(data)
        and all(_CODE.fullmatch(key) and isinstance(codes, tuple) for key, codes in data.items())
        and all(isinstance(code, str) for codes in data.values() if isinstance(codes, tuple) for code in codes)
    )


def _read_mapping(opened: Opened) -> Reading:
    data = opened.seen.data
    found: list[Neighbour] = []
    problems: list[Problem] = []
    rows = own = refused = 0
    for area, codes in data.items() if isinstance(data, Mapping) else ():
        for place, given in enumerate(codes if isinstance(codes, tuple) else (), 1):
            rows += 1
            code = str(given).strip().upper()
            wrong = _code_problems(opened, area, "", code)
            refused += bool(wrong)
            problems += wrong
            own += code == area
            if not wrong and code != area:
                found.append(Neighbour(area, code, place=place))
    left_out = [f"{plural(own, 'council')} in its own list: no council is its own neighbour."] if own else []
    return Reading(
        f"Nearest neighbours of {plural(len({row.area for row in found}), 'council')}.",
        found,
        Audit(rows, rows - refused, refused),
        left_out=left_out,
        problems=problems,
        notes=_order_note(found),
    )


def _order_note(found: list[Neighbour]) -> tuple[str, ...]:
    """Whether the lists are sorted by code, which is not the order of nearness."""
    lists: dict[str, list[str]] = {}
    for row in found:
        lists.setdefault(row.area, []).append(row.neighbour)
    if lists and all(codes == sorted(codes) for codes in lists.values()):
        return ("The lists are sorted by code: the first of a list is not the nearest.",)
    return ()


def _is_lookup(seen: Seen) -> bool:
    return column(seen.headers, *_OWN) is not None and column(seen.headers, *_THEIRS) is not None


def _read_lookup(opened: Opened) -> Reading:
    headers = opened.seen.headers
    own, theirs = column(headers, *_OWN) or 0, column(headers, *_THEIRS) or 0
    found: list[Neighbour] = []
    problems: list[Problem] = []
    rows = refused = blank = 0
    for line in opened.lines():
        rows += 1
        wrong = line.problems
        if not wrong:
            area = line.cells[own].strip().upper()
            codes = list(_listed(line.cells[theirs]))
            blank += not codes
            wrong = (
                *_code_problems(opened, line.number, headers[own], area),
                *(p for code in codes for p in _code_problems(opened, line.number, headers[theirs], code)),
            )
            found += [] if wrong else [Neighbour(area, code, place=at) for at, code in enumerate(codes, 1)]
        refused += bool(wrong)
        problems += wrong
    notes = ["These are the statistical neighbours of children's services, which are not those of adult social care."]
    notes += [f"{plural(blank, 'row')} without neighbours."] if blank else []
    return Reading(
        f"Statistical neighbours of {plural(len({row.area for row in found}), 'council')}, for children's services.",
        found,
        audit_of(headers, (own, theirs), rows, refused),
        problems=problems,
        notes=notes,
    )


def _listed(text: str) -> Iterator[str]:
    return (code.strip().upper() for code in text.split(",") if code.strip())


NEIGHBOUR_READERS = (
    Reader(
        "neighbour-list",
        "A list of neighbours",
        "The codes and names of councils that are like one council. The file does not say which.",
        "CIPFA nearest neighbours by LG Inform, https://lginform.local.gov.uk; NHS England near neighbours",
        _is_list,
        _read_list,
    ),
    Reader(
        "neighbours-json",
        "Nearest neighbours of many councils",
        "For the code of each council a list of codes. A council in its own list is left out.",
        "Oflog, https://github.com/communitiesuk/oflog-automated-text",
        _is_mapping,
        _read_mapping,
    ),
    Reader(
        "childrens-neighbours",
        "Statistical neighbours of children's services",
        "For the code of each council the codes of its statistical neighbours; other columns are not kept.",
        "Department for Education, https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
        _is_lookup,
        _read_lookup,
    ),
)
"""The readers of such lists."""
