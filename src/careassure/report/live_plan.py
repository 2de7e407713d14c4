"""A method's plan as formulas of a spreadsheet: scores in, grades, percentages and notices out, at worst and at best.

Each formula has a name and rests on others by theirs. ``score equity`` is where somebody types; ``rank equity`` is
what was typed as a rank from 0 upwards, or one of the signs below 0; ``sum 3 low`` is a sum of the plan at worst. A
condition asks whether such a sum reaches a whole number, exactly as in `careassure.methods.plan`: no fraction decides
anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from careassure.methods.margin import Stretches
from careassure.methods.plan import (
    Amount,
    Every,
    FactPlan,
    Headline,
    LadderPlan,
    MethodPlan,
    NodePlan,
    Opposite,
    Reaches,
    Some,
    Source,
    Test,
)
from careassure.methods.sums import CannotLowerError
from careassure.model.scale import NotRated, Scale
from careassure.model.vocabulary import STATES
from careassure.report.formula import (
    Call,
    Code,
    Expression,
    Name,
    both,
    compared,
    divided,
    either,
    minus,
    opposite,
    plus,
    times,
    when,
    words,
)

MOST_GRADES = 40
"""The most grades of a scale in a workbook: spreadsheets put so many questions into each other, and few more."""
SIDES = ("low", "high")
BLANK, STATE, WITHHELD, BAD = -1, -2, -3, -4
"""What stands in the place of a rank: nothing was typed, a state, a score that is not shown, something else."""
_PARTS_OF_A_SUM = 60


def score_name(leaf: str) -> str:
    """The name of the cell into which a score is typed."""
    return f"score {leaf}"


def fact_name(fact: str) -> str:
    """The name of the cell into which it is typed whether a fact holds."""
    return f"fact {fact}"


def codes_of(scale: Scale) -> dict[str, int]:
    """What may be typed for a score, in small letters, and how far its rank lies above `BAD`."""
    found: dict[str, int] = {}
    for grade in scale.grades:
        texts = [grade.label, grade.key, grade.key.replace("_", " "), *grade.aliases]
        number = [str(grade.value)] if scale.numeric else []
        found |= dict.fromkeys([*number, *(" ".join(text.lower().split()) for text in texts)], grade.rank - BAD)
    for reason, state in STATES.items():  # a state's words are a state's, as in every table
        texts = [reason, *state.words, *state.signs]
        found |= dict.fromkeys((text.lower() for text in texts), (WITHHELD if state.withheld else STATE) - BAD)
    return found


class LivePlan:
    """The formulas of a plan.

    Args:
        plan: The plan, which was proved to be settled.

    Raises:
        CannotLowerError: A scale has more grades than a formula can tell apart.
    """

    def __init__(self, plan: MethodPlan) -> None:
        self.plan = plan
        self.formulas: dict[str, Expression] = {}
        self._by_source = {node.source: node for node in plan.nodes}
        self.codes: dict[str, dict[str, int]] = {}
        """Of each scale on which scores are typed: what may be typed, and how far its rank lies above `BAD`."""
        for source in plan.sources:
            if len(source.scale) > MOST_GRADES:
                raise CannotLowerError(
                    f"the scale {source.scale.title} has {len(source.scale):,} grades, and a workbook has room for "
                    f"{MOST_GRADES}"
                )
            if source.given:
                self.codes.setdefault(source.scale.id, codes_of(source.scale))
                self._read(source)
        for fact in sorted(_facts(plan)):
            self._read_fact(fact)
        for node in plan.nodes:
            self._grade(node)
        for flag, test in plan.flags:
            for side in SIDES:
                self.formulas[f"flag {flag} {side}"] = self._holds(test, side)
        self._count()
        if plan.headline is not None:
            self._percentage(plan.headline)

    # -- what was typed -------------------------------------------------------------------------------

    def _read(self, source: Source) -> None:
        leaf, scale = source.id, source.scale
        typed = Name(score_name(leaf))
        text = Name(f"text {leaf}")
        self.formulas[text.name] = _typed(typed)
        found: Expression = BAD
        code = Code(text, f"list {scale.id}", self.codes[scale.id])
        found = when(compared(text, "=", ""), BLANK, plus(code, BAD))
        rank = Name(f"rank {leaf}")
        self.formulas[rank.name] = found
        known = compared(rank, ">=", 0)
        for end, side in enumerate(SIDES):
            spans = {
                BLANK: source.unknown,
                STATE: source.state or (0, 0),
                WITHHELD: source.withheld,
                BAD: source.unknown,
            }
            open_ = {mark: span[end] for mark, span in spans.items()}
            if len(set(open_.values())) == 1:
                other: Expression = open_[BLANK]
            else:
                other = open_[BAD]
                for mark in (WITHHELD, STATE, BLANK):
                    other = when(compared(rank, "=", mark), open_[mark], other)
            self.formulas[self._rank(source, side).name] = when(known, rank, other)

    @staticmethod
    def _rank(source: Source, side: str) -> Name:
        return Name(f"{'given' if source.given else 'grade'} {source.id} {side}")

    def _read_fact(self, fact: str) -> None:
        typed, text = Name(fact_name(fact)), Name(f"text of {fact}")
        self.formulas[text.name] = _typed(typed)

    def absent(self, place: int) -> Expression:
        """Whether a source is left out."""
        source = self.plan.sources[place]
        if not source.lacking:
            return False
        return compared(Name(f"rank {source.id}"), "=", STATE) if source.given else Name(f"out {source.id}")

    def unsure(self, place: int) -> Expression:
        """Whether no score is known, be it open or left out."""
        source = self.plan.sources[place]
        return compared(Name(f"rank {source.id}"), "<", 0) if source.given else False

    # -- sums and conditions --------------------------------------------------------------------------

    def _sum(self, amount: Amount, side: str, name: str) -> Expression:
        """A sum, in a formula of its own."""
        name = f"{name} {side}"
        if name not in self.formulas:
            parts = [self._adds(place, adds, side, known=amount.known) for place, adds in amount.parts]
            chunks = [parts[at : at + _PARTS_OF_A_SUM] for at in range(0, len(parts), _PARTS_OF_A_SUM)] or [[]]
            for number, chunk in enumerate(chunks[:-1]):
                self.formulas[f"{name} part {number + 1}"] = plus(*chunk)
            before = [Name(f"{name} part {number + 1}") for number in range(len(chunks) - 1)]
            self.formulas[name] = plus(*before, *chunks[-1])
        return Name(name)

    def _adds(self, place: int, adds: Sequence[int], side: str, *, known: bool) -> Expression:
        if known:
            left = self.unsure(place) if side == "low" else self.absent(place)
            return when(left, 0, adds[0])
        rank = self._rank(self.plan.sources[place], side)
        steps = {after - before for before, after in pairwise(adds)}
        if len(steps) <= 1:
            step = steps.pop() if steps else 0
            found = plus(times(rank, step), adds[0]) if step else adds[0]
        else:
            found = Call("CHOOSE", (plus(rank, 1), *adds))
        return when(self.absent(place), 0, found)

    def _holds(self, test: Test, side: str) -> Expression:
        match test:
            case Reaches(index, least):
                return compared(self._sum(self.plan.amounts[index], side, f"sum {index + 1}"), ">=", least)
            case Every(parts):
                return both(*(self._holds(part, side) for part in parts))
            case Some(parts):
                return either(*(self._holds(part, side) for part in parts))
            case Opposite(part):
                return opposite(self._holds(part, "high" if side == "low" else "low"))
            case FactPlan(name, value, default):
                text = Name(f"text of {name}")
                said = either(*(compared(text, "=", word) for word in YES))
                if default:
                    said = either(said, compared(text, "=", ""))
                return said if value else opposite(said)

    # -- places that get a grade ----------------------------------------------------------------------

    def _grade(self, node: NodePlan) -> None:
        by_name: dict[str, LadderPlan] = {ladder.name: ladder for ladder in node.ladders}
        absent = [self.absent(place) for place in node.inputs]
        if absent and self.plan.sources[node.source].lacking:
            self.formulas[f"out {node.target}"] = both(*absent)
        out = self.absent(node.source)
        for ladder in node.ladders:
            for side in SIDES:
                held: list[Expression] = []
                for number, rung in enumerate(ladder.rungs, 1):
                    name = rung_name(node.target, ladder.name, number, side)
                    self.formulas[name] = self._holds(rung, side)
                    held.append(when(Name(name), 1, 0))
                self.formulas[f"{ladder.name} {node.target} {side}"] = when(out, 0, plus(*held))
        must, may = (by_name.get(name, node.ladders[0]).name for name in ("must", "may"))
        low, high = Name(f"grade {node.target} low"), Name(f"grade {node.target} high")
        self.formulas[low.name] = Name(f"{must} {node.target} low")
        self.formulas[high.name] = Name(f"{may} {node.target} high")
        if "suggest" in by_name:
            worst, best = (Name(f"suggest {node.target} {side}") for side in SIDES)
            between = Call("MIN", (Call("MAX", (worst, low)), high))
            self.formulas[f"suggested {node.target}"] = when(compared(worst, "=", best), between, -1)

    # -- counts and percentages -----------------------------------------------------------------------

    def _count(self) -> None:
        ranks = [Name(f"rank {source.id}") for source in self.plan.leaves]
        self._add_up("scores not known", [when(either(compared(rank, "=", BLANK), compared(rank, "=", WITHHELD)), 1, 0)
                                          for rank in ranks])  # fmt: skip
        self._add_up("scores blank", [when(compared(rank, "=", BLANK), 1, 0) for rank in ranks])
        self._add_up("states", [when(compared(rank, "=", STATE), 1, 0) for rank in ranks])
        bad = [when(compared(rank, "=", BAD), 1, 0) for rank in ranks]
        for fact in sorted(_facts(self.plan)):
            text = Name(f"text of {fact}")
            bad.append(when(either(*(compared(text, "=", word) for word in ("", *YES, *NO))), 0, 1))
        self._add_up("cells not read", bad)

    def _add_up(self, name: str, parts: list[Expression]) -> None:
        chunks = [parts[at : at + _PARTS_OF_A_SUM] for at in range(0, len(parts), _PARTS_OF_A_SUM)]
        for number, chunk in enumerate(chunks[1:], 1):
            self.formulas[f"{name} part {number}"] = plus(*chunk)
        self.formulas[name] = plus(*chunks[0], *(Name(f"{name} part {n}") for n in range(1, len(chunks))))

    def _percentage(self, headline: Headline) -> None:
        self.formulas["percentage whole"] = (
            headline.whole
            if isinstance(headline.whole, int)
            else Call("MAX", (self._sum(headline.whole, "low", "whole"), 1))
        )
        whole = Name("percentage whole")
        masks = [self.absent(place) for place in headline.inputs]
        self.formulas["percentage out"] = both(*masks) if masks else False
        for side in SIDES:
            part = Name(f"percentage part {side}")
            self.formulas[part.name] = times(self._sum(headline.part, side, "points"), 100)
            if headline.rounding == "none":
                continue
            shown = Name(f"displayed {side}")
            if headline.rounding in ("up", "down"):
                number = plus(part, minus(whole, 1)) if headline.rounding == "up" else part
                self.formulas[shown.name] = divided(number, whole)
                continue
            number, by = plus(times(part, 2), whole), times(whole, 2)
            nearest = Name(f"nearest {side}")
            self.formulas[nearest.name] = divided(number, by)
            tie = both(compared(Call("MOD", (number, by)), "=", 0), compared(Call("MOD", (nearest, 2)), "=", 1))
            even = headline.rounding == "half_even"
            self.formulas[shown.name] = when(tie, minus(nearest, 1), nearest) if even else nearest

    def margin(self, stretches: Stretches) -> None:
        """The fewest points to the next grade down and up, and its rank; -1 where there is none or a score is open."""
        parts: list[Expression] = []
        places = {source.id: place for place, source in enumerate(self.plan.sources) if source.given}
        for leaf in stretches.leaves:
            scale = self.plan.sources[places[leaf]].scale
            parts.append(self._adds(places[leaf], [grade.value for grade in scale.grades], "low", known=False))
        self._add_up("points", parts)
        points = Name("points")
        open_ = plus(Name("scores not known"), Name("states"), Name("cells not read"))
        ways: dict[str, Expression] = dict.fromkeys(("points up", "points down", "grade above", "grade below"), -1)
        for at in reversed(range(len(stretches.starts))):
            start = stretches.starts[at][0]
            up = stretches.starts[at + 1] if at + 1 < len(stretches.starts) else None
            here: dict[str, Expression] = {
                "points up": minus(up[0], points) if up else -1,
                "points down": minus(points, start - 1) if at else -1,
                "grade above": up[1] if up else -1,
                "grade below": stretches.starts[at - 1][1] if at else -1,
            }
            reached = compared(points, "<", up[0]) if up else True
            ways = {name: when(reached, here[name], found) for name, found in ways.items()}
        for name, found in ways.items():
            self.formulas[name] = when(compared(open_, "=", 0), found, -1)


YES, NO = ("yes", "true"), ("no", "false")


def rung_name(target: str, ladder: str, number: int, side: str) -> str:
    """The name of the cell that says whether a rung holds at worst or at best."""
    return f"rung {number} {ladder} {target} {side}"


def typed_choices(scale: Scale) -> tuple[int | str, ...]:
    """What the list of a cell for scores offers: numbers of a scale of numbers, otherwise its words, lowest first."""
    return tuple(grade.value if scale.numeric else grade.label for grade in scale.grades)


def state_choices() -> tuple[str, ...]:
    """The states that the list of a cell for scores offers beside grades."""
    return tuple(str(NotRated(reason)) for reason in ("not_rated", "not_judged", "not_applicable", "suppressed"))


def _typed(cell: Name) -> Expression:
    """What was typed into a cell, in small letters and without spaces around it."""
    return when(Call("ISERROR", (cell,)), "#", Call("LOWER", (Call("TRIM", (words(cell, ""),)),)))


def _facts(plan: MethodPlan) -> set[str]:
    """The facts for which conditions of a plan ask."""
    found: set[str] = set()
    open_ = [rung for node in plan.nodes for ladder in node.ladders for rung in ladder.rungs]
    open_ += [test for _, test in plan.flags]
    while open_:
        match open_.pop():
            case FactPlan(name):
                found.add(name)
            case Opposite(part):
                open_.append(part)
            case Every(parts) | Some(parts):
                open_ += parts
            case Reaches():
                pass
    return found
