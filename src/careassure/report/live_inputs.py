"""The sheets of a live workbook into which something is typed, and what they offer and understand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from careassure.methods.plan import Source
from careassure.model.scale import Grade, Scale
from careassure.report.book import BookSheet, Cell, Column, Formula, Input, Named, Sentence
from careassure.report.formula import Call, Expression, Name, compared, plus, when, words
from careassure.report.live_parts import CHOICES, FACTS, SCORES, WORDS, LiveParts
from careassure.report.live_plan import (
    BAD,
    BLANK,
    STATE,
    WITHHELD,
    fact_name,
    score_name,
    state_choices,
    typed_choices,
)


def scores_sheet(parts: LiveParts) -> BookSheet:
    """The sheet into which scores are typed."""
    inner, found = any("/" in source.id for source in parts.leaves), parts.given.found
    columns = [Column("Theme"), Column("Statement"), *([Column("Scored in it")] if inner else []),
               Column("Score", width=18, filled_in=True), Column("Read as", width=30)]  # fmt: skip
    if found is not None:
        columns += [Column("Evidence", width=30), *(Column(head, filled_in=True, width=width) for head, width in SINCE)]
    rows: list[tuple[Cell, ...]] = []
    for source in parts.leaves:
        statement, _, part = source.id.partition("/")
        names = [parts.framework.theme_of(statement).title, parts.fitted.titles[statement]]
        names += [parts.fitted.titles[source.id] if part else "as a whole"] if inner else []
        more: list[Cell] = []
        if found is not None:
            more = [found.get(source.id, "none"), *(_since(head, source.id) for head, _ in SINCE)]
        rows.append((*names, _score(parts, source), Formula(_read_as(source)), *more))
    about: list[Sentence] = [
        Formula(words("Result: ", Name("result"))),
        Formula(words(Name("said of blanks"), "")),
        f"Type into the column Score. Each cell has a list; the sheet {CHOICES} shows it.",
        "Leave a score blank that is not known. The result is then every rating that it could give.",
    ]
    if found is not None:
        about.append("If you change a score, say since when and why: the old one stays on the sheet Score history.")
    title = f"{parts.given.subject}: scores" if parts.given.subject else "Scores"
    return BookSheet(SCORES, title, tuple(columns), tuple(rows), tuple(about))


SINCE = (("Since", 14), ("Confidence", 14), ("Role", 20), ("Reason", 50))
"""What is asked of a score that changes, and how wide its column is."""


def _since(head: str, leaf: str) -> Input:
    if head == "Confidence":
        return Input(f"{head} {leaf}", ("low", "medium", "high"), "", "", "How sure you are of the new score.")
    return Input(f"{head} {leaf}")


def _score(parts: LiveParts, source: Source) -> Input:
    given = parts.given.marks.get(source.id)
    numeric = source.scale.numeric
    value = "" if given is None else (given.value if numeric else given.label) if isinstance(
        given, Grade) else str(given)  # fmt: skip
    best = typed_choices(source.scale)
    prompt = f"{best[0]} is the lowest, {best[-1]} the highest. Leave it blank if it is not known."
    return Input(score_name(source.id), _offered(parts, source.scale), f"list {source.scale.id}", value, prompt)


def _offered(parts: LiveParts, scale: Scale) -> tuple[int | str, ...]:
    typed = [str(mark) for mark in parts.given.marks.values() if mark is not None and not isinstance(mark, Grade)]
    return tuple(dict.fromkeys((*typed_choices(scale), *state_choices(), *typed)))


def _read_as(source: Source) -> Expression:
    rank = Name(f"rank {source.id}")
    grades = [f"{grade.label} ({grade.value})" if source.scale.numeric else grade.label for grade in source.scale]
    state = "left out" if source.state is None else "any score is possible"
    shown: Expression = Call("CHOOSE", (Call("MAX", (1, Call("MIN", (plus(rank, 1), len(grades))))), *grades))
    for mark, said in ((WITHHELD, "not shown, so not known"), (STATE, f"no score: {state}"), (BLANK, "not known"),
                       (BAD, "cannot be read: choose from the list")):  # fmt: skip
        shown = when(compared(rank, "=", mark), said, shown)
    return shown


def facts_sheet(parts: LiveParts) -> BookSheet | None:
    """The sheet of the facts beside the scores; None where the method asks for none."""
    facts = parts.method.facts
    asked = [name for name in facts if f"text of {name}" in parts.live.formulas]
    if not asked:
        return None
    rows: list[tuple[Cell, ...]] = []
    for name in asked:
        given = parts.given.facts.get(name)
        value = "" if given is None else "yes" if given else "no"
        prompt = "Type yes or no. Leave it blank to take what the method takes."
        default = "yes" if facts[name].default else "no"
        rows.append((name.replace("_", " "), Input(fact_name(name), ("yes", "no"), "", value, prompt), default))
    columns = (Column("Fact"), Column("Does it hold", filled_in=True), Column("Taken where it is blank"))
    about = ("The method asks for these beside the scores. A blank counts as the last column says.",)
    return BookSheet(FACTS, "Facts beside the scores", columns, tuple(rows), about)


def choices_sheet(parts: LiveParts) -> BookSheet:
    """What the lists of the scores' cells offer."""
    scales = list({source.scale.id: source.scale for source in parts.plan.leaves}.values())
    lists = [_offered(parts, scale) for scale in scales]
    columns = [_named(f"list {scale.id}", listed) for scale, listed in zip(scales, lists, strict=True)]
    heads = _apart([scale.title[:1].upper() + scale.title[1:] for scale in scales])
    return BookSheet(CHOICES, "What the lists of scores offer", tuple(map(Column, heads)), _turned(columns),
                     ("The lists of the column Score are taken from here.",), "the list is shorter.")  # fmt: skip


def words_sheet(parts: LiveParts) -> BookSheet:
    """Each word that is understood, with the number that formulas take for it."""
    columns: list[list[Cell]] = []
    heads: list[str] = []
    for source in {source.scale.id: source for source in parts.plan.leaves}.values():
        codes = parts.live.codes[source.scale.id]
        columns.append(_named(f"list {source.scale.id} words", list(codes)))
        columns.append(_named(f"list {source.scale.id} codes", list(codes.values())))
        title = source.scale.title[:1].upper() + source.scale.title[1:]
        heads += [f"Words of {title}", f"Numbers of {title}"]
    about = (
        "Each word that is understood in place of a score, in small letters, with a number for the formulas.",
        "1: not shown. 2: a state without a score. 4: the lowest grade. 5 and more: the grades above it.",
    )
    return BookSheet(WORDS, "What is understood as a score", tuple(map(Column, _apart(heads))), _turned(columns),
                     about, "the list is shorter.")  # fmt: skip


def _named(name: str, values: Sequence[int | str]) -> list[Cell]:
    """A list with names for its ends."""
    found: list[Cell] = list(values)
    found[0], found[-1] = Named(f"{name} first", values[0]), Named(f"{name} last", values[-1])
    return found


def _turned(columns: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Lists of different lengths as rows."""
    return tuple(zip_longest(*columns))


def _apart(heads: Sequence[str]) -> list[str]:
    """Heads of which no two are the same."""
    found: list[str] = []
    for head in heads:
        folded = [other.casefold() for other in found]
        number = sum(other == head.casefold() or other.startswith(f"{head.casefold()} (") for other in folded)
        found.append(f"{head} ({number + 1})" if number else head)
    return found
