"""Every error raised on purpose: what it is, what it says, and that it survives a copy."""

from __future__ import annotations

import copy
import inspect
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure import errors
from careassure.errors import (
    CareAssureError,
    InvalidInputError,
    InvalidMethodError,
    NameLookupError,
    Place,
    PluginError,
    Problem,
    ReaderError,
    ReadError,
    ScorerError,
    WriteError,
    collecting,
)
from careassure.testing.strategies import texts

CLASSES = [
    item
    for name, item in inspect.getmembers(errors, inspect.isclass)
    if issubclass(item, BaseException) and item.__module__ == errors.__name__ and not name.startswith("_")
]
BUILTINS = (ValueError, TypeError, LookupError, ImportError)
OTHERS_FAULTS = PluginError | ScorerError | ReaderError
"""Errors of code that is not the library's: no input is at fault."""
INPUTS = [kind for kind in CLASSES if kind is not CareAssureError and not issubclass(kind, OTHERS_FAULTS)]
PLAIN = [kind for kind in CLASSES if not issubclass(kind, InvalidInputError | OTHERS_FAULTS)]


def make(kind: type[CareAssureError], message: str, where: str, hint: str) -> CareAssureError:
    """An error of a class with everything in it that the class can carry."""
    if issubclass(kind, InvalidInputError):
        return kind(message, [Problem(where, message, hint), Problem("", "other")])
    if issubclass(kind, PluginError):
        return kind(message, plugin=where, distribution="dist 1.0", hint=hint)
    if issubclass(kind, ScorerError):
        return kind(message, scorer=where, hint=hint)
    if issubclass(kind, ReaderError):
        return kind(message, reader=where, hint=hint)
    if issubclass(kind, NameLookupError):
        return kind(message, where=where, hint=hint, suggestions=["one", "two"])
    return kind(message, where=where, hint=hint)


def test_every_class_is_listed() -> None:
    """The module holds the classes that this file is about, the base among them."""
    assert len(CLASSES) >= 18
    assert CareAssureError in CLASSES


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_has_the_one_base(kind: type[Exception]) -> None:
    """Whoever catches CareAssureError catches every error that is raised on purpose."""
    assert issubclass(kind, ca.CareAssureError)
    assert kind.__doc__


@pytest.mark.parametrize("kind", INPUTS)
def test_every_error_about_an_input_is_a_builtin_too(kind: type[Exception]) -> None:
    """An error about what was given is also a ValueError, TypeError or LookupError; about a library, an ImportError."""
    assert sum(issubclass(kind, builtin) for builtin in BUILTINS) == 1


@given(st.sampled_from(CLASSES), texts(), texts(), texts())
def test_copies_keep_everything(kind: type[CareAssureError], message: str, where: str, hint: str) -> None:
    """A pickled or copied error has the class, the words and every attribute of the first."""
    error = make(kind, message, where, hint)
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is kind
        assert str(other) == str(error)
        assert vars(other) == vars(error)
        assert other.args == error.args


@given(st.sampled_from(PLAIN), texts(min_size=1), texts(), texts(min_size=1))
def test_text_is_where_message_hint(kind: type[CareAssureError], message: str, where: str, hint: str) -> None:
    """An error reads "where: message. hint", without the parts that are empty."""
    error = make(kind, message, where, hint)
    assert str(error) == (f"{where}: " if where else "") + f"{message}. {hint}"
    assert (error.message, str(error.where), error.hint) == (message, where, hint)
    assert str(CareAssureError(message)) == message


@given(texts(), st.integers() | texts() | st.none(), texts(), texts())
def test_a_place_keeps_its_parts(file: str, row: int | str | None, column: str, path: str) -> None:
    """A place prints the parts that it has, each in the words of its kind, and is false where it has none."""
    place = Place(file, row, column, path)
    said = [file, f"row {row}" if isinstance(row, int) else row or "", column and f"column {column}", path]
    assert str(place) == ", ".join(filter(None, said))
    assert bool(place) is bool(str(place))
    assert Problem(place, "x").where is place
    assert CareAssureError("x", where=place).where is place


@given(texts())
def test_words_become_a_place(words: str) -> None:
    """Words are the path of a place; of a file that cannot be read or written they are the file."""
    assert Problem(words, "x").where == CareAssureError("x", where=words).where == Place(path=words)
    assert ReadError("x", where=words).where == WriteError("x", where=words).where == Place(words)


@given(st.lists(st.builds(Problem, texts(), texts(), texts()), max_size=3))
def test_collected_problems_are_one_error(problems: list[Problem]) -> None:
    """A block without problems passes, one with some raises all of them as one error of the kind that was asked for."""
    found: InvalidInputError | None = None
    try:
        with collecting("the thing", InvalidMethodError) as said:
            said.extend(problems)
    except InvalidMethodError as error:
        found = error
    assert (found.problems if found else ()) == tuple(dict.fromkeys(problems))


def test_an_error_inside_the_block_goes_through() -> None:
    """What is raised while problems are collected is not covered by them."""

    def fail() -> None:
        with collecting("the thing") as said:
            said.append(Problem("", "wrong"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()


@given(texts(), texts(), texts())
def test_a_problem_reads_like_an_error(where: str, message: str, hint: str) -> None:
    """One problem of several reads as an error of its own would."""
    assert str(Problem(where, message, hint)) == str(CareAssureError(message, where=where, hint=hint))


@given(texts(), st.lists(st.builds(Problem, texts(), texts(), texts()), min_size=1, max_size=4))
def test_every_problem_is_in_the_text(what: str, problems: list[Problem]) -> None:
    """An error about several problems names the thing, counts them and lists each once, on a line of its own."""
    error = InvalidInputError(what, problems)
    different = list(dict.fromkeys(problems))
    assert list(error.problems) == different
    if len(different) == 1:
        assert str(error) == f"{what}: {problems[0]}"
    else:
        lines = [f"\n  {number}. {problem}" for number, problem in enumerate(different, 1)]
        assert str(error) == f"{what}: {len(different)} problems{''.join(lines)}"


def test_suggestions_become_a_hint() -> None:
    """Where near names are known and no hint is given, the hint asks for them."""
    error = NameLookupError("no such thing", suggestions=iter(["a", "b"]))
    assert error.suggestions == ("a", "b")
    assert str(error) == "no such thing. Did you mean a or b?"
    assert NameLookupError("no", hint="Look", suggestions=["a"]).hint == "Look"


def test_plugin_and_scorer_errors_say_whose_they_are() -> None:
    """An error of a plugin names the plugin and its distribution, one of a scorer names the scorer."""
    assert str(PluginError("it broke", plugin="p", distribution="d 1", hint="Mend it")) == (
        "plugin p (from d 1): it broke. Mend it"
    )
    assert str(PluginError("it broke", plugin="p")) == "plugin p: it broke"
    assert str(PluginError("it broke")) == "it broke"
    assert str(ScorerError("it broke", scorer="s")) == "scorer s: it broke"
    assert str(ScorerError("it broke")) == "it broke"
    assert str(ReaderError("it broke", reader="r", hint="Mend it")) == "reader r: it broke. Mend it"
    assert str(ReaderError("it broke")) == "it broke"
