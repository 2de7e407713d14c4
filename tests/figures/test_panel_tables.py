"""Panels from tables: who was asked, what they gave, and totals that a table brings with it."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.cli import main
from careassure.errors import InvalidTableError
from careassure.figures import panel, read_panel
from careassure.model.shorthand import Suppressed
from helpers import few

TABLE = """Council,1 April 2016,30 September 2017
Bedford,4,13
Camden,30,28
York,"1,012","1,012"
Leeds,40,
Kent,,No reply
Surrey,[c],22
"""
CELLS = st.sampled_from(["", "4", "30", "1,012", "2.5", "[c]", "No reply"])
ROWS = st.dictionaries(
    st.sampled_from(["Bedford", "Camden", "York", "A", "B", "C"]), st.tuples(CELLS, CELLS), min_size=1
)


def written(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "replies.csv"
    path.write_text(text, encoding="utf-8")
    return path


@few
@given(rows=ROWS)
def test_a_table_says_what_a_mapping_says(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, tuple[str, str]]
) -> None:
    """The panel of a table is that of the same replies by hand; *no reply* is a blank."""
    folder = tmp_path_factory.getbasetemp()
    lines = [f'{name},"{before}","{after}"\n' for name, (before, after) in rows.items()]
    found = read_panel(written(folder, "Council,before,after\n" + "".join(lines)), asked=10)
    sides = [{name: "" if pair[at] == "No reply" else pair[at] for name, pair in rows.items()} for at in (0, 1)]
    assert found == panel(sides[0], sides[1], asked=10)


def test_a_total_that_fits_changes_nothing(tmp_path: Path) -> None:
    """A row of totals is held against the rows, all numbers or those at both dates, and counts as none of them."""
    bare = read_panel(written(tmp_path, TABLE))
    for total in ('Total,"1,086","1,075"', 'Grand total,"1,046","1,053"', 'England,"1,086","1,075"', 'all,"1,090",'):
        found = read_panel(written(tmp_path, f"{TABLE}{total}\n"))
        assert (found.members, found.not_compared) == (bare.members, bare.not_compared)
        assert "is taken as a total and not counted" in found.words
    with pytest.raises(InvalidTableError, match="row 8, column 30 September 2017: Total is 1,070, and the rows add up"):
        read_panel(written(tmp_path, f'{TABLE}Total,"1,086","1,070"\n'))


def test_what_stands_in_the_table_is_kept() -> None:
    """Who is not compared keeps the number or the mark that was given."""
    found = panel({"Leeds": 40, "Surrey": Suppressed("c")}, {"Leeds": None, "Surrey": 22})
    assert [(each.name, each.before, each.after) for each in found.not_compared] == [
        ("Leeds", 40, None),
        ("Surrey", Suppressed("c"), 22),
    ]
    assert found.to_dict()["not_compared"] == {"Leeds": ["40", None], "Surrey": ["[c]", "22"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Council,a,b\nBedford,1,x\nBedford Borough Council,1,2\n,1,2\n",
         ("row 2, column b", "row 3, column Council: Bedford Borough Council has a row already, row 2",
          "row 4, column Council")),
        ("Council,a,b,c\nBedford,1,2,3\n", ("it has 3 columns, and a panel has two",)),
        ("x,a,b\nBedford,1,2\n", ("no column is called council or name",)),
        ("Council,name,b\nBedford,1,2\n", ("several columns may name",)),
        ("Council,a,b\nBedford,1,ask a.person@example.org\n", ("row 2, column b: an email address",)),
        ("Council,a,b\nTotal,1,2\n", ("it names nobody",)),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_place(tmp_path: Path, text: str, said: tuple[str, ...]) -> None:
    """What cannot be read is refused, all of it at once, each with its row and column."""
    with pytest.raises(InvalidTableError) as caught:
        read_panel(written(tmp_path, text))
    assert [each for each in said if each not in str(caught.value)] == []
    assert "person@" not in str(caught.value)


def test_columns_can_be_named(tmp_path: Path) -> None:
    """Columns are found by what a person calls them, and those that are not used are said."""
    path = written(tmp_path, "Note,Was,Now,Body\nx,1,2,Bedford\n")
    found = read_panel(path, name="body", before="was", after="now")
    assert (found.up, found.notes) == (1, ("Not used: the column Note.",))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says the panel in words, and everyone who is named in CSV and JSON."""
    path = str(written(tmp_path, TABLE))
    assert main(["panel", path, "--asked", "152"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "5 of 152 asked replied (3.3 %)" in said
    assert "Kent and 146 who are not named" in said
    assert main(["panel", path, "--asked", "152", "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert "146 who are not named" in err
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(out))}
    assert len(rows) == 6
    assert (rows["Surrey"]["before"], rows["Leeds"]["state"], rows["Camden"]["change"]) == ("[c]", "only before", "-2")
    assert main(["panel", path, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["percent"] == str(Fraction(700, 1046))


def test_printed_totals(capsys: pytest.CaptureFixture[str]) -> None:
    """Totals alone make a panel: the 91 councils of 2018 add up, and a count that does not is refused."""
    both = ("--both", "91", "--down", "42", "--unchanged", "17", "--before", "2,174", "--after", "2,120")
    assert main(["panel", *both, "--up", "32", "--replied", "102", "--asked", "152"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "-54 (-2.48 %). 102 of 152 asked replied (67.1 %). Not compared, without a reply: 50 who are not named." in said
    )
    assert main(["panel", *both, "--up", "31"]) == 1
    assert "31 up, 42 down and 17 unchanged are 90, not 91" in capsys.readouterr().err
    for wrong in ((), ("f.csv", "--both", "1"), ("--both", "1", "--rates")):
        assert main(["panel", *wrong]) == 2
