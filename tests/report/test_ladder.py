"""The drawing of worked-out scores."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from attrs import evolve

import careassure as ca
from careassure.analysis.reconcile import Reconciliation
from careassure.io.methods import load_method
from careassure.model.assessment import Assessment
from careassure.report.ladder import draw, ladders
from careassure.report.page import reconciliation_page

from .parsed import Node, parse

RESULTS = ca.reconcile()
SCORED = [result for result in RESULTS if result.outcome.score is not None]
(LADDER,) = ladders(RESULTS)
METHOD = (files("careassure.catalogue") / "cqc" / "single-word.toml").read_text(encoding="utf-8")
FRAMEWORK = ca.framework("cqc-la")


def svg(results: tuple[Reconciliation, ...]) -> Node:
    return parse(reconciliation_page(results)).one("svg", "ladder")


def with_method(text: str, *scores: list[int]) -> tuple[Reconciliation, ...]:
    method = load_method(tomllib.loads(text), scales=FRAMEWORK.scales)
    return ca.reconcile([Assessment.of("Camden", each) for each in scores], method)


def test_edges_are_those_of_the_method() -> None:
    """The bands begin at the lowest score that can be had and at the edges that the method's file names."""
    table = tomllib.loads(METHOD)["nodes"][0]["bands"]
    assert [table[key] for key in ("requires_improvement", "good", "outstanding")] == [39, 63, 88]
    assert [(band.grade.key, band.start) for band in LADDER.bands] == [
        ("inadequate", 25),
        ("requires_improvement", table["requires_improvement"]),
        ("good", table["good"]),
        ("outstanding", table["outstanding"]),
    ]
    drawing = svg(RESULTS)
    assert [node.text for node in drawing.all("text", "set")] == ["39", "63", "88"]
    assert [node.text for node in drawing.all("text", "name")] == [str(band.grade) for band in LADDER.bands]
    assert len(drawing.all("line", "edge")) == 3
    assert (LADDER.low, LADDER.high) == (25, 100)


def test_edges_move_with_the_method() -> None:
    """Another edge in the method is another edge in the drawing."""
    text = METHOD.replace("good = 63", "good = 60").replace("requires_improvement = 39", "requires_improvement = 41")
    drawing = svg(with_method(text, [3] * 9, [2] * 9))
    assert [node.text for node in drawing.all("text", "set")] == ["41", "60", "88"]
    assert "41 to 59: 1 result" in [node.text for node in drawing.all("text", "span")]


def test_one_dot_for_each_result_with_a_score() -> None:
    """There are as many marks as results with a score, each named with its council and score."""
    dots = svg(RESULTS).all("g", "dot")
    assert len(dots) == len(SCORED) == 83
    titles = sorted(dot.one("title").text for dot in dots)
    assert all(
        any(
            title.startswith(f"{result.assessment.label}: {result.outcome.rating}, {result.outcome.score} out of 100")
            for title in titles
        )
        for result in SCORED
    )
    assert sum("(pilot)" in title for title in titles) == sum(result.assessment.indicative for result in SCORED)


def test_marks_stand_at_their_score_and_apart() -> None:
    """Marks of one score stand above each other, those of a higher score further right, and no two on one spot."""
    places: dict[int, set[float]] = {}
    spots: list[tuple[str, str]] = []
    for dot in svg(RESULTS).all("g", "dot"):
        score = int(re.findall(r"(\d+) out of 100", dot.one("title").text)[0])
        numbers = re.findall(r"-?[\d.]+", dot.one("path").attributes["d"] or "")
        spots.append((str(score), ",".join(numbers)))
        places.setdefault(score, set()).add(round(float(numbers[0]), 0))
    assert len(spots) == len(set(spots))
    order = [min(places[score]) for score in sorted(places)]
    assert order == sorted(order)


def test_shape_goes_with_colour() -> None:
    """Ratings differ in shape as well as in colour."""
    shapes: dict[str, set[str]] = {}
    for dot in svg(RESULTS).all("g", "dot"):
        path = dot.one("path")
        letters = re.sub(r"[^A-Z]", "", path.attributes["d"] or "")
        first = re.findall(r"-?[\d.]+", path.attributes["d"] or "")[1]
        last = re.findall(r"-?[\d.]+", path.attributes["d"] or "")[-1]
        shapes.setdefault(path.classes[0], set()).add(letters + ("up" if float(first) > float(last) else ""))
    assert set(shapes) == {"g0", "g1", "g2", "g3"}
    assert all(len(found) == 1 for found in shapes.values())
    assert len(set.union(*shapes.values())) == 4


