"""A result of every public question: what papers are tried on, beside values of which none may be written."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import careassure as ca
from careassure.samples import Case, CaseAttribute, CaseList, Code

AT = dt.date(2026, 10, 1)
F, S, W = ca.figures, ca.samples, ca.workspaces


@functools.cache
def folder() -> Path:
    """A workspace with everything in it."""
    path = Path(tempfile.mkdtemp()) / "exampleshire"
    W.init_example(path)
    return path


@functools.cache
def table(name: str, text: str) -> Path:
    """A file with a text."""
    path = Path(tempfile.mkdtemp()) / name
    path.write_text(text, encoding="utf-8")
    return path


def leicester() -> ca.Assessment:
    """The newest published assessment of Leicester."""
    return ca.published("Leicester")[-1]


def some() -> ca.Assessment:
    """Scores with blanks."""
    return ca.Assessment.of("York", [2, 2, 2, None, 3, None, None, 2, 3])


def services() -> tuple[ca.figures.RatedService, ...]:
    """Three services, one of them never rated."""
    good = ca.framework("cqc-la").scale("cqc-rating").parse("good")
    day = ca.PartialDate.parse("2020-05")
    return (
        F.RatedService("a", day, good, "care home", "Bury"),
        F.RatedService("b", F.NEVER, None, "care home", "York", dt.date(2023, 1, 1)),
        F.RatedService("c", None, None, "home care", "York"),
    )


def applications() -> ca.figures.ApplicationList:
    """Applications with criteria and groups."""
    text = "id,received,kind,completed,group\nD1,2026-01-05,urgent,,north\nD2,2026-02-01,standard,2026-03-01,south\n"
    return F.read_applications(table("dols.csv", text))


@functools.cache
def cases() -> CaseList:
    """Forty cases of nobody."""
    ages = CaseAttribute("age", "age", [Code("younger", "18 to 64"), Code("older", "65 and over")])
    pick = CaseAttribute("pick", "CQC's pick", [Code("no", "not picked"), Code("short", "shortlisted"), Code("six")])
    how = {0: "six", 1: "short"}
    rows = ({"age": "older" if n % 3 else "younger", "pick": how.get(n % 20, "no")} for n in range(60))
    return CaseList([ages, pick], [Case.of(f"C{n}", row) for n, row in enumerate(rows)])


def waits(rules: ca.privacy.Rules | None) -> ca.figures.WaitingTimes:
    """Waits in two teams."""
    days = [n % 50 for n in range(80)]
    return F.waiting_times(days, ["north" if n % 4 else "south" for n in range(80)], over=[14, 28], rules=rules)


GOOD = ca.framework("cqc-la").scale_of("equity").parse(3)
KEY = "ascof 2024-25 2C"
SURVEY = "council,Is there a register?\nBury,yes\nYork,no\nLeeds,\n"
CLAIMS = "claim,from,to\n28.4 %,57.4,73.7\n3-fold,2,8\n"

RESULTS: dict[str, Callable[[], object]] = {
    "Outcome": lambda: ca.assess(leicester()),
    "Outcomes": lambda: ca.compare(leicester()),
    "WhatIf": lambda: ca.what_if(leicester(), {"safeguarding": 3}),
    "Reasons": lambda: ca.reasons(ca.assess(leicester())),
    "NearestChange": lambda: ca.nearest_change(leicester()),
    "NearestChanges": lambda: ca.analysis.nearest_changes(ca.published()[:12]),
    "NextQuestion": lambda: ca.next_question(some()),
    "Sensitivity": lambda: ca.analysis.sensitivity(leicester()),
    "list of Sensitivity": lambda: ca.analysis.sensitivities([leicester()]),
    "list of WeightedPlace": lambda: ca.analysis.weighted_places([leicester(), ca.published("Camden")[-1]]),
    "Stability": lambda: ca.stability(leicester()),
    "Benchmark": lambda: ca.benchmark(leicester(), "region"),
    "Agreement": lambda: ca.analysis.agreement([leicester(), ca.Assessment.of("Leicester", [2] * 9, kind="self")]),
    "MethodComparison": lambda: ca.analysis.compare_methods(ca.published()[:30], "single-word", "single-word"),
    "MethodDiff": lambda: ca.analysis.diff_methods("single-word", "single-word"),
    "CheckReport": lambda: ca.check("single-word", "cqc-la"),
    "Bunching": ca.analysis.bunching,
    "Programme": ca.analysis.programme,
    "Reconciliation": lambda: ca.reconcile([leicester()])[0],
    "list of Reconciliation": lambda: ca.reconcile(ca.published()[:12]),
    "CouncilMatches": lambda: ca.tables.match_councils(["Leics", "York", "", "St Helen's"]),
    "Workspace": lambda: W.read(folder()),
    "Status": lambda: W.status(folder(), AT),
    "StatementPage": lambda: W.statement(W.read(folder()), "safeguarding"),
    "Progress": lambda: W.progress(folder(), AT),
    "Hopes": lambda: W.hopes(folder(), AT),
    "WhatIf of a plan": lambda: W.if_complete(folder()),
    "Diff": lambda: W.diff(folder(), "2026-01-01", AT),
    "Predicted": lambda: W.predicted(folder(), AT),
    "Remedies": lambda: W.remedies(folder(), AT),
    "Coverage": lambda: W.coverage(folder()),
    "ReviewComparison": lambda: W.compare_reviews(folder(), "R1", "A1", AT),
    "Staleness": lambda: W.staleness(W.read(folder()).evidence, AT, 6),
    "list of AnsweredFinding": lambda: W.findings(folder(), AT),
    "list of EventRecord": lambda: W.events(folder(), AT),
    "list of TimelineEntry": lambda: W.timeline(folder(), at=AT),
    "list of MeasureProgress": lambda: W.measures(folder(), AT),
    "list of duties": lambda: W.duties(folder(), AT),
    "list of PromiseProgress": lambda: W.promises(folder(), AT),
    "list of Contradiction": lambda: [W.Contradiction("equity", None, ((GOOD, ("E1",)),))],
    "list of Problem": lambda: [ca.errors.Problem("scores.csv", "it is empty", "Add a row")],
    "Ages": lambda: F.ages({"a": "2019-05", "b": "never", "c": None}, AT),
    "list of ServiceAges": lambda: F.service_ages(services(), AT),
    "list of ServiceAges by kind": lambda: F.service_ages(services(), AT, by="kind"),
    "Backlog": lambda: F.backlog({"2024-25": (1500, 1400, 1100), "2025-26": (1600, 1700, 950)}, opening=1000),
    "Currency": lambda: F.currency({"a": [dt.date(2015, 1, 1), dt.date(2019, 2, 1)], "b": [dt.date(2018, 3, 1)]}, AT),
    "Stock": lambda: F.stock(received=10, completed=8, closing=5, opening=3),
    "Dols": lambda: F.dols(applications().applications, AT),
    "WaitingTimes": lambda: waits(ca.privacy.Rules(5)),
    "Survey": lambda: F.read_survey(table("survey.csv", SURVEY)),
    "ReplyShare": lambda: F.read_survey(table("survey.csv", SURVEY)).shares[0],
    "Panel": lambda: F.panel({"Bury": 4, "York": 10, "Leeds": 2}, {"Bury": 7, "York": 8, "Leeds": "[c]"}, asked=5),
    "ClaimCheck": lambda: F.check_claim("28.4 %", "57.4", "73.7"),
    "ClaimTable": lambda: F.check_claims(table("claims.csv", CLAIMS)),
    "Comparison": lambda: F.compare_indicator(KEY, "Bury", "kind"),
    "Trend": lambda: F.trend(F.indicator(KEY), [item for item in F.indicator_values(KEY) if item.label == "Bury"]),
    "Funnel": lambda: S.draw(cases(), (20, 6), strata=["age"], seed=1, must_have={"age": {"older": 2}}),
    "Pick": lambda: S.picked(cases(), "pick"),
    "SuppressedTable": lambda: ca.privacy.suppress(S.count_cases(cases(), "age", "pick"), ca.privacy.Rules(5)),
    "SampleFinding": lambda: S.SampleFinding(6, 6, population=5600),
    "Interval": lambda: S.interval(5, 6, population=5600),
    "paper of cases": lambda: ca.report.cases_paper(folder(), ca.privacy.Rules(5), AT),
    "Document": lambda: ca.report.paper(ca.assess(leicester())),
}
"""What a public question gives, by its type."""

REFUSED: dict[str, Callable[[], object]] = {
    "Assessment": leicester,
    "list of Assessment": lambda: ca.published("Leicester"),
    "Council": lambda: ca.council("York"),
    "list of Council": ca.councils,
    "CouncilMatch": lambda: ca.tables.match_councils(["York"]).lines[0],
    "Framework": lambda: ca.framework("cqc-la"),
    "list of InstalledFramework": ca.frameworks,
    "InstalledScorer": lambda: ca.scorer("single-word"),
    "list of InstalledScorer": ca.scorers,
    "Question": lambda: ca.next_question(some()).tree,
    "CountTable": lambda: S.count_cases(cases(), "age", "pick"),
    "CaseList": cases,
    "list of Case": lambda: cases().cases,
    "list of CriterionCount": lambda: S.criteria_covered(cases().cases[:3], cases()) or (),
    "Representation": lambda: S.represent(cases().cases[:3], cases()),
    "GroupComparison": lambda: S.compare_groups(cases(), "age", "pick"),
    "AnsweredFinding": lambda: W.findings(folder(), AT)[0],
    "Evidence of cases": lambda: W.case_evidence(folder()),
    "scores of categories": lambda: W.category_scores(W.read(folder()).evidence, W.read(folder()).framework),
    "list of InstalledDescriptors": W.descriptors,
    "ServiceList": lambda: F.read_services(table("s.csv", "service,rated\na,2020-01-01\n")),
    "ApplicationList": applications,
    "WaitTable": lambda: F.read_waits(table("w.csv", "days\n4\n"), wait="days"),
    "waits without rules": lambda: waits(None),
    "FileValues": lambda: F.values_in,
    "Indicator": lambda: F.indicator(KEY),
    "list of Value": lambda: F.indicator_values(KEY),
    "MetricList": lambda: F.metrics("safeguarding"),
    "Clock": F.clocks,
    "counts": lambda: F.counts_that_fit("86 %", 35),
    "text": lambda: "Leicester",
    "a number": lambda: Fraction(1, 3),
    "nothing": lambda: None,
    "an empty list": tuple,
    "two kinds": lambda: [ca.assess(leicester()), ca.reconcile([leicester()])[0]],
}
"""What is no result, or must not travel as it is."""
