"""The conformance checks of a reader of files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from time import perf_counter
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from careassure.errors import CareAssureError, Problem
from careassure.io.formats import Json
from careassure.model.assessment import Assessment
from careassure.model.dates import PartialDate
from careassure.model.ids import is_slug
from careassure.model.scale import Grade, NotRated
from careassure.model.shorthand import Suppressed
from careassure.model.text import plural
from careassure.plugins.guard import touch
from careassure.tables.plain import plain_rows
from careassure.tables.reader import Opened, Reader, Reading, Seen
from careassure.tables.table import Layout, Line, TableFile
from careassure.testing.check import CheckFailedError

T = TypeVar("T")
SLOWEST = 0.25
"""So many seconds a reader may take to say whether it knows a file."""
_PLAIN = (str, int, bool, Fraction, date, PartialDate, Grade, NotRated, Suppressed, type(None))
_PERSON = re.compile(r"manager|inspector|nominated individual|contact|^person", re.IGNORECASE)
_JUNK = ("\0", "#REF!", "9" * 5000, "1e999999999", "\u202e", "=1+1", "n/a ", "31/02/2026", "-1", "''")
_ODD: tuple[Json, ...] = (None, "", "\0", True, (), (None,), MappingProxyType({}), "9" * 5000)
STRANGE = (
    Seen(),
    Seen(MappingProxyType({})),
    Seen(()),
    Seen("text"),
    Seen(True),
    Seen((None, "x", (), MappingProxyType({"": None}))),
    Seen(MappingProxyType({"a": MappingProxyType({"b": ("c", None)})})),
    Seen(None, ("",), (("",),)),
    Seen(None, ("x",), ((), ("1", "2"))),
    Seen(None, ("Council", "QS1", "QS2"), (("Camden", "3", "3"),)),
    Seen(None, ("name", "amount"), (("a", "1"),)),
)
"""What no reader of the sector's files knows: nothing, odd JSON, and tables of other kinds."""


@attrs.frozen
class ReaderBench:
    """A reader that is checked, with files that it knows.

    Args:
        reader: The reader.
        files: The files, opened.
        people: Names of people in them.
    """

    reader: Reader
    files: tuple[Opened, ...]
    people: tuple[str, ...] = ()

    def knows(self, seen: Seen) -> object:
        """What the reader says to whether it knows a file."""
        return _touched("asked whether it knows a file, it raised", self.reader.recognises, seen)

    def read(self, opened: Opened) -> Reading | None:
        """What it makes of a file; None where it refuses it in our words."""
        try:
            found: object = self.reader.read(opened)
        except CareAssureError:
            return None
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise CheckFailedError(f"reading {opened.file} raised {type(error).__name__}: {error}") from error
        if type(found) is not Reading:
            raise CheckFailedError(f"it made {type(found).__name__} of {opened.file}, not a Reading")
        return found

    def each(self) -> Iterator[tuple[Opened, Reading]]:
        """Each file that it is given, with what it makes of it."""
        for opened in self.files:
            found = self.read(opened)
            if found is None:
                raise CheckFailedError(f"it refuses {opened.file}, which it should know")
            yield opened, found


def _touched(what: str, function: Callable[..., T], *arguments: object) -> T:
    return touch(lambda why: CheckFailedError(f"{what} {why}"), function, *arguments)


def described(bench: ReaderBench) -> str:
    """It has an id of lower-case letters, digits and hyphens, and says what it reads and who publishes it."""
    reader = bench.reader
    if not is_slug(reader.id):
        raise CheckFailedError(f"its id is {reader.id!r}", hint="Use lower-case letters, digits and hyphens")
    for name in ("title", "about", "source"):
        text = getattr(reader, name)
        if not isinstance(text, str) or not text.strip() or "\n" in text:
            raise CheckFailedError(f"its {name} is {text!r}", hint="Write one line of text")
    return reader.title


