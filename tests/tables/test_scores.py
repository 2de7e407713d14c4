"""One council's scores from tables of any sensible shape, and what is refused with its cell."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.api.from_tables import assessment_from_table
from careassure.errors import InvalidTableError
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.scale import Scale
from careassure.model.statements import Statement, Theme
from careassure.tables.table import Options
from helpers import few

CQC = ca.framework("cqc-la")
TITLES = [statement.title for statement in CQC.statements]
IDS = [statement.id for statement in CQC.statements]
FORMS = {
    "id": IDS,
    "title": TITLES,
    "code": [f"QS{number}" for number in range(1, 10)],
    "spaced": [f"QS {number}" for number in range(1, 10)],
    "words": [f"Quality statement {number}" for number in range(1, 10)],
    "numbered": [f"{number}. {title}" for number, title in enumerate(TITLES, 1)],
    "behind": [f"{title} (QS{number})" for number, title in enumerate(TITLES, 1)],
}
WORDS = {1: "significant shortfalls", 2: "Some shortfalls", 3: "Good", 4: "Exceptional standard"}
WRITTEN: dict[int | None, list[str]] = {
    None: [""],
    **{score: [str(score), f"{score}.0", f" {score} ", WORDS[score]] for score in WORDS},
}
GOOD = [3, 3, 2, 3, 4, 3, 3, 3, 3]
Rows = list[list[str]]


def write(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A table in a file: a workbook, or CSV."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([None if cell == "" else cell for cell in row])
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return path


def down(scores: Sequence[object] = GOOD, names: Sequence[str] = TITLES) -> list[list[object]]:
    """A table with a row for each statement."""
    return [["Statement", "Score"], *([name, score] for name, score in zip(names, scores, strict=True))]


def refusals(path: Path, **more: object) -> list[str]:
    """What a table is refused for."""
    with pytest.raises(InvalidTableError) as raised:
        assessment_from_table(path, **more)  # type: ignore[arg-type]
    return [str(problem) for problem in raised.value.problems]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[int | None], Rows]:
    """Scores of one council, and a table of them in one of many shapes."""
    scores = draw(st.lists(st.sampled_from([None, 1, 2, 3, 4]), min_size=9, max_size=9).filter(any))
    names = draw(st.sampled_from(sorted(FORMS)))
    order = draw(st.permutations(range(9)))
    cells = [draw(st.sampled_from(WRITTEN[scores[at]])) for at in order]
    heads = [FORMS[names][at] for at in order]
    beside = draw(st.lists(st.sampled_from(["Evidence", "Notes", "Owner", "RAG"]), unique=True, max_size=3))
    if draw(st.booleans()):
        rows = [["Council", *heads, *beside], ["Camden", *cells, *["text, and more"] * len(beside)]]
    else:
        head = draw(st.sampled_from(["Statement", "Quality statement", "Area", "QS"]))
        score = draw(st.sampled_from(["Score", "Score (1-4)", "Rating", "Self-assessment score", "Our score out of 4"]))
        rows = [[*beside, head, score], *([*["a, b"] * len(beside), n, c] for n, c in zip(heads, cells, strict=True))]
    return scores, rows


@few
@given(tables())
def test_any_shape_gives_the_same_assessment(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[list[int | None], Rows]
) -> None:
    """Nine across or nine down, in any order and by any printed names, the scores are those that were written."""
    scores, rows = drawn
    found = assessment_from_table(write(tmp_path_factory.mktemp("t") / "scores.csv", rows))
    assert found.assessment.marks == Assessment.of("Camden", scores).marks
    left = [note for note in found.notes if note.startswith("Columns left alone")]
    others = {"Evidence", "Notes", "Owner", "RAG"} & {*rows[0]}
    assert bool(left) == bool(others)
    assert all(other in left[0] for other in others)


@pytest.mark.parametrize("name", ["scores.xlsx", "scores.csv"])
def test_a_workbook_is_read_as_text_is(tmp_path: Path, name: str) -> None:
    """The same table gives the same assessment from a workbook, in which the scores are numbers."""
    path = write(tmp_path / name, down())
    assert ca.read_assessment(path) == ca.read(path)
    assert ca.read_assessment(path).marks == Assessment.of("Camden", GOOD).marks
    assert ca.read_assessment(path, council="LB Camden").council == ca.council("Camden")


def test_a_title_says_whose_scores_they_are(tmp_path: Path) -> None:
    """A title above the table names the council and the kind of assessment, and both are said."""
    rows: list[list[object]] = [["Leicester City Council self-assessment", ""], *down()]
    assessment, notes = assessment_from_table(write(tmp_path / "scores.xlsx", rows))
    assert assessment.council == ca.council("Leicester")
    assert assessment.kind == "self"
    assert 'The council is Leicester, from the title "Leicester City Council self-assessment".' in notes
    assert any("taken for a self-assessment" in note for note in notes)


def test_two_cells_above_the_table_say_what_it_is_about(tmp_path: Path) -> None:
    """Rows such as "Council, Leicester" above the scores are read."""
    rows: list[list[object]] = [
        ["Council", "Leicester"],
        ["Date of assessment", "14/09/2026"],
        ["Kind", "Peer review"],
        *down(),
    ]
    found = assessment_from_table(write(tmp_path / "scores.csv", rows)).assessment
    assert (str(found.council), str(found.assessed), found.kind) == ("Leicester", "2026-09-14", "peer")


def test_columns_say_what_it_is_about(tmp_path: Path) -> None:
    """So are columns beside the scores, and a code must be the council's."""
    rows = [["Council", "ONS code", "Published", "Type of assessment", *FORMS["code"]]]
    rows.append(["Leicester", "E06000016", "2026-05", "self-assessment", *map(str, GOOD)])
    found = ca.read_assessment(write(tmp_path / "scores.csv", rows))
    assert (str(found.council), str(found.published), found.kind) == ("Leicester", "2026-05", "self")
    rows[1][1] = "E06000001"
    (said,) = refusals(write(tmp_path / "scores.csv", rows))
    assert said.startswith("scores.csv, row 2, column Council: 'Leicester' is Leicester, and the code is that of")


