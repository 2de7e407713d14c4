"""Whatever is read, the answer is a value or the library's own error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.api.lookup import HostLookup
from careassure.errors import CareAssureError, InvalidFrameworkError, InvalidInputError
from careassure.io.formats import to_json, to_toml
from careassure.io.frameworks import load_frameworks
from careassure.io.records import assessment_from, outcome_from
from careassure.model.as_dict import assessment_to_dict, outcome_to_dict
from careassure.model.assessment import Assessment
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.plugins.host import PluginHost
from careassure.testing.strategies import assessments, cqc_frameworks, days, partial_dates, texts
from helpers import few, tried

FACTORY = pytest.TempPathFactory
LOOKUP = HostLookup(PluginHost(discover=False))
FORMATS = [f"careassure.{name}/1" for name in ("assessment", "outcome", "method", "framework")]
NAMES = [
    "format", "council", "code", "body", "framework", "version", "kind", "id", "assessed", "published", "scores",
    "facts", "stated", "evidence", "sources", "disagreements", "rating", "score", "equity", "staff", "trace", "scorer",
    "title", "themes", "statements", "scales", "grades", "key", "versions", "nodes", "measures", "references", "parts",
]  # fmt: skip
WORDS = [*FORMATS, "Camden", "cqc-la", "2023", "direct", "mock", "good", "2025-05", "E09000007", "Not rated"]

plain = st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | texts() | st.sampled_from(WORDS) | days()
json_like = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | texts(), inner, max_size=4),
    max_leaves=10,
)
records = st.dictionaries(st.sampled_from(NAMES), json_like, max_size=6)


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside a table."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


@st.composite
def spoilt(draw: st.DrawFn, data: dict[str, Any]) -> object:
    """A copy of a table in which one value is replaced, removed, or joined by another."""
    data = json.loads(json.dumps(data))
    path = draw(st.sampled_from(places(data)[1:]))
    holder: Any = data
    for key in path[:-1]:
        holder = holder[key]
    if draw(st.booleans()):
        holder[path[-1]] = draw(json_like)
    elif isinstance(holder, dict):
        value = holder.pop(path[-1])
        holder[draw(st.sampled_from(NAMES))] = value
    else:
        holder.append(draw(json_like))
    return data


@given(json_like | records)
def test_any_data_is_an_assessment_or_refused(data: object) -> None:
    """Whatever plain data is given, the reader gives an assessment that has a hash, or the library's own error."""
    found = tried(lambda: assessment_from(data, LOOKUP))
    assert isinstance(found, Assessment | InvalidInputError)
    hash(found)


@given(records)
def test_records_with_a_good_core_are_read_or_refused(data: dict[str, object]) -> None:
    """Whatever stands beside a good council and good scores, the record is read or refused by our own error."""
    core = {"format": FORMATS[0], "council": "Camden", "scores": [3] * 9}
    found = tried(lambda: assessment_from(data | core, LOOKUP))
    assert isinstance(found, InvalidInputError) or found == assessment_from(data | core, LOOKUP)


@few
@given(assessments().flatmap(lambda assessment: spoilt(assessment_to_dict(assessment))))
def test_spoilt_assessments_are_read_or_refused(data: object) -> None:
    """A written assessment in which one thing was changed is read or refused by the library's own error."""
    assert isinstance(tried(lambda: assessment_from(data, LOOKUP)), Assessment | InvalidInputError)


@few
@given(assessments(cqc_frameworks()).flatmap(lambda assessment: spoilt(outcome_to_dict(ca.assess(assessment)))))
def test_spoilt_outcomes_are_read_or_refused(data: object) -> None:
    """A written outcome in which one thing was changed is read or refused by the library's own error."""
    assert isinstance(tried(lambda: outcome_from(data, LOOKUP)), Outcome | InvalidInputError)


@given(json_like | records)
def test_any_data_is_frameworks_or_refused(data: object) -> None:
    """Whatever plain data is given, the reader of frameworks gives frameworks or the library's own error."""
    found = tried(lambda: load_frameworks(data))
    if isinstance(found, CareAssureError):
        assert isinstance(found, InvalidFrameworkError)
    else:
        assert all(isinstance(item, Framework) for item in found)


@given(data=records, form=st.sampled_from([*FORMATS, None]))
def test_any_table_in_a_file_is_read_or_refused(
    data: dict[str, object], form: str | None, tmp_path_factory: FACTORY
) -> None:
    """Whatever table a file of any format holds, reading gives a value or the library's own error."""
    data = data if form is None else data | {"format": form}
    file = tmp_path_factory.getbasetemp() / "table"
    for write in (to_json, to_toml):
        try:
            file.write_text(write(data), encoding="utf-8")
        except (TypeError, ValueError):
            continue  # JSON holds no dates, TOML no None
        check(file)


@given(text=texts(max_size=60) | st.builds(str.__add__, st.sampled_from(["{", '{"format": ', "format = "]), texts()))
def test_any_text_in_a_file_is_read_or_refused(text: str, tmp_path_factory: FACTORY) -> None:
    """Whatever text a file holds, reading gives a value or the library's own error."""
    file = tmp_path_factory.getbasetemp() / "text"
    file.write_text(text, encoding="utf-8")
    check(file)


@given(date=partial_dates(), cut=st.integers(0, 400), junk=texts(max_size=4))
def test_cut_files_are_read_or_refused(date: PartialDate, cut: int, junk: str, tmp_path_factory: FACTORY) -> None:
    """A file that was cut off, or into which something slipped, is read or refused by the library's own error."""
    file = tmp_path_factory.getbasetemp() / "cut"
    assessment = ca.Assessment.of("Camden", [3] * 9, published=date, sources=["a page"], facts={"breach": True})
    for ending in (".toml", ".json"):
        ca.write(assessment, file.with_suffix(ending))
        text = file.with_suffix(ending).read_text(encoding="utf-8")
        for spoiled in (text[:cut], text[:cut] + junk + text[cut:]):
            file.write_text(spoiled, encoding="utf-8")
            check(file)


def check(file: Path) -> None:
    """Read a file; an error of the library names the file."""
    found = tried(lambda: ca.read(file))
    assert not isinstance(found, CareAssureError) or file.name in str(found)
