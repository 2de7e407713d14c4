"""A council beside others, statement by statement: places with their ties, and how hard each statement is.

A place says how published scores are ordered and nothing else. It is never said without how many it is out of, who
shares it, and who could not be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from careassure.analysis.peers import LeftOut, Peers, group_of
from careassure.analysis.results import Spans, chosen, is_withdrawn, newest_results, scale_of_scores, statement_spans
from careassure.analysis.standings import GroupFigures, Scored, StatementPlace, low_grades
from careassure.api.verbs import assess, published
from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.council import KIND_WORDS, Body, Council
from careassure.model.dates import DateInput, PartialDate
from careassure.model.outcome import Outcome
from careassure.model.scale import Scale
from careassure.model.showing import short_repr
from careassure.model.statements import Statement
from careassure.model.text import join, plural

FEW = 5
"""With fewer peers than this a benchmark says that they are few: our own choice, as for `careassure.figures`."""
FORMAT = "careassure.benchmark/1"
_NAMED = 3


@frozen
class LowPair:
    """Two statements, and how often both are in the lower half of the scale.

    Args:
        one: The id of a statement.
        other: The id of another.
        both: How many councils have a low score in both.
        low_in_one: How many have one in the first.
        low_in_other: How many have one in the second.
        councils: How many have a known score in both.
    """

    one: str
    other: str
    both: int
    low_in_one: int
    low_in_other: int
    councils: int

    __repr__ = short_repr

    @property
    def expected(self) -> Fraction:
        """How many would have a low score in both if one said nothing of the other."""
        return Fraction(self.low_in_one * self.low_in_other, self.councils)


@frozen
class Benchmark:
    """An assessment beside the published results of other councils.

    Args:
        assessment: What is compared.
        outcome: What the framework's own method makes of it; None where it has none.
        group: Who the peers are, in words.
        peers: The newest results of the peers that have scores, by name.
        left_out: The peers that are not compared, each with the reason.
        places: The place in each statement, in the framework's order.
        overall: The place of the overall rating; None where it has none. The peers' ratings are those that were
            printed, and its own is the one that follows from the scores.
        pairs: For each two statements, how often both are low among all other councils; most often first.
        at: The day up to which results count; None for all.
        notes: What the file of a list of peers says of it, and how many ratings are unconfirmed.
    """

    assessment: Assessment
    outcome: Outcome | None
    group: str
    peers: tuple[Assessment, ...]
    left_out: tuple[LeftOut, ...]
    places: tuple[StatementPlace, ...]
    overall: StatementPlace | None
    pairs: tuple[LowPair, ...]
    at: PartialDate | None = None
    notes: tuple[str, ...] = ()

    __repr__ = short_repr

    @property
    def statements(self) -> Mapping[str, StatementPlace]:
        """The place in each statement, by the statement's id."""
        return {place.id: place for place in self.places}

    @property
    def hardest(self) -> tuple[tuple[StatementPlace, GroupFigures], ...]:
        """The statements with how all other councils do in them, that with the largest share of low scores first."""
        found = [(place, group) for place in self.places for group in place.figures if group.name == "england"]
        order = {place.id: number for number, place in enumerate(self.places)}
        found.sort(key=lambda pair: (-(pair[1].share_low or 0), order[pair[0].id]))
        return tuple((place, group) for place, group in found if group.known)

    @property
    def who_words(self) -> str:
        """With whom it is compared, and how many were left out."""
        asked = len(self.peers) + len(self.left_out)
        if not self.peers:
            return f"None of the {plural(asked, 'peer')} ({self.group}) has published scores, so nothing is compared."
        said = f"Compared with {len(self.peers)} of {asked}: {self.group}, as far as their scores are published."
        return f"{said} Only results up to {self.at.words} count." if self.at else said

    @property
    def left_out_words(self) -> str:
        """How many peers were left out, by reason; empty where none was."""
        reasons: dict[str, int] = {}
        for item in self.left_out:
            reasons[item.reason] = reasons.get(item.reason, 0) + 1
        counted = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        return f"Left out: {'; '.join(f'{count}, {reason}' for reason, count in counted)}." if counted else ""

    @property
    def hard_words(self) -> str:
        """Which statements most other councils score low in; empty where no other has scores."""
        found = [
            f"{place.title} {group.low} of {group.known}" for place, group in self.hardest[:_NAMED] if group.share_low
        ]
        if not found:
            return ""
        return (
            f"Low scores ({_low_words(self.places)}) are commonest, among all other councils, in: {'; '.join(found)}."
        )

    @property
    def pair_words(self) -> str:
        """Which two statements are low together most often; empty where none are."""
        if not self.pairs or not self.pairs[0].both:
            return ""
        pair, places = self.pairs[0], self.statements
        titles = join([places[pair.one].title, places[pair.other].title])
        first = f"Most often low together: {titles}, in {pair.both} of {plural(pair.councils, 'council')}."
        near = round(pair.expected)
        return f"{first} Were the two unrelated, about {near} would be expected."

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a reader has to know before a place is quoted, a sentence or two each."""
        said = ["Equal scores share their places: nothing puts one of them first."]
        count = len(self.peers)
        if 0 < count < FEW:
            said.insert(0, f"Only {plural(count, 'peer')} can be compared: too few to say what is usual.")
        dates = sorted(found for item in self.peers if (found := item.published or item.assessed))
        if dates and dates[0] != dates[-1]:
            said.append(f"The scores are from {dates[0].words} to {dates[-1].words}; councils may have changed since.")
        pilots = [item.council.name for item in self.peers if item.indicative]
        if pilots:
            said.append(f"Pilot results, marked as indicative: {join(pilots)}.")
        unknown = sorted({name for place in self.places for name in place.unknown})
        if unknown:
            said.append(f"Not every score was seen of {_some(unknown)}.")
        if self.overall is not None and self.overall.peers:
            said.append("The peers' overall ratings are as printed; this one follows from the scores.")
        if any(place.off_by for place in self.places):
            said.append(f"Places allow for each score of a statement to be off by up to {self.places[0].off_by}.")
        return (*said, *self.notes)

    @property
    def words(self) -> str:
        """All of it in sentences, a line each."""
        result = f": {self.outcome.result}" if self.outcome else ""
        lines = [f"{self.assessment.label}{result}", self.who_words, self.left_out_words]
        lines += [place.words for place in (*self.places, *([self.overall] if self.overall else []))]
        return "\n".join(line for line in (*lines, self.hard_words, self.pair_words, *self.cautions) if line)

    def __str__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        from careassure.model.notebook import bullets, output, paragraph, pictures, table

        shown = [*self.places, *([self.overall] if self.overall else [])]
        rows = [(place.title, place.score_words, place.rank_words, place.at_or_above_words) for place in shown]
        heads = ("Statement", "Score", "Place", "Peers at or above")
        who, *more = map(paragraph, (self.who_words, self.left_out_words, self.hard_words, self.pair_words))
        places = table(self.assessment.label, heads, rows)
        return output(who, pictures(self), places, *more, bullets("Cautions", self.cautions))

    def to_dict(self) -> dict[str, object]:
        """It as plain values that JSON can hold, in the form ``careassure.benchmark/1``."""
        return {
            "format": FORMAT,
            "council": self.assessment.council.name,
            "code": self.assessment.council.code,
            "result": self.outcome.result if self.outcome else None,
            "group": self.group,
            "at": str(self.at) if self.at else None,
            "peers": [
                {"council": item.council.name, "code": item.council.code, "id": item.id, "published": _date(item)}
                for item in self.peers
            ],
            "left_out": [{"council": item.council, "reason": item.reason} for item in self.left_out],
            "statements": [place.to_dict() for place in self.places],
            "overall": self.overall.to_dict() if self.overall else None,
            "together": [
                {
                    "one": pair.one, "other": pair.other, "both": pair.both, "low_in_one": pair.low_in_one,
                    "low_in_other": pair.low_in_other, "councils": pair.councils, "expected": str(pair.expected),
                }
                for pair in self.pairs
            ],
            "cautions": list(self.cautions),
        }  # fmt: skip


def _date(assessment: Assessment) -> str | None:
    return str(assessment.published) if assessment.published else None


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return join([*names[:_NAMED], f"{rest} more"] if rest > 0 else list(names))


def _low_words(places: Sequence[StatementPlace]) -> str:
    scale = places[0].scale
    return join([scale.said(grade) for grade in low_grades(scale)], "or")


@checked
def benchmark(
    assessment: Assessment,
    peers: Peers = "region",
    *,
    results: Iterable[Assessment] | None = None,
    at: DateInput | None = None,
    off_by: int = 0,
) -> Benchmark:
    """An assessment beside the published results of other councils, statement by statement.

    The council itself is never among its peers, so its own assessment can be held against theirs before it is rated.
    Of each peer the newest result counts. The order of the results decides nothing.

    Args:
        assessment: What is compared: a published result, or a council's own.
        peers: ``region``, ``kind`` (of authority), ``all``, a list of councils, or the file of a list: nearest
            neighbours as a reader knows them, or a table with a column of councils.
        results: The results to compare with; those that ship where None.
        at: The last day whose results count; all of them where None.
        off_by: By how many grades each score may be uncertain, the peers' too. Places then hold whatever is true.

    Raises:
        InvalidInputError: Peers that are not known, all at once, or two newest results of one council.
        ReadError: The file of a list cannot be read.
        UnknownFileError: It holds no list of councils.
    """
    day = None if at is None else PartialDate.parse(at)
    if off_by < 0:
        raise InvalidInputError("off_by", [Problem("", f"{off_by} is below 0", "Give how many grades, from 0")])
    framework = assessment.framework
    newest = newest_results(published() if results is None else results, framework, day)
    others = [found for code, found in newest.items() if code != assessment.council.code]
    group = group_of(assessment, peers, others)
    others = [found for found in others if not is_withdrawn(found, day)]
    used, left_out = chosen(group, newest, day)
    spans = {found.council.code: statement_spans(found) for found in others}
    groups = [("peers", "", [item.council for item in used]), *_side_by_side(assessment.council, others)]
    own = statement_spans(assessment)
    places = tuple(
        _place(
            assessment, statement, scale_of_scores(framework, statement.id, own, spans.values()), groups, spans, off_by
        )
        for statement in framework.statements
    )
    outcome = assess(assessment) if framework.scorer else None
    asked = {council.code for council in group.councils}
    rated = [found for found in others if found.council.code in asked]
    weak = sum(found.confidence == "unconfirmed" and found.stated.rating is not None for found in rated)
    told = f"Of the peers' overall ratings {weak} {'is' if weak == 1 else 'are'} unconfirmed: only a program read them."
    return Benchmark(
        assessment, outcome, group.words, used, left_out, places,
        _overall(assessment, outcome, rated),
        _pairs(places, [spans[found.council.code] for found in others]), day,
        (*group.notes, *([told] if weak else [])),
    )  # fmt: skip


_Group = tuple[str, str, list[Council | Body]]
"""A group's name, what it is called in words, and who is in it."""


