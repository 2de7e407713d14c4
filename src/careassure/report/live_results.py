"""The result of a live workbook: its numbers and words, and what each theme and statement comes to."""

from __future__ import annotations

from collections.abc import Iterable

from careassure.model.text import plural
from careassure.report.book import BookSheet, Cell, Column, Formula, Sentence
from careassure.report.formula import Call, Expression, Joined, Name, both, compared, either, minus, plus, when, words
from careassure.report.live_parts import PROFILE, RESULT, UNREAD, LiveParts
from careassure.report.live_plan import STATE


def result_sheet(parts: LiveParts) -> BookSheet:
    """The result in numbers and words."""
    columns = (Column("What", width=34), Column("At worst", width=24), Column("At best", width=24),
               Column("In words", width=50))  # fmt: skip
    rows = [*_overall_rows(parts), *_percentage_rows(parts), *_margin_rows(parts), *_count_rows(parts)]
    about: tuple[Sentence, ...] = (
        Formula(words("Result: ", Name("result"))),
        "At worst every score that is not known is the lowest, at best the highest.",
    )
    return BookSheet(RESULT, "Result", columns, tuple(rows), about)


def _overall_rows(parts: LiveParts) -> Iterable[tuple[Cell, ...]]:
    node = parts.plan.overall
    total = len(parts.leaves)
    bad = parts.is_bad
    if node is None:
        result: Expression = when(bad, UNREAD, "no overall rating: the profile is the result")
        yield "Rating", "none", "none", Formula(result, "result")
    else:
        low, high, out = parts.ends(node)
        span = when(compared(Name("grade overall low"), "=", Name("grade overall high")), low,
                    words(low, " to ", high))  # fmt: skip
        if "suggested overall" in parts.live.formulas:
            suggested = Name("suggested overall")
            shown = parts.grade(node, suggested)
            differs = compared(Name("grade overall low"), "<>", Name("grade overall high"))
            span = words(span, when(both(differs, compared(suggested, ">=", 0)),
                                    words(" (suggested: ", shown, ")"), ""))  # fmt: skip
        score = _displayed(parts)
        text = words(span, score) if score is not None else span
        nothing = both(compared(Name("scores blank"), "=", total),
                       compared(Name("grade overall low"), "<>", Name("grade overall high")))  # fmt: skip
        result = when(bad, UNREAD, when(nothing, "no scores are known",
                      when(out, "no overall rating: the profile is the result", text)))  # fmt: skip
        hidden = either(bad, out)
        yield ("Rating", Formula(when(hidden, "none", low)), Formula(when(hidden, "none", high)),
               Formula(result, "result"))  # fmt: skip
        if "suggested overall" in parts.live.formulas:
            none = either(hidden, compared(Name("suggested overall"), "<", 0))
            shown = when(none, "none", parts.grade(node, Name("suggested overall")))
            yield ("Suggested where judgement decides", Formula(shown), Formula(shown),
                   "The method offers it and never claims it.")  # fmt: skip


def _displayed(parts: LiveParts) -> Expression | None:
    """The displayed score as the end of a sentence."""
    headline = parts.plan.headline
    if headline is None or headline.rounding == "none":
        return None
    low, high = Name("displayed low"), Name("displayed high")
    shown = when(compared(low, "=", high), words(", ", low, " out of 100"),
                 words(", ", low, " to ", high, " out of 100"))  # fmt: skip
    return when(parts.live.formulas["percentage out"], "", shown)


def _percentage_rows(parts: LiveParts) -> Iterable[tuple[Cell, ...]]:
    headline = parts.plan.headline
    if headline is None:
        return
    none = either(parts.is_bad, parts.live.formulas["percentage out"])
    decimals: list[Cell] = []
    fractions: list[Cell] = []
    shown: list[Cell] = []
    for side in ("low", "high"):
        part, whole = Name(f"percentage part {side}"), Name("percentage whole")
        common = Call("GCD", (part, whole))
        upper, lower = _over(part, common), _over(whole, common)
        fraction = when(compared(lower, "=", 1), words(upper, ""), words(upper, "/", lower))
        decimals.append(Formula(when(none, "none", _over(part, whole))))
        fractions.append(Formula(when(none, "none", fraction)))
        shown.append(Formula(when(none, "none", Name(f"displayed {side}"))))
    yield "Percentage", *decimals, "To two decimals. The sheet decides nothing by it."
    yield "Percentage as a fraction", *fractions, "Exact."
    if headline.rounding != "none":
        ways = {"up": "rounded up", "down": "rounded down", "half_up": "rounded to the nearest, a half upwards",
                "half_even": "rounded to the nearest, a half to the even number"}  # fmt: skip
        yield "Displayed score", *shown, f"The percentage, {ways[headline.rounding]}."


