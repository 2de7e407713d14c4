"""The marker that plugin authors put on their hooks."""

from __future__ import annotations

import pluggy

PROJECT = "careassure"

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of a hook: ``@careassure.hookimpl``."""
