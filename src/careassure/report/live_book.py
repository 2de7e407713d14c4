"""A workbook that rates: type scores, and its own formulas give the rating or range, and say why.

The formulas are those of `live_plan.py`. Here they are laid on sheets that people read: scores, result, profile, flags,
the rules with what holds now, and the workings, where every step can be followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from careassure.methods.method import Rung
from careassure.methods.notices import is_one_way
from careassure.methods.plan import LadderPlan, NodePlan, Reaches, Test
from careassure.methods.sums import CannotLowerError
from careassure.model.explain import cited
from careassure.model.reference import Reference
from careassure.model.text import plural
from careassure.report.book import Book, BookSheet, Cell, Column, Formula, Link, Named, Sentence
from careassure.report.book_layout import laid_out
from careassure.report.formula import Name, compared, excel, minus, when, words
from careassure.report.live_inputs import choices_sheet, facts_sheet, scores_sheet, words_sheet
from careassure.report.live_parts import FLAGS, RESULT, SCORES, WHY, WORKINGS, LiveParts, LiveScores
from careassure.report.live_plan import rung_name, score_name
from careassure.report.live_results import profile_sheet, result_sheet
from careassure.report.live_steps import step_words

LONGEST_FORMULA = 8_192
"""The most characters of a formula, in Excel."""
DEEPEST_FORMULA = 64
"""The most functions of a formula that stand in each other, in Excel; every bracket is counted."""
_LADDERS = {"only": "", "must": ", at the least", "may": ", at the most", "suggest": ", suggested"}


def live_book(given: LiveScores) -> Book:
    """A workbook that rates by a method.

    Raises:
        CannotLowerError: Formulas cannot say what the method does; the message names what stands in the way.
    """
    book = _Maker(given).book()
    laid = laid_out(book)
    for formula in laid.worked.formulas.values():
        text = excel(formula, laid.places)
        if len(text) > LONGEST_FORMULA or _depth(text) > DEEPEST_FORMULA:
            raise CannotLowerError(
                f"a rule of {given.fitted.method.id} is too long for a formula: it takes {len(text):,} characters, "
                f"and a spreadsheet has room for {LONGEST_FORMULA:,}, {DEEPEST_FORMULA} of its brackets in each other"
            )
    return book


def _depth(text: str) -> int:
    """How many brackets of a formula stand in each other."""
    return max(accumulate((sign == "(") - (sign == ")") for sign in text))


class _Maker:
    def __init__(self, given: LiveScores) -> None:
        self.given = given
        self.parts = LiveParts(given)
        self.fitted, self.plan, self.live = given.fitted, self.parts.plan, self.parts.live
        self.references: dict[Reference, None] = {}

    def book(self) -> Book:
        parts = self.parts
        read = [scores_sheet(parts), facts_sheet(parts), result_sheet(parts), profile_sheet(parts), self._flags()]
        steps = [self._workings(), choices_sheet(parts), words_sheet(parts)]
        sheets = [*read, self._why(), *self.given.more, *steps]
        title = f"{self.fitted.method.title}, worked out by formulas"
        sources = tuple(Link(_title(reference), reference.url) for reference in self.references)
        return Book(
            f"{self.given.subject}: {title}" if self.given.subject else title,
            tuple(self._about()),
            tuple(sheet for sheet in sheets if sheet is not None),
            sources=sources,
        )

    def _about(self) -> Iterable[Sentence]:
        yield Formula(words("Result: ", Name("result")))
        yield f"Type scores on the sheet {SCORES}; everything else follows from them."
        yield f"The sheet {RESULT} has the numbers, {WHY} has each rule, and {WORKINGS} every step."
        method, framework = self.fitted.method, self.fitted.framework
        yield f"Method: {method.title} ({method.id} {method.version}{self.given.origin})."
        yield f"Framework: {framework.title}, version {framework.version}."
        yield "It was made by careassure, not by the body whose method it applies."

    # -- flags and rules ------------------------------------------------------------------------------

    def _flags(self) -> BookSheet | None:
        if not self.plan.flags:
            return None
        rows: list[tuple[Cell, ...]] = []
        for rule in self.fitted.flags:
            low, high = (Name(f"flag {rule.id} {side}") for side in ("low", "high"))
            open_ = "may hold, depending on what is not known"
            if not is_one_way(self.fitted, rule.when):
                open_ = "cannot be told here before every score is known"
            now = when(low, "holds", when(high, open_, "does not hold"))
            rows.append((rule.text, Formula(self.parts.unless_bad(now)), self._source(rule.references)))
        columns = (Column("Flag", width=50), Column("Now", width=30), Column("Source", width=60))
        about = ("A flag is a notice beside the rating. It changes no rating.",)
        return BookSheet(FLAGS, "Flags", columns, tuple(rows), about)

    def _why(self) -> BookSheet:
        rows: list[tuple[Cell, ...]] = []
        for node in reversed(self.plan.nodes):
            title = "Overall" if node.target == "overall" else self.fitted.titles[node.target]
            ladders = {ladder.name: ladder for ladder in self.fitted.graded[node.target].ladders}
            for ladder in node.ladders:
                for number, rung in enumerate(ladders[ladder.name].rungs, 1):  # type: ignore[index]
                    rows.append(self._rung(node, ladder, number, rung, title))
        if not rows:
            rows.append(
                ("Overall", "none", "The method gives no grade; the profile is the result.", "holds", "nothing", "none")
            )
        columns = (Column("For", width=30), Column("Grade", width=26), Column("Rule", width=50),
                   Column("Now", width=26), Column("Counted", width=26), Column("Source", width=60))  # fmt: skip
        return BookSheet(WHY, "Why: each rule, and whether it holds now", columns, tuple(rows),
                         ("A grade is reached if its rule holds and those of all grades below it.",
                          "Counted is what the rule adds up, from worst to best, and how much it needs."))  # fmt: skip

    def _rung(self, node: NodePlan, ladder: LadderPlan, number: int, rung: Rung, title: str) -> tuple[Cell, ...]:
        low, high = (Name(rung_name(node.target, ladder.name, number, side)) for side in ("low", "high"))
        now = when(low, "holds", when(high, "depends on what is not known", "does not hold"))
        grade = f"At least {node.scale.grades[number].label}{_LADDERS[ladder.name]}"
        now = when(self.live.absent(node.source), "not asked: nothing in it has a score", now)
        counted = self._counted(ladder.rungs[number - 1])
        return title, grade, rung.text, Formula(self.parts.unless_bad(now)), counted, self._source(rung.references)

    def _counted(self, test: Test) -> Cell:
        """What a rule counts and how much it needs, where it asks for one sum alone."""
        if not isinstance(test, Reaches):
            return "several things: see Workings"
        low, high = (Name(f"sum {test.index + 1} {side}") for side in ("low", "high"))
        span = when(compared(low, "=", high), words(low, ""), words(low, " to ", high))
        return Formula(words(f"Sum {test.index + 1}: ", span, f"; needed {test.least}"))

    def _source(self, references: Sequence[Reference]) -> str:
        self.references |= dict.fromkeys(references)
        return "; ".join(_title(reference) for reference in references) or "the method itself"

    # -- workings -------------------------------------------------------------------------------------

    def _workings(self) -> BookSheet:
        rows: list[tuple[Cell, ...]] = [  # inside a statement that is given as a whole: never known
            (f"{self.fitted.titles[source.id]}: not asked", Named(score_name(source.id), ""))
            for source in self.parts.hidden
        ]
        titles = self.fitted.titles | {"overall": "Overall"}
        rows += [(step_words(name, titles), Formula(found, name)) for name, found in self.live.formulas.items()]
        blanks = Name("scores not known")
        hidden = len(self.parts.hidden)
        count = minus(blanks, hidden) if hidden else blanks
        said = when(compared(count, "=", 0), "Every score is known or carries a state.",
                    words("Not known: ", count, f" of {plural(len(self.parts.leaves), 'score')}."))  # fmt: skip
        rows.append(("What is said of blanks", Formula(self.parts.unless_bad(said), "said of blanks")))
        about = (
            "Grades are counted from 0, the lowest.",
            "A score below 0 is: -1 blank, -2 a state, -3 not shown, -4 not read.",
            "At worst and at best stand for the lowest and the highest that is possible.",
        )
        return BookSheet(WORKINGS, "Every step of the result", (Column("Step"), Column("Value", width=24)),
                         tuple(rows), about)  # fmt: skip


def _title(reference: Reference) -> str:
    return "".join(cited(reference))
