"""Papers about generated outcomes, read back: ``python tests/report/campaign.py --count 10000 --seed 1``.

Each outcome is written as a page and as Markdown, and one in many as a Word document and a workbook. The sentences and
tables are read back by patterns that share no code with the makers, and each number is held against the trace, the
profile, the score, the percentage and the margin of the outcome. Every other number has to be one of the names and
texts of the outcome. Differences are printed with the outcome; the exit status is 1 if there is one.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import docx
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import careassure as ca
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.trace import Step
from careassure.report.as_book import book
from careassure.report.as_docx import docx as word
from careassure.report.as_html import html
from careassure.report.as_markdown import markdown
from careassure.report.book_file import book_bytes
from careassure.testing.strategies import assessments, cqc_frameworks, outcomes
from report.parsed import parse

SOME = 40
"""One in so many outcomes is written as a Word document and as a workbook too."""
NUMBER = r"-?[\d,]+(?:\.\d+)?"
SPAN = rf"({NUMBER})(?: to ({NUMBER}))?"
WORKED_OUT = re.compile(r"Worked out: (.*)\.$", re.DOTALL)
OUT_OF = re.compile(rf", {SPAN} out of 100$")
NEAR = re.compile(rf"({NUMBER}) points? (more|less) could give (.*?)\.(?= {NUMBER} point| No | A point|$)")
SUM = re.compile(
    rf": {SPAN} (?:of ({NUMBER}) points = {SPAN} %|points(?:, {SPAN} on average)?)"
    rf"(?:, rounded [a-z ]+ to {SPAN})?\.(?: \[.*)?$"
)
HOLDS = {"holds": (True, True), "does not hold": (False, False), "open": (False, True)}
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
OUTCOMES = st.one_of(outcomes(), outcomes(), assessments(cqc_frameworks()).map(ca.assess))


def value(text: str | None) -> Fraction | None:
    """A number as it is printed."""
    return None if text is None else Fraction(text.replace(",", ""))


def same(printed: str | None, exact: object) -> bool:
    """Whether a printed number is the exact one to two decimals."""
    found = value(printed)
    if found is None or not isinstance(exact, int | Fraction):
        return False
    return abs(found - exact) <= Fraction(1, 200)


def both(low: str | None, high: str | None, exact: tuple[object, object]) -> bool:
    """Whether a printed span has these ends."""
    return same(low, exact[0]) and same(low if high is None else high, exact[1])


def numbers(text: str) -> set[str]:
    """Every number in a text, without commas; what stands for a character that cannot be shown is none."""
    text = re.sub(r"\\+(?:U[0-9a-f]{8}|u[0-9a-f]{4}|x[0-9a-f]{2})", " ", text)
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(",", "")))


class Paper:
    """A paper in one form, read back: its sentences, and the rows of its tables by their head."""

    def __init__(self, sentences: list[str], tables: list[list[list[str]]]) -> None:
        self.sentences = sentences
        self.tables = tables

    def rows(self, *heads: str) -> Iterator[list[str]]:
        """The rows of the tables that have these heads."""
        for table in self.tables:
            if table and tuple(table[0]) == heads:
                yield from table[1:]


def of_html(text: str) -> Paper:
    """A page read back."""
    main = parse(text).one("main")
    tables = [
        [[cell.text.strip() for cell in row.walk() if cell.tag in ("th", "td")] for row in table.all("tr")]
        for table in main.all("table")
    ]
    return Paper([node.text.strip() for name in ("p", "li") for node in main.all(name)], tables)


def of_markdown(text: str) -> Paper:
    """Markdown read back."""
    sentences: list[str] = []
    tables: list[list[list[str]]] = []
    inside = False
    for line in text.split("\n"):
        if line.startswith("|"):
            cells = [re.sub(r"\\(.)", r"\1", cell).strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not inside:
                tables.append([])
            inside = True
            if set(cells) != {"---"}:
                tables[-1].append(cells)
        else:
            inside = False
            sentences.append(re.sub(r"\\(.)", r"\1", line.removeprefix("- ").strip()))
    return Paper(sentences, tables)


def of_docx(data: bytes) -> Paper:
    """A Word document read back."""
    made = docx.Document(io.BytesIO(data))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    return Paper([paragraph.text for paragraph in made.paragraphs], tables)


def of_xlsx(data: bytes) -> Paper:
    """A workbook read back: every cell of text is a sentence."""
    made = load_workbook(io.BytesIO(data))
    return Paper([str(cell.value) for sheet in made.worksheets for row in sheet.iter_rows() for cell in row
                  if cell.value is not None], [])  # fmt: skip


def steps(outcome: Outcome, *kinds: str) -> list[Step]:
    """The steps of the trace of some kinds."""
    return [step for step in outcome.trace.walk() if step.kind in kinds]


def ends_of(step: Step) -> tuple[Fraction, Fraction]:
    """The points of a sum, worked out again from its inputs."""
    return tuple(  # type: ignore[return-value]
        sum((part.weight * getattr(part, side).value for part in step.parts), Fraction(0)) for side in ("low", "high")
    )


def wrong(outcome: Outcome, paper: Paper, counts: Counter[str], known: set[str] | None = None) -> Iterator[str]:
    """What a paper says that the outcome does not, whose numbers in words are known where it has several papers."""
    sums = [(ends_of(step), step) for step in steps(outcome, "total", "mean", "percentage")]
    rounded = [(step.low, step.high) for step in steps(outcome, "rounded")]
    for text in paper.sentences:
        found = WORKED_OUT.search(text)
        if found:
            counts["results"] += 1
            yield from wrong_result(outcome, found[1])
        for points, way, grade in NEAR.findall(text):
            counts["margins"] += 1
            own = (outcome.margin.up, outcome.margin.above) if way == "more" else (
                outcome.margin.down, outcome.margin.below)  # fmt: skip
            if not same(points, own[0]) or " ".join(str(own[1]).split()) != " ".join(grade.split()):
                yield f"{text!r}: the margin is {own[0]} to {own[1]}"
        found = SUM.search(text)
        if found and sums:
            counts["sums"] += 1
            low, high, most, share, top, mean, mean_high, final, final_high = found.groups()
            fits = [
                step for points, step in sums if both(low, high, points)
                and (most is None or (same(most, step.maximum) and both(share, top, (step.low, step.high))))
                and (mean is None or both(mean, mean_high, (step.low, step.high)))
            ]  # fmt: skip
            if not fits:
                yield f"{text!r}: no sum of the trace is that"
            if final is not None and not any(both(final, final_high, pair) for pair in rounded):
                yield f"{text!r}: nothing of the trace is rounded to that"
    known = known_numbers(outcome) if known is None else known
    for text in paper.sentences:
        # Sources are the method's own; the rungs of the ladder are read from its table.
        more = set[str]() if text.startswith(("[", "The ratings from the best")) else numbers(text) - known
        if more and not SUM.search(text) and not re.fullmatch(SPAN, text):
            yield f"{text!r}: the outcome has no {', '.join(sorted(more))}"
    yield from wrong_tables(outcome, paper, counts)


def wrong_result(outcome: Outcome, said: str) -> Iterator[str]:
    """Whether the result in words is that of the outcome."""
    scores = OUT_OF.search(said)
    if scores and outcome.score_low is not None:
        if not both(scores[1], scores[2], (outcome.score_low, outcome.score_high)):
            yield f"{said!r}: the score is {outcome.score_low} to {outcome.score_high}"
    elif bool(scores) != (outcome.score_low is not None) and outcome.low is not None and "known" not in said:
        yield f"{said!r}: the score is {outcome.score_low}"
    if isinstance(outcome.low, Grade) and "no scores are known" not in said:
        for grade in (outcome.low, outcome.high):
            if "".join(str(grade).split()) not in "".join(said.split()):
                yield f"{said!r}: {grade} is missing"


def wrong_tables(outcome: Outcome, paper: Paper, counts: Counter[str]) -> Iterator[str]:
    """Whether the tables are those of the outcome: the profile, the ladder, and the rules."""
    leaves = [entry for entry in outcome.profile if entry.level == "statement"]
    rows = [row for row in paper.rows("Theme", "Statement", "Score", "Meaning") if row[1] != "the whole theme"]
    if rows and len(rows) == len(leaves):
        for row, entry in zip(rows, leaves, strict=True):
            counts["scores"] += 1
            exact = entry.low.value if entry.low is not None and entry.low == entry.high else None
            if (row[2] == "") != (exact is None) or (exact is not None and not same(row[2], exact)):
                yield f"{row}: the score is {exact}"
    elif rows:
        yield f"the profile has {len(rows)} rows for {len(leaves)} statements"
    for row in paper.rows("Rating", "Scores out of 100", "Place"):
        if row[0] == "Displayed score" and row[2] != "printed":
            counts["displayed"] += 1
            low, _, high = row[1].partition(" to ")
            if not both(low, high or None, (outcome.score_low, outcome.score_high)):
                yield f"{row}: the score is {outcome.score_low} to {outcome.score_high}"
    nodes = [step for step in outcome.trace.parts if step.kind in ("node", "note")]
    rungs = [rung for node in nodes for rung in node.walk() if rung.kind == "rung"]
    said = [row for row in paper.rows("About", "Grade", "Rule", "Here it") if row[3]]
    if len(said) == len(rungs):
        for row, rung in zip(said, rungs, strict=True):
            counts["rules"] += 1
            if HOLDS.get(row[3]) != (rung.low is True, rung.high is True):
                yield f"{row}: the rung holds {rung.low}, {rung.high}"
    elif said:
        yield f"{len(said)} rules are told and {len(rungs)} are in the trace"


def known_numbers(outcome: Outcome) -> set[str]:
    """Every number that the outcome itself has in words: names, texts, sources, and its values to two decimals."""
    assessment = outcome.assessment
    texts = [repr(step.text) + " ".join(map(repr, step.references)) for step in outcome.trace.walk()]
    texts += [str(flag.text) + repr(flag.references) for flag in outcome.flags]
    texts += [entry.title for entry in outcome.profile] + [outcome.title, outcome.scorer, outcome.scorer_version]
    texts += [repr(assessment.framework.title), assessment.framework.version, assessment.label, str(assessment.council)]
    texts += [outcome.distribution, outcome.distribution_version, assessment.notes, assessment.stated.words, "100"]
    values = (outcome.score_low, outcome.score_high, outcome.margin.up, outcome.margin.down, len(assessment.marks),
              len(assessment.missing), *range(1, 40))  # fmt: skip
    texts += [f"{value}" for value in values if value is not None]
    texts += [f"{assessment.withdrawn} {assessment.published} {assessment.assessed} {assessment.supersedes}"]
    texts += [f"{item.field} {item.used} {item.other} {item.source} {item.note}" for item in assessment.disagreements]
    texts += [f"{grade} {grade.value}" for scale in assessment.framework.scales for grade in scale.grades]
    texts += [f"{grade} {grade.value}" for grade in grades_of(outcome)]
    texts += [f"{name} {title}" for name, title in names_of(assessment.framework)]
    return numbers("\n".join(texts))


def grades_of(outcome: Outcome) -> Iterator[Grade]:
    """Every grade of the trace: a method may rate on a scale of its own."""
    for step in outcome.trace.walk():
        yield from (grade for grade in (step.low, step.high, step.grade) if isinstance(grade, Grade))
    yield from (grade for grade in (outcome.margin.above, outcome.margin.below) if grade is not None)


def names_of(framework: ca.Framework) -> Iterator[tuple[str, str]]:
    """The names of what is scored."""
    for statement in framework.statements:
        yield statement.id, statement.title
    for leaf in framework.leaves:
        yield leaf, framework.title_of(leaf)


def differences(outcome: Outcome, *, every_form: bool, counts: Counter[str]) -> list[str]:
    """What each form of the paper about an outcome says that the outcome does not."""
    document = ca.report.paper(outcome)
    forms = {"html": of_html(html(document)), "md": of_markdown(markdown(document))}
    if every_form:
        forms["docx"] = of_docx(word(document))
        forms["xlsx"] = of_xlsx(book_bytes(book(document), ".xlsx"))
    found: list[str] = []
    known = known_numbers(outcome)
    for name, paper in forms.items():
        counts[name] += 1
        counts["numbers"] += sum(len(numbers(text)) for text in paper.sentences)
        found += [f"{name}: {text}" for text in wrong(outcome, paper, counts, known)]
        if not any(WORKED_OUT.search(text) for text in paper.sentences):
            found.append(f"{name}: it does not say what is worked out")
    return found


def campaign(count: int, start: int) -> tuple[Counter[str], list[str]]:
    """So many outcomes, from a seed; what was looked at, and every difference."""
    counts: Counter[str] = Counter()
    found: list[str] = []

    @seed(start)
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=CHECKS)
    @given(OUTCOMES)
    def look(outcome: Outcome) -> None:
        counts["outcomes"] += 1
        told = differences(outcome, every_form=counts["outcomes"] % SOME == 1, counts=counts)
        found.extend(f"{outcome!r}\n    {text}" for text in told)

    look()
    return counts, found


def main() -> int:
    """Run it as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    began = time.process_time()
    counts, found = campaign(given_.count, given_.seed)
    print(f"seed {given_.seed}: {', '.join(f'{name} {number:,}' for name, number in counts.items())}")
    print(f"{len(found):,} differences in {time.process_time() - began:.0f} CPU seconds")
    print(*found[:20], sep="\n")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
