"""No row of any data frame differs from the exact evaluation: every method that ships, on every engine, by a key."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import careassure as ca
from careassure.errors import InvalidTableError
from careassure.frame.engines import MOST_COLUMNS
from careassure.methods.sums import CannotLowerError

from .engines import KEY, MAKERS, OTHERS_WARNINGS, base, differences, engine_params, results
from .schemes import ALL, LOWERED, STORED, Ranks, Results, Scheme, sampled, scheme, schemes

pytestmark = [*OTHERS_WARNINGS, pytest.mark.slow]
OTHERS = [item for item in schemes() if item.name not in STORED]


def outputs_of(item: Scheme) -> tuple[str, ...]:
    """Everything that the method's plan can give."""
    return ALL if item.request(ALL).lowers else LOWERED


@pytest.mark.parametrize("name", STORED)
def test_what_is_kept_is_what_the_exact_evaluation_gives(name: str, random_seed: int) -> None:
    """The exact results that are kept for all combinations are those of today's methods: each time others are tried."""
    item = scheme(name)
    for what, ranks in (("known", item.known()), ("blanks", item.blanks())):
        rows = sampled(60, ranks.shape[1], random_seed)
        kept = item.stored(what)
        assert not differences({key: values[rows] for key, values in kept.items()}, item.exact(ranks[:, rows]))


@pytest.mark.parametrize("engine", engine_params())
@pytest.mark.parametrize("what", ["known", "blanks"])
@pytest.mark.parametrize("name", STORED)
def test_every_combination_of_nine_scores(name: str, what: str, engine: str, tmp_path: Path) -> None:
    """All 262,144 combinations of nine scores, and rows with blanks, get what the exact evaluation gives them."""
    item = scheme(name)
    ranks = item.known() if what == "known" else item.blanks()
    frame = MAKERS[engine](base(item, ranks), tmp_path)
    outputs = outputs_of(item)
    found = ca.assess_frame(frame, item.method, framework=item.framework, outputs=outputs, prefix="r_", key=KEY)
    request = item.request(outputs)
    assert not differences(results(found, request.known_columns), item.stored(what))


@cache
def some_rows(item: Scheme) -> tuple[Ranks, dict[str, list[bool | None]], Results]:
    """All combinations of a method's scores, or many; rows with blanks; facts; and the exact results."""
    rows = 100
    ranks = np.concatenate([item.known(rows)[:, :rows], item.blanks(rows // 2)], axis=1)
    source = np.random.default_rng(3)
    said: tuple[bool | None, ...] = (True, False, None)
    told = {
        name: [said[at % 3] for at in source.permutation(ranks.shape[1]).tolist()] for name in sorted(item.method.facts)
    }
    facts = [
        {name: cells[row] for name, cells in told.items() if cells[row] is not None} for row in range(ranks.shape[1])
    ]
    return ranks, told, item.exact(ranks, facts)


@pytest.mark.parametrize("engine", engine_params())
@pytest.mark.parametrize("item", OTHERS, ids=str)
def test_every_other_method(item: Scheme, engine: str, tmp_path: Path) -> None:
    """Every other method that ships, on all combinations or many, with blanks and with facts that are told or not."""
    ranks, told, expected = some_rows(item)
    frame = MAKERS[engine](base(item, ranks, told), tmp_path)
    outputs = outputs_of(item)
    if engine == "spark" and len(item.leaves) > 30:  # hundreds of columns of results take Spark minutes to plan
        outputs = tuple(name for name in outputs if not name.startswith("profile"))
    found = ca.assess_frame(frame, item.method, framework=item.framework, outputs=outputs, prefix="r_", key=KEY)
    assert not differences(results(found, item.request(outputs).known_columns), expected)


@pytest.mark.parametrize("item", schemes(), ids=str)
def test_every_method_that_ships_lowers(item: Scheme) -> None:
    """Every method that ships is proved sound and lowered, but for its margin and notices that point both ways."""
    without = tuple(name for name in LOWERED if name != "flags")
    assert item.request(without).plan().settled
    if not item.request(LOWERED).lowers:
        with pytest.raises(
            CannotLowerError, match=f"a notice of {item.method.id} a score counts both for it and against"
        ):
            item.request(LOWERED).plan()
    if not item.request(ALL).lowers:
        with pytest.raises(CannotLowerError, match=f"the margin of {item.method.id}"):
            item.request(ALL).plan()


@pytest.mark.parametrize("engine", ["duckdb", "ibis"])
def test_a_table_of_very_many_columns_is_refused_by_its_number(engine: str, tmp_path: Path) -> None:
    """DuckDB's own work grows with the square of the columns: more than a thousand are refused before it begins."""
    table = pa.table({f"c{number}": [0] for number in range(MOST_COLUMNS + 1)})
    with pytest.raises(InvalidTableError, match=r"1,001 columns are more than 1,000\. Select those that you need"):
        ca.assess_frame(MAKERS[engine](table, tmp_path), "single-word")
