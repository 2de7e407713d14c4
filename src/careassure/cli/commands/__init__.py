"""The commands, one module each: what it takes (``configure``) and what it does (``run``)."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Protocol, cast

COMMANDS = {
    "assess": "rate an assessment and say why",
    "assess-table": "rate every row of a table, from file to file",
    "compare": "rate an assessment by every method, side by side",
    "benchmark": "show a council's scores beside those of its region, its kind, all, or councils of your choice",
    "next": "which score to find out next, so that the rating is settled soonest",
    "stability": "how likely each rating is if scores are uncertain",
    "what-if": "say what would differ with other scores",
    "reasons": "say which scores alone settle a result, and which do not matter",
    "nearest": "say which smallest changes of scores reach a grade or lose it",
    "bunching": "show how many published results lie just above and just below each line of a method",
    "currency": "say how long ratings stand before the next, from a table with a row for each",
    "panel": "what changed between two dates, among those who gave a number at both",
    "survey": "what share of those who replied said what, and what it can be of all who were asked",
    "check-claim": "say whether a printed figure follows from the figures that it rests on",
    "ages": "say how old the ratings of services are, from a table with a row for each",
    "backlog": "say whether what is open follows, period by period, from what came in and was done",
    "dols": "put applications for deprivation of liberty in order, with their clocks, backlog and waits",
    "sensitivity": "say what a rating owes to the weights, the lines and the rounding of its method",
    "indicators": "list the indicators that are known, with a council's value beside England's",
    "indicator": "a council's value of an indicator beside England's and its peers'",
    "waits": "how long people waited, from a table with a row for each: mean, longest, over so many days",
    "read": "say what a file is, what was read of it, and what was left out and why",
    "report": "write a paper about a result: a page, a Word document, Markdown or a picture",
    "workbook": "write a spreadsheet that rates: type scores, and its own formulas say the rating and why",
    "published": "published assessments, each worked out again",
    "programme": "how many councils have a published result, how fast they came, and who is left",
    "councils": "list the councils, look one up, or match a column of a table with them",
    "frameworks": "list what is installed: what can be assessed",
    "scorers": "list what is installed: the scoring methods",
    "agreement": "say how far assessments of one council agree: its own, its peers', the published one",
    "diff-methods": "count every combination of scores for which two methods differ, with a case of each kind",
    "check": "prove that a method file is sound, or list everything that is wrong with a workspace",
    "init": "make the folder of a new workspace",
    "status": "what a workspace gives, and what it lacks: missing, old, contradictory",
    "statement": "everything about one statement, beside the score that is being set",
    "returns": "the items of the information return, with the evidence for each",
    "progress": "the plan on one page for a board: what is late, in hand and complete, every measure, and risks",
    "duties": "which statutory duties are met on a day, which are not, and which nobody knows of",
    "hopes": "what the plan would give if its actions did what is hoped: a what-if, never a forecast",
    "predicted": "what the council said of itself, beside what was published of it afterwards",
    "findings": "what reviews and visits found by kind and review, what answers it, and two reviews compared",
    "events": "what happened, with the notes, sources, remedies and replies of each event",
    "remedies": "what is to be paid, said or done after complaints, with the sums, and whether it was",
    "promises": "what was promised to members, and whether it was kept",
    "diff": "what changed in a workspace between two days, in words",
    "timeline": "everything that happened to the council's assessment",
    "draw": "draw cases from a workspace in stages, and say how far they look like all",
    "cases": "say which cases somebody picked, how far they look like all, who agreed, and what each showed",
    "count-cases": "count the cases of a workspace by two attributes, with small numbers left out",
    "completion": "what a shell needs to complete commands and options",
    "plugins": "list the plugins and what each offers",
    "new-plugin": "write a distribution with a scorer of your own",
}
"""What each command does, in the order in which help lists them."""


class Command(Protocol):
    """The module of a command."""

    EXAMPLE: str

    def configure(self, command: argparse.ArgumentParser) -> None:
        """Say what it takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Run it: 0 when done, 1 when the input was wrong."""
        ...


def load(name: str) -> Command:
    """The module of a command, which is loaded when it is called."""
    return cast("Command", import_module(f"{__name__}.{name.replace('-', '_')}"))
