"""Cases that a regulator may follow: a pseudonym and coded attributes, and nothing else about a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from careassure.errors import InvalidInputError, Place, Problem, did_you_mean
from careassure.model.arguments import checked, explained
from careassure.model.ids import as_text, shown
from careassure.model.showing import short_repr
from careassure.model.text import hint_for, join, near, plural
from careassure.model.total_names import is_total

_PSEUDONYM = re.compile(r"[A-Za-z0-9_-]{1,20}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[^\s\x00-\x1f](?:[^\x00-\x1f]{0,38}[^\s\x00-\x1f])?")


@explained
@frozen
class Code:
    """One of the values that an attribute of a case may have.

    Args:
        id: What stands in a file, such as ``85+`` or ``not_known``; at most 40 characters.
        title: What it is called in print; its id where empty.
    """

    id: str
    title: str = ""

    __repr__ = short_repr

    def __str__(self) -> str:
        return self.title or self.id


@explained
@frozen
class CaseAttribute:
    """Something that is known of every case, as one of a few codes; never free text.

    Args:
        id: Its name in a file: small letters, digits and underscores, such as ``age_band``.
        title: What it is called in print; its id where empty.
        codes: Every value that it may have, in the order of print. Where it can be unknown, that is a code too.
        criterion: Whether cases are asked for by it: it is one of the regulator's criteria.
    """

    id: str
    title: str = ""
    codes: tuple[Code, ...] = field(default=(), converter=tuple[Code, ...])
    criterion: bool = False

    __repr__ = short_repr

    def __str__(self) -> str:
        return self.title or self.id


@explained
@frozen
class Case:
    """One case, under a pseudonym, with the code that it has in each attribute.

    A case takes what it is given; `check_cases` and `CaseList` say what is wrong with it.

    Args:
        id: A pseudonym of at most 20 letters, digits, ``-`` and ``_``; never a number by which anyone else knows the
            person.
        attributes: The attribute's id and the code's id, for each attribute.
    """

    id: str
    attributes: tuple[tuple[str, str], ...] = field(default=(), converter=tuple[tuple[str, str], ...])

    __repr__ = short_repr

    @classmethod
    @checked
    def of(cls, id: str, codes: Mapping[str, str]) -> Case:
        """A case from a mapping of attributes to codes, as a row of a table is."""
        return cls(id, codes.items())

    def code(self, attribute: str) -> str:
        """The id of its code in an attribute.

        Raises:
            InvalidInputError: It has no such attribute.
        """
        for name, value in self.attributes:
            if name == attribute:
                return value
        raise InvalidInputError(
            "the case", [Problem(Place(row=f"case {self.id}"), f"it has no attribute {shown(attribute)}")]
        )


@explained
@frozen
class CaseList:
    """Cases with the attributes by which they are described; everything in it fits.

    Args:
        attributes: What is known of every case.
        cases: The cases; at least one. Their order means nothing.

    Raises:
        InvalidInputError: An attribute or a case is wrong; every fault is listed.
    """

    attributes: tuple[CaseAttribute, ...] = field(converter=tuple[CaseAttribute, ...])
    cases: tuple[Case, ...] = field(converter=tuple[Case, ...])

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        problems = [*check_attributes(self.attributes), *check_cases(self.attributes, self.cases)]
        if problems:
            raise InvalidInputError("the list of cases", problems)

    def __len__(self) -> int:
        return len(self.cases)

    def attribute(self, name: str) -> CaseAttribute:
        """The attribute of that id.

        Raises:
            InvalidInputError: There is none.
        """
        for attribute in self.attributes:
            if attribute.id == name:
                return attribute
        raise InvalidInputError("the list of cases", [unknown_attribute("", name, self.attributes)])


def unknown_attribute(where: Place | str, name: object, attributes: Iterable[CaseAttribute]) -> Problem:
    """The problem that a name stands for none of the attributes."""
    known = [attribute.id for attribute in attributes]
    hint = hint_for(as_text(name), known, f"Use {join(known, 'or')}" if known else "")
    return Problem(where, f"{shown(name)} is not an attribute of the cases", hint)


def check_attributes(attributes: Sequence[CaseAttribute]) -> list[Problem]:
    """Everything that is wrong with the attributes themselves; none where they can describe cases."""
    return list(_attribute_problems(attributes))


def check_cases(
    attributes: Sequence[CaseAttribute], cases: Sequence[Case], places: Sequence[Place] = ()
) -> list[Problem]:
    """Everything in the cases that is neither a pseudonym nor a declared code; none where all fit.

    A value that is not a code is not repeated in the problems, and neither is an id that is not a pseudonym: either may
    be personal.

    Args:
        attributes: What is known of every case.
        cases: The cases.
        places: Where each case stands, one for each; ``case C12`` where empty.

    Returns:
        One problem for each fault, in the order of the cases; the column of its place is the attribute's id where it
        is about one of a row in a file, else the path of its place is.
    """
    return list(_case_problems(attributes, cases, places))


def _attribute_problems(attributes: Sequence[CaseAttribute]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, attribute in enumerate(attributes, 1):
        named = _fits(attribute.id, _KEY)
        where = f"attribute {attribute.id}" if named else f"attribute number {number}"
        if not named:
            yield Problem(
                where, f"{shown(attribute.id)} is not an id", "Use small letters, digits and _, a letter first"
            )
        elif attribute.id == "id":
            yield Problem(where, "the id of a case is not an attribute", "Choose another name")
        elif attribute.id in seen:
            yield Problem(where, "it is declared twice", "Keep one")
        seen.add(attribute.id)
        if not attribute.codes:
            yield Problem(where, "it has no codes", "List every value that it may have")
        codes: list[str] = []
        for code in attribute.codes:
            if not _fits(code.id, _CODE):
                yield Problem(
                    where, f"{shown(code.id)} is not a code", "Use 1 to 40 characters without spaces at the ends"
                )
            elif code.id in codes:
                yield Problem(where, f"the code {shown(code.id)} is declared twice", "Keep one")
            codes.append(code.id)


def _case_problems(
    attributes: Sequence[CaseAttribute], cases: Sequence[Case], places: Sequence[Place]
) -> Iterator[Problem]:
    if places and len(places) != len(cases):
        yield Problem(
            "places", f"{plural(len(places), 'place')} for {plural(len(cases), 'case')}", "Give one for each, or none"
        )
        places = ()
    if not cases:
        yield Problem("", "there are no cases", "Give at least one")
    declared = {attribute.id: attribute for attribute in attributes}
    first: dict[str, Place] = {}
    for number, case in enumerate(cases, 1):
        wrong = _no_pseudonym(case.id)
        name = f"case number {number}" if wrong else f"case {case.id}"
        where = places[number - 1] if places else Place(row=name)
        if wrong:
            yield Problem(where, *wrong)
        elif case.id in first:
            other = f" and belongs to {first[case.id]}" if places else ""
            yield Problem(where, f"the id {case.id} is given twice{other}", "Give every case an id of its own")
        else:
            first[case.id] = where
        yield from _value_problems(where, case, declared)


def _value_problems(where: Place, case: Case, declared: Mapping[str, CaseAttribute]) -> Iterator[Problem]:
    given: dict[str, object] = {}
    for name, value in case.attributes:
        if name not in declared:
            yield unknown_attribute(where, name, declared.values())
        elif name in given:
            yield Problem(_attribute_of(where, name), "it is given twice", "Keep one")
        else:
            given[name] = value
    for name, attribute in declared.items():
        codes = [code.id for code in attribute.codes if _fits(code.id, _CODE)]
        found = given.get(name)
        if found is None or found == "":
            hint = "Give one of its codes; where it can be unknown, declare a code for that"
            yield Problem(_attribute_of(where, name), "there is no value", hint)
        elif found not in codes:
            few = f"Use {join(codes, 'or')}" if len(codes) <= 12 else "Use one of those declared"
            hint = did_you_mean(near(as_text(found), codes, limit=1)) or few
            yield Problem(_attribute_of(where, name), "the value is not one of its codes", hint)


def _attribute_of(case: Place, name: str) -> Place:
    return case._replace(column=name) if case.file else case._replace(path=name)


def _fits(text: object, form: re.Pattern[str]) -> bool:
    return isinstance(text, str) and form.fullmatch(text) is not None


def _no_pseudonym(id: object) -> tuple[str, str] | None:
    """What is wrong with a case's id, and what to do; nothing where it is a pseudonym."""
    hint = "Give the case a pseudonym of 1 to 20 letters, digits, - and _, such as C12"
    if not isinstance(id, str) or _PSEUDONYM.fullmatch(id) is None:
        return "its id is not a pseudonym", hint
    bare = id.replace("-", "").replace("_", "")
    if len(bare) == 10 and bare.isdigit():
        return "its id has ten digits, as an NHS number has", hint
    if is_total(id):
        return f"{id} is a row of totals, and each row is a case", "Leave it out: cases are counted here"
    return None
