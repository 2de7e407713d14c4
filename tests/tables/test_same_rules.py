"""What is said of the rows of a table is the same in delimited text and in every kind of spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import CareAssureError, ReadError
from careassure.tables.headers import Headings
from careassure.tables.opening import open_table
from careassure.tables.rows import Below
from tables.spreadsheets import ods_parts, ods_table, xlsx_parts, xlsx_rows, zip_file

KINDS = ("csv", "xlsx", "ods")
Grid = Sequence[str]
"""Rows, each as ``a|b``; a blank row is an empty text."""
HEAD = "council|QS1|QS2|QS3"
ROWS = ("Fernshire|3|3|4", "Millbrook|2|3|3", "Saltmarsh|2|2|2")


def made(folder: Path, kind: str, grid: Grid) -> Path:
    """A file of a kind that holds the rows; in text each has as many cells as the widest, as Excel writes them."""
    path = folder / f"t.{kind}"
    if kind == "csv":
        width = max(row.count("|") for row in grid) + 1
        text = io.StringIO()
        csv.writer(text).writerows([*(cells := row.split("|")), *[""] * (width - len(cells))] for row in grid)
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return path
    if kind == "ods":
        return zip_file(path, ods_parts(ods_table(*(row or "<table:table-row/>" for row in grid))))
    return zip_file(path, xlsx_parts(xlsx_rows(*(row or "<row/>" for row in grid))))


def read(path: Path) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, str]]]:
    """The rows in which nothing is wrong, and what is wrong with the others, by their numbers."""
    lines = list(open_table(path).read())
    kept = [(line.number, line.cells) for line in lines if not line.problems]
    return kept, [(line.number, problem.message) for line in lines for problem in line.problems]


def several(count: int) -> list[str]:
    """So many rows of data, more than are looked at one by one before the quick way is taken."""
    return [f"Council {at}|3|2|{at % 4 + 1}" for at in range(count)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", [0, 40])
class TestRowsBelowTheHeaders:
    """Each case with few rows above it, and with many, which are read in a quicker way."""

    def test_repeated_headers_are_one_refused_row(self, kind: str, before: int, tmp_path: Path) -> None:
        grid = [HEAD, *several(before), *ROWS, HEAD, "Harrowdale|3|3|3"]
        kept, wrong = read(made(tmp_path, kind, grid))
        assert wrong == [(before + 5, "the column headers are repeated")]
        assert [number for number, _ in kept] == [*range(2, before + 5), before + 6]

    @pytest.mark.parametrize("again", [HEAD, "council|QS1|QS2", "authority|QS1|QS2|QS3", "QS3|QS2|QS1|council"])
    def test_headers_below_a_blank_row_begin_a_second_table(
        self, kind: str, before: int, again: str, tmp_path: Path
    ) -> None:
        grid = [HEAD, *several(before), *ROWS, "", again, "Harrowdale|1|1|1", "Eastmere|1|1|1"]
        kept, wrong = read(made(tmp_path, kind, grid))
        first = before + 6
        assert [number for number, _ in wrong] == [first, first + 1, first + 2]
        assert wrong[0][1].startswith("a second table seems to begin here")
        assert {message for _, message in wrong[1:]} == {f"it belongs to a second table, which begins in row {first}"}
        assert len(kept) == before + 3

    @pytest.mark.parametrize(
        "second", [["Region|Average", "North|2.5", "South|3"], ["Theme|Lead|Score|Note", "One|Two|3|4", "Three|x|2|y"]]
    )
    def test_another_table_below_a_blank_row_is_refused(
        self, kind: str, before: int, second: list[str], tmp_path: Path
    ) -> None:
        grid = [HEAD, *several(before), *ROWS, "", *second]
        kept, wrong = read(made(tmp_path, kind, grid))
        assert [number for number, _ in wrong] == [before + 6, before + 7, before + 8]
        assert len(kept) == before + 3

    @pytest.mark.parametrize(
        "note",
        ["Source: returns of councils", "Note. Draft", "* provisional", "[c] withheld", "© Crown copyright", "Notes:"],
    )
    @pytest.mark.parametrize("gap", [[], [""]])
    def test_a_note_below_the_table_is_refused(
        self, kind: str, before: int, gap: list[str], note: str, tmp_path: Path
    ) -> None:
        kept, wrong = read(made(tmp_path, kind, [HEAD, *several(before), *ROWS, *gap, note]))
        assert wrong == [(before + 5 + len(gap), "it looks like a note on the table, not a row of it")]
        assert len(kept) == before + 3

    def test_notes_of_several_lines_are_refused(self, kind: str, before: int, tmp_path: Path) -> None:
        notes = ["Notes:", "1. Scores as returned", "2. Draft", "", "Source: returns", "See the minutes"]
        kept, wrong = read(made(tmp_path, kind, [HEAD, *several(before), *ROWS, "", *notes]))
        assert [number - before for number, _ in wrong] == [6, 7, 8, 10, 11]
        assert {message for _, message in wrong} == {"it looks like a note on the table, not a row of it"}
        assert len(kept) == before + 3

    def test_a_sentence_below_a_blank_row_is_a_note(self, kind: str, before: int, tmp_path: Path) -> None:
        said = "These scores were given by the councils themselves."
        kept, wrong = read(made(tmp_path, kind, [HEAD, *several(before), *ROWS, "", said]))
        assert wrong == [(before + 6, "it looks like a note on the table, not a row of it")]
        assert len(kept) == before + 3

    def test_a_name_alone_is_a_council_whose_scores_are_not_known(self, kind: str, before: int, tmp_path: Path) -> None:
        name = "City and County of the City of London"
        kept, wrong = read(made(tmp_path, kind, [HEAD, *several(before), *ROWS, "", name]))
        assert wrong == []
        assert kept[-1] == (before + 6, (name, "", "", ""))

    def test_blank_rows_are_none(self, kind: str, before: int, tmp_path: Path) -> None:
        kept, wrong = read(made(tmp_path, kind, [HEAD, "", *several(before), "", *ROWS, "", " |\u200b|\u00a0", ""]))
        assert wrong == []
        assert [cells[0] for _, cells in kept[-3:]] == ["Fernshire", "Millbrook", "Saltmarsh"]
        assert len(kept) == before + 3

    def test_a_cell_beside_the_table_is_refused(self, kind: str, before: int, tmp_path: Path) -> None:
        rows = several(62 - before if before else 62)  # the first rows are looked at to find the headers
        grid = [HEAD, *several(before), *rows, "Fernshire|3|3|4|see below", *ROWS]
        kept, wrong = read(made(tmp_path, kind, grid))
        (number, message), *others = wrong
        assert not others
        assert number == before + len(rows) + 2
        assert message == "it holds 'see below' in column E, which has no header"
        assert len(kept) == before + len(rows) + 3

    def test_words_below_a_blank_row_may_be_data(self, kind: str, before: int, tmp_path: Path) -> None:
        """Groups of rows with blank rows between them are one table, also where they hold words."""
        grid = [HEAD, *several(before), *ROWS, "", "York|good|inadequate|3", "Hull|2|3|3", "", "Leeds|good", "Bury"]
        kept, wrong = read(made(tmp_path, kind, grid))
        assert wrong == []
        assert len(kept) == before + 7


NUMBERED = "Column A has no header and numbers the rows. It is left out."


@pytest.mark.parametrize("kind", KINDS)
class TestTheRowNumbersOfPrograms:
    """pandas and R write the numbers of rows into a first column without a header."""

    @pytest.mark.parametrize("numbers", [(0, 1, 2), (1, 2, 3), (134, 1583, 3313)])
    def test_they_are_told_and_left_out(self, kind: str, numbers: tuple[int, ...], tmp_path: Path) -> None:
        grid = [f"|{HEAD}", *(f"{number}|{row}" for number, row in zip(numbers, ROWS, strict=True))]
        table = open_table(made(tmp_path, kind, grid))
        assert table.layout.headers == tuple(HEAD.split("|"))
        assert NUMBERED in table.layout.notes
        assert [(line.cells, line.problems) for line in table.read()] == [(tuple(row.split("|")), ()) for row in ROWS]

    def test_below_a_title_too(self, kind: str, tmp_path: Path) -> None:
        table = open_table(made(tmp_path, kind, ["Scores", f"|{HEAD}", f"0|{ROWS[0]}", f"1|{ROWS[1]}"]))
        assert [line.cells[0] for line in table.read()] == ["Fernshire", "Millbrook"]

    @pytest.mark.parametrize("cells", [("3", "3", "4"), ("a", "b", "c"), ("1", "", "3"), ("1.5", "2", "3")])
    def test_other_columns_without_a_header_are_refused(
        self, kind: str, cells: tuple[str, ...], tmp_path: Path
    ) -> None:
        grid = [f"|{HEAD}", *(f"{cell}|{row}" for cell, row in zip(cells, ROWS, strict=True))]
        with pytest.raises(CareAssureError, match="column A has no header, but row 2 holds"):
            open_table(made(tmp_path, kind, grid))

    def test_numbers_in_another_column_are_refused(self, kind: str, tmp_path: Path) -> None:
        grid = ["council||QS1", "Fernshire|1|3", "Millbrook|2|3"]
        with pytest.raises(CareAssureError, match="column B has no header"):
            open_table(made(tmp_path, kind, grid))

    def test_a_later_row_without_a_number_is_refused(self, kind: str, tmp_path: Path) -> None:
        """What stands there is nowhere told, so it may not be passed over."""
        grid = [f"|{HEAD}", *(f"{at}|{row}" for at, row in enumerate(several(70))), f"Total|{ROWS[0]}"]
        kept, wrong = read(made(tmp_path, kind, grid))
        assert wrong == [(72, "it holds 'Total' in column A, which has no header")]
        assert len(kept) == 70


CELLS = st.sampled_from(["", "", "3", "2.5", "good", "York", "QS1", "QS2", "council", "Note: x", "a b c d.", "\u200b"])
GRIDS = st.lists(st.lists(CELLS, max_size=5).map("|".join), max_size=8)


@given(grid=GRIDS, before=st.sampled_from([0, 25]))
def test_all_kinds_say_the_same(grid: list[str], before: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever stands below the headers, the same rows are kept and the same is said of the others."""
    folder = tmp_path_factory.mktemp("same")
    whole = [HEAD, *several(before), *grid]
    whole = [row if row.strip("|") else "" for row in whole]
    answers: list[object] = []
    for kind in KINDS:
        try:
            answers.append(read(made(folder, kind, whole)))
        except CareAssureError as error:
            answers.append(type(error))
    assert answers[0] == answers[1] == answers[2]


