"""What the sheets of a live workbook share: the plan, its formulas, and what is filled in beforehand."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from careassure.methods.fit import Fitted
from careassure.methods.lowering import lower_method
from careassure.methods.margin import stretches_of
from careassure.methods.plan import FURTHEST, MethodPlan, NodePlan
from careassure.methods.sums import CannotLowerError
from careassure.model.marks import Score
from careassure.model.showing import short_repr
from careassure.report.book import BookSheet
from careassure.report.formula import Call, Expression, Name, compared, plus, when
from careassure.report.live_plan import LivePlan

SCORES, FACTS, RESULT, PROFILE, FLAGS, WHY = "Scores", "Facts", "Result", "Profile", "Flags", "Why"
WORKINGS, CHOICES, WORDS = "Workings", "Choices", "Words"
UNREAD = "Look at the sheet Scores: a cell could not be read"


@frozen
class LiveScores:
    """What a live workbook is about.

    Args:
        fitted: The method on its framework.
        subject: Whose scores they are; empty where it is for anybody.
        marks: The score of each leaf that is filled in beforehand.
        facts: The facts that are.
        origin: Where the method comes from: the distribution and its version.
        found: What there is for each statement, in a few words, where the scores come from a workspace: then it is
            asked, too, since when a score has changed and why.
        more: Sheets that follow those of the result.
    """

    fitted: Fitted
    subject: str = ""
    marks: Mapping[str, Score] = {}
    facts: Mapping[str, bool] = {}
    origin: str = ""
    found: Mapping[str, str] | None = None
    more: tuple[BookSheet, ...] = ()

    __repr__ = short_repr


class LiveParts:
    """A method made ready to be laid on sheets.

    Args:
        given: What the workbook is about.

    Raises:
        CannotLowerError: Formulas cannot say what the method does; the message names what stands in the way.
    """

    def __init__(self, given: LiveScores) -> None:
        self.given = given
        self.fitted = given.fitted
        self.framework = given.fitted.framework
        self.method = given.fitted.method
        wholes = frozenset(leaf for leaf in given.marks if self.fitted.statements.get(leaf) is not None
                           and self.fitted.statements[leaf].parts)  # fmt: skip
        self.plan: MethodPlan = lower_method(self.fitted, wholes)
        if not self.plan.settled:
            raise CannotLowerError(
                f"{self.method.id} was not proved to give one result for all scores",
                hint=f"See what is wrong with it: careassure check {self.method.id}",
            )
        if self.plan.reach > FURTHEST:
            raise CannotLowerError(f"the sums of {self.method.id} are too long for the numbers of a spreadsheet")
        self.live = LivePlan(self.plan)
        stretches = None if wholes else stretches_of(self.fitted)
        self.has_margin = stretches is not None
        if stretches is not None:
            self.live.margin(stretches)
        hidden = {leaf for whole in wholes for leaf in self.fitted.statements[whole].leaves}
        self.leaves = [source for source in self.plan.leaves if source.id not in hidden]
        self.hidden = [source for source in self.plan.leaves if source.id in hidden]
        self.nodes = {node.target: node for node in self.plan.nodes}

    @property
    def is_bad(self) -> Expression:
        """Whether something was typed that cannot be read."""
        return compared(Name("cells not read"), ">=", 1)

    def unless_bad(self, shown: Expression) -> Expression:
        """A text, or where to look where something cannot be read."""
        return when(self.is_bad, UNREAD, shown)

    def ends(self, node: NodePlan) -> tuple[Expression, Expression, Expression]:
        """The lowest and the highest grade of a place in words, and whether it is left out."""
        low, high = (self.grade(node, Name(f"grade {node.target} {side}")) for side in ("low", "high"))
        return low, high, self.live.absent(node.source)

    @staticmethod
    def grade(node: NodePlan, rank: Expression) -> Expression:
        """A grade of a place in words, by its rank; the lowest for a rank below 0."""
        return Call("CHOOSE", (Call("MAX", (1, plus(rank, 1))), *(grade.label for grade in node.scale)))
