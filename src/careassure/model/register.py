"""The register of councils: the one place where a name or a code finds a council, today or on a day in the past."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Literal, NoReturn

from attrs import evolve, field, frozen

from careassure.errors import AmbiguousCouncilError, NameLookupError, UnknownCouncilError
from careassure.model.areas import area_of_code, area_of_name
from careassure.model.council import Council
from careassure.model.dates import DateInput, PartialDate
from careassure.model.former import ComingCouncil, FormerCode, OtherCouncil
from careassure.model.ids import LONGEST_NAME, as_text, shown
from careassure.model.names import CODE, forms, in_full, is_nearly_a_code, without_code, without_note
from careassure.model.patterns import Later
from careassure.model.showing import short_repr
from careassure.model.text import fold, join, near

_BETWEEN = Later(r"\s*[;,/+&|]\s*|\s+and\s+", re.IGNORECASE)
"""What stands between the names of several councils."""
How = Literal["code", "former code", "name", "alias", "former name", "without titles", "name and code"]
"""How a text found its council."""


@frozen
class CouncilMatch:
    """What a text found.

    Args:
        given: The text.
        council: The council; None where it found none, or several.
        how: How it was found; empty where none was.
        problem: What is wrong; empty where one was found.
        suggestions: The councils that it could be.
        row: Its row where it stood in a table, counted from 1.
    """

    given: str
    council: Council | None = None
    how: How | Literal["ambiguous", "unknown", "blank"] = "unknown"
    problem: str = ""
    suggestions: tuple[str, ...] = ()
    row: int | None = None

    __repr__ = short_repr


@frozen
class CouncilMatches:
    """What each text of a column found, in its order; ``matched + ambiguous + unknown + blank`` is how many there are.

    Args:
        lines: One for each text.
    """

    lines: tuple[CouncilMatch, ...]

    __repr__ = short_repr

    @property
    def matched(self) -> int:
        """How many found a council."""
        return sum(line.council is not None for line in self.lines)

    @property
    def ambiguous(self) -> int:
        """How many could be several councils."""
        return sum(line.how == "ambiguous" for line in self.lines)

    @property
    def unknown(self) -> int:
        """How many are no council's name or code."""
        return sum(line.how == "unknown" for line in self.lines)

    @property
    def blank(self) -> int:
        """How many are blank."""
        return sum(line.how == "blank" for line in self.lines)

    @property
    def councils(self) -> tuple[Council | None, ...]:
        """The council of each text, None where it found none."""
        return tuple(line.council for line in self.lines)


