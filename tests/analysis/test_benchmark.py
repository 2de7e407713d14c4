"""A council beside its peers: places with their ties, who is left out, and what is said of all of them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError, UnknownFileError
from careassure.model.assessment import Stated
from helpers import few, told
from plain_words import struck_out, too_long

NAMES = [council.name for council in ca.councils() if council.region == "East Midlands"]
IDS = [statement.id for statement in ca.framework("cqc-la").statements]
LEICESTER = ca.published("Leicester")[-1]
score = st.integers(1, 4)


def published(council: str, scores: list[int | None], date: str = "2025-01", **more: object) -> ca.Assessment:
    """A published result."""
    return ca.Assessment.of(council, scores, kind="published", published=date, **more)  # type: ignore[arg-type]


tables = st.lists(st.lists(st.none() | score, min_size=9, max_size=9), min_size=1, max_size=len(NAMES))


@few
@given(tables, st.lists(st.none() | score, min_size=9, max_size=9), st.randoms())
def test_places_are_counted_over_known_scores(
    table: list[list[int | None]], own: list[int | None], random: object
) -> None:
    """A place is one more than how many are certainly above, to how many can be at least level; no order matters."""
    results = [published(name, scores) for name, scores in zip(NAMES, table, strict=False)]
    asked = ca.Assessment.of("York", own)
    found = ca.benchmark(asked, NAMES, results=results)
    random.shuffle(results)  # type: ignore[attr-defined]
    assert ca.benchmark(asked, NAMES[::-1], results=results) == found
    for number, name in enumerate(IDS):
        place = found.statements[name]
        scores = [row[number] for row in table if row[number] is not None]
        low, high = (1, 4) if own[number] is None else (own[number], own[number])
        above = sum(other > high for other in scores)  # type: ignore[operator]
        level = sum(other >= low for other in scores)  # type: ignore[operator]
        assert place.rank == (above + 1, level + 1)
        assert place.of == len(scores) + 1
        assert list(place.counts.values()) == [scores.count(points) for points in (1, 2, 3, 4)]
        assert sum(last - first + 1 for first, last in (group.rank for group in place.groups)) == len(scores) + (
            own[number] is not None
        )
        assert len(place.peers) + len(place.unknown) == len(found.peers)
        england = place.figures[-1]
        assert (england.name, england.known) == ("england", len(scores))
        assert england.mean == (Fraction(sum(scores), len(scores)) if scores else None)  # type: ignore[arg-type]
        assert england.low == sum(points <= 2 for points in scores)  # type: ignore[operator]
    seen = {item.council.name for item in found.peers} | {item.council for item in found.left_out}
    assert seen == set(NAMES)
    assert len(found.peers) + len(found.left_out) == len(NAMES)


@few
@given(tables, st.lists(score, min_size=9, max_size=9), st.integers(0, 4))
def test_uncertain_scores_widen_places(table: list[list[int | None]], own: list[int], off_by: int) -> None:
    """With scores that may be off, a place holds every place of the scores as they are, and all where off by three."""
    results = [published(name, scores) for name, scores in zip(NAMES, table, strict=False)]
    asked = ca.Assessment.of("York", own)
    sure, open_ = (ca.benchmark(asked, NAMES, results=results, off_by=by) for by in (0, off_by))
    for narrow, wide in zip(sure.places, open_.places, strict=True):
        assert narrow.rank is not None
        assert wide.rank is not None
        assert wide.rank[0] <= narrow.rank[0] <= narrow.rank[1] <= wide.rank[1]
        assert wide.counts == narrow.counts
        if off_by >= 3:
            assert wide.rank == (1, wide.of)
        if off_by == 0:
            assert wide == narrow


@few
@given(tables)
def test_pairs_are_counted(table: list[list[int | None]]) -> None:
    """For each two statements: how often both are low, of those that have both scores."""
    results = [published(name, scores) for name, scores in zip(NAMES, table, strict=False)]
    for pair in ca.benchmark(ca.Assessment.of("York", [3] * 9), NAMES, results=results).pairs:
        one, other = IDS.index(pair.one), IDS.index(pair.other)
        rows = [(row[one], row[other]) for row in table if row[one] is not None and row[other] is not None]
        assert pair.councils == len(rows)
        assert pair.both == sum(a <= 2 and b <= 2 for a, b in rows)  # type: ignore[operator]
        assert pair.expected == Fraction(
            sum(a <= 2 for a, _ in rows) * sum(b <= 2 for _, b in rows),  # type: ignore[operator]
            len(rows),
        )


def shipped(statement: str, *, but: str = "", region: str = "") -> dict[str, int]:
    """The points of every council whose newest shipped result has a score for a statement, in another way."""
    newest = {item.council.name: item for item in ca.published()}
    found: dict[str, int] = {}
    for name, item in newest.items():
        score = item.scores[statement]
        there = not region or ca.council(name).region == region
        if isinstance(score, ca.Grade) and name != but and not item.withdrawn and there:
            found[name] = score.value
    return found


def test_leicester_and_its_region() -> None:
    """Leicester's place for safeguarding is the one counted by hand among the councils of the East Midlands."""
    found = ca.benchmark(LEICESTER)
    place = found.statements["safeguarding"]
    peers = shipped("safeguarding", but="Leicester", region="East Midlands")
    own = 2
    above = sum(points > own for points in peers.values())
    level = sum(points >= own for points in peers.values())
    assert place.rank == (above + 1, level + 1)
    assert list(place.counts.values()) == [list(peers.values()).count(points) for points in (1, 2, 3, 4)]
    assert place.share_at_or_above == Fraction(level, len(peers))
    tie = next(group for group in place.groups if group.grade.value == own)
    assert tie.councils == tuple(sorted([name for name, points in peers.items() if points == own] + ["Leicester"]))
    assert tie.rank == place.rank == dict(place.ranks)["Leicester"]
    assert len(found.peers) + len(found.left_out) == 9
    assert "Only 4 peers can be compared: too few to say what is usual." in found.cautions
    assert {item.reason for item in found.left_out} == {
        "no published result is known", "rated, but its scores were not seen",
    }  # fmt: skip