def _place(
    assessment: Assessment,
    statement: Statement,
    scale: Scale,
    groups: Sequence[_Group],
    spans: Mapping[str, Spans],
    off_by: int,
) -> StatementPlace:
    """Where the score of one statement lies among those of each group; the peers are the first of them."""
    by_group = {
        name: [
            Scored(body.name, *found)
            for body in sorted(members, key=lambda body: (body.name, body.code))
            if (found := spans[body.code].get(statement.id)) and found[0].scale == scale.id
        ]
        for name, _, members in groups
    }
    seen = {item.council for item in by_group["peers"]}
    low, high = statement_spans(assessment).get(statement.id, (None, None))
    return StatementPlace(
        statement.id, statement.title, scale, assessment.council.name, low, high,
        peers=tuple(by_group["peers"]),
        unknown=tuple(sorted(body.name for body in groups[0][2] if body.name not in seen)),
        figures=tuple(GroupFigures.of(name, words, scale, by_group[name]) for name, words, _ in groups[1:]),
        off_by=off_by,
    )  # fmt: skip


def _side_by_side(subject: Council | Body, others: Sequence[Assessment]) -> list[_Group]:
    """The other councils of its region and kind, and all of them."""
    every = [item.council for item in others]
    found: list[_Group] = []
    if isinstance(subject, Council):
        same: list[Council | Body] = [body for body in every if getattr(body, "region", "") == subject.region]
        found.append(("region", f"the other councils in {subject.region}", same))
        found.append(("kind", f"the other {KIND_WORDS[subject.kind]}", [b for b in every if b.kind == subject.kind]))
    return [*found, ("england", "all other councils", every)]


