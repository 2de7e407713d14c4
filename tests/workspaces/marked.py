"""A workspace with a word of its own in every cell, so that what is lost on the way to an output is seen."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from attrs import define

from careassure.cli import main, terminal
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.scale import Grade
from careassure.workspaces.sheets import SHEETS

from .folders import save

DAY = dt.date(2026, 10, 1)


@define
class Marked:
    """Makes cells, each unlike all others, and keeps how each may be printed."""

    framework: Framework
    count: int = 0

    def _next(self) -> int:
        self.count += 1
        return self.count

    def text(self) -> tuple[str, set[str]]:
        """A word that stands nowhere else."""
        word = f"qz{self._next()}x"
        return word, {word}

    def date(self) -> tuple[str, set[str]]:
        """A day that no other cell names."""
        day = dt.date(2024, 1, 1) + dt.timedelta(self._next())
        return str(day), {str(day), PartialDate.parse(day).words}

    def number(self) -> tuple[str, set[str]]:
        """A number that no other cell holds."""
        number = f"{7000 + self._next()}.5"
        return number, {number, f"{float(number):,}"}

    def whole(self) -> tuple[str, set[str]]:
        """A whole number that no other cell holds."""
        number = 7000 + self._next()
        return str(number), {str(number), f"{number:,}"}

    def of(self, text: str, *more: str) -> tuple[str, set[str]]:
        """A cell that holds a name or a word of a list, and how else it may be printed."""
        return text, {text, text.replace("_", " "), *more}

    def statement(self, at: int) -> tuple[str, set[str]]:
        """One of the statements."""
        found = self.framework.statements[at % len(self.framework.statements)]
        return found.id, {found.id, found.title}

    def score(self, at: int, statement: int = 0) -> tuple[str, set[str]]:
        """A score on the scale of a statement."""
        found = self.framework.statements[statement % len(self.framework.statements)]
        leaf = found.leaves[0]
        scale = self.framework.scale_of(leaf)
        grade = scale.grades[at % len(scale.grades)]
        text = str(grade.value) if scale.numeric else grade.key
        return text, {text, grade.label}


Rows = dict[str, list[dict[str, tuple[str, set[str]]]]]


def marked_rows(made: Marked) -> Rows:
    """Two rows or more for each table of a workspace, with every column filled."""
    text, date, number, of = made.text, made.date, made.number, made.of
    framework = made.framework
    first = framework.statements[0]
    category = next((item for item in framework.categories if item.accepted), None)
    cells = {} if category is None else {"category": of(category.id, category.title)}
    part = next((found for found in first.parts), None)
    rating: Grade = min(framework.scales, key=lambda scale: scale.id == framework.score_scale).grades[0]
    score, later = made.score(0), made.score(1)
    claimed = made.score(1)
    claim = (f"{first.id}={claimed[0]}", {*claimed[1]})
    evidence, event, finding, action, measure, case, old = (text() for _ in range(7))
    complaint, later_review, others, body = (text() for _ in range(4))
    return {
        "scores": [
            {"date": date(), "statement": made.statement(0), "score": mark, "role": text(), "reason": text(),
             "confidence": of("medium"), "version": of(framework.version),
             **({"category": of(part.id, part.title)} if part else {})}
            for mark in (score, later)
        ],
        "evidence": [
            {"id": evidence, "summary": text(), **cells, "statements": made.statement(0), "source": text(),
             "date": date(), "role": text(), "strength": of("moderate"), "says": claim, "attachments": text(),
             "indicator": of("own 2025-26 qzI"), "cases": case, "added": date(), "stale_after_months": made.whole()},
            {"id": text(), "summary": text(), **cells, "statements": made.statement(0), "supersedes": evidence},
        ],
        "events": [
            {"id": event, "kind": of("self_assessment", "self-assessment"), "date": of("2025-03-01", "1 March 2025"),
             "title": text(), "statements": made.statement(0), "result": of(rating.key, rating.label),
             "score": of("37"), "source": text(), "notes": text(), "reason": text()},
            {"id": text(), "kind": of("self_assessment", "self-assessment"), "date": of("2025-04-02", "2 April 2025"),
             "title": text(), "statements": made.statement(1), "result": of(rating.key, rating.label),
             "score": of("41"), "supersedes": event, "source": text(), "notes": text()},
            {"id": text(), "kind": of("audit_opinion"), "date": date(), "title": text(), "result": text(),
             "source": text(), "notes": text()},
            {"id": complaint, "kind": of("complaint_upheld"), "date": of("2024-01-01", "1 January 2024"),
             "title": text(), "source": text(), "notes": text()},
            {"id": later_review, "kind": of("peer_review"), "date": of("2025-05-06", "6 May 2025"), "title": text()},
        ],
        "findings": [
            {"id": finding, "event": event, "kind": of("recommendation"), "statements": made.statement(0),
             "text": text()},
            {"id": text(), "event": event, "kind": of("strength"), "statements": made.statement(0), "text": text()},
            {"id": others, "event": complaint, "kind": of("recommendation"), "statements": made.statement(0),
             "text": text(), "bodies": body},
            {"id": text(), "event": later_review, "kind": of("improvement"), "text": text(), "finds_again": others},
            {"id": text(), "event": later_review, "kind": of("improvement"), "text": text(), "closes": finding},
        ],
        "follow_ups": [
            {"date": date(), "finding": others, "status": of("partly_accepted", "partly accepted"), "body": body,
             "evidence": evidence, "source": text(), "note": text()},
            {"date": of("2025-06", "June 2025"), "finding": finding, "status": of("rejected"), "note": text()},
        ],
        "remedies": [
            {"id": text(), "event": complaint, "kind": of("payment"), "text": text(), "to": text(),
             "amount": made.whole(), "roughly": of("yes", "about"), "due": date(), "done": date(),
             "evidence": evidence, "note": text()},
            {"id": text(), "event": complaint, "kind": of("apology"), "text": text(), "due": date()},
        ],
        "replies": [
            {"event": event, "group": text(), "asked": of("8,999"), "replied": made.whole(),
             "roughly": of("no", "(78 %)", "(7"), "source": text()},
            {"event": event, "group": text(), "replied": made.whole(), "roughly": of("yes", "about")},
        ],
        "promises": [
            {"id": text(), "date": of("2024-01-02", "2 January 2024"), "text": text(), "role": text(),
             "meeting": text(), "statements": made.statement(0), "due": date(), "kept": date(),
             "evidence": evidence, "source": text(), "note": text()},
            {"id": text(), "date": of("2024-01-03", "3 January 2024"), "text": text(), "withdrawn": date()},
        ],
        "actions": [
            {"id": action, "title": text(), "statements": made.statement(0), "findings": finding, "owner": text(),
             "due": date(), "agreed": of("2024-01-01", "1 January 2024"), "moves": claim},
        ],
        "updates": [
            {"date": date(), "action": action, "status": of("in_progress"), "note": text()},
            {"date": date(), "action": action, "status": of("complete"), "evidence": evidence, "note": text()},
        ],
        "measures": [
            {"id": measure, "title": text(), "direction": of("higher"), "actions": action, "unit": text(),
             "baseline": number(), "baseline_date": date(), "target": number(), "target_date": date(),
             "scope": text(), "reference": text(), "duty": text()},
            {"id": text(), "title": text(), "direction": of("lower"), "unit": text(),
             "target": number(), "baseline_date": date(), "baseline": of("9999", "9,999"), "target_date": date(),
             "scope": text(), "reference": text(), "duty": text()},
            {"id": text(), "title": text(), "direction": of("higher")},
            {"id": text(), "title": text(), "direction": of("met"), "target": of("met"),
             "duty": text()},
        ],
        "readings": [
            {"date": date(), "measure": measure, "value": number(), "source": text()},
            {"date": date(), "measure": measure, "value": number(), "source": text()},
        ],
        "returns": [
            {"section": text(), "item": text(), "title": text(), "owner": text(), "status": of("draft"),
             "rating": of(rating.key, rating.label), "evidence": evidence, "date": date()},
        ],
        "cases": [
            {"id": case, "band": of("a", "qzBandA")},
            {"id": text(), "band": of("b", "qzBandB")},
        ],
        "descriptors": [
            {"statement": made.statement(0), "score": mark, "text": text(), "source": text(),
             "version": of(framework.version)}
            for mark in (made.score(0), made.score(1))
        ],
        "indicators": [
            {"code": of(code), "year": of("2025-26"), "title": text(), "unit": text(), "polarity": of(way),
             "source": text(), "denominator": text(), "date": date(), "stale_after_months": made.whole(), **about}
            for code, way, about in (("qzI", "lower", {"statements": made.statement(0)}), ("qzJ", "context", {}))
        ],
        "values": [
            {"indicator": of(code), "year": of("2025-26"), "period": of(period), "area": text(), "value": number(),
             "base": made.whole(), "margin_of_error": number(), "numerator": number(), "denominator": number(),
             "source": text(), "scope": text(), "challenged_by": text(), "challenge": text()}
            for code, period in (("qzI", "2024-25"), ("qzJ", "2023-24"))
        ] + [
            {"indicator": of("qzI"), "year": of("2025-26"), "period": of("2022-23"), "area": of("York"),
             "value": number(), "source": old},
            {"indicator": of("qzI"), "year": of("2025-26"), "period": of("2021-22"), "area": of("York"),
             "value": number()},
            {"indicator": of("qzI"), "year": of("2025-26"), "period": of("2024-25"), "area": of("York"),
             "value": number(), "supersedes": of("2021-22")},
        ],
    }  # fmt: skip


def write_marked(
    folder: Path, framework: Framework, file: Path | None = None, keep: Callable[[str, str], bool] = lambda *_: True
) -> dict[tuple[str, int, str], set[str]]:
    """Write the folder; how each cell may be printed, by table, row and column.

    Args:
        folder: Where.
        framework: What it is prepared for.
        file: The file of the framework, which is laid into the folder; None where it is installed.
        keep: Whether a cell that need not be filled is, given its table and column.
    """
    made = Marked(framework)
    tables = marked_rows(made)
    name = "York" if framework.subject == "council" else "Somebody"
    folder.mkdir()
    if file is not None:
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "workspace.toml").write_text(
        f'format = "careassure.workspace/1"\ncouncil = "{name}"\nframework = "{file.name if file else framework.id}"\n'
        f'version = "{framework.version}"\nstale_after_months = 18\n'
        '[cases.band]\ntitle = "qzBand"\ncodes = { a = "qzBandA", b = "qzBandB" }\n'
    )
    found: dict[tuple[str, int, str], set[str]] = {}
    for sheet in SHEETS:
        heads = [*sheet.heads, *(["band"] if sheet.name == "cases" else [])]
        needed = {
            "band",
            "bodies",
            "body",
            "category",
            "group",
            "score",
            *(column.name for column in sheet.columns if column.needed),
        }
        rows = [
            {head: cell for head, cell in row.items() if head in needed or keep(sheet.name, head)}
            for row in tables[sheet.name]
        ]
        for row in rows:
            if "statements" not in row:
                row.pop("moves", None)  # no score can be hoped for where no statement is named
            if "amount" not in row and sheet.name == "remedies":
                row.pop("roughly", None)
            if not {"challenge", "challenged_by"} <= {*row}:  # one of them alone is refused
                row.pop("challenge", None)
                row.pop("challenged_by", None)
        save(folder, sheet.file, [heads, *([row[head][0] if head in row else "" for head in heads] for row in rows)])
        found |= {(sheet.name, at, head): row[head][1] for at, row in enumerate(rows) for head in row}
    return found


COMMANDS = ("status", "timeline", "findings", "events", "remedies", "promises", "returns", "progress", "duties")
"""The commands that print what a workspace holds, but for those on one statement and on cases."""


def outputs(folder: Path, framework: Framework, *, json: bool = True, text: bool = True) -> str:
    """Everything that the commands on a workspace print, in small letters, on lines without end.

    Args:
        folder: The workspace.
        framework: Its framework.
        json: Whether what programs read counts.
        text: Whether what people read counts.
    """
    out = io.StringIO()
    with contextlib.redirect_stdout(out), mock.patch.object(terminal, "width", return_value=100_000):
        for command in COMMANDS:
            at = [] if command == "returns" else ["--at", str(DAY)]
            for form in [*([[]] if text else []), *([["--format", "json"]] if json else [])]:
                assert main([command, str(folder), *at, *form]) == 0
        if text:
            for statement in framework.statements[:2]:  # no cell names another
                assert main(["statement", str(folder), statement.id]) == 0
            assert main(["draw", str(folder), "--seed", "1", "--stages", "2"]) == 0
            assert main(["count-cases", str(folder), "--rows", "band", "--columns", "band", "--threshold", "2"]) == 0
    return " ".join(out.getvalue().split()).casefold()


def lost(found: dict[tuple[str, int, str], set[str]], printed: str) -> list[tuple[str, int, str]]:
    """The cells of which nothing is printed."""
    return [cell for cell, forms in found.items() if not any(form.casefold() in printed for form in forms)]
