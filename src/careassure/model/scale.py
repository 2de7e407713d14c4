"""Scales and grades: the ordered words or numbers in which something is judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NoReturn

from attrs import field, frozen

from careassure.errors import InvalidInputError, Problem, ScaleMismatchError, UnknownGradeError, collecting
from careassure.model.arguments import checked, explained
from careassure.model.ids import (
    LONGEST_NAME,
    alike,
    at,
    brief,
    id_fault,
    is_text,
    shown,
    twin_words,
    twins,
    without_unseen,
)
from careassure.model.patterns import Later
from careassure.model.showing import clipped, format_words, short_repr
from careassure.model.text import fold, hint_for, join
from careassure.model.vocabulary import STATE_SIGNS, STATES, odd_sign, why_odd

MOST_GRADES = 10_000
"""The most grades of a scale."""
LARGEST_VALUE = 10**9
"""The most points that a grade can count."""
_MOST_NAMED = 20
_LONGEST_SHOWN = 60


_LABELLED = Later(r"(?:score|rating|grade)d?(?: ?[:=-] ?| )([0-9]{1,9})", re.IGNORECASE)
"""A number with its kind before it, as in ``Score: 3``."""
_OUT_OF = Later(r"([0-9]{1,9}) out of ([0-9]{1,9})", re.IGNORECASE)
_NUMBER_FIRST = Later(r"([0-9]{1,9})(?: ?[-\u2010-\u2015:=] ?| ?\(| )([^\W\d_].*?)\)?")
_WORD_FIRST = Later(r"([^\W\d_].*?) ?[-\u2010-\u2015:=] ?([0-9]{1,9})")


def _number_and_words(text: str) -> tuple[int, str] | None:
    """A number and the words beside it, as in ``3 - Good`` and ``Good: 3``; None where a text is not such a pair."""
    if found := _NUMBER_FIRST.now.fullmatch(text):
        return int(found[1]), found[2]
    if found := _WORD_FIRST.now.fullmatch(text):
        return int(found[2]), found[1]
    return None


def _rank_of(grade: Grade, other: object, verb: str) -> int:
    if not isinstance(other, Grade):
        _refuse(f"{grade} is a grade of the scale {grade.scale} and cannot be {verb} {other!r}")
    if other.scale != grade.scale:
        _refuse(f"{grade.key} ({grade.scale}) cannot be {verb} {other.key} ({other.scale}): their scales differ")
    return other.rank


def _in_full(grades: tuple[Grade, ...]) -> tuple[object, ...]:
    """Grades with their words, by which scales are told apart: they read and print different things."""
    return tuple((grade, grade.label, grade.aliases) for grade in grades)


def _refuse(message: str) -> NoReturn:
    raise ScaleMismatchError(message, hint="Only grades of one scale have an order")


@frozen(order=False, repr=False)
class Grade:
    """One level of a scale. Grades of one scale are ordered; grades of different scales never compare.

    Two grades are equal when scale, key, rank and value are: what is printed for them does not matter. Comparing
    with anything else by ``<`` or ``>`` raises `ScaleMismatchError`, a `TypeError`.

    Args:
        scale: The id of its scale.
        key: Its name in code, such as ``requires_improvement``.
        label: How it is printed.
        rank: Its place, 0 for the lowest.
        value: The points it counts where points are added up.
        aliases: Other ways in which it is written.
    """

    scale: str
    key: str
    label: str = field(eq=False)
    rank: int
    value: int
    aliases: tuple[str, ...] = field(default=(), eq=False)

    def __lt__(self, other: object) -> bool:
        return self.rank < _rank_of(self, other, "compared with")

    def __le__(self, other: object) -> bool:
        return self.rank <= _rank_of(self, other, "compared with")

    def __gt__(self, other: object) -> bool:
        return self.rank > _rank_of(self, other, "compared with")

    def __ge__(self, other: object) -> bool:
        return self.rank >= _rank_of(self, other, "compared with")

    def __str__(self) -> str:
        return self.label

    def __repr__(self) -> str:
        return clipped(f"<Grade {self.key} of {self.scale}>")

    __format__ = format_words


NOT_RATED_REASONS: dict[str, tuple[str, ...]] = {reason: state.words for reason, state in STATES.items()}
"""Why something carries no grade, with the words that real files use for it; the first is the label."""


@cache
def _states() -> dict[str, str]:
    return {fold(word): reason for reason, words in NOT_RATED_REASONS.items() for word in (reason, *words)}


@frozen
class NotRated:
    """The state of being without a grade, with the reason. It is not a grade and has no order.

    Args:
        reason: One of `NOT_RATED_REASONS`.
    """

    reason: str = "not_rated"

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        if at(NOT_RATED_REASONS, self.reason) is None:
            raise UnknownGradeError(
                f"{shown(self.reason)} is not a reason for being not rated",
                hint=f"The reasons are {join(list(NOT_RATED_REASONS), 'or')}",
            )

    @classmethod
    def parse(cls, text: str) -> NotRated | None:
        """The state that the words mean, or None where they mean none.

        >>> NotRated.parse("Inspected but not rated")
        NotRated(reason='inspected_not_rated')
        """
        if not is_text(text) or len(text) > LONGEST_NAME:
            return None
        reason = STATE_SIGNS.get(text.strip().casefold()) or (None if odd_sign(text) else _states().get(fold(text)))
        return cls(reason) if reason is not None else None

    @property
    def withheld(self) -> bool:
        """Whether there is or may be a grade that is not shown, as behind ``[c]``: then it is not known.

        >>> NotRated("suppressed").withheld, NotRated("not_applicable").withheld
        (True, False)
        """
        return STATES[self.reason].withheld

    def __str__(self) -> str:
        return NOT_RATED_REASONS[self.reason][0]

    __format__ = format_words


@explained
@frozen(cache_hash=True)
class Scale:
    """An ordered set of grades, lowest first.

    Two scales are equal when they read and print the same: the words of their grades count too.

    Args:
        id: Its name in code, such as ``cqc-rating``.
        title: What it is.
        grades: Its grades from the lowest to the highest, at least two, with different keys and rising values.
        numeric: Whether a grade may be given by its value (``3``) as well as by its words.

    Raises:
        InvalidInputError: Fewer than two grades or too many, keys that cannot be used or could be taken for each
            other, or ranks and values that are out of order.
    """

    id: str
    title: str
    grades: tuple[Grade, ...] = field(eq=_in_full)
    numeric: bool = False

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting(f"the scale {brief(self.id)}") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        keys = [grade.key for grade in self.grades]
        if len(keys) < 2:
            yield Problem("grades", "a scale needs at least two grades")
        if len(keys) > MOST_GRADES:
            yield Problem("grades", f"it has {len(keys):,} grades and may have {MOST_GRADES:,}")
            return
        for where, name in (("id", self.id), *(("grades", key) for key in dict.fromkeys(keys))):
            message, hint = id_fault(name)
            if message:
                yield Problem(where, message, hint)
        for key, other in dict.fromkeys(twins(keys)):
            yield Problem("grades", f"{key} appears twice" if key == other else twin_words(key, other))
        for rank, grade in enumerate(self.grades):
            below = self.grades[rank - 1].value if rank else -1
            if grade.scale != self.id or grade.rank != rank or not below < grade.value <= LARGEST_VALUE:
                yield Problem(f"grades.{grade.key}", "its scale, rank or value does not fit the scale", "Use Scale.of")
        words: dict[str, str] = {}
        for grade in self.grades:
            for word in {fold(text) for text in (grade.key, grade.label, *grade.aliases)}:
                if words.setdefault(word, grade.key) != grade.key:
                    yield Problem(f"grades.{grade.key}", f'"{word[:_LONGEST_SHOWN]}" also means {words[word]}')

    @classmethod
    @checked
    def of(
        cls,
        id: str,
        title: str,
        *grades: tuple[str, str] | tuple[str, str, int],
        numeric: bool = False,
        aliases: Mapping[str, Iterable[str]] | None = None,
    ) -> Scale:
        """Make a scale from ``(key, label)`` or ``(key, label, value)``, lowest first.

        Args:
            id: The scale's id.
            title: What it is.
            *grades: Values default to 1, 2, 3 ...
            numeric: Whether a grade may be given by its value as well as by its words.
            aliases: Other words of grades, by the grade's key.
        """
        known = {key: tuple(words) for key, words in (aliases or {}).items()}
        keys = [grade[0] for grade in grades]
        problems = [
            Problem(f"aliases.{key}", "there is no grade of that key", hint_for(key, keys))
            for key in known
            if key not in keys
        ]
        if problems:
            raise InvalidInputError(f"the scale {brief(id)}", problems)
        return cls(
            id,
            title,
            tuple(
                Grade(id, grade[0], grade[1], rank, grade[2] if len(grade) == 3 else rank + 1, known.get(grade[0], ()))
                for rank, grade in enumerate(grades)
            ),
            numeric,
        )

    @property
    def lowest(self) -> Grade:
        """The grade that nothing falls below."""
        return self.grades[0]

    @property
    def highest(self) -> Grade:
        """The grade that nothing rises above."""
        return self.grades[-1]

    def __iter__(self) -> Iterator[Grade]:
        return iter(self.grades)

    def __len__(self) -> int:
        return len(self.grades)

    def __contains__(self, item: object) -> bool:
        return isinstance(item, Grade) and self._by_key.get(item.key) == item

    def __getitem__(self, key: str) -> Grade:
        found = at(self._by_key, key)
        if found is None:
            raise UnknownGradeError(f"{shown(key)} is not a grade of {self.title}", hint=self._choices())
        return found

    @cached_property
    def _by_key(self) -> dict[str, Grade]:
        return {grade.key: grade for grade in self.grades}

    @cached_property
    def _by_value(self) -> dict[int, Grade]:
        return {grade.value: grade for grade in self.grades}

    @cached_property
    def _by_words(self) -> dict[str, Grade]:
        return {fold(text): grade for grade in self.grades for text in (grade.key, grade.label, *grade.aliases)}

    @cached_property
    def _by_look(self) -> dict[str, Grade]:
        return {alike(text): grade for grade in self.grades for text in (grade.key, grade.label, *grade.aliases)}

    def said(self, score: Grade | NotRated | None) -> str:
        """A score as a sentence has it: the number on a scale of numbers, otherwise the word."""
        if isinstance(score, Grade):
            return str(score.value) if self.numeric else score.label
        return "not known" if score is None else str(score)

    def parse(self, value: object) -> Grade:
        """Read a grade from a grade, a word (key, label or alias, in any case) or, on a numeric scale, its value.

        On a numeric scale a text may also hold both, as in ``3 - Good``, where they say the same, or a number that says
        what it is: ``Score: 3``, ``3 out of 4``.

        Raises:
            UnknownGradeError: Anything else, with what would have been right. Text such as ``"3"``,
                fractions such as 3.0, and True are refused: they are signs of a slip in the data.
        """
        for matches in (self._by_grade, self._by_number, self._by_word, self._by_both):
            grade = matches(value)
            if grade is not None:
                return grade
        why, cure = self._why_odd(value) if isinstance(value, str) else ("", "")
        said = f"{shown(value)} is not a grade of {self.title}"
        raise UnknownGradeError(f"{said}: {why}" if why else said, hint=cure or self._choices(value))

    def read(self, value: object) -> Grade | NotRated:
        """Like `parse`, but words such as "Inspected but not rated" give a `NotRated`."""
        if isinstance(value, NotRated):
            return value
        state = NotRated.parse(value) if isinstance(value, str) else None
        return state if state is not None else self.parse(value)

    def _by_grade(self, value: object) -> Grade | None:
        if not isinstance(value, Grade):
            return None
        if value.scale != self.id:
            raise ScaleMismatchError(
                f"{value.key} ({value.scale}) is not a grade of {self.title}", hint=self._choices()
            )
        own = self[value.key]
        if own != value:
            raise ScaleMismatchError(
                f"{value.key} is at another place, or counts other points, in {self.title}",
                hint=f"Give the grade of this {self.id}, or its word",
            )
        return own

    def _by_number(self, value: object) -> Grade | None:
        return self._by_value.get(value) if self.numeric and type(value) is int else None

    def _by_word(self, value: object) -> Grade | None:
        if not isinstance(value, str) or len(value) > LONGEST_NAME:
            return None
        # A sign beside a word says something, so it is passed over only where the scale itself writes it.
        return self._by_look.get(alike(value)) if odd_sign(value) else self._by_words.get(fold(value))

    def _by_both(self, value: object) -> Grade | None:
        if not self.numeric or not isinstance(value, str) or len(value) > LONGEST_NAME:
            return None
        text = " ".join(without_unseen(value).split())
        if labelled := _LABELLED.now.fullmatch(text):
            return self._by_value.get(int(labelled[1]))
        if (part := _OUT_OF.now.fullmatch(text)) and int(part[2]) == self.highest.value:
            return self._by_value.get(int(part[1]))
        pair = _number_and_words(text)
        found = None if pair is None else self._by_value.get(pair[0])
        return found if pair is not None and found is not None and self._by_word(pair[1]) is found else None

    def _why_odd(self, text: str) -> tuple[str, str]:
        why, cure = why_odd(text)
        pair = _number_and_words(" ".join(without_unseen(text).split())) if len(text) <= LONGEST_NAME else None
        if why or not self.numeric or pair is None or pair[0] not in self._by_value:
            return why, cure
        return f"{shown(pair[1])} is not a word for {pair[0]}", f"Keep the number alone, if it is {pair[0]}"

    def _choices(self, value: object = None) -> str:
        if len(self.grades) > _MOST_NAMED:
            return f"Its grades go from {self.lowest.label} to {self.highest.label}"
        words = join([f'"{grade.label}"' for grade in self.grades], "or")
        if not self.numeric:
            return f"Use {words}"
        numbers = join([str(grade.value) for grade in self.grades], "or")
        if isinstance(value, str) and value.strip().isdecimal() and not value.isascii():
            return f"Write {numbers}, in the digits from 0 to 9"
        if isinstance(value, str) and value.strip().isdigit():
            return f"Give the number without quotation marks: {numbers}"
        return f"Use {numbers}, or the words {words}"