def test_totals_are_compared_and_not_scored(tmp_path: Path) -> None:
    """Averages of themes, totals and an overall result leave the scores as they are; how they go with them is said."""
    rows = down()
    rows[4:4] = [["Theme 1 average", "2.67"]]
    rows += [
        ["Theme 3: Ensuring safety within the system", "3"],
        ["Average", "2.9"],
        ["Total", "27"],
        ["Overall", "75%"],
    ]
    rows += [["Overall rating", "Good"]]
    assessment, notes = assessment_from_table(write(tmp_path / "scores.csv", rows))
    assert assessment.marks == Assessment.of("Camden", GOOD).marks
    assert [note for note in notes if "says" in note or "overall" in note] == [
        '"Theme 1 average" says 2.67: it agrees with the average of the scores.',
        '"Theme 3: Ensuring safety within the system" says 3: it agrees with the average of the scores.',
        '"Average" says 2.9, but the average of the scores is 3.',
        '"Total" says 27: it agrees with the total of the scores.',
        '"Overall" says 75%: it agrees with the percentage of the scores.',
        "The table's overall result is Good. The scores give the same.",
    ]
    assert assessment.stated.rating == CQC.rating("Good")


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9), st.integers(0, 3))
def test_an_average_of_any_digits_agrees(
    tmp_path_factory: pytest.TempPathFactory, scores: list[int], digits: int
) -> None:
    """The average, rounded to any digits, agrees; one that is off by more than its last digit does not."""
    mean = sum(scores) / 9
    path = tmp_path_factory.mktemp("t") / "scores.csv"
    for shown, agrees in ((mean, True), (mean + 2 * 10**-digits, False)):
        notes = assessment_from_table(write(path, [*down(scores), ["Average", f"{shown:.{digits}f}"]])).notes
        assert any("agrees with the average" in note for note in notes) is agrees


def test_blank_and_states_are_no_scores(tmp_path: Path) -> None:
    """A blank cell is not known, and a state is kept."""
    found = ca.read_assessment(write(tmp_path / "scores.csv", down([*GOOD[:6], "", "not judged", 3])))
    assert found.missing == ("safeguarding",)
    assert str(found.scores["governance"]) == "Not judged"


def test_statements_without_a_row_are_told(tmp_path: Path) -> None:
    """A statement that the table does not name is not known, and that is said."""
    assessment, notes = assessment_from_table(write(tmp_path / "scores.csv", down()[:9]))
    assert assessment.missing == ("learning",)
    assert "Not in the table, so not known: Learning, improvement and innovation." in notes


