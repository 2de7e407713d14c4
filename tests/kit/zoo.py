"""A zoo of wrong scorers: each is wrong in one way, and each has a witness that proves it without the kit."""

from __future__ import annotations

from . import wrong_habits, wrong_meaning, wrong_outcomes, wrong_places, wrong_promises
from .animal import ZOO, Animal
from .wrong_habits import Counting, Rolling
from .wrong_outcomes import Floating

__all__ = [
    "ZOO",
    "Animal",
    "Counting",
    "Floating",
    "Rolling",
    "wrong_habits",
    "wrong_meaning",
    "wrong_outcomes",
    "wrong_places",
    "wrong_promises",
]