def test_hardness_of_statements_is_that_of_the_register() -> None:
    """Over all councils that ship, assessing needs is the hardest, by the count and the mean of its scores."""
    nobody = ca.Assessment.of(ca.Body("x", "Nowhere", "council"), [3] * 9)
    place, group = ca.benchmark(nobody, "all").hardest[0]
    points = list(shipped("assessing_needs").values())
    assert (place.id, group.known) == ("assessing_needs", len(points))
    assert group.low == sum(score <= 2 for score in points)
    assert group.mean == Fraction(sum(points), len(points))
    assert all(sum(score <= 2 for score in shipped(name).values()) <= group.low for name in IDS)


def test_the_council_is_never_its_own_peer() -> None:
    """A council's own published result counts in no figure, whatever it is compared with."""
    mock = ca.Assessment.of("Leicester", [3] * 9)
    for peers in ("region", "kind", "all", ["Leicester", "Derby"]):
        found = ca.benchmark(mock, peers)
        assert all(item.council.name != "Leicester" for item in found.peers)
        assert found.statements["equity"].figures[-1].known == len(shipped("equity", but="Leicester"))


def test_results_count_up_to_a_day() -> None:
    """With a day, only what was published by then counts, so a month counts whole and no later."""
    june = ca.benchmark(LEICESTER, "all", at="2025-06")
    july = ca.benchmark(LEICESTER, "all", at="2025-07")
    assert len(june.peers) < len(july.peers) < len(ca.benchmark(LEICESTER, "all").peers)
    assert all(item.published is not None and item.published.latest.isoformat() <= "2025-06-30" for item in june.peers)
    assert "Only results up to June 2025 count." in june.words


