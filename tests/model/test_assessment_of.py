"""Making assessments from names, numbers and words."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import UnknownStatementError
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.outcome import Profile
from careassure.model.scale import Grade, NotRated
from careassure.model.scores import nested
from careassure.model.statements import Alias
from careassure.testing.strategies import bodies, councils, facts, frameworks, partial_dates
from helpers import scores

DIRECT = ca.framework("cqc-la", "direct")
IDS = [statement.id for statement in DIRECT.statements]
SCALE = DIRECT.scale("cqc-score")

of_providers = frameworks().map(lambda framework: evolve(framework, subject="provider"))
whole_scores = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9)


def names_of(statement: str, context: str) -> list[str]:
    """Every name of a statement of CQC's framework that means it in a context, where it stands for no theme too."""
    found = DIRECT.statement(statement)
    themes = {name for theme in DIRECT.themes for name in (theme.title, *(a.text for a in theme.aliases))}
    aliases = [a.text for a in found.aliases if a.context in ("framework", context)]
    return [name for name in (found.id, found.title, *aliases) if context != "framework" or name not in themes]


@given(whole_scores)
def test_a_list_and_a_mapping_are_the_same(given_scores: list[int | None]) -> None:
    """Scores in the framework's order, and the same scores by statement id, give equal assessments."""
    by_id = dict(zip(IDS, given_scores, strict=True))
    one = ca.Assessment.of("Camden", given_scores)
    assert one == ca.Assessment.of("Camden", by_id)
    assert one == ca.Assessment.of("Camden", tuple(given_scores))
    assert one == ca.Assessment.of("Camden", {name: score for name, score in by_id.items() if score is not None})
    assert list(one.scores) == IDS
    assert [score.value if isinstance(score, Grade) else score for score in one.scores.values()] == given_scores


@given(whole_scores, st.sampled_from(DIRECT.contexts), st.randoms(use_true_random=False), st.data())
def test_any_name_and_any_order_will_do(
    given_scores: list[int | None], context: str, random: object, data: st.DataObject
) -> None:
    """A mapping may use any id, title or alias of its context, in any case and in any order."""
    named = {
        data.draw(st.sampled_from(names_of(statement, context))).upper(): score
        for statement, score in zip(IDS, given_scores, strict=True)
    }
    shuffled = dict(data.draw(st.permutations(list(named.items()))))
    assert ca.Assessment.of("Camden", shuffled, context=context) == ca.Assessment.of("Camden", given_scores)


@given(st.sampled_from(IDS), st.sampled_from(SCALE.grades), st.data())
def test_a_score_may_be_a_number_a_word_or_a_grade(statement: str, grade: Grade, data: st.DataObject) -> None:
    """A score is read from its number, its key, its label, any alias or the grade itself."""
    value = data.draw(st.sampled_from([grade, grade.value, grade.key, grade.label, *grade.aliases]))
    assert ca.Assessment.of("Camden", {statement: value}).scores[statement] is grade


@given(st.sampled_from(IDS))
def test_states_are_kept_apart_from_missing_scores(statement: str) -> None:
    """A statement with a state is not missing; one that is None or left out is."""
    found = ca.Assessment.of("Camden", {statement: "Inspected but not rated"})
    assert found.scores[statement] == NotRated("inspected_not_rated")
    assert found.missing == tuple(name for name in IDS if name != statement)
    assert not found.complete


@given(of_providers, st.data())
def test_any_framework_can_be_scored(framework: Framework, data: st.DataObject) -> None:
    """For any framework, what was given is what each leaf has, and what was not given is missing."""
    values = data.draw(scores(framework))
    found = ca.Assessment.of("Somewhere", values, framework=framework)
    for leaf, score in found.marks:
        statement, _, part = leaf.partition("/")
        value = values[statement]
        assert score == (value.get(part) if isinstance(value, dict) else value)
    assert found.missing == tuple(leaf for leaf, score in found.marks if score is None)
    assert found.complete is (not found.missing)
    assert found.council == Body("Somewhere", "Somewhere", "provider")


@given(of_providers, st.data())
def test_an_assessment_can_be_made_again_from_its_scores(framework: Framework, data: st.DataObject) -> None:
    """The scores of an assessment, given back by statement, make an equal one."""
    found = ca.Assessment.of("Somewhere", data.draw(scores(framework)), framework=framework)
    assert ca.Assessment.of("Somewhere", nested(found.marks), framework=framework) == found


@given(of_providers, st.data())
def test_a_span_is_what_a_score_can_be(framework: Framework, data: st.DataObject) -> None:
    """A known grade spans itself; what is not known or carries a state spans its whole scale."""
    found = ca.Assessment.of("Somewhere", data.draw(scores(framework)), framework=framework)
    for leaf, score in found.marks:
        scale = framework.scale_of(leaf)
        known = score is not None and not isinstance(score, NotRated)
        assert found.spans[leaf] == ((score, score) if known else (scale.lowest, scale.highest))


