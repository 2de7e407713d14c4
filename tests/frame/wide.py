"""Random methods made wide: weights and thresholds of many digits, in the place of the plain ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from hypothesis import strategies as st

from methods.frames import Frame
from methods.tables import Plain

WEIGHTS = ("0.1", "0.333333", "0.12345678", "0.123456789012345678", "1/101", "1/1000003", "1/1000000000000000003",
           2**31, 2**62, 2**62 + 1, 10**18, "1234567.000000000000000001", 10**1000, 1, 2)  # fmt: skip
MORE = ("0.000000000000000001", "1/3", "1/1000000000000000003", "0.123456789012345678")
"""What is added to a threshold."""


def _tables(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _tables(inner)


def _added(threshold: int | str, more: str) -> str:
    return str(Fraction(str(threshold)) + Fraction(more))


def made_wide(draw: Callable[[st.SearchStrategy[Any]], Any], frame: Frame, plain: Mapping[str, Any]) -> Plain:
    """The same method with long weights in its sums over scores and long fractions in its thresholds."""
    plain = deepcopy(dict(plain))
    measures = {name: dict(rule) for name, rule in plain["measures"].items()}
    inner = {table.get("measure") for node in plain["nodes"] if node["for"] != "overall" for table in _tables(node)}
    for name, rule in measures.items():  # an inner node has no weights for scores that lie outside it
        weighs = rule["kind"] in ("percentage", "mean", "total") and rule["over"] == "scores" and name not in inner
        if weighs and draw(st.booleans()):
            names = draw(st.lists(st.sampled_from(sorted(frame.leaves)), min_size=1, max_size=2, unique=True))
            rule["weights"] = {**rule.get("weights", {}), **{name: draw(st.sampled_from(WEIGHTS)) for name in names}}
    made = {**plain, "measures": measures}
    if draw(st.booleans()):
        more = draw(st.sampled_from(MORE))
        for table in _tables(made["nodes"]):
            for word in ("at_least", "more_than"):
                if "measure" in table and isinstance(table.get(word), int | str):
                    table[word] = _added(table[word], more)
            bands = table.get("bands")
            if isinstance(bands, dict):
                table["bands"] = {k: v if k in ("measure", "reference") else _added(v, more) for k, v in bands.items()}
    for node in made["nodes"]:
        wanted = [name for name, rule in measures.items() if rule["kind"] == "percentage" and rule["over"] == "scores"]
        if node["for"] == "overall" and wanted:
            node["headline"] = draw(st.sampled_from(wanted))
    return made


def longest(frame: Frame, plain: Mapping[str, Any]) -> int:
    """The greatest whole number in the fraction of the printed percentage; 0 for none: another reckoning of it."""
    overall = next(node for node in plain["nodes"] if node["for"] == "overall")
    rule = plain["measures"].get(overall.get("headline"))
    if rule is None or rule["kind"] != "percentage":
        return 0
    weights = [Fraction(str(rule.get("weights", {}).get(leaf, 1))) for leaf in frame.leaves]
    common = lcm(*(weight.denominator for weight in weights))
    whole = [weight.numerator * (common // weight.denominator) for weight in weights]
    shared = gcd(*whole) or 1
    tops = [frame.grades_of(leaf)[-1][1] for leaf in frame.leaves]
    return 100 * sum(weight // shared * top for weight, top in zip(whole, tops, strict=True))