def test_the_newest_result_counts() -> None:
    """Of two results of a council the newer counts; two of one day are refused unless they are the same."""
    old, new = published("Derby", [1] * 9, "2024-01"), published("Derby", [4] * 9, "2025-01")
    for results in ([old, new], [new, old], [new, old, new]):
        assert ca.benchmark(LEICESTER, results=results).statements["equity"].rank == (2, 2)
    other = evolve(new, id="other", marks=old.marks)
    assert told(lambda: ca.benchmark(LEICESTER, results=[new, other])) == [
        ("Derby", "it has two newest results", "Keep one, or date them")
    ]
    review = evolve(other, supersedes="first")
    assert ca.benchmark(LEICESTER, results=[review, new]).statements["equity"].rank == (1, 1)
    newest = published("Derby", [2] * 9, "2026-01")
    assert ca.benchmark(LEICESTER, results=[new, other, newest]).statements["equity"].rank == (1, 2)


def test_withdrawn_reports_are_left_out() -> None:
    """A withdrawn report is not compared, from the day on which it was withdrawn."""
    gone = published("Derby", [4] * 9, withdrawn="2025-03")
    found = ca.benchmark(LEICESTER, results=[gone])
    assert ("Derby", "the report was withdrawn") in {(item.council, item.reason) for item in found.left_out}
    assert found.statements["equity"].figures[-1].known == 0
    assert ca.benchmark(LEICESTER, results=[gone], at="2025-02").statements["equity"].rank == (2, 2)


def test_a_statement_scored_in_parts_has_the_score_of_the_method() -> None:
    """In the version with evidence categories a statement's score is worked out, and open where parts are."""
    parts = ca.Assessment.of("Leicester", dict.fromkeys(IDS, 3) | {"equity": {"staff": 4}}, version="2023")
    found = ca.benchmark(parts)
    peers = [shipped(name, but="Leicester", region="East Midlands").values() for name in ("safeguarding", "equity")]
    assert found.statements["safeguarding"].rank == (1, 1 + sum(points >= 3 for points in peers[0]))
    assert found.statements["equity"].score_words == "2 to 4"
    assert found.statements["equity"].rank == (1, 1 + sum(points >= 2 for points in peers[1]))


def test_what_is_not_judged_has_no_place() -> None:
    """A statement with a state instead of a score has no place, and says so."""
    found = ca.benchmark(ca.Assessment.of("Leicester", {"equity": "not judged", "learning": 3}))
    place = found.statements["equity"]
    assert (place.rank, place.share_at_or_above, place.score_words, place.rank_words) == (
        None,
        None,
        "not judged",
        "none",
    )


def test_no_peer_is_no_error() -> None:
    """Where no peer has scores there is nothing to compare, and it is said."""
    found = ca.benchmark(LEICESTER, results=[])
    assert found.peers == ()
    assert found.statements["equity"].rank == (1, 1)
    assert "so nothing is compared" in found.words
    assert "No peer has a published score" in found.words


@pytest.mark.parametrize(
    ("peers", "said"),
    [
        ("west", "'west' is not a group"),
        (["Atlantis", "Derby", "Lemuria"], "2 problems"),
        ([7], r"\[7\] is not a path or a list"),
        ("nowhere.csv", "no such file"),
    ],
)
def test_peers_that_are_not_known_are_refused(peers: object, said: str) -> None:
    """Every peer that is not known is named."""
    with pytest.raises(CareAssureError, match=said):
        ca.benchmark(LEICESTER, peers)  # type: ignore[arg-type]


def test_a_body_has_no_region() -> None:
    """What is not one of the councils can only be held against all, or a list."""
    nobody = ca.Assessment.of(ca.Body("x", "Nowhere", "council"), [3] * 9)
    with pytest.raises(InvalidInputError, match="its region is not known"):
        ca.benchmark(nobody)
    assert ca.benchmark(nobody, ["Leicester"]).statements["equity"].rank == (1, 1)


