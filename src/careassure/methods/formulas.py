"""Conditions as formulas of which every part stands but once, so that work on them grows with their size alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from careassure.methods.conditions import AtLeast, Condition, FactIs, folded

FALSE, TRUE = 0, 1
"""The formulas that never and that always hold."""

Kind = Literal["constant", "atom", "fact", "not", "all", "any"]
Formula: TypeAlias = int
"""A formula by its place among all that were made."""
Content: TypeAlias = int | str | tuple[Formula, ...]


class TooManyError(Exception):
    """There is more to go through than is gone through; whoever asked says so in its own words."""


class Budget:
    """So many steps may be taken, and no more.

    Args:
        steps: How many.
    """

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take some steps.

        Raises:
            TooManyError: They are used up.
        """
        self.left -= steps
        if self.left < 0:
            raise TooManyError


class Formulas:
    """Formulas over comparisons (atoms, by number) and facts (by name), in their simplest form.

    Args:
        unsure: Facts that are taken to be so in one place and not so in another where nobody says.
        told: Whether a question about a fact is answered with yes; where it is None, facts are left open.
    """

    def __init__(self, unsure: frozenset[str] = frozenset(), told: Callable[[FactIs], bool] | None = None) -> None:
        self._unsure = unsure
        self._tell = told
        self._kinds: list[Kind] = ["constant", "constant"]
        self._contents: list[Content] = [FALSE, TRUE]
        self._places: dict[tuple[Kind, Content], Formula] = {}
        self._facts: dict[Formula, tuple[str, ...]] = {FALSE: (), TRUE: ()}
        self._told: dict[Formula, bool] = {}
        self._settled: dict[tuple[Formula, str, bool], Formula] = {}

    # -- making ---------------------------------------------------------------------------------------

    def _make(self, kind: Kind, content: Content) -> Formula:
        place = self._places.setdefault((kind, content), len(self._kinds))
        if place == len(self._kinds):
            self._kinds.append(kind)
            self._contents.append(content)
        return place

    def atom(self, number: int) -> Formula:
        """Whether a comparison holds."""
        return self._make("atom", number)

    def fact(self, name: str) -> Formula:
        """Whether a fact is so."""
        return self._make("fact", name)

    def opposite(self, formula: Formula) -> Formula:
        """Whether a formula does not hold."""
        if formula in (FALSE, TRUE):
            return TRUE - formula
        content = self._contents[formula]
        if self._kinds[formula] == "not" and isinstance(content, tuple):
            return content[0]
        return self._make("not", (formula,))

    def every(self, parts: Iterable[Formula]) -> Formula:
        """Whether all of some formulas hold."""
        return self._joined("all", parts)

    def some(self, parts: Iterable[Formula]) -> Formula:
        """Whether any of some formulas holds."""
        return self._joined("any", parts)

    def _joined(self, kind: Literal["all", "any"], parts: Iterable[Formula]) -> Formula:
        neutral = TRUE if kind == "all" else FALSE
        found: set[Formula] = set()
        for part in parts:
            found.update(self.parts(part) if self._kinds[part] == kind else (part,))
        found.discard(neutral)
        if TRUE - neutral in found or any(
            self._kinds[part] == "not" and self.parts(part)[0] in found for part in found
        ):
            return TRUE - neutral  # what holds together with its opposite never does; either of the two always
        if len(found) < 2:
            return found.pop() if found else neutral
        return self._make(kind, tuple(sorted(found)))

    def of(self, condition: Condition, atom: Callable[[AtLeast], Formula]) -> Formula:
        """A condition as a formula.

        Args:
            condition: The condition.
            atom: Gives the formula of a comparison.
        """

        def end(part: AtLeast | FactIs) -> Formula:
            if isinstance(part, AtLeast):
                return atom(part)
            if self._tell is not None:
                return TRUE if self._tell(part) else FALSE
            so = self.fact(part.name)
            if part.default and part.name in self._unsure:  # so here, and not so where it is not the default
                so = self.some([so, self.fact(f"{part.name} where nobody says")])
            return so if part.value else self.opposite(so)

        return folded(condition, end, self.opposite, self.every, self.some)

    # -- looking --------------------------------------------------------------------------------------

    def parts(self, formula: Formula) -> tuple[Formula, ...]:
        """What a formula is made of."""
        content = self._contents[formula]
        return content if isinstance(content, tuple) else ()

    def facts(self, formula: Formula) -> tuple[str, ...]:
        """The facts of a formula, in the order in which they occur."""
        if formula not in self._facts:
            content = self._contents[formula]
            found = (content,) if isinstance(content, str) else ()
            inner = (name for part in self.parts(formula) for name in self.facts(part))
            self._facts[formula] = tuple(dict.fromkeys((*found, *inner)))
        return self._facts[formula]

    def all_facts(self, formulas: Iterable[Formula]) -> dict[str, None]:
        """The facts of some formulas, each once."""
        return {name: None for formula in dict.fromkeys(formulas) for name in self.facts(formula)}

    def atoms(self, formula: Formula) -> dict[int, set[bool]]:
        """The comparisons of a formula, and whether each counts for it (True), against it, or both."""
        found: dict[int, set[bool]] = {}
        seen: set[tuple[Formula, bool]] = set()
        open_ = [(formula, True)]
        while open_:
            here = place, favours = open_.pop()
            if here in seen:
                continue
            seen.add(here)
            content = self._contents[place]
            if self._kinds[place] == "atom" and isinstance(content, int):
                found.setdefault(content, set()).add(favours)
            turned = favours is not (self._kinds[place] == "not")
            open_ += [(part, turned) for part in self.parts(place)]
        return found

    # -- working out ----------------------------------------------------------------------------------

    def worked_out(self, formulas: Sequence[Formula], truths: int, known: int = -1) -> tuple[Formula, ...]:
        """What is left of some formulas when comparisons are known.

        Args:
            formulas: The formulas.
            truths: The bit of each comparison that holds.
            known: The bit of each that is known; all where it is left out.
        """
        memo: dict[Formula, Formula] = {}

        def work(formula: Formula) -> Formula:
            if formula not in memo:
                content = self._contents[formula]
                match self._kinds[formula]:
                    case "atom" if isinstance(content, int) and known >> content & 1:
                        memo[formula] = truths >> content & 1
                    case "not":
                        memo[formula] = self.opposite(work(self.parts(formula)[0]))
                    case "all":
                        memo[formula] = self.every(map(work, self.parts(formula)))
                    case "any":
                        memo[formula] = self.some(map(work, self.parts(formula)))
                    case _:
                        memo[formula] = formula
            return memo[formula]

        return tuple(work(formula) for formula in formulas)

    def ends(self, formula: Formula, low: int, high: int) -> tuple[bool, bool]:
        """Whether a formula without facts holds at worst and at best, each comparison taken by itself.

        Args:
            formula: The formula.
            low: The bit of each comparison that holds at worst.
            high: The bit of each that holds at best.
        """
        memo: dict[Formula, tuple[bool, bool]] = {FALSE: (False, False), TRUE: (True, True)}

        def work(place: Formula) -> tuple[bool, bool]:
            if place not in memo:
                content = self._contents[place]
                inner = [work(part) for part in self.parts(place)]
                if isinstance(content, int):
                    memo[place] = bool(low >> content & 1), bool(high >> content & 1)
                elif self._kinds[place] == "not":
                    memo[place] = not inner[0][1], not inner[0][0]
                else:
                    together = all if self._kinds[place] == "all" else any
                    memo[place] = together(one for one, _ in inner), together(other for _, other in inner)
            return memo[place]

        return work(formula)

    def settled(self, formula: Formula, name: str, value: bool) -> Formula:
        """What is left of a formula when a fact is known."""
        if name not in self.facts(formula):
            return formula
        key = (formula, name, value)
        if key not in self._settled:
            parts = [self.settled(part, name, value) for part in self.parts(formula)]
            match self._kinds[formula]:
                case "not":
                    self._settled[key] = self.opposite(parts[0])
                case "all":
                    self._settled[key] = self.every(parts)
                case "any":
                    self._settled[key] = self.some(parts)
                case _:
                    self._settled[key] = TRUE if value else FALSE
        return self._settled[key]

    def replaced(self, formula: Formula, by: Mapping[Formula, Formula]) -> Formula:
        """A formula with some of its parts replaced; parts of "all" and "any" are looked for together, too."""
        memo = dict(by)

        def work(place: Formula) -> Formula:
            if place not in memo:
                match self._kinds[place]:
                    case "not":
                        memo[place] = self.opposite(work(self.parts(place)[0]))
                    case "all" | "any" as kind:
                        told, rest = self.told(place)
                        joined = self.every if kind == "all" else self.some
                        memo[place] = joined([*([memo.get(told, told)] if told is not None else []), *map(work, rest)])
                    case _:
                        memo[place] = place
            return memo[place]

        return work(formula)

    def told(self, formula: Formula) -> tuple[Formula | None, tuple[Formula, ...]]:
        """The part of an "all" or "any" that hangs on facts alone, as one formula or None, and the other parts."""
        parts = self.parts(formula)
        alone = [part for part in parts if self._is_told(part)]
        if not alone:
            return None, parts
        joined = self.every if self._kinds[formula] == "all" else self.some
        return joined(alone), tuple(part for part in parts if part not in alone)

    def _is_told(self, formula: Formula) -> bool:
        """Whether a formula hangs on facts alone."""
        if formula not in self._told:
            self._told[formula] = self._kinds[formula] != "atom" and all(map(self._is_told, self.parts(formula)))
        return self._told[formula]

    def questions(self, formula: Formula) -> list[Formula]:
        """The largest parts of a formula that hang on facts alone."""
        found: dict[Formula, None] = {}
        seen: set[Formula] = set()

        def work(place: Formula) -> None:
            if place in seen or not self.facts(place):
                return
            seen.add(place)
            if self._is_told(place):
                found[place] = None
            elif self._kinds[place] == "not":
                work(self.parts(place)[0])
            else:
                told, rest = self.told(place)
                if told is not None:
                    found[told] = None
                for part in rest:
                    work(part)

        work(formula)
        return list(found)

    def settings(self, formulas: Sequence[Formula], budget: Budget) -> dict[tuple[Formula, ...], int]:
        """Every way in which formulas of facts can come out together, with how many settings of the facts give it.

        Fact by fact; formulas that are left the same are gone on with together. So formulas in which every fact
        matters in its own right are dear, and "any of forty facts" is not.

        Raises:
            TooManyError: There are too many ways.
        """
        distinct = tuple(dict.fromkeys(formulas))
        ways: dict[tuple[Formula, ...], int] = {distinct: 1}
        for name in self.all_facts(distinct):
            budget.spend(8 * len(ways) * len(distinct))  # as dear as so many sums
            after: dict[tuple[Formula, ...], int] = {}
            for left, count in ways.items():
                for value in (False, True):
                    new = tuple([self.settled(formula, name, value) for formula in left])
                    after[new] = after.get(new, 0) + count
            ways = after
        found: dict[tuple[Formula, ...], int] = {}
        for way, count in ways.items():
            truth = dict(zip(distinct, way, strict=True))
            found[tuple([truth[formula] for formula in formulas])] = count
        return found
