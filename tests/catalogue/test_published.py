"""The published assessments that ship with the package."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

import careassure as ca
from careassure.model.assessment import Assessment
from careassure.model.dates import PartialDate
from careassure.model.reference import Confidence
from careassure.model.scale import Grade

ALL = ca.published()
COMPLETE = [item for item in ALL if item.complete]
by_row = pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)


def test_there_are_as_many_as_the_sources_say() -> None:
    """A hundred and twenty-four assessments ship, each under a name of its own."""
    assert len(ALL) == 124
    assert len({item.id for item in ALL}) == 124


def test_the_newest_is_last() -> None:
    """The assessments stand in the order in which they were published, the newest last."""
    dates = [item.published for item in ALL]
    assert None not in dates
    assert dates == sorted(dates, key=lambda date: date or PartialDate(1))


@by_row
def test_every_row_says_where_it_is_from(item: Assessment) -> None:
    """Each assessment has sources that can be opened, a licence and a word for how sure it is."""
    assert item.kind == "published"
    assert item.sources
    assert all(source.startswith(("https://", "http://")) for source in item.sources)
    assert item.licence == "OGL-UK-3.0"
    assert item.confidence in set(get_args(Confidence)) - {"own"}


@by_row
def test_every_row_is_about_a_council_under_the_direct_version(item: Assessment) -> None:
    """Each assessment is of one of the 153 councils, by its nine statements, dated no earlier than the pilots."""
    assert item.council in ca.councils()
    assert item.framework is ca.framework("cqc-la", "direct")
    assert item.published is not None
    assert item.published >= PartialDate(2023, 11)
    assert item.id.startswith(f"{item.council.name.lower().replace(',', '').replace(' ', '-')}-{item.published.year}")


@by_row
def test_what_was_printed_is_of_its_scale(item: Assessment) -> None:
    """A printed rating is one of CQC's four words and a printed score lies between 25 and 100."""
    rating, score = item.stated.rating, item.stated.score
    assert rating is None or rating in ca.framework("cqc-la").scale("cqc-rating")
    assert score is None or 25 <= score <= 100


def test_most_rows_are_complete() -> None:
    """At least fifty assessments have all nine scores, so that the tests on complete ones mean something."""
    assert len(COMPLETE) >= 50


@pytest.mark.parametrize("item", COMPLETE, ids=lambda item: item.id)
def test_printed_results_follow_from_the_scores(item: Assessment) -> None:
    """Where all nine scores are known, CQC's own method gives the rating and the score that were printed."""
    outcome = ca.assess(item)
    assert outcome.rating is not None
    assert item.stated.rating in (None, outcome.rating)
    assert item.stated.score in (None, outcome.score)


@pytest.mark.parametrize("item", [item for item in ALL if not item.complete], ids=lambda item: item.id)
def test_printed_results_are_possible_where_scores_are_missing(item: Assessment) -> None:
    """Where scores are missing, the printed rating lies between the lowest and the highest that is possible."""
    outcome = ca.assess(item)
    assert outcome.low is not None
    assert outcome.high is not None
    assert item.stated.rating is None or outcome.low <= item.stated.rating <= outcome.high


def test_swindon_was_superseded_by_its_review() -> None:
    """Swindon has a first assessment and the review that replaced its result, in that order."""
    first, review = ca.published("Swindon")
    assert review.supersedes == first.id
    assert not first.supersedes
    assert [str(item.stated.rating) for item in (first, review)] == ["Requires improvement", "Good"]


def test_what_is_superseded_is_there() -> None:
    """Every assessment that replaces another names an older one of the same council."""
    known = {item.id: item for item in ALL}
    for item in ALL:
        if item.supersedes:
            older = known[item.supersedes]
            assert older.council == item.council
            assert (older.published or PartialDate(1)) < (item.published or PartialDate(1))


def test_bromley_was_withdrawn() -> None:
    """Only Bromley's report was withdrawn, on 2 February 2026."""
    assert [item.council.name for item in ALL if item.withdrawn] == ["Bromley"]
    assert ca.published("bromley")[-1].withdrawn == PartialDate(2026, 2, 2)


