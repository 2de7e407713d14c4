"""Each refusal says what is wrong, of which plugin of which distribution, and what to do: all of it, every time."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
from attrs import evolve

import careassure as ca
from careassure import errors
from careassure.methods.scorer import MethodScorer
from careassure.model.scale import Scale
from careassure.plugins import hooks
from careassure.plugins.hooks import PluginVersionWarning, hooks_of
from careassure.plugins.host import PluginHost
from careassure.plugins.rules import traits_of
from helpers import built_in_methods

WHERE = {"plugin": "acme", "distribution": "acme-dist 2.0"}
HOOKS = (
    "The hooks are careassure_descriptors, careassure_frameworks, careassure_methods, careassure_readers and "
    "careassure_scorers"
)
METHOD = built_in_methods()[0]
FRAMEWORK = ca.framework("cqc-la")


class Scorer:
    """A scorer that is only looked at."""

    def __init__(self, name: object = "good", version: object = "1", title: object = "Good", **more: object) -> None:
        self.name, self.version, self.title = name, version, title
        vars(self).update(more)

    def accepts(self, _framework: object) -> bool:
        return False

    def score(self, _assessment: object) -> Any:
        raise AssertionError

    def __repr__(self) -> str:
        return "<it>"


def marked(function: Callable[..., Any], **options: Any) -> Any:
    """A function of its own with the marker on it."""
    return ca.hookimpl(**options)(lambda: function())


def _same(value: object) -> object:
    return value


def plugin(**hooks: object) -> SimpleNamespace:
    """A plugin whose hooks give these things."""
    return SimpleNamespace(**{f"careassure_{name}": marked(partial(_same, value)) for name, value in hooks.items()})


def space(**names: object) -> SimpleNamespace:
    return SimpleNamespace(**names)


def asking(text: str) -> Any:
    """A hook with arguments as they are written; it gives them."""
    found: dict[str, Any] = {}
    exec(f"def hook({text}):\n    return [api_version]", found)  # noqa: S102
    return ca.hookimpl(found["hook"])


def module(**names: object) -> ModuleType:
    made = ModuleType("made")
    vars(made).update(names)
    return made


def no() -> Any:
    raise ValueError("no")


class Raises:
    """An attribute that cannot be looked at."""

    @property
    def other(self) -> object:
        raise ValueError("no")


AS = "Write it as (1, 0)"
MARK = "Mark careassure_scorers with @careassure.hookimpl"
LOOKED_AT: dict[str, tuple[object, type[errors.PluginError], str, str]] = {
    "a class": (Scorer, errors.PluginIsClassError, "Scorer is a class", "Register Scorer()"),
    "an attribute that raises": (Raises(), errors.PluginUnreadableError, "looking at it raised ValueError: no", ""),
    "names that raise": (module(__dir__=no), errors.PluginUnreadableError, "looking at it raised ValueError: no", ""),
    "a name that is not text": (
        module(__dir__=lambda: ["a", 7]),
        errors.PluginUnreadableError,
        "a name in it is 7, not text",
        "",
    ),
    "an unmarked hook": (
        space(careassure_scorers=no),
        errors.UnknownHookError,
        "careassure_scorers looks like a hook and carries no marker",
        MARK,
    ),
    "an unmarked hook that is misspelt": (
        space(careassure_scorerz=no),
        errors.UnknownHookError,
        "careassure_scorerz looks like a hook and carries no marker",
        MARK,
    ),
    "what looks like a hook": (
        space(careassure_qqqqqqqqqqqqqqqqqq=no),
        errors.UnknownHookError,
        "careassure_qqqqqqqqqqqqqqqqqq looks like a hook and carries no marker",
        "Rename it, or mark it if it is a hook",
    ),
    "a hook that is misspelt": (
        space(careassure_scorerz=marked(no)),
        errors.UnknownHookError,
        "there is no hook careassure_scorerz",
        "Did you mean careassure_scorers, careassure_readers or careassure_descriptors?",
    ),
    "a hook that there is not": (space(zzz=marked(no)), errors.UnknownHookError, "there is no hook zzz", HOOKS),
    "a hook named otherwise": (
        space(zzz=marked(no, specname="careassure_method")),
        errors.UnknownHookError,
        "there is no hook careassure_method",
        "Did you mean careassure_methods, careassure_readers or careassure_frameworks?",
    ),
    "a hook named by no text": (
        space(careassure_method=marked(no, specname=7)),
        errors.UnknownHookError,
        "there is no hook 7",
        "Did you mean careassure_methods, careassure_readers or careassure_frameworks?",
    ),
    "a wrapper": (
        space(careassure_scorers=marked(no, wrapper=True)),
        errors.HookWrapperError,
        "careassure_scorers is a wrapper",
        "Return values instead",
    ),
    "a wrapper of the old kind": (
        space(careassure_scorers=marked(no, hookwrapper=True)),
        errors.HookWrapperError,
        "careassure_scorers is a wrapper",
        "Return values instead",
    ),
    "a hook that is there twice": (
        space(one=marked(no, specname="careassure_scorers"), two=marked(no, specname="careassure_scorers")),
        errors.PluginConflictError,
        "careassure_scorers is implemented by one and by two",
        "Keep one of them",
    ),
    "arguments that there are not": (
        space(careassure_scorers=asking("council, api_version, more")),
        errors.HookArgumentsError,
        "careassure_scorers asks for council and more",
        "It may ask for api_version",
    ),
    "another version": (
        space(CAREASSURE_API=(2, 0)),
        errors.PluginVersionError,
        "it is written for version 2 of the hooks, and this is version 1",
        "Install a version of it, or of careassure, that fits",
    ),
    "an older version": (
        space(CAREASSURE_API=(0, 9)),
        errors.PluginVersionError,
        "it is written for version 0 of the hooks, and this is version 1",
        "Install a version of it, or of careassure, that fits",
    ),
    **{
        f"the version {said!r}": (
            space(CAREASSURE_API=said),
            errors.PluginVersionError,
            f"CAREASSURE_API is {said!r}",
            AS,
        )
        for said in ("1.0", 1, None, [1, 0], (), (1,), (1, 0, 0), ("1", "0"), (1, "0"), (True, 0), (1, False))
    },
}


@pytest.mark.parametrize("what", LOOKED_AT)
def test_what_is_refused_when_it_is_looked_at(what: str) -> None:
    """What a plugin may not be is refused with its name, its distribution and what to do."""
    thing, kind, message, hint = LOOKED_AT[what]
    with pytest.raises(errors.PluginError) as caught:
        PluginHost(discover=False).register(thing, "acme", "acme-dist", "2.0")
    error = caught.value
    assert (type(error), error.message, error.plugin, error.distribution, error.hint) == (
        kind,
        message,
        WHERE["plugin"],
        WHERE["distribution"],
        hint,
    )


NAME = "Its name is lower-case letters, digits and hyphens, at most 100 of them"
NEEDS = "which is not a scorer: it needs name, version, title, accepts and score"


def lacking(*names: str) -> Any:
    """Something like a scorer that lacks some of what one has."""
    has: dict[str, Any] = {"name": "good", "version": "1", "title": "Good", "accepts": no, "score": no}
    return type("Lacking", (), {**{k: v for k, v in has.items() if k not in names}, "__repr__": lambda _: "<it>"})()


class Odd(Scorer):
    """Its title cannot be asked for."""

    def __init__(self) -> None:
        self.name, self.version = "odd", "1"

    @property
    def title(self) -> str:  # type: ignore[override]
        raise ValueError("no")


GIVEN: dict[str, tuple[object, type[errors.PluginError], str, str]] = {
    **{
        f"a scorer without {name}": (
            plugin(scorers=[lacking(name)]),
            errors.HookReturnError,
            f"careassure_scorers gave <it>, {NEEDS}",
            "",
        )
        for name in ("name", "version", "title", "accepts", "score")
    },
    "a class for a scorer": (
        plugin(scorers=[Scorer]),
        errors.HookReturnError,
        f"careassure_scorers gave {Scorer}, {NEEDS}",
        "",
    ),
    "a scorer that raises": (
        plugin(scorers=[Odd()]),
        errors.HookReturnError,
        "careassure_scorers gave a scorer (Odd) whose title raised ValueError: no",
        "",
    ),
    **{
        f"a scorer called {name!r}": (
            plugin(scorers=[Scorer(name)]),
            errors.HookReturnError,
            f"careassure_scorers gave something called {name!r}. {NAME}",
            "",
        )
        for name in ("A", "a b", "a_b", "-a", "a-", "1a", "", 7, None, "x" * 101)
    },
    **{
        f"a scorer with the {what} {text!r}": (
            plugin(scorers=[Scorer(**{what: text})]),
            errors.HookReturnError,
            f"careassure_scorers gave good, which has the {what} {text!r}. It is one line of text, not empty",
            "",
        )
        for what in ("version", "title")
        for text in ("", " ", "a\nb", "a\x1fb", "a\x7fb", 7, None)
    },
    "a framework without a title": (
        plugin(frameworks=[evolve(FRAMEWORK, id="mine", title=" ")]),
        errors.HookReturnError,
        "careassure_frameworks gave mine, which has the title ' '. It is text, not empty",
        "",
    ),
    "a framework with an odd id": (
        plugin(frameworks=[evolve(FRAMEWORK, id="Mine")]),
        errors.HookReturnError,
        f"careassure_frameworks gave something called 'Mine'. {NAME}",
        "",
    ),
    "a method without a version": (
        plugin(methods=[evolve(METHOD, id="mine", version="")]),
        errors.HookReturnError,
        "careassure_methods gave mine, which has the version ''. It is text, not empty",
        "",
    ),
    "no framework": (
        plugin(frameworks=[7]),
        errors.HookReturnError,
        "careassure_frameworks gave 7, which is not a Framework",
        "",
    ),
    "no method": (plugin(methods=[7]), errors.HookReturnError, "careassure_methods gave 7, which is not a Method", ""),
    "no table": (
        plugin(descriptors=[7]),
        errors.HookReturnError,
        "careassure_descriptors gave 7, which is not a DescriptorTable",
        "",
    ),
    "a framework that is wrong": (
        plugin(frameworks=[evolve(FRAMEWORK, id="mine", version=cast("str", 7))]),
        errors.HookReturnError,
        "careassure_frameworks gave a Framework that is wrong: version is 7, not text",
        "",
    ),
    "scales that are a list": (
        plugin(scorers=[Scorer(scales=[])]),
        errors.HookReturnError,
        "careassure_scorers gave good, whose scales are []. They are a tuple of Scale",
        "",
    ),
    "scales that are none": (
        plugin(scorers=[Scorer(scales=(7,))]),
        errors.HookReturnError,
        "careassure_scorers gave good, whose scales are (7,). They are a tuple of Scale",
        "",
    ),
    "scales that are wrong": (
        plugin(scorers=[Scorer(scales=(evolve(FRAMEWORK.scales[0], title=cast("str", 7)),))]),
        errors.HookReturnError,
        "careassure_scorers gave good, whose scales are wrong: title is 7, not text",
        "",
    ),
    "more than a thousand": (
        plugin(scorers=range(1001)),
        errors.HookReturnError,
        "careassure_scorers gave more than 1,000 items",
        "",
    ),
    "a hook that raises": (
        space(careassure_scorers=marked(no)),
        errors.HookCallError,
        "careassure_scorers raised ValueError: no",
        "",
    ),
    **{
        f"{value!r} for a list": (
            plugin(scorers=value),
            errors.HookReturnError,
            f"careassure_scorers returned {value!r}",
            "Return a list",
        )
        for value in (None, "abc", "", b"abc", {}, {"a": 1})
    },
    "one version twice": (
        plugin(frameworks=[evolve(FRAMEWORK, id="mine"), evolve(FRAMEWORK, id="mine")]),
        errors.PluginConflictError,
        f"mine {FRAMEWORK.version} is offered twice",
        "",
    ),
    "one scorer twice": (
        plugin(scorers=[Scorer(), Scorer()]),
        errors.PluginConflictError,
        "the scorer 'good' is offered by acme (acme-dist 2.0) twice",
        "Uninstall one of them",
    ),
    "a table for another framework": (
        plugin(descriptors=[ca.workspaces.DescriptorTable("mine", "Mine", "1", "other", ())]),
        errors.HookReturnError,
        "mine is for the framework 'other', which is not installed",
        "",
    ),
}


@pytest.mark.parametrize("what", GIVEN)
def test_what_is_refused_when_it_is_asked(what: str) -> None:
    """What a hook may not give is refused with the plugin's name, its distribution and what to do."""
    thing, kind, message, hint = GIVEN[what]
    host = PluginHost(discover=False)
    host.register(thing, "acme", "acme-dist", "2.0")
    with pytest.raises(errors.PluginError) as caught:
        host.scorers()
    error = caught.value
    distribution = "" if "is offered by" in message else WHERE["distribution"]
    assert (type(error), error.plugin, error.distribution, error.hint) == (kind, "acme", distribution, hint)
    assert error.message == message


