"""Every error that careassure raises on purpose.

All of them derive from `CareAssureError` and also from the builtin that a caller would expect
(`ValueError`, `TypeError`, `LookupError`). Each says what is wrong, where, and what to do, and
carries those three as attributes: ``message``, ``where`` and ``hint``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


# Named tuples and not attrs: `careassure --help` needs this module, and loads no library.
class Place(NamedTuple):
    """Where something is, part by part. Its text is what messages print; nothing reads the parts back out of it.

    >>> str(Place("scores.csv", 7, "date")), str(Place(path="scores.equity"))
    ('scores.csv, row 7, column date', 'scores.equity')

    Args:
        file: The file.
        row: The row's number as a spreadsheet shows it, or the words that tell the row apart, such as ``case C12``.
        column: The column.
        path: The field inside a file or a value, such as ``nodes[0].rungs``; also any other words.
    """

    file: str = ""
    row: int | str | None = None
    column: str = ""
    path: str = ""

    def __str__(self) -> str:
        row = f"row {self.row}" if isinstance(self.row, int) else self.row
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.file, row, column, self.path) if part)

    def __bool__(self) -> bool:
        return bool(str(self))


def _sentence(where: Place, message: str, hint: str) -> str:
    text = f"{where}: {message}" if where else message
    return f"{text}. {hint}" if hint else text


class CareAssureError(Exception):
    """Base of every error that careassure raises on purpose.

    Args:
        message: What is wrong, as a clause without a full stop.
        where: The place that it is about, or its words; empty where the message says it.
        hint: What to do about it; empty where nothing more can be said.
    """

    _words_are: ClassVar[Literal["file", "path"]] = "path"
    """What words are that stand for a place."""

    def __init__(self, message: str, *, where: Place | str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where: Place = where if isinstance(where, Place) else Place(**{self._words_are: where})
        self.hint = hint

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says, one text for each line."""
        return (_sentence(self.where, self.message, self.hint),)

    def __str__(self) -> str:
        return "\n".join(self.lines)


class _Problem(NamedTuple):
    where: Place
    message: str
    hint: str = ""


class Problem(_Problem):
    """One thing wrong with an input.

    Args:
        where: Where it is: a place, or words that become the path of one.
        message: What it is, as a clause without a full stop.
        hint: What to do about it; empty where nothing more can be said.
    """

    __slots__ = ()

    def __new__(cls, where: Place | str, message: str, hint: str = "") -> Self:
        """Words become the path of a place."""
        return super().__new__(cls, where if isinstance(where, Place) else Place(path=where), message, hint)

    def __str__(self) -> str:
        return _sentence(self.where, self.message, self.hint)