def recognises(bench: ReaderBench) -> str:
    """It knows the files that it is for, by what they hold; it says True or False, quickly, and the same each time."""
    for seen in [*(opened.seen for opened in bench.files), *STRANGE]:
        start = perf_counter()
        answers = [bench.knows(seen), bench.knows(seen)]
        took = (perf_counter() - start) / 2
        if any(type(answer) is not bool for answer in answers):
            raise CheckFailedError(f"asked whether it knows a file, it said {answers[0]!r}", hint="Say True or False")
        if answers[0] is not answers[1]:
            raise CheckFailedError("asked twice whether it knows a file, it said True once and False once")
        if took > SLOWEST:
            raise CheckFailedError(f"it took {took:.1f} seconds to say whether it knows a file")
    unknown = [opened.file for opened in bench.files if not bench.knows(opened.seen)]
    if unknown:
        raise CheckFailedError(f"it does not know {unknown[0]}, which it is for")
    return plural(len(bench.files), "file")


def modest(bench: ReaderBench) -> str:
    """It does not know what is empty, or a file of another kind."""
    for seen in STRANGE:
        if bench.knows(seen) is not False:
            raise CheckFailedError(f"it claims to know a file with nothing of its own in it: {seen!r}")
    return f"{len(STRANGE)} other files"


def counts(bench: ReaderBench) -> str:
    """Every row of a table is counted once: kept, or refused with a reason; and every column is used or not."""
    total = 0
    for opened, found in bench.each():
        audit = found.audit
        total += audit.rows
        if audit.refused and not found.problems:
            raise CheckFailedError(f"{opened.file}: rows are refused without a reason")
        if opened.table is None:
            continue
        rows = sum(1 for _ in opened.lines())
        if audit.rows != rows:
            raise CheckFailedError(f"{opened.file} has {rows:,} rows, and {audit.rows:,} are counted")
        headers = sorted(filter(None, opened.seen.headers))
        if sorted(filter(None, [*audit.used, *audit.ignored])) != headers:
            raise CheckFailedError(f"{opened.file}: not every column is told as used or not used, once")
    return plural(total, "row")


def broken_rows(bench: ReaderBench) -> str:
    """A row that is wrong in its form is refused, never filled up."""
    looked = 0
    for opened in bench.files:
        if opened.table is None:
            continue
        lines = tuple(opened.lines())
        problem = Problem(opened.place(2), "it has too few cells")
        cut = [line._replace(cells=line.cells[:1], problems=(problem,)) for line in lines]
        found = bench.read(_with_lines(opened, cut))
        looked += len(cut)
        if found is not None and (found.audit.refused != len(cut) or found.rows):
            raise CheckFailedError(f"{opened.file}: rows that are cut short are kept")
    return plural(looked, "row")


def plain_values(bench: ReaderBench) -> str:
    """What it gives are assessments, or frozen values whose fields are plain: no float, no list, no dictionary."""
    count = 0
    for opened, found in bench.each():
        for row in found.rows:
            count += 1
            if isinstance(row, Assessment):
                continue
            kind: Any = type(row)
            if not attrs.has(kind) or kind.__setattr__ is object.__setattr__:
                raise CheckFailedError(f"{opened.file}: a row is {kind.__name__}, not a frozen value of attrs")
            for field in attrs.fields(kind):
                value = getattr(row, field.name)
                for item in value if type(value) is tuple else (value,):
                    if type(item) not in _PLAIN:
                        raise CheckFailedError(f"{opened.file}: {field.name} is {item!r:.60}, which is not plain")
    return plural(count, "value")


def same_again(bench: ReaderBench) -> str:
    """The same file gives the same reading, and neither the file nor what was seen of it is changed."""
    for opened, found in bench.each():
        before = repr(opened.seen.headers), opened.seen.rows
        again = bench.read(opened)
        if again != found:
            raise CheckFailedError(f"{opened.file} gives another reading the second time")
        if (repr(opened.seen.headers), opened.seen.rows) != before:
            raise CheckFailedError(f"{opened.file}: what was seen of it is changed")
    return plural(len(bench.files), "file")