@pytest.mark.parametrize("text", ["a b", "a\x80b", "\xa0a", "x" * 500])
def test_a_line_of_text_may_hold_anything_else(text: str) -> None:
    """Only what is empty, or would break the line, is refused; a name may be a hundred signs long."""
    traits = traits_of(Scorer("x" * 100, text, text), errors.UnknownScorerError)
    assert traits == ("x" * 100, text, text, ())


def test_a_title_of_a_framework_may_have_lines() -> None:
    """What is read from files may go over several lines."""
    host = PluginHost(discover=False)
    host.register(plugin(frameworks=[evolve(FRAMEWORK, id="mine", title="Two\nlines")]), "acme")
    assert host.framework("mine").title == "Two\nlines"


def test_scales_are_its_own_and_those_of_its_method() -> None:
    """Of a scorer that has both, both; the method's alone, or none."""
    own = Scale.of("own", "Own", ("low", "Low"), ("high", "High"))
    theirs = (Scale.of("theirs", "Theirs", ("low", "Low"), ("high", "High")),)
    method = evolve(METHOD, scales=theirs)
    for scorer, scales in (
        (Scorer(), ()),
        (Scorer(scales=(own,)), (own,)),
        (Scorer(method=method), theirs),
        (Scorer(scales=(own,), method=method), (own, *theirs)),
        (Scorer(method="theirs"), ()),
        (MethodScorer(method), theirs),
    ):
        assert traits_of(scorer, errors.UnknownScorerError).scales == scales


