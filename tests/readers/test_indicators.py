"""Readers of indicators and of lists of neighbours: what they keep, what they refuse, and what they do not know."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import ReadError, UnknownFileError
from careassure.figures import Suppressed
from careassure.tables import Figure, Neighbour, Reading, Seen, read_file, readers
from careassure.testing import check_reader

TIDY = "area_code,area_name,period,indicator,measure,unit,value\n"
ASCOF = (
    "Geographical Code,Geographical Description,Geographical Level,ONS Area Code,ASCOF Measure Code,"
    "Disaggregation Level,Measure Type,Measure Value,Measure Group,Measure Group Description\n"
)
# Layouts of the publishers, each with rows of our own making, and the reader that knows it.
FILES = {
    "tidy-indicators": TIDY + "E09000003,Barnet,2014/15,Satisfied,Percentage,Persons,61\n",
    "ascof": ASCOF + "301,Barking and Dagenham,Council,E09000002,3A,Total,Outcome,61.5,Overall,Satisfaction\n",
    "oflog": (
        "Financial year,Local authority code,Local authority name,Grouping,Entity_Name,Region,Measure,Code,Value,"
        "MEDIAN,MADs_from_median,rank_order\n"
        "2022-23,E08000036,Wakefield,LA_Raw,M,Y,Quality of Life,ASC2,0.427,0.4,0.9,desc\n"
    ),
    "asc-fr": (
        "UUID,FY_Ending,CASSR_CODE,GEOGRAPHY_CODE,REGION_GO_CODE,DataType_KEY,AgeBand_KEY,ItemValue\n"
        "8610101,2017,104,E06000057,E12000001,1,1,295.86\n"
    ),
    "lg-inform": "area,area label,area long label,2022 Q1,2022 Q2\nE08000009,Trafford,Trafford MBC,78.8,78.5\n",
    "area-values": "area,value\nE08000016,9\nBarnet,7\n",
    "neighbour-list": "area_code,area_name\nE06000030,Swindon\nE06000007,Warrington",
    "neighbours-json": '{"E09000007": ["E09000005", "E09000007"]}',
    "childrens-neighbours": 'la_code_new,name,stat_neighbours_la_code\nE09000002,B,"E09000010, E06000032"\n',
}


def reading(folder: Path, text: str, name: str = "file") -> Reading:
    """What is read of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_file(path)


@pytest.mark.parametrize(("id", "text"), FILES.items())
def test_each_layout_is_known_to_one_reader_whatever_the_file_is_called(id: str, text: str, tmp_path: Path) -> None:
    """A reader goes by what the file holds; its rows are counted."""
    found = [reading(tmp_path, text, name) for name in ("a.txt", "scores[1].csv", "b.json")]
    assert [each.reader for each in found] == [id] * 3
    assert all(each.rows for each in found)
    assert found[0].source.startswith("careassure ")
    assert found[0].audit.refused == 0 < found[0].audit.kept == found[0].audit.rows


def test_a_figure_is_exact_and_keeps_what_was_printed(tmp_path: Path) -> None:
    """Marks stay marks, blanks are not known, and nothing goes through a float."""
    cells = ["0.1", "3.00000000000000000001", "[c]", "", "12.3 [p]", '"1,204"', "NA", "38%"]
    found = reading(tmp_path, TIDY + "".join(f"E09000003,Barnet,2014/15,I,P,U,{cell}\n" for cell in cells))
    figures = [row for row in found.rows if isinstance(row, Figure)]
    values = [figure.value for figure in figures]
    tiny = 3 + Fraction(1, 10**20)
    assert values == [Fraction(1, 10), tiny, Suppressed("c"), None, Fraction(123, 10), 1204, Suppressed("x"), 38]
    assert [figure.printed for figure in figures] == [cell.strip('"') for cell in cells]
    assert [figure.marks for figure in figures] == [(), (), (), (), ("p",), (), (), ()]
    assert "1 value blank: not known, and never counted as zero." in found.notes


