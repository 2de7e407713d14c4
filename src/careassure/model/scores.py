"""Scores: as they are written, and by leaf in a mapping that nobody can change."""

from __future__ import annotations

import re
from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import TypeVar

from attrs import field, frozen

from careassure.model.ids import without_unseen
from careassure.model.scale import Grade, NotRated
from careassure.model.showing import clipped

T = TypeVar("T")

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}(?:\.0{1,1000})?")


def nested(marks: Iterable[tuple[str, T]]) -> dict[str, T | dict[str, T]]:
    """Scores as one writes them: by statement, and inside it by part where it has parts.

    >>> nested([("equity", 3), ("learning/people", 2)])
    {'equity': 3, 'learning': {'people': 2}}
    """
    found: dict[str, T | dict[str, T]] = {}
    for leaf, score in marks:
        statement, _, part = leaf.partition("/")
        if part:
            inner = found.setdefault(statement, {})
            if isinstance(inner, dict):
                inner[part] = score
        else:
            found[statement] = score
    return found


def _by_leaf(marks: Iterable[tuple[str, Grade | NotRated | None]]) -> dict[str, Grade | NotRated | None]:
    return dict(marks)


@frozen(eq=False, repr=False)
class Scores(Mapping[str, Grade | NotRated | None]):
    """The score of each leaf of an assessment, by its id, in the framework's order. It cannot be changed.

    It equals a dictionary that holds the same. ``dict(scores)`` and ``scores | {...}`` give one that can be changed.
    """

    _found: dict[str, Grade | NotRated | None] = field(converter=_by_leaf)

    def __getitem__(self, leaf: str) -> Grade | NotRated | None:
        return self._found[leaf]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, leaf: object) -> bool:
        return leaf in self._found

    def __eq__(self, other: object) -> bool:
        # Compared with a copy: the other side must never get hold of the dictionary itself.
        return isinstance(other, Mapping) and self._found == dict(other)

    __hash__ = None  # type: ignore[assignment]

    def __or__(self, other: Mapping[str, object]) -> dict[str, object]:
        return {**self._found, **other}

    def __ror__(self, other: Mapping[str, object]) -> dict[str, object]:
        return {**other, **self._found}

    def __repr__(self) -> str:
        values = ", ".join(
            f"{leaf} {'?' if score is None else score.value if isinstance(score, Grade) else score}"
            for leaf, score in self.items()
        )
        return clipped(f"<Scores {values}>")

    def keys(self) -> KeysView[str]:
        """The ids of the leaves."""
        return self._found.keys()

    def values(self) -> ValuesView[Grade | NotRated | None]:
        """The scores, in the same order."""
        return self._found.values()

    def items(self) -> ItemsView[str, Grade | NotRated | None]:
        """Pairs of both."""
        return self._found.items()


def read_score(text: str) -> int | str:
    """A score as it was written: a whole number, or the words.

    >>> read_score(" 3 "), read_score("3.0"), read_score("3.5"), read_score("Good")
    (3, 3, '3.5', 'Good')
    """
    shown = " ".join(without_unseen(text).split())
    return int(shown.partition(".")[0]) if _WHOLE.fullmatch(shown) else shown
