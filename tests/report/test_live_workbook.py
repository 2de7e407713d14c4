"""A workbook that rates: its formulas say what the library says, and what it shows people."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from analysis.every import SCORERS
from careassure.cli import main
from careassure.errors import CareAssureError, InvalidInputError, ReadError, WriteError
from careassure.files import live_scores
from careassure.methods.fit import fit
from careassure.methods.sums import CannotLowerError
from careassure.report.book_file import book_bytes
from careassure.report.book_layout import laid_out
from careassure.report.formula import Name, Worked, excel, open_formula
from careassure.report.live_book import live_book
from careassure.report.live_parts import LiveParts, LiveScores
from careassure.report.live_plan import score_name, typed_choices
from careassure.tables.opening import open_table
from careassure.tables.table import Options
from careassure.testing.assessments import assessments
from careassure.testing.schemes import schemes
from helpers import few
from libreoffice import converted

from .live_batch import RECALCULATE, differences, outcome_of, parts_of, profiles, recalculated, typed
from .seen_sheets import SeenBook, seen
from .test_accessible_sheets import CHECKLIST

NINE = [3, 3, 4, 3, 4, 4, 3, 4, 4]
KNOWN = {"IF", "AND", "OR", "NOT", "SUMPRODUCT", "CHOOSE", "MOD", "GCD", "LOWER", "TRIM", "ISERROR", "MIN", "MAX"}
OWN_DATA = {  # items that hang on what a book says, and are looked at for the plain one
    "Use the word 'note' when referring to footnotes", "Put note text in a notes table on a notes worksheet",
    "Add document information", "Remove blank rows and columns within tables",
    "Only leave cells with no data empty in certain circumstances",
    "Do not use symbols or superscript to signpost to notes",
    "Avoid using symbols in general", "Run a spelling and grammar check",
}  # fmt: skip


def worked(parts: LiveParts, inputs: dict[str, int | str]) -> Worked:
    """What the formulas come to."""
    return Worked(parts.live.formulas, inputs)


class Cells(dict[str, int | str | bool]):
    """Cells by name, each worked out when it is asked for."""

    def __init__(self, found: Worked) -> None:
        super().__init__(dict.fromkeys(found.formulas, 0))
        self.found = found

    def __getitem__(self, name: str) -> int | str | bool:
        value = self.found.cell(name)
        assert isinstance(value, int | str)
        return value


@few
@given(st.data())
def test_formulas_say_what_the_library_says_of_any_method(data: st.DataObject) -> None:
    """Of any sound method on any framework and any scores, the formulas give what the library gives."""
    framework, method = data.draw(schemes())
    assessment = data.draw(assessments(framework))
    try:
        outcome = ca.assess(assessment, method)
        parts = LiveParts(LiveScores(fit(method, framework), "", dict(assessment.marks), dict(assessment.facts)))
    except CareAssureError:
        return  # a statement given as a whole on another scale: neither can say anything
    told = dict(assessment.facts)
    inputs = typed(parts, dict(assessment.marks), {fact: told.get(fact) for fact in method.facts}, 1)
    assert differences(Cells(worked(parts, inputs)), parts, outcome) == []


@pytest.mark.parametrize("scorer", SCORERS)
def test_formulas_say_what_the_library_says_of_nine_statements(scorer: str) -> None:
    """Of every method for nine statements that ships, the formulas give what the library gives, blanks and all."""
    parts = parts_of(SCORERS[scorer])
    for marks, facts in profiles(parts, 40, 1):
        inputs = typed(parts, marks, facts, 2)
        assert differences(Cells(worked(parts, inputs)), parts, outcome_of(parts, marks, facts)) == []


def test_every_total_has_its_rating_and_score() -> None:
    """Of every total from 9 to 36 the rating, the displayed score and the points to the next ratings are exact."""
    parts = parts_of("single-word")
    for total in range(9, 37):
        extra, more = divmod(total - 9, 3)
        scores = [4] * extra + ([1 + more] if extra < 9 else [])
        scores += [1] * (9 - len(scores))
        assert sum(scores) == total
        marks = dict(ca.Assessment.of("York", scores).marks)
        inputs = typed(parts, marks, {}, 3)
        assert differences(Cells(worked(parts, inputs)), parts, outcome_of(parts, marks, {})) == []


def book_of(**more: object) -> SeenBook:
    """The workbook of CQC's method, with nine scores or others."""
    scores = more.get("scores", NINE)
    given_ = ca.Assessment.of("Camden", scores, facts={})  # type: ignore[arg-type]
    return seen(book_bytes(live_book(live_scores(None, given_, None, None, None)), str(more.get("kind", ".xlsx"))))


