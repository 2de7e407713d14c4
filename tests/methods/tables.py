"""Random frames and random method tables: bands, rungs of every kind, limits, judgement, flags and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from .frames import Frame, Item

Plain = dict[str, Any]
RULE = {"sentence": "A rule of the scheme.", "reference": "rules"}
_USUAL = {
    "percentage": (30, 100),
    "share": (1, 100),
    "answered": (1, 100),
    "total": (2, 9),
    "mean": (1, 4),
    "count": (1, 4),
}
ROUNDINGS = ("none", "up", "down", "half_up", "half_even")
FACTS = ("breach", "closed")
WEIGHTS = (0, 1, 1, 2, 3, "1/2", "1/3", "2.5")


@cache
def one_of(choices: Sequence[Any]) -> st.SearchStrategy[Any]:
    """One of some choices; making a strategy anew for each draw would take longer than the draw."""
    return st.sampled_from(choices)


@st.composite
def frames(draw: st.DrawFn, *, parts: bool = True, overlap: bool = True) -> Frame:
    """Two to four scores in one to three themes, on scales of three or four grades."""
    size = draw(one_of((3, 3, 4)))
    keys = [f"g{rank}" for rank in range(size)]
    values = draw(one_of((range(1, size + 1), range(size), (0, 1, 4, 5), (1, 3, 4, 8))))
    grades = tuple(zip(keys, values, strict=False))
    rating = tuple(zip(keys, draw(one_of((range(1, size + 1), (2, 3, 5, 9)))), strict=False))
    names = iter("abcd"[: draw(one_of((2, 3, 3, 4) if size == 3 else (2, 3)))])
    statements = [Item(name, tags=draw(one_of(((), ("x",), ("x", "y"), ("y",))))) for name in names]
    if parts and len(statements) < 3 and draw(st.booleans()):
        inside = (Item("p", tags=("x",)), Item("q", tags=("y",)))
        statements[0] = Item("a", inside, statements[0].tags)
    cuts = sorted(draw(st.sets(st.integers(1, len(statements) - 1), max_size=2)))
    bounds = [0, *cuts, len(statements)]
    themes = tuple(
        Item(f"t{index}", tuple(statements[start:end]), draw(one_of(((), ("x",)))))
        for index, (start, end) in enumerate(pairwise(bounds))
    )
    other = tuple(zip(keys, draw(one_of((range(size), (1, 2, 7, 8), (5, 6, 7, 9)))), strict=False))
    return Frame(themes, {"s": grades, "r": rating, "v": other})


class Writer:
    """Writes one random method table for a frame."""

    def __init__(
        self,
        draw: st.DrawFn,
        frame: Frame,
        *,
        facts: bool,
        leave_out: bool,
        overlap: bool,
        wild: bool,
        replies: bool,
        judged: bool,
    ) -> None:
        self.draw = draw
        self.frame = frame
        self.facts = facts
        self.leave_out = leave_out
        self.keys = [key for key, _ in frame.scales["r"]]
        self.measures: dict[str, Plain] = {}
        self.ids = iter(range(10_000))
        has_parts = any(s.inside for theme in frame.themes for s in theme.inside)
        self.statements = has_parts or draw(st.integers(0, 4)) == 0
        self.themes = draw(st.booleans())
        self.overlap = overlap
        self.wild = wild
        self.replies = replies
        self.judged = judged
        groups = [(item.id, item) for theme in frame.themes for item in (theme, *theme.inside)]
        self.tags = {name: item.tags for name, item in (*groups, *frame.leaves.items())}

    def pick(self, choices: Sequence[Any]) -> Any:
        return self.draw(one_of(choices if isinstance(choices, range) else tuple(choices)))

    def table(self) -> Plain:
        nodes = []
        if self.statements:
            nodes.append(self.node("statements"))
        if self.themes:
            nodes.append(self.node("themes"))
            if self.draw(st.integers(0, 3)) == 0:  # a place of its own, which takes that of its kind
                nodes.append({**self.node("themes"), "for": "t0"})
        nodes.append(self.node("overall"))
        return {
            "format": "careassure.method/1",
            "id": "random",
            "version": "1",
            "title": "A random method",
            "framework": self.frame.name,
            "not_rated": "leave_out" if self.leave_out else "interval",
            "references": {"rules": {"title": "The rules", "basis": "ours"}},
            "measures": self.measures,
            "nodes": nodes,
            "flags": [{"id": f"flag{i}", **RULE, "when": self.notice()} for i in range(2)],
        }

    def notice(self) -> Plain:
        """Any condition, also one in which the same score counts for it and against it."""
        kind = self.pick(("one way", "one way", "both", "either", "neither"))
        found = self.condition("overall", "", 0, down=True)
        if kind == "one way":
            return found
        other = self.lowered("overall", self.pick(self.keys))
        if kind == "neither":
            return {"not": {"any_of": [found, {"not": found if self.draw(st.booleans()) else other}]}}
        return {
            "all_of" if kind == "both" else "any_of": [
                found,
                other,
                *([{"not": found}] if self.draw(st.integers(0, 3)) == 0 else []),
            ]
        }

    # -- nodes ------------------------------------------------------------------------------------------

    def node(self, target: str) -> Plain:
        node = {"for": target, "scale": self.pick(("r", "r", "r", "v", "s"))}
        if (target == "overall" or self.judged) and self.draw(st.integers(0, 3)) == 0:
            looser = self.graded(target)
            return {**node, "must": self.ladder(target), "may": self.renamed(looser), "suggest": self.renamed(looser)}
        return {**node, **self.ladder(target)}

    def ladder(self, target: str) -> Plain:
        kind = self.pick(("bands", "bands", "graded", "graded", "graded", "free"))
        ladder: Plain
        if kind == "bands":
            ladder = {"bands": self.bands(target)}
        elif kind == "graded":
            ladder = self.graded(target)
        else:
            ladder = {"rungs": [self.rung(key, self.condition(target, key, 0)) for key in self.keys[1:]]}
        if self.draw(st.integers(0, 2)) == 0:
            ladder["limits"] = [self.limit(target) for _ in range(self.draw(st.integers(1, 2)))]
        return ladder

    def graded(self, target: str) -> Plain:
        """One condition for every grade, which speaks of the grade as "this"; perhaps more for the upper ones."""
        shared = self.condition(target, self.keys[1], 0, this=True)
        more = self.condition(target, self.keys[-1], 1)
        rungs = [self.rung(key, shared) for key in self.keys[1:]]
        if self.draw(st.booleans()):
            rungs[-1] = self.rung(self.keys[-1], {"all_of": [shared, more]})
        return {"rungs": rungs}

    def renamed(self, ladder: Plain) -> Plain:
        return {"rungs": [self.rung(rung["grade"], rung["when"]) for rung in ladder["rungs"]]}

    def rung(self, grade: str, when: Plain) -> Plain:
        return {"id": f"rung{next(self.ids)}", "grade": grade, "when": when, **RULE}

    def bands(self, target: str) -> Plain:
        measure = self.measure(target)
        kind, many = self.measures[measure]["kind"], len(self.keys) - 1
        starts: list[int] = self.draw(
            st.permutations(range(1, many + 1))
            if kind in ("count", "mean") and self.draw(st.booleans())
            else st.lists(st.integers(*_USUAL[kind]), min_size=many, max_size=many, unique=True)
        )
        if self.draw(st.integers(0, 5)):
            starts = sorted(starts)
        return {"measure": measure, **dict(zip(self.keys[1:], starts, strict=True)), "reference": "rules"}

    def limit(self, target: str) -> Plain:
        kind = self.pick(("cap", "cap", "floor", "not_above"))
        if kind == "not_above" and target == "overall":
            return {
                "not_above": self.draw(st.lists(st.sampled_from(self.areas(target)), min_size=1, max_size=2)),
                **RULE,
            }
        kind = "floor" if kind == "floor" else "cap"
        grade = self.pick(self.keys[:-1] if kind == "cap" else self.keys[1:])
        when = self.lowered(target, grade) if kind == "cap" else self.condition(target, grade, 1)
        return {kind: grade, "when": when, **RULE}

    # -- what is looked at --------------------------------------------------------------------------------

    def areas(self, target: str) -> list[str]:
        themes = [theme.id for theme in self.frame.themes] if self.themes else []
        statements = [s.id for theme in self.frame.themes for s in theme.inside]
        return themes or statements if not self.overlap else [*themes, *statements]

    def selection(self, target: str) -> str | Plain:
        if target == "statements":
            return "scores"
        levels = ["scores", "statements"]
        if target == "overall" and self.themes:
            levels = ["themes"] if not self.overlap else ["themes", "themes", "areas", *levels]
        elif not self.overlap:
            levels = ["statements" if self.statements else "scores"]
        level: str = self.pick(levels)
        if target == "overall" and self.draw(st.integers(0, 2)) == 0:
            return self.narrowed(level)
        return level

    def scores(self, target: str) -> str | Plain:
        """Scores as they were given, all that lie below a node or some of them."""
        return self.narrowed("scores") if target == "overall" and self.draw(st.booleans()) else "scores"

    def narrowed(self, level: str) -> Plain:
        names = {
            "scores": list(self.frame.leaves),
            "statements": [s.id for theme in self.frame.themes for s in theme.inside],
            "themes": [theme.id for theme in self.frame.themes],
        }
        names["areas"] = names["themes"] + names["statements"]
        some = st.lists(st.sampled_from(names[level]), min_size=1, max_size=2, unique=True)
        tags = {tag for name in names[level] for tag in self.tags[name]}
        how = self.pick(("only", "without", "themes", "tags"))
        value = {
            "only": some,
            "without": some.filter(lambda found: len(found) < len(names[level])),
            "themes": st.just(["t0"]),
            "tags": st.sampled_from(sorted(tags) or ["x"]),
        }
        if (how == "without" and len(names[level]) == 1) or (how == "tags" and not tags):
            return {"level": level}
        return {"level": level, how: self.draw(value[how])}

    def measure(self, target: str) -> str:
        kinds = (
            "percentage",
            "percentage",
            "total",
            "mean",
            "count",
            "share",
            *(("answered",) if self.replies else ()),
        )
        kind = self.pick(kinds)
        name = f"{kind}{next(self.ids)}"
        over = self.scores(target) if kind == "answered" else self.selection(target)
        rule: Plain = {"kind": kind, "over": over, **RULE}
        if kind in ("count", "share"):
            rule["grade"] = self.pick(self.keys)
        if kind in ("percentage", "mean", "share", "answered"):
            rule["rounding"] = self.pick(ROUNDINGS)
        if kind in ("percentage", "mean", "total") and target == "overall" and over == "scores":
            names = self.draw(st.sets(st.sampled_from(sorted(self.frame.leaves))))
            weights = {name: self.pick(WEIGHTS) for name in sorted(names)}
            rule["weights"] = weights if any(weights.values()) or len(weights) < len(self.frame.leaves) else {}
        self.measures[name] = rule
        return name

    def threshold(self, top: int) -> int | str | Plain:
        kind = self.pick(("number", "number", "share", "by_n", "text"))
        if kind == "share":
            share: Plain = {"share": self.pick(("1/2", "1/3", "2/3", 1))}
            return share | {
                "rounding": self.pick(ROUNDINGS),
                "plus": self.pick((0, 0, 0, 1)),
            }
        if kind == "by_n":
            return {"by_n": {"1": 1, "3": self.draw(st.integers(1, 2)), "4": self.draw(st.integers(1, 3))}}
        number = self.draw(st.integers(1 if self.draw(st.integers(0, 9)) else 0, top))
        return f"{number}/2" if kind == "text" else number

    # -- conditions ---------------------------------------------------------------------------------------

    def condition(self, target: str, grade: str, depth: int, *, this: bool = False, down: bool = False) -> Plain:
        """A condition that a raised score can only make true; for a flag (``down``) perhaps only false."""
        if self.wild and self.draw(st.integers(0, 4)) == 0:
            return self.lowered(target, grade)
        kinds = ["count", "count", "every", "any", "area"]
        kinds += ["all_of", "any_of"] if depth < 2 else []
        kinds += ["fact"] if self.facts and not this else []
        kinds += ["not"] if grade and not this else []
        kinds += ["measure"] if not this else []
        kind = self.pick(kinds)
        if kind in ("all_of", "any_of"):
            inner = [self.condition(target, grade, depth + 1, this=this) for _ in range(self.draw(st.integers(1, 3)))]
            return {kind: inner}
        if kind == "fact":
            fact = {"fact": self.pick(FACTS), "is": self.draw(st.booleans())}
            return fact | {"default": self.draw(st.booleans())}
        if kind == "not":
            return {"not": self.lowered(target, grade)}
        if down and self.draw(st.booleans()):
            return self.lowered(target, self.pick(self.keys))
        wanted = "this" if grade and (this or self.draw(st.booleans())) else self.pick(self.keys)
        if kind == "measure":
            name = self.measure(target)
            top = 100 if self.measures[name]["kind"] in ("percentage", "share", "answered") else 6
            return {"measure": name, self.pick(("at_least", "more_than")): self.threshold(top)}
        if kind == "count":
            word = self.pick(("at_least", "at_least", "more_than"))
            return {"count": self.selection(target), "grade": wanted, word: self.threshold(2)}
        if kind == "area" and target == "overall":
            return {"area": self.pick(self.areas(target)), "at_least": wanted}
        return {"any" if kind == "any" else "every": self.selection(target), "at_least": wanted}

    def lowered(self, target: str, grade: str) -> Plain:
        """A condition that a raised score can only make fail."""
        below = self.pick(self.keys[:-1])
        more = (*(("fact",) if self.facts else ()), *(("replies",) if self.replies else ()))
        kind = self.pick(("every", "any", "count", *more))
        if kind == "replies":
            name = f"answered{next(self.ids)}"
            rounding = self.pick(ROUNDINGS)
            self.measures[name] = {"kind": "answered", "over": self.scores(target), "rounding": rounding, **RULE}
            return {"measure": name, self.pick(("at_most", "less_than")): self.threshold(100)}
        if kind == "fact":
            return {"fact": self.pick(FACTS)}
        if kind == "count":
            word = self.pick(("at_most", "less_than"))
            return {"count": self.selection(target), "grade": grade or below, word: self.draw(st.integers(0, 3))}
        return {kind: self.selection(target), "at_most": below}


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    facts: bool = True,
    leave_out: bool = False,
    overlap: bool = True,
    wild: bool = False,
    replies: bool = False,
    judged: bool = False,
) -> tuple[Frame, Mapping[str, Any]]:
    """A frame and a method table for it.

    Without ``overlap`` no node looks at one score in two ways; ``wild`` rules may reward a lower score; with
    ``replies`` some ask how many scores were answered, and with ``judged`` judgement may decide below the overall.
    """
    frame = draw(frames(parts=overlap or draw(st.booleans())))
    writer = Writer(
        draw,
        frame,
        facts=facts and draw(st.booleans()),
        leave_out=leave_out,
        overlap=overlap,
        wild=wild,
        replies=replies and draw(st.integers(0, 2)) == 0,
        judged=judged and draw(st.integers(0, 2)) == 0,
    )
    return frame, writer.table()
