"""Names in the forms of case lists, notes and minutes: *Smith, Anna*; *J. Smith*; *Smith J R*; *SMITH Anna*."""

from __future__ import annotations

import re

from careassure.privacy.personal.tokens import COMMA, GAP, MOST, SPACE, Tokens

_CITED = re.compile(
    r"[.,;]?(?: ?(?:,|and|&|;){1,2} ?[A-Z][\w'\-]{1,30},?(?: [A-Z]\.?-?){1,3}[.,]?){0,5}"
    r"(?:,? et al|,? ?\((?:1[89]|20)[0-9]{2}[a-z]?\)|[.,]? (?:199|20[0-4])[0-9][a-z]?\b(?![/.\-][0-9]))"
)
_CLOSE = re.compile(r" {1,2}|\n")
_NO_INITIALS = frozenset(
    {"uk", "eu", "us", "un", "tv", "it", "hr", "gp", "mp", "pc", "dc", "ai", "ot", "sw", "am", "pm", "ps", "nb"}
)
_LEAST_SHOUTED = 4
_LETTERS_AND_WORDS = frozenset("AI")


def case_form(words: Tokens, index: int) -> tuple[int, str]:
    """The last word of a name in a form of lists that begins here and why it is one; -1 where none does."""
    if words.initial(index) and not words.elided(index):
        return _initials_first(words, index), "initials with a surname"
    if not words.capital(index) or not words.capital_follows(words.unit(index)):
        return -1, ""
    for form, reason in (
        (_initials_first, "initials with a surname"),
        (_surname_and_first, "a surname with a first name"),
        (_surname_and_initials, "a surname with initials"),
    ):
        last = form(words, index)
        if last >= 0:
            return last, reason
    return -1, ""


def cited(words: Tokens, last: int) -> bool:
    """Whether a year or *et al.* follows, as after the author of a paper: *Smith, J. (2019)*.

    Authors are not personal data of a case, and every list of sources names them.
    """
    end = words.spans[last][1]
    return _CITED.match(words.text, end, end + 200) is not None


def _initials_first(words: Tokens, index: int) -> int:
    """*J. Smith*, *J R Smith*, *JR Smith*."""
    if words.within(index - 1, "lettered") and words.gap(index - 1, GAP):
        return -1
    after = words.past_initials(index)
    if after == index and _is_pair(words, index) and words.gap(index, SPACE) and not words.shouted(index + 1):
        after = index + 1
    if after == index:
        return -1
    at = words.past_particles(after)
    last = words.unit(at)
    if not _may_begin(words, at) or words.makes_a_place(at) or not _fits_initials(words, index, after, at):
        return -1
    return -1 if words.place_follows(last) or cited(words, last) else last


def _fits_initials(words: Tokens, index: int, after: int, at: int) -> bool:
    """Whether the letters before a word are initials: what the word may be depends on how plainly they are so."""
    dotted, count = words.dotted(index), after - index
    if len(words.small[index]) > 1:
        return words.surname(at) or words.word_surname(at)
    if count == 1 and not dotted and words.at(index) in _LETTERS_AND_WORDS and not _amid(words, index):
        return words.surname(at) and not words.english(at)
    if words.surname(at) or at > after:
        return True
    if dotted and "".join(words.small[index:after]) in _NO_INITIALS:
        return False
    if words.word_surname(at) or (words.unknown(at) and not words.shouted(at)):
        return True
    late = words.place_surname(at) or words.within(at, "surnames_too")
    return (late and (count > 1 or _amid(words, index))) or (dotted and count > 1 and not words.place(at))


def _amid(words: Tokens, index: int) -> bool:
    """Whether the word stands in the midst of a sentence, after a word in small letters."""
    return words.at(index - 1).islower() and words.gap(index - 1, _CLOSE)


def _is_pair(words: Tokens, index: int) -> bool:
    """Whether the word is two initials written as one, as in *JR Smith*."""
    pair = len(words.lower(index)) == 2 and words.shouted(index)
    return pair and words.lower(index) not in _NO_INITIALS and not words.english(index)


def _may_begin(words: Tokens, index: int) -> bool:
    """Whether a surname can begin here: a capital that is not a plain word, but for *Wood*, *Hill* and the like."""
    return words.capital(index) and (not words.plain(index) or words.within(index, "surnames_too"))