def no_people(bench: ReaderBench) -> str:
    """No name of a person in a file is in its rows, its notes or its problems."""
    looked = 0
    for opened, found in bench.each():
        text = f"{found}\n{list(plain_rows(found))}"
        for name in {*bench.people, *_people_in(opened)}:
            looked += 1
            if name in text:
                raise CheckFailedError(f"{opened.file}: the name of a person is kept: {name!r}")
    return f"{plural(looked, 'name')} looked for"


def refuses(bench: ReaderBench) -> str:
    """Whatever a file that looks like one of its own holds, it is read, or refused by an error of careassure."""
    count = 0
    for opened in bench.files:
        for spoilt in _spoilt(opened):
            count += 1
            found = bench.read(spoilt)
            if found is not None and spoilt.table is not None:
                rows = sum(1 for _ in spoilt.lines())
                if found.audit.rows != rows:
                    raise CheckFailedError(
                        f"a spoilt {opened.file} has {rows:,} rows, and {found.audit.rows:,} are counted"
                    )
    return f"{plural(count, 'spoilt file')}"


CHECKS: tuple[tuple[str, Callable[[ReaderBench], str]], ...] = (
    ("described", described),
    ("recognises", recognises),
    ("modest", modest),
    ("counts", counts),
    ("broken-rows", broken_rows),
    ("plain-values", plain_values),
    ("same-again", same_again),
    ("no-people", no_people),
    ("refuses", refuses),
)
"""Every check, with its name."""


def _people_in(opened: Opened) -> Iterator[str]:
    """Names of people, by the columns and the fields that hold them."""
    places = [place for place, header in enumerate(opened.seen.headers) if _PERSON.search(header)]
    for line in opened.lines() if places else ():
        yield from (name for place in places if place < len(line.cells) and len(name := line.cells[place].strip()) > 3)
    yield from _named(opened.seen.data)


def _named(data: Json) -> Iterator[str]:
    if isinstance(data, tuple):
        for item in data:
            yield from _named(item)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if isinstance(value, str) and _PERSON.search(key) and len(value) > 3:
                yield value
            yield from _named(value)


def _with_lines(opened: Opened, lines: Sequence[Line]) -> Opened:
    layout = opened.table.layout if opened.table else Layout(opened.file, "delimited", opened.seen.headers, 1)
    seen = attrs.evolve(opened.seen, rows=tuple(line.cells for line in lines[:20]))
    return Opened(opened.file, seen, TableFile(layout, lambda: iter(lines)))


def _spoilt(opened: Opened) -> Iterator[Opened]:
    """A file with one thing in it replaced by something that should not be there."""
    if opened.table is None:
        for data in _spoilt_json(opened.seen.data):
            yield attrs.evolve(opened, seen=Seen(data))
        return
    lines = tuple(opened.lines())[:5]
    yield _with_lines(opened, ())
    for at in range(len(opened.seen.headers) if lines else 0):
        for junk in (*_JUNK, ""):
            cells = lines[0].cells
            changed = lines[0]._replace(cells=(*cells[:at], junk, *cells[at + 1 :]))
            yield _with_lines(opened, (changed, *lines[1:]))


def _spoilt_json(data: Json, depth: int = 0) -> Iterator[Json]:
    """JSON with one value replaced, at any depth to which files go."""
    if depth > 10:
        return
    if isinstance(data, Mapping):
        for key, value in data.items():
            for other in _ODD:
                yield MappingProxyType({**data, key: other})
            for inner in _spoilt_json(value, depth + 1):
                yield MappingProxyType({**data, key: inner})
    elif isinstance(data, tuple):
        for at, value in enumerate(data[:3]):
            yield (*data[:at], *data[at + 1 :])
            yield (*data[:at], None, *data[at + 1 :])
            for inner in _spoilt_json(value, depth + 1):
                yield (*data[:at], inner, *data[at + 1 :])
