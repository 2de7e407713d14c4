"""Names as papers and tables print them: a statement with its number, with its theme, or its number alone.

Councils' papers write "QS 1", "Quality statement 1", "1. Assessing needs", "Assessing needs (QS1)" and "Theme 1:
Working with people". A number that stands with a title must be the number of that title, for otherwise one of the two
is a slip. A bare number is never a name: it could be a score.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from careassure.errors import AmbiguousNameError, CareAssureError
from careassure.model.ids import LONGEST_NAME, shown
from careassure.model.patterns import Later
from careassure.model.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careassure.model.framework import Framework, Level

_CODE = re.compile(r"qs ?0*([0-9]{1,3})")
_THEME_CODE = re.compile(r"theme 0*([0-9]{1,3})")
_KIND = r"(qs|quality statement|statement|theme)"
_LEAD = re.compile(rf"(?:{_KIND} ?)?(?:no )?([0-9]{{1,3}})(?: ([0-9]{{1,3}}))?(?: (.+))?")
_TRAIL = re.compile(rf"(.+?) {_KIND} ?(?:no )?([0-9]{{1,3}})(?: ([0-9]{{1,3}}))?")
_BESIDE = re.compile(
    r"(.+?) (?:score|rating|grade|judgement|mark)s?(?: (?:out of )?[0-9]{1,2}(?: (?:to )?[0-9]{1,2})?)?"
)
_UNITS = Later(
    r"\s*[\[(]\s*(?:scores?:?\s*)?"
    r"(?:[0-9]{1,2}\s*(?:[-\u2010-\u2015]|to)\s*[0-9]{1,2}|(?:out of|/)\s*[0-9]{1,2})\s*[\])]\s*$",
    re.IGNORECASE,
)
"""What a header says of its numbers, as in "Safeguarding (1-4)" and "Safeguarding [out of 4]"."""
_MOST_WORDS = 40
_MOST_NAMES = 500


class _Printed(NamedTuple):
    """A name in parts: what its number counts where that is said, the number, and the title; empty where none is."""

    level: Level | None
    numbers: tuple[int, ...]
    title: str


class Named(NamedTuple):
    """What a name of a column stands for.

    Args:
        leaf: The id of a statement, or ``statement/part``.
        loose: Whether the column's name has a word beside the name, as in "Safeguarding score".
    """

    leaf: str
    loose: bool = False


def printed_name(framework: Framework, name: str) -> str | None:
    """The id of the statement or theme that a printed name stands for; None where it is none.

    Args:
        framework: Whose names they are.
        name: A name that is neither an id nor a title nor an alias by itself.

    Raises:
        AmbiguousNameError: Its number, its theme and its title do not belong together.
    """
    word = fold(name) if len(name) <= LONGEST_NAME else ""
    return _with_number(framework, name, word) or _with_theme(framework, name, word)


def column_name(framework: Framework, name: str) -> Named | None:
    """The statement or part that the name of a column stands for; None where it is none.

    Raises:
        AmbiguousNameError: Its number and its title do not belong together.
    """
    word = fold(name) if len(name) <= LONGEST_NAME else ""
    if not _seems_named(framework).search(word):
        return None
    bare = fold(_UNITS.now.sub("", name))
    for loose, text in ((False, word), (True, _without_kind(word)), (True, bare if bare != word else "")):
        found = (_leaf_names(framework).get(text) or _printed_leaf(framework, name, text)) if text else None
        if found is not None:
            return Named(found, loose)
    return None


def leaf_named(framework: Framework, name: str) -> str:
    """The leaf or statement that a name stands for: a statement's id, title or printed name, or ``statement/part``.

    Raises:
        CareAssureError: It is no name of a statement.
    """
    found = column_name(framework, name)
    if found is not None and not found.loose:
        return found.leaf
    return framework.resolve(name, levels=("statement",))


_ALIKE = 0.85
"""How like a name a word must be to be a slip of it: one letter too few, too many or wrong in seven."""


def slip_of(framework: Framework, name: str) -> str | None:
    """The statement or part whose name somebody seems to have misspelt; None where a name is right, or far from all.

    >>> from careassure.catalogue.cqc import cqc_la
    >>> slip_of(cqc_la()[-1], "safegarding"), slip_of(cqc_la()[-1], "Safeguarding lead")
    ('safeguarding', None)
    """
    from difflib import get_close_matches

    word = fold(name) if len(name) <= LONGEST_NAME else ""
    names = _leaf_names(framework)
    if not word or word in names or len(names) > _MOST_NAMES:
        return None
    found = get_close_matches(word, names, n=1, cutoff=_ALIKE)
    # A name with something behind it, such as "equity 2", is the name of something else.
    return names[found[0]] if found and not word.startswith(f"{found[0]} ") else None


def _with_number(framework: Framework, name: str, word: str) -> str | None:
    """What a name stands for that has a number before or behind it, or is one with its word."""
    found = (_numbered(framework, name, printed) for printed in _parts_of(word))
    return next((known for known in found if known is not None), None)


def _parts_of(word: str) -> Iterator[_Printed]:
    lead = _LEAD.fullmatch(word)
    if lead:
        kind, first, second, title = lead.groups()
        yield _Printed(_level(kind), _numbers(first, second), title or "")
    trail = _TRAIL.fullmatch(word)
    if trail:
        title, kind, first, second = trail.groups()
        yield _Printed(_level(kind), _numbers(first, second), title)


def _level(kind: str | None) -> Level | None:
    return None if kind is None else "theme" if kind == "theme" else "statement"


def _numbers(*found: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in found if number is not None)


@lru_cache(maxsize=32)
def _own_numbers(framework: Framework) -> dict[str, frozenset[tuple[int, ...]]]:
    """The numbers that papers print before each statement and theme, by id: 6, and also 3.1 and 3.6 in theme 3."""
    coded = {statement.id: number for statement in framework.statements if (number := _code(statement, _CODE))}
    found: dict[str, frozenset[tuple[int, ...]]] = {}
    order = 0
    for place, theme in enumerate(framework.themes, 1):
        outer = _code(theme, _THEME_CODE) or place
        found[theme.id] = frozenset({(outer,)})
        for inner, statement in enumerate(theme.statements, 1):
            order += 1
            own = coded.get(statement.id) if coded else order
            numbers = {(own,), (outer, own), (outer, inner)} if own else {(outer, inner)}
            found[statement.id] = frozenset(numbers)
    return found


def _code(item: object, form: re.Pattern[str]) -> int | None:
    """The number in an alias such as "QS1"."""
    aliases = getattr(item, "aliases", ())
    codes = (form.fullmatch(fold(alias.text)) for alias in aliases if alias.context == "framework")
    return next((int(code[1]) for code in codes if code), None)


@lru_cache(maxsize=32)
def _coded(framework: Framework) -> dict[int, str]:
    """The statements of a framework that numbers them, as in "QS1", by number."""
    return {number: item.id for item in framework.statements if (number := _code(item, _CODE)) is not None}


def _numbered(framework: Framework, name: str, printed: _Printed) -> str | None:
    """What a name with a number stands for."""
    if not printed.title:
        # A number with its word alone names a statement only where the framework itself numbers them.
        alone = printed.level == "statement" and len(printed.numbers) == 1
        return _coded(framework).get(printed.numbers[0]) if alone else None
    numbers = _own_numbers(framework)
    known = [item for item in framework.ids_named(printed.title) if printed.level in (None, _level_of(framework, item))]
    for item in known:
        if printed.numbers in numbers[item]:
            return item
    usual = [item for item in framework.ids_named(printed.title, special=False) if item in known]
    if not usual:
        return None
    item = usual[0]
    own = min(numbers[item], key=lambda number: (len(number), number))
    raise AmbiguousNameError(
        f"in {shown(name)}, {framework.title_of(item)} is number {_dotted(own)}, not {_dotted(printed.numbers)}",
        hint="Correct the number or the title",
    )


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def _level_of(framework: Framework, id: str) -> Level:
    return "theme" if any(theme.id == id for theme in framework.themes) else "statement"


def _with_theme(framework: Framework, name: str, word: str) -> str | None:
    """The statement that a name with its theme stands for, such as "Theme 4: Leadership - QS8"."""
    words = word.split()
    if len(words) > _MOST_WORDS:
        return None
    for at in range(1, len(words)):
        halves = " ".join(words[:at]), " ".join(words[at:])
        for left, right in (halves, halves[::-1]):
            theme, statement = _named(framework, left, "theme"), _named(framework, right, "statement")
            if theme is None or statement is None:
                continue
            if framework.theme_of(statement).id == theme:
                return statement
            title, other = framework.title_of(statement), framework.theme_of(statement).title
            message = f"{shown(name)} puts {title} into another theme than its own, {other}"
            raise AmbiguousNameError(message, hint="Correct the theme or the statement")
    return None


def _named(framework: Framework, word: str, level: Level) -> str | None:
    """The theme or statement that a part of a name stands for."""
    for item in framework.ids_named(word, special=False):
        if _level_of(framework, item) == level:
            return item
    for printed in _parts_of(word):
        try:
            found = _numbered(framework, word, printed)
        except CareAssureError:
            continue
        if found is not None and _level_of(framework, found) == level:
            return found
    return None


def _without_kind(word: str) -> str:
    """A name without the word that says what stands in its column, as in "Safeguarding score"."""
    match = _BESIDE.fullmatch(word)
    return match[1] if match else ""


@lru_cache(maxsize=32)
def _leaf_names(framework: Framework) -> dict[str, str]:
    """The leaf or statement that each name means which a column may have."""
    found: dict[str, str] = {}
    for statement in framework.statements:
        usual = [alias.text for alias in statement.aliases if alias.context == "framework"]
        for name in (statement.id, statement.title, *usual):
            found.setdefault(fold(name), statement.id)
    for statement in framework.statements:
        for part in statement.parts:
            for outer in (statement.id, statement.title):
                for inner in (part.id, part.title, *(alias.text for alias in part.aliases)):
                    found.setdefault(fold(f"{outer} {inner}"), f"{statement.id}/{part.id}")
    return found


@lru_cache(maxsize=32)
def _seems_named(framework: Framework) -> re.Pattern[str]:
    """What every name of a statement holds, found quickly, as nearly no cell of a large table does."""
    names = {fold(name) for s in framework.statements for name in (s.id, s.title, *(alias.text for alias in s.aliases))}
    known = "|".join(map(re.escape, sorted(filter(None, names))))
    return re.compile(rf"(?:qs|statement) ?[0-9]|{known}")


@lru_cache(maxsize=32)
def _part_names(framework: Framework) -> frozenset[str]:
    """The folded names of whatever is scored inside statements."""
    parts = {part for statement in framework.statements for part in statement.parts}
    return frozenset(
        fold(text) for part in parts for text in (part.id, part.title, *(alias.text for alias in part.aliases))
    )


def _printed_leaf(framework: Framework, name: str, word: str) -> str | None:
    """The statement or part that a folded name stands for which is no name by itself."""
    found = _with_number(framework, name, word)
    if found is None:
        with suppress(AmbiguousNameError):  # a column may be about a theme and a statement
            found = _with_theme(framework, name, word)
    if found is not None:
        return found if _level_of(framework, found) == "statement" else None
    return _printed_part(framework, word)


def _printed_part(framework: Framework, word: str) -> str | None:
    """The part of a statement that a name stands for, such as "QS1 Processes"."""
    words = word.split()
    for at in range(1, min(len(words), _MOST_WORDS)):
        right = " ".join(words[at:])
        if right not in _part_names(framework):
            continue
        left = " ".join(words[:at])
        outer = _named(framework, left, "statement")
        if outer is None:
            with suppress(AmbiguousNameError):
                outer = _with_theme(framework, left, left)
        if outer is not None:
            return _leaf_names(framework).get(f"{fold(outer)} {right}")
    return None