def _surname_and_first(words: Tokens, index: int) -> int:
    """*Smith, Anna*, *Smith, Anna Mary*, *SMITH Anna*, *Nguyen Linh*."""
    surname = words.unit(index)
    first = surname + 1
    comma = words.gap(surname, COMMA)
    if not words.capital(first) or words.within(index, "titles") or not (comma or words.gap(surname, SPACE)):
        return -1
    last = _past_last_initials(words, words.run(first))
    alone = words.starts_a_cell(words.back_over_particles(index, 0)) and words.ends_a_cell(last)
    fits = _fits_after_comma if comma else _fits_before_first
    if not fits(words, index, first, alone=alone) or words.place_follows(last) or cited(words, last):
        return -1
    return last


def _fits_after_comma(words: Tokens, index: int, first: int, *, alone: bool) -> bool:
    """Whether two words with a comma between them are a surname and a first name, not two things in a list."""
    surname = words.surname(index) or words.word_surname(index)
    if words.shouted(first) and not (words.surname(index) and len(words.lower(index)) >= _LEAST_SHOUTED):
        return False
    if words.first_name(first) and not words.place(first):
        shouted = words.shouted(index) and not words.shouted(first) and not words.place(index)
        entry = alone and (words.place_surname(index) or _may_begin(words, index)) and not words.place(index)
        started = words.starts_a_cell(index) and words.unknown(index)
        return surname or shouted or entry or started or (alone and words.place_surname(index))
    if not alone or words.plain(index):
        return False
    if words.vague(first):
        return words.surname(index) and not words.plain(first)
    listed = words.gap(words.unit(first), COMMA)
    return not listed and words.unknown(first) and (words.surname(index) or words.unknown(index))


def _fits_before_first(words: Tokens, index: int, first: int, *, alone: bool) -> bool:
    """Whether two words without a comma are a surname and a first name: *SMITH Anna*, *Nguyen Linh*."""
    shouted = words.shouted(index) and not words.shouted(first)
    long = len(words.lower(index)) >= _LEAST_SHOUTED and words.unknown(index)
    if alone and shouted and words.unknown(first) and (words.surname(index) or long):
        return True
    holy = words.within(index - 1, "holy_or_royal") and words.gap(index - 1, GAP)
    if holy or not words.first_name(first) or words.english(first) or words.place(first):
        return False
    if shouted and words.starts_a_cell(words.back_over_particles(index, 0)):
        return words.unknown(index) or (alone and _may_begin(words, index))
    return words.surname(index) or (shouted and words.word_surname(index))


def _surname_and_initials(words: Tokens, index: int) -> int:
    """*Smith J*, *Smith, J. R.*, *SMITH JR*."""
    if not _may_begin(words, index) or words.within(index - 1, "lettered") or words.within(index, "lettered"):
        return -1
    surname = words.unit(index)
    comma = words.gap(surname, COMMA)
    last = _past_last_initials(words, surname, comma=comma) if comma or words.gap(surname, SPACE) else surname
    if last == surname or cited(words, last):
        return -1
    begins = surname + 1
    dotted, count = words.dotted(begins), last - surname
    alone = words.starts_a_cell(words.back_over_particles(index, 0)) and words.ends_a_cell(last)
    letter = count == 1 and not dotted and words.at(begins) in _LETTERS_AND_WORDS
    if letter and not words.ends_a_cell(last):
        return -1
    if words.surname(index) or words.word_surname(index) or (words.first_name(index) and not words.place(index)):
        return last
    if words.unknown(index):
        return last if alone or count > 1 or (comma and dotted) else -1
    by_place = words.place_surname(index) or words.within(index, "surnames_too")
    entry = alone and not letter and not words.place(index)
    return last if (by_place and (comma or dotted or count > 1)) or (entry and (comma or dotted)) else -1


def _past_last_initials(words: Tokens, index: int, *, comma: bool = False) -> int:
    """The last of the initials after a name; the name's own last word where there are none."""
    last = index
    for _ in range(MOST):
        on = last + 1
        apart = words.gap(last, GAP if last > index else SPACE) or (comma and last == index)
        pair = last == index and _is_pair(words, on) and not words.shouted(index) and words.surname(index)
        if not apart or not (words.initial(on) or pair) or words.joined(on):
            break
        if words.dotted(last) and last > index and words.capital(on + 1):
            break
        last = on
    return last
