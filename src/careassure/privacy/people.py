"""The finder of likely names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from careassure.privacy.first_names import ALSO_WORDS, FIRST_NAMES
from careassure.privacy.found import Found
from careassure.privacy.name_words import (
    ALWAYS_TITLES,
    BODIES,
    DUTIES,
    HOLY_OR_ROYAL,
    KIN,
    OFFICES,
    PARTICLES,
    PEOPLE,
    PLAIN_WORDS,
    SMALL_BODIES,
    SMALL_TITLES,
    STAFF,
    SURNAMES_TOO,
    TITLES,
)

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \n]{1,4}|\.[ \n]{0,3}")
_SPACE = re.compile(r"[ \n]{1,4}")
_NAME_GAP = re.compile(r"[ \n\-'.,]{0,4}")
_LABEL_GAP = re.compile(r" ?[:=\-|]? {0,3}")
_LABELLED = frozenset({"surname", "forename", "forenames"})
_WHOSE_NAME = PEOPLE | {"full", "first", "last", "maiden", "kin", "s", "preferred"}
_ELIDED = frozenset("DLMNO")
_MOST_WORDS = 4


@frozen
class _Words:
    """The words of a plain text, with what the finder asks of them."""

    text: str
    spans: Sequence[tuple[int, int]] = field()
    small: Sequence[str] = field()

    @classmethod
    def of(cls, text: str) -> _Words:
        spans = [match.span() for match in _WORD.finditer(text)]
        return cls(text, spans, [text[start:end].casefold() for start, end in spans])

    def __len__(self) -> int:
        return len(self.spans)

    def at(self, index: int) -> str:
        """The word as it is written; empty beyond the ends."""
        if not 0 <= index < len(self.spans):
            return ""
        start, end = self.spans[index]
        return self.text[start:end]

    def lower(self, index: int) -> str:
        """The word in small letters; empty beyond the ends."""
        return self.small[index] if 0 <= index < len(self.small) else ""

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital and has more letters, if only after an apostrophe (*O'Brien*)."""
        if index >= len(self.spans) or not self.text[self.spans[index][0]].isupper():
            return False
        return len(self.small[index]) > 1 or self.elided(index)

    def elided(self, index: int) -> bool:
        """Whether the word is the letter of a surname such as O'Brien or D'Souza."""
        return self.at(index) in _ELIDED and self.joined(index, "'") and len(self.lower(index + 1)) > 1

    def initial(self, index: int) -> bool:
        """Whether the word is one capital letter."""
        return len(self.lower(index)) == 1 and self.at(index).isupper()

    def gap(self, index: int, form: re.Pattern[str]) -> bool:
        """Whether what stands between this word and the next has a form."""
        if index + 1 >= len(self.spans):
            return False
        return form.fullmatch(self.text, self.spans[index][1], self.spans[index + 1][0]) is not None

    def joined(self, index: int, signs: str = "-'") -> bool:
        """Whether one hyphen or apostrophe, and nothing else, stands between this word and the next."""
        if index + 1 >= len(self.spans):
            return False
        start, end = self.spans[index][1], self.spans[index + 1][0]
        return end - start == 1 and self.text[start] in signs

    def leads_on(self, index: int) -> bool:
        """Whether a small word of a surname leads on to a capital or another small one."""
        on = self.capital(index + 1) or self.lower(index + 1) in PARTICLES
        return on and (self.gap(index, _SPACE) or self.joined(index, "-"))

    def unit(self, index: int) -> int:
        """The last word of a name written with hyphens or apostrophes, such as O'Brien or Smith-Jones."""
        for _ in range(_MOST_WORDS):
            if not (self.joined(index) and (self.capital(index + 1) or self.elided(index))):
                break
            index += 1
        return index

    def possessive(self, index: int) -> bool:
        """Whether an apostrophe and an s follow."""
        return self.joined(index, "'") and self.lower(index + 1) == "s"

    def is_place(self, index: int) -> bool:
        """Whether the word makes what stands before it a place or a body."""
        word = self.lower(index)
        if word in BODIES and self.capital(index):
            return True
        return word in SMALL_BODIES and self.lower(index + 1) not in STAFF


def people(text: str, names: Iterable[str] = ()) -> Iterator[Found]:
    """Likely names: after a title, after words such as *client called*, of a common first name, or given.

    Args:
        text: The plain text.
        names: Names to find in any case, in plain letters.
    """
    words = _Words.of(text)
    given = _by_first_word(names)
    index = 0
    while index < len(words):
        last, reason = _likely(words, index)
        wanted = _given(words, index, given) if given else -1
        if wanted > last:
            last, reason = wanted, "a name that was given to look for"
        if last < index:
            index += 1
            continue
        yield Found("name", words.spans[index][0], words.spans[last][1], reason)
        index = last + 1


