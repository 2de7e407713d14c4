"""The tables of a workspace: their files and columns."""

from __future__ import annotations

from careassure.model.text import join
from careassure.tables.columns import Column, Sheet
from careassure.workspaces.happened import EVENT_KINDS, FINDING_KINDS, FOLLOW_UP_STATUSES
from careassure.workspaces.owed import REMEDY_KINDS, YES_NO
from careassure.workspaces.plan import DIRECTIONS, STATUSES
from careassure.workspaces.returns import ITEM_STATUSES
from careassure.workspaces.workspace import CONFIDENCES

_LIST = "several with semicolons between them"
_STATEMENTS = Column("statements", f"the statements that it is about, {_LIST}", needed=True)
_SOME_STATEMENTS = Column("statements", f"the statements that it is about, {_LIST}; blank: none of them")

SCORES = Sheet("scores", "a score that the council gave itself, from a date on", (
    Column("date", "since when", needed=True),
    Column("statement", "the statement", needed=True),
    Column("score", "the score; blank: not known from then on"),
    Column("category", "the evidence category, where the version scores categories"),
    Column("role", "the role of whoever set it", text=True),
    Column("confidence", join(CONFIDENCES, "or")),
    Column("reason", "why it is this score and not the next one", text=True),
    Column("version", "the framework version it was set under; blank: the workspace's"),
))  # fmt: skip

EVIDENCE = Sheet("evidence", "something found", (
    Column("id", "a name for it", needed=True),
    Column("summary", "what was found, in a sentence", needed=True, text=True),
    Column("category", "the evidence category; blank where the framework has none"),
    _STATEMENTS,
    Column("source", "where it is from", text=True),
    Column("date", "when it was found or published"),
    Column("role", "the role of whoever recorded it", text=True),
    Column("strength", "weak, moderate or strong"),
    Column("says", "the scores that it speaks for, such as equity=2; safeguarding=3"),
    Column("attachments", f"where documents that belong to it are kept, {_LIST}", text=True),
    Column("indicator", "the key of the indicator whose value it is, such as ascof 2024-25 3A"),
    Column("cases", f"the cases that it rests on, {_LIST}"),
    Column("added", "when it was recorded; blank: on its date"),
    Column("supersedes", "the evidence that it replaces"),
    Column("stale_after_months", "after how many months it is old; blank: as workspace.toml says"),
))  # fmt: skip

EVENTS = Sheet("events", "something that happened to the assessment", (
    Column("id", "a name for it", needed=True),
    Column("kind", join([kind.id for kind in EVENT_KINDS], "or"), needed=True),
    Column("date", "when", needed=True),
    Column("title", "what it was", needed=True, text=True),
    Column("statements", f"the statements that it was about, {_LIST}; blank: all"),
    Column("result", "the rating, an auditor's opinion, or upheld, partly upheld, not upheld or closed", text=True),
    Column("score", "the score out of 100 that was printed"),
    Column("supersedes", "the event whose result it replaces"),
    Column("reason", "why the result is not what the scores come to", text=True),
    Column("source", "where it is written", text=True),
    Column("notes", "what changed or should be known", text=True),
))  # fmt: skip

FINDINGS = Sheet("findings", "something that a review or visit found", (
    Column("id", "a name for it", needed=True),
    Column("event", "the event that found it", needed=True),
    Column("kind", join(FINDING_KINDS, "or"), needed=True),
    _SOME_STATEMENTS,
    Column("text", "what was found", needed=True, text=True),
    Column("bodies", f"the bodies that it is for, {_LIST}; blank: the council", text=True),
    Column("finds_again", f"the findings of earlier reviews that it finds again, {_LIST}"),
    Column("closes", f"the findings of earlier reviews that it finds put right, {_LIST}"),
))  # fmt: skip

