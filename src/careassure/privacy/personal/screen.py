"""A screen for personal data in free text: what has the form of it, where, and what to put in its place.

The screen is a safety net, not a proof. It finds forms (numbers with a check digit, postcodes, addresses) and likely
names; it cannot find a person who is described without a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, chain
from typing import Final, get_args

from attrs import frozen

from careassure.errors import Place, Problem
from careassure.model.arguments import checked
from careassure.model.showing import short_repr
from careassure.privacy.personal.births import births
from careassure.privacy.personal.found import Found, Kind
from careassure.privacy.personal.mails import emails
from careassure.privacy.personal.numbers import check_digit_holds, national_insurance_numbers, nhs_numbers, postcodes
from careassure.privacy.personal.people import people
from careassure.privacy.personal.plaintext import PlainText
from careassure.privacy.personal.telephones import telephones

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""Every kind of sighting. Where two overlap the one that stands first here is kept."""

KIND_WORDS: Final[dict[Kind, str]] = {
    "nhs_number": "NHS number",
    "national_insurance_number": "National Insurance number",
    "email": "email address",
    "postcode": "postcode",
    "telephone": "telephone number",
    "date_of_birth": "date of birth",
    "name": "name",
}
"""Each kind in words."""

_RANK = {kind: number for number, kind in enumerate(KINDS)}
_HINT = "Remove it, or replace it with a code"
_DIGIT = re.compile("[0-9]")
_OF_DIGITS = (nhs_numbers, national_insurance_numbers, postcodes, telephones, births)


@frozen
class Sighting:
    """Something in a text that has the form of personal data. It never holds the thing itself.

    Args:
        kind: What it looks like: one of `KINDS`.
        start: Index of its first character in the text as it was given.
        end: Index after its last character.
        reason: Why it was taken for that, in words.
        masked: The thing with most of it covered, such as ``94• ••• ••19``: enough to find it again.
    """

    kind: Kind
    start: int
    end: int
    reason: str
    masked: str

    __repr__ = short_repr

    @property
    def certain(self) -> bool:
        """Whether its form alone tells what it is; a name is never certain."""
        return self.kind != "name"

    @property
    def words(self) -> str:
        """What it is, in words: ``an NHS number``, ``what looks like a name``."""
        article = "an" if self.kind in {"nhs_number", "email"} else "a"
        return f"{'' if self.certain else 'what looks like '}{article} {KIND_WORDS[self.kind]}"

    def __str__(self) -> str:
        return self.words


def sentence(sighting: Sighting) -> str:
    """What was sighted and where, with most of it covered."""
    return f"{sighting.words} ({sighting.masked}) at character {sighting.start + 1}"


@checked
def screen(text: str, *, names: Iterable[str] = (), allow: Iterable[str] = ()) -> tuple[Sighting, ...]:
    """Find what has the form of personal data, in the order of the text.

    Compatibility forms, accents, non-breaking spaces and characters that cannot be seen are looked through. The time
    is linear in the length of the text, whatever stands in it.

    >>> screen("NHS no. 943 476 5919, seen in NW1.")
    (Sighting(kind='nhs_number', start=8, end=20, reason='ten digits with the check digit of an NHS number', \
masked='94• ••• ••19'),)

    Args:
        text: What somebody wrote.
        names: Names to look for beside the likely ones, in any case: those of the people whom the text is about.
        allow: Exact strings in which nothing is reported, such as the name of a street or of a holder of office.

    Returns:
        Sightings that do not overlap.
    """
    return _sighted(text, names, allow)


def _sighted(text: str, names: Iterable[str], allow: Iterable[str]) -> tuple[Sighting, ...]:
    """What is sighted in a text, where what is given is of the right kind."""
    plain = PlainText.of(text)
    given = [names] if isinstance(names, str) else names
    looked_for = [PlainText.of(name).text for name in given]
    found = [*emails(plain.text), *people(plain.text, looked_for)]
    if _DIGIT.search(plain.text):  # without a digit there is none of the others
        found += chain.from_iterable(finder(plain.text) for finder in _OF_DIGITS)
    if not found:
        return ()
    free = _allowed(plain.text, [allow] if isinstance(allow, str) else allow)
    return tuple(
        Sighting(each.kind, *plain.span(each.start, each.end), each.reason, _masked(plain.text, each))
        for each in _apart(found)
        if not _inside(each, free)
    )