def test_peers_may_be_a_file(tmp_path: Path) -> None:
    """A list of neighbours in any form that a reader knows, or a table with a column of councils."""
    names = tmp_path / "ours.csv"
    names.write_text("council,why\nDerby,near\nNottingham,near\n", encoding="utf-8")
    listed = tmp_path / "list.csv"
    listed.write_text("area code,area name\nE06000015,Derby\nE06000018,Nottingham\nE07000032,Amber Valley\n", "utf-8")
    by_code = tmp_path / "neighbours.json"
    by_code.write_text(json.dumps({"E06000016": ["E06000015", "E06000018"], "E06000015": ["E06000016"]}), "utf-8")
    expected = ca.benchmark(LEICESTER, ["Derby", "Nottingham"])
    for path in (names, listed, by_code, str(names)):
        found = ca.benchmark(LEICESTER, path)
        assert found.peers == expected.peers
        assert found.places == expected.places
        assert "the councils in" in found.group
    assert ca.benchmark(LEICESTER, listed).left_out[0].council == "Amber Valley"


def test_files_that_hold_no_peers_are_refused(tmp_path: Path) -> None:
    """A file without a list for the council, with names that are not known, or of another kind."""
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"E06000015": ["E06000016"]}), "utf-8")
    names = tmp_path / "names.csv"
    names.write_text("council\nDerby\nAtlantis\n", encoding="utf-8")
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"a": 1}', "utf-8")
    figures = tmp_path / "figures.csv"
    figures.write_text("area_code,area_name,period,indicator,value\nE09000003,Barnet,2023/24,Satisfied,61\n", "utf-8")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("area code,area name\nDerby,Derby\nE06000018,Nottingham\n", "utf-8")
    for path, kind, said in (
        (other, InvalidInputError, "it has no neighbours of Leicester"),
        (names, InvalidInputError, "names.csv, row 3, column council: 'Atlantis'"),
        (mapping, UnknownFileError, "not a list of neighbours"),
        (figures, UnknownFileError, "does not hold a list of councils"),
        (wrong, InvalidInputError, "'DERBY' is not a code"),
    ):
        with pytest.raises(kind, match=said):
            ca.benchmark(LEICESTER, path)


@pytest.mark.parametrize("peers", ["region", "kind", "all"])
def test_words_are_short_and_plain(peers: str) -> None:
    """No sentence is too long for any shipped council, and JSON holds all of it."""
    for item in (LEICESTER, *ca.published()[::9]):
        found = ca.benchmark(item, peers)
        assert [line for text in found.words.splitlines() for line in (*too_long(text), *struck_out(text))] == []
        data = json.loads(json.dumps(found.to_dict()))
        assert [row["rank"] for row in data["statements"]] == [
            None if place.rank is None else list(place.rank) for place in found.places
        ]
        assert f"{found}" == found.words
        assert "<table>" in found._repr_html_()


def test_printed_ratings_are_the_peers_ratings() -> None:
    """Of the overall rating, peers count whose rating was printed, whether or not their scores were seen."""
    rated = published("Derby", [None] * 9, stated=Stated(ca.framework("cqc-la").rating("Good")))
    found = ca.benchmark(LEICESTER, results=[rated])
    assert found.overall is not None
    assert (found.overall.rank, found.peers) == ((2, 2), ())


def test_unconfirmed_ratings_are_counted() -> None:
    """How many of the peers' overall ratings only a program read is said."""
    (leicester,) = ca.published("Leicester")
    weak = [item for item in ca.published() if item.confidence == "unconfirmed" and item.stated.rating]
    assert f"{len(weak)} are unconfirmed: only a program read them" in ca.benchmark(leicester, peers="all").cautions[-1]
