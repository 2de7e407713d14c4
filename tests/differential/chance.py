"""Chance as the cases need it: frameworks, numbers and weights of every kind, the same for the same seed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

LARGEST = 260  # sets of scores in a case, those included in which some are left out
ROUNDINGS = ("none", "up", "down", "half_up", "half_even")


def toml(value: Any) -> str:
    """A value as TOML, tables in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + " }"
    return "[" + ", ".join(toml(each) for each in value) + "]"


def toml_file(table: Mapping[str, Any]) -> str:
    """A whole file."""
    return "".join(f"{key} = {toml(value)}\n" for key, value in table.items())


def size_of(value: Any) -> float:
    number = Fraction(value)
    return float(min(number, Fraction(10**30)))


class Chance:
    """Draws a framework, numbers and weights."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = Random(seed)  # noqa: S311
        self.leave_out = self.often(50)
        self.replies = self.often(40)

    def often(self, percent: int) -> bool:
        """True so often in a hundred."""
        return self.random.randrange(100) < percent

    def some(self, things: Iterable[str], least: int = 1) -> list[str]:
        """Some of them, in their order."""
        listed = list(things)
        kept = self.random.sample(listed, self.random.randint(min(least, len(listed)), len(listed)))
        return [each for each in listed if each in kept]

    # ---------------------------------------------------------- framework

    def scale(self, keys: Sequence[str], *, numeric: bool) -> dict[str, Any]:
        """A scale with these grades, sometimes with values of its own."""
        grades: list[dict[str, Any]] = [{"key": key, "label": f"label {key}"} for key in keys]
        if self.often(40):
            value = self.random.choice([0, 0, 1, 5])
            for grade in grades:
                grade["value"] = value
                value += self.random.randint(1, 3)
        return {"title": "A scale", "numeric": numeric, "grades": grades}

    def make_framework(self) -> tuple[dict[str, Any], str]:
        """One to three themes, two to six scores."""
        chance = self.random
        scales = {
            "score": self.scale([f"s{place}" for place in range(chance.choice([2, 3, 3, 4]))], numeric=True),
            "other": self.scale([f"o{place}" for place in range(chance.choice([2, 3]))], numeric=True),
            "rating": self.scale([f"r{place}" for place in range(chance.choice([2, 3, 4]))], numeric=False),
        }
        # The same keys as those of the scores, with other values: such grades compare with "this".
        scales["twin"] = self.scale([grade["key"] for grade in scales["score"]["grades"]], numeric=False)
        categories = self.often(12)
        room = LARGEST
        themes: list[dict[str, Any]] = []
        count = 0
        for theme in range(chance.choice([1, 2, 2, 3])):
            statements: list[dict[str, Any]] = []
            for _ in range(chance.choice([1, 2, 2, 3])):
                statement: dict[str, Any] = {"id": f"q{count}", "title": f"Question {count}"}
                if self.often(50):
                    statement["tags"] = self.some(["red", "blue"])
                if self.often(20):
                    statement["scale"] = chance.choice(["other", "twin"])
                parts = chance.choice([1, 2, 2, 3]) if self.often(30) and not categories else 0
                if parts:
                    statement["parts"] = []
                    for place in range(parts):
                        part: dict[str, Any] = {"id": f"p{place}", "title": f"Part {place}"}
                        if self.often(40):
                            part["tags"] = self.some(["red", "green"])
                        if self.often(20):
                            part["scale"] = "other"
                        statement["parts"].append(part)
                size = self._size(statement, scales, categories=2 if categories else 0)
                if size > room:
                    continue
                room //= size
                count += 1
                statements.append(statement)
            if statements:
                table: dict[str, Any] = {"id": f"t{theme}", "title": f"Theme {theme}", "statements": statements}
                if self.often(30):
                    table["tags"] = self.some(["red", "blue"])
                themes.append(table)
        version: dict[str, Any] = {"summary": "What is looked at."}
        versions = {"1": version}
        framework: dict[str, Any] = {
            "format": "careassure.framework/1",
            "id": "random",
            "title": "A framework",
            "publisher": "Chance",
            "subject": "team",
            "score_scale": "score",
            "scales": scales,
        }
        if categories:
            framework["categories"] = {
                "seen": {"title": "Seen"},
                "heard": {"title": "Heard"},
                "gone": {"title": "Gone", "applies": False},
            }
            version["parts"] = "categories"
        fuller = [theme["statements"][0]["id"] for theme in themes if len(theme["statements"]) > 1]
        if count > 2 and self.often(15) and fuller:  # no theme is left without statements
            versions["2"] = {**version, "supersedes": "1", "without": fuller[:1]}
        framework["versions"] = versions
        framework["themes"] = themes
        return framework, chance.choice(list(versions))

    def _size(self, statement: Mapping[str, Any], scales: Mapping[str, Any], *, categories: int) -> int:
        """In how many ways a statement can be scored, not answered or left out."""
        names = ["score"] * categories or [statement.get("scale", "score")]
        if "parts" in statement:
            names = [part.get("scale", "score") for part in statement["parts"]]
        return math.prod(len(scales[name]["grades"]) + self.leave_out + self.replies for name in names)

    # ------------------------------------------------------------ numbers

    def weights(self, names: Sequence[str]) -> dict[str, Any]:
        """Weights of every size, at least one of them not nothing."""
        chance = self.random
        way = chance.randrange(6)
        found: dict[str, Any] = {}
        for name in names:
            if way == 0:
                found[name] = chance.randint(0, 4)
            elif way == 1:
                digits = chance.randint(1, 18)
                found[name] = f"{chance.randint(0, 2)}.{chance.randrange(10**digits):0{digits}d}"
            elif way == 2:
                found[name] = f"{chance.randint(1, 9)}/{chance.choice([3, 7, 11, 101, 65537, 1000003])}"
            elif way == 3:
                found[name] = chance.choice([1, 2**31 - 1, 2**31, 2**62, 2**63 - 1])
            elif way == 4 and self.often(30):
                found[name] = str(10 ** chance.choice([20, 100, 1000]) + chance.randint(0, 1))
            elif self.often(50):
                found[name] = chance.randint(1, 3)
        if len(found) == len(names) and all(size_of(weight) == 0 for weight in found.values()):
            found[names[0]] = 1
        return found

    def plain(self, low: int, high: int) -> Any:
        """A number between the two, whole or not."""
        if self.often(60):
            return self.random.randint(low, high)
        number = self.random.randint(low * 12, high * 12)
        if self.often(50):
            return f"{number}/12"
        return f"{number // 10}.{abs(number) % 10}"

    def number(self, low: int, high: int, n: int) -> Any:
        """A number, or a table that depends on how many there are."""
        if self.often(75):
            return self.plain(low, high)
        table: dict[str, Any] = {}
        if self.often(60):
            table["by_n"] = {str(least): self.plain(low, high) for least in (1, 2, 3)[: self.random.randint(1, 3)]}
        if self.often(60) or not table:
            table["share"] = self.random.choice(["1/2", "1/3", "0.75", 1])
            table["rounding"] = self.random.choice(ROUNDINGS)
        if self.often(40):
            table["plus"] = self.random.choice([-1, 1, "1/2", "-0.5", max(1, high // max(n, 1))])
        return table