@given(st.lists(st.sampled_from(["1", "2.5", "[c]", "", "many", "#N/A", "1/2"]), max_size=8))
def test_kept_and_refused_are_all_rows(cells: list[str]) -> None:
    """Every row is counted once, and each refused one is told with its row and column."""
    wrong = [number for number, cell in enumerate(cells, 2) if cell in ("many", "#N/A", "1/2")]
    path = Path(mkdtemp()) / "x"
    path.write_text(TIDY + "".join(f"E09000003,B,2014/15,I,P,U,{cell}\n" for cell in cells), encoding="utf-8")
    found = read_file(path)
    assert (found.audit.rows, found.audit.refused) == (len(cells), len(wrong))
    assert [(problem.where.row, problem.where.column) for problem in found.problems] == [(n, "value") for n in wrong]


def test_lg_informs_second_header_is_told_and_is_no_area(tmp_path: Path) -> None:
    """The web service repeats the headers in a row of their own."""
    text = FILES["lg-inform"].replace("\n", "\narea,area label,area long label,v,v\n", 1)
    found = reading(tmp_path, text)
    assert [row.area for row in found.rows if isinstance(row, Figure)] == ["E08000009"] * 2
    assert "Row 2 repeats the column headers and is not an area." in found.notes


def test_a_council_is_not_its_own_neighbour(tmp_path: Path) -> None:
    """Oflog's lists hold the council itself, and are sorted by code: both are told."""
    found = reading(tmp_path, json.dumps({"E09000007": ["E09000005", "E09000007", "E09000009"]}))
    assert found.rows == (Neighbour("E09000007", "E09000005", place=1), Neighbour("E09000007", "E09000009", place=3))
    assert found.left_out == ("1 council in its own list: no council is its own neighbour.",)
    assert found.notes == ("The lists are sorted by code: the first of a list is not the nearest.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no reader knows this table, with the columns 'a' and 'b'"),
        ('{"a": 1}', "no reader knows this JSON, with the keys 'a'"),
        ("[{}]", "no reader knows this JSON, a list of 1 item"),
        ("{}", "no reader knows this JSON, an empty object"),
    ],
)
def test_a_file_that_nobody_knows_is_refused_with_who_was_asked(text: str, said: str, tmp_path: Path) -> None:
    """It says what was seen of the file, and which readers were asked."""
    path = tmp_path / "x"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownFileError, match="Tried: area-values, asc-fr") as caught:
        ca.read(path)
    assert caught.value.message == said


@pytest.mark.parametrize("item", readers(), ids=lambda item: item.id)
def test_no_reader_knows_what_is_empty(item: ca.tables.InstalledReader) -> None:
    """Nothing seen is nothing known."""
    empties = [Seen(), Seen({}), Seen(()), Seen(None, ("",)), Seen("x"), Seen(True), Seen(None, ("a", "b"), ((),))]
    assert [item.recognises(seen) for seen in empties] == [False] * len(empties)


@pytest.mark.parametrize("text", ["", " \n", "[", '{"a": ', '{"a": 1, "a": 2}', "\0\0", '{"a": NaN}'])
def test_what_is_broken_is_refused_in_our_words(text: str, tmp_path: Path) -> None:
    """By ca.read, whatever it might have been."""
    path = tmp_path / "x"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError):
        ca.read(path)


def test_own_files_are_read_as_before(tmp_path: Path) -> None:
    """Assessments with and without a format, in TOML and JSON."""
    given = ca.Assessment.of("Camden", [3] * 9)
    ca.write(given, tmp_path / "a.json")
    ca.write(given, tmp_path / "a.toml")
    bare = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    del bare["format"]
    (tmp_path / "bare.json").write_text(json.dumps(bare), encoding="utf-8")
    assert [ca.read(tmp_path / name) for name in ("a.json", "a.toml", "bare.json")] == [given] * 3


@pytest.mark.parametrize("id", FILES)
def test_what_ships_conforms(id: str, tmp_path: Path) -> None:
    """Every check of the kit, on a file of its layout; no layout is left out."""
    path = tmp_path / "file"
    path.write_text(FILES[id], encoding="utf-8")
    by_id = {item.id: item.reader for item in readers()}
    assert by_id.keys() == FILES.keys()
    assert check_reader(by_id[id], [path]).ok
