"""Each regulator's scheme: its words, its order, and that nothing is worked out where nothing is."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca

DISTRIBUTION = "careassure-regulators"
FRAMEWORKS = [version for item in ca.frameworks() if item.distribution == DISTRIBUTION for version in item.versions]
PROFILES = ("audit-opinion", "care-inspectorate", "ciw", "estyn", "hmicfrs-peel")
STANDARDS = ("safety_and_quality", "transparency", "neighbourhood_and_community", "tenancy")


def method(name: str) -> ca.Method:
    found = ca.scorer(name).scorer.method  # type: ignore[attr-defined]
    assert isinstance(found, ca.Method)
    return found


def assess(framework: str, scores: object, version: str | None = None) -> ca.Outcome:
    return ca.assess(ca.Assessment.of("Somebody", scores, framework=framework, version=version))  # type: ignore[arg-type]


def test_the_plugin_is_data_alone() -> None:
    package = files("careassure_regulators")
    modules = [item for item in package.iterdir() if item.name.endswith(".py")]
    assert [item.name for item in modules] == ["__init__.py"]
    assert modules[0].read_text(encoding="utf-8").count('"""') == 2
    assert len(modules[0].read_text(encoding="utf-8").splitlines()) == 1


def test_seven_frameworks_each_with_a_scorer_of_its_own() -> None:
    names = ["area-send", "audit-opinion", "care-inspectorate", "ciw", "estyn", "hmicfrs-peel", "rsh-consumer"]
    assert sorted({framework.id for framework in FRAMEWORKS}) == names
    assert all(framework.scorer == framework.id for framework in FRAMEWORKS)
    assert sorted(item.name for item in ca.scorers() if item.distribution == DISTRIBUTION) == names


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=[f"{f.id}-{f.version}" for f in FRAMEWORKS])
def test_every_method_is_sound_on_every_version(framework: ca.Framework) -> None:
    report = ca.check(method(framework.scorer), framework)
    assert report.ok, report


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=[f"{f.id}-{f.version}" for f in FRAMEWORKS])
def test_every_version_is_cited(framework: ca.Framework) -> None:
    assert framework.references
    assert method(framework.scorer).references


@pytest.mark.parametrize(
    ("framework", "version", "scale", "words"),
    [
        ("ciw", "2025", "ciw-rating", "Requires significant improvement<Requires improvement<Good<Excellent"),
        (
            "care-inspectorate",
            "2018",
            "care-inspectorate-grade",
            "Unsatisfactory<Weak<Adequate<Good<Very good<Excellent",
        ),
        ("hmicfrs-peel", "2018", "peel-judgment-2018", "Inadequate<Requires improvement<Good<Outstanding"),
        ("hmicfrs-peel", "2021", "peel-judgment", "Inadequate<Requires improvement<Adequate<Good<Outstanding"),
        ("rsh-consumer", "2024", "rsh-grade", "C4<C3<C2<C1"),
        (
            "area-send",
            "2023",
            "area-send-outcome",
            (
                "Widespread or systemic failings<Inconsistent experiences and outcomes"
                "<Typically positive experiences and outcomes"
            ),
        ),
        ("estyn", "2022", "estyn-category", "Special measures<Significant improvement<No statutory category"),
        (
            "audit-opinion",
            "usual",
            "audit-assurance",
            "No assurance<Limited assurance<Reasonable assurance<Substantial assurance",
        ),
    ],
)
def test_words_run_from_the_worst_to_the_best(framework: str, version: str, scale: str, words: str) -> None:
    assert "<".join(map(str, ca.framework(framework, version).scale(scale))) == words


@pytest.mark.parametrize("framework", [f for f in FRAMEWORKS if f.id in PROFILES], ids=lambda f: f"{f.id}-{f.version}")
@settings(deadline=None)
@given(data=st.data())
def test_where_there_is_no_overall_the_profile_is_what_was_given(framework: ca.Framework, data: st.DataObject) -> None:
    scores = {s.id: data.draw(st.sampled_from(framework.scale_of(s.id).grades)) for s in framework.statements}
    outcome = ca.assess(ca.Assessment.of("Somebody", scores, framework=framework))
    assert outcome.kind == "profile"
    assert {s.id: outcome.profile[s.id].grade for s in framework.statements} == scores


