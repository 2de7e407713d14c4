"""Papers about cases. They are counted, with small numbers left out, and none is listed: a paper travels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked
from careassure.model.shorthand import Suppressed
from careassure.model.text import join, plural
from careassure.privacy.disclosure.rules import Rules
from careassure.privacy.disclosure.suppression import CountTable, SuppressedTable, suppress
from careassure.report.document import Block, Cell, Document, Figure, Heading, Number, Paragraph, Table
from careassure.report.pictures.bars import Bar, bar_figure
from careassure.report.told import titled, without
from careassure.samples.cases import CaseAttribute, CaseList
from careassure.samples.finding import SampleFinding
from careassure.samples.intervals import CAUTION, Interval
from careassure.samples.picks import Pick
from careassure.workspaces.opening import WorkspaceLike, opened

_NOTHING_ELSE = "No case is described here, and no small number is shown."
_TOGETHER = "Tables that count the same cases in another way can give away together what each leaves out."


@checked
def cases_paper(workspace: WorkspaceLike, rules: Rules, at: DayLike | None = None) -> Document:
    """How many cases a workspace lists, by each of their attributes, with small numbers left out.

    An attribute that says how far somebody picked the cases is counted like any other, and so are needs, groups and
    consent. No two attributes are crossed: of one attribute alone a number that is left out cannot be worked out from
    another table of the paper, as the number of all cases is the only one that they share.

    Args:
        workspace: What the council keeps, or the path of its folder.
        rules: Which numbers are small; such as ``careassure.privacy.Rules(threshold=5)``.
        at: The day of which the evidence is counted that rests on cases; everything where None.

    Raises:
        InvalidInputError: The workspace lists no cases.
    """
    whole = opened(workspace)
    if not whole.cases:
        raise InvalidInputError(str(whole.council), [Problem("cases.csv", "it lists no cases", "Add a row for each")])
    work = whole if at is None else whole.at(at)
    cases = CaseList(whole.attributes, whole.cases)
    title = f"{whole.council}: the cases"
    if rules.hides(len(cases)):
        lead = "So few cases are listed that not even their number is shown."
        return titled(title, [Paragraph(lead), Paragraph(rules.words(hidden=True))])
    blocks: list[Block] = [
        Paragraph(f"{rules.shown(len(cases)):,} cases are listed. {_NOTHING_ELSE}"),
        Paragraph(f"{rules.words(hidden=True)} {_TOGETHER}", "caution"),
    ]
    criteria = [item for item in cases.attributes if item.criterion]
    if criteria:
        said = f"Asked for by name when cases are chosen: {join([str(item) for item in criteria])}."
        blocks.append(Paragraph(said))
    for attribute in cases.attributes:
        blocks += _counted(cases, attribute, rules)
    blocks += _rests(work.evidence, len(cases), rules)
    return titled(title, [*blocks, Paragraph(CAUTION, "caution")])


def _counted(cases: CaseList, attribute: CaseAttribute, rules: Rules) -> Iterator[Block]:
    counts = Counter(case.code(attribute.id) for case in cases.cases)
    names = tuple(str(code) for code in attribute.codes)
    table = CountTable(names, ("Cases",), tuple((counts[code.id],) for code in attribute.codes))
    shown = suppress(table, rules)
    title = f"Cases by {attribute}"
    rows = [(name, row[0]) for name, row in zip(names, shown.cells, strict=True)]
    written = Table(title, (str(attribute).capitalize(), "Cases"), tuple((name, _cell(cell)) for name, cell in rows))
    yield _picture(title, rows, written)


def _picture(title: str, rows: Sequence[tuple[str, int | Suppressed]], table: Table) -> Figure:
    groups = [(name, [_bar(cell)]) for name, cell in rows]
    alt = " ".join(f"{name}: {only.words}." for name, (only,) in groups)
    return bar_figure(title, alt, groups, table)


def _bar(cell: int | Suppressed) -> Bar:
    if isinstance(cell, Suppressed):
        return Bar(Fraction(0), Fraction(0), f"{cell}, left out")
    return Bar(Fraction(cell), Fraction(cell), plural(cell, "case"))


def _cell(cell: int | Suppressed) -> Cell:
    return str(cell) if isinstance(cell, Suppressed) else Number.of(cell)


def _rests(evidence: Sequence[object], size: int, rules: Rules) -> Iterator[Block]:
    """How much evidence rests on cases; nothing of what it says, which can tell of a person."""
    found = sum(bool(getattr(item, "cases", ())) for item in evidence)
    if found and size:
        count = rules.shown(found) if not rules.hides(found) else "A small number of"
        shown = f"{count:,}" if isinstance(count, int) else count
        yield Heading("What the cases show")
        yield Paragraph(f"{shown} pieces of evidence rest on cases. They stand with their statements.")


def suppressed_paper(found: SuppressedTable) -> Document:
    """Counts with small numbers left out.

    Args:
        found: What `careassure.privacy.suppress` gave.
    """
    heads = ("Group", *found.columns, *(("Total",) if found.row_totals else ()))
    totals = found.row_totals or (None,) * len(found.rows)
    rows = [
        (name, *map(_cell, cells), *(() if total is None else (_cell(total),)))
        for name, cells, total in zip(found.rows, found.cells, totals, strict=True)
    ]
    if found.column_totals:
        last = (None,) if found.row_totals and found.total is None else ()
        sums = (*map(_cell, found.column_totals), *((_cell(found.total),) if found.total is not None else last))
        rows.append(("Total", *sums))
    table = Table("Counts, with small numbers left out", heads, tuple(rows), (found.note,) if found.note else ())
    return titled("Counts, with small numbers left out", [Paragraph(_TOGETHER, "caution"), table])


def pick_paper(found: Pick) -> Document:
    """How many cases somebody picked at each step. They are counted, and none is listed.

    Args:
        found: What `careassure.samples.picked` gave.
    """
    title = "How many cases were picked"
    rows = [(str(stage.code), len(stage.cases)) for stage in found.stages]
    rows[0] = ("Listed", rows[0][1])
    table = Table(title, ("How far", "Cases"), tuple((name, Number.of(count)) for name, count in rows))
    why = f"How far a case went is said by {str(found.attribute)!r}."
    return titled(title, [Paragraph(found.words), Paragraph(why), _picture(title, rows, table),
                          Paragraph(CAUTION, "caution")])  # fmt: skip


def finding_paper(found: SampleFinding | Interval) -> Document:
    """What was found in a sample, with the doubt that is left.

    Args:
        found: A `careassure.samples.SampleFinding`, or what `careassure.samples.interval` gave.
    """
    said = found.words if found.words.endswith(CAUTION) else f"{found.words}. {CAUTION}"
    return titled("What was found in a sample", without(CAUTION, said))
