"""The command ``cases``: which cases somebody picked, how far they look like all, who agreed, and what each showed."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.cli.cases import cases_of
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.model.evidence import Evidence
from careassure.model.text import join, plural
from careassure.report.rows import apart
from careassure.report.tables import Row, csv_text, json_text
from careassure.samples.cases import Case, CaseAttribute, CaseList
from careassure.samples.intervals import CAUTION
from careassure.samples.likeness import represent
from careassure.samples.picks import picked
from careassure.workspaces.details import evidence_words

EXAMPLE = "careassure cases york --picked pick --consent consent"
_OWN = ("id", "showed")
"""The columns of a case that are not attributes."""


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    command.add_argument("--picked", metavar="NAME", help="the attribute that says how far each case was picked")
    command.add_argument(
        "--consent", metavar="NAME", help="the attribute that says who agreed, and who did not and why"
    )
    options.at(command)
    options.formats(command, "text", "json", "csv")
    options.disclosure(command)
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say what was picked, and what each case showed."""
    cases = cases_of(arguments.folder)
    if arguments.paper is not None:
        from careassure.report.of_samples import cases_paper

        papers.write(arguments, cases_paper(arguments.folder, options.rules_of(arguments), arguments.at))
    elif arguments.threshold is not None:
        raise UsageError("--threshold is about a paper", hint="Name its file with --paper FILE")
    showed = workspaces.case_evidence(arguments.folder, arguments.at)
    pick = None if arguments.picked is None else picked(cases, arguments.picked)
    consent = None if arguments.consent is None else cases.attribute(arguments.consent)
    if arguments.format in ("json", "csv"):
        rows = list(_rows(cases, showed))
        if arguments.format == "json":
            terminal.json(json_text(rows))
        else:
            terminal.csv(csv_text(rows))
        return 0
    stages = [("all listed", cases.cases)] if pick is None else [
        ("all listed" if number == 0 else str(stage.code), stage.cases) for number, stage in enumerate(pick.stages)
    ]  # fmt: skip
    terminal.write(terminal.wrapped(f"{plural(len(cases), 'case')} listed." if pick is None else pick.words))
    if consent is not None:
        terminal.line()
        print_rows([_answers(name, found, consent) for name, found in stages], "table")
    if pick is not None:
        _compare(stages[1:], cases, [item.id for item in (pick.attribute, consent) if item is not None])
    terminal.line()
    print_rows(list(_shown(stages, showed)), "table", empty="No evidence rests on any case yet.")
    return 0


def _answers(name: str, found: Sequence[Case], consent: CaseAttribute) -> Row:
    """How many of the cases of a step have each answer."""
    counts = Counter(case.code(consent.id) for case in found)
    return {
        "How far": name,
        "Cases": f"{len(found):,}",
        **{str(code): f"{counts[code.id]:,}" for code in consent.codes},
    }


def _compare(stages: Sequence[tuple[str, Sequence[Case]]], cases: CaseList, leave_out: Sequence[str]) -> None:
    """Say how far the cases of each step look like all, and once what such cases do not support."""
    for name, found in stages:
        if found and len(leave_out) < len(cases.attributes):
            said = represent(found, cases, leave_out=leave_out).words.removesuffix(CAUTION).strip()
            terminal.paragraph(f"{name}: {said}")
    terminal.paragraph(CAUTION)


def _shown(stages: Sequence[tuple[str, Sequence[Case]]], showed: Mapping[str, tuple[Evidence, ...]]) -> Iterator[Row]:
    """What each case showed: those that went furthest first, and of the others those that showed something."""
    told: set[str] = set()
    for step, (name, found) in reversed(list(enumerate(stages))):
        for case in found:
            if case.id not in told and (step or showed[case.id]):
                words = "; ".join(_brief(item) for item in showed[case.id])
                yield {"Case": case.id, "How far": name, "What it showed": words or "nothing is recorded"}
            told.add(case.id)


def _brief(item: Evidence) -> str:
    """A piece of evidence without where it is from, which the other formats have."""
    says = f" ({join([str(claim) for claim in item.says])})" if item.says else ""
    return f"{item.id} {item.summary}{says}"


def _rows(cases: CaseList, showed: dict[str, tuple[Evidence, ...]]) -> Iterator[Row]:
    heads = apart([attribute.id for attribute in cases.attributes], _OWN, "attribute_")
    for case in cases.cases:
        yield {
            "id": case.id,
            **{heads[name]: code for name, code in case.attributes},
            "showed": "; ".join(evidence_words(item) for item in showed[case.id]),
        }
