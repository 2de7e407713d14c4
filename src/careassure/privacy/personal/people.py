"""The finder of likely names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from careassure.privacy.personal.case_forms import case_form
from careassure.privacy.personal.found import Found
from careassure.privacy.personal.tokens import GAP, MOST, SPACE, WORD, Tokens

_NAME_GAP = re.compile(r"[ \n\-'.,]{0,4}")
_LABEL_GAP = re.compile(r" ?[:=\-|]? {0,3}")
_ASIDE = re.compile(r" ?[,(:\-] ?")
_AND = re.compile(r" ?& ?|/")
_CALLED = frozenset({"called", "named", "nicknamed"})
_ALSO_CALLED = frozenset({"nee", "aka", "alias"})
_GREETINGS = frozenset({"dear", "hi", "hello"})
_MONTH_NAMES = frozenset({"april", "june", "may", "august"})
# Two words in no list are a name only where they are as long as this, since acronyms stand beside each other.
_LEAST_UNKNOWN = 4
_POSSESSIVES = frozenset({"my", "his", "her", "their", "whose"})


def people(text: str, names: Iterable[str] = ()) -> Iterator[Found]:
    """Likely names: after a title or words such as *client called*, of known first names and surnames, or given.

    Args:
        text: The plain text.
        names: Names to find in any case, in plain letters.
    """
    words = Tokens.of(text)
    given = _by_first_word(names)
    leads = words.lists.leads
    index = taken = 0
    while index < len(words):
        if not given and words.small[index] not in leads and not text[words.spans[index][0]].isupper():
            index += 1  # a word in small letters begins a name where it is a title or a small word of a surname
            continue
        last, reason = _likely(words, index)
        wanted = _given(words, index, given) if given else -1
        if wanted > last:
            last, reason = wanted, "a name that was given to look for"
        if last < index:
            index += 1
            continue
        first = words.back_over_particles(index, taken)
        yield Found("name", words.spans[first][0], words.spans[last][1], reason)
        taken = index = last + 1


def _by_first_word(names: Iterable[str]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for name in names:
        parts = [word.casefold() for word in WORD.findall(name)]
        if parts:
            found.setdefault(parts[0], []).append(parts)
    return found


def _given(words: Tokens, index: int, given: dict[str, list[list[str]]]) -> int:
    """The last word of the longest given name that begins here; -1 where none does."""
    best = -1
    for parts in given.get(words.small[index], ()):
        end = index + len(parts)
        if words.small[index:end] == parts and all(words.gap(at, _NAME_GAP) for at in range(index, end - 1)):
            best = max(best, end - 1)
    return best


def _likely(words: Tokens, index: int) -> tuple[int, str]:
    """The last word of a likely name that begins here and why it is one; -1 where none does."""
    if words.within(index, "titles"):
        last = _after_title(words, index)
        if last >= 0:
            return last, "a title with a name"
    if not words.text[words.spans[index][0]].isupper():
        return _after_called(words, index), "a name after words for a person"
    if words.within(index, "soft_titles"):
        last = _after_soft_title(words, index)
        if last >= 0:
            return last, "a title with a name"
    if words.capital(index) and _introduced(words, index):
        return words.run(index), "a name after words for a person"
    last, reason = _after_particles(words, index)
    if last >= 0:
        return last, reason
    last, reason = case_form(words, index)
    named = words.capital(index) and (words.first_name(index) or words.vague(index))
    whole = _first_and_last(words, index) if named else -1
    if whole > last:
        return whole, "a common first name with another word in capitals"
    if last < 0 and not named and _by_surname(words, index):
        return words.run(index), "two words in capitals that are not common words"
    return last, reason


def _after_title(words: Tokens, index: int) -> int:
    """The last word of the name that a title begins; -1 where it begins none."""
    small = not words.at(index)[0].isupper()
    if (small and not words.within(index, "small_titles")) or not words.gap(index, GAP):
        return -1
    at = index + 1
    while at - index < MOST and words.within(at, "titles") and words.gap(at, GAP):
        at += 1
    at = words.past_particles(words.past_initials(at))
    if small and words.lower(at) == "o" and words.joined(at, "'"):
        return at + 1
    if words.within(at, "offices") or (len(words.lower(at)) < 2 and not words.elided(at)):
        return -1
    if not words.capital(at):
        short = len(words.small[index]) < 5
        return -1 if not (small and short) or words.plain(at) else at
    last = words.run(at)
    if words.within(index, "always_titles"):
        return last
    noble = words.small[index] in {"lady", "lord"}
    a_place = noble and words.within(at, "bodies") and not words.within(at, "surnames_too")
    return -1 if a_place or words.within(at, "duties") or words.place_follows(last) else last


def _after_soft_title(words: Tokens, index: int) -> int:
    """The last word of the name after a calling or a relative that is written as a title: *Sister Agnes*."""
    if not words.gap(index, GAP) or not words.capital(index):
        return -1
    at = words.past_particles(words.past_initials(index + 1))
    if not words.capital(at) or words.within(at, "duties") or words.within(at, "bodies"):
        return -1
    if words.possessive(at) and words.capital(at + 2):
        return -1
    known = words.first_name(at) or words.surname(at) or words.word_surname(at) or words.unknown(at)
    vague = words.vague(at) and not words.plain(at) and not words.place(at)
    if not known and not vague:
        return -1
    last = words.run(at)
    return -1 if words.place_follows(last) else last


def _after_particles(words: Tokens, index: int) -> tuple[int, str]:
    """A form of lists whose surname begins with small words in capitals: *DE SOUZA, Ana*; *Ó Briain, Ana*."""
    if not words.leads_on(index) or not (words.within(index, "particles") or words.lower(index) == "o"):
        return -1, ""
    return case_form(words, words.past_particles(index + 1))


def _after_called(words: Tokens, index: int) -> int:
    """The last word of a surname with a small word before it after *called*: *a man called de Souza*."""
    if not words.within(index, "particles") or words.lower(index - 1) not in _CALLED or not _introduced(words, index):
        return -1
    at = words.past_particles(index)
    return words.run(at) if words.capital(at) else -1


def _introduced(words: Tokens, index: int) -> bool:
    """Whether words for a person lead to a name here: *a client called X*, *surname: X*, *her daughter Anna*."""
    before = index - 1
    word = words.lower(before)
    if not word or (words.plain(index) and words.lower(index) not in _MONTH_NAMES):
        return False
    if words.gap(before, SPACE) and word in _CALLED:
        at = before - 1
        while at > before - 4 and words.lower(at) in {"is", "was", "who", "also"}:
            at -= 1
        return words.within(at, "people")
    if words.gap(before, SPACE) and word == "is":
        return words.lower(before - 1) == "name" and words.lower(before - 2) in _POSSESSIVES
    if words.gap(before, SPACE) and (word in _ALSO_CALLED or (word == "as" and words.lower(before - 1) == "known")):
        return words.surname(index) or (words.first_name(index) and not words.english(index))
    if words.gap(before, SPACE) and word in _GREETINGS:
        return words.first_name(index) or words.surname(index) or (words.unknown(index) and words.ends_a_cell(index))
    if words.gap(before, SPACE):
        return _after_a_person(words, before, index)
    if words.within(before, "kin") and words.gap(before, _ASIDE) and words.first_name(index):
        return not words.english(index)
    return words.gap(before, _LABEL_GAP) and _labelled(words, before, index)


def _after_a_person(words: Tokens, before: int, index: int) -> bool:
    """Whether a name follows a word for a person: any after a relative, a known one after *client* and the like."""
    if not words.within(before, "people") or words.within(before, "titles"):
        return False
    if words.possessive(index) and words.capital(index + 2):
        return False
    kin = words.within(before, "kin")
    if words.first_name(index) or (kin and words.vague(index)):
        return True
    if words.place_follows(index) or words.place(index):
        return False
    return (kin and words.unknown(index)) or words.surname(index) or words.word_surname(index)


def _labelled(words: Tokens, before: int, index: int) -> bool:
    """Whether a label with a name in it, or one for a person, stands before a colon here."""
    word = words.lower(before)
    if words.within(before, "labels") or (word == "name" and words.within(before - 1, "whose_name")):
        return True
    if word != "name" and not words.within(before, "people"):
        return False
    if words.english(index) or words.place(index) or words.place_follows(words.run(index)):
        return False
    colon = ":" in words.text[words.spans[before][1] : words.spans[index][0]]
    known = words.first_name(index) or words.surname(index)
    return colon and (known or (words.unknown(index) and words.unknown(index + 1) and words.gap(index, SPACE)))


def _first_and_last(words: Tokens, index: int) -> int:
    """The last word of a first name with a surname; -1 where the words are a place, a body or plain."""
    if words.within(index - 1, "holy_or_royal") and words.gap(index - 1, GAP):
        return -1
    first = words.unit(index)
    last = words.run(first)
    if last == first:
        return _couple(words, first)
    if words.vague(index) and not _certain_surname(words, index, first, last):
        return -1
    return -1 if words.place_follows(last) else last


def _certain_surname(words: Tokens, index: int, first: int, last: int) -> bool:
    """Whether what follows a first name that is also a word is a surname, so that the two are a name."""
    if "\n" in words.text[words.spans[first][1] : words.spans[last][0]]:
        return False
    family = words.past_particles(words.past_initials(first + 1))
    if words.place(last) or (words.possessive(last) and words.capital(last + 2)):
        return False
    if words.shouted(index):
        return words.surname(family) and not words.english(family)
    return words.surname(family) or words.word_surname(family) or words.unknown(family) or words.first_name(family)


def _couple(words: Tokens, first: int) -> int:
    """The last word of two first names with one surname: *John and Mary Smith*."""
    if words.gap(first, _AND):
        other = first + 1
    elif words.lower(first + 1) == "and" and words.gap(first, SPACE) and words.gap(first + 1, SPACE):
        other = first + 2
    else:
        return -1
    if not (words.first_name(first) and words.first_name(other) and words.capital(other)):
        return -1
    last = words.run(words.unit(other))
    return -1 if last == words.unit(other) or words.place_follows(last) else last


def _by_surname(words: Tokens, index: int) -> bool:
    """Whether a word in no list stands before a known surname or another in no list: *Zorp Patel*, *Zorp Quux*."""
    last = words.unit(index)
    if not words.unknown(index) or not words.gap(last, SPACE):
        return False
    family = words.past_particles(words.past_initials(last + 1))
    if words.shouted(index) != words.shouted(family) or words.place_follows(words.run(index)):
        return False
    by_first = words.first_name(family) and not words.place(family) and words.run(family) > words.unit(family)
    least = _LEAST_UNKNOWN + words.shouted(index)
    both = words.unknown(family) and min(len(words.lower(last)), len(words.lower(family))) >= least
    known = (words.surname(family) or by_first or both) and not words.english(family)
    return known and (words.shouted(index) or words.at(index).istitle())
