"""What several scorers make of one assessment."""

from __future__ import annotations

from careassure.model.outcome import Outcome
from careassure.model.safe_text import one_line
from careassure.model.showing import clipped


class Outcomes(tuple[Outcome, ...]):
    """What several scorers make of one assessment, side by side: a tuple that also prints as words."""

    __slots__ = ()

    @property
    def words(self) -> str:
        """A line for each scorer, with what it makes of the assessment; a second where a profile is the result."""
        if not self:
            return "No scorer was asked."
        from careassure.model.side_by_side import profile_words

        lines: list[str] = []
        for outcome in self:
            lines.append(f"  {outcome.title} ({outcome.scorer}): {outcome.result}")
            profile = profile_words(outcome)
            lines += [f"    {profile}"] if profile else []
        assessment = self[0].assessment
        printed = f": printed {assessment.stated.words}" if assessment.stated.words else ""
        return "\n".join(map(one_line, [f"{assessment.label}{printed}", *lines]))

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        found = "; ".join(f"{outcome.scorer}: {outcome.result}" for outcome in self)
        return clipped(f"<Outcomes of {self[0].assessment.label}: {found}>" if self else "<Outcomes: none>")

    def _repr_html_(self) -> str:
        from careassure.model.notebook import outcomes_html, pictures

        return outcomes_html(self, pictures(self) if self else "")