@checked
def screen_problems(where: str, text: str, *, names: Iterable[str] = (), allow: Iterable[str] = ()) -> list[Problem]:
    """One problem for each sighting: where, which kind, masked, and what to do.

    >>> print(*screen_problems("evidence E4, summary", "Seen with Mrs Example on Monday."))
    evidence E4, summary: what looks like a name (M•• E••••••) at character 11. Remove it, or replace it with a code

    Args:
        where: What the text is, as the reader knows it.
        text: What somebody wrote.
        names: Names to look for beside the likely ones.
        allow: Exact strings in which nothing is reported.
    """
    return problems_in(where, text, names, allow)


def problems_in(where: Place | str, text: str, names: Iterable[str], allow: Iterable[str]) -> list[Problem]:
    """As `screen_problems`, for many texts, where what is given is of the right kind."""
    return [Problem(where, sentence(sighting), _HINT) for sighting in _sighted(text, names, allow)]


@checked
def redact(text: str, *, names: Iterable[str] = (), allow: Iterable[str] = ()) -> str:
    """The text with its kind in the place of each sighting; everything else stays as it was.

    >>> redact("Ask Mr Example on 020 7946 0958")
    'Ask [name] on [telephone number]'

    Args:
        text: What somebody wrote.
        names: Names to look for beside the likely ones.
        allow: Exact strings in which nothing is replaced.
    """
    parts: list[str] = []
    at = 0
    for sighting in _sighted(text, names, allow):
        parts += [text[at : sighting.start], f"[{KIND_WORDS[sighting.kind].lower()}]"]
        at = sighting.end
    return "".join([*parts, text[at:]])


def nhs_number_is_valid(text: str) -> bool:
    """Whether a text is ten digits, with or without spaces and hyphens, that pass the NHS number's check.

    >>> nhs_number_is_valid("943 476 5919"), nhs_number_is_valid("943 476 5918")
    (True, False)
    """
    digits = PlainText.of(text).text.strip().replace(" ", "").replace("-", "")
    return len(digits) == 10 and digits.isascii() and digits.isdigit() and check_digit_holds(digits)


def _apart(found: list[Found]) -> list[Found]:
    """Those that are kept where several overlap, in the order of the text.

    A certain one that holds another is kept; else the kind that stands first in `KINDS`, then the longer.
    """
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end, _RANK[each.kind])):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif not _outdoes(kept[-1], each):
            kept[-1] = each
    return kept


def _outdoes(first: Found, second: Found) -> bool:
    """Whether of two that overlap the one that begins first is kept."""
    if first.end >= second.end and "name" not in {first.kind, second.kind}:
        return True
    return (_RANK[first.kind], first.start - first.end) <= (_RANK[second.kind], second.start - second.end)


def _allowed(text: str, allow: Iterable[str]) -> list[tuple[int, int]]:
    """Where allowed strings stand, in order, each with the furthest end of it and of those before."""
    places: list[tuple[int, int]] = []
    for wanted in {PlainText.of(each).text for each in allow} - {""}:
        at = text.find(wanted)
        while at >= 0:
            places.append((at, at + len(wanted)))
            at = text.find(wanted, at + len(wanted))
    places.sort()
    furthest = accumulate((end for _, end in places), max)
    return [(start, end) for (start, _), end in zip(places, furthest, strict=True)]


def _inside(each: Found, places: list[tuple[int, int]]) -> bool:
    """Whether a stretch lies in an allowed string."""
    at = bisect_right(places, each.start, key=lambda place: place[0])
    return at > 0 and each.end <= places[at - 1][1]


def _masked(text: str, each: Found) -> str:
    """The stretch with most of it covered; what is left finds it again and tells nothing."""
    written = " ".join(text[each.start : each.end].split())
    signs = [index for index, sign in enumerate(written) if sign.isalnum()]
    if each.kind == "name":
        shown = {
            at for at in signs if not written[max(0, at - 1) : at].isalnum() and written[at + 1 : at + 2].isalnum()
        }
    elif each.kind in {"nhs_number", "telephone"}:
        shown = {*signs[:2], *signs[-2:]}
    else:
        shown = set(() if each.kind == "date_of_birth" else signs[:1])
    return "".join("•" if sign.isalnum() and at not in shown else sign for at, sign in enumerate(written))
