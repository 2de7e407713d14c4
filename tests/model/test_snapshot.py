"""What an assessment holds cannot be changed; whatever is changed by force is seen, named and put back."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.evidence import Evidence
from careassure.model.scale import Grade
from careassure.model.snapshot import Snapshot
from careassure.testing import strategies


class Stranger(Grade):
    """A class of somebody else that fits where a grade is."""

    __slots__ = ()


class Plain:
    """An object of any other class."""

    def __init__(self) -> None:
        self.a = 1


def everything(value: object) -> list[Any]:
    """Every value of a class of ours that can be reached, found without the snapshot's own walk."""
    found: dict[int, Any] = {}

    def walk(item: object) -> None:
        if isinstance(item, tuple):
            for part in item:
                walk(part)
        elif attrs.has(type(item)) and id(item) not in found:
            found[id(item)] = item
            kind: Any = type(item)
            for field in attrs.fields(kind):
                walk(getattr(item, field.name))

    walk(value)
    return list(found.values())


@given(strategies.assessments(), st.data())
def test_any_field_of_anything_inside_is_seen_and_put_back(assessment: ca.Assessment, data: st.DataObject) -> None:
    """Whichever field is changed, of whatever the assessment leads to, it is named, and then all is as before."""
    before = pickle.dumps(assessment)
    snapshot = Snapshot.of(assessment)
    assert snapshot.change() == ""
    thing = data.draw(st.sampled_from(everything(assessment)))
    names = [field.name for field in attrs.fields(type(thing))]
    name = data.draw(st.sampled_from(names))
    how = data.draw(st.sampled_from(("text", "nothing", "gone")))
    old = getattr(thing, name)
    if how == "gone":
        object.__delattr__(thing, name)
    else:
        object.__setattr__(thing, name, "changed" if how == "text" or old is None else None)
    assert name in snapshot.change()
    snapshot.restore()
    assert snapshot.change() == ""
    assert getattr(thing, name) is old
    assert pickle.dumps(assessment) == before


@given(strategies.assessments())
def test_reading_everything_is_no_change(assessment: ca.Assessment) -> None:
    """What is worked out at first use, and kept, is no change: scores, leaves, hashes, whatever a class keeps."""
    assessment = pickle.loads(pickle.dumps(assessment))  # nothing is kept yet
    snapshot = Snapshot.of(assessment)
    for thing in everything(assessment):
        for name in dir(thing):
            getattr(thing, name)
    hash(assessment.framework)
    assert tuple(assessment.scores) == tuple(leaf for leaf, _ in assessment.marks)
    assert assessment.framework.contexts
    assert pickle.loads(pickle.dumps(assessment)) == copy.deepcopy(assessment) == assessment
    assert repr(assessment)
    assert snapshot.change() == ""


def nine() -> ca.Assessment:
    return ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4], evidence=[Evidence("e", "s", "staff", "equity")])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda a: object.__setattr__(a.marks[0][1], "value", 99), "value was 3 and is 99"),
        (lambda a: object.__setattr__(a.marks[0][1], "__class__", Stranger), "was of the class Grade"),
        (lambda a: object.__setattr__(a.framework, "statements", ()), "framework.statements"),
        (lambda a: object.__setattr__(a.framework, "_attrs_cached_hash", 1), "framework"),
        (lambda a: object.__setattr__(a, "scores", {}), "scores"),
        (lambda a: a.scores._found.clear(), "scores holds more, or less"),
        (lambda a: a.scores._found.update(equity=None), "scores['equity']"),
        (lambda a: object.__setattr__(a.evidence[0], "says", ()), ""),
        (lambda a: object.__setattr__(a.evidence[0], "says", []), "evidence[0].says"),
    ],
)
def test_what_equality_leaves_out_counts_too(change: Any, words: str) -> None:
    """The points of a grade, what is kept, the class of a value: each is seen, though equality would not see it."""
    assessment = nine()
    snapshot = Snapshot.of(assessment)
    change(assessment)
    assert words in snapshot.change()
    assert bool(snapshot.change()) == bool(words)
    snapshot.restore()
    assert snapshot.change() == ""
    assert ca.assess(assessment).result == "Outstanding, 89 out of 100"


def test_numbers_lists_and_objects_of_strangers_count() -> None:
    """A fraction, a list, a dictionary and an object of any class are looked into."""
    half, items, table, thing = Fraction(1, 2), [1], {"a": [1]}, Plain()
    snapshot = Snapshot.of(half, items, table, thing)
    half._numerator = 7  # type: ignore[attr-defined]
    items.append(2)
    table["a"].append(2)
    thing.a = 2
    thing.__dict__ = {"b": 1}
    snapshot.restore()
    assert (half, items, table, thing.__dict__) == (Fraction(1, 2), [1], {"a": [1]}, {"a": 1})


def test_what_is_inside_itself_ends() -> None:
    """A list that holds itself is looked at once."""
    items: list[Any] = [1]
    items.append(items)
    snapshot = Snapshot.of(items)
    items.pop()
    assert snapshot.change()
    snapshot.restore()
    assert items[1] is items


def test_scores_cannot_be_changed() -> None:
    """The scores of an assessment read like a dictionary, equal one, are copied and pickled, and cannot be changed."""
    scores = nine().scores
    plain = dict(scores)
    for change in ("clear", "pop", "popitem", "update", "setdefault", "__setitem__", "__delitem__", "__ior__"):
        assert not hasattr(scores, change)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        scores._found = {}  # type: ignore[misc]
    assert scores == plain
    assert plain == scores
    assert scores != {}
    assert scores != list(plain)
    assert (list(scores), len(scores), "equity" in scores, scores.get("x")) == (list(plain), 9, True, None)
    assert (list(scores.items()), list(scores.values())) == (list(plain.items()), list(plain.values()))
    assert scores.keys() == plain.keys()
    assert (scores | {"x": 1}, {"x": 1} | scores) == ({**plain, "x": 1}, {"x": 1, **plain})
    assert repr(scores).startswith("<Scores assessing_needs 3, ")
    assert pickle.loads(pickle.dumps(scores)) == copy.deepcopy(scores) == plain


def test_comparing_scores_hands_nothing_out() -> None:
    """What scores are compared with never gets hold of what they are kept in."""
    seen: list[Any] = []

    class Nosy(dict[str, object]):
        def __eq__(self, other: object) -> bool:
            seen.append(other)
            return True

        __hash__ = None

    scores = nine().scores
    assert scores == dict(scores)
    assert (scores == Nosy(), Nosy() == scores) == (False, True)
    assert all(item is not scores._found for item in seen)
