"""Disclosure control of tables: no small number is shown, and none can be worked out from what is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from careassure.errors import InvalidInputError
from careassure.model.shorthand import CONFIDENTIAL, MARK_WORDS, Suppressed
from careassure.privacy.disclosure.rules import NHS_SUBNATIONAL, OLDER_NHS, Rules
from careassure.privacy.disclosure.secondary import hidden_places, places
from careassure.privacy.disclosure.suppression import (
    CountTable,
    ExposedCell,
    SuppressedTable,
    audit,
    suppress,
)
from careassure.testing.strategies import texts
from helpers import few, tried

NAMES = ["Ward A", "Ward B", "Ward C", "Ward D", "Ward E"]
ROUGH = [1, 1, 1, 2, 3, 5]


@st.composite
def rules(draw: DrawFn, *, secondary: bool = True, most: int = 9) -> Rules:
    """Sound rules of every kind."""
    threshold = draw(st.integers(2, most))
    return Rules(
        threshold,
        round_to=draw(st.sampled_from([size for size in ROUGH if (size - 1) // 2 <= threshold])),
        secondary=secondary,
        zeros=draw(st.sampled_from(["show", "suppress"])),
    )


@st.composite
def tables(draw: DrawFn, *, most: int = 30, size: int = 5) -> CountTable:
    """Tables of up to five by five, with many zeros and small counts."""
    height, width = draw(st.integers(1, size)), draw(st.integers(1, size))
    count = st.integers(0, 4) | st.integers(0, most)
    cells = draw(st.lists(st.lists(count, min_size=width, max_size=width), min_size=height, max_size=height))
    rows, columns = draw(st.permutations(NAMES)), draw(st.permutations(NAMES))
    return CountTable(rows[:height], columns[:width], cells, draw(st.booleans()))


def shown(table: SuppressedTable) -> Iterator[int]:
    """Every number that a table shows."""
    numbers = [*table.row_totals, *table.column_totals, table.total, *(cell for row in table.cells for cell in row)]
    yield from (number for number in numbers if isinstance(number, int))


@given(tables(), rules() | rules(secondary=False))
def test_no_small_count_is_shown(table: CountTable, found: Rules) -> None:
    """Where a count or a total is small there is a mark, and every number shown is the rounded truth."""
    result = suppress(table, found)
    pairs = [
        *zip([c for row in table.counts for c in row], [c for row in result.cells for c in row], strict=True),
        *zip(table.row_totals, result.row_totals or table.row_totals, strict=True),
        *zip(table.column_totals, result.column_totals or table.column_totals, strict=True),
        (table.total, table.total if result.total is None else result.total),
    ]
    for truth, cell in pairs[: len(table.rows) * len(table.columns)]:
        assert not found.hides(truth) or cell == CONFIDENTIAL
    totals = [
        *zip(table.row_totals, result.row_totals, strict=False),
        *zip(table.column_totals, result.column_totals, strict=False),
        (table.total, CONFIDENTIAL if result.total is None else result.total),
    ]
    for truth, cell in [*pairs[: len(table.rows) * len(table.columns)], *totals]:
        if isinstance(cell, int):
            assert not found.hides(truth)
            assert cell % found.round_to == 0
            assert -found.round_to <= 2 * (truth - cell) < found.round_to or found.round_to == 1


@given(tables(), rules())
def test_nothing_can_be_worked_out(table: CountTable, found: Rules) -> None:
    """The audit of a table that was made with secondary suppression finds nothing."""
    assert audit(suppress(table, found)) == ()


def consistent(table: SuppressedTable, told: dict[tuple[int, int], tuple[int, int]], limit: int) -> Iterator[list[int]]:
    """Every table of counts up to a limit that fits what is shown, counted out one by one."""
    found = table.rules
    height, width = len(table.rows), len(table.columns)

    def fits(place: tuple[int, int], cell: int | Suppressed, value: int) -> bool:
        if isinstance(cell, Suppressed):
            low, high = told.get(place, (0, value))
            return low <= value <= high
        return not found.hides(value) and found.shown(value) == cell

    cells = [(i, j) for i in range(height) for j in range(width)]
    options = [[v for v in range(limit + 1) if fits(place, table.cells[place[0]][place[1]], v)] for place in cells]
    for values in product(*options):
        rows = [sum(values[i * width : (i + 1) * width]) for i in range(height)]
        columns = [sum(values[j::width]) for j in range(width)]
        good = all(fits((i, width), cell, rows[i]) for i, cell in enumerate(table.row_totals))
        good = good and all(fits((height, j), cell, columns[j]) for j, cell in enumerate(table.column_totals))
        if good and (table.total is None or fits((height, width), table.total, sum(rows))):
            full = [value for i in range(height) for value in (*values[i * width : (i + 1) * width], rows[i])]
            yield [*full, *columns, sum(rows)]


@st.composite
def tiny(draw: DrawFn) -> CountTable:
    """Tables so small that every other table can be tried."""
    height, width = draw(st.sampled_from([(1, 2), (1, 3), (2, 2), (3, 1), (2, 1), (1, 1), (1, 4)]))
    counts = st.lists(st.lists(st.integers(0, 5), min_size=width, max_size=width), min_size=height, max_size=height)
    return CountTable(NAMES[:height], NAMES[:width], draw(counts), draw(st.booleans()))


def marked(table: SuppressedTable) -> list[int]:
    """Which of the places of a table bear a mark, by their number."""
    height, width = len(table.rows), len(table.columns)
    everything = [[*row, table.row_totals[i] if table.row_totals else 0] for i, row in enumerate(table.cells)]
    everything.append([*(table.column_totals or [0] * width), 0 if table.total is None else table.total])
    return [at for at, (i, j) in enumerate(places(height, width)) if isinstance(everything[i][j], Suppressed)]


@few
@given(tiny(), rules(most=4))
def test_counting_out_every_table_leaves_two_values(table: CountTable, found: Rules) -> None:
    """Somebody who tries every table that fits what is shown, and knows the rules, is left with two for each mark."""
    result = suppress(table, found)
    fitting = list(consistent(result, {}, 11))
    for at in marked(result):
        assert len({values[at] for values in fitting}) >= 2


@few
@given(tiny(), rules(most=4))
def test_somebody_told_which_are_small_learns_none_where_that_can_be(table: CountTable, found: Rules) -> None:
    """A reader who is told which marks are small works out one only if leaving everything out would not help either."""
    result = suppress(table, found)
    height, width = len(table.rows), len(table.columns)
    bare = hidden_places(table, Rules(found.threshold, found.round_to, secondary=False, zeros=found.zeros))
    told = dict.fromkeys(bare, found.small)
    blank = SuppressedTable(
        table.rows, table.columns, tuple(tuple(CONFIDENTIAL for _ in row) for row in table.counts),
        tuple(CONFIDENTIAL for _ in result.row_totals), tuple(CONFIDENTIAL for _ in result.column_totals),
        None if result.total is None else CONFIDENTIAL, found,
    )  # fmt: skip
    fitting, most = list(consistent(result, told, 11)), list(consistent(blank, told, 7))
    for at, place in enumerate(places(height, width)):
        if place in bare and len({values[at] for values in most}) >= 2:
            assert len({values[at] for values in fitting}) >= 2


@few
@given(tiny(), rules(most=4) | rules(most=4, secondary=False), st.data())
def test_the_audit_is_exact(table: CountTable, found: Rules, data: st.DataObject) -> None:
    """The audit lists a mark exactly if one value alone is left when every table that fits is counted out."""
    full = suppress(table, found)
    height, width = len(table.rows), len(table.columns)
    cells = [
        [found.shown(n) if isinstance(c, Suppressed) and not found.hides(n) and data.draw(st.booleans()) else c
         for c, n in zip(row, counts, strict=True)]
        for row, counts in zip(full.cells, table.counts, strict=True)
    ]  # fmt: skip
    leaky = SuppressedTable(table.rows, table.columns, cells, full.row_totals, full.column_totals, full.total, found)
    told = {} if found.secondary else dict.fromkeys(places(height, width), found.small)
    fitting = list(consistent(leaky, told, 11))
    names = [([*table.rows, ""][i], [*table.columns, ""][j]) for i, j in places(height, width)]
    expected = {
        ExposedCell(*names[at], value=fitting[0][at])
        for at in marked(leaky)
        if len({values[at] for values in fitting}) == 1
    }
    assert set(audit(leaky)) == expected


@given(tables(), rules(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: CountTable, found: Rules, random: Any) -> None:
    """Rows and columns in another order give the same table in that order."""
    rows, columns = list(range(len(table.rows))), list(range(len(table.columns)))
    random.shuffle(rows)
    random.shuffle(columns)
    other = CountTable(
        tuple(table.rows[i] for i in rows), tuple(table.columns[j] for j in columns),
        tuple(tuple(table.counts[i][j] for j in columns) for i in rows), table.totals,
    )  # fmt: skip
    one, two = suppress(table, found), suppress(other, found)
    assert two.cells == tuple(tuple(one.cells[i][j] for j in columns) for i in rows)
    assert two.row_totals == (tuple(one.row_totals[i] for i in rows) if one.row_totals else ())
    assert two.column_totals == (tuple(one.column_totals[j] for j in columns) if one.column_totals else ())
    assert two.total == one.total


@given(tables(), rules())
def test_it_is_deterministic_and_idempotent(table: CountTable, found: Rules) -> None:
    """The same table gives the same result, and a result is left as it is; other rules on it are refused."""
    result = suppress(table, found)
    assert suppress(table, found) == result
    assert suppress(result, found) is result
    with pytest.raises(InvalidInputError, match="other rules"):
        suppress(result, Rules(found.threshold + 1))


@given(tables(), rules())
def test_more_is_hidden_only_where_it_is_needed(table: CountTable, found: Rules) -> None:
    """Where the small counts alone give nothing away, even to a reader who is told what they are, no more goes."""
    bare = suppress(table, Rules(found.threshold, found.round_to, secondary=False, zeros=found.zeros))
    result = suppress(table, found)
    if not audit(bare):
        assert result.cells == bare.cells


def test_a_cycle_is_found_where_two_in_each_row_would_not_do() -> None:
    """Two marks in each row and column are not enough where a mark can be zero at least: the audit sees it."""
    table = CountTable(("a", "b", "c"), ("x", "y", "z"), ((1, 9, 40), (9, 1, 30), (50, 60, 70)))
    result = suppress(table, Rules(3))
    assert audit(result) == ()
    x = CONFIDENTIAL
    hollow = SuppressedTable(("a", "b"), ("x", "y"), ((x, x), (x, x)), (0, 20), (9, 11), 20, Rules(3))
    assert audit(hollow) == (
        ExposedCell("a", "x", 0), ExposedCell("a", "y", 0), ExposedCell("b", "x", 9), ExposedCell("b", "y", 11),
    )  # fmt: skip


def test_without_secondary_suppression_the_audit_tells_what_is_given_away() -> None:
    """A single mark in a row with its total is worked out, and the audit says what it must be."""
    table = CountTable.of({"A": {"x": 40, "y": 3}, "B": {"x": 9, "y": 20}})
    assert audit(suppress(table, Rules(5, secondary=False))) == (ExposedCell("A", "y", 3),)


def test_totals_go_last() -> None:
    """A total is left out where it is small itself, or where nothing else will do."""
    alone = suppress(CountTable(("A",), ("x", "y"), ((3, 0),)), Rules(5))
    assert (alone.cells, alone.row_totals) == (((CONFIDENTIAL, 0),), (CONFIDENTIAL,))
    single = suppress(CountTable(("A", "B"), ("x", "y"), ((3, 0), (0, 90))), Rules(5))
    assert audit(single) == ()


def test_the_presets_are_what_their_sources_say() -> None:
    """The present practice hides 1 to 7 and rounds to 5; the older one hides 1 to 5 and rounds nothing."""
    assert [NHS_SUBNATIONAL.hides(n) for n in (0, 1, 7, 8)] == [False, True, True, False]
    assert [NHS_SUBNATIONAL.shown(n) for n in (0, 8, 12, 13, 22)] == [0, 10, 10, 15, 20]
    assert [OLDER_NHS.hides(n) for n in (0, 1, 5, 6)] == [False, True, True, False]
    assert OLDER_NHS.shown(123) == 123


@given(rules(), st.integers(0, 200))
def test_what_can_be_behind_a_number_is_what_is_shown_as_it(found: Rules, shown_as: int) -> None:
    """A number stands for exactly the counts that are not hidden and are shown as it."""
    counts = [n for n in range(220) if not found.hides(n) and found.shown(n) == shown_as]
    low, high = found.behind(shown_as)
    if counts:
        assert counts == list(range(low, high + 1))


@given(st.sampled_from([10**6, 10**12]), st.integers(0, 9))
def test_large_counts_are_exact(scale: int, small: int) -> None:
    """Numbers are whole however large: nothing is lost on the way, and the audit takes no longer."""
    table = CountTable(("A", "B"), ("x", "y"), ((scale + 1, small), (scale * 7 + 3, scale)))
    result = suppress(table, Rules(5))
    assert result.total == scale * 9 + 4 + small
    assert audit(result) == ()


def test_a_table_of_full_size_is_done() -> None:
    """A table of sixty rows and twenty columns, every third count small, is made and audited."""
    counts = tuple(tuple((i * 7 + j * 13) % 31 * (1 if (i + j) % 3 else 9) for j in range(20)) for i in range(60))
    table = CountTable(tuple(f"r{i}" for i in range(60)), tuple(f"c{j}" for j in range(20)), counts)
    assert audit(suppress(table, OLDER_NHS)) == ()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"threshold": -1}, "is not a count"), ({"threshold": 2.0}, "is not a count"),
        ({"threshold": True}, "is not a count"),
        ({"threshold": 1}, "stands for 1 alone"), ({"threshold": 0}, "no small number would be left out"),
        ({"threshold": 0, "zeros": "suppress"}, "no small number would be left out"),
        ({"threshold": 5, "round_to": 0}, "not a number to round to"), ({"threshold": 3, "round_to": 20}, "shown as 0"),
        ({"threshold": 5, "zeros": "hide"}, "not a setting"), ({"threshold": 5, "secondary": 1}, "neither True"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_are_refused(settings: dict[str, Any], words: str) -> None:
    """Settings that are no whole numbers, or that would tell what they hide, are refused with the reason."""
    with pytest.raises(InvalidInputError, match=words):
        Rules(**settings)


@pytest.mark.parametrize(
    ("rows", "columns", "counts", "words"),
    [
        (["A", "A"], ["x"], [[1], [2]], "appears twice"), (["A"], ["x", "x"], [[1, 2]], "appears twice"),
        ([], ["x"], [], "no rows"), (["A"], ["x"], [[1, 2]], "not 1 rows of 1"), (["A"], ["x"], [[-1]], "not a count"),
        (["A"], ["x"], [[1.0]], "not a count"), (["A"], ["x"], [[True]], "not a count"),
        (["A"], ["x"], [[None]], "not a count"),
    ],
)  # fmt: skip
def test_tables_that_do_not_fit_are_refused(rows: Any, columns: Any, counts: Any, words: str) -> None:
    """Names that stand twice, ragged rows and what is no count are refused."""
    with pytest.raises(InvalidInputError, match=words):
        CountTable(rows, columns, counts)


def test_shown_tables_that_do_not_fit_are_refused() -> None:
    """Totals that are too few, a grand total alone, and numbers that contradict each other are refused."""
    with pytest.raises(InvalidInputError, match="there are 1 for 2"):
        SuppressedTable(("A", "B"), ("x",), ((1,), (2,)), (1,), (), None, OLDER_NHS)
    with pytest.raises(InvalidInputError, match="given alone"):
        SuppressedTable(("A",), ("x",), ((9,),), (), (), 9, OLDER_NHS)
    wrong = SuppressedTable(("A",), ("x", "y"), ((9, 9),), (20,), (), None, OLDER_NHS)
    with pytest.raises(InvalidInputError, match="no counts fit"):
        audit(wrong)
    small = SuppressedTable(("A",), ("x", "y"), ((3, 9),), (12,), (), None, OLDER_NHS)
    with pytest.raises(InvalidInputError, match="no counts fit"):
        audit(small)


def test_a_table_prints_as_text() -> None:
    """Printing a table gives it with its totals, the marks in their places."""
    table = CountTable.of({"Ward A": {"x": 40, "y": 3}, "B": {"x": 9}})
    assert str(suppress(table, Rules(5, secondary=False))) == (
        "         x    y  Total\nWard A  40  [c]     43\nB        9    0      9\nTotal   49  [c]     52"
    )
    assert (
        str(suppress(CountTable(("A",), ("x", "y"), ((40, 3),), totals=False), OLDER_NHS)) == "    x    y\nA  40  [c]"
    )
    column = CountTable(("A", "B"), ("x",), ((40,), (50,)))
    assert str(suppress(column, OLDER_NHS)) == "        x\nA      40\nB      50\nTotal  90"


@given(st.sampled_from(sorted(MARK_WORDS)))
def test_marks_are_read_back(mark: Any) -> None:
    """A mark is read back from how it is printed, in capitals too, and has words."""
    found = Suppressed(mark)
    assert Suppressed.parse(str(found)) == Suppressed.parse(f" {str(found).upper()} ") == found
    assert found.words == MARK_WORDS[mark]


@given(texts())
def test_other_texts_are_no_marks(text: str) -> None:
    """Any text is a mark or refused by our error; a letter that is none is refused."""
    assert isinstance(tried(lambda: Suppressed.parse(text)), (Suppressed, InvalidInputError))
    with pytest.raises(InvalidInputError, match="is not a mark"):
        Suppressed("y")  # type: ignore[arg-type]


@given(tables(), st.sampled_from(["Total", "ALL", "Grand total"]), st.sampled_from(["total", "All groups"]), st.data())
def test_totals_that_a_table_brings_change_nothing(
    table: CountTable, row: str, column: str, data: st.DataObject
) -> None:
    """A row, a column or both of totals are held against the sum and left out; one that is not the sum is refused."""
    counts = {
        r: dict(zip(table.columns, cells, strict=True)) for r, cells in zip(table.rows, table.counts, strict=True)
    }
    with_column = {r: {**cells, column: sum(cells.values())} for r, cells in counts.items()}
    sums = dict(zip(table.columns, table.column_totals, strict=True))
    both = {**with_column, row: {**sums, column: table.total}}
    for brought in (counts, with_column, {**counts, row: sums}, both):
        assert CountTable.of(brought, totals=table.totals) == table
    at, across = data.draw(
        st.sampled_from([(r, column) for r in counts] + [(row, c) for c in (*table.columns, column)])
    )
    both[at][across] += data.draw(st.sampled_from([-1, 1, 10]))
    with pytest.raises(InvalidInputError) as caught:
        CountTable.of(both)
    assert f"{at}, {across}: " in str(caught.value)


def test_a_name_of_totals_is_not_a_group() -> None:
    """A table that is made of its parts refuses a row or column that is called like a total, both at once."""
    with pytest.raises(InvalidInputError) as caught:
        CountTable(("A", "Total"), ("x", "All"), ((1, 1), (1, 1)))
    assert [str(problem.where) for problem in caught.value.problems] == ["rows", "columns"]


@given(tables(), st.one_of(rules(), rules(secondary=False)))
def test_what_is_said_of_the_marks_is_true(table: CountTable, found: Rules) -> None:
    """The note names the counts that are hidden for their own sake, and only speaks of marks where there are some."""
    shown = suppress(table, found)
    cells = [cell for row in (*shown.cells, shown.row_totals, shown.column_totals, (shown.total,)) for cell in row]
    marks = any(isinstance(cell, Suppressed) for cell in cells)
    least = 0 if found.zeros == "suppress" else 1
    assert f"a count from {least} to {found.threshold}" in shown.note
    assert ("[c] hides" in shown.note, "No number is hidden" in shown.note) == (marks, not marks)
    assert ("worked out." in shown.note and ", or one" in shown.note) == (marks and found.secondary)
    assert (f"rounded to the nearest {found.round_to}" in shown.note) == (found.round_to > 1)
    assert shown.to_dict()["note"] == shown.note