# -- what is taken -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["api_version", "*, api_version", "api_version, /", "api_version=7"])
def test_a_hook_is_told_the_version_however_it_asks(text: str) -> None:
    """By its place or by its name, also where only one of them is possible."""
    found = hooks_of(space(careassure_scorers=asking(text)), WHERE)
    assert found["careassure_scorers"]() == [(1, 1)]


def test_hooks_are_found_among_other_things() -> None:
    """Under their own names or others, beside whatever else stands in a plugin."""
    thing = space(
        AAA=1, a=2, b=marked(lambda: [1], specname="careassure_scorers"), careassure_methods=marked(lambda: [2]),
        careassure_kind=Scorer, careassure_number=7, z=3,
    )  # fmt: skip
    found = hooks_of(thing, WHERE)
    assert {name: call() for name, call in found.items()} == {"careassure_scorers": [1], "careassure_methods": [2]}


def test_a_module_says_itself_what_stands_in_it() -> None:
    """By a function ``__dir__`` of its own, where it has one; a name that is not there is passed over."""
    hook = marked(lambda: [1])
    assert list(hooks_of(module(careassure_scorers=hook), WHERE)) == ["careassure_scorers"]
    assert hooks_of(module(careassure_scorers=hook, __dir__=lambda: ["x", "careassure_x"]), WHERE) == {}


