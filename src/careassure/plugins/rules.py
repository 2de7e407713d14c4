"""What a plugin may be, and what its hooks may return; everything else is refused by an error of its own class."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from inspect import signature
from types import ModuleType
from typing import Any

import pluggy

from careassure.errors import (
    HookArgumentsError,
    HookReturnError,
    HookWrapperError,
    PluginVersionError,
    UnknownHookError,
)
from careassure.methods.method import Method
from careassure.model.descriptor import DescriptorTable
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer
from careassure.model.text import join, near
from careassure.plugins.spec import API_VERSION, Hooks

HOOKS = ("careassure_descriptors", "careassure_frameworks", "careassure_methods", "careassure_scorers")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class PluginVersionWarning(UserWarning):
    """A plugin was written for a newer version of the hooks than this one."""


def check_version(plugin: object, where: Mapping[str, str]) -> None:
    """Refuse a plugin for another version of the hooks; warn of one for a newer minor version."""
    declared = getattr(plugin, "CAREASSURE_API", API_VERSION)
    if not (isinstance(declared, tuple) and len(declared) == 2 and all(type(part) is int for part in declared)):
        raise PluginVersionError(f"CAREASSURE_API is {declared!r}", hint="Write it as (1, 0)", **where)
    if declared[0] != API_VERSION[0]:
        raise PluginVersionError(
            f"it is written for version {declared[0]} of the hooks, and this is version {API_VERSION[0]}",
            hint="Install a version of it, or of careassure, that fits",
            **where,
        )
    if declared > API_VERSION:
        warnings.warn(
            f"plugin {where['plugin']} is written for version {declared[0]}.{declared[1]} of the hooks, "
            f"and this is {API_VERSION[0]}.{API_VERSION[1]}: it may offer more than is used",
            PluginVersionWarning,
            stacklevel=5,
        )


def check_hooks(manager: pluggy.PluginManager, plugin: object, where: Mapping[str, str]) -> None:
    """Refuse hooks that are unknown, unmarked, wrappers, or that ask for arguments which the hook does not have."""
    for name in dir(plugin):
        options = manager.parse_hookimpl_opts(plugin, name)
        if options is None:
            _check_unmarked(plugin, name, where)
            continue
        hook = options.get("specname") or name
        if hook not in HOOKS:
            guesses = near(hook, HOOKS)
            hint = f"Did you mean {join(guesses, 'or')}?" if guesses else f"The hooks are {join(HOOKS)}"
            raise UnknownHookError(f"there is no hook {hook}", hint=hint, **where)
        if options.get("wrapper") or options.get("hookwrapper"):
            raise HookWrapperError(f"{hook} is a wrapper", hint="Return values instead", **where)
        known = tuple(signature(getattr(Hooks, hook)).parameters)[1:]
        extra = [argument for argument in signature(getattr(plugin, name)).parameters if argument not in known]
        if extra:
            raise HookArgumentsError(
                f"{hook} asks for {join(extra)}", hint=f"It may ask for {join(known) or 'nothing'}", **where
            )


def _check_unmarked(plugin: object, name: str, where: Mapping[str, str]) -> None:
    value = getattr(plugin, name, None)
    if not name.startswith("careassure_") or isinstance(value, ModuleType | type) or not callable(value):
        return
    guesses = (name,) if name in HOOKS else near(name, HOOKS)
    hint = f"Mark {guesses[0]} with @careassure.hookimpl" if guesses else "Rename it, or mark it if it is a hook"
    raise UnknownHookError(f"{name} looks like a hook and carries no marker", hint=hint, **where)


def check_item(hook: str, item: object, where: Mapping[str, str]) -> None:
    """Refuse an item of the wrong kind, or with a name that cannot be used."""
    kinds: dict[str, tuple[Any, str]] = {
        "careassure_descriptors": (DescriptorTable, "a DescriptorTable"),
        "careassure_frameworks": (Framework, "a Framework"),
        "careassure_methods": (Method, "a Method"),
        "careassure_scorers": (Scorer, "a scorer: it needs name, version, title, accepts and score"),
    }
    kind, words = kinds[hook]
    if isinstance(item, type) or not isinstance(item, kind):
        raise HookReturnError(f"{hook} gave {item!r}, which is not {words}", **where)
    name = getattr(item, "name" if isinstance(item, Scorer) else "id")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise HookReturnError(
            f"{hook} gave something called {name!r}", hint="Use lower-case letters, digits and hyphens", **where
        )
    for what in ("version", "title"):
        text: object = getattr(item, what)
        if not isinstance(text, str) or not text:
            raise HookReturnError(f"{name} has the {what} {text!r}", hint="It is text and not empty", **where)