@frozen
class Register:
    """The councils and the codes they had before, with a way to find one by any of its names.

    Args:
        councils: Every council.
        former: Codes no longer in use.
        coming: Councils that have not begun.
        others: Gives the councils without adult social care duties in England. It is asked when a name finds none.
    """

    councils: tuple[Council, ...]
    former: tuple[FormerCode, ...] = ()
    coming: tuple[ComingCouncil, ...] = ()
    others: Callable[[], tuple[OtherCouncil, ...]] = field(default=tuple, eq=False)

    __repr__ = short_repr

    @cached_property
    def by_code(self) -> dict[str, Council]:
        """Councils by current code."""
        return {council.code: council for council in self.councils}

    @cached_property
    def _former(self) -> dict[str, FormerCode]:
        return {old.code: old for old in self.former}

    @cached_property
    def _by_name(self) -> dict[str, Council]:
        return {fold(name): council for council in self.councils for name in (council.name, *council.aliases)}

    @cached_property
    def _by_former_name(self) -> dict[str, FormerCode]:
        return {fold(name): old for old in self.former for name in (old.name, *old.aliases)}

    @cached_property
    def _coming(self) -> dict[str, ComingCouncil]:
        return {fold(council.name): council for council in self.coming}

    @cached_property
    def _others(self) -> dict[str, OtherCouncil]:
        """Councils without the duties, by code and by each form of each name."""
        found = {
            form: other for other in self.others() for name in (other.name, *other.aliases) for form in forms(name)
        }
        return found | {other.code: other for other in self.others()}

    def find(self, name: str, at: DateInput | None = None) -> Council:
        """The council of that name, alias or code, old or new.

        Titles ("London Borough of", "County Council"), case, accents, punctuation and "&" do not matter.

        Args:
            name: A name or a code, or both, such as ``Leicester (E06000016)``.
            at: The day that is meant. A council that has ended since is found as it was then; without a day, what has
                ended finds the council that took its place.

        Raises:
            UnknownCouncilError: No council is called that; near names are suggested.
            AmbiguousCouncilError: It could be several: part of a name, or a council that was divided.
        """
        return self.match(name, at)[0]

    def match(self, name: str, at: DateInput | None = None) -> tuple[Council, How]:
        """Like `find`, with how it was found."""
        day = None if at is None else PartialDate.parse(at)
        text = as_text(name).strip()
        if not text:
            raise UnknownCouncilError("a council's name is missing", hint="Give a name such as Camden, or its ONS code")
        if len(text) > LONGEST_NAME:
            return self._refuse(text, text)
        noted, code = without_code(text)
        word = without_note(noted)
        if not code:
            found, how = self._named(word, text, day)
            how = "without titles" if how == "name" and word != noted else how
        elif word:
            return self._both(word, code, day)
        else:
            found, how = self._coded(code, text, day)
        return self._standing(found, day), how

    def try_match(self, name: str, at: DateInput | None = None, row: int | None = None) -> CouncilMatch:
        """What a text finds, or why it finds nothing; it never raises for a text."""
        text = as_text(name)
        if not text.strip():
            return CouncilMatch(text, how="blank", row=row)
        try:
            council, how = self.match(text, at)
        except AmbiguousCouncilError as error:
            return CouncilMatch(text, None, "ambiguous", error.message, error.suggestions, row)
        except NameLookupError as error:
            return CouncilMatch(text, None, "unknown", error.message, error.suggestions, row)
        return CouncilMatch(text, council, how, row=row)

    def match_all(self, names: Iterable[str], at: DateInput | None = None) -> CouncilMatches:
        """What each of many texts finds; a text that comes again is looked up once."""
        found: dict[str, CouncilMatch] = {}
        lines: list[CouncilMatch] = []
        for row, name in enumerate(names, 1):
            text = as_text(name)
            if text not in found:
                found[text] = self.try_match(text, at)
            lines.append(evolve(found[text], row=row))
        return CouncilMatches(tuple(lines))

    def area(self, text: str) -> Council | None:
        """The council of today whose own area a code or a name stands for; None where it stands for something else.

        A code that a council had before it got another is its own; that of a council that was merged or divided is
        not, for its figures are of another area.
        """
        code = text.strip().upper()
        if CODE.fullmatch(code):
            old = self._former.get(code)
            if old is None or len(old.successors) != 1:
                return self.by_code.get(code)
            after = self.by_code[old.successors[0]]
            return after if fold(after.name) == fold(old.name) else None
        for form in forms(" ".join(text.split())) if len(text) <= LONGEST_NAME else ():
            if form in self._by_name or form in self._by_former_name:
                return self._by_name.get(form)
        return None

    # -- names ----------------------------------------------------------------------------------------

    def _named(self, word: str, given: str, day: PartialDate | None) -> tuple[Council, How]:
        last = ""
        for number, last in enumerate(forms(word)):
            then = self._then(last, day)
            if then is not None:
                return then, "name" if number == 0 else "without titles"
            if last in self._by_name:
                council = self._by_name[last]
                return council, "without titles" if number else "name" if fold(council.name) == last else "alias"
            if last in self._by_former_name:
                return self._successor(self._by_former_name[last]), "former name"
            if last in self._coming:
                self._not_yet(self._coming[last], day)
        full = in_full(word)
        if full != fold(word):
            for form in forms(full):
                if form in self._by_name:
                    return self._by_name[form], "alias"
        return self._refuse(given, last)

    def _then(self, form: str, day: PartialDate | None) -> Council | None:
        """The council that was called that on a day and has ended since, unless today's had begun by then."""
        if day is None:
            return None
        now = self._by_name.get(form)
        if now is not None and now.stood(day):
            return None
        for old in self.former:
            names = {fold(name) for name in (old.name, *old.aliases)}
            then = old.council
            if then is not None and then.stood(day):
                same = now is not None and fold(now.name) in {*names, fold(old.name.removesuffix(" County"))}
                if form in names or same:
                    return then
        return None

    def _both(self, word: str, code: str, day: PartialDate | None) -> tuple[Council, How]:
        by_code = self._standing(self._coded(code, code, day)[0], day)
        try:
            by_name = self._standing(self._named(word, word, day)[0], day)
        except AmbiguousCouncilError as error:
            if by_code.name not in error.suggestions:
                raise
            by_name = by_code
        if by_name != by_code:
            raise AmbiguousCouncilError(
                f"{code} is {by_code.name}, not {by_name.name}", suggestions=[by_code.name, by_name.name]
            )
        return by_code, "name and code"

    # -- codes ----------------------------------------------------------------------------------------

    def _coded(self, code: str, given: str, day: PartialDate | None) -> tuple[Council, How]:
        if code in self.by_code:
            return self.by_code[code], "code"
        old = self._former.get(code)
        if old is not None:
            then = old.council
            if then is not None and day is not None and then.stood(day):
                return then, "code"
            return self._successor(old), "former code"
        other = self._others.get(code)
        if other is not None:
            self._refuse_other(f"{given} is not a code of a council with adult social care duties", other)
        area = area_of_code(code)
        if area:
            raise UnknownCouncilError(
                f"{given} is not a code of a council with adult social care duties: it is {area}",
                hint="Leave its row out, or give the code of a council",
            )
        raise UnknownCouncilError(
            f"{given} is not a code of a council with adult social care duties, now or before",
            suggestions=self._near_codes(code),
        )

    def _near_codes(self, code: str) -> list[str]:
        shorter = {code[:at] + code[at + 1 :] for at in range(len(code))}
        slips = [c for c in self.by_code if c in shorter or any(c[:at] + c[at + 1 :] == code for at in range(len(c)))]
        return [f"{self.by_code[c].name} ({c})" for c in slips or near(code, self.by_code, limit=2)]

    # -- what has ended, and what has not begun -------------------------------------------------------

    def _successor(self, old: FormerCode) -> Council:
        if len(old.successors) == 1:
            return self.by_code[old.successors[0]]
        when = f" after {_words(old.ended)}" if old.ended else ""
        raise AmbiguousCouncilError(
            f"{old.name} ({old.code}) was divided between several councils{when}",
            suggestions=[self.by_code[code].name for code in old.successors],
        )

    def _standing(self, council: Council, day: PartialDate | None) -> Council:
        """The council, unless it will have ended by that day."""
        if day is not None and council.began is not None and day.latest < council.began:
            before = [old.name for old in self.former if old.code in council.predecessors]
            raise UnknownCouncilError(
                f"{council.name} began on {_words(council.began)}, after the day that is meant",
                hint=f"Before that its area belonged to {join(before)}" if before else "Name the council of that day",
                suggestions=before,
            )
        if day is None or council.ended is None or day.earliest <= council.ended:
            return council
        after = [other.name for other in self.coming if council.code in other.predecessors]
        raise AmbiguousCouncilError(
            f"{council.name} ends on {_words(council.ended)}; {join(after)} take its place",
            hint=f"Say which is meant: {join(after, 'or')}",
        )

    def _not_yet(self, council: ComingCouncil, day: PartialDate | None) -> NoReturn:
        before = [self.by_code[code].name for code in council.predecessors]
        begins = f"{council.name} begins on {_words(council.began)}"
        if day is not None and day.latest >= council.began:
            raise UnknownCouncilError(
                f"{begins}, and its ONS code is not known here", hint="Use its ONS code when it is"
            )
        raise UnknownCouncilError(f"{begins}; until then its area is part of {join(before)}", suggestions=before)

    def _refuse(self, name: str, word: str) -> NoReturn:
        if is_nearly_a_code(name):
            raise UnknownCouncilError(
                f"{shown(name)} is not an ONS code: that is a letter and eight digits",
                suggestions=self._near_codes(name.upper().replace(" ", "").replace("O", "0")),
            )
        plain = without_note(name) if len(name) <= LONGEST_NAME else ""
        area = area_of_name(plain)
        if area:
            raise UnknownCouncilError(
                f"{shown(name)} is not a council with adult social care duties: it is {area}",
                hint="Leave its row out, or give a council's name or ONS code",
            )
        other = next((self._others[form] for form in forms(plain) if form in self._others), None)
        if other is not None:
            self._refuse_other(f"{shown(name)} is not a council with adult social care duties", other)
        several = self._several(plain)
        if len(several) > 1:
            raise AmbiguousCouncilError(f"{shown(name)} names several councils", suggestions=several)
        shared = [c.name for c in self.councils if any(f" {word} " in f" {fold(n)} " for n in (c.name, *c.aliases))]
        if len(shared) > 1:
            raise AmbiguousCouncilError(f"{shown(name)} could be several councils", suggestions=shared)
        known = (name for council in self.councils for name in (council.name, *council.aliases))
        names = [each for each in known if name.isupper() or not each.isupper()]  # initials look like every word
        suggestions = shared or dict.fromkeys(self._by_name[fold(match)].name for match in near(word, names))
        raise UnknownCouncilError(
            f"{shown(name)} is not a council with adult social care duties in England",
            suggestions=suggestions,
            hint="" if suggestions else "Use its everyday name or its ONS code",
        )

    def _refuse_other(self, said: str, other: OtherCouncil) -> NoReturn:
        hint = "" if other.council else "Leave its row out: councils of England are known here"
        suggestions = [other.council] if other.council else []
        raise UnknownCouncilError(f"{said}: it is {other.words}", hint=hint, suggestions=suggestions)

    def _several(self, name: str) -> list[str]:
        """The councils that a text names one after the other, as in "Camden & Islington"."""
        parts = [part for part in _BETWEEN.now.split(name) if part.strip()]
        found = [next((self._by_name[form] for form in forms(part) if form in self._by_name), None) for part in parts]
        return [council.name for council in found if council is not None] if None not in found else []


def _words(day: dt.date | None) -> str:
    return "" if day is None else PartialDate.parse(day).words
