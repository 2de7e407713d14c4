"""The forms in which a council's name is printed: with titles before and after it, turned round, beside a code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careassure.model.ids import without_unseen
from careassure.model.patterns import Later
from careassure.model.text import fold

CODE = re.compile(r"[A-Za-z][0-9]{8}")
"""A code of the Office for National Statistics."""

_CODE_INSIDE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z][0-9]{8})(?![A-Za-z0-9])")
_NEARLY_A_CODE = Later(r"[EWSNKewsnk][0-9Oo]{5,11}")
_FRONT = Later(
    r"(?:the|council of|metropolitan borough of|metropolitan borough council of|metropolitan district of|"
    r"london borough of|royal borough of|borough of|borough council of|city of|city council of|"
    r"city and county of(?: the)?|city and borough of|city and district of|city and metropolitan borough of|"
    r"county of|county council of|district of|unitary authority of|corporation of|l ?b of|r ?b of|l b|r b|lb|rb|lbc|"
    r"mbc|"
    r"[0-9]{3}) "
)
# The short endings are those of Ordnance Survey's Boundary-Line ("Camden London Boro", "Bolton District (B)"), of the
# returns of adult social care ("811-Poole UA") and of tables that put the title last ("Barking & Dagenham LB").
_BACK = Later(
    r" (?:metropolitan borough council|metropolitan district council|metropolitan district|metropolitan borough|"
    r"metropolitan|met borough council|met borough|met bc|met|london borough council|london borough|london boro|"
    r"royal borough council|royal borough|royal boro|borough council|county council|city council|"
    r"unitary authority|unitary council|unitary|district council|district|"
    r"borough|boro|city|county|council|corporation|local authority assessment|local authority|adult social care|"
    r"adult services|social services|asc|mbc|mdc|mb|md|lbc|lb|rb|cc|dc|bc|ua|b)$"
)
_LONGEST = 200
"""No council's name with its titles is longer."""
_TURNED = Later(r"^(.*\S)\s*,\s*((?:the\s+)?[^,]*\s+of(?:\s+the)?|lb|rb|the)\s*$", re.IGNORECASE)


_SHORT = {
    "n": "north", "nth": "north", "s": "south", "sth": "south", "e": "east", "w": "west", "ne": "north east",
    "nw": "north west", "yorks": "yorkshire", "lincs": "lincolnshire", "northants": "northamptonshire",
    "glos": "gloucestershire", "beds": "bedfordshire", "berks": "berkshire", "ches": "cheshire",
    "derbys": "derbyshire", "soms": "somerset",
}  # fmt: skip
"""Words that are shortened in print. They are read so only where the name is no council's as it stands."""


def in_full(name: str) -> str:
    """A name whose shortened words are written in full.

    >>> in_full("Bath & N.E. Somerset"), in_full("N Yorks")
    ('bath and north east somerset', 'north yorkshire')
    """
    return " ".join(_SHORT.get(word, word) for word in fold(name).split())


_NOTE = Later(
    r"\s*(?:[\[(](?:note *)?[0-9]{1,2}[\])]|[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070-\u2079])+$", re.IGNORECASE
)


def without_note(text: str) -> str:
    """A name without the number or the sign of a note behind it.

    >>> without_note("Camden [note 1]"), without_note("Camden\u00b9"), without_note("Camden (B)")
    ('Camden', 'Camden', 'Camden (B)')
    """
    return _NOTE.now.sub("", text)


def without_code(text: str) -> tuple[str, str]:
    """A name and the code that stands beside it; the code is empty where there is none.

    >>> without_code("Leicester (e06000016)"), without_code("E06000016: Leicester"), without_code("Leicester")
    (('Leicester', 'E06000016'), ('Leicester', 'E06000016'), ('Leicester', ''))
    """
    plain = " ".join(without_unseen(text).split())
    codes = _CODE_INSIDE.findall(plain)
    if len(codes) != 1:
        return plain, ""
    rest = _CODE_INSIDE.sub(" ", plain, count=1)
    return re.sub(r"[(\[]\s*[)\]]", " ", rest).strip(" -:;,/|\u2013\u2014"), codes[0].upper()


def is_nearly_a_code(text: str) -> bool:
    """Whether a text looks like a code with a sign too few or too many."""
    return _NEARLY_A_CODE.now.fullmatch(text.replace(" ", "")) is not None


def forms(name: str) -> Iterator[str]:
    """A name folded, with fewer and fewer titles before and after it.

    >>> list(forms("811-Poole UA"))[-1], list(forms("Bristol, City of"))[-1], list(forms("Bolton District (B)"))[-1]
    ('poole', 'bristol', 'bolton')
    """
    if len(name) > _LONGEST:
        yield fold(name)  # the titles of a text without end are not taken away one by one
        return
    seen: set[str] = set()
    turned = _TURNED.now.match(name)
    for text in (name, *([f"{turned[2]} {turned[1]}"] if turned else [])):
        word = fold(text)
        while True:
            form = word
            if form not in seen:
                seen.add(form)
                yield form
            while title := _BACK.now.search(form):
                form = form[: title.start()]
                # "London" may belong to the title or to the name: "City of London Borough Council".
                for shorter in (f"{form} london", form) if title[0].startswith(" london") else (form,):
                    if shorter not in seen:
                        seen.add(shorter)
                        yield shorter
            front = _FRONT.now.match(word)
            if front is None:
                break
            word = word[front.end() :]
