"""Papers about a workspace: nothing is lost, cases are not listed, and what only the council can say is marked."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import careassure as ca
from careassure.cli import main
from careassure.report.as_html import html
from careassure.report.as_markdown import markdown
from workspaces.marked import lost, write_marked

from .parsed import assert_stands_alone, parse
from .test_papers import numbers_in, words_of_picture

Paragraph, Heading, Listing, Table = ca.report.Paragraph, ca.report.Heading, ca.report.Listing, ca.report.Table
DAY = "2026-10-01"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> ca.workspaces.Workspace:
    """A workspace of a council that does not exist."""
    return ca.workspaces.init_example(tmp_path_factory.mktemp("papers") / "w")


@pytest.fixture(scope="module")
def pack(example: ca.workspaces.Workspace) -> ca.report.Document:
    """Its pack for a committee."""
    return ca.report.pack(example, DAY)


def test_nothing_of_a_workspace_is_lost_in_the_pack(tmp_path: Path) -> None:
    """What stands in a cell of any table stands in the pack, but for the pseudonyms of cases."""
    found = write_marked(tmp_path / "w", ca.framework("cqc-la"))
    text = "\n".join(ca.report.pack(tmp_path / "w").texts()).casefold()
    assert {(table, column) for table, _, column in lost(found, text)} <= {("cases", "id")}


def test_nothing_of_a_plan_is_lost_in_its_paper(tmp_path: Path) -> None:
    """Every cell of actions, updates, measures and readings stands in the paper of the plan."""
    found = write_marked(tmp_path / "w", ca.framework("cqc-la"))
    text = "\n".join(ca.report.plan_paper(tmp_path / "w").texts()).casefold()
    assert [cell for cell in lost(found, text) if cell[0] in ("actions", "updates", "measures", "readings")] == []


def test_nothing_that_happened_is_lost_in_the_timeline(tmp_path: Path) -> None:
    """Every cell of events stands in the paper of the timeline."""
    found = write_marked(tmp_path / "w", ca.framework("cqc-la"))
    text = "\n".join(ca.report.timeline_paper(tmp_path / "w").texts()).casefold()
    assert [cell for cell in lost(found, text) if cell[0] == "events" and cell[2] != "supersedes"] == []


@pytest.mark.parametrize("table", ["promises", "follow_ups", "findings", "events", "actions", "updates", "evidence"])
def test_the_paper_of_a_statement_says_what_its_page_says(table: str, tmp_path: Path) -> None:
    """What the page of a statement prints of promises, follow-ups and all else stands in its paper too."""
    found = write_marked(tmp_path / "w", ca.framework("cqc-la"))
    pages = [ca.workspaces.statement(tmp_path / "w", item.id) for item in ca.framework("cqc-la").statements]
    printed = "\n".join(page.words for page in pages).casefold()
    papers = "\n".join(text for page in pages for text in ca.report.paper(page).texts()).casefold()
    own = {cell: forms for cell, forms in found.items() if cell[0] == table}
    assert set(lost(own, papers)) <= set(lost(own, printed))


def test_a_pack_of_a_day_calls_nothing_overdue_that_was_not(tmp_path: Path) -> None:
    """An action that was due after the day of the pack is nowhere in it said to be overdue, whatever day it is now."""
    work = ca.workspaces.init_example(tmp_path / "w")
    assert any(item.due and str(item.due) == "2026-10-31" for item in work.actions)
    assert "overdue" not in "\n".join(ca.report.pack(work, "2026-10-01").texts())


def test_the_parts_of_a_pack_stand_in_the_order_of_such_papers(pack: ca.report.Document) -> None:
    """Purpose and summary come first, then result, statements, plan, risks, implications and recommendations."""
    heads = [block.text for block in pack.blocks if isinstance(block, Heading) and block.level == 1]
    wanted = ["Purpose", "Summary", "Why the council is assessed", "What has happened so far",
              "The council's own result", "Each statement", "What reviews and visits found", "Beside other councils",
              "Plan", "Risks", "Equality", "Financial implications", "Recommendations", "Why"]  # fmt: skip
    assert [head for head in heads if head in wanted] == wanted


def test_what_only_the_council_can_say_is_marked(pack: ca.report.Document) -> None:
    """Recommendations, money, law, equality and risks are marked as still to be written, in every form."""
    blocks = list(pack.blocks)
    marked = {blocks[at - 1] for at, block in enumerate(blocks)
              if isinstance(block, Paragraph) and block.role == "to_write" and at}  # fmt: skip
    assert {head.text for head in marked if isinstance(head, Heading)} >= {
        "Recommendations", "Financial implications", "Legal implications", "Equality", "Risks",
    }  # fmt: skip
    count = sum(isinstance(block, Paragraph) and block.role == "to_write" for block in blocks)
    assert len(parse(html(pack)).all("p", "to-write")) == count
    assert markdown(pack).count("> **To be written by the council: ") == count


def test_cases_are_counted_and_not_listed(example: ca.workspaces.Workspace, pack: ca.report.Document) -> None:
    """No row about one person is in a paper that travels; only how many there are."""
    text = "\n".join(pack.texts())
    assert f"{len(example.cases)} coded cases of practice lie behind it." in text
    named = {case.id for case in example.cases} - {name for item in example.evidence for name in item.cases}
    assert not any(name in text.split() for name in named)


def test_a_pack_stands_alone(pack: ca.report.Document) -> None:
    """Its page loads nothing and runs nothing, and its headings leave out no level."""
    page = parse(html(pack))
    assert_stands_alone(page)
    levels = [int(node.tag[1]) for node in page.walk() if node.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_numbers_of_the_summary_are_those_of_the_status(
    example: ca.workspaces.Workspace, pack: ca.report.Document
) -> None:
    """What the summary counts is what the status counts."""
    found = ca.workspaces.status(example, DAY)
    text = "\n".join(pack.texts())
    assert f"From the council's own scores: {found.own_result}." in text
    assert all(f"{line}." in text for line in ca.workspaces.progress(example, DAY).head[1:])
    unanswered = found.of("unanswered")
    assert all(gap.words in text for gap in found.gaps)
    assert f"{len(unanswered)} has no action." in text


def test_benchmark_of_a_council_says_all_its_cautions() -> None:
    """A paper about places among peers says what must be known before a place is quoted, and who was left out."""
    found = ca.benchmark(ca.published("Hounslow")[-1])
    paper = ca.report.paper(found)
    listed = [item for block in paper.blocks if isinstance(block, Listing) for item in block.items]
    assert set(found.cautions) <= set(listed)
    for item in found.left_out:
        assert any(text.startswith(item.reason) and str(item.council) in text for text in listed)
    (figure,) = paper.figures
    for row, place in zip(figure.table.rows, found.places, strict=True):
        assert tuple(map(str, row[:3])) == (place.title, place.score_words, place.rank_words)
        assert sum(int(cell.value) for cell in row[3:] if isinstance(cell, ca.report.Number)) == len(found.peers)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--part", "diff"], "the part diff needs --since"),
        (["--part", "statement"], "the part statement needs --statement"),
        (["--since", "2026-01-01"], "--since does not go with the part status"),
        (["--compare", "--scorer", "single-word"], "--compare takes no --scorer"),
        (["--compare", "--stability"], "--compare and --stability are two papers"),
    ],
)
def test_what_does_not_go_together_is_refused(
    example: ca.workspaces.Workspace, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A part of a workspace that lacks its day or statement is refused, with what to give."""
    assert main(["report", str(example.folder), str(tmp_path / "a.md"), *words]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.md").exists()


@pytest.mark.parametrize(
    "part", ["status", "plan", "timeline", "predicted", "pack", "diff --since 2026-01-01", "statement --statement QS7"]
)
def test_each_part_is_written(example: ca.workspaces.Workspace, tmp_path: Path, part: str) -> None:
    """The command writes each part of a workspace."""
    words = ["report", str(example.folder), str(tmp_path / "a.md"), "--at", DAY, "--part", *part.split()]
    assert main(words) == 0
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# Exampleshire")


def test_every_picture_of_a_workspace_has_its_numbers_in_its_table(pack: ca.report.Document) -> None:
    """Evidence, plan and profile: each number in a picture stands in the table below it or in its words."""
    for figure in pack.figures:
        table = " ".join(str(cell) for row in figure.table.rows for cell in row if cell is not None)
        known = numbers_in(f"{table} {figure.alt} {figure.title} {' '.join(figure.table.heads)}")
        assert numbers_in(words_of_picture(figure)) <= known


def test_the_map_of_the_register_has_every_score_that_was_seen() -> None:
    """A row for each result of which a score was seen, and in it each score; what was not seen stays blank."""
    results = ca.reconcile()
    paper = ca.report.paper(results)
    (figure,) = paper.figures
    seen = [item.assessment for item in results if len(item.assessment.missing) < 9]
    plain = [item for item in seen if all("/" not in leaf for leaf, _ in item.marks)]
    assert len(figure.table.rows) == len(plain)
    camden = next(row for row in figure.table.rows if str(row[0]).startswith("Camden"))
    assert [str(cell) for cell in camden[2:]] == ["3", "3", "4", "3", "4", "4", "3", "4", "4"]
    assert numbers_in(words_of_picture(figure)) <= {"1", "2", "3", "4", "5", "6", "7", "8", "9"}


def test_the_paper_on_stability_says_what_is_assumed() -> None:
    """It opens with the result as it stands, says what is assumed, and that it is not a corrected rating."""
    found = ca.stability(ca.published("Windsor and Maidenhead")[-1])
    text = "\n".join(ca.report.paper(found).texts())
    assert "Assumed: each score, by itself, is one step too low or too high with a probability of 10 %." in text
    assert "It is not a corrected rating." in text
    (figure,) = ca.report.paper(found).figures
    assert ("Good", "26.2 %") in figure.table.rows
