"""What a plugin may be: the hooks that it implements; everything else is refused by an error of its own class."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from types import ModuleType
from typing import Any

import pluggy

from careassure.errors import (
    CareAssureError,
    HookArgumentsError,
    HookWrapperError,
    PluginConflictError,
    PluginIsClassError,
    PluginUnreadableError,
    PluginVersionError,
    UnknownHookError,
)
from careassure.model.text import hint_for, join, near, plural
from careassure.plugins.guard import items_of, repr_of, touch
from careassure.plugins.marker import PROJECT
from careassure.plugins.rules import HOOKS, Failed
from careassure.plugins.spec import API_VERSION, Hooks

_MOST_ATTRIBUTES = 100_000


class PluginVersionWarning(UserWarning):
    """A plugin was written for a newer version of the hooks than this one."""


def hooks_of(plugin: object, where: Mapping[str, str]) -> dict[str, Callable[..., Any]]:
    """The hooks that a plugin implements.

    Raises:
        PluginError: It is a class, was written for another version of the hooks, or has hooks that are unknown,
            unmarked, wrappers, there twice, or that ask for arguments which the hook does not have.
    """
    if issubclass(type(plugin), type):
        name = class_of(plugin)
        raise PluginIsClassError(f"{name} is a class", hint=f"Register {name}()", **where)

    def failed(why: str) -> CareAssureError:
        return PluginUnreadableError(f"looking at it raised {why}", **where)

    _check_version(plugin, where, failed)
    found: dict[str, Callable[..., Any]] = {}
    names: dict[str, str] = {}
    manager = pluggy.PluginManager(PROJECT)
    for name in sorted(set(_attributes(plugin, where, failed))):
        options: Any = touch(failed, manager.parse_hookimpl_opts, plugin, name)
        if options is None:
            touch(failed, getattr, plugin, name, None)
            _check_unmarked(plugin, name, where, failed)
            continue
        hook = _hook(options, name, where)
        if hook in found:
            raise PluginConflictError(f"{hook} is implemented by {names[hook]} and by {name}",
                                      hint="Keep one of them", **where)  # fmt: skip
        names[hook] = name
        function: Callable[..., Any] = touch(failed, getattr, plugin, name)
        found[hook] = _caller(function, hook, where, failed)
    return found


def class_of(plugin: object) -> str:
    """The name of a class that was given as a plugin."""
    return str.__str__(type.__dict__["__name__"].__get__(plugin))


def _attributes(plugin: object, where: Mapping[str, str], failed: Failed) -> list[str]:
    """The names of everything in a plugin. Not by ``dir``, which would wait for ever for names without an end."""
    given = touch(failed, lambda: type(plugin).__dir__(plugin))
    names = items_of(failed, given, _MOST_ATTRIBUTES)
    if len(names) > _MOST_ATTRIBUTES:
        raise PluginUnreadableError(f"it has more than {plural(_MOST_ATTRIBUTES, 'name')}", **where)
    for name in names:
        if type(name) is not str:
            raise PluginUnreadableError(f"a name in it is {repr_of(name)}, not text", **where)
    return names


def _check_version(plugin: object, where: Mapping[str, str], failed: Failed) -> None:
    """Refuse a plugin for another version of the hooks; warn of one for a newer minor version."""
    declared: Any = touch(failed, getattr, plugin, "CAREASSURE_API", API_VERSION)
    if not (type(declared) is tuple and len(declared) == 2 and all(type(part) is int for part in declared)):
        raise PluginVersionError(f"CAREASSURE_API is {repr_of(declared)}", hint="Write it as (1, 0)", **where)
    if declared[0] != API_VERSION[0]:
        raise PluginVersionError(
            f"it is written for version {declared[0]} of the hooks, and this is version {API_VERSION[0]}",
            hint="Install a version of it, or of careassure, that fits",
            **where,
        )
    if declared > API_VERSION:
        text = (
            f"plugin {where['plugin']} is written for version {declared[0]}.{declared[1]} of the hooks, "
            f"and this is {API_VERSION[0]}.{API_VERSION[1]}: it may offer more than is used"
        )
        # Where warnings are errors it is the plugin that fails, and nobody else.
        touch(lambda why: PluginVersionError(why, **where), lambda: warnings.warn(text, PluginVersionWarning, 6))


def _hook(options: Mapping[str, Any], name: str, where: Mapping[str, str]) -> str:
    hook = options.get("specname") or name
    if type(hook) is not str or hook not in HOOKS:
        hint = hint_for(hook if type(hook) is str else str(name), HOOKS, f"The hooks are {join(HOOKS)}")
        raise UnknownHookError(f"there is no hook {hook if type(hook) is str else repr_of(hook)}", hint=hint, **where)
    if options.get("wrapper") or options.get("hookwrapper"):
        raise HookWrapperError(f"{hook} is a wrapper", hint="Return values instead", **where)
    return hook


def _caller(function: Callable[..., Any], hook: str, where: Mapping[str, str], failed: Failed) -> Callable[..., Any]:
    """A function of a plugin as one without arguments."""
    known = tuple(signature(getattr(Hooks, hook)).parameters)[1:]
    asked: Mapping[str, Parameter] = touch(failed, lambda: dict(signature(function).parameters))
    extra = [argument for argument in asked if argument not in known]
    if extra:
        raise HookArgumentsError(
            f"{hook} asks for {join(extra)}", hint=f"It may ask for {join(known) or 'nothing'}", **where
        )
    given = {"api_version": API_VERSION}
    if any(parameter.kind is Parameter.KEYWORD_ONLY for parameter in asked.values()):
        return lambda: function(**{name: given[name] for name in asked})
    return lambda: function(*(given[name] for name in asked))


def _check_unmarked(plugin: object, name: str, where: Mapping[str, str], failed: Failed) -> None:
    if not name.startswith("careassure_"):
        return
    value: object = touch(failed, getattr, plugin, name, None)
    if issubclass(type(value), ModuleType | type) or not callable(value):
        return
    guesses = (name,) if name in HOOKS else near(name, HOOKS)
    hint = f"Mark {guesses[0]} with @careassure.hookimpl" if guesses else "Rename it, or mark it if it is a hook"
    raise UnknownHookError(f"{name} looks like a hook and carries no marker", hint=hint, **where)