class InvalidInputError(CareAssureError, ValueError):
    """One or more things are wrong with an input; ``problems`` lists them all.

    Args:
        what: The thing that was looked at, such as ``"the assessment of Camden"``.
        problems: Everything that is wrong with it; at least one.
    """

    def __init__(self, what: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(what)
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(problems))

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says, one text for each line: all in one where there is one problem, otherwise one for each."""
        if len(self.problems) == 1:
            return (f"{self.message}: {self.problems[0]}",)
        each = (f"  {number}. {problem}" for number, problem in enumerate(self.problems, 1))
        return (f"{self.message}: {len(self.problems):,} problems", *each)


class _Collecting:
    """What `collecting` gives. Its ``__exit__`` never returns true, so type checkers know that errors go through."""

    def __init__(self, what: str, error: type[InvalidInputError]) -> None:
        self._what = what
        self._error = error
        self._problems: list[Problem] = []

    def __enter__(self) -> list[Problem]:
        return self._problems

    def __exit__(self, kind: type[BaseException] | None, value: object, traceback: object) -> None:
        if kind is None and self._problems:
            raise self._error(self._what, self._problems)


def collecting(what: str, error: type[InvalidInputError] = InvalidInputError) -> _Collecting:
    """A block that collects problems in a list, and raises one error for all of them at its end.

    An error that is raised inside the block goes through as it is.

    >>> with collecting("the interval") as problems:
    ...     problems.append(Problem("level", "2 is not between 0 and 1"))
    Traceback (most recent call last):
        ...
    careassure.errors.InvalidInputError: the interval: level: 2 is not between 0 and 1

    Args:
        what: The thing that is looked at.
        error: The kind of error that is raised.
    """
    return _Collecting(what, error)


class InvalidAssessmentError(InvalidInputError):
    """An assessment that does not fit its framework: unknown statements, impossible scores, and so on."""


class InvalidTableError(InvalidInputError):
    """A table whose columns do not fit, or whose rows hold something that is not a score.

    Args:
        what: The thing that was looked at.
        problems: What is wrong with it; of many rows the first ten.
        rows: How many rows are wrong; 0 where it is about columns.
    """

    def __init__(self, what: str, problems: Iterable[Problem] = (), *, rows: int = 0) -> None:
        super().__init__(what, problems)
        self.rows = rows


class InvalidWorkspaceError(InvalidInputError):
    """A workspace with rows that cannot be read, links that lead nowhere, or personal data."""


class PersonalDataError(InvalidInputError):
    """A text holds what looks like personal data; the message covers most of it."""


class InvalidMethodError(InvalidInputError):
    """A scoring method whose file or rules are wrong."""


class InvalidFrameworkError(InvalidInputError):
    """A framework whose parts contradict each other."""


class ScaleMismatchError(CareAssureError, TypeError):
    """Two grades of different scales, or a grade and something else, were compared."""


class UnknownGradeError(CareAssureError, ValueError):
    """A value is not a grade of the scale it was read against."""


def did_you_mean(suggestions: Sequence[str]) -> str:
    """The question whether one of several names was meant; empty where there are none.

    >>> did_you_mean(["a", "b", "c"]), did_you_mean([])
    ('Did you mean a, b or c?', '')
    """
    *rest, last = suggestions or ("",)
    names = f"{', '.join(rest)} or {last}" if rest else last
    return f"Did you mean {names}?" if names else ""


class NameLookupError(CareAssureError, LookupError):
    """A name stands for nothing that is known; ``suggestions`` lists near ones.

    Args:
        message: What is wrong.
        where: The place it was found.
        hint: What to do; made from the suggestions where none is given.
        suggestions: Names that would have worked, nearest first.
    """

    def __init__(
        self, message: str, *, where: Place | str = "", hint: str = "", suggestions: Iterable[str] = ()
    ) -> None:
        self.suggestions: tuple[str, ...] = tuple(suggestions)
        if not hint and self.suggestions:
            hint = did_you_mean(self.suggestions)
        super().__init__(message, where=where, hint=hint)


class UnknownCouncilError(NameLookupError):
    """No council has that name, alias or code."""


class AmbiguousCouncilError(NameLookupError):
    """A name or an old code could mean several councils; ``suggestions`` names them."""


class UnknownFrameworkError(NameLookupError):
    """No framework has that id, or it has no such version."""


class UnknownStatementError(NameLookupError):
    """The framework has no statement, theme or part of that name."""


class AmbiguousNameError(NameLookupError):
    """The name means one thing in the framework and another elsewhere: a context is needed."""


class UnknownScorerError(NameLookupError):
    """No installed scorer has that name, or none fits the framework."""


class IncomparableError(CareAssureError, ValueError):
    """Values that do not measure the same thing in the same way were to be compared."""


class MissingExtraError(CareAssureError, ImportError):
    """A library that an extra brings is not installed."""


class ReadError(CareAssureError, ValueError):
    """A file could not be read: missing, a directory, too large, not text, or of no known format.

    Args:
        message: What is wrong.
        where: The file, or a place in it.
        hint: What to do.
    """

    _words_are = "file"


class WriteError(CareAssureError, ValueError):
    """A file could not be written; nothing was left behind.

    Args:
        message: What is wrong.
        where: The file, or a place in it.
        hint: What to do.
    """

    _words_are = "file"


class PluginError(CareAssureError):
    """A plugin did something that the host does not allow.

    Args:
        message: What is wrong.
        plugin: The plugin's name.
        distribution: The distribution it came from, with its version.
        hint: What to do.
    """

    def __init__(self, message: str, *, plugin: str = "", distribution: str = "", hint: str = "") -> None:
        source = f" (from {distribution})" if distribution else ""
        super().__init__(message, where=f"plugin {plugin}{source}" if plugin else "", hint=hint)
        self.plugin = plugin
        self.distribution = distribution


class PluginImportError(PluginError):
    """A plugin cannot be imported."""


class PluginUnreadableError(PluginError):
    """What a plugin is, or what its distribution says of it, cannot be read."""


class UnknownHookError(PluginError):
    """A plugin implements a hook that does not exist, or lacks the marker on one that does."""


class HookArgumentsError(PluginError):
    """A hook of a plugin asks for arguments that the hook does not have."""


class PluginIsClassError(PluginError):
    """A class was given as a plugin where an instance of it, or a module, is needed."""


class HookWrapperError(PluginError):
    """A hook of a plugin is a wrapper, which could replace what other plugins offer."""


class PluginConflictError(PluginError):
    """A plugin's name, or the name of something that it offers, is claimed twice."""


class PluginVersionError(PluginError):
    """A plugin was written for another version of the hooks."""


class HookCallError(PluginError):
    """A hook of a plugin raised."""


class HookReturnError(PluginError):
    """A hook of a plugin returned something that it may not."""


class ScorerError(CareAssureError):
    """A scorer raised, or returned something that is not a sound outcome.

    Args:
        message: What is wrong.
        scorer: The scorer's name.
        hint: What to do.
    """

    def __init__(self, message: str, *, scorer: str = "", hint: str = "") -> None:
        super().__init__(message, where=f"scorer {scorer}" if scorer else "", hint=hint)
        self.scorer = scorer


class ScorerRaisedError(ScorerError):
    """A scorer raised something that is not an error of careassure."""


class ScorerReturnError(ScorerError):
    """A scorer returned something that is not a sound outcome of this assessment, or changed the assessment."""


class ForeignGradeError(ScorerError):
    """A scorer returned grades of different scales where one is needed, or a grade of no scale that it can use."""


class ReaderError(CareAssureError):
    """A reader of files raised, or returned something that is not a sound reading.

    Args:
        message: What is wrong.
        reader: The reader's id.
        hint: What to do.
    """

    def __init__(self, message: str, *, reader: str = "", hint: str = "") -> None:
        super().__init__(message, where=f"reader {reader}" if reader else "", hint=hint)
        self.reader = reader


class ReaderRaisedError(ReaderError):
    """A reader raised something that is not an error of careassure."""


class ReaderReturnError(ReaderError):
    """A reader returned something that is not a sound reading, or said neither True nor False."""


class UnknownFileError(ReadError):
    """No installed reader knows the file, or more than one does."""


class TraceError(ScorerError):
    """The trace of an outcome does not add up to its result."""