def _overall(assessment: Assessment, outcome: Outcome | None, asked: Sequence[Assessment]) -> StatementPlace | None:
    """The place of its rating among those that were printed for its peers, whether or not their scores were seen."""
    if outcome is None or outcome.low is None or outcome.high is None:
        return None
    scales = [scale for scale in assessment.framework.scales if scale.id == outcome.low.scale]
    if not scales:
        return None
    found = [
        Scored(item.council.name, rating, rating)
        for item in asked
        if (rating := item.stated.rating) and rating.scale == outcome.low.scale
    ]
    return StatementPlace(
        "overall", "Overall rating", scales[0], assessment.council.name, outcome.low, outcome.high,
        tuple(sorted(found, key=lambda item: item.council)),
    )  # fmt: skip


def _pairs(places: Sequence[StatementPlace], others: Sequence[Spans]) -> tuple[LowPair, ...]:
    limit = {place.id: len(low_grades(place.scale)) for place in places}
    known = [
        {name: low.rank < limit[name] for name, (low, high) in spans.items() if low == high and name in limit}
        for spans in others
    ]
    found: list[LowPair] = []
    for one, other in combinations(limit, 2):
        both = [(seen[one], seen[other]) for seen in known if one in seen and other in seen]
        if both:
            low = [sum(pair[side] for pair in both) for side in (0, 1)]
            found.append(LowPair(one, other, both.count((True, True)), low[0], low[1], len(both)))
    return tuple(sorted(found, key=lambda pair: (-pair.both, pair.expected, pair.one, pair.other)))
