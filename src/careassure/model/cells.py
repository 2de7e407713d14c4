"""What the text of a cell means: a score, or a number. The same cell means the same in every table.

No text passes through a float on its way. What is neither a score, a state, a number nor a mark is an error that says
what was found; only a cell with nothing in it is not known.
"""

from __future__ import annotations

from fractions import Fraction

from careassure.errors import InvalidInputError, Problem
from careassure.model.ids import shown, without_unseen
from careassure.model.numbers import printed
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.scores import read_score
from careassure.model.shorthand import Suppressed
from careassure.model.vocabulary import MARKS, Mark, mark_of, trailing_marks, why_odd

_WRITE = "Write digits, such as 86 or 1204.5"


def score_of(text: str, scale: Scale) -> Grade | NotRated | None:
    """The score that a cell holds: a grade, the state of having none, or None where the cell is blank.

    >>> from careassure import framework
    >>> scale = framework("cqc-la").scale_of("equity")
    >>> score_of(" 3.0 ", scale).key, score_of("n/a", scale).reason, score_of(" ", scale)
    ('good_standard', 'not_applicable', None)

    Raises:
        UnknownGradeError: It holds something else, such as a spreadsheet's error or a word with a note.
    """
    found = read_score(text)
    if not found and isinstance(found, str):
        return None
    return scale.read(found if scale.numeric else str(found))


def value_of(text: str) -> Fraction | Suppressed | None:
    """The number that a cell holds, the mark that stands in its place, or None where the cell is blank.

    >>> value_of("1,204.5"), value_of("38 %"), value_of("[c]"), value_of(" ")
    (Fraction(2409, 2), Fraction(38, 1), Suppressed(mark='c'), None)

    Raises:
        InvalidInputError: It holds something else, or a number with a mark behind it, see `marked_value_of`.
    """
    value, marks = marked_value_of(text)
    if marks:
        said = f"[{marks[0]}] behind the number says: {MARKS[marks[0]].words}"
        raise _refused(text, said, "Put the mark into a column of its own")
    return value


def marked_value_of(text: str) -> tuple[Fraction | Suppressed | None, tuple[Mark, ...]]:
    """The number that a cell holds with the marks behind it, or what stands in its place, without marks.

    >>> marked_value_of("12.3 [p][e]")
    (Fraction(123, 10), ('p', 'e'))

    Raises:
        InvalidInputError: It holds something else.
    """
    plain = without_unseen(text).replace("\u2212", "-").strip()
    if not plain:
        return None, ()
    mark = mark_of(plain)
    if mark is not None:
        return Suppressed(mark), ()
    marks, rest = trailing_marks(plain)
    number = printed(rest.removesuffix("%").rstrip())
    if number is not None:
        return number, marks
    why, cure = why_odd(rest if marks else plain)
    raise _refused(text, why, cure or _WRITE)


def _refused(text: str, why: str, cure: str) -> InvalidInputError:
    said = f"{shown(text)} is not a number"
    return InvalidInputError("the number", [Problem("", f"{said}: {why}" if why else said, cure)])
