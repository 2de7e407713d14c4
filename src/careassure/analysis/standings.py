"""Where a council stands in one statement among its peers: its places, who shares them, and how others do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from careassure.analysis.ranks import Places, rank_sets
from careassure.model.rounding import decimal
from careassure.model.scale import Grade, Scale
from careassure.model.showing import short_repr
from careassure.model.text import join, plural

_OWN = -1
"""The number of the council itself, beside those of its peers: names need not differ."""


@frozen
class Scored:
    """What a council was given for a statement.

    Args:
        council: Its name.
        low: The lowest grade that it can be.
        high: The highest; the same where the score is known.
    """

    council: str
    low: Grade
    high: Grade

    __repr__ = short_repr


def low_grades(scale: Scale) -> tuple[Grade, ...]:
    """The lower half of a scale, without a middle grade: of CQC's scores 1 and 2, which stand for shortfalls."""
    return scale.grades[: len(scale) // 2]


@frozen
class GroupFigures:
    """How the councils of a group do in one statement. The council that is compared is never among them.

    Args:
        name: ``peers``, ``region``, ``kind`` or ``england``.
        words: Who they are, as in "the other councils in London".
        scale: The scale of the scores.
        counts: How many have each grade, lowest first.
        open: How many have a score that is known only to lie between two.
    """

    name: str
    words: str
    scale: Scale
    counts: tuple[int, ...]
    open: int = 0

    __repr__ = short_repr

    @classmethod
    def of(cls, name: str, words: str, scale: Scale, scores: Sequence[Scored]) -> GroupFigures:
        """The figures of some scores."""
        known = [item.low.rank for item in scores if item.low == item.high]
        counts = tuple(map(known.count, range(len(scale))))
        return cls(name, words, scale, counts, len(scores) - len(known))

    @property
    def known(self) -> int:
        """How many have a score that is known."""
        return sum(self.counts)

    @property
    def mean(self) -> Fraction | None:
        """The mean of the known scores, in points; None where none is known, or grades are words."""
        if not self.known or not self.scale.numeric:
            return None
        points = sum(grade.value * count for grade, count in zip(self.scale.grades, self.counts, strict=True))
        return Fraction(points, self.known)

    @property
    def low(self) -> int:
        """How many have a known score in the lower half of the scale."""
        return sum(self.counts[: len(low_grades(self.scale))])

    @property
    def share_low(self) -> Fraction | None:
        """The share of the known scores in the lower half of the scale; None where none is known."""
        return Fraction(self.low, self.known) if self.known else None

    def to_dict(self) -> dict[str, object]:
        """The figures as plain values; exact numbers are text, such as ``9/4``."""
        return {
            "name": self.name,
            "words": self.words,
            "known": self.known,
            "open": self.open,
            "counts": _counted(self.scale, self.counts),
            "mean": None if self.mean is None else str(self.mean),
            "share_low": None if self.share_low is None else str(self.share_low),
        }


def _counted(scale: Scale, counts: Sequence[int]) -> dict[str, int]:
    return {grade.key: count for grade, count in zip(scale.grades, counts, strict=True)}


@frozen
class TieGroup:
    """Councils with the same score, which share their places.

    Args:
        grade: The score.
        rank: The first and the last of the places that they share.
        councils: Their names, in the order of the alphabet.
    """

    grade: Grade
    rank: Places
    councils: tuple[str, ...]

    __repr__ = short_repr


@frozen
class StatementPlace:
    """Where a council stands in one statement among its peers.

    Args:
        id: The statement's id, or ``overall``.
        title: How it is printed.
        scale: The scale of its scores.
        council: The council that is compared.
        low: The lowest grade that it can have; None where it carries a state such as "not judged".
        high: The highest.
        peers: What its peers were given, by name.
        unknown: The peers whose score in this statement was not seen, by name. They are counted nowhere.
        figures: How its region, its kind and all of England do, side by side.
        off_by: By how many grades each score, its own and its peers', is taken to be uncertain.
    """

    id: str
    title: str
    scale: Scale
    council: str
    low: Grade | None
    high: Grade | None
    peers: tuple[Scored, ...]
    unknown: tuple[str, ...] = ()
    figures: tuple[GroupFigures, ...] = ()
    off_by: int = 0

    __repr__ = short_repr

    @property
    def of(self) -> int:
        """How many have a place: the council and its peers."""
        return len(self.peers) + 1

    def _spans(self) -> dict[int, tuple[int, int]]:
        most = len(self.scale) - 1

        def span(low: Grade, high: Grade) -> tuple[int, int]:
            return max(0, low.rank - self.off_by), min(most, high.rank + self.off_by)

        found = {number: span(item.low, item.high) for number, item in enumerate(self.peers)}
        return found | ({_OWN: span(self.low, self.high)} if self.low is not None and self.high is not None else {})

    @property
    def ranks(self) -> tuple[tuple[str, Places], ...]:
        """The best and the worst place of every council by name, over every way in which open scores can come out."""
        names = {number: item.council for number, item in enumerate(self.peers)} | {_OWN: self.council}
        return tuple(sorted((names[number], places) for number, places in rank_sets(self._spans()).items()))

    @property
    def rank(self) -> Places | None:
        """The best and the worst place of the council, from 1 for the highest score; None where it has no score.

        Councils with equal scores share their places, so two numbers that differ may be a tie.
        """
        return rank_sets(self._spans()).get(_OWN)

    @property
    def among(self) -> GroupFigures:
        """How many of the peers have each grade."""
        return GroupFigures.of("peers", "the peers", self.scale, self.peers)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of the peers have each grade, by its key."""
        return _counted(self.scale, self.among.counts)

    @property
    def groups(self) -> tuple[TieGroup, ...]:
        """The councils that share a score, the highest first; those whose score is open stand in none."""
        scores = list(self.peers)
        if self.low is not None and self.high is not None:
            scores.append(Scored(self.council, self.low, self.high))
        known = [item for item in scores if item.low == item.high]
        found: list[TieGroup] = []
        taken = 0
        for grade in reversed(self.scale.grades):
            names = sorted(item.council for item in known if item.low == grade)
            if names:
                found.append(TieGroup(grade, (taken + 1, taken + len(names)), tuple(names)))
            taken += len(names)
        return tuple(found)

    @property
    def at_or_above_low(self) -> int | None:
        """How many of the peers have the same score or a higher one at least; None where it has no score."""
        own = self._spans().get(_OWN)
        return None if own is None else sum(low >= own[1] for low, _ in self._of_peers())

    @property
    def at_or_above_high(self) -> int | None:
        """How many of the peers can have the same score or a higher one."""
        own = self._spans().get(_OWN)
        return None if own is None else sum(high >= own[0] for _, high in self._of_peers())

    @property
    def share_at_or_above(self) -> Fraction | None:
        """The share of the peers with the same score or a higher one; None where that is open, or there are none."""
        if not self.peers or self.at_or_above_low is None or self.at_or_above_low != self.at_or_above_high:
            return None
        return Fraction(self.at_or_above_low, len(self.peers))

    def _of_peers(self) -> list[tuple[int, int]]:
        return [span for number, span in self._spans().items() if number != _OWN]

    @property
    def score_words(self) -> str:
        """The council's own score in a few words."""
        if self.low is None or self.high is None:
            return "not judged"
        if self.low == self.high:
            return self.scale.said(self.low)
        return f"{self.scale.said(self.low)} to {self.scale.said(self.high)}"

    @property
    def rank_words(self) -> str:
        """The places of the council in a few words, such as ``2 to 4 of 5``."""
        if self.rank is None:
            return "none"
        first, last = self.rank
        return f"{first} of {self.of}" if first == last else f"{first} to {last} of {self.of}"

    @property
    def at_or_above_words(self) -> str:
        """How many of the peers have the same score or a higher one, such as ``3 of 4``."""
        low, high = self.at_or_above_low, self.at_or_above_high
        if low is None or high is None:
            return ""
        return f"{low if low == high else f'{low} to {high}'} of {len(self.peers)}"

    @property
    def words(self) -> str:
        """Its place in sentences, ties named as such."""
        if not self.peers:
            return f"{self.title}: {self.score_words}. No peer has a published score."
        said = [f"{self.title}: {self.score_words}."]
        counts, count = self.among.counts, len(self.peers)
        kept = [(self.scale.said(g), n) for g, n in zip(self.scale.grades, counts, strict=True) if n]
        had = [f"{n} {'has' if n == 1 else 'have'} {grade}" for grade, n in kept]
        had += [f"{self.among.open} between two scores"] if self.among.open else []
        if len(kept) == 1 and kept[0][1] == count:
            said.append(f"All {count} peers have {kept[0][0]}." if count > 1 else f"The one peer has {kept[0][0]}.")
        else:
            said.append(f"Of {plural(count, 'peer')}, {join(had)}.")
        rank = self.rank
        if rank is not None and self.low == self.high and not self.off_by and not self.among.open:
            same = rank[1] - rank[0]
            shared = f"It shares places {rank[0]} to {rank[1]} with {plural(same, 'other')}."
            said.append(shared if same else f"It has place {rank[0]} alone.")
        elif rank is not None:
            said.append(f"Its place lies between {rank[0]} and {rank[1]} of {self.of}, as scores are not certain.")
        said += [
            f"Mean of {group.words}: {decimal(group.mean)} ({group.known})."
            for group in self.figures
            if group.mean is not None
        ]
        return " ".join(said)

    def __str__(self) -> str:
        return self.words

    def to_dict(self) -> dict[str, object]:
        """It as plain values; exact numbers are text, such as ``9/4``."""
        return {
            "id": self.id,
            "title": self.title,
            "low": self.low.key if self.low else None,
            "high": self.high.key if self.high else None,
            "rank": None if self.rank is None else list(self.rank),
            "of": self.of,
            "counts": dict(self.counts),
            "at_or_above": [self.at_or_above_low, self.at_or_above_high],
            "groups": [
                {"grade": group.grade.key, "rank": list(group.rank), "councils": list(group.councils)}
                for group in self.groups
            ],
            "unknown": list(self.unknown),
            "figures": [group.to_dict() for group in self.figures],
            "words": self.words,
        }