def test_drawing_can_be_heard() -> None:
    """The drawing has a title and a description that says what is in it, and the tree of its words begins with both."""
    drawing = svg(RESULTS)
    named = [drawing.attributes["aria-labelledby"] or "", drawing.attributes["aria-describedby"] or ""]
    assert [drawing.by_id(name).tag for name in named] == ["title", "desc"]
    about = drawing.by_id(named[1]).text
    first = next(node for node in drawing.walk() if node.attributes.get("role") == "treeitem")
    assert first.attributes["aria-label"] == f"{drawing.by_id(named[0]).text}. {about}"
    assert about.startswith("83 results on an axis from 25 to 100: ")
    assert "50 Good" in about
    assert "The lowest score is 28, the highest 89." in about


def test_extremes_are_named_in_the_drawing() -> None:
    """The lowest and the highest are named beside their marks."""
    texts = [node.text for node in svg(RESULTS).all("text", "extreme")]
    assert texts == ["East Riding of Yorkshire: 28", "Camden", "Kensington and Chelsea: 89"]


def test_near_results_are_counted() -> None:
    """The words beside the drawing count who is one point from another rating, both ways."""
    section = parse(reconciliation_page(RESULTS)).by_id("ladder")
    up = sorted(str(r.assessment.council) for r in RESULTS if r.outcome.margin.up == 1)
    down = [r for r in RESULTS if r.outcome.margin.down == 1]
    assert f"of the 83 results for which that is worked out, {len(up) + len(down)} are one point" in (
        section.words.lower()
    )
    assert f"One point short of a higher rating ({len(up)}): {', '.join(up[:-1])} and {up[-1]}." in section.words
    assert f"One point above a lower rating ({len(down)}): " in section.words


def test_no_edges_where_the_score_does_not_decide() -> None:
    """Where a rating needs more than the score, marks are drawn without edges and the page says why."""
    table = tomllib.loads(METHOD)
    del table["nodes"][0]["bands"]
    table["nodes"][0]["rungs"] = [
        {
            "grade": grade,
            "when": {
                "all_of": [
                    {"measure": "percentage", "at_least": 60 + step},
                    {"every": "statements", "at_least": "some_shortfalls"},
                ]
            },
            "sentence": "Enough of everything.",
            "reference": "bands",
        }
        for step, grade in enumerate(("requires_improvement", "good", "outstanding"))
    ]
    method = load_method(table, scales=FRAMEWORK.scales)
    results = ca.reconcile([Assessment.of("Camden", [3] * 9)], method)
    page = parse(reconciliation_page(results))
    assert not page.all("line", "edge")
    assert len(page.all("g", "dot")) == 1
    assert "no edges are drawn" in page.by_id("ladder").words


def test_high_stacks_still_fit() -> None:
    """A thousand results on one score make a drawing of a height that a page can hold."""
    many = with_method(METHOD, *([[3] * 9] * 1000))
    (ladder,) = ladders(many)
    text = draw(ladder, 1)
    height = float(re.findall(r'viewBox="0 0 \d+ ([\d.]+)"', text)[0])
    assert height < 700
    assert text.count('class="dot"') == 1000
    assert all(0 <= float(y) <= height for y in re.findall(r' y="(-?[\d.]+)"', text))


def test_labels_of_neighbouring_extremes_do_not_meet() -> None:
    """Where the lowest and the highest are close, their names stand on different lines."""
    results = with_method(METHOD, [3] * 9, [3] * 8 + [4])
    heights = [node.attributes["y"] for node in svg(results).all("text", "extreme")]
    assert len(heights) == len(set(heights)) == 2


def test_long_names_are_shortened_in_the_drawing_only() -> None:
    """A very long name is cut in a label but whole in the title of its mark."""
    name = "x" * 200
    results = ca.reconcile([evolve(ca.published("Camden")[-1], council=evolve(ca.council("Camden"), name=name))])
    drawing = svg(results)
    assert name in drawing.one("g", "dot").one("title").text
    assert max(len(node.text) for node in drawing.all("text")) < 120
