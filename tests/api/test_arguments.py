"""Whatever is given to a public function, it gives a value or one of the library's own errors."""

from __future__ import annotations

import datetime as dt
import inspect
import io
import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError
from careassure.methods.scorer import MethodScorer
from careassure.model.annotations import ADVICE
from careassure.model.arguments import checked, day_of
from careassure.privacy import Rules
from careassure.tables.table import FOUND
from workspaces.read_once import reading_once

assert reading_once is not None  # a fixture

DAY = dt.date(2026, 10, 1)
SCORES = [3, 3, 4, 3, 4, 4, 3, 4, 4]

VALUES = Path(__file__).parents[1] / "tables" / "data" / "field" / "indicator_values_old_code.csv"
CLAIMS = Path(__file__).parents[1] / "figures" / "data" / "claims.csv"
PANEL = Path(__file__).parents[1] / "figures" / "data" / "panel.csv"
ASKED = {"measure": None, "group": None, "part": None, "period": "2024-25", "at": None}


class Hostile:
    """An object that raises wherever it is looked at."""

    def __repr__(self) -> str:
        raise RuntimeError("repr")

    def __fspath__(self) -> str:
        raise RuntimeError("fspath")

    def __index__(self) -> int:
        raise RuntimeError("index")


WRONG: dict[str, object] = {
    "nothing": None,
    "a number": 7,
    "a huge number": 10**5000,
    "a negative number": -1,
    "a fraction": Fraction(1, 3),
    "a huge fraction": Fraction(10**5000, 3),
    "a float": 1.5,
    "not a number": float("nan"),
    "infinity": float("inf"),
    "true": True,
    "a word": "word",
    "no word": "",
    "a long word": "x" * 5000,
    "half a pair": "\ud800",
    "a null character": "a\0b",
    "a day as text": "2026-01-01",
    "bytes": b"x",
    "a list": [1],
    "no list": [],
    "a list of words": ["a"],
    "a table": {"a": 1},
    "no table": {},
    "a set": {1},
    "an object": object(),
    "a hostile object": Hostile(),
    "a class": int,
    "a moment": dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC),
    "a path": Path("/nowhere/at/all"),
    "an open file": io.BytesIO(b"x"),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> ca.workspaces.Workspace:
    """The example, read once."""
    return ca.workspaces.init_example(tmp_path_factory.mktemp("arguments") / "w")


