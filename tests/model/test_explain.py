"""Outcomes in words."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from attrs import evolve

import careassure as ca
from careassure.model.notebook import outcome_html
from careassure.model.outcome import Flag, Margin, Profile
from careassure.model.scale import NotRated

NINE = [3, 3, 4, 3, 4, 4, 3, 4, 4]
HEAD = {
    "format": "careassure.method/1",
    "id": "example",
    "version": "1",
    "title": "An example",
    "framework": "cqc-la",
    "not_rated": "leave_out",
    "references": {"ours": {"title": "Our <paper>", "basis": "ours", "url": "https://example.org/paper"}},
}
SCALES = ca.framework("cqc-la").scales


def method(**tables: object) -> ca.Method:
    """A method for councils with these tables."""
    return ca.load_method({**HEAD, **tables}, scales=SCALES)


def rungs(**when: object) -> list[dict[str, object]]:
    """A rung for each grade above the lowest."""
    return [
        {"grade": grade, "when": condition, "sentence": f"The rule for {grade}.", "reference": "ours"}
        for grade, condition in when.items()
    ]


def explained(rules: ca.Method, scores: object = NINE) -> str:
    """What a method says of some scores."""
    assert isinstance(scores, list)
    return ca.assess(ca.Assessment.of("Camden", scores), scorer=rules).explain()


def test_every_line_of_words_fits_a_terminal() -> None:
    """No line of an explanation is longer than 79 columns, save addresses."""
    for assessment in ca.published():
        text = ca.assess(assessment).explain()
        assert all(len(line) <= 79 for line in text.splitlines() if "://" not in line)


@pytest.mark.parametrize(
    ("council", "words"),
    [
        ("Birmingham", "A pilot: its result was published as indicative only."),
        ("Bromley", "The report was withdrawn on 2 February 2026."),
        ("Warrington", "care_provision: 2 is used, another source has 3."),
        ("Hertfordshire", "another source leaves it blank"),
        ("York", "A statement is scored 1: CQC then notifies the Secretary of State"),
        ("Leeds", "May hold, depending on what is open:"),
    ],
)
def test_what_a_reader_must_know_is_said(council: str, words: str) -> None:
    """Pilots, withdrawn reports, sources that differ and flags are part of the explanation."""
    text = " ".join(ca.assess(ca.published(council)[-1]).explain().split())
    assert words in text


def test_a_profile_is_shown_where_it_is_the_result() -> None:
    """A method without an overall rating shows every theme and statement with its grade or its state."""
    scores = [3, ca.NotRated("not_judged"), None, *NINE[3:]]
    text = explained(method(nodes=[]), scores)
    assert "no overall rating: the profile is the result" in text
    assert "Working with people\n" in text
    assert "    Assessing needs                             good standard\n" in text
    assert "    Supporting people to live healthier lives   Not judged\n" in text
    assert "    Equity in experience and outcomes           significant shortfalls to exceptional standard\n" in text


def test_two_ladders_say_what_is_least_and_most_and_suggested() -> None:
    """Where judgement decides, what it is at the least, at the most and suggested are told apart."""
    grades = {"requires_improvement": "some_shortfalls", "good": "good_standard", "outstanding": "exceptional_standard"}

    def ladder(name: str, head: str) -> dict[str, object]:
        found = rungs(**{grade: {head: "statements", "at_least": score} for grade, score in grades.items()})
        return {"rungs": [{**rung, "id": f"{name}.{rung['grade']}"} for rung in found]}

    node = {"for": "overall", "scale": "cqc-rating", "must": ladder("must", "every"), "may": ladder("may", "any")}
    text = explained(method(nodes=[{**node, "suggest": ladder("suggest", "every")}]))
    assert text.startswith("Camden: Good to Outstanding (suggested: Good)\n")
    for words in ("At the least: Good", "At the most: Outstanding", "Suggested: Good"):
        assert words in text


def test_a_count_names_what_falls_short() -> None:
    """A counting rule that fails names the statements that do not reach its grade."""
    when = {"count": "statements", "grade": "exceptional_standard", "at_least": 6}
    node = {"for": "overall", "scale": "cqc-rating"}
    text = explained(method(nodes=[{**node, "rungs": rungs(requires_improvement=when, good=when, outstanding=when)}]))
    assert "5 of 9 reach it; not: Assessing needs (good standard)" in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("total", "37 points"),
        ("mean", "37 points, 3.36 on average"),
        ("percentage", "37 of 44 points = 84.09 %"),
    ],
)
def test_sums_are_shown_with_their_weights(kind: str, words: str) -> None:
    """A sum shows its points, its weights, and what it comes to."""
    measure: dict[str, object] = {"kind": kind, "over": "statements", "weights": {"safeguarding": 3}}
    measure |= {"sentence": "The weighted scores.", "reference": "ours"}
    if kind != "total":
        measure["rounding"] = "none"
    bands = {"measure": "sum", "requires_improvement": 1, "good": 2, "outstanding": 3, "reference": "ours"}
    node = {"for": "overall", "scale": "cqc-rating", "bands": bands}
    text = explained(method(measures={"sum": measure}, nodes=[node]), [3, 3, 4, 3, 4, 4, 3, 4, 3])
    assert words in text
    assert "Safeguarding                                3 x 3" in text


class Balanced(HTMLParser):
    """Checks that every tag is closed, and gathers the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in {"br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", ["York", "Camden", "Leeds"])
