"""The main table of the report: every result with its scores, a table for each framework."""

from __future__ import annotations

from collections.abc import Sequence

from careassure.analysis.reconcile import Reconciliation
from careassure.model.assessment import Assessment
from careassure.model.explain import MAY_HOLD
from careassure.model.framework import Framework
from careassure.model.markup import Child, Html, el, hidden, joined, numbered
from careassure.model.rounding import decimal
from careassure.model.scale import Grade, NotRated
from careassure.model.statements import Statement
from careassure.report.drawing import style_of
from careassure.report.finding import Entry, entries_of
from careassure.report.words import SYMBOLS, marks, near, number, region

_MANY = 12
_LEVELS = 4


def sheets(results: Sequence[Reconciliation]) -> Html:
    """The results as tables, one for each framework and version, by council and date."""
    groups: dict[Framework, list[Entry]] = {}
    for entry in entries_of(results):
        groups.setdefault(entry.framework, []).append(entry)
    return joined(_sheet(framework, entries, results) for framework, entries in groups.items())


def _sheet(framework: Framework, entries: Sequence[Entry], everyone: Sequence[Reconciliation]) -> Html:
    known = {result.assessment.id: result.assessment for result in everyone if result.assessment.id}
    successors = {
        result.assessment.supersedes: result.assessment for result in everyone if result.assessment.supersedes
    }
    statements = framework.statements
    caption = (
        f"{framework.title}, version {framework.version}: results by {framework.subject} and date, "
        f"each with its {number(len(statements))} scores as far as they were seen, what was printed, and what follows."
    )
    table = el(
        "table",
        el("caption", caption),
        el("thead", *_heads(framework)),
        *(
            el("tbody", *(_row(each, marks(each.assessment, known, successors)) for each in entry.results), id=entry.id)
            for entry in entries
        ),
        class_="sheet stack",
    )
    if len(statements) <= _MANY:
        return table
    return el("div", table, class_="wide", role="region", aria_label=caption, tabindex="0")


def _heads(framework: Framework) -> tuple[Html, Html]:
    def head(text: str, class_: str | None = None) -> Html:
        return el("th", text, scope="col", rowspan="2", class_=class_)

    themes = [
        el("th", theme.title, scope="colgroup", colspan=str(len(theme.statements)), class_="theme")
        for theme in framework.themes
        if theme.statements
    ]
    scores = [
        el("th", el("abbr", _short(statement), title=statement.title), scope="col", class_="s")
        for statement in framework.statements
    ]
    after = (
        head("Printed", "half"),
        head("Worked out", "half"),
        head("How near", "how-near"),
        head("Check", "check"),
        head("Why, and what to know"),
        head("How sure", "few"),
        head("Sources", "few"),
    )
    first = el("tr", head(framework.subject.capitalize(), "council"), head("Published", "date"), *themes, *after)
    return first, el("tr", *scores)


def _short(statement: Statement) -> str:
    return statement.id.replace("_", " ").strip().capitalize()


def _row(result: Reconciliation, remarks: Sequence[str]) -> Html:
    assessment = result.assessment
    date = assessment.published or assessment.assessed
    return el(
        "tr",
        el("th", assessment.council.name, _small(region(assessment)), scope="row"),
        _cell("Published", date.words if date else "not known", *(_small(text, class_="alert") for text in remarks)),
        *(_score(result, statement) for statement in assessment.framework.statements),
        _cell("Printed", *_printed(assessment)),
        _cell("Worked out", *_worked_out(result)),
        _cell("How near", *_near(result)),
        _cell("Check", el("span", SYMBOLS[result.status], aria_hidden="true"), f" {result.status}", class_="status"),
        _cell("Why", result.reason, *_notes(result)),
        _cell("How sure", assessment.confidence),
        _cell("Sources", numbered(assessment.sources, f"for {assessment.label}")),
        class_="differs" if result.status == "differs" else None,
    )


def _cell(head: str, *children: Child, class_: str | None = None) -> Html:
    return el("td", el("div", *children), data_head=head, class_=class_)