def test_care_inspectorate_wales_rates_the_environment_only_where_there_is_one() -> None:
    outcome = assess("ciw", ["good", "excellent", "requires improvement", "not applicable"])
    assert outcome.profile["environment"].grade is None
    assert str(outcome.profile["environment"].state) == "Not applicable"


def test_scottish_grades_are_numbers_too() -> None:
    outcome = assess("care-inspectorate", {"How good is our leadership?": 6, "wellbeing": "very good"})
    assert str(outcome.profile["leadership"].grade) == "Excellent"
    assert str(outcome.profile["wellbeing"].grade) == "Very good"


def test_police_questions_have_four_words_before_2021_and_five_since() -> None:
    assert ca.framework("hmicfrs-peel").version == "2021"
    assert len(ca.framework("hmicfrs-peel").statements) == 10
    assert len(ca.framework("hmicfrs-peel", "2018").statements) == 9
    assert str(assess("hmicfrs-peel", ["adequate"] * 10).profile["question_1"].grade) == "Adequate"
    with pytest.raises(ca.CareAssureError, match="is not a grade of PEEL judgments up to 2018/19"):
        assess("hmicfrs-peel", ["adequate"] * 9, "2018")


grades = st.sampled_from(["c4", "c3", "c2", "c1"])
met = st.sampled_from(["met", "not met"])


@settings(deadline=None)
@given(st.tuples(met, met, met, met), grades)
def test_a_consumer_grade_is_the_regulators_and_one_above_c3_beside_a_failed_standard_is_told(
    standards: tuple[str, ...], grade: str
) -> None:
    outcome = assess("rsh-consumer", dict(zip(STANDARDS, standards, strict=True)) | {"grade": grade})
    assert outcome.rating is not None
    failed = "not met" in standards
    assert outcome.rating.key == grade
    assert bool(outcome.flags) == (failed and grade in ("c2", "c1"))


def test_without_the_regulators_grade_the_standards_leave_a_range() -> None:
    assert assess("rsh-consumer", dict.fromkeys(STANDARDS, "met")).result == "C4 to C1"
    assert assess("rsh-consumer", dict.fromkeys(STANDARDS, "met") | {"tenancy": "not met"}).result == "C4 to C1"


@pytest.mark.parametrize(
    ("words", "rank", "flags"),
    [
        ("typically positive", 2, ["next-inspection-five-years"]),
        ("inconsistent", 1, ["next-inspection-three-years"]),
        ("widespread and/or systemic failings", 0, ["priority-action-plan"]),
    ],
)
def test_the_outcome_of_an_area_send_inspection_is_the_inspectors(words: str, rank: int, flags: list[str]) -> None:
    outcome = assess("area-send", [words])
    assert outcome.rating is not None
    assert outcome.rating.rank == rank
    assert [flag.id for flag in outcome.flags] == flags


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("special measures", ["special-measures"]),
        ("requiring significant improvement", ["significant-improvement"]),
        ("not in a statutory category", []),
    ],
)
def test_estyn_gives_no_grade_and_a_category_stands_as_a_notice(words: str, flags: list[str]) -> None:
    outcome = assess("estyn", [words])
    assert outcome.kind == "profile"
    assert [flag.id for flag in outcome.flags] == flags


def test_an_audit_opinion_is_read_under_its_other_names_and_the_year_is_not_worked_out() -> None:
    outcome = assess("audit-opinion", {"engagement": "moderate"})
    assert str(outcome.profile["engagement"].grade) == "Reasonable assurance"
    assert outcome.profile["annual"].grade is None


def test_the_rule_that_a_key_question_is_its_lowest_indicator_is_not_in_here() -> None:
    assert not method("care-inspectorate").nodes
    assert all(not statement.parts for statement in ca.framework("care-inspectorate").statements)
