"""A rating that was judged, beside the one that the scores come to: both are shown, with the reason."""

from __future__ import annotations

from attrs import frozen

from careassure.errors import UnknownScorerError
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.workspaces.details import result_words
from careassure.workspaces.happened import Event
from careassure.workspaces.rating import assess
from careassure.workspaces.workspace import Workspace


@frozen
class Judgement:
    """The rating of a self-assessment, where it is not what the scores of then come to.

    Args:
        event: The self-assessment, which no later one has superseded.
        said: Its rating and score in words.
        rating: Its rating.
        worked_out: What the method makes of the scores of then.
    """

    event: Event
    said: str
    rating: Grade
    worked_out: Outcome

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """Both results and the reason, in a sentence or two."""
        event = self.event
        reason = f"Reason: {event.reason}" if event.reason else "No reason is recorded"
        return (
            f"Judged {event.date.when}: {self.said}, where the scores of then come to {self.worked_out.result} "
            f"({event.id} {event.title}). {reason}"
        )

    def __str__(self) -> str:
        return self.words

    def to_dict(self) -> dict[str, object]:
        """Both results and the reason, as plain values that JSON can hold."""
        return {
            "event": self.event.id,
            "date": str(self.event.date),
            "judged": self.rating.key,
            "judged_score": self.event.score,
            "worked_out": self.worked_out.result,
            "reason": self.event.reason,
            "words": self.words,
        }


def judgement(work: Workspace) -> Judgement | None:
    """The latest self-assessment that stands, where its result is not what the scores of then come to.

    None where it is what they come to, or where either is not known. A rating within the range of scores that are not
    all known is what they may come to.
    """
    replaced = {event.supersedes for event in work.events}
    said = [item for item in work.events
            if item.kind == "self_assessment" and item.result and item.id not in replaced]  # fmt: skip
    if not said:
        return None
    event = max(said, key=lambda item: item.date)
    then = work.at(event.date.latest)
    if not any(entry.score is not None for entry in then.latest_scores.values()):
        return None
    try:
        outcome = assess(then)
    except UnknownScorerError:
        return None
    rating = work.framework.rating(event.result)
    if outcome.low is None or outcome.high is None or outcome.low.scale != rating.scale:
        return None
    within = outcome.low <= rating <= outcome.high
    same = event.score is None or outcome.score is None or event.score == outcome.score
    return None if within and same else Judgement(event, result_words(event, work.framework), rating, outcome)