@pytest.fixture(scope="module")
def right(workspace: ca.workspaces.Workspace) -> dict[str, dict[str, Any]]:
    """Arguments that are right, by the public function."""
    assessment, framework = ca.Assessment.of("Camden", SCORES), ca.framework("cqc-la")
    method = ca.scorer("single-word").scorer
    assert isinstance(method, MethodScorer)
    cases = ca.samples.CaseList(workspace.attributes, workspace.cases)
    counts = ca.samples.count_cases(cases, "age_band", "route")
    folder = Path(workspace.folder)
    asked: dict[str, Any] = {"workspace": workspace, "scorer": None}
    changes: dict[str, Any] = {"to": "good", "by": "points", "cost": None, "scorer": None, "of": "overall"}
    return {
        "figures.currency": {"histories": {"a": (dt.date(2020, 1, 1),)}, "at": dt.date(2026, 1, 1), "ended": None},
        "figures.service_ages": {
            "services": (ca.figures.RatedService("1-1", ca.PartialDate.parse("2024")),),
            "at": DAY,
            "bands": (4, 8),
            "by": None,
            "wait_months": 18,
        },
        "figures.read_services": {
            "path": str(VALUES),
            "columns": {"service": "x"},
            "only": None,
            "blank": None,
            "layout": FOUND,
        },
        "figures.ages": {
            "dates": {"A": "2024-01-01"},
            "at": DAY,
            "bands": (4, 8),
            "registered": None,
            "wait_months": 18,
        },
        "assess": {"assessment": assessment, "scorer": None},
        "assess_frame": {
            "frame": pl.DataFrame({statement.id: [3] for statement in framework.statements}),
            "scorer": None,
            "framework": None,
            "version": None,
            "columns": None,
            "long": None,
            "facts": None,
            "key": (),
            "missing": "interval",
            "errors": "raise",
            "outputs": ("rating",),
            "prefix": "",
        },
        "workspaces.assess": asked,
        "samples.cases_to_find": {"share": Fraction(1, 10), "certainty": 0.95, "population": None},
        "workspaces.category_scores": {"evidence": workspace.evidence, "framework": framework},
        "samples.chance_of_missing": {"faulty": 1, "sample": 6, "population": 50},
        "samples.chance_of_missing_share": {"share": 0.1, "sample": 6, "population": None},
        "workspaces.diff": {"workspace": workspace, "since": dt.date(2026, 1, 1), "until": DAY},
        "analysis.programme": {"at": "2025"},
        "benchmark": {"assessment": assessment, "peers": "region", "results": None, "at": None, "off_by": 0},
        "check": {"method": method.method, "framework": framework},
        "analysis.agreement": {"assessments": {"one": assessment, "two": assessment}},
        "analysis.compare_methods": {"assessments": [assessment], "first": "single-word", "second": method.method},
        "compare": {"assessment": assessment, "scorers": None},
        "figures.check_claim": {"claim": "86 %", "before": None, "after": None, "count": 101, "of": 117},
        "figures.check_claims": {"path": str(CLAIMS), "layout": FOUND},
        "figures.counts_that_fit": {"printed": "86 %", "of": 117},
        "figures.compare_indicator": {
            "indicator": "1A",
            "council": "York",
            "peers": "england",
            "period": None,
            "values": None,
            "england": None,
            "scope": None,
            "thresholds": ca.figures.Thresholds(),
        },
        "workspaces.contradictions": {"workspace": assessment},
        "workspaces.init_example": {"path": folder},
        "council": {"name": "York", "at": None},
        "tables.match_councils": {"names": ["York"], "at": None},
        "councils": {},
        "samples.count_cases": {"cases": cases, "rows": "age_band", "columns": "route"},
        "workspaces.coverage": {"workspace": workspace},
        "samples.criteria_covered": {"sample": workspace.cases[:6], "cases": cases},
        "workspaces.descriptors": {},
        "workspaces.statement": {"workspace": workspace, "statement": "safeguarding", "tables": None},
        "samples.draw": {"cases": cases, "stages": (5, 2), "strata": (), "seed": 1, "must_have": None},
        "figures.england_values": {"item": "1A"},
        "analysis.diff_methods": {"first": method.method, "second": "single-word", "framework": None},
        "extend": {"framework": framework, "version": "ours", "statements": {"leadership": []}},
        "framework": {"id": "cqc-la", "version": None},
        "frameworks": {},
        "workspaces.if_complete": {"workspace": workspace, "actions": None, "scorer": None},
        "figures.indicator": {"code": "1A", "year": None},
        "figures.indicator_values": {"item": "1A", "period": None},
        "figures.indicators": {},
        "samples.interval": {"good": 3, "sample": 6, "method": "wilson", "level": 0.95, "population": None},
        "load_frameworks": {"data": {}, "where": ""},
        "load_method": {"data": {}, "where": "", "scales": ()},
        "figures.metrics": {"statement": "safeguarding"},
        "workspaces.init": {
            "path": folder,
            "council": "York",
            "body": "",
            "framework": "cqc-la",
            "version": None,
            "today": DAY,
        },
        "figures.panel": {
            "before": {"York": 1},
            "after": {"York": 2},
            "asked": 5,
            "additive": True,
            "few": 10,
            "warning": "",
        },
        "workspaces.progress": {"workspace": workspace, "at": DAY},
        "workspaces.measures": {"workspace": workspace, "at": DAY},
        "workspaces.duties": {"workspace": workspace, "at": DAY},
        "workspaces.predicted": {"workspace": workspace, "at": DAY},
        "workspaces.hopes": {"workspace": workspace, "at": DAY, "scorer": None},
        "nearest_change": {**changes, "assessment": assessment},
        "analysis.nearest_changes": {**changes, "assessments": (assessment,)},
        "published": {"name": None},
        "read": {"path": folder, "allow": (), "layout": FOUND},
        "workspaces.read": {"path": folder, "today": DAY},
        "read_assessment": {
            "path": folder,
            "council": "York",
            "framework": "cqc-la",
            "version": None,
            "allow": (),
            "layout": FOUND,
        },
        "load_scheme": {"framework_table": {}, "method_table": {}, "where": ""},
        "privacy.audit": {"table": ca.privacy.suppress(counts, Rules(5))},
        "privacy.screen_problems": {"where": "x", "text": "x", "names": (), "allow": ()},
        "report.pack": {"workspace": workspace, "at": DAY},
        "report.plan_paper": {"workspace": workspace, "at": DAY},
        "report.diff_paper": {"workspace": workspace, "since": DAY, "until": None},
        "report.timeline_paper": {"workspace": workspace, "at": DAY},
        "report.cases_paper": {"workspace": workspace, "rules": ca.privacy.Rules(5), "at": DAY},
        "report.paper": {"result": ca.assess(assessment)},
        "report.write": {
            "result": ca.assess(assessment),
            "path": "a.html",
            "template": None,
            "picture": 1,
            "allow": (),
        },
        "samples.rule_of_three": {"sample": 6},
        "workspaces.findings": {"workspace": workspace, "at": DAY, "kind": "strength", "review": "R1"},
        "workspaces.compare_reviews": {"workspace": workspace, "earlier": "R1", "later": "A1", "at": DAY},
        "workspaces.events": {"workspace": workspace, "at": DAY, "kind": "peer_review"},
        "workspaces.remedies": {"workspace": workspace, "at": DAY},
        "workspaces.promises": {"workspace": workspace, "at": DAY},
        "workspaces.check": {"workspace": workspace, "today": DAY},
        "reconcile": {"assessments": (), "scorer": None},
        "reasons": {"outcome": ca.assess(assessment), "scorer": None, "of": "overall", "parts": None},
        "privacy.redact": {"text": "x", "names": (), "allow": ()},
        "samples.represent": {"sample": workspace.cases[:6], "population": cases, "leave_out": ()},
        "samples.picked": {"cases": cases, "attribute": "route"},
        "samples.compare_groups": {"cases": cases, "by": "age_band", "outcome": "route"},
        "workspaces.case_evidence": {"workspace": workspace, "at": DAY},
        "samples.sample_needed": {"half_width": 0.1, "level": 0.95, "population": None, "share": 0.5},
        "scorer": {"name": "single-word"},
        "scorers": {},
        "privacy.screen": {"text": "x", "names": (), "allow": ()},
        "workspaces.staleness": {"evidence": workspace.evidence, "at": DAY, "months": 12},
        "workspaces.status": {"workspace": workspace, "at": DAY},
        "next_question": {"assessment": assessment, "by": "worst", "scorer": None},
        "analysis.bunching": {"assessments": (assessment,), "scorer": None},
        "analysis.sensitivity": {"assessment": assessment, "scorer": None, "within": ("0.5", 2)},
        "analysis.weighted_places": {"assessments": (assessment,), "scorer": None, "within": ("0.5", 2)},
        "analysis.sensitivities": {"assessments": (assessment,), "scorer": None, "within": ("0.5", 2)},
        "stability": {"assessment": assessment, "error": 0.1, "confidence": None, "scores": None, "scorer": None},
        "figures.read_panel": {
            "path": str(PANEL),
            "name": None,
            "before": None,
            "after": None,
            "asked": 9,
            "additive": True,
            "few": 10,
            "warning": "",
            "layout": FOUND,
        },
        "figures.read_survey": {"path": str(PANEL), "name": None, "asked": 9, "layout": FOUND},
        "figures.share_of_replies": {"share": "86 %", "replied": 117, "asked": 152, "question": "", "answer": "yes"},
        "figures.read_values": {"path": str(VALUES), "indicator": "ascof 2024-25 3A", "layout": FOUND, **ASKED},
        "figures.values_in": {
            "reading": ca.tables.read_file(VALUES),
            "indicator": ca.figures.indicators()[0],
            "source": "a paper",
            **ASKED,
        },
        "figures.read_neighbours": {"path": str(VALUES), "council": "York", "layout": FOUND},
        "figures.stock": {"opening": 1, "received": 2, "completed": 1, "closing": 2, "months": 12, "rounded_to": 0},
        "figures.backlog": {"periods": {"2026": (1, 2, 3)}, "opening": None, "months": 12, "rounded_to": 0},
        "figures.read_backlog": {
            "path": str(VALUES),
            "columns": None,
            "opening": None,
            "months": 12,
            "rounded_to": 0,
            "layout": FOUND,
        },
        "figures.clocks": {},
        "figures.due": {"start": DAY, "kind": "urgent"},
        "figures.dols": {
            "applications": (ca.figures.Application("D1", DAY),),
            "at": DAY,
            "criteria": (ca.figures.Criterion("Objects", "High"),),
        },
        "figures.read_applications": {"path": str(VALUES), "criteria": (), "columns": None, "layout": FOUND},
        "figures.read_criteria": {"path": str(VALUES), "layout": FOUND},
        "tables.read_file": {"path": str(VALUES), "options": FOUND, "host": None},
        "tables.readers": {},
        "tables.plain_rows": {"reading": ca.tables.read_file(VALUES)},
        "tables.column": {"headers": ("Location ID", "Name"), "names": ("name",)},
        "tables.audit_of": {"headers": ("a", "b"), "used": (0, None), "rows": 3, "refused": 1},
        "privacy.suppress": {"table": counts, "rules": Rules(5)},
        "workspaces.timeline": {"workspace": workspace, "published": (), "at": DAY},
        "report.workbook": {
            "path": str(folder / "w.ods"),
            "scorer": None,
            "assessment": assessment,
            "workspace": None,
            "council": None,
            "framework": None,
            "version": None,
        },
        "workspaces.init_from": {"path": str(folder / "new"), "workbook": str(folder / "scores.csv"), "today": DAY},
        "what_if": {"assessment": assessment, "scores": {"safeguarding": 4}, "scorer": None},
        "write": {"value": assessment, "path": folder, "allow": ()},
        "figures.read_waits": {
            "path": str(VALUES),
            "wait": "value",
            "since": None,
            "until": None,
            "by": None,
            "at": DAY,
            "options": FOUND,
        },
        "figures.trend": {"indicator": ca.figures.indicators()[0], "values": (), "like": None},
        "figures.waiting_times": {"waits": [3, None], "by": ["A", "B"], "over": 28, "unit": "days", "rules": None},
        "figures.year_on_year": {"indicator": ca.figures.indicators()[0], "before": (), "after": (), "few": 10},
    }


