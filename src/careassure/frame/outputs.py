"""What can be asked for of a table of scores, and the columns in which it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.scale import Scale
from careassure.model.text import hint_for, join

OUTPUTS: dict[str, str] = {
    "rating": "the key of the overall grade; blank where it is open between several or there is none",
    "low": "the lowest overall grade that is possible",
    "high": "the highest overall grade that is possible",
    "suggested": "the overall grade that the method suggests where judgement decides",
    "score": "the displayed score, a whole number; blank where it is open or the method prints none",
    "score_low": "the displayed score at worst",
    "score_high": "the displayed score at best",
    "percentage": "the exact percentage, as the two whole numbers of a fraction",
    "percentage_low": "the exact percentage at worst, in the same way",
    "percentage_high": "the exact percentage at best, in the same way",
    "margin": "the fewest points to the grade below and above, and these grades",
    "flags": "each notice: true, false, or blank where it hangs on what is open",
    "profile": "the grade of each theme and statement that the scorer grades; blank where it is open",
    "profile_low": "the lowest grade that each of them can have",
    "profile_high": "the highest grade that each of them can have",
    "scorer": "the name of the scorer",
    "version": "the version of the scorer",
}
"""The names that ``outputs`` may hold, with what each gives."""

Kind = Literal["grade", "whole", "truth", "text"]


@frozen
class OutputColumn:
    """A column of results.

    Args:
        key: What it is, such as ``margin_up``, ``flag score-of-1`` or ``profile safe``.
        name: Its name in the table.
        kind: ``grade``: a key of ``scale``; ``whole``: a whole number; ``truth``; ``text``: the same for all rows.
        scale: The scale of a grade.
        text: The text of a constant.
        bits: How many bits a whole number has: 16, 32 or 64.
    """

    key: str
    name: str
    kind: Kind
    scale: Scale | None = None
    text: str = ""
    bits: int = 16

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of the grades that it may hold, lowest first."""
        return tuple(grade.key for grade in self.scale) if self.scale is not None else ()


def read_outputs(outputs: Iterable[str], setting: str = "outputs") -> tuple[str, ...]:
    """The names that were asked for, each once.

    Args:
        outputs: What was asked for.
        setting: How messages spell the setting.

    Raises:
        InvalidInputError: A name that there is not, or none at all.
    """
    asked = [outputs] if isinstance(outputs, str) else list(outputs)
    problems = [Problem(repr(name), "there is no such output", _hint(name)) for name in asked if name not in OUTPUTS]
    if not asked:
        problems.append(Problem("", "nothing is asked for", f"Name some of {join(list(OUTPUTS))}"))
    if problems:
        raise InvalidInputError(setting, problems)
    return tuple(dict.fromkeys(asked))


def _hint(name: object) -> str:
    return hint_for(str(name), OUTPUTS, f"There are {join(list(OUTPUTS))}")


def columns_for(
    outputs: tuple[str, ...],
    *,
    scale: Scale | None,
    flags: Sequence[str],
    profile: Sequence[tuple[str, Scale]],
    scorer: str,
    version: str,
    prefix: str,
    bits: Mapping[str, int],
) -> tuple[OutputColumn, ...]:
    """The columns for some outputs, in their order.

    Args:
        outputs: What was asked for.
        scale: The scale of the overall grade; None where there is none.
        flags: The ids of the notices that the method can give.
        profile: The themes and statements that get a grade, each with the scale of it.
        scorer: The scorer's name.
        version: The scorer's version.
        prefix: What every name begins with.
        bits: How many bits the whole numbers have: of a ``score``, a ``percentage`` and a ``margin``.
    """
    titles = flag_names(flags)

    def columns(output: str) -> Iterator[OutputColumn]:
        if output in ("rating", "low", "high", "suggested"):
            yield OutputColumn(output, f"{prefix}{output}", "grade", scale)
        elif output.startswith("score") and output != "scorer":
            yield OutputColumn(output, f"{prefix}{output}", "whole", bits=bits["score"])
        elif output.startswith("percentage"):
            for part in ("numerator", "denominator"):
                yield OutputColumn(f"{output}_{part}", f"{prefix}{output}_{part}", "whole", bits=bits["percentage"])
        elif output == "margin":
            for way in ("down", "up"):
                yield OutputColumn(f"margin_{way}", f"{prefix}margin_{way}", "whole", bits=bits["margin"])
            for way in ("below", "above"):
                yield OutputColumn(f"margin_{way}", f"{prefix}margin_{way}", "grade", scale)
        elif output.startswith("profile"):
            for id_, own in profile:
                yield OutputColumn(f"{output} {id_}", f"{prefix}{output}_{id_}", "grade", own)
        elif output == "flags":
            for flag in flags:
                yield OutputColumn(f"flag {flag}", f"{prefix}flag_{titles[flag]}", "truth")
        else:
            yield OutputColumn(output, f"{prefix}{output}", "text", text=scorer if output == "scorer" else version)

    return tuple(column for output in outputs for column in columns(output))


def flag_names(flags: Sequence[str]) -> dict[str, str]:
    """What notices are called in the names of columns: a hyphen becomes an underscore, as code likes it.

    Notices that would then have one name keep their ids as they are, so that each has a column of its own.
    """
    plain = [flag.replace("-", "_") for flag in flags]
    return {flag: name if plain.count(name) == 1 else flag for flag, name in zip(flags, plain, strict=True)}