def _margin_rows(parts: LiveParts) -> Iterable[tuple[Cell, ...]]:
    node = parts.plan.overall
    if node is None:
        return
    if not parts.has_margin:
        why = "Judgement decides the rating, so no points do." if len(node.ladders) > 1 else (
            "No formula is short enough for it here. careassure nearest says it.")  # fmt: skip
        yield "Points to another rating", "not worked out", "not worked out", why
        return
    for title, points, grade, verb in (
        ("Points to a lower rating", "points down", "grade below", "lost"),
        ("Points to a higher rating", "points up", "grade above", "gained"),
    ):
        none = compared(Name(points), "<", 0)
        open_ = compared(plus(Name("scores not known"), Name("states"), Name("cells not read")), ">=", 1)
        never = f"No number of points {verb} gives another."
        said = when(open_, "Worked out once every score is known.", when(none, never,
                    words(f"So many points {verb} can give ", parts.grade(node, Name(grade)), ".")))  # fmt: skip
        shown = when(none, "none", Name(points))
        yield title, Formula(shown), Formula(shown), Formula(said)


def _count_rows(parts: LiveParts) -> Iterable[tuple[Cell, ...]]:
    total = len(parts.leaves)
    unknown = minus(Name("scores not known"), len(parts.hidden))
    known = minus(minus(minus(total, unknown), Name("states")), Name("cells not read"))
    yield "Scores known", Formula(known), Formula(known), f"Of {plural(total, 'score')}."
    yield "Scores not known", Formula(unknown), Formula(unknown), "Blank, or not shown."
    yield "Statements without a score", Formula(Name("states")), Formula(Name("states")), (
        "They carry a state such as not judged.")  # fmt: skip
    yield "Cells that cannot be read", Formula(Name("cells not read")), Formula(Name("cells not read")), (
        "Each is named in the column Read as, or on the sheet Facts.")  # fmt: skip


def profile_sheet(parts: LiveParts) -> BookSheet:
    """What each theme and statement comes to."""
    rows: list[tuple[Cell, ...]] = []
    for theme in parts.framework.themes:
        rows += _profile_row(parts, theme.id, theme.title, "theme")
        for statement in theme.statements:
            rows += _profile_row(parts, statement.id, statement.title, "statement")
    columns = (Column("What"), Column("Level"), Column("At worst"), Column("At best"), Column("In words"))
    return BookSheet(PROFILE, "What each theme and statement comes to", columns, tuple(rows),
                     ("The profile says more than one word for all of it.",))  # fmt: skip


def _profile_row(parts: LiveParts, id: str, title: str, level: str) -> Iterable[tuple[Cell, ...]]:
    node = parts.nodes.get(id)
    source = next((source for source in parts.leaves if source.id == id), None)
    bad = parts.is_bad
    if node is not None:
        low, high, out = parts.ends(node)
        same = compared(Name(f"grade {id} low"), "=", Name(f"grade {id} high"))
    elif source is not None and level == "statement":
        grades = [grade.label for grade in source.scale]
        low, high = (Call("CHOOSE", (_next(Name(f"given {id} {side}")), *grades)) for side in ("low", "high"))
        out = compared(Name(f"rank {id}"), "=", STATE)
        same = compared(Name(f"given {id} low"), "=", Name(f"given {id} high"))
    else:
        yield title, level, "no grade", "no grade", "The method gives it none."
        return
    hidden = either(bad, out)
    said = when(bad, UNREAD, when(out, "no grade: it carries a state", when(same, low, words(low, " to ", high))))
    yield title, level, Formula(when(hidden, "none", low)), Formula(when(hidden, "none", high)), Formula(said)


def _next(rank: Expression) -> Expression:
    return plus(rank, 1)


def _over(one: Expression, other: Expression) -> Expression:
    return Joined("/", (one, other))