PUBLIC = [
    *(name for name in ca.__all__ if not isinstance(getattr(ca, name), ModuleType)),
    *(
        f"{space}.{name}"
        for space in ("analysis", "figures", "privacy", "report", "samples", "tables", "workspaces")
        for name in getattr(ca, space).__all__
    ),
]
FUNCTIONS = [name for name in PUBLIC if name != "hookimpl" and inspect.isfunction(attrgetter(name)(ca))]


def said(call: Callable[[], object]) -> str:
    """What the library's own error says where a call raises it; any other error is not caught."""
    try:
        call()
    except CareAssureError as error:
        return str(error)
    return ""


def given(function: Callable[..., object], arguments: dict[str, object]) -> Callable[[], object]:
    """The call of a function with arguments by their names; where it takes any number of one, with one."""
    parts = inspect.signature(function).parameters.values()
    if any(part.kind is inspect.Parameter.VAR_POSITIONAL for part in parts):
        return partial(function, *arguments.values())
    return partial(function, **arguments)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_argument_gives_a_value_or_an_error_of_ours(
    name: str, right: dict[str, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every parameter of every public function, given anything, gives a value or a `CareAssureError`."""
    monkeypatch.chdir(tmp_path)
    function, arguments = attrgetter(name)(ca), right[name]
    assert set(inspect.signature(function).parameters) == set(arguments), "this table must name them all"
    for parameter in arguments:
        for value in WRONG.values():
            said(given(function, {**arguments, parameter: value}))


@pytest.mark.parametrize("name", ["read", "report.workbook", "figures.read_neighbours", "workspaces.read"])
def test_an_error_names_the_function_as_it_is_called(name: str) -> None:
    """A function that one room offers and another has is named by where people find it."""
    arguments = dict.fromkeys(list(inspect.signature(attrgetter(name)(ca)).parameters)[:2], 3)
    if len(arguments) == 2 and "council" not in arguments:
        arguments.popitem()
    assert said(partial(attrgetter(name)(ca), **arguments)).startswith(f"careassure.{name}: ")


@pytest.fixture(scope="module")
def natural(workspace: ca.workspaces.Workspace) -> dict[str, object]:
    """What people would pass where something of ours is meant, by what it is."""
    assessment = ca.Assessment.of("Camden", SCORES)
    return {
        "a council's name": "York",
        "a council": ca.council("York"),
        "a framework's id": "cqc-la",
        "a framework": ca.framework("cqc-la"),
        "a scorer's name": "single-word",
        "a scorer": ca.scorer("single-word"),
        "the scorer in it": ca.scorer("single-word").scorer,
        "a method": ca.scorer("single-word").method,
        "a file that is not there": "nowhere.toml",
        "the path of one": Path("nowhere.toml"),
        "the path of a folder": str(workspace.folder),
        "a workspace": workspace,
        "scores": SCORES,
        "scores by statement": {"equity": 3},
        "an assessment": assessment,
        "assessments": [assessment, assessment],
        "an outcome": ca.assess(assessment),
        "outcomes": ca.compare(assessment),
        "cases": list(workspace.cases),
        "evidence": workspace.evidence,
        "one piece of evidence": workspace.evidence[0],
        "a day as text": "2026-04-01",
        "a month as text": "2026-04",
        "a percentage as text": "10%",
        "a number as text": "6",
    }


TELLS = re.compile(
    r"\. [A-Z\"c][^.]*[a-z]|is not (text|a path|a day|a table|a number|a whole number|true or false|one of|a list, each"
    r" of it (text|a whole number|a number|a Case|a Value|a Grade|a Scale))|is missing$|is needed$|in the future$"
)
"""What says what to do: a sentence after what is wrong, or the kind of value that is wanted."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_person_would_pass_is_taken_or_refused_with_what_to_do(
    name: str,
    right: dict[str, dict[str, Any]],
    natural: dict[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name, a file, one thing where several are meant: it is taken, or an error of ours says what to give instead."""
    monkeypatch.chdir(tmp_path)
    arguments = right[name]
    for parameter in arguments:
        for what, value in natural.items():
            lines = said(given(attrgetter(name)(ca), {**arguments, parameter: value})).splitlines()
            mute = [line for line in lines if not line.endswith(" problems") and not TELLS.search(line)]
            assert mute == [], (parameter, what)


def test_the_advice_names_what_there_is() -> None:
    """Every name in the advice on where to get a value is public."""
    for text in ADVICE.values():
        for name in re.findall(r"careassure\.([\w.]+\w)", text):
            assert attrgetter(name)(ca) is not None


def test_a_wrong_number_of_arguments_stays_a_type_error() -> None:
    """A missing argument, one too many and a name that there is not are TypeErrors, as of any function."""
    for call in (lambda: ca.assess(), lambda: ca.council("York", None, 1), lambda: ca.council(nam="York")):  # type: ignore[call-arg]
        with pytest.raises(TypeError) as raised:
            call()
        assert not isinstance(raised.value, CareAssureError)


def test_every_argument_that_does_not_fit_is_named() -> None:
    """All that is wrong comes in one error, each with the parameter, what it is and what it should be."""
    with pytest.raises(InvalidInputError) as raised:
        ca.workspaces.diff(7, None, b"x")  # type: ignore[arg-type]
    assert [str(problem.where) for problem in raised.value.problems] == ["workspace", "since", "until"]
    assert raised.value.problems[1].message == "None is not a day such as 2026-04-01"


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        dt.datetime(2026, 10, 1, 23, 59),  # noqa: DTZ001  (without a zone as well)
        dt.datetime(2026, 10, 1, 23, 59, tzinfo=dt.UTC),
        "2026-10-01",
    ],
)
def test_a_day_may_be_a_date_a_moment_or_text(value: dt.date, workspace: ca.workspaces.Workspace) -> None:
    """A date, a moment (its own date, wherever it is) and text of the form 2026-10-01 are the same day everywhere."""
    assert day_of(value) == DAY
    assert type(day_of(value)) is dt.date
    for call in (ca.workspaces.status, ca.workspaces.progress):
        assert call(workspace, value) == call(workspace, DAY)
    assert ca.workspaces.diff(workspace, value, value) == ca.workspaces.diff(workspace, DAY, DAY)
    assert workspace.at(value) == workspace.at(DAY)
    assert ca.workspaces.staleness(workspace.evidence, value, 12) == ca.workspaces.staleness(
        workspace.evidence, DAY, 12
    )


@pytest.mark.parametrize(
    "value", ["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "\u0662\u0660\u0662\u0666-01-01", "2026", 2026, None]
)
def test_what_is_no_day_is_refused(value: Any, workspace: ca.workspaces.Workspace) -> None:
    """Anything else is refused, digits of other scripts too."""
    for call in (lambda: day_of(value), lambda: ca.workspaces.diff(workspace, value), lambda: workspace.at(value)):
        with pytest.raises(InvalidInputError, match="is not a day"):
            call()


def test_one_text_may_stand_for_a_list() -> None:
    """Where several texts may be given, one stands for a list of one, and is not taken letter by letter."""
    assessment = ca.Assessment.of("Camden", SCORES)
    assert ca.compare(assessment, "single-word") == ca.compare(assessment, ["single-word"])
    assert ca.privacy.redact("Ann lives in York", names="Ann") == ca.privacy.redact("Ann lives in York", names=["Ann"])


def test_whole_numbers_of_other_libraries_are_whole_numbers() -> None:
    """A NumPy integer is a whole number, and is handed on as one of Python."""
    numpy = pytest.importorskip("numpy")
    found = checked(sample)(numpy.int64(1), numpy.int8(6), z=numpy.uint64(50))
    assert found == (1, 6, "x", 50)
    assert [type(item) for item in found] == [int, int, str, int]


def test_a_function_keeps_its_signature_and_its_words() -> None:
    """A checked function is called, documented and typed as before."""
    assert str(inspect.signature(ca.council)) == "(name: 'str | Council', at: 'DateInput | None' = None) -> 'Council'"
    assert (ca.council.__doc__ or "").startswith("The council of that name")


def sample(one: int, *more: int, text: str = "x", **others: int) -> tuple[object, ...]:
    """A function with every kind of parameter."""
    return (one, *more, text, *others.values())


@pytest.mark.parametrize(
    ("call", "fits"),
    [
        (lambda f: f(1, 2, 3, text="y", z=4), True),
        (lambda f: f(1), True),
        (lambda f: f("1"), False),
        (lambda f: f(1, 2, "3"), False),
        (lambda f: f(1, text=2), False),
        (lambda f: f(1, z="4"), False),
        (lambda f: f(True), False),
        (lambda f: f(2**63), False),
    ],
)
def test_every_kind_of_parameter_is_checked(call: Callable[[Any], object], fits: bool) -> None:
    """Parameters by place, the rest of them, by name, and the rest of those are held against their annotations."""
    if fits:
        assert call(checked(sample)) == call(sample)
    else:
        with pytest.raises(InvalidInputError, match=r"^careassure\.sample: (one|more|text|others): .* is not"):
            call(checked(sample))


CLASSES = [
    name
    for name in PUBLIC
    if inspect.isclass(attrgetter(name)(ca)) and name not in {"CareAssureError", "Scorer", "workspaces.Evidenced"}
]


@pytest.mark.parametrize("name", CLASSES)
def test_a_value_made_of_anything_is_a_value_or_an_error_of_ours(name: str) -> None:
    """Every public class, made of anything, gives a value or a `CareAssureError`, and never an error of Python's."""
    made = attrgetter(name)(ca)
    parameters = inspect.signature(made).parameters
    for value in WRONG.values():
        said(partial(made, **dict.fromkeys(parameters, value)))


@pytest.mark.parametrize("once", [iter([b"x"]), io.BytesIO(b"x"), (item for item in ["a"])])
def test_a_list_that_is_used_up_is_told_by_what_it_held(once: Any) -> None:
    """What can be gone through once is empty when the error is made; the error is ours and names it all the same."""
    with pytest.raises(InvalidInputError, match="attributes: "):
        ca.samples.CaseList(once, ())


def asked(workspace: ca.workspaces.Workspace) -> dict[str, Callable[[Any], object]]:
    """What values are asked, each with one argument."""
    framework = workspace.base
    scale = framework.scale("cqc-score")
    return {
        "at": workspace.at,
        "assessment": workspace.assessment,
        "scale": framework.scale,
        "scale_of": framework.scale_of,
        "rating": framework.rating,
        "theme": framework.theme,
        "statement": framework.statement,
        "theme_of": framework.theme_of,
        "title_of": framework.title_of,
        "resolve": framework.resolve,
        "parse": scale.parse,
        "read": scale.read,
        "grade": scale.__getitem__,
        "contains": scale.__contains__,
        "state": ca.NotRated.parse,
        "of council": lambda value: ca.Assessment.of(value, SCORES),
        "of scores": lambda value: ca.Assessment.of("York", value),
        "of score": lambda value: ca.Assessment.of("York", [value, *SCORES[1:]]),
        "of statement": lambda value: ca.Assessment.of("York", {value: 3} if value.__hash__ else {}),
        "of framework": lambda value: ca.Assessment.of("York", SCORES, framework=value),
        "of version": lambda value: ca.Assessment.of("York", SCORES, version=value),
        "of facts": lambda value: ca.Assessment.of("York", SCORES, facts=value),
        "of context": lambda value: ca.Assessment.of("York", dict.fromkeys(["equity"], 3), context=value),
        "of date": lambda value: ca.Assessment.of("York", SCORES, published=value),
        "of kind": lambda value: ca.Assessment.of("York", SCORES, kind=value),
        "of sources": lambda value: ca.Assessment.of("York", SCORES, sources=value),
        "of evidence": lambda value: ca.Assessment.of("York", SCORES, evidence=value),
        "scale of": lambda value: ca.Scale.of(value, value, (value, value), (value, value)),
        "key": ca.figures.IndicatorKey.parse,
        "case": lambda value: ca.samples.Case.of(value, value),
    }


@pytest.mark.parametrize("name", [
    "at", "assessment", "scale", "scale_of", "rating", "theme", "statement", "theme_of", "title_of", "resolve", "parse",
    "read", "grade", "contains", "state", "of council", "of scores", "of score", "of statement", "of framework",
    "of version", "of facts", "of context", "of date", "of kind", "of sources", "of evidence", "scale of", "key",
    "case",
])  # fmt: skip
def test_a_value_asked_for_anything_answers_or_says_why(name: str, workspace: ca.workspaces.Workspace) -> None:
    """What a value is asked with anything gives an answer or a `CareAssureError`."""
    call = asked(workspace)[name]
    for value in WRONG.values():
        said(partial(call, value))
