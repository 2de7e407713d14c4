"""Places on scales of their own, places that share scores, and judgement inside: what the check makes of them."""

from __future__ import annotations

from typing import Any

from careassure.methods.check import CheckReport, check
from careassure.methods.fit import fit
from careassure.methods.implies import implies
from careassure.methods.method import Method
from careassure.methods.states import view_of

from .base import BASE, RULE
from .frames import NOT_JUDGED, Frame, Item, plain_frame, scale_of

Plain = dict[str, Any]
SCALES = {
    "s": scale_of("low", "mid", "high"),
    "r": scale_of("no", "yes", "very"),
    "v": scale_of("bad", "fair", "good", "best"),
}
PARTS = Frame(
    (Item("t", (Item("x", (Item("p"), Item("q"))),)),), {"s": scale_of("no", "yes", "very"), "r": SCALES["r"]}
)


def rungs(*pairs: tuple[str, Plain]) -> list[Plain]:
    return [{"grade": grade, "when": when, **RULE} for grade, when in pairs]


def node(target: str, scale: str, *pairs: tuple[str, Plain], **more: object) -> Plain:
    return {"for": target, "scale": scale, **({"rungs": rungs(*pairs)} if pairs else {}), **more}


def method_of(frame: Frame, *nodes: Plain, **more: object) -> Method:
    return frame.load(BASE | {"measures": {}, "flags": [], "nodes": list(nodes), **more})


def failed(report: CheckReport) -> list[str]:
    return [finding.what for finding in report.findings if finding.verdict == "failed"]


def test_each_place_is_read_on_its_own_scale() -> None:
    """Themes and statements graded on scales of other sizes are seen with the grades of their own scale."""
    frame = Frame((Item("t", (Item("a"), Item("b"))), Item("u", (Item("c"),))), SCALES)
    four = [("fair", "mid"), ("good", "high"), ("best", "high")]
    theme = node("t", "v", *((grade, {"every": "scores", "at_least": at}) for grade, at in four[:2]),
                 ("best", {"every": "scores", "at_least": "high"}))  # fmt: skip
    other = node(
        "u", "r", ("yes", {"any": "scores", "at_least": "mid"}), ("very", {"any": "scores", "at_least": "high"})
    )
    both = {"all_of": [{"area": "t", "at_least": "best"}, {"area": "u", "at_least": "very"}]}
    overall = node("overall", "r", ("yes", {"area": "t", "at_least": "fair"}), ("very", both))
    method = method_of(frame, theme, other, overall)
    fitted = fit(method, frame.framework)
    view = view_of(fitted, fitted.graded["overall"])
    assert [len(scale) for scale in view.scales] == [4, 3]
    assert failed(check(method, frame.framework)) == ["good can never be reached"]
    assert str(frame.assess(method, {"a": 2, "b": 2, "c": 2}).rating) == "very"
    assert str(frame.assess(method, {"a": 2, "b": 1, "c": 2}).rating) == "yes"


def test_replies_inside_a_place_are_open_too() -> None:
    """A grade that hangs on replies inside a statement is tried with replies that never come: no false proof."""
    replies = {"kind": "answered", "over": "scores", "rounding": "none", **RULE}
    inner = {"for": "x", "scale": "r", "bands": {"measure": "m", "yes": 50, "very": 100, "reference": "rules"}}
    every: Plain = {"every": "statements", "at_least": "very"}
    overall = node("overall", "r", ("yes", {"all_of": [every, {"any": "scores", "at_least": "yes"}]}),
                   ("very", {"any": "scores", "at_least": "very"}))  # fmt: skip
    report = check(method_of(PARTS, inner, overall, measures={"m": replies}), PARTS.framework)
    assert not report.ok
    assert "not nested: overall.very can hold where overall.yes does not" in failed(report)


def test_a_statement_given_as_a_whole_leaves_its_parts_open() -> None:
    """A rung that looks at the parts above one that looks at the whole is refused: a whole may be given alone."""
    inner = node("x", "s", ("yes", {"any": "scores"}), ("very", {"every": "scores"}))
    overall = node(
        "overall", "r", ("yes", {"any": "scores", "at_least": "yes"}), ("very", {"area": "x", "at_least": "very"})
    )
    report = check(method_of(PARTS, inner, overall), PARTS.framework)
    assert failed(report) == ["not nested: overall.very can hold where overall.yes does not"]
    elsewhere = node("x", "r", ("yes", {"any": "scores"}), ("very", {"every": "scores"}))
    assert check(method_of(PARTS, elsewhere, overall), PARTS.framework).ok  # it cannot be given on another scale