def test_the_pilots_are_indicative() -> None:
    """The five pilots of November 2023, and no later assessment, carry indicative ratings."""
    indicative = [item for item in ALL if item.indicative]
    assert {item.council.name for item in indicative} == {
        "Birmingham",
        "Lincolnshire",
        "North Lincolnshire",
        "Nottingham",
        "Suffolk",
    }
    assert {item.published for item in indicative} == {PartialDate(2023, 11, 17)}


def test_disagreements_are_attached() -> None:
    """The five figures on which sources differ stand with their assessments, with the figure that is used."""
    found = [(item, disagreement) for item in ALL for disagreement in item.disagreements]
    assert len(found) == 5
    for item, disagreement in found:
        used: object = item.stated.rating if disagreement.field == "rating" else item.scores[disagreement.field]
        assert isinstance(used, Grade)
        assert disagreement.used in (used.key, str(used.value))
        assert disagreement.other != disagreement.used
        assert disagreement.source.startswith("http")
        assert disagreement.note


def test_only_warringtons_disagreement_is_open() -> None:
    """It is not known which source is right about Warrington's care provision; the others are settled."""
    unsettled = [(item.council.name, d.field) for item in ALL for d in item.disagreements if not d.resolved]
    assert unsettled == [("Warrington", "care_provision")]


def test_published_can_be_asked_for_by_any_name() -> None:
    """The assessments of a council are found by any of its names and codes, and are none where none shipped."""
    for name in ("Camden", "London Borough of Camden", "E09000007"):
        assert [item.id for item in ca.published(name)] == ["camden-2025-02-28"]
    assert ca.published("Rutland") == ()
    with pytest.raises(LookupError):
        ca.published("Atlantis")


def test_councils_have_one_assessment_each_but_two() -> None:
    """Every council stands once but Swindon, which had a review, and Nottingham, which had been a pilot."""
    counts = Counter(item.council.name for item in ALL)
    assert {name for name, count in counts.items() if count > 1} == {"Nottingham", "Swindon"}


@pytest.mark.parametrize(
    ("name", "rating", "score"),
    [
        ("Camden", "outstanding", 89),
        ("Hertfordshire", "good", 78),
        ("Windsor and Maidenhead", "requires_improvement", 62),
        ("York", "requires_improvement", 39),
        ("Staffordshire", "good", 75),
        ("Stoke-on-Trent", "good", 64),
        ("Norfolk", "requires_improvement", 56),
    ],
)
def test_well_known_results(name: str, rating: str, score: int) -> None:
    """Results that CQC announced stand here as they were announced, and follow from the scores."""
    (item,) = ca.published(name)
    assert item.stated.rating is not None
    assert (item.stated.rating.key, item.stated.score) == (rating, score)
    assert ca.assess(item).score == score


UNCONFIRMED = [item for item in ALL if item.confidence == "unconfirmed"]


@pytest.mark.parametrize("item", UNCONFIRMED, ids=lambda item: item.id)
def test_what_only_a_program_read_is_marked(item: Assessment) -> None:
    """A result that one program found has no scores, a source of its own, and a note that says how weak it is."""
    assert all(score is None for _, score in item.marks)
    assert item.stated.score is None
    assert item.notes.startswith("Unconfirmed: one monitoring program found the report")
    assert item.sources[-1] == "https://github.com/carentspilot/cqc-monitor"


def test_a_rating_without_a_second_source_that_would_harm_is_left_out() -> None:
    """Of twenty reports that only a program found, Greenwich's and Salford's carry no rating."""
    assert len(UNCONFIRMED) == 20
    assert {str(item.council) for item in UNCONFIRMED if item.stated.rating is None} == {"Greenwich", "Salford"}


def test_what_the_press_printed_is_met() -> None:
    """Hounslow's 70 and West Berkshire's 64 are printed, and are what their scores give."""
    for name, printed in (("Hounslow", 70), ("West Berkshire", 64), ("Wandsworth", 70), ("Derbyshire", 67)):
        (item,) = ca.published(name)
        assert item.stated.score == printed == ca.assess(item).score