def test_everything_wrong_is_told_at_once_with_its_cell(tmp_path: Path) -> None:
    """Errors of a spreadsheet, fractions, unknown names and wrong numbers are refused together."""
    names = [*TITLES[:5], "5. Safe systems, pathways and transitions", "Safegarding", *TITLES[7:]]
    path = write(tmp_path / "scores.csv", [*down(["#N/A", "3.5", "Good*", 5, 3, 3, 3, 3, 3], names), ["QS1", "2"]])
    said = refusals(path)
    for start, inside in (
        ("scores.csv, row 2, column Score: '#N/A'", "error of a spreadsheet"),
        ("scores.csv, row 3, column Score: '3.5'", "is not a grade"),
        ("scores.csv, row 4, column Score: 'Good*'", ""),
        ("scores.csv, row 5, column Score: 5", "is not a grade"),
        ("scores.csv, row 7, column Statement: in '5. Safe systems, ", "is number 6, not 5"),
        ("scores.csv, row 8, column Statement: 'Safegarding'", "Did you mean safeguarding"),
        ("scores.csv, row 11: Assessing needs has a score in row 2 already", ""),
    ):
        assert any(text.startswith(start) and inside in text for text in said), (start, said)
    assert len(said) == 7


@pytest.mark.parametrize("name", ["2. Assessing needs", "Asessing needs", "Something else"])
@pytest.mark.parametrize("score", ["3", "good", "#N/A"])
def test_a_slip_in_the_first_name_is_told(tmp_path: Path, name: str, score: str) -> None:
    """The first row of a table is no header because of a slip in its name: its score is not lost in silence."""
    path = write(tmp_path / "scores.csv", down([score, *GOOD[1:]], [name, *TITLES[1:]]))
    assert any(said.startswith("scores.csv, row 2, column Statement") for said in refusals(path))


MANY = [["Council", *FORMS["code"]], ["Camden", *map(str, GOOD)], ["Leeds", *"444444444"], ["Average", *"333333333"]]


def test_many_councils_are_for_the_command_on_tables(tmp_path: Path) -> None:
    """Several councils are refused with what rates them, and one of them is read where it is named."""
    path = write(tmp_path / "scores.csv", MANY)
    (said,) = refusals(path)
    assert said == (
        "scores.csv: it holds scores in 2 rows, and those of one council are read here. "
        "Use assess-table to rate each, or name one with --council"
    )
    assert ca.read_assessment(path, council="Leeds City Council").marks == Assessment.of("Leeds", [4] * 9).marks
    assert refusals(path, council="York") == ["scores.csv: no row is about this council. Check --council"]


def test_many_councils_down_the_rows(tmp_path: Path) -> None:
    """So are councils in a long table, and councils side by side in columns."""
    long = [["Council", "Statement", "Score"]]
    long += [[name, title, score] for name, score in (("Camden", "3"), ("Leeds", "4")) for title in TITLES]
    path = write(tmp_path / "scores.csv", long)
    assert "2 councils" in refusals(path)[0]
    assert ca.read_assessment(path, council="Leeds").marks == Assessment.of("Leeds", [4] * 9).marks
    beside = [["Statement", "Camden", "Leeds"], *([title, "3", "4"] for title in TITLES)]
    path = write(tmp_path / "beside.csv", beside)
    assert "the columns 'Camden' and 'Leeds' could all be the scores" in refusals(path)[0]
    assert ca.read_assessment(path, council="Leeds").marks == Assessment.of("Leeds", [4] * 9).marks


@pytest.mark.parametrize(
    ("heads", "right"),
    [
        (["Previous score", "Score"], "Score"),
        (["Score", "Rating"], "Score"),
        (["Comments on score", "Rating"], "Rating"),
        (["No.", "Mark out of 4"], "Mark out of 4"),
        (["Notes", "Our view"], "Our view"),
    ],
)
def test_the_column_of_scores_is_found(tmp_path: Path, heads: list[str], right: str) -> None:
    """A column is taken by the plainest name, or because it alone holds scores."""
    rows = [["Statement", *heads]]
    rows += [[title, *("3" if head == right else str(at) for head in heads)] for at, title in enumerate(TITLES, 1)]
    assert ca.read_assessment(write(tmp_path / "s.csv", rows)).marks == Assessment.of("Camden", [3] * 9).marks


def test_a_table_without_headers_is_read(tmp_path: Path) -> None:
    """Nine rows of a name and a score need no headers."""
    path = write(tmp_path / "scores.csv", down(names=FORMS["code"])[1:])
    assert ca.read_assessment(path).marks == Assessment.of("Camden", GOOD).marks


def test_scores_of_evidence_categories(tmp_path: Path) -> None:
    """Parts of statements are named with their statement."""
    rows = [["Statement", "Score"], ["QS1: Processes", "3"], ["1. Assessing needs - People's experience", "2"]]
    found = ca.read_assessment(write(tmp_path / "scores.csv", rows), version="2023")
    scored = {leaf: score for leaf, score in found.scores.items() if score is not None}
    assert {leaf: str(score) for leaf, score in scored.items()} == {
        "assessing_needs/experience": "some shortfalls",
        "assessing_needs/processes": "good standard",
    }


