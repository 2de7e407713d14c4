"""The conformance kit for readers: what ships conforms, and each wrong reader is caught by the check meant for it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import sleep
from typing import Any, cast

import attrs
import pytest

import careassure as ca
from careassure.errors import CareAssureError, Problem, UnknownFileError
from careassure.plugins.host import PluginHost
from careassure.tables import Opened, Reader, Reading, Seen, audit_of, read_file
from careassure.testing import ReaderConformanceError, check_reader
from careassure.testing.check import CheckFailedError
from careassure.testing.reader_checks import CHECKS
from careassure.testing.readers import PROMISED

VISITS = "Council code,Visits,Manager\nE09000007,12,Q. Nobody\nE09000008,many,\nE09000009,7,Q. Nobody\n"
TURNS = count()


@attrs.frozen
class Visits:
    """A row of the right reader."""

    code: str
    visits: int


@attrs.define
class Loose:
    """A row that can be changed."""

    code: str


@attrs.frozen
class Floating:
    """A row with a float."""

    visits: float


def knows(seen: Seen) -> bool:
    """A table with a code and visits."""
    return seen.has("Council code", "Visits")


def read(opened: Opened) -> Reading:
    """What a right reader makes of it."""
    found: list[object] = []
    problems: list[Problem] = []
    rows = refused = people = 0
    for line in opened.lines():
        rows += 1
        code, visits = line.cells[:2] if not line.problems else ("", "")
        if code and visits.isascii() and visits.isdigit() and len(visits) < 9:
            found.append(Visits(code, int(visits)))
            people += bool(line.cells[2])
        else:
            refused += 1
            problems.append(Problem(opened.place(line.number), "it has no code or no count of visits"))
    audit = audit_of(opened.seen.headers, (0, 1), rows, refused)
    return Reading("Visits.", found, audit, left_out=[f"{people} names of managers."], problems=problems)


RIGHT = Reader("visits", "Visits", "A row for each council.", "our region", knows, read)
ZOO: dict[str, tuple[str, Callable[[], Reader]]] = {}


def caught_by(check: str) -> Callable[[Callable[[], Reader]], Callable[[], Reader]]:
    """A wrong reader, and the check that it fails."""

    def note(make: Callable[[], Reader]) -> Callable[[], Reader]:
        ZOO[make.__name__] = check, make
        return make

    return note


def with_read(change: Callable[[Opened, Reading], Any]) -> Reader:
    """The right reader, with another reading."""
    return attrs.evolve(RIGHT, read=lambda opened: change(opened, read(opened)))


@caught_by("described")
def shouts() -> Reader:
    """Its id cannot be typed."""
    return attrs.evolve(RIGHT, id="Visits!")


@caught_by("described")
def says_nothing() -> Reader:
    """Nobody knows whose file it is."""
    return attrs.evolve(RIGHT, source=" ")


@caught_by("recognises")
def raises_when_asked() -> Reader:
    """It looks for a key where there is none."""
    return attrs.evolve(RIGHT, recognises=lambda seen: cast("Any", seen.data)["format"] == "visits")


@caught_by("recognises")
def answers_in_words() -> Reader:
    """Something that is true, and not True."""
    return attrs.evolve(RIGHT, recognises=cast("Any", lambda seen: seen.headers))


@caught_by("recognises")
def changes_its_mind() -> Reader:
    """Every other time."""
    return attrs.evolve(RIGHT, recognises=lambda seen: knows(seen) and next(TURNS) % 2 == 0)


@caught_by("recognises")
def takes_its_time() -> Reader:
    """As if it read the whole file."""

    def slowly(seen: Seen) -> bool:
        known = knows(seen)
        sleep(0.3 * known)
        return known

    return attrs.evolve(RIGHT, recognises=slowly)


@caught_by("recognises")
def does_not_know_its_own() -> Reader:
    """It never says yes."""
    return attrs.evolve(RIGHT, recognises=lambda seen: False)


@caught_by("modest")
def knows_everything() -> Reader:
    """It takes the files of all others."""
    return attrs.evolve(RIGHT, recognises=lambda seen: True)


@caught_by("modest")
def knows_what_is_empty() -> Reader:
    """All of nothing is true."""
    return attrs.evolve(RIGHT, recognises=lambda seen: all("i" in header for header in seen.headers))


@caught_by("counts")
def drops_bad_rows() -> Reader:
    """In silence, as if they had not been there."""
    return with_read(
        lambda _, good: attrs.evolve(good, audit=attrs.evolve(good.audit, rows=good.audit.kept, refused=0))
    )


@caught_by("counts")
def forgets_a_column() -> Reader:
    """A column is neither used nor not used."""
    return with_read(lambda _, good: attrs.evolve(good, audit=attrs.evolve(good.audit, ignored=())))


def filled_up(opened: Opened) -> Iterator[Visits]:
    """Rows with what is missing filled in."""
    for line in opened.lines():
        name, visits = (*line.cells, "", "")[:2]
        yield Visits(name, int(visits) if visits.isascii() and visits.isdigit() and len(visits) < 9 else 0)


@caught_by("broken-rows")
def fills_up() -> Reader:
    """A cell that is not there counts as none."""

    def reading(opened: Opened, good: Reading) -> Reading:
        rows = tuple(filled_up(opened))
        return Reading("V.", rows, attrs.evolve(good.audit, kept=len(rows), refused=0))

    return with_read(reading)


@caught_by("plain-values")
def gives_dictionaries() -> Reader:
    """Anyone can change them."""
    return with_read(lambda _, good: attrs.evolve(good, rows=[{"visits": 1}]))


@caught_by("plain-values")
def gives_what_can_be_changed() -> Reader:
    """A value that is not frozen."""
    return with_read(lambda _, good: attrs.evolve(good, rows=[Loose("x")]))


@caught_by("plain-values")
def goes_through_a_float() -> Reader:
    """Text that was made a float."""
    return with_read(lambda _, good: attrs.evolve(good, rows=[Floating(1.5)]))


@caught_by("same-again")
def counts_its_calls() -> Reader:
    """Another reading each time."""
    return with_read(lambda _, good: attrs.evolve(good, notes=[f"Call {next(TURNS)}."]))


@caught_by("no-people")
def keeps_a_name() -> Reader:
    """In a note, where nobody would look."""
    return with_read(lambda opened, good: attrs.evolve(good, notes=[line.cells[-1] for line in opened.lines()]))


@caught_by("refuses")
def raises_what_python_does() -> Reader:
    """It trusts that a count is a number that can be read."""

    def reading(opened: Opened, good: Reading) -> Reading:
        for line in opened.lines():
            if line.cells[1] != "many" and not line.problems:
                int(line.cells[1])
        return good

    return with_read(reading)


@caught_by("counts")
def returns_none() -> Reader:
    """It forgot to."""
    return with_read(lambda _, good: None)


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """A file that the right reader knows."""
    path = tmp_path / "visits.csv"
    path.write_text(VISITS, encoding="utf-8")
    return path


def test_a_right_reader_conforms(visits: Path) -> None:
    """All checks run, and pass."""
    report = check_reader(RIGHT, [visits])
    assert report.ok
    assert [result.status for result in report.results] == ["passed"] * PROMISED
    assert str(report).startswith("visits: conforms\n")


@pytest.mark.parametrize("name", ZOO)
def test_each_wrong_reader_is_caught_by_the_check_meant_for_it(name: str, visits: Path) -> None:
    """By that check; others may fail too."""
    check, make = ZOO[name]
    with pytest.raises(ReaderConformanceError) as caught:
        check_reader(make(), [visits])
    assert check in [result.name for result in caught.value.report.failures]
    assert str(pickle.loads(pickle.dumps(caught.value))).startswith(make().id)


def test_every_check_catches_somebody() -> None:
    """No check is there for show."""
    assert {check for check, _ in ZOO.values()} == {name for name, _ in CHECKS}
    assert len(CHECKS) == PROMISED


def test_a_name_is_found_that_no_column_is_called_after(visits: Path) -> None:
    """Where it is given."""
    kept = with_read(lambda _, good: attrs.evolve(good, notes=["Asked: J. Doe."]))
    assert [result.name for result in check_reader(kept, [visits], people=["J. Doe"], on_fail="report").failures] == [
        "no-people"
    ]


@pytest.mark.parametrize(("reader", "files"), [(RIGHT, []), ("visits", ["x"])])
def test_nothing_to_check_is_not_conforming(reader: Any, files: list[str]) -> None:
    """A kit that looked at nothing says so."""
    with pytest.raises((CheckFailedError, CareAssureError)):
        check_reader(reader, files)


def test_a_file_that_two_readers_know_is_refused_with_both_names(visits: Path) -> None:
    """The order decides nothing."""
    host = PluginHost(discover=False)

    def plugin(reader: Reader) -> Any:
        space: Any = type("Space", (), {})()
        space.careassure_readers = ca.hookimpl(lambda: [reader])
        return space

    host.register(plugin(attrs.evolve(RIGHT, id="zz")), "zz", "acme-zz", "1.0")
    assert read_file(visits, host=host).source == "acme-zz 1.0"
    host.register(plugin(attrs.evolve(RIGHT, id="aa")), "aa", "acme-aa", "1.0")
    with pytest.raises(UnknownFileError, match=r"aa \(from acme-aa 1.0\) and zz \(from acme-zz 1.0\)"):
        read_file(visits, host=host)
