"""The report: every result worked out again, as one page that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from careassure.analysis.reconcile import Reconciliation, Status
from careassure.model.markup import Child, Html, el, joined, link, numbered
from careassure.model.reference import Basis, Confidence, Reference
from careassure.model.text import join, plural
from careassure.report.finding import finder
from careassure.report.ladder import Ladder, ladders
from careassure.report.sheet import sheets
from careassure.report.small_ladder import small_ladder, wide_ladder
from careassure.report.styling import head_of_page, page_style, register_script
from careassure.report.walk import walkable
from careassure.report.words import (
    SYMBOLS,
    day,
    field_title,
    grouped,
    number,
    order,
    references,
    tally,
    unchecked_group,
    value_words,
)

TITLE = "Published CQC ratings of councils' adult social care, worked out again"
_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_COPY = "github.com/alxtrnr/bongo-twisty"
_SECTIONS = (
    ("ladder", "The ladder of ratings"),
    ("differences", "Where sources differ"),
    ("table", "Every result"),
    ("unchecked", "What cannot be checked"),
    ("sources", "Sources and licence"),
)
_CONFIDENCE: dict[Confidence, str] = {
    "official": "read on a page of the body that issued it, or in a faithful copy of such a page.",
    "press": "read in the press or on the council's own site.",
    "derived": "read in a third party's copy of the publisher's pages, not on the pages themselves.",
    "unconfirmed": "taken by a program from a word on the page; no person and no second source has said it.",
    "own": "entered by whoever made the assessment.",
}
_BASIS: dict[Basis, str] = {
    "law": "read in legislation",
    "official": "read on a page of the body that issued it, or a faithful copy",
    "sector": "read on a page of a sector body",
    "press": "read in the press or on a council's own site",
    "derived": "worked out from published results",
    "inferred": "follows from the others, stated nowhere",
    "ours": "a choice of this project",
}


def reconciliation_page(results: Sequence[Reconciliation]) -> str:
    """Published results beside what their scores give, as one HTML page that needs no script and no other file.

    Args:
        results: What `careassure.reconcile` gave; the page follows from them alone.
    """
    found = tuple(sorted(results, key=order))
    title = _title(found)
    nav = el(
        "nav",
        el("ul", *(el("li", el("a", text, href=f"#{anchor}")) for anchor, text in _SECTIONS)),
        aria_label="Contents",
    )
    bodies = (_ladders(found), _differences(found), _table(found), _unchecked(found), _sources(found))
    main = el(
        "main",
        el("h1", title),
        *_answer(found),
        nav,
        *(
            el("section", el("h2", text, id=f"{anchor}-head"), *body, id=anchor, aria_labelledby=f"{anchor}-head")
            for (anchor, text), body in zip(_SECTIONS, bodies, strict=True)
        ),
    )
    script = register_script() if found else None
    head = head_of_page(title, page_style(), script)
    body = el("body", main, el("script", script) if script else None)
    return f"<!DOCTYPE html>\n{el('html', head, body, lang='en-GB')}\n"


def _title(results: Sequence[Reconciliation]) -> str:
    others = {result.assessment.framework.title for result in results if result.assessment.framework.id != "cqc-la"}
    return f"Published results, worked out again: {join(sorted(others))}" if others else TITLE


def _answer(results: Sequence[Reconciliation]) -> list[Child]:
    counts = Counter(result.status for result in results)
    texts: dict[Status, str] = {
        "agrees": tally(counts["agrees"], "agrees", "agree"),
        "differs": tally(counts["differs"], "differs", "differ"),
        "cannot be checked": f"{counts['cannot be checked'] or 'none'} cannot be checked",
    }
    verbs: dict[Status, str] = {
        "agrees": "agrees with its own scores" if counts["agrees"] == 1 else "agree with their own scores",
        "differs": "differs from its own scores" if counts["differs"] == 1 else "differ from their own scores",
        "cannot be checked": "cannot be checked",
    }
    tiles = [
        el(
            "li",
            el("b", f"{counts[status]:,}"),
            el("span", SYMBOLS[status], aria_hidden="true"),
            f" {verb}",
            class_=status.split()[0],
        )
        for status, verb in verbs.items()
    ]
    lead = f"Of {plural(len(results), 'published result')}, {texts['agrees']} with the scores published beside "
    lead += f"{'it' if counts['agrees'] == 1 else 'them'}, {texts['differs']}, and {texts['cannot be checked']}."
    return [
        el("p", lead if results else "There are no results.", class_="lead"),
        finder(results),
        el("ul", *tiles, class_="tiles"),
        el("p", _method(results)),
    ]


def _method(results: Sequence[Reconciliation]) -> str:
    first = (
        "The published scores of each council were put into the method that is said to give the rating. "
        "The arithmetic is exact. The result was compared with the rating and score that were printed. "
        "Whether the scores are right is not judged here. "
    )
    methods = dict.fromkeys(
        f"“{outcome.title}” ({outcome.scorer}, version {outcome.scorer_version}"
        + (f", from {outcome.distribution} {outcome.distribution_version})" if outcome.distribution else ")")
        for outcome in (result.outcome for result in results)
    )
    if not methods:
        return first
    reasons = Counter(result.reason for result in results if result.status == "agrees")
    kinds = join(
        [f"{reason} ({count})" for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))]
    )
    agree = f" What agrees: {kinds}. What was not seen in print is not compared." if reasons else ""
    return f"{first}The {'methods are' if len(methods) > 1 else 'method is'} {join(list(methods))}.{agree}"


def _ladders(results: Sequence[Reconciliation]) -> list[Child]:
    drawn = ladders(results)
    if not drawn:
        return [el("p", "No result has a single worked-out score, so there is nothing to draw.")]
    body: list[Child] = []
    for at, ladder in enumerate(drawn, 1):
        near = _near(ladder)
        edges = (
            "The dashed lines are the edges that the method sets."
            if ladder.bands
            else "In this method the rating does not follow from this score alone, so no edges are drawn."
        )
        caption = (
            f"One mark for each result with a single worked-out score ({len(ladder.results):,}); marks on one score "
            f"stand together, with their number beside them. Shape and colour show the worked-out rating. {edges} "
        )
        body += [
            el("h3", ladder.method) if len(drawn) > 1 else None,
            *near[:1],
            el(
                "figure",
                el("div", wide_ladder(ladder, at), class_="desk"),
                el("div", walkable(small_ladder(ladder)), class_="telephone"),
                el(
                    "figcaption",
                    caption,
                    "The ",
                    el("a", "table of every result", href="#table"),
                    " has the same scores.",
                ),
            ),
            *near[1:],
        ]
    return body


def _near(ladder: Ladder) -> list[Child]:
    """How many are a single point from another rating."""
    worked = [result for result in ladder.results if result.outcome.margin.up or result.outcome.margin.down]
    if not worked:
        return []
    short = [result for result in worked if result.outcome.margin.up == 1]
    above = [result for result in worked if result.outcome.margin.down == 1]
    either = sum(1 in (result.outcome.margin.up, result.outcome.margin.down) for result in worked)
    text = (
        f"Of the {plural(len(worked), 'result')} for which that is worked out, {tally(either, 'is', 'are')} one point "
        "from another rating. A point is one step in one score, such as a 3 where there was a 2; "
        "it is not one of the 100."
    )
    items = [
        el("li", el("strong", f"{words} ({len(found):,}): "), join([_who(result) for result in found]), ".")
        for words, found in (("One point short of a higher rating", short), ("One point above a lower rating", above))
        if found
    ]
    return [el("p", text), el("ul", *items) if items else None]


def _who(result: Reconciliation) -> str:
    return str(result.assessment.council)


def _differences(results: Sequence[Reconciliation]) -> list[Child]:
    found = [(result, item) for result in results for item in result.assessment.disagreements]
    rows: list[Html] = []
    for result, item in found:
        framework = result.assessment.framework
        rows.append(
            el(
                "tr",
                el("th", result.assessment.label, scope="row"),
                _cell("About", field_title(framework, item.field)),
                _cell("Used here", el("strong", value_words(framework, item.field, item.used))),
                _cell("Other source", value_words(framework, item.field, item.other) or "leaves a blank"),
                _cell("Settled", "yes" if item.resolved else el("span", "no, it stays open", class_="alert")),
                _cell("Why", item.note or "no reason is given"),
                _cell("Sources", numbered(item.source.split("|"), f"on this difference for {result.assessment.label}")),
            )
        )
    heads = ("Council and date", "About", "Used here", "Other source", "Settled?", "Why", "Sources")
    table = el(
        "table",
        el("caption", f"Figures on which two sources differ: {len(found):,}, settled or not."),
        el("thead", el("tr", *(el("th", text, scope="col") for text in heads))),
        el("tbody", *rows),
        class_="stack narrow",
    )
    differs = [result for result in results if result.status == "differs"]
    checked = sum(result.status != "cannot be checked" for result in results)
    none = f"None. {'Every result that could be checked agrees.' if checked else 'No result could be checked.'}"
    items = [
        el("li", el("strong", result.assessment.label), f": {SYMBOLS['differs']} {result.reason}") for result in differs
    ]
    return [
        el("h3", "Between two sources of the same figure"),
        table if found else el("p", "None."),
        el("h3", "Between what was printed and what the scores give"),
        el("ul", *items) if items else el("p", none),
    ]


def _cell(head: str, *children: Child) -> Html:
    return el("td", el("div", *children), data_head=head)


def _table(results: Sequence[Reconciliation]) -> list[Child]:
    if not results:
        return [el("p", "There are no results.")]
    signs = (
        "A dot (·) stands for a score that was not seen; it is not a zero. “How near” gives the fewest points, as "
        "counted above, that could give another rating if gained (up) or lost (down); a single point is in bold. "
        "“Check” compares what was printed with what was worked out."
    )
    again = el("p", el("a", "Show every council again", href="#table"), class_="again")
    return [el("p", signs), again, sheets(results)]


def _unchecked(results: Sequence[Reconciliation]) -> list[Child]:
    found = [result for result in results if result.status == "cannot be checked"]
    if not found:
        return [el("p", "Nothing: every result could be checked." if results else "Nothing.")]
    groups = grouped([(unchecked_group(result)[0], result) for result in found])
    body: list[Child] = []
    for shared, members in groups:
        items: list[Html] = []
        for result in members:
            own = unchecked_group(result)[1]
            items.append(el("li", result.assessment.label, f": {own}" if own else None))
        body += [el("h3", f"{shared[:1].upper()}{shared[1:]}: {len(members):,}"), el("ul", *items, class_="columns")]
    intro = (
        f"{plural(len(found), 'result')} of {len(results):,}. A rating without its scores is still shown, "
        "because it was published; it is neither confirmed nor doubted."
    )
    return [el("p", intro), *body]


def _sources(results: Sequence[Reconciliation]) -> list[Child]:
    found = references(results)
    licence = joined(("Contains public sector information licensed under the ", link(_LICENCE, _OGL), "."))
    return [
        el("p", licence),
        el("p", "Compiled by careassure, which is not connected with the Care Quality Commission or any council."),
        el("h3", "The method"),
        el("ul", *map(_reference, found)) if found else el("p", "No method was used."),
        el("h3", "How sure each row is"),
        *_confidence(results),
        el("h3", "What to keep in mind"),
        el("ul", *(el("li", text) for text in _cautions(results))),
    ]


_OGL = "Open Government Licence v3.0"


def _reference(reference: Reference) -> Html:
    where = f", {reference.section}" if reference.section else ""
    read = f"; read {day(reference.read)}" if reference.read else ""
    title = link(reference.url, reference.title) if reference.url else reference.title
    return el("li", title, where, el("span", f" ({_BASIS[reference.basis]}{read})", class_="soft"))


def _confidence(results: Sequence[Reconciliation]) -> list[Child]:
    counts = Counter(result.assessment.confidence for result in results)
    items: list[Html] = []
    for word, meaning in _CONFIDENCE.items():
        copied = word == "derived" and any(
            _COPY in source for result in results if result.assessment.confidence == word
            for source in result.assessment.sources
        )  # fmt: skip
        more = (
            f" The copy is {_COPY} (MIT licence), which read CQC's summary pages; CQC remains their source."
            if copied
            else None
        )
        if counts[word]:
            items.append(el("li", el("strong", word), f" ({plural(counts[word], 'row')}): {meaning}", more))
    note = "The word covers the whole row; notes in the table say where one figure rests on another source."
    return [el("ul", *items), el("p", note)] if items else [el("p", "There are no rows.")]


def _cautions(results: Sequence[Reconciliation]) -> list[str]:
    sizes = {len(result.assessment.framework.statements) for result in results}
    size = f"{number(sizes.pop())} scores" if len(sizes) == 1 else "several scores"
    found = [
        "The table is not complete: reports that were not found, or that came out later, are missing.",
        "An empty place means that something was not seen. It never means zero or no.",
        f"A rating is one word for {size}, and hides how they differ.{_hidden(results)}",
    ]
    if any(result.assessment.indicative for result in results):
        found.append("The results of pilots were published as indicative only.")
    return found


def _hidden(results: Sequence[Reconciliation]) -> str:
    """How many different sets of scores the commonest rating stands for."""
    rated = [result for result in results if result.outcome.rating and result.assessment.complete]
    if not rated:
        return ""
    rating, count = Counter(str(result.outcome.rating) for result in rated).most_common(1)[0]
    same = [result for result in rated if str(result.outcome.rating) == rating]
    sets = len({result.assessment.marks for result in same})
    if count < 2 or sets < 2:
        return ""
    scores = sorted(result.outcome.score for result in same if result.outcome.score is not None)
    spread = f", from {scores[0]} to {scores[-1]} out of 100" if scores and scores[0] < scores[-1] else ""
    return f" Here {rating} stands for {count} results with {sets} different sets of scores{spread}."
