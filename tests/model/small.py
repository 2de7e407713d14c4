"""A small framework and what belongs to it, for tests of what is said to be wrong."""

from __future__ import annotations

import careassure as ca
from careassure.model.assessment import Assessment
from methods.frames import Frame, Item, plain_frame

FRAME = plain_frame("care: a b; other: c", "low mid high").framework
PARTED = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b"))),), {"s": (("low", 1), ("high", 2))}).framework
S = FRAME.scale("s")
BODY = ca.Body("body", "A body", "service")
WHOLE = tuple((leaf, S["mid"]) for leaf in ("a", "b", "c"))
GOOD = Assessment(BODY, FRAME, WHOLE)
CHOICES = 'Use "low", "mid" or "high"'
DATE = "Write a year, year-month or year-month-day"