class EveryRow(Below):
    """Looks at each row by every rule, however plain it is."""

    @property
    def is_plain(self) -> bool:
        return False


USUAL = st.sampled_from(["3", "Beta", "Camden", "not judged", ""])
ODD_CELLS = st.sampled_from(
    ["council", "QS1", " QS2", "\u200b", " ", "\u00e9", "Note: one", "Source: two", "\u200bNote: x"]
)
RECORDS = st.lists(
    st.tuples(st.sampled_from([1] * 30 + [2, 3]), st.lists(USUAL | ODD_CELLS, min_size=0, max_size=5)), max_size=50
)


@given(records=RECORDS, padded=st.booleans(), plain=st.sampled_from([0, 22, 60, 75]))
def test_the_quick_way_says_what_every_rule_says(
    records: list[tuple[int, list[str]]], padded: bool, plain: int
) -> None:
    """Rows that are looked at together or quickly come out as if each had been looked at by every rule."""
    names = ("council", "QS1", "QS2")
    found = [(1, list(names)), *((number, [f"C{number}", "3", "2"]) for number in range(2, plain + 2))]
    for step, cells in records:
        found.append((found[-1][0] + step, cells))
    headings = Headings(names, 1, (0, 1, 2), 3)
    quick, slow = Below(headings, "t.csv", padded), EveryRow(headings, "t.csv", padded)
    assert [*quick.read(found), *quick.rest()] == [*slow.read(found), *slow.rest()]
    assert (quick.last, quick.seen, quick.second) == (slow.last, slow.seen, slow.second)


def test_rows_before_a_fault_are_given_before_it_is_told() -> None:
    """What is wrong with the file after some rows does not take these rows away."""

    def broken() -> Iterator[tuple[int, list[str]]]:
        for number in range(1, 41):
            yield number, ["council", "QS1"] if number == 1 else [f"C{number}", "3"]
        raise ReadError("it ends here")

    given = Below(Headings(("council", "QS1"), 1, (0, 1), 2), "t.csv", padded=False).read(broken())
    assert [line.number for line in islice(given, 39)] == list(range(2, 41))
    with pytest.raises(ReadError, match="it ends here"):
        next(given)
