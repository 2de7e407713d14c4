"""Services with their latest rating: their ages, how many are good, and the lists that they are read from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.catalogue.cqc import cqc_la
from careassure.errors import InvalidInputError
from careassure.figures.rated_services import RatedService, service_ages
from careassure.figures.rating_ages import NEVER
from careassure.figures.service_lists import read_services
from careassure.model.dates import PartialDate
from careassure.model.scale import NotRated
from helpers import few

AT = dt.date(2026, 11, 25)
RATINGS = cqc_la()[-1].scale("cqc-rating")
HEADS = "Location ID,Location HSCA start date,Location Latest Overall Rating,Publication Date,Location Local Authority"
dates = st.one_of(
    st.none(),
    st.just(NEVER),
    st.dates(dt.date(2012, 1, 1), AT).map(PartialDate.parse),
    st.dates(dt.date(2012, 1, 1), AT).map(lambda day: PartialDate.parse(f"{day:%Y-%m}")),
)
services = st.builds(
    RatedService,
    id=st.text("abcdefgh0123456789", min_size=4, max_size=8),
    rated=dates,
    rating=st.one_of(st.none(), st.just(NotRated()), st.sampled_from(RATINGS.grades)),
    kind=st.sampled_from(["", "home", "agency"]),
    area=st.sampled_from(["", "Leeds", "York"]),
    registered=st.one_of(st.none(), st.dates(dt.date(2012, 1, 1), AT)),
)


@few
@given(st.lists(services, min_size=1, unique_by=lambda item: item.id), st.sampled_from(["kind", "area"]))
def test_nobody_is_lost(found: list[RatedService], by: str) -> None:
    """Every service is in one group and in one count; the groups add up to the whole."""
    (whole,) = service_ages(found, AT)
    groups = service_ages(found, AT, by=by)  # type: ignore[arg-type]
    assert sum(group.ages.total for group in groups) == whole.ages.total == len(found)
    assert sum(group.good for group in groups) == whole.good <= whole.graded
    assert [sum(group.ages.bands[at].least for group in groups) for at in range(3)] == [
        band.least for band in whole.ages.bands
    ]
    least, most = whole.ages.never_or_old or (0, 0)
    never = sum(item.rated == NEVER for item in found)
    assert never <= least <= most <= len(found)
    assert most - least >= sum(item.rated is None for item in found)  # any of them may be outdated


def test_sixty_in_a_hundred() -> None:
    """23 % never rated and 37 % rated four to eight years ago are 60 % together, as the sector's count of 2024 has it.

    https://www.communitycare.co.uk/2024/09/04/60-of-community-social-care-services-have-no-or-outdated-performance-rating-analysis-finds/
    """
    ages = {"never": 23, "2018-01-01": 37, "2023-01-01": 40}
    found = [
        RatedService(f"{when}/{n}", NEVER if when == "never" else PartialDate.parse(when))
        for when, count in ages.items()
        for n in range(count)
    ]
    (whole,) = service_ages(found, dt.date(2024, 6, 30))
    assert whole.ages.counts[-1] == ("Never rated, or 4 years and over", "60 (60 %)")
    assert "never rated, or 4 years and over: 60 (60 %)" in whole.words


def listed(tmp_path: Path, *rows: str, heads: str = HEADS) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([heads, *rows, ""]), encoding="utf-8")
    return path


def test_the_regulators_list(tmp_path: Path) -> None:
    """A blank in the regulator's list is a service without a rating; a word such as "Not rated" is one too."""
    read = read_services(
        listed(tmp_path, "1-1,01/02/2020,Good,03/04/2021,York", "1-2,01/02/2024,,,York", "1-3,,Not Rated,,Leeds")
    )
    assert [item.rated for item in read.services] == [PartialDate.parse("2021-04-03"), NEVER, NEVER]
    assert read.services[1].registered == dt.date(2024, 2, 1)
    assert read.notes == (
        "1 row without a rating, in words such as 'Not rated': counted as never rated.",
        "1 row with neither a rating nor a day: counted as never rated.",
    )


def test_a_blank_of_your_own_is_not_known(tmp_path: Path) -> None:
    """In a table of one's own a blank may mean anything, so it is not known unless the caller says what it means."""
    path = listed(tmp_path, "a,,", "b,Good,2020-01-01", heads="Service,Rating,Rated")
    assert read_services(path).services[0].rated is None
    assert read_services(path, blank="never").services[0].rated == NEVER


def test_the_newest_rating_counts(tmp_path: Path) -> None:
    """A service in several rows has its newest rating, wherever that stands; parts of a service are left out."""
    heads = "Location ID,Domain,Service / Population Group,Latest Rating,Publication Date"
    rows = [
        "1-1,Overall,Overall,Good,01/02/2020",
        "1-1,Overall,Overall,Inadequate,01/02/2022",
        "1-1,Overall,Overall,Good,01/02/2019",
        "1-1,Safe,Overall,Good,01/02/2023",
        "1-1,Overall,Surgery,Good,01/02/2024",
    ]
    read = read_services(listed(tmp_path, *rows, heads=heads))
    assert [(item.id, str(item.rating), str(item.rated)) for item in read.services] == [
        ("1-1", "Inadequate", "2022-02-01")
    ]
    assert read.rows == 5
    assert [note.split(" row")[0] for note in read.notes] == ["2", "2"]


def test_what_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Blank names, days that are none and words that are no ratings are told with their rows and columns."""
    with pytest.raises(InvalidInputError) as caught:
        read_services(listed(tmp_path, ",01/02/2020,Good,soon,York", "1-2,31/02/2020,Splendid,,York"))
    assert [(problem.where.row, problem.where.column) for problem in caught.value.problems] == [
        (2, "Location ID"),
        (2, "Publication Date"),
        (3, "Location HSCA start date"),
        (3, "Location Latest Overall Rating"),
    ]


def test_a_list_without_ratings_is_refused(tmp_path: Path) -> None:
    """A directory of services says nothing of ratings, and the day of the latest check is not that of a rating."""
    with pytest.raises(InvalidInputError, match="no column holds ratings"):
        read_services(listed(tmp_path, "1-1,09/01/2018", heads="Location ID,Date of latest check"))


def test_a_rating_after_the_day_is_told_once() -> None:
    """However many ratings lie after the day, one problem counts them and names the first."""
    later = [RatedService(f"s{n}", PartialDate.parse("2026-12-01")) for n in range(500)]
    with pytest.raises(InvalidInputError) as caught:
        service_ages(later, AT)
    assert [str(problem) for problem in caught.value.problems] == [
        "at: 500 services rated after 25 November 2026, such as s0. Count ages on a later day"
    ]
