"""The words of a text and what the finder of names asks of them.

How they are written, what they could be, and where a name that begins somewhere ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from careassure.privacy.personal.lists import Lists, lists

WORD = re.compile(r"[^\W\d_]+")
GAP = re.compile(r"[ \n]{1,4}|\.[ \n]{0,3}")
SPACE = re.compile(r"[ \n]{1,4}")
COMMA = re.compile(r" ?,[ \n]{0,2}")
_NICKNAME = re.compile(r" [\"'(\u201c\u201d\u2018]([^\W\d_]{2,20})[\"')\u201c\u201d] ")
_CELL_STARTS = frozenset('\n;:|(\t"*\u2022[')
_CELL_ENDS = frozenset('\n;.|)(]"\t,')
_ELIDED = frozenset("DLMNO")
_PARTICLES_AND_WORDS = frozenset({"ten", "den", "do", "up", "ab"})
_VOWEL = re.compile(r"[aeiouyw]")
MOST = 4


@frozen
class Tokens:
    """The words of a plain text, with what the finder asks of them.

    Args:
        text: The plain text.
        spans: The start and end of each word.
        small: Each word in small letters.
        lists: The word lists.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    small: Sequence[str]
    lists: Lists

    @classmethod
    def of(cls, text: str) -> Tokens:
        """Divide a plain text into its words."""
        spans = [match.span() for match in WORD.finditer(text)]
        return cls(text, spans, [text[start:end].casefold() for start, end in spans], lists())

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

    def within(self, index: int, words: str) -> bool:
        """Whether the word is in one of the lists of ``people.toml``."""
        return self.lower(index) in self.lists.words[words]

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital and has more letters, if only after an apostrophe (*O'Brien*)."""
        if not 0 <= index < len(self.spans) or not self.text[self.spans[index][0]].isupper():
            return False
        return len(self.small[index]) > 1 or self.elided(index)

    def capital_follows(self, index: int) -> bool:
        """Whether the next word begins with a capital."""
        return index + 1 < len(self.spans) and self.text[self.spans[index + 1][0]].isupper()

    def shouted(self, index: int) -> bool:
        """Whether the word is in capitals throughout."""
        return self.at(index).isupper() and (len(self.at(index)) > 1 or self.elided(index))

    def elided(self, index: int) -> bool:
        """Whether the word is the letter of a surname such as O'Brien or D'Souza."""
        return self.at(index) in _ELIDED and self.joined(index, "'") and len(self.lower(index + 1)) > 1

    def initial(self, index: int) -> bool:
        """Whether the word is one capital letter that is no part of another word or of a code."""
        if not 0 <= index < len(self.spans):
            return False
        start, end = self.spans[index]
        if end - start != 1 or not self.text[start].isupper():
            return False
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        return not (before in {"'", "_"} or before.isdigit() or after == "_" or after.isdigit())

    def dotted(self, index: int) -> bool:
        """Whether a full stop follows the word."""
        return 0 <= index < len(self.spans) and self.text.startswith(".", self.spans[index][1])

    def gap(self, index: int, form: re.Pattern[str]) -> bool:
        """Whether what stands between this word and the next has a form."""
        if not 0 <= index < len(self.spans) - 1:
            return False
        return form.fullmatch(self.text, self.spans[index][1], self.spans[index + 1][0]) is not None

    def joined(self, index: int, signs: str = "-'") -> bool:
        """Whether one hyphen or apostrophe, and nothing else, stands between this word and the next."""
        if not 0 <= index < len(self.spans) - 1:
            return False
        start, end = self.spans[index][1], self.spans[index + 1][0]
        return end - start == 1 and self.text[start] in signs

    def unit(self, index: int) -> int:
        """The last word of a name written with hyphens or apostrophes, such as O'Brien or Smith-Jones."""
        for _ in range(MOST):
            if not (self.joined(index) and (self.capital(index + 1) or self.elided(index))):
                break
            index += 1
        return index

    def possessive(self, index: int) -> bool:
        """Whether an apostrophe and an s follow."""
        return self.joined(index, "'") and self.lower(index + 1) == "s"

    def starts_a_cell(self, index: int) -> bool:
        """Whether a line, a cell or a bracket begins with the word."""
        before = self.text[max(0, self.spans[index][0] - 4) : self.spans[index][0]].rstrip(" -")
        return not before or before[-1] in _CELL_STARTS

    def ends_a_cell(self, index: int) -> bool:
        """Whether a line, a cell, a bracket or a sentence ends with the word, or a number follows."""
        after = self.text[self.spans[index][1] : self.spans[index][1] + 3].lstrip(" -")
        return not after or after[0] in _CELL_ENDS or after[0].isdigit()

    # ------------------------------------------------------------ what a word could be

    def plain(self, index: int) -> bool:
        """Whether the word is one of those that are not surnames wherever they stand."""
        return self.within(index, "plain")

    def english(self, index: int) -> bool:
        """Whether the word is a common one of the language."""
        return self.lower(index) in self.lists.english or self.plain(index)

    def place(self, index: int) -> bool:
        """Whether the word is a place or a body by itself."""
        return self.lower(index) in self.lists.places

    def makes_a_place(self, index: int) -> bool:
        """Whether the word makes what stands before it a place or a body."""
        if self.within(index, "bodies") and self.capital(index):
            return True
        return self.within(index, "small_bodies") and not self.within(index + 1, "staff")

    def place_follows(self, last: int) -> bool:
        """Whether the words after a name make it a place or a body: *Peter Street*, *John Smith's House*."""
        if self.possessive(last):
            return self.makes_a_place(last + 2)
        return self.gap(last, SPACE) and self.makes_a_place(last + 1)

    def first_name(self, index: int) -> bool:
        """Whether the word is a first name and no other word."""
        return self.lower(index) in self.lists.first_names

    def vague(self, index: int) -> bool:
        """Whether the word is a first name and also a word or a place."""
        return self.lower(index) in self.lists.also_words

    def surname(self, index: int) -> bool:
        """Whether a known surname that is no other word begins here, if only in one of its parts."""
        if not self.capital(index):
            return False
        if self.elided(index):
            return True
        parts = range(index, self.unit(index) + 1)
        return any(
            _is_son_of(self.at(at))
            or (self.lower(at) in self.lists.surnames and not self.place(at) and _is_written_as_a_name(self.at(at)))
            for at in parts
        )

    def word_surname(self, index: int) -> bool:
        """Whether the word is a frequent surname and also a word, and makes no place."""
        if not self.capital(index) or self.lower(index) not in self.lists.word_surnames:
            return False
        return not self.plain(index) and not self.within(index, "duties") and not self.within(index, "bodies")

    def place_surname(self, index: int) -> bool:
        """Whether the word is a place and also a surname, such as *Hayes* or *Burton*."""
        return self.capital(index) and self.place(index) and self.lower(index) in self.lists.surnames

    def unknown(self, index: int) -> bool:
        """Whether the word begins with a capital and is in no list of words, places or bodies."""
        return (
            self.capital(index)
            and not self.english(index)
            and not self.place(index)
            and not self.within(index, "bodies")
            and not self.within(index, "titles")
            and not self.within(index, "particles")
            and _VOWEL.search(self.lower(index)) is not None
            and (self.elided(index) or _is_son_of(self.at(index)) or _is_written_as_a_name(self.at(index)))
        )

    # ------------------------------------------------------------ where a name ends

    def leads_on(self, index: int) -> bool:
        """Whether a small word of a surname leads on to a capital or another small one."""
        on = self.capital(index + 1) or self.within(index + 1, "particles")
        return on and (self.gap(index, SPACE) or self.joined(index, "-'"))

    def past_initials(self, index: int) -> int:
        """The first word that is not an initial of the name that follows."""
        for _ in range(MOST):
            if not (self.initial(index) and not self.elided(index) and (self.gap(index, GAP) or self.joined(index))):
                break
            index += 1
        return index

    def past_particles(self, index: int) -> int:
        """The first word that is not a small word of a surname."""
        at = index
        while at - index < 2 * MOST and self.within(at, "particles") and self.leads_on(at):
            at += 1
        return at

    def back_over_particles(self, index: int, least: int) -> int:
        """The first of the small words of a surname right before a name, not before a place in the text."""
        at = index
        while at > least and index - at < MOST and self._is_clear_particle(at - 1):
            at -= 1
        return at

    def _is_clear_particle(self, index: int) -> bool:
        clear = self.lower(index) not in _PARTICLES_AND_WORDS
        return clear and self.within(index, "particles") and (self.gap(index, SPACE) or self.joined(index))

    def run(self, index: int) -> int:
        """The last word of a name of up to four parts that begins here."""
        last = self.unit(index)
        first = not self.vague(index)
        for _ in range(MOST - 1):
            on = self._past_nickname(last)
            if on == last and not self.gap(last, SPACE):
                break
            at = self.past_particles(self.past_initials(on + 1))
            if not self.capital(at) or not (self._goes_on(at) or (first and self._is_late_surname(at))):
                break
            first = self.first_name(at)
            last = self.unit(at)
        return last

    def _past_nickname(self, index: int) -> int:
        """The word of a nickname in quotes or brackets after this one; this one where there is none."""
        if index + 2 >= len(self.spans):
            return index
        start, end = self.spans[index][1], self.spans[index + 2][0]
        return index + 1 if end - start < 30 and _NICKNAME.fullmatch(self.text, start, end) else index

    def _goes_on(self, index: int) -> bool:
        return not self.plain(index) and not self.makes_a_place(index)

    def _is_late_surname(self, index: int) -> bool:
        """Whether a plain word is taken for a surname: *Wood* in *Anna Wood*, and not in *Anna Wood House*."""
        return self.within(index, "surnames_too") and not self.makes_a_place(index + 1)


def _is_son_of(word: str) -> bool:
    """Whether a word is written as *McDonald* and *MacLeod* are."""
    return (word[:2] == "Mc" and word[2:3].isupper()) or (word[:3] == "Mac" and word[3:4].isupper())


def _is_written_as_a_name(word: str) -> bool:
    """Whether a word is in capitals throughout or has one at its beginning alone; *LAs* has neither."""
    return word.istitle() or word.isupper()
