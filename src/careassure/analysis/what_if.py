"""What the method would make of other scores. It says what follows from them, not that they will come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from careassure.api.lookup import ScorerLike
from careassure.api.verbs import assess
from careassure.errors import InvalidAssessmentError, Problem, collecting
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.explain import MAY_HOLD, margin_sentences, name_of, span_words
from careassure.model.marks import Score, read_marks
from careassure.model.outcome import Outcome
from careassure.model.showing import short_repr
from careassure.model.text import join


@frozen
class WhatIf:
    """A result beside the one that other scores would give.

    Args:
        before: What the method makes of the scores as they are.
        after: What it makes of the scores as changed.
        changes: What was changed: the id of what is scored, its score before and after.
    """

    before: Outcome
    after: Outcome
    changes: tuple[tuple[str, Score, Score], ...]

    __repr__ = short_repr

    @property
    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """What differs, in words: what it is, and how it is before and after. What stays is left out."""
        framework = self.before.assessment.framework
        scores = [
            (name_of(framework, leaf), framework.scale_of(leaf).said(old), framework.scale_of(leaf).said(new))
            for leaf, old, new in self.changes
        ]
        told = [dict(_told(outcome)) for outcome in (self.before, self.after)]
        others = [(name, told[0].get(name, ""), told[1].get(name, "")) for name in told[0] | told[1]]
        return (*scores, *(line for line in others if line[1] != line[2]))

    @property
    def words(self) -> str:
        """Both results in a sentence, which says that it is not a forecast."""
        framework = self.before.assessment.framework
        if not self.changes:
            return f"Nothing would change: {self.before.result}."
        said: list[str] = []
        for leaf, old, new in self.changes:
            scale = framework.scale_of(leaf)
            said.append(f"{framework.title_of(leaf)} {scale.said(old)} to {scale.said(new)}")
        if self.before.result == self.after.result:
            then = f"it would still be {self.after.result}"
        else:
            then = f"it would be {self.after.result}, and not {self.before.result}"
        return f"With {join(said)}, {then}. This is a what-if, not a forecast."

    def __str__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        from careassure.model.notebook import outcomes_html, output, paragraph, pictures, table

        framework = self.before.assessment.framework
        rows = [
            (framework.title_of(leaf), *(framework.scale_of(leaf).said(score) for score in (old, new)))
            for leaf, old, new in self.changes
        ]
        changes = table("Scores", ("", "Before", "After"), rows)
        results = table("Results", ("", "Result"), [("Before", self.before.result), ("After", self.after.result)])
        return output(paragraph(self.words), pictures(self), changes, results, outcomes_html([self.after]))


def _told(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What an outcome says beside its scores, in words."""
    yield "Result", outcome.result
    if outcome.percentage_low is not None and outcome.percentage_high is not None:
        yield "Percentage", span_words(outcome.percentage_low, outcome.percentage_high)
    for entry in outcome.profile:
        if entry.id not in outcome.assessment.scores and entry.low is not None:
            yield entry.title, span_words(entry.low, entry.high)
    near = margin_sentences(outcome)
    if near:
        yield "How near", " ".join(near)
    for flag in outcome.flags:
        yield f"Flag {flag.id}", flag.text if flag.certain else f"{MAY_HOLD}: {flag.text}"


@checked
def what_if(assessment: Assessment, scores: Mapping[str, object], scorer: ScorerLike | None = None) -> WhatIf:
    """What the method would make of an assessment with other scores.

    Args:
        assessment: What was found.
        scores: The scores to change, by statement id, title or alias; ``statement/part`` for a part.
        scorer: The scorer; the framework's own where None.

    Raises:
        InvalidAssessmentError: Scores that do not fit, all at once.
        UnknownScorerError: There is no such scorer, or it does not score this framework.
    """
    with collecting("the scores to try", InvalidAssessmentError) as problems:
        given: dict[str, object] = {}
        parts: dict[str, dict[str, object]] = {}
        for name, value in scores.items():
            statement, _, part = str(name).partition("/")
            if part:
                parts.setdefault(statement, {})[part] = value
            else:
                given[statement] = value
        marks = read_marks(assessment.framework, given | parts, problems)
    wanted = {leaf: score for leaf, score in marks if score is not None}
    problems = [
        Problem(leaf, "the assessment scores it otherwise: as a whole, or in parts", "Give what it scores")
        for leaf in wanted
        if leaf not in assessment.scores
    ]
    if problems:
        raise InvalidAssessmentError("the scores to try", problems)
    changed = evolve(assessment, marks=tuple((leaf, wanted.get(leaf, score)) for leaf, score in assessment.marks))
    changes = tuple((leaf, score, wanted[leaf]) for leaf, score in assessment.marks if wanted.get(leaf, score) != score)
    return WhatIf(assess(assessment, scorer), assess(changed, scorer), changes)