def test_other_frameworks_are_read_too(tmp_path: Path) -> None:
    """A framework of somebody's own has its own words, numbers its statements in order, and names no councils."""
    words = Scale.of("s", "Words", ("met", "Met"), ("not", "Not met"))
    statements = tuple(Statement(name, name.title()) for name in ("safe", "caring"))
    homes = Framework(
        id="homes", version="1", title="Homes", publisher="Us", scales=(words,), score_scale="s",
        themes=(Theme("all", "All of it", statements),), subject="home",
    )  # fmt: skip
    rows = [["Name", "1. Safe", "2. Caring", "Overall"], ["The Elms", "Met", "not met", "Met"]]
    found = assessment_from_table(write(tmp_path / "s.csv", rows), framework=homes, council="The Elms")
    assert [str(score) for score in found.assessment.scores.values()] == ["Met", "Not met"]
    assert (
        "The table's overall result is Met. It is not compared, as there is no method for these scores." in found.notes
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Council,Owner\nCamden,me\n", "it names no statement of CQC's assessment of local authorities"),
        ("Statement,Owner\nQS1,me\nQS2,you\n", "no column holds scores"),
        ("QS1,QS2,QS3\n", "there is no row with scores"),
        ("QS1,QS2,Assessing needs\n3,3,3\n", "it names the same statement as the column 'QS1'"),
    ],
)
def test_what_holds_no_scores_is_refused(tmp_path: Path, text: str, part: str) -> None:
    """A table without statements, scores or rows is refused with what it lacks."""
    path = tmp_path / "scores.csv"
    path.write_text(text, encoding="utf-8")
    assert part in refusals(path)[0]


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    """Where several sheets hold tables, the one that is named is read."""
    book = openpyxl.Workbook()
    for name, score in (("Mock", 2), ("Final", 3)):
        sheet = book.create_sheet(name)
        for row in down([score] * 9):
            sheet.append(row)
    book.save(path := tmp_path / "scores.xlsx")
    with pytest.raises(ca.CareAssureError, match="several sheets"):
        ca.read_assessment(path)
    found = assessment_from_table(path, options=Options(sheet="Final")).assessment
    assert found.marks == Assessment.of("Camden", [3] * 9).marks


@pytest.mark.parametrize("shape", ["across", "down"])
@pytest.mark.parametrize("note", ["Source: self-assessment", "* provisional", "Notes. Draft"])
def test_notes_below_are_told_and_left_alone(shape: str, note: str, tmp_path: Path) -> None:
    """In text, whose rows are filled up with blank cells, as in a spreadsheet."""
    names = [f"QS{number}" for number in range(1, 10)]
    grid = [names, ["3"] * 9] if shape == "across" else [["Statement", "Score"], *([name, "3"] for name in names)]
    width = len(grid[0])
    rows = [*grid, [note, *[""] * (width - 1)]]
    (tmp_path / "t.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    made, notes = assessment_from_table(tmp_path / "t.csv")
    assert {str(score) for score in made.scores.values()} == {"good standard"}
    assert f"Notes below the table, left alone: row {len(rows)}." in notes


def test_themes_in_merged_cells_say_nothing_more(tmp_path: Path) -> None:
    """A theme that is written once over its statements is common in workbooks; merged scores are refused as before."""
    book = openpyxl.Workbook()
    book.active.append(["Theme", "Statement", "Score"])
    for number, (title, score) in enumerate(zip(TITLES, GOOD, strict=True)):
        book.active.append(["Working with people" if number == 0 else None, title, score])
    book.active.merge_cells("A2:A4")
    book.save(tmp_path / "one.xlsx")
    assert [*assessment_from_table(tmp_path / "one.xlsx").assessment.scores.values()] == [
        CQC.scale_of("equity").read(score) for score in GOOD
    ]
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(InvalidTableError, match="row 3, column Score: the cell is a part of C2:C3, which are merged"):
        assessment_from_table(tmp_path / "two.xlsx")


@pytest.mark.parametrize("wider", ["England", "E92000001", "London", "Greater London"])
def test_england_beside_a_council_is_not_a_second_council(wider: str, tmp_path: Path) -> None:
    """Its means stand below the council's scores, and are left alone."""
    rows = [["Council", *TITLES], ["Camden", *map(str, GOOD)], [wider, *["2.8"] * 9]]
    found = assessment_from_table(write(tmp_path / "t.csv", rows))
    assert found.assessment.council.name == "Camden"
    assert "Rows left alone: 3." in found.notes