FOLLOW_UPS = Sheet("follow_ups", "what a body said to a finding or did about it, on a date", (
    Column("date", "when", needed=True),
    Column("finding", "the finding", needed=True),
    Column("status", join([name.replace("_", " ") for name in FOLLOW_UP_STATUSES], "or"), needed=True),
    Column("body", "which of the bodies that the finding is for; blank: the council", text=True),
    Column("evidence", f"the evidence that shows it, {_LIST}"),
    Column("source", "where it is written", text=True),
    Column("note", "what was said", text=True),
))  # fmt: skip

REMEDIES = Sheet("remedies", "what is to be paid, said or done after a complaint was upheld", (
    Column("id", "a name for it", needed=True),
    Column("event", "the event that asks for it, such as an ombudsman's decision", needed=True),
    Column("kind", join(REMEDY_KINDS, "or"), needed=True),
    Column("text", "what is to be paid or done", needed=True, text=True),
    Column("to", "to whom, by role, such as the man or his mother", text=True),
    Column("amount", "the pounds to be paid, such as 6,000 or 500.50"),
    Column("roughly", f"{join(YES_NO, 'or')}: whether the amount is a round one, such as almost £6,000"),
    Column("due", "until when"),
    Column("done", "when it was done; blank: not yet"),
    Column("evidence", f"the evidence that shows it, {_LIST}"),
    Column("note", "what should be known", text=True),
))  # fmt: skip

REPLIES = Sheet("replies", "how many were asked at an event such as a consultation, and how many replied", (
    Column("event", "the event", needed=True),
    Column("group", "who was asked, such as providers; blank: all together", text=True),
    Column("asked", "how many were asked; blank: not known"),
    Column("replied", "how many replied", needed=True),
    Column("roughly", f"{join(YES_NO, 'or')}: whether the numbers are round ones"),
    Column("source", "where they are written", text=True),
))  # fmt: skip

PROMISES = Sheet("promises", "something that the council promised its members", (
    Column("id", "a name for it", needed=True),
    Column("date", "when it was promised", needed=True),
    Column("text", "what was promised", needed=True, text=True),
    Column("role", "the role of whoever promised it", text=True),
    Column("meeting", "to which meeting or members", text=True),
    _SOME_STATEMENTS,
    Column("due", "until when"),
    Column("kept", "when it was kept; blank: not yet"),
    Column("withdrawn", "when the members let it go"),
    Column("evidence", f"the evidence that shows it, {_LIST}"),
    Column("source", "where it is written", text=True),
    Column("note", "what should be known", text=True),
))  # fmt: skip

ACTIONS = Sheet("actions", "something that the council will do", (
    Column("id", "a name for it", needed=True),
    Column("title", "what will be done", needed=True, text=True),
    _SOME_STATEMENTS,
    Column("findings", f"the findings that it answers, {_LIST}"),
    Column("owner", "the role that answers for it", text=True),
    Column("due", "until when"),
    Column("agreed", "since when it has been in the plan"),
    Column("moves", "the scores hoped for once it is complete, such as equity=3; for a what-if only"),
))  # fmt: skip

UPDATES = Sheet("updates", "where an action stood on a date", (
    Column("date", "when", needed=True),
    Column("action", "the action", needed=True),
    Column("status", join(STATUSES, "or"), needed=True),
    Column("evidence", f"the evidence that shows it, {_LIST}"),
    Column("note", "what was said", text=True),
))  # fmt: skip

MEASURES = Sheet("measures", "by what actions are measured", (
    Column("id", "a name for it", needed=True),
    Column("title", "what is counted", needed=True, text=True),
    Column("direction", f"which way is better: {join([name.replace('_', ' ') for name in DIRECTIONS], 'or')}",
           needed=True),
    Column("actions", f"the actions that it measures, {_LIST}; blank: it stands by itself"),
    Column("scope", "who or what is counted", text=True),
    Column("unit", "the unit, such as %, days or working days; it is text, and no day is counted by it", text=True),
    Column("baseline", "its value before"),
    Column("baseline_date", "when that was"),
    Column("target", "the value to be reached; or by how much it is to change, such as 50% less"),
    Column("target_date", "until when"),
    Column("reference", "where the target is set, such as guidance", text=True),
    Column("duty", "the statutory duty that it shows, with its place in the law", text=True),
))  # fmt: skip