def rows_of(book: SeenBook, sheet: str) -> list[list[str]]:
    """The rows of a table as text."""
    return [[cell.text for cell in row] for row in next(s for s in book.sheets if s.name == sheet).table()[1:]]


@pytest.mark.parametrize("kind", [".xlsx", ".ods"])
def test_a_workbook_shows_the_result_before_anything_is_worked_out(kind: str) -> None:
    """What the formulas come to stands in the file, so that whatever opens it shows the same."""
    book = book_of(kind=kind)
    assert [row[1:] for row in rows_of(book, "Result")[:6]] == [
        ["Outstanding", "Outstanding", "Outstanding, 89 out of 100"],
        [*["88.88888888888889"] * 2, "To two decimals. The sheet decides nothing by it."],
        ["800/9", "800/9", "Exact."],
        ["89", "89", "The percentage, rounded up."],
        ["1", "1", "So many points lost can give Good."],
        ["none", "none", "No number of points gained gives another."],
    ]
    assert [(row[1], row[3], row[4]) for row in rows_of(book, "Why")] == [
        ("At least Requires improvement", "holds", "Sum 1: 32; needed 14"),
        ("At least Good", "holds", "Sum 1: 32; needed 23"),
        ("At least Outstanding", "holds", "Sum 1: 32; needed 32"),
    ]


def test_blanks_give_the_range_and_are_counted() -> None:
    """A blank gives every rating that it could, and it is said how many are not known."""
    book = book_of(scores=[3, 3, 4, 3, None, 4, 3, 4, 4])
    above = [cell.text for cell in next(s for s in book.sheets if s.name == "Scores").above]
    assert above[1:3] == ["Result: Good to Outstanding, 81 to 89 out of 100", "Not known: 1 of 9 scores."]
    assert rows_of(book, "Why")[2][3] == "depends on what is not known"
    assert rows_of(book, "Flags")[0][1] == "may hold, depending on what is not known"


def test_nothing_known_is_said_so() -> None:
    """With no score at all the workbook says that, and no range from the lowest to the highest rating."""
    assert rows_of(book_of(scores=[None] * 9), "Result")[0][3] == "no scores are known"


@pytest.mark.parametrize("word", ["5", "3.5", "g*", "?", "3 4", "goodish", "TRUE"])
def test_what_is_no_score_is_told_and_never_guessed(word: str) -> None:
    """A cell that holds no score is named, and no rating is shown until it is put right."""
    layout = laid_out(live_book(live_scores(None, None, None, None, None)))
    inputs = dict(layout.worked.inputs) | {score_name("equity"): word}
    found = Worked(layout.worked.formulas, inputs)
    assert found.cell("result") == "Look at the sheet Scores: a cell could not be read"
    assert found.cell("cells not read") == 1


@pytest.mark.parametrize("kind", [".xlsx", ".ods"])
def test_the_list_offers_scores_and_states_and_nothing_else(kind: str) -> None:
    """The list of each cell holds the scores of its scale and some states; 5 and 3.5 are not in it."""
    book = book_of(kind=kind)
    offered = [row[0] for row in rows_of(book, "Choices")]
    assert offered == ["1", "2", "3", "4", "Not rated", "Not judged", "Not applicable", "Suppressed"]
    assert ("'Choices'!$A$5:$A$12" if kind == ".xlsx" else "[$'Choices'.$A$5:.$A$12]") in book.xml.replace(
        "&apos;", "'"
    )


def test_a_scale_of_words_offers_its_words() -> None:
    """Where a scale has words and no numbers, the list offers the words."""
    scale = ca.Scale.of("w", "words", ("no", "Not met"), ("yes", "Met, in all parts"))
    assert typed_choices(scale) == ("Not met", "Met, in all parts")


