"""Councils: the local authorities that have adult social care duties, and how a name finds one."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from attrs import frozen

from careassure.errors import AmbiguousCouncilError, UnknownCouncilError
from careassure.model.ids import as_text, shown
from careassure.model.reference import Confidence
from careassure.model.showing import format_words, short_repr
from careassure.model.text import fold, near

Kind = Literal["unitary", "metropolitan_borough", "london_borough", "county", "city_of_london", "isles_of_scilly"]


@frozen
class Council:
    """A local authority with adult social care duties.

    Args:
        code: Its current code from the Office for National Statistics, such as ``E09000007``.
        name: Its everyday name.
        kind: Its kind of authority.
        region: One of the nine regions of England.
        aliases: Other names in use.
        predecessors: The codes that it, or the councils it replaced, had before.
        source: Where this is from.
        licence: The licence of that source.
        confidence: How sure it is.
    """

    code: str
    name: str
    kind: Kind
    region: str
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    source: str = ""
    licence: str = "OGL-UK-3.0"
    confidence: Confidence = "official"

    __repr__ = short_repr

    def __str__(self) -> str:
        return self.name

    __format__ = format_words


@frozen
class FormerCode:
    """A code that is no longer in use, with the councils that took its place.

    Args:
        code: The old code.
        name: The name that went with it.
        successors: The current codes of its successors; one where the council was only recoded.
    """

    code: str
    name: str
    successors: tuple[str, ...]
    source: str = ""
    licence: str = "OGL-UK-3.0"
    confidence: Confidence = "official"

    __repr__ = short_repr


@frozen
class Body:
    """Something assessed that is not one of the 153 councils: a provider, a location, an unnamed example.

    Args:
        code: Its identifier in the source.
        name: Its name.
        kind: What it is, in a word.
    """

    code: str
    name: str
    kind: str = "body"

    __repr__ = short_repr

    def __str__(self) -> str:
        return self.name

    __format__ = format_words


_CODE = re.compile(r"[A-Za-z][0-9]{8}")
_FRONT = re.compile(
    r"(?:the|council of|metropolitan borough of|london borough of|royal borough of|borough of|city of|"
    r"county of|corporation of|lb|rb|lbc) "
)
_BACK = re.compile(
    r" (?:metropolitan borough council|metropolitan district council|metropolitan borough|borough council|"
    r"county council|city council|unitary authority|district council|council|corporation|mbc|mdc|lbc|cc|bc|ua)$"
)


def _forms(word: str) -> list[str]:
    """A folded name with fewer and fewer titles before and after it; the last form has none."""
    forms: list[str] = []
    while True:
        form = word
        forms.append(form)
        while title := _BACK.search(form):
            form = form[: title.start()]
            forms.append(form)
        front = _FRONT.match(word)
        if front is None:
            return forms
        word = word[front.end() :]


@frozen
class Register:
    """The councils and the codes they had before, with a way to find one by any of its names.

    Args:
        councils: Every council.
        former: Codes no longer in use.
    """

    councils: tuple[Council, ...]
    former: tuple[FormerCode, ...] = ()

    __repr__ = short_repr

    @cached_property
    def by_code(self) -> dict[str, Council]:
        """Councils by current code."""
        return {council.code: council for council in self.councils}

    @cached_property
    def _by_name(self) -> dict[str, Council]:
        return {fold(name): council for council in self.councils for name in (council.name, *council.aliases)}

    def find(self, name: str) -> Council:
        """The council of that name, alias or code, old or new.

        Titles ("London Borough of", "County Council"), case, accents, punctuation and "&" do not matter.

        Raises:
            UnknownCouncilError: No council is called that; near names are suggested.
            AmbiguousCouncilError: It could be several: part of a name, or a council that was divided.
        """
        text = as_text(name).strip()
        if not text:
            raise UnknownCouncilError("a council's name is missing", hint="Give a name such as Camden, or its ONS code")
        if _CODE.fullmatch(text):
            return self._find_code(text.upper(), text)
        forms = _forms(fold(text))
        for form in forms:
            if form in self._by_name:
                return self._by_name[form]
        for old in self.former:
            if fold(old.name) == forms[-1]:
                return self._successor(old)
        return self._refuse(text, forms[-1])

    def _find_code(self, code: str, given: str) -> Council:
        if code in self.by_code:
            return self.by_code[code]
        for old in self.former:
            if old.code == code:
                return self._successor(old)
        raise UnknownCouncilError(
            f"{given} is not a code of a council with adult social care duties, now or before",
            suggestions=[f"{self.by_code[c].name} ({c})" for c in near(code, self.by_code, limit=2)],
        )

    def _successor(self, old: FormerCode) -> Council:
        if len(old.successors) == 1:
            return self.by_code[old.successors[0]]
        raise AmbiguousCouncilError(
            f"{old.name} ({old.code}) was divided between several councils",
            suggestions=[self.by_code[code].name for code in old.successors],
        )

    def _refuse(self, name: str, word: str) -> Council:
        shared = [c.name for c in self.councils if any(f" {word} " in f" {fold(n)} " for n in (c.name, *c.aliases))]
        if len(shared) > 1:
            raise AmbiguousCouncilError(f"{shown(name)} could be several councils", suggestions=shared)
        names = [name for council in self.councils for name in (council.name, *council.aliases)]
        suggestions = shared or dict.fromkeys(self._by_name[fold(match)].name for match in near(word, names))
        raise UnknownCouncilError(
            f"{shown(name)} is not a council with adult social care duties in England",
            suggestions=suggestions,
            hint="" if suggestions else "Use its everyday name or its ONS code",
        )