def test_a_whole_in_a_state_takes_out_what_is_inside() -> None:
    """Where states are left out, a statement given as "not judged" leaves nothing of its parts to look at."""
    inner = node("x", "s", ("yes", {"any": "scores"}), ("very", {"every": "scores"}))
    overall = node("overall", "r", ("yes", {"any": "scores"}), ("very", {"every": "scores"}))
    replies = {"kind": "answered", "over": "scores", "rounding": "none", **RULE}
    flags = [{"id": "few", "when": {"measure": "m", "less_than": 100}, **RULE}]
    for not_rated, low, high, certain in (("leave_out", "None", "None", True), ("interval", "no", "very", False)):
        method = method_of(PARTS, inner, overall, not_rated=not_rated, flags=flags, measures={"m": replies})
        outcome = PARTS.assess(method, {"x": NOT_JUDGED})
        assert (str(outcome.low), str(outcome.high)) == (low, high)
        assert [flag.certain for flag in outcome.flags] == [certain]
        assert outcome.trace.audit() == ()


def test_judgement_below_is_tried_with_what_shares_its_scores() -> None:
    """What judgement may make of a theme is tried together with the scores in it, and with nothing that cannot be."""
    frame = plain_frame("t: a b", "no yes very")
    theme = {
        **node("t", "r"),
        "must": {"rungs": rungs(("yes", {"every": "scores"}), ("very", {"every": "scores"}))},
        "may": {"rungs": rungs(("yes", {"any": "scores"}), ("very", {"any": "scores"}))},
    }
    crossed = node(
        "overall", "r", ("yes", {"every": "scores", "at_least": "yes"}), ("very", {"area": "t", "at_least": "very"})
    )
    assert failed(check(method_of(frame, theme, crossed), frame.framework)) == [
        "not nested: overall.very can hold where overall.yes does not"
    ]
    fine = node(
        "overall", "r", ("yes", {"any": "scores", "at_least": "yes"}), ("very", {"area": "t", "at_least": "very"})
    )
    assert check(method_of(frame, theme, fine), frame.framework).ok
    never: Plain = {"all_of": [{"area": "t", "at_least": "very"}, {"not": {"any": "scores", "at_least": "very"}}]}
    flags = [{"id": "never", "when": never, **RULE}]
    method = method_of(frame, theme, fine, flags=flags)
    assert frame.assess(method, {"a": 1, "b": None}).flags == ()


def test_thresholds_are_compared_for_every_number_of_inputs() -> None:
    """Whether a condition follows from one over fewer inputs is seen at the number that each of them has."""
    frame = plain_frame("t: a b c", "no yes very")
    two = {"level": "scores", "only": ["a", "b"]}
    steps = {"by_n": {"1": 1, "3": 2, "4": 9}}
    overall = node("overall", "r", ("yes", {"count": "scores", "grade": "yes", "at_least": steps}),
                   ("very", {"count": two, "grade": "very", "at_least": 2}))  # fmt: skip
    fitted = fit(method_of(frame, overall), frame.framework)
    lower, upper = (rung.when for rung in fitted.nodes[-1].ladders[0].rungs)
    assert implies(upper, lower)
    assert implies(upper, lower, partly=True)
    assert check(method_of(frame, overall), frame.framework).ok


def test_three_places_that_share_scores_pairwise_belong_together() -> None:
    """The nearest grade is found where three areas hang on the same scores, two by two."""
    frame = Frame(
        (Item("t", (Item("a"), Item("b"))), Item("u", (Item("c"),))),
        {"s": SCALES["s"], "r": scale_of("low", "mid", "high")},
    )
    themes = {
        "for": "themes",
        "scale": "r",
        "rungs": rungs(*((g, {"every": "scores", "at_least": g}) for g in ("mid", "high"))),
    }
    when = {"all_of": [{"area": "t", "at_least": "mid"}, {"count": "scores", "grade": "mid", "at_least": 2}]}
    most = {"all_of": [{"area": "t", "at_least": "high"}, {"every": "scores", "at_least": "high"}]}
    method = method_of(frame, themes, node("overall", "r", ("mid", when), ("high", most)))
    margin = frame.assess(method, {"a": 0, "b": 0, "c": 0}).margin
    assert (margin.up, str(margin.above)) == (2, "mid")
    margin = frame.assess(method, {"a": 1, "b": 1, "c": 0}).margin
    assert (margin.up, margin.down) == (4, 1)