def test_only_functions_that_every_spreadsheet_has_are_used() -> None:
    """No formula uses a function that changes with the clock, or one that Excel 2010 or OpenDocument lacks."""
    for scorer in SCORERS.values():
        layout = laid_out(live_book(live_scores(scorer, None, None, None, None)))
        for formula in layout.worked.formulas.values():
            text = excel(formula, layout.places)
            bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
            assert set(re.findall(r"[A-Z]{2,}(?=\()", bare)) <= KNOWN | {"TRUE", "FALSE"}
            assert len(text) < 8_000
            assert open_formula(formula, layout.places).count("(") == text.count("(")


@pytest.mark.parametrize("kind", [".xlsx", ".ods"])
def test_the_checklist_is_met_by_a_workbook_that_rates(kind: str) -> None:
    """A workbook that rates meets the checklist as every other spreadsheet."""
    book = book_of(kind=kind)
    assert [item for item, check in CHECKLIST.items() if item not in OWN_DATA and not check(book)] == []


def test_links_lead_to_every_sheet() -> None:
    """The first sheet leads to each of the others."""
    book = book_of()
    found = [row[0].link for row in book.sheets[0].table()[1:]]
    assert found == [f"#'{sheet.name}'!A1" for sheet in book.sheets[1:]]


def test_what_formulas_cannot_say_is_refused(tmp_path: Path) -> None:
    """A scorer in Python, a method that was not proved sound, and a scale with too many grades are refused."""

    class Mine:
        name, version, title = "mine", "1", "Mine"

        def accepts(self, framework: ca.Framework, /) -> bool:
            return True

        def score(self, assessment: ca.Assessment, /) -> ca.Outcome:
            raise NotImplementedError

    with pytest.raises(CannotLowerError, match="the scorer mine is written in Python"):
        ca.report.workbook(tmp_path / "a.xlsx", Mine(), framework="cqc-la")
    with pytest.raises(WriteError, match="says no kind of spreadsheet"):
        ca.report.workbook(tmp_path / "a.csv")
    with pytest.raises(InvalidInputError, match="it says itself what it is about"):
        ca.report.workbook(tmp_path / "a.xlsx", assessment=ca.Assessment.of("York", NINE), council="York")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("limit", ["LONGEST_FORMULA", "DEEPEST_FORMULA"])
def test_a_rule_that_no_formula_holds_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """A rule that takes more characters than a formula may have, or more functions in each other, is refused."""
    monkeypatch.setattr(f"careassure.report.live_book.{limit}", 5)
    with pytest.raises(CannotLowerError, match="a rule of single-word is too long for a formula"):
        live_book(live_scores(None, None, None, None, None))


def test_a_cell_is_named_as_people_see_it() -> None:
    """Columns are counted in letters, as spreadsheets show them."""
    from careassure.report.formula import Place

    letters = [Place("A", 0, column).letters for column in range(800)]
    assert letters[:2] + letters[25:28] + letters[701:703] == ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]
    assert all(len(one) < len(two) or one < two for one, two in pairwise(letters))


def test_a_name_of_a_sheet_with_an_apostrophe_is_written_right() -> None:
    """An apostrophe in the name of a sheet is doubled."""
    from careassure.report.formula import Place

    assert excel(Name("x"), {"x": Place("King's", 1, 1)}) == "'King''s'!$B$2"


@pytest.mark.parametrize(
    ("scorer", "said"),
    [(None, "with the scores of York, 5 December 2025"),
     (SCORERS["ofsted"], "with the scores of York, 5 December 2025"),
     ("evidence-category", "with no scores yet")],
)  # fmt: skip
def test_a_council_has_its_published_scores_where_the_method_takes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], scorer: str | Path | None, said: str
) -> None:
    """A council's workbook starts from its newest published scores, unless the method scores something else."""
    more = [] if scorer is None else ["--scorer", str(scorer)]
    assert main(["workbook", str(tmp_path / "w.ods"), "--council", "York", *more]) == 0
    assert said in capsys.readouterr().out


# -- LibreOffice is the judge -------------------------------------------------------------------------


