"""The screen for personal data over an assessment: when a file is read, and before anything is handed on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from careassure.errors import PersonalDataError, Problem
from careassure.model.assessment import Assessment
from careassure.privacy.personal.screen import screen, sentence

_ADDRESS = re.compile(r"https?://\S+")
_HINT = "Remove it, replace it with a role or a code, or allow these words"


def refuse_personal_data(
    assessment: Assessment, what: str, *, certain: bool = False, names: Iterable[str] = (), allow: Iterable[str] = ()
) -> None:
    """Refuse an assessment whose free text holds what looks like personal data.

    Args:
        assessment: What is read or handed on.
        what: The file, for the message.
        certain: Whether only that counts whose form alone tells what it is, so that likely names pass.
        names: Names to look for beside the likely ones.
        allow: Words that pass.

    Raises:
        PersonalDataError: What was found, each with its place, its kind and most of it covered.
    """
    looked_for, passing = tuple(names), tuple(allow)
    problems = [
        Problem(where, sentence(found), _HINT)
        for where, text in _texts(assessment)
        for found in screen(_ADDRESS.sub(lambda match: " " * len(match[0]), text), names=looked_for, allow=passing)
        if found.certain or not certain
    ]
    if problems:
        raise PersonalDataError(what, problems)


def _texts(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """The free text of an assessment, each with its place. Addresses of pages are not text."""
    yield "notes", assessment.notes
    yield from ((f"sources[{at}]", text) for at, text in enumerate(assessment.sources))
    for item in assessment.evidence:
        for field in ("summary", "source", "role"):
            yield f"evidence.{item.id}.{field}", str(getattr(item, field))
        yield from ((f"evidence.{item.id}.attachments", text) for text in item.attachments)
    for at, other in enumerate(assessment.disagreements):
        yield f"disagreements[{at}].source", other.source
        yield f"disagreements[{at}].note", other.note