READINGS = Sheet("readings", "the value of a measure on a date", (
    Column("date", "when", needed=True),
    Column("measure", "the measure", needed=True),
    Column("value", "the value; met or not met where that is the direction", needed=True),
    Column("source", "where it is from", text=True),
))  # fmt: skip

RETURNS = Sheet("returns", "an item of the information return", (
    Column("section", "General, or the section as the request names it, such as QS3", needed=True),
    Column("item", "the number or name within the section, such as IR3", needed=True),
    Column("title", "what is asked for", needed=True, text=True),
    Column("owner", "the role that answers for it", text=True),
    Column("status", join(ITEM_STATUSES, "or")),
    Column("rating", "what the council thinks of what it has, in a word of the rating scale"),
    Column("evidence", f"the evidence that belongs to it, {_LIST}"),
    Column("date", "when the status was set"),
))  # fmt: skip

CASES = Sheet("cases", "a case, coded; one more column for each attribute in workspace.toml", (
    Column("id", "a pseudonym", needed=True),
))  # fmt: skip

DESCRIPTORS = Sheet("descriptors", "what a statement looks like at a score", (
    Column("statement", "the statement", needed=True),
    Column("score", "the score", needed=True),
    Column("text", "what is seen at that score", needed=True, text=True),
    Column("source", "whose words these are, and of when", needed=True, text=True),
    Column("version", "the framework version that they were written for; blank: any"),
))  # fmt: skip

INDICATORS = Sheet("indicators", "an indicator of the council's own; its key is own, the year and the code", (
    Column("code", "a code for it", needed=True),
    Column("year", "the financial year of its definition, such as 2026-27", needed=True),
    Column("title", "what it measures", needed=True, text=True),
    Column("unit", "what its values are counted in, such as % or days", needed=True),
    Column("polarity", "which way is better: higher, lower or context", needed=True),
    Column("source", "where its values come from", needed=True, text=True),
    Column("denominator", "of whom or of what it is a share, a rate or a mean", needed=True, text=True),
    Column("date", "when it was defined or published", needed=True),
    Column("statements", f"the statements on which it bears, {_LIST}"),
    Column("stale_after_months", "after how many months a value is old; blank: as workspace.toml says"),
))  # fmt: skip

VALUES = Sheet("values", "a value of an indicator of the council's own", (
    Column("indicator", "the indicator's code", needed=True),
    Column("year", "the year of its definition", needed=True),
    Column("period", "the financial year that the value is about", needed=True),
    Column("area", "an ONS code, or a name of your own", needed=True),
    Column("value", "the number, perhaps with a mark such as [p] behind it; or [c], [x] or [z] alone", needed=True),
    Column("base", "how many replies or cases it rests on"),
    Column("margin_of_error", "half the width of its interval"),
    Column("numerator", "what was counted"),
    Column("denominator", "out of what"),
    Column("source", "where it stood", text=True),
    Column("scope", "who or what is counted; values that count others are not compared", text=True),
    Column("supersedes", "the value of the same area that it replaces, by its period or its source"),
    Column("challenged_by", "the role or body that disputes it", text=True),
    Column("challenge", "why it is disputed", text=True),
))  # fmt: skip

SHEETS = (
    SCORES,
    EVIDENCE,
    EVENTS,
    FINDINGS,
    FOLLOW_UPS,
    REMEDIES,
    REPLIES,
    PROMISES,
    ACTIONS,
    UPDATES,
    MEASURES,
    READINGS,
    RETURNS,
    CASES,
    DESCRIPTORS,
    INDICATORS,
    VALUES,
)
"""Every table of a workspace. All of them may be missing from the folder but the first."""
