"""What the plan would give if its actions did what their authors hope for: a what-if, and never a forecast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from attrs import frozen

from careassure.analysis.what_if import WhatIf, what_if
from careassure.api.lookup import ScorerLike
from careassure.api.verbs import compare
from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import hint_for, join
from careassure.workspaces.details import claims_words
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.plan import ENDED, Action
from careassure.workspaces.rating import rated_by
from careassure.workspaces.workspace import Workspace

_MOST = 10
"""The most actions whose sets are tried one by one."""
NO_FORECAST = "This is a what-if, not a forecast."


@frozen
class ActionHope:
    """What one action would give.

    Args:
        action: The action, which is neither complete nor cancelled.
        alone: What would be if it alone did what is hoped.
        without: What would be if every other open action did.
        needed: Whether the rating would be lower without it than with all; None where the method gives no rating.
    """

    action: Action
    alone: WhatIf
    without: WhatIf
    needed: bool | None

    __repr__ = short_repr


@frozen
class Hopes:
    """What a plan would give if every open action did what is hoped.

    Args:
        workspace: What the council held on the day.
        everything: What would be if every open action did what is hoped.
        actions: The open actions that hope for a score, one by one.
        others: What other methods that score this framework make of the scores before and after.
        enough: The smallest sets of actions, by their ids, that give as good a rating as all of them; empty where
            the method gives none, or where more than 10 open actions hope for a score.
        silent: The open actions that hope for no score.
        left_out: Hopes that are not counted, each with the reason.
    """

    workspace: Workspace
    everything: WhatIf
    actions: tuple[ActionHope, ...]
    others: tuple[tuple[Outcome, Outcome], ...] = ()
    enough: tuple[tuple[str, ...], ...] = ()
    silent: tuple[Action, ...] = ()
    left_out: tuple[str, ...] = ()

    __repr__ = short_repr

    @property
    def sentence(self) -> str:
        """What would be if every open action did what is hoped, in a sentence."""
        if not self.actions:
            return "No open action hopes for a score."
        now, then = self.everything.before.result, self.everything.after.result
        if now == then:
            return f"If every open action did what is hoped: still {then}. {NO_FORECAST}"
        return f"If every open action did what is hoped: {then}. Now: {now}. {NO_FORECAST}"

    @property
    def fewest(self) -> str:
        """The smallest sets of actions that give as good a rating as all of them, in words."""
        return join([join(names) if names else "none, as the rating is as good without" for names in self.enough], "or")

    @property
    def words(self) -> str:
        """All of it as text."""
        return "\n".join(self._lines()) + "\n"

    def __str__(self) -> str:
        return self.words

    def _lines(self) -> Iterator[str]:
        yield self.sentence
        if self.actions:
            yield ""
            yield f"Action by action, by {self.everything.after.scorer}"
        for item in self.actions:
            yield f"  {item.action.id} {item.action.title}"
            yield f"    Hopes for {claims_words(item.action.moves, self.workspace.framework)}"
            yield f"    It alone: {item.alone.after.result}"
            yield f"    All but it: {item.without.after.result}"
            if item.needed is not None:
                yield f"    {'Needed' if item.needed else 'Not needed'} for the rating that all of them would give"
        if self.enough:
            yield ""
            yield f"Fewest actions that give as good a rating: {self.fewest}"
        if self.others:
            yield ""
            yield "By other methods"
        for before, after in self.others:
            said = f"still {after.result}" if before.result == after.result else f"{after.result}; now {before.result}"
            yield f"  {after.scorer}: {said}"
        if self.silent:
            yield ""
            yield "Open actions that hope for no score"
            yield from (f"  {action.id} {action.title}" for action in self.silent)
        if self.left_out:
            yield ""
            yield "Hopes that are not counted"
            yield from (f"  {line}" for line in self.left_out)

    def rows(self) -> list[dict[str, object]]:
        """A row for all open actions together, and two for each: it alone, and all but it; by every method."""
        whole = self.everything
        pairs: list[tuple[str, str, bool | None, Outcome, Outcome]] = [("all", "", None, whole.before, whole.after)]
        pairs += [("all", "", None, before, after) for before, after in self.others]
        for item in self.actions:
            pairs.append(("alone", item.action.id, item.needed, item.alone.before, item.alone.after))
            pairs.append(("all but it", item.action.id, item.needed, item.without.before, item.without.after))
        return [
            {
                "which": which,
                "action": action,
                "needed": needed,
                "scorer": after.scorer,
                **_ends(before, "now"),
                **_ends(after, "then"),
            }
            for which, action, needed, before, after in pairs
        ]

    def to_dict(self) -> dict[str, object]:
        """All of it as plain values that JSON can hold, in the form ``careassure.hopes/1``."""
        whole = self.everything
        return {
            "format": "careassure.hopes/1",
            "words": self.sentence,
            "forecast": False,
            "changes": [
                {"statement": leaf, "from": _plain(old), "to": _plain(new)} for leaf, old, new in whole.changes
            ],
            "results": self.rows(),
            "enough": [list(names) for names in self.enough],
            "hope_for_no_score": [action.id for action in self.silent],
            "not_counted": list(self.left_out),
        }


def _ends(outcome: Outcome, when: str) -> dict[str, object]:
    return {
        when: outcome.result,
        f"{when}_low": outcome.low.key if outcome.low else None,
        f"{when}_high": outcome.high.key if outcome.high else None,
    }


def _plain(score: object) -> object:
    return score.value if isinstance(score, Grade) else None if score is None else str(score)


@checked
def if_complete(
    workspace: WorkspaceLike, actions: Iterable[str] | None = None, scorer: ScorerLike | None = None
) -> WhatIf:
    """What the method would make of the scores that are hoped for once actions are complete: no forecast.

    Hopes for a statement that is scored in parts, or for one that the method does not count, are left out. Where two
    actions hope for different scores of one statement, the higher counts; a score that is higher already is kept.

    Args:
        workspace: What the council keeps, or the path of its folder.
        actions: The ids of the actions; every one that is neither complete nor cancelled where None.
        scorer: The scorer; where None the one of the settings, or else the framework's own.

    Raises:
        InvalidInputError: An unknown action.
    """
    work = opened(workspace)
    plan = {action.id: action for action in work.actions}
    chosen = [action.id for action in _still_open(work)] if actions is None else list(actions)
    problems = [
        Problem(
            "actions",
            f"there is no action {name!r}",
            hint_for(name, plan, f"There are {join(list(plan))}" if plan else "The plan is empty"),
        )
        for name in chosen
        if name not in plan
    ]
    if problems:
        raise InvalidInputError("the actions", problems)
    assessment, used = rated_by(work, scorer)
    return what_if(assessment, _wanted(assessment, [plan[name] for name in chosen]), used)


@checked
def hopes(workspace: WorkspaceLike, at: DayLike | None = None, scorer: ScorerLike | None = None) -> Hopes:
    """What the plan would give if every open action did what is hoped, and action by action: no forecast.

    A score that is not known and that no action hopes for stays so: the result is a range then.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
        scorer: The scorer; where None the one of the settings, or else the framework's own. The other methods that
            score the framework stand beside it.
    """
    work = opened(workspace).at(day_or_today(at))
    still = _still_open(work)
    hoping = [action for action in still if action.moves]
    names = [action.id for action in hoping]
    everything = if_complete(work, names, scorer)
    found: list[ActionHope] = []
    for action in hoping:
        without = if_complete(work, [name for name in names if name != action.id], scorer)
        alone = if_complete(work, [action.id], scorer)
        found.append(ActionHope(action, alone, without, _lower(without.after, everything.after)))
    before, after = everything.before.assessment, everything.after.assessment
    scorer_used = rated_by(work, scorer)[1]
    own = (everything.before.scorer, everything.before.scorer_version)
    others = [
        pair
        for pair in zip(compare(before), compare(after), strict=True)
        if (pair[0].scorer, pair[0].scorer_version) != own
    ]
    return Hopes(
        work, everything, tuple(found), tuple(others), tuple(_enough(hoping, everything, scorer_used)),
        tuple(action for action in still if not action.moves), tuple(_left_out(work, before, hoping)),
    )  # fmt: skip


def _enough(actions: list[Action], everything: WhatIf, scorer: ScorerLike | None) -> Iterator[tuple[str, ...]]:
    """The smallest sets of actions without which the rating is no lower than with all of them."""
    if len(actions) > _MOST or everything.after.low is None:
        return
    before = everything.before.assessment
    for size in range(len(actions) + 1):
        found = [
            tuple(action.id for action in some)
            for some in combinations(actions, size)
            if not _lower(what_if(before, _wanted(before, some), scorer).after, everything.after)
        ]
        if found:
            yield from found
            return


def _still_open(work: Workspace) -> list[Action]:
    last = work.latest_updates
    return [item for item in work.actions if item.id not in last or last[item.id].status not in ENDED]


def _wanted(assessment: Assessment, actions: Iterable[Action]) -> dict[str, Grade]:
    """The scores that actions hope for and that are better than those of now, by statement."""
    wanted: dict[str, Grade] = {}
    for action in actions:
        for claim in action.moves:
            if claim.statement not in assessment.scores:
                continue
            grade = assessment.framework.scale_of(claim.statement).parse(claim.score)
            now = wanted.get(claim.statement) or assessment.scores[claim.statement]
            if not isinstance(now, Grade) or grade > now:
                wanted[claim.statement] = grade
    return wanted


def _left_out(work: Workspace, assessment: Assessment, actions: Iterable[Action]) -> Iterator[str]:
    """Hopes that no score of the assessment answers to, and those that are reached already."""
    known = {statement.id for statement in assessment.framework.statements}
    for action in actions:
        for claim in action.moves:
            title = work.framework.title_of(claim.statement)
            said = f"{action.id}: {title} {claim.score}"
            if claim.statement not in known:
                yield f"{said}, as the method does not count this statement"
            elif claim.statement not in assessment.scores:
                yield f"{said}, as it is scored in parts"
            else:
                now = assessment.scores[claim.statement]
                scale = assessment.framework.scale_of(claim.statement)
                if isinstance(now, Grade) and scale.parse(claim.score) <= now:
                    yield f"{said}, as it is scored {scale.said(now)} already"


def _lower(one: Outcome, other: Outcome) -> bool | None:
    """Whether an outcome is rated lower than another; None where either has no rating.

    While scores are not known only the low end counts: the high end falls when one that could be anything gets the
    score that is hoped for.
    """
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return None
    both = one.assessment.complete and other.assessment.complete
    return one.low < other.low or (both and one.high < other.high)
