"""Names in the forms of case lists, notes and minutes: *Smith, Anna*; *J. Smith*; *Smith J R*; *SMITH Anna*."""

from __future__ import annotations

import re

from careassure.privacy.tokens import COMMA, GAP, MOST, SPACE, Tokens

_CITED = re.compile(
    r"[.,;]?(?: ?(?:,|and|&|;){1,2} ?[A-Z][\w'\-]{1,30},?(?: [A-Z]\.?-?){1,3}[.,]?){0,5}"
    r"(?:,? et al|,? ?\((?:1[89]|20)[0-9]{2}[a-z]?\)|[.,]? (?:199|20[0-4])[0-9][a-z]?\b(?![/.\-][0-9]))"
)
_NO_INITIALS = frozenset(
    {"uk", "eu", "us", "un", "tv", "it", "hr", "gp", "mp", "pc", "dc", "ai", "ot", "sw", "am", "pm"}
)
_LETTERS_AND_WORDS = frozenset("AI")


def case_form(words: Tokens, index: int) -> tuple[int, str]:
    """The last word of a name in a form of lists that begins here and why it is one; -1 where none does."""
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

    Authors are no personal data of a case, and every list of sources names them.
    """
    end = words.spans[last][1]
    return _CITED.match(words.text, end, end + 200) is not None


def _initials_first(words: Tokens, index: int) -> int:
    """*J. Smith*, *J R Smith*, *JR Smith*."""
    after = words.past_initials(index)
    dotted = words.dotted(index)
    if after == index:
        pair = len(words.small[index]) == 2 and words.shouted(index) and words.lower(index) not in _NO_INITIALS
        if not (
            pair and words.gap(index, SPACE) and (words.surname(index + 1) or words.word_surname(index + 1))
        ) or words.shouted(index + 1):
            return -1
        after = index + 1
    elif words.within(index - 1, "lettered") and words.gap(index - 1, GAP):
        return -1
    at = words.past_particles(after)
    if not words.capital(at) or words.plain(at) or words.makes_a_place(at):
        return -1
    alone = after - index == 1 and not dotted and words.at(index) in _LETTERS_AND_WORDS
    known = words.surname(at) and not (words.english(at) and alone)
    by_word = words.word_surname(at) and not alone
    by_form = dotted and words.unknown(at)
    if not (known or by_word or by_form or (at > after and words.unknown(at))):
        return -1
    last = words.unit(at)
    return -1 if words.place_follows(last) or cited(words, last) else last


def _may_begin(words: Tokens, index: int) -> bool:
    """Whether a surname can begin here: a capital that is no plain word, but for *Wood*, *Hill* and the like."""
    return words.capital(index) and (not words.plain(index) or words.within(index, "surnames_too"))


def _surname_and_first(words: Tokens, index: int) -> int:
    """*Smith, Anna*, *Smith, Anna Mary*, *SMITH Anna*, *Nguyen Linh*."""
    if not _may_begin(words, index) or words.within(index, "titles"):
        return -1
    surname = words.unit(index)
    first = surname + 1
    if not words.capital(first):
        return -1
    if words.gap(surname, COMMA):
        found = _fits_after_comma(words, index, first)
    elif words.gap(surname, SPACE):
        known = words.surname(index) or (words.shouted(index) and words.word_surname(index))
        found = known and words.first_name(first) and not words.english(first) and not words.place(first)
    else:
        return -1
    if not found:
        return -1
    last = _past_last_initials(words, words.run(first))
    return -1 if words.place_follows(last) or cited(words, last) else last


def _fits_after_comma(words: Tokens, index: int, first: int) -> bool:
    """Whether two words with a comma between them are a surname and a first name, not two things in a list."""
    surname, starts, ends = words.surname(index), words.starts_a_cell(index), words.ends_a_cell(words.unit(first))
    if words.first_name(first) and not words.place(first):
        shouted = words.shouted(index) and not words.shouted(first) and not words.place(index)
        return (
            surname
            or words.word_surname(index)
            or (starts and words.unknown(index))
            or shouted
            or (starts and ends and words.place(index) and words.lower(index) in words.lists.surnames)
        )
    if words.vague(first):
        return surname and starts and ends and not words.within(first, "plain")
    return surname and starts and ends and words.unknown(first) and not words.surname(first)


def _surname_and_initials(words: Tokens, index: int) -> int:
    """*Smith J*, *Smith, J. R.*, *SMITH JR*."""
    if not _may_begin(words, index) or words.within(index - 1, "lettered"):
        return -1
    surname = words.unit(index)
    comma = words.gap(surname, COMMA)
    if not comma and not words.gap(surname, SPACE):
        return -1
    last = _past_last_initials(words, surname, comma=comma)
    if last == surname:
        return -1
    begins = surname + 1
    dotted = words.dotted(begins)
    ambiguous = not dotted and last == begins and words.at(begins) in _LETTERS_AND_WORDS and not words.ends_a_cell(last)
    known = words.surname(index) or words.word_surname(index) or (words.first_name(index) and not words.place(index))
    late = words.within(index, "surnames_too") or (words.place(index) and words.lower(index) in words.lists.surnames)
    by_form = comma and dotted and (words.unknown(index) or late)
    if ambiguous or words.within(index, "lettered") or not (known or by_form) or cited(words, last):
        return -1
    return last


def _past_last_initials(words: Tokens, index: int, *, comma: bool = False) -> int:
    """The last of the initials after a name; the name's own last word where there are none."""
    last = index
    for _ in range(MOST):
        on = last + 1
        apart = words.gap(last, GAP if last > index else SPACE) or (comma and last == index)
        pair = len(words.lower(on)) == 2 and words.shouted(on) and last == index and not words.shouted(index)
        known_pair = pair and words.lower(on) not in _NO_INITIALS and not words.english(on) and words.surname(index)
        if not apart or not (words.initial(on) or known_pair) or words.joined(on):
            break
        if words.dotted(last) and last > index and words.capital(on + 1):
            break
        last = on
    return last
