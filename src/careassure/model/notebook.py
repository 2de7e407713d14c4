"""Small pieces of HTML for notebooks. Every word of a user or a plugin goes through `plain`, which escapes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from careassure.model.explain import MAY_HOLD, cited, margin_sentences, mark, not_known, span_words
from careassure.model.markup import plain, web_address
from careassure.model.reference import Citations
from careassure.model.side_by_side import profile_rows

if TYPE_CHECKING:
    from careassure.model.outcome import Outcome, ProfileEntry
    from careassure.model.reference import Reference

_LEFT = " style='text-align:left;font-weight:normal'"
_BOLD = " style='text-align:left;font-weight:bold'"


def output(*parts: str) -> str:
    """What a notebook shows of a value: pieces of HTML one after the other, under the name that our style goes by."""
    return f"<div class='careassure'>{''.join(parts)}</div>"


def paragraph(text: str) -> str:
    """A paragraph of words; nothing where there are none."""
    return f"<p>{plain(text)}</p>" if text else ""


def preformatted(text: str) -> str:
    """Lines of words as they are laid out."""
    lines = "\n".join(map(plain, text.splitlines()))
    return f"<pre>{lines}</pre>"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of words, the first of each row its head; nothing where there are no rows."""
    body = "".join(
        f"<tr><th scope='row'{_LEFT}>{plain(first)}</th>{''.join(f'<td>{plain(cell)}</td>' for cell in rest)}</tr>"
        for first, *rest in rows
    )
    head = "".join(f"<th scope='col'>{plain(name)}</th>" for name in heads)
    return f"<table><caption>{plain(caption)}</caption><tr>{head}</tr>{body}</table>" if body else ""


def bullets(heading: str, items: Sequence[str]) -> str:
    """A list of words under a heading that says how many there are; nothing where there are none."""
    lines = "".join(f"<li>{plain(item)}</li>" for item in items)
    return f"{paragraph(f'{heading} ({len(items):,})')}<ul>{lines}</ul>" if items else ""


def pictures(result: object) -> str:
    """The pictures of a result, which `report` draws when a notebook asks for them; nothing where it has none.

    The one reference upward from here: whoever rates needs no papers, and who looks at a notebook waits for one gladly.

    Args:
        result: What `careassure.report` can write a paper about, or a what-if.
    """
    try:
        from careassure.report.as_notebook import pictures_html

        # Each value that calls this is one that papers know.
        return pictures_html(result)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001  (the words are shown whatever becomes of the pictures)
        return paragraph("The picture cannot be drawn. The words and tables are complete.")


def _listed(sources: Citations) -> str:
    items = "".join(f"<li>{_source(found)}</li>" for found in sources)
    return f"<p>Sources</p><ol>{items}</ol>" if items else ""


def _source(reference: Reference) -> str:
    title, rest = map(plain, cited(reference))
    address = web_address(reference.url)
    if address is not None:
        return f"<a href='{plain(address)}' rel='noopener noreferrer'>{title}</a>{rest}"
    return title + rest


def outcome_html(outcome: Outcome, pictured: str = "") -> str:
    """An outcome: the result, the rungs with their sources, what is not known, how near it is, flags, the profile.

    Args:
        outcome: What is shown.
        pictured: Its pictures as HTML, which stand below the result.
    """
    sources = Citations()
    overall = outcome.trace.find("node", "overall")
    rungs = [part for part in overall.walk() if part.kind == "rung"] if overall else []
    given = overall.references if overall and not rungs else ()
    rows = "".join(
        f"<tr><td>{mark(rung)}</td><td>{plain(rung.text + sources.cite(rung.references))}</td></tr>" for rung in rungs
    )
    rule = f"{overall.text}{sources.cite(given)}" if overall and given else ""
    flags = "".join(
        f"<p><strong>{'Flag' if flag.certain else MAY_HOLD}:</strong> "
        f"{plain(flag.text + sources.cite(flag.references))}</p>"
        for flag in outcome.flags
    )
    entries = "".join(
        f"<tr><th scope='row'{_BOLD if entry.level == 'theme' else _LEFT}>{plain(entry.title)}</th>"
        f"<td>{_grade(entry, outcome)}</td></tr>"
        for entry in outcome.profile
    )
    return output(
        f"<p><strong>{plain(_opening(outcome))}</strong><br>"
        f"{plain(outcome.title)} ({plain(outcome.scorer)} {plain(outcome.scorer_version)})</p>",
        pictured,
        paragraph(not_known(outcome.assessment)),
        f"<table><caption>Why</caption>{rows}</table>" if rows else paragraph(rule),
        paragraph(" ".join(margin_sentences(outcome))),
        flags,
        f"<table><caption>Profile</caption>{entries}</table>",
        _listed(sources),
    )


def _opening(outcome: Outcome) -> str:
    """Whose it is, what was printed where that is known, and what the scores give."""
    assessment = outcome.assessment
    if not assessment.stated.words:
        return f"{assessment.label}: {outcome.result}"
    return f"{assessment.label}: printed {assessment.stated.words}. Worked out: {outcome.result}"


def outcomes_html(outcomes: Sequence[Outcome], pictured: str = "") -> str:
    """Several outcomes of one assessment: a row for each, what is not known, and where each rule stands.

    Args:
        outcomes: What is shown.
        pictured: Their pictures as HTML, which stand below the results.
    """
    sources = Citations()
    rows = [
        (
            f"{outcome.title} ({outcome.scorer}){sources.cite(overall_references(outcome))}",
            outcome.result,
            " ".join(margin_sentences(outcome)),
            " ".join(flag.text if flag.certain else f"{MAY_HOLD}: {flag.text}" for flag in outcome.flags),
        )
        for outcome in outcomes
    ]
    if not outcomes:
        return output(paragraph("No scorer was asked."))
    assessment = outcomes[0].assessment
    printed = f", printed {assessment.stated.words}" if assessment.stated.words else ""
    body = table(f"{assessment.label}{printed}", ("Method", "Result", "How near", "Flags"), rows)
    body += pictured
    heads, profiles = profile_rows(outcomes)
    body += table("Profiles", heads, profiles)
    return output(body, paragraph(not_known(assessment)), _listed(sources))


def overall_references(outcome: Outcome) -> tuple[Reference, ...]:
    """Where the rules of the overall result stand, in the order in which they are met."""
    overall = outcome.trace.find("node", "overall")
    found = [reference for step in overall.walk() for reference in step.references] if overall else []
    return tuple(dict.fromkeys(found or outcome.trace.references))


def _grade(entry: ProfileEntry, outcome: Outcome) -> str:
    if entry.low is None or entry.high is None:
        return plain(str(entry.state or ""))
    if entry.id in outcome.assessment.missing:
        return f"<em>not known</em>: {plain(span_words(entry.low, entry.high))}"
    return plain(span_words(entry.low, entry.high))