def _by_first_word(names: Iterable[str]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for name in names:
        parts = [word.casefold() for word in _WORD.findall(name)]
        if parts:
            found.setdefault(parts[0], []).append(parts)
    return found


def _given(words: _Words, index: int, given: dict[str, list[list[str]]]) -> int:
    """The last word of the longest given name that begins here; -1 where none does."""
    best = -1
    for parts in given.get(words.small[index], ()):
        end = index + len(parts)
        if words.small[index:end] == parts and all(words.gap(at, _NAME_GAP) for at in range(index, end - 1)):
            best = max(best, end - 1)
    return best


def _likely(words: _Words, index: int) -> tuple[int, str]:
    """The last word of a likely name that begins here and why it is one; -1 where none does."""
    word = words.small[index]
    if word in TITLES:
        last = _after_title(words, index)
        if last >= 0:
            return last, "a title with a name"
    if not words.capital(index):
        return -1, ""
    if _introduced(words, index):
        return _run(words, index), "a name after words for a person"
    if words.at(index).isupper() and words.lower(index + 1) in FIRST_NAMES - ALSO_WORDS and _reversed(words, index):
        return words.unit(index + 1), "a surname in capitals with a first name"
    if word in FIRST_NAMES:
        return _first_and_last(words, index), "a common first name with another word in capitals"
    return -1, ""


def _reversed(words: _Words, index: int) -> bool:
    start, end = words.spans[index][1], words.spans[index + 1][0]
    return words.capital(index + 1) and words.text[start:end] == ", "


def _after_title(words: _Words, index: int) -> int:
    """The last word of the name that a title begins; -1 where it begins none."""
    small = not words.at(index)[0].isupper()
    if small and words.small[index] not in SMALL_TITLES | {"councillor", "professor", "doctor", "reverend"}:
        return -1
    if not words.gap(index, _GAP):
        return -1
    at = index + 1
    while at - index < _MOST_WORDS and words.lower(at) in TITLES and words.gap(at, _GAP):
        at += 1
    at = _past_initials(words, at)
    while at - index < 2 * _MOST_WORDS and words.lower(at) in PARTICLES and words.leads_on(at):
        at += 1
    name = words.lower(at)
    if name in OFFICES or (len(name) < 2 and not words.elided(at)):
        return -1
    if small and words.small[index] in SMALL_TITLES and not words.capital(at):
        return -1 if name in PLAIN_WORDS else at
    if not words.capital(at):
        return -1
    last = _run(words, at)
    if words.small[index] in ALWAYS_TITLES:
        return last
    noble_place = name in BODIES - SURNAMES_TOO and words.small[index] in {"lady", "lord"}
    return -1 if noble_place or name in DUTIES or _makes_a_place(words, last) else last


def _past_initials(words: _Words, index: int) -> int:
    """The first word that is no initial of the name that follows."""
    for _ in range(_MOST_WORDS):
        if not (words.initial(index) and not words.elided(index) and (words.gap(index, _GAP) or words.joined(index))):
            break
        index += 1
    return index


def _run(words: _Words, index: int) -> int:
    """The last word of a name of up to four parts that begins here."""
    last = words.unit(index)
    first = words.small[index] not in ALSO_WORDS
    for _ in range(_MOST_WORDS - 1):
        if not words.gap(last, _SPACE):
            break
        at = _past_initials(words, last + 1)
        while at - last < 2 * _MOST_WORDS and words.lower(at) in PARTICLES and words.leads_on(at):
            at += 1
        if not words.capital(at) or not (_may_be_surname(words, at) or (first and _is_surname(words, at))):
            break
        first = False
        last = words.unit(at)
    return last


def _may_be_surname(words: _Words, index: int) -> bool:
    return words.lower(index) not in PLAIN_WORDS and not words.is_place(index)


def _is_surname(words: _Words, index: int) -> bool:
    """Whether a plain word is taken for a surname: *Wood* in *Anna Wood*, and not in *Anna Wood House*."""
    return words.lower(index) in SURNAMES_TOO and not words.is_place(index + 1)


def _introduced(words: _Words, index: int) -> bool:
    """Whether words for a person lead to a name here: *a client called X*, *surname: X*, *her daughter Anna*."""
    before = index - 1
    word = words.lower(before)
    if words.lower(index) in PLAIN_WORDS - {"april", "june", "may", "august"}:
        return False
    if word in {"called", "named"} and words.gap(before, _SPACE):
        at = before - 1
        while at > before - 4 and words.lower(at) in {"is", "was", "who", "also"}:
            at -= 1
        return words.lower(at) in PEOPLE
    if word == "is" and words.gap(before, _SPACE):
        return words.lower(before - 1) == "name" and words.lower(before - 2) in {"my", "his", "her", "their", "whose"}
    if words.gap(before, _LABEL_GAP) and not words.gap(before, _SPACE):
        return word in _LABELLED or (word == "name" and words.lower(before - 1) in _WHOSE_NAME)
    if word in PEOPLE - TITLES and words.gap(before, _SPACE):
        name = words.lower(index)
        return name in FIRST_NAMES and (name not in ALSO_WORDS or word in KIN) and not words.possessive(index)
    return False


def _first_and_last(words: _Words, index: int) -> int:
    """The last word of a first name with a surname; -1 where the words are a place, a body or plain."""
    if words.lower(index - 1) in HOLY_OR_ROYAL and words.gap(index - 1, _GAP):
        return -1
    first = words.unit(index)
    if not words.gap(first, _SPACE):
        return -1
    vague = words.small[index] in ALSO_WORDS
    shouted = words.at(index).isupper()
    last = _run(words, first)
    if last == first or (vague and (shouted or "\n" in words.text[words.spans[first][1] : words.spans[last][0]])):
        return -1
    return -1 if _makes_a_place(words, last) else last


def _makes_a_place(words: _Words, last: int) -> bool:
    """Whether the words after a name make it a place or a body: *Peter Street*, *John Smith's House*."""
    if words.possessive(last):
        return words.is_place(last + 2)
    return words.gap(last, _SPACE) and words.is_place(last + 1)
