"""Backlogs: periods that begin with what the one before left open."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.figures.backlogs import backlog, read_backlog

counts = st.integers(0, 10**6)


@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=6), st.none() | counts)
def test_the_periods_explain_what_all_of_them_explain(rows: list[tuple[int, int, int]], opening: int | None) -> None:
    """What is unexplained over all periods is the closing less the opening, received and not completed."""
    found = backlog({str(n): row for n, row in enumerate(rows)}, opening=opening)
    known = rows if opening is not None else rows[1:]
    first = opening if opening is not None else rows[0][2]
    if known:
        assert found.unexplained == known[-1][2] - first - sum(row[0] - row[1] for row in known)
    else:
        assert found.unexplained is None
    assert len(found.periods) == len(rows)
    assert (found.periods[0].stock.opening is None) == (opening is None)


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "years.csv"
    path.write_text("\n".join([*rows, ""]), encoding="utf-8")
    return path


def test_a_file_is_read_with_its_commas_and_openings(tmp_path: Path) -> None:
    """Numbers with commas are read; an opening that is not what was open before is said, and the latter counts."""
    path = table(
        tmp_path, "Year,Received,Completed,Open,Opening", '2025,"1,000",900,"1,100","1,000"', "2026,500,600,1000,1090"
    )
    found = read_backlog(path, rounded_to=5)
    assert found.periods[0].stock.opening == 1000
    assert found.periods[1].stock.opening == 1100
    assert found.unexplained == Fraction(0)
    assert found.notes == (
        "2026: 1,090 open at the start are printed, and 1,100 at the end of the period before. The latter is used.",
    )


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    """Blank cells, words and a period that is named twice are told at once with their rows and columns."""
    path = table(tmp_path, "Year,Received,Completed,Open", "2025,1,,2", "2026,many,1,2", "2027,1,1,1", "2027,1,1,1")
    with pytest.raises(InvalidInputError) as caught:
        read_backlog(path)
    assert [(each.where.row, each.where.column) for each in caught.value.problems] == [
        (2, "Completed"),
        (3, "Received"),
        (5, "Year"),
    ]


@pytest.mark.parametrize(
    ("columns", "opening", "words"),
    [({"colour": "x"}, None, "nothing that is read"), ({"period": "Nowhere"}, None, "no column is called"),
     ({}, 5, "the table says that 7 were open")],
)  # fmt: skip
def test_what_is_asked_must_be_there(tmp_path: Path, columns: dict[str, str], opening: int | None, words: str) -> None:
    """A column that is not there, or a second opening, is refused."""
    path = table(tmp_path, "Year,Received,Completed,Open,Opening", "2025,1,1,7,7")
    with pytest.raises(InvalidInputError, match=words):
        read_backlog(path, columns, opening=opening)


def test_a_setting_that_is_no_number_is_named() -> None:
    """An opening, a length or a rounding that is no number is named, all at once."""
    with pytest.raises(InvalidInputError) as caught:
        backlog({"2026": (1, 2, 3)}, opening="x", rounded_to="y")
    assert [str(problem.where) for problem in caught.value.problems] == ["opening", "rounded_to"]