def _score(result: Reconciliation, statement: Statement) -> Html:
    shown, level = _found(result, statement)
    style = "s none" if level is None else f"s l{level}"
    return el("td", shown, data_head=_short(statement), class_=style)


def _found(result: Reconciliation, statement: Statement) -> tuple[Html, int | None]:
    """What is shown for one statement, and which of the four backgrounds it has."""
    assessment = result.assessment
    if statement.id in assessment.scores:
        score = assessment.scores[statement.id]
        if isinstance(score, Grade):
            return el("span", _number(assessment, statement, score)), _level(assessment.framework, score)
        if isinstance(score, NotRated):
            return joined((el("span", "n/r", aria_hidden="true", title=str(score)), hidden(str(score)))), None
        return joined((el("span", "·", aria_hidden="true"), hidden("not seen"))), None
    parts = [assessment.scores[leaf] for leaf in statement.leaves]
    seen = sum(part is not None for part in parts)
    if not seen:
        return joined((el("span", "·", aria_hidden="true"), hidden("not seen"))), None
    entry = next((item for item in result.outcome.profile if item.id == statement.id), None)
    if entry is None or entry.low is None or entry.high is None:
        return el("span", f"{seen}/{len(parts)}", title=f"{seen} of the {len(parts)} scores inside it were seen"), None
    low, high = (_number(assessment, statement, grade) for grade in (entry.low, entry.high))
    if entry.grade is None:
        return el("span", f"{low} to {high}"), None
    return el("span", low), _level(assessment.framework, entry.grade)


def _number(assessment: Assessment, statement: Statement, grade: Grade) -> str:
    scale = assessment.framework.scale_of(statement.id)
    return str(grade.value) if scale.numeric and grade.scale == scale.id else grade.label


def _level(framework: Framework, grade: Grade) -> int:
    size = next((len(scale) for scale in framework.scales if scale.id == grade.scale), grade.rank + 1)
    return min(grade.rank * _LEVELS // max(size, 1), _LEVELS - 1)


def _rating(grade: Grade) -> Html:
    word, space, rest = str(grade).partition(" ")
    sign = el("i", class_=style_of(grade), aria_hidden="true")
    return joined((el("span", sign, f" {word}", class_="together"), f"{space}{rest}"))


def _printed(assessment: Assessment) -> list[Child]:
    stated = assessment.stated
    if stated.rating is None and stated.score is None:
        return [el("span", "not seen", class_="soft")]
    score = "no score seen" if stated.score is None else f"{stated.score} out of 100"
    rating = el("span", "no rating seen", class_="soft") if stated.rating is None else _rating(stated.rating)
    return [rating, _small(score)]


def _worked_out(result: Reconciliation) -> list[Child]:
    outcome, assessment = result.outcome, result.assessment
    if len(assessment.missing) == len(assessment.marks):
        return [el("span", "no scores seen", class_="soft")]
    if outcome.rating is None:
        return [outcome.result]
    exact = outcome.percentage
    score = f"{outcome.score} out of 100" if outcome.score is not None else None
    if score and exact is not None and exact != outcome.score:
        score = f"{score} ({decimal(exact)} %)"
    if outcome.score is None and outcome.score_low is not None:
        score = f"{outcome.score_low} to {outcome.score_high} out of 100"
    return [_rating(outcome.rating), _small(score) if score else None]


def _near(result: Reconciliation) -> list[Child]:
    sentences = near(result)
    if not sentences:
        return [el("span", "not worked out", class_="soft")]
    return [joined((el("span", text, class_="near one" if single else "near") for text, single in sentences), " ")]


def _notes(result: Reconciliation) -> list[Child]:
    flags = [f"{'Flag' if flag.certain else MAY_HOLD}: {flag.text}" for flag in result.outcome.flags]
    return [_small(text) for text in (*flags, result.assessment.notes) if text]


def _small(text: str, class_: str | None = None) -> Html:
    """A line of its own, and a space before it for whoever copies the cell."""
    return joined((" ", el("small", text, class_=class_)))