def test_names_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin with very many is refused, and the bound is said."""
    thing = module(__dir__=lambda: [f"n{number}" for number in range(5)])
    monkeypatch.setattr(hooks, "_MOST_ATTRIBUTES", 5)
    assert hooks_of(thing, WHERE) == {}
    monkeypatch.setattr(hooks, "_MOST_ATTRIBUTES", 4)
    with pytest.raises(errors.PluginUnreadableError) as caught:
        hooks_of(thing, WHERE)
    assert (caught.value.message, caught.value.plugin) == ("it has more than 4 names", "acme")


def test_a_newer_minor_version_alone_is_warned_of() -> None:
    """It says which plugin, and points at no line of the library; where warnings are errors, the plugin fails."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        for version in ((1, 0), (1, 1), (1, 2)):
            assert hooks_of(space(CAREASSURE_API=version), WHERE) == {}
        assert hooks_of(space(), WHERE) == {}
    text = "plugin acme is written for version 1.2 of the hooks, and this is 1.1: it may offer more than is used"
    assert [(item.category, str(item.message)) for item in found] == [(PluginVersionWarning, text)]
    assert found[0].filename != hooks.__file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(errors.PluginVersionError) as caught:
            hooks_of(space(CAREASSURE_API=(1, 2)), WHERE)
    assert (caught.value.message, caught.value.plugin) == (f"PluginVersionWarning: {text}", "acme")


async def never() -> list[object]:
    return []


def test_what_comes_later_is_closed_and_refused() -> None:
    """A coroutine in the place of a list, or of an answer, is not left waiting."""
    waiting = never()
    host = PluginHost(discover=False)
    host.register(plugin(scorers=waiting), "acme")
    with pytest.raises(errors.HookReturnError, match="careassure_scorers returned <coroutine"):
        host.scorers()
    with pytest.raises(RuntimeError, match="cannot reuse"):
        waiting.send(None)
