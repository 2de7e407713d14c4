"""What hooks may return; everything else is refused by an error of its own class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from careassure.errors import CareAssureError, HookReturnError
from careassure.methods.method import Method
from careassure.model.exact import class_name, faults
from careassure.model.framework import Framework
from careassure.model.ids import is_slug
from careassure.model.scale import Scale
from careassure.plugins.guard import repr_of, touch

HOOKS = (
    "careassure_descriptors",
    "careassure_frameworks",
    "careassure_methods",
    "careassure_readers",
    "careassure_scorers",
)
_MOST_LETTERS = 100
_ABSENT = object()

Failed = Callable[[str], CareAssureError]


class Traits(NamedTuple):
    """What a scorer says of itself, read once."""

    name: str
    version: str
    title: str
    scales: tuple[Scale, ...]


_KINDS: dict[str, tuple[type, str]] = {
    "careassure_frameworks": (Framework, "a Framework"),
    "careassure_methods": (Method, "a Method"),
}


def _kind(hook: str) -> tuple[type, str]:
    if hook == "careassure_descriptors":
        from careassure.model.descriptor import DescriptorTable  # no rating needs it

        return DescriptorTable, "a DescriptorTable"
    return _KINDS[hook]


def checked_item(hook: str, item: object, where: Mapping[str, str]) -> object:
    """Refuse an item of the wrong kind, or with a name that cannot be used.

    Tables of descriptors, frameworks and methods have to be of exactly that class, and so has everything inside them: a
    subclass could say something else whenever it is asked.

    Returns:
        The item; a scorer together with what it says of itself.

    Raises:
        HookReturnError: It is something else.
    """
    if hook == "careassure_scorers":
        return traits_of(item, lambda why: HookReturnError(f"{hook} gave {why}", **where)), item
    if hook == "careassure_readers":
        return _checked_reader(item, lambda why: HookReturnError(f"{hook} gave {why}", **where))
    kind, words = _kind(hook)
    if type(item) is not kind:
        raise HookReturnError(f"{hook} gave {repr_of(item)}, which is not {words}", **where)
    for fault in faults(item):
        raise HookReturnError(f"{hook} gave {words} that is wrong: {fault}", **where)
    value: Any = item
    for problem in _name_problems(value.id, value.version, value.title, lines=True):
        raise HookReturnError(f"{hook} gave {problem}", **where)
    return item


def _checked_reader(item: object, failed: Failed) -> object:
    """Refuse what is not exactly a Reader, or one whose words or functions are not what they should be."""
    from careassure.tables.reader import Reader  # no rating needs it

    if type(item) is not Reader:
        raise failed(f"{repr_of(item)}, which is not a Reader")
    for problem in _name_problems(item.id, item.title, item.title, lines=False):
        raise failed(problem)
    for what, text in (("about", item.about), ("source", item.source)):
        if type(text) is not str or not text.strip():
            raise failed(f"{item.id}, whose {what} is {repr_of(text)}. It is text, not empty")
    for what, function in (("recognises", item.recognises), ("read", item.read)):
        if not touch(failed, callable, function):
            raise failed(f"{item.id}, whose {what} is {repr_of(function)}. It is a function")
    return item


def traits_of(scorer: object, failed: Failed) -> Traits:
    """What a scorer says of itself, each thing asked for once.

    Args:
        scorer: The scorer.
        failed: Makes the error from what is wrong in words, which can follow "it gave".

    Raises:
        CareAssureError: What ``failed`` made: it lacks something that a scorer has, or raised when it was asked.
    """
    found: dict[str, object] = {}
    if not issubclass(type(scorer), type):
        for what in ("name", "version", "title", "accepts", "score", "scales", "method"):
            found[what] = touch(
                lambda why, what=what: failed(  # type: ignore[misc]
                    f"a scorer ({class_name(scorer)}) whose {what} raised {why}"
                ),
                getattr, scorer, what, _ABSENT,
            )  # fmt: skip
    # By identity: a name could be a liar that is asked whether it equals something.
    lacks = any(found.get(what, _ABSENT) is _ABSENT for what in ("name", "version", "title"))
    if lacks or not all(callable(found[what]) for what in ("accepts", "score")):
        raise failed(f"{repr_of(scorer)}, which is not a scorer: it needs name, version, title, accepts and score")
    for problem in _name_problems(found["name"], found["version"], found["title"], lines=False):
        raise failed(problem)
    name, version, title = (str(found[what]) for what in ("name", "version", "title"))
    return Traits(name, version, title, _scales(found["scales"], found["method"], name, failed))


def _name_problems(name: object, version: object, title: object, *, lines: bool) -> Iterator[str]:
    if type(name) is not str or not is_slug(name) or len(name) > _MOST_LETTERS:
        yield (
            f"something called {repr_of(name)}. "
            f"Its name is lower-case letters, digits and hyphens, at most {_MOST_LETTERS} of them"
        )
        return
    for what, text in (("version", version), ("title", title)):
        signs = not lines and type(text) is str and any(ord(letter) < 32 or ord(letter) == 127 for letter in text)
        if type(text) is not str or not text.strip() or signs:
            wanted = "text" if lines else "one line of text"
            yield f"{name}, which has the {what} {repr_of(text)}. It is {wanted}, not empty"


def _scales(declared: object, method: object, name: str, failed: Failed) -> tuple[Scale, ...]:
    """The scales that a scorer brings beside those of a framework: its own ``scales`` and its method's."""
    scales: tuple[Scale, ...] = ()
    if declared is not _ABSENT:
        if type(declared) is not tuple or any(type(scale) is not Scale for scale in declared):
            raise failed(f"{name}, whose scales are {repr_of(declared)}. They are a tuple of Scale")
        for fault in (fault for scale in declared for fault in faults(scale)):
            raise failed(f"{name}, whose scales are wrong: {fault}")
        scales = declared
    if type(method) is Method:
        scales += method.scales
    return scales
