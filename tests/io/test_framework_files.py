"""Files that describe frameworks, all versions in one."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidFrameworkError
from careassure.io.formats import parse, to_toml
from careassure.io.frameworks import load_frameworks
from careassure.model.dates import PartialDate

SMALL: dict[str, Any] = {
    "format": "careassure.framework/1",
    "id": "small",
    "title": "A small framework",
    "publisher": "Someone",
    "score_scale": "met",
    "subject": "provider",
    "references": {"page": {"title": "A page", "url": "https://example.org", "basis": "ours", "read": "2025-01-02"}},
    "scales": {
        "met": {"title": "Met or not", "grades": [{"key": "no", "label": "No"}, {"key": "yes", "label": "Yes"}]},
        "word": {
            "title": "Words",
            "numeric": True,
            "grades": [{"key": "low", "label": "Low", "value": 3}, {"key": "high", "label": "High", "value": 9}],
        },
    },
    "categories": {"seen": {"title": "Seen"}, "heard": {"title": "Heard", "applies": False, "note": "Not here"}},
    "themes": [
        {
            "id": "t",
            "title": "T",
            "statements": [
                {"id": "a", "title": "A", "parts": [{"id": "p", "title": "P", "scale": "word", "tags": ["x"]}]},
                {"id": "b", "title": "B", "scale": "word", "aliases": "bee", "press_aliases": ["T"]},
            ],
        }
    ],
    "versions": {
        "new": {"supersedes": "old", "without": ["b"], "valid_from": 2025, "reference": "page"},
        "old": {"parts": "categories", "scorer": "some-method", "summary": "The first"},
    },
}


def changed(*path: object, value: object) -> dict[str, Any]:
    """The small framework with one value changed; None removes it."""
    data = copy.deepcopy(SMALL)
    holder: Any = data
    for key in path[:-1]:
        holder = holder[key]
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return data


def said(data: object) -> list[str]:
    """What is wrong with a file."""
    with pytest.raises(InvalidFrameworkError, match=r"^small\.toml: ") as raised:
        load_frameworks(data, where="small.toml")
    return [str(problem) for problem in raised.value.problems]


def test_a_file_gives_every_version_the_oldest_first() -> None:
    """Every version in a file is read, each after the one that it supersedes, whatever their order in the file."""
    old, new = load_frameworks(SMALL)
    assert (old.version, new.version) == ("old", "new")
    assert old.leaves == ("a/seen", "b/seen")
    assert new.leaves == ("a/p",)
    assert (old.scorer, new.scorer) == ("some-method", "")
    assert new.valid_from == PartialDate(2025)
    assert [reference.title for reference in new.references] == ["A page"]
    assert new.references[0].read == "2025-01-02"
    assert new.scale_of("a/p").highest.value == 9
    assert old.scale_of("a/seen").id == "met"
    assert old.resolve("bee") == "b"
    assert old.resolve("T", context="press") == "b"
    assert [category.id for category in new.categories if category.applies] == ["seen"]
    assert (new.subject, new.publisher, new.id) == ("provider", "Someone", "small")


def test_a_file_may_be_written_by_the_writer() -> None:
    """The table of a framework, written as TOML and read again, gives the same frameworks."""
    assert load_frameworks(parse(to_toml(SMALL))) == load_frameworks(SMALL)


@given(st.permutations(["a", "b", "c", "d"]))
def test_versions_are_put_in_order(order: list[str]) -> None:
    """However the versions stand in a file, each comes after the one it supersedes."""
    before = {"a": "", "b": "a", "c": "b", "d": "c"}
    data = changed("versions", value={name: {"supersedes": before[name]} for name in order})
    assert [framework.version for framework in load_frameworks(data)] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (changed("id", value=None), "id: it is missing"),
        (changed("title", value=" "), "title: it is empty"),
        (SMALL | {"title": None}, "title: it is missing"),
        (changed("publisher", value=3), "publisher: a whole number (3) should be text"),
        (changed("score_scale", value="mett"), "score_scale: there is no scale 'mett'"),
        (changed("format", value="careassure.framework/2"), "format: 'careassure.framework/2' is not known"),
        (changed("versions", value=None), "versions: it has no version"),
        (changed("versions", "new", "supersedes", value="older"), "versions: new supersede each other"),
        (changed("versions", "old", "supersedes", value="new"), "versions: new and old supersede each other"),
        (changed("versions", "new", "without", value=["c"]), "versions.new.without: 'c' is not a statement"),
        (changed("versions", "new", "without", value=["a", "b"]), "themes: a framework needs at least one statement"),
        (changed("versions", "new", "parts", value="some"), "versions.new.parts: 'some' is not known"),
        (
            changed("versions", "new", "valid_from", value="May"),
            "versions.new.valid_from: the date: 'May' is not a date",
        ),
        (changed("versions", "new", "reference", value="pag"), "versions.new.reference: there is no reference 'pag'"),
        (
            changed("versions", "new", "scoer", value="x"),
            "versions.new.scoer: there is no such field here. Did you mean",
        ),
        (changed("themes", value={}), "themes: a table should be a list of tables"),
        (changed("themes", 0, "titel", value="T"), "themes[0].titel: there is no such field here. Did you mean title?"),
        (changed("themes", 0, "statements", 1, "id", value="a"), "a: this id appears twice"),
        (changed("themes", 0, "statements", 1, "scale", value="x"), "b.scale: there is no scale 'x'"),
        (
            changed("themes", 0, "statements", 1, "aliases", value=[3]),
            "themes[0].statements[1].aliases: a whole number",
        ),
        (changed("themes", 0, "id", value="overall"), "overall: this id has a meaning of its own in methods"),
        (changed("scales", "met", "grades", value=[]), "scales.met: the scale met: grades: a scale needs at least two"),
        (
            changed("scales", "met", "numeric", value="yes"),
            "scales.met.numeric: text ('yes') should be true or false",
        ),
        (
            changed("scales", "word", "grades", 0, "value", value=3.0),
            "scales.word.grades[0].value: a number with a point",
        ),
        (changed("references", "page", "basis", value="hearsay"), "references.page.basis: 'hearsay' is not known"),
        (changed("categories", "seen", value="Seen"), "categories.seen: text ('Seen') should be a table"),
    ],
)
def test_a_fault_is_told_with_its_path(data: dict[str, Any], words: str) -> None:
    """A fault of a file is told with its path in the file and what is wrong."""
    assert any(text.startswith(words) for text in said(data)), said(data)


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_what_is_no_table_is_refused(data: object) -> None:
    """A file that holds no table is refused."""
    assert any("should be a table" in text for text in said(data))


def test_all_faults_are_told_at_once() -> None:
    """Faults in different places of a file are in one error."""
    data = changed("themes", 0, "titel", value="T") | {"title": 3, "extra": 1, "score_scale": "x"}
    found = said(data)
    for words in ("themes[0].titel: ", "title: ", "extra: ", "score_scale: "):
        assert any(text.startswith(words) for text in found), words
