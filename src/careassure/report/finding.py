"""Finding one council on the page of published results: a place for each, and the list that leads to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from careassure.analysis.reconcile import Reconciliation
from careassure.model.framework import Framework
from careassure.model.markup import Child, Html, el, joined
from careassure.model.text import fold
from careassure.report.words import order

_OTHER = re.compile(r"[^a-z0-9]+")


@frozen
class Entry:
    """The results of one council, or whatever else is assessed, in one framework.

    Args:
        id: Where they stand on the page, such as ``council-st-helens``.
        framework: What was assessed.
        results: The results, by date.
    """

    id: str
    framework: Framework
    results: tuple[Reconciliation, ...]

    @property
    def name(self) -> str:
        """Whose results they are."""
        return self.results[0].assessment.council.name


def entries_of(results: Sequence[Reconciliation]) -> tuple[Entry, ...]:
    """The results by framework, in the order in which frameworks are met, and by council; each has its own place.

    Args:
        results: The results of a page.
    """
    groups: dict[Framework, dict[object, list[Reconciliation]]] = {}
    for result in results:
        groups.setdefault(result.assessment.framework, {})
    for result in sorted(results, key=order):
        groups[result.assessment.framework].setdefault(result.assessment.council, []).append(result)
    found: list[Entry] = []
    taken: set[str] = set()
    for framework, members in groups.items():
        for rows in members.values():
            name = _free(f"council-{_OTHER.sub('-', fold(rows[0].assessment.council.name)).strip('-')}", taken)
            taken.add(name)
            found.append(Entry(name, framework, tuple(rows)))
    return tuple(found)


def finder(results: Sequence[Reconciliation]) -> Html | None:
    """The list of councils, each leading to its own results; a field to type in where scripts run.

    None where there are not several to choose from.

    Args:
        results: The results of a page.
    """
    entries = entries_of(results)
    if len(entries) < 2:
        return None
    several = len({entry.framework for entry in entries}) > 1
    field = el("input", id="find", type="search", autocomplete="off", spellcheck="false")
    subject = entries[0].framework.subject
    return el(
        "div",
        el("div", el("label", f"Find a {subject}", for_="find"), field, class_="typed", hidden=""),
        el(
            "details",
            el("summary", f"Choose from the list of {len(entries):,}"),
            el("ul", *(el("li", *_item(entry, several)) for entry in entries)),
        ),
        el("div", role="status", class_="unseen"),
        class_="find",
        role="search",
        aria_label=f"Find a {subject}",
    )


def _item(entry: Entry, several: bool) -> tuple[Child, ...]:
    """A link to a council's results, with its newest printed rating."""
    newest = entry.results[-1].assessment
    rating = str(newest.stated.rating or "rating not seen")
    more = f", {entry.framework.title}" if several else ""
    return (el("a", entry.name, href=f"#{entry.id}"), joined((" ", el("span", f"{rating}{more}", class_="soft"))))


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken."""
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found