@pytest.mark.slow
def test_libreoffice_works_out_what_the_library_does(tmp_path: Path) -> None:
    """LibreOffice makes of the formulas what the library makes of the scores: every total, and random profiles."""
    batches = {}
    wanted = {}
    for scorer, count in (("single-word", 200), ("ofsted", 40), ("report-card", 25), ("evidence-category", 15)):
        parts = parts_of(SCORERS.get(scorer, scorer))
        tried = profiles(parts, count, 4)
        if scorer == "single-word":
            spread = [[min(4, max(1, total - 9 - 3 * place + 1)) for place in range(9)] for total in range(9, 37)]
            assert [sum(scores) for scores in spread] == list(range(9, 37))
            tried += [(dict(ca.Assessment.of("York", scores).marks), {}) for scores in spread]
        batches[scorer] = (parts, [typed(parts, marks, facts, n) for n, (marks, facts) in enumerate(tried)])
        wanted[scorer] = [outcome_of(parts, marks, facts) for marks, facts in tried]
    for scorer, rows in recalculated(tmp_path, batches).items():
        assert len(rows) == len(wanted[scorer])
        for row, outcome in zip(rows, wanted[scorer], strict=True):
            assert differences(row, batches[scorer][0], outcome) == [], (scorer, outcome.result)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_shows_what_the_file_shows(tmp_path: Path, kind: str) -> None:
    """A workbook that LibreOffice opened, worked out anew and saved shows the same in every cell."""
    (tmp_path / "profile" / "user").mkdir(parents=True)
    (tmp_path / "profile" / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    paths = []
    tried: tuple[list[Any], ...] = (NINE, [3, 3, 4, 3, None, 4, 3, 4, 1], [None] * 9, [1, *["not judged"] * 8])
    for number, (scores, scorer) in enumerate(zip(tried, [*SCORERS, "single-word"], strict=True)):
        path = tmp_path / f"w{number}.{kind}"
        ca.report.workbook(path, SCORERS[scorer], assessment=ca.Assessment.of("York", scores))
        paths.append(path)
    for path, saved in zip(paths, converted(paths, "ods" if kind == "xlsx" else "xlsx"), strict=True):
        for sheet in seen(path.read_bytes()).sheets:
            table = open_table(saved, Options(sheet=sheet.name, header_row=len(sheet.above) + 1))
            after = [table.layout.headers, *(line.cells for line in table.read())]
            shown = [[_plain(cell.text) for cell in row] for row in sheet.table()]
            assert shown == [[_plain(cell) for cell in row] for row in after], (path.name, sheet.name)


def _unquoted(xml: str) -> str:
    """XML with its apostrophes as they are."""
    return xml.replace("&apos;", "'")


def _plain(text: str) -> str:
    """A cell as the reader of tables gives it; of a long decimal as many digits as LibreOffice saves."""
    if re.fullmatch(r"[0-9]+\.[0-9]{9,}", text):
        return f"{float(text):.15g}"
    truth = {"true": "1", "false": "0"}  # as a formula gives it, LibreOffice saves it as a number
    return truth.get(text.lower(), " ".join(text.split()))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("scorer", [*SCORERS])
def test_a_workbook_is_read_back_without_saying_which_sheet(tmp_path: Path, kind: str, scorer: str) -> None:
    """A workbook that rates is known by its sheets, and its scores are those that were typed."""
    path = tmp_path / f"w.{kind}"
    ca.report.workbook(path, SCORERS[scorer], assessment=ca.Assessment.of("York", NINE))
    table = open_table(path)
    assert table.layout.sheet == "Scores"
    assert table.layout.notes[0] == "It is a workbook that rates: its sheet 'Scores' is read."
    found = ca.read_assessment(path, council="York")
    assert [mark.value for _, mark in found.marks if isinstance(mark, ca.Grade)] == NINE


def test_another_file_with_a_sheet_of_scores_is_not_taken_for_one(tmp_path: Path) -> None:
    """Where only some of its sheets are there, the person chooses."""
    import openpyxl

    made = openpyxl.Workbook()
    for name in ("Scores", "Result", "Why"):
        page: Any = made.create_sheet(name)
        for row in (["Statement", "Score"], ["Equity", 3], ["Safeguarding", 3]):
            page.append(row)
    made.save(tmp_path / "a.xlsx")
    with pytest.raises(ReadError, match="it has several sheets with tables: 'Scores', 'Result' and 'Why'"):
        open_table(tmp_path / "a.xlsx")