def test_the_html_says_the_same_and_is_well_formed(name: str) -> None:
    """In a notebook the result, the rungs, the flags and the profile are shown, in well-formed HTML."""
    outcome = ca.assess(ca.published(name)[-1])
    page = Balanced(outcome._repr_html_())
    assert page.open == []
    assert outcome.result in page.text
    assert all(statement.title in page.text for statement in outcome.assessment.framework.statements)
    assert all(flag.text in page.text for flag in outcome.flags)


def test_the_html_of_a_range_is_this() -> None:
    """The whole HTML of a range: the result, each rung, certain and possible flags, and some of the profile."""
    outcome = ca.assess(ca.Assessment.of("Camden", [3, 3, 4, None, 4, 4, 3, 4, 4]))
    (theme, first, *_), fourth = outcome.profile.entries, outcome.profile["care_provision"]
    state = evolve(first, low=None, high=None, state=NotRated("not_judged"), title="A <title>")
    flags = (Flag("a", "It <holds>."), Flag("b", "It may.", certain=False))
    found = outcome_html(evolve(outcome, profile=Profile((theme, first, fourth, state)), flags=flags))
    head, _, sources = found.partition("<p>Sources</p>")
    assert head == (
        "<div class='careassure'><p><strong>Camden: Good to Outstanding, 84 to 92 out of 100</strong><br>"
        "CQC&#x27;s single-word rating of a council (single-word 1)</p>"
        "<p>Not known: Care provision, integration and continuity. "
        "The range holds every result that they could give.</p><table><caption>Why</caption>"
        "<tr><td>yes</td><td>At least Requires improvement: a score of 39 or more. [1] [2]</td></tr>"
        "<tr><td>yes</td><td>At least Good: a score of 63 or more. [1] [2]</td></tr>"
        "<tr><td>open</td><td>At least Outstanding: a score of 88 or more. [1] [2]</td></tr></table>"
        "<p><strong>Flag:</strong> It &lt;holds&gt;.</p>"
        "<p><strong>May hold, depending on what is open:</strong> It may.</p><table><caption>Profile</caption>"
        "<tr><th scope='row' style='text-align:left;font-weight:bold'>Working with people</th><td></td></tr>"
        "<tr><th scope='row' style='text-align:left;font-weight:normal'>Assessing needs</th><td>good standard</td></tr>"
        "<tr><th scope='row' style='text-align:left;font-weight:normal'>Care provision, integration and continuity</th>"
        "<td><em>not known</em>: significant shortfalls to exceptional standard</td></tr>"
        "<tr><th scope='row' style='text-align:left;font-weight:normal'>A &lt;title&gt;</th><td>Not judged</td></tr>"
        "</table>"
    )
    assert sources.startswith("<ol><li><a href='https://www.cqc.org.uk/guidance-regulation/local-authorities/")
    assert sources.count("<li>") == 2
    assert sources.endswith("</li></ol></div>")


def test_the_html_of_a_rating_says_how_near_it_is() -> None:
    """The HTML of a rating has the margin and a rung that does not hold, and nothing where there are no rungs."""
    outcome = ca.assess(ca.Assessment.of("Camden", [3, 3, 3, 3, 3, 3, 3, 3, 3]))
    assert "<tr><td>no</td><td>At least Outstanding" in outcome._repr_html_()
    near = "</table><p>5 points more could give Outstanding. 5 points less could give Requires improvement.</p><table>"
    assert near in outcome._repr_html_()
    bare = evolve(outcome, trace=evolve(outcome.trace, parts=()), margin=Margin(), profile=Profile())
    assert outcome_html(bare).endswith("(single-word 1)</p><table><caption>Profile</caption></table></div>")


def test_the_html_is_escaped() -> None:
    """Names from outside cannot become tags."""
    council = ca.Body("x", "<script>alert(1)</script>")
    outcome = ca.assess(ca.Assessment.of(council, NINE))
    assert "<script>" not in outcome._repr_html_()
    assert "<b>" not in evolve(outcome, title="<b>bold</b>")._repr_html_()


def test_a_repr_is_short_and_says_it() -> None:
    """The repr of an outcome and of an assessment say who, what and by which method in one line."""
    assessment = ca.Assessment.of("Camden", NINE)
    assert repr(assessment) == "<Assessment Camden (mock, cqc-la direct): 3, 3, 4, 3, 4, 4, 3, 4, 4>"
    assert repr(ca.assess(assessment)) == "<Outcome Camden: Outstanding, 89 out of 100, 88.89 % by single-word 1>"