@given(of_providers, st.data())
def test_a_profile_shows_what_was_given(framework: Framework, data: st.DataObject) -> None:
    """The profile of an assessment has each theme without a grade, then its statements as they were scored."""
    found = ca.Assessment.of("Somewhere", data.draw(scores(framework)), framework=framework)
    profile = Profile.of(found)
    order = [name for theme in framework.themes for name in (theme.id, *(s.id for s in theme.statements))]
    assert [entry.id for entry in profile] == order
    assert len(profile) == len(order)
    for entry in profile:
        score = found.scores.get(entry.id)
        assert profile[entry.id] is entry
        assert entry.title == framework.title_of(entry.id)
        assert entry.state == (score if isinstance(score, NotRated) else None)
        shown = entry.level == "statement" and entry.state is None
        assert (entry.low, entry.high) == (found.spans.get(entry.id, (None, None)) if shown else (None, None))
        assert entry.grade == (entry.low if entry.low == entry.high else None)
    with pytest.raises(UnknownStatementError, match="'overall' is not in the profile"):
        profile["overall"]


@given(councils())
def test_the_council_may_be_a_name_a_code_or_itself(council: Council) -> None:
    """The council is found by its name or code, or taken as it is."""
    made = [ca.Assessment.of(name, [3] * 9) for name in (council, council.name, council.code)]
    assert all(item.council is council for item in made)


@given(bodies())
def test_a_body_is_taken_as_it_is(body: Body) -> None:
    """A body that is no council may be assessed under the same framework."""
    assert ca.Assessment.of(body, [3] * 9).council is body


@given(facts())
def test_facts_do_not_depend_on_their_order(found: dict[str, bool]) -> None:
    """Facts are kept by name, whatever order they were given in."""
    one = ca.Assessment.of("Camden", [3] * 9, facts=found)
    other = ca.Assessment.of("Camden", [3] * 9, facts=dict(reversed(found.items())))
    assert one == other
    assert dict(one.facts) == found


@given(partial_dates())
def test_dates_may_be_text(date: PartialDate) -> None:
    """A date may be given as text, as a number for a year, or as a date."""
    made = [ca.Assessment.of("Camden", [3] * 9, published=value) for value in (date, str(date))]
    assert made[0] == made[1]
    assert made[0].published == date
    assert made[0].label == f"Camden, {date.words}"
    assert ca.Assessment.of("Camden", [3] * 9).label == "Camden"


def test_lists_become_tuples() -> None:
    """Lists of evidence, sources and disagreements are kept as tuples, so that the assessment has a hash."""
    found = ca.Assessment.of(
        "Camden", [3] * 9, sources=["a page"], evidence=[ca.Evidence("e", "seen", "staff", ["equity"])]
    )
    assert found.sources == ("a page",)
    assert found.evidence[0].statements == ("equity",)
    assert hash(found) == hash(found)


def test_evidence_may_name_one_statement() -> None:
    """Evidence that bears on one statement may name it without brackets."""
    assert ca.Evidence("e", "seen", "staff", "equity").statements == ("equity",)


@pytest.mark.parametrize(("version", "expected"), [(None, "direct"), ("direct", "direct"), ("2023", "2023")])
def test_the_newest_version_is_used_unless_one_is_named(version: str | None, expected: str) -> None:
    """Without a version the newest of the framework is used."""
    assert ca.Assessment.of("Camden", [3] * 9, version=version).framework.version == expected


def test_names_of_press_releases_mean_statements_there() -> None:
    """The nine headings of CQC's press releases, in their context, are the nine statements."""
    headings = {
        "How the local authority works with people": 3,
        "Supporting people to live healthier lives": 3,
        "Equity in experience and outcomes": 2,
        "Providing support": 3,
        "Partnerships and communities": 4,
        "How the local authority ensures safety in the system": 2,
        "Safeguarding": 2,
        "Leadership": 3,
        "Learning, improvement and innovation": 3,
    }
    found = ca.Assessment.of("Camden", headings, context="press")
    assert found == ca.Assessment.of("Camden", list(headings.values()))


def test_an_assessment_shows_its_scores() -> None:
    """The short form of an assessment names the council, the framework and the scores, a question mark for a gap."""
    found = ca.Assessment.of("Camden", [3, None, 4, 3, "Not rated", 4, 3, 4, 4], published="2025-02-28")
    assert repr(found) == (
        "<Assessment Camden, 28 February 2025 (mock, cqc-la direct): 3, ?, 4, 3, Not rated, 4, 3, 4, 4>"
    )


def test_alias_contexts_are_those_that_the_test_knows() -> None:
    """Aliases of CQC's statements belong to the framework or to press releases."""
    aliases: list[Alias] = [alias for statement in DIRECT.statements for alias in statement.aliases]
    assert {alias.context for alias in aliases} == {"framework", "press"} == set(DIRECT.contexts)
