"""Profiles of several outcomes side by side: a method without an overall rating is never an empty row."""

from __future__ import annotations

import careassure as ca
from careassure.model.outcomes import Outcomes
from careassure.model.side_by_side import graded, profile_rows, profile_words

THEMES = """
format = "careassure.method/1"
id = "themes-only"
version = "1"
title = "A grade for each theme"
framework = "cqc-la"
framework_versions = ["direct"]
not_rated = "interval"

[references.ours]
title = "Our own"
basis = "ours"

[[nodes]]
for = "themes"
scale = "cqc-rating"

[nodes.bands]
measure = "percentage"
requires_improvement = 39
good = 63
outstanding = 88
reference = "ours"

[measures.percentage]
kind = "percentage"
label = "a percentage"
over = "statements"
rounding = "up"
sentence = "The scores of the theme in per cent"
reference = "ours"
"""


def method() -> ca.Method:
    """A method that grades themes and gives no overall."""
    import tomllib

    return ca.load_method(tomllib.loads(THEMES), scales=ca.framework("cqc-la").scales)


def test_a_profile_is_shown_where_there_is_no_overall() -> None:
    """The words, the rows and the notebook of a comparison have the themes; the scores stand beside them."""
    york = ca.Assessment.of("York", [3, 3, 3, 2, 2, None, 4, 4, 4])
    found = ca.compare(york, ["single-word", method()])
    assert [entry.level for entry in graded(found[1])] == ["theme"] * 4
    assert graded(found[0]) == ()
    heads, rows = profile_rows(found)
    assert heads == ("Profile", "Score", "themes-only")
    by_title = {row[0]: row[1:] for row in rows}
    assert by_title["Working with people"] == ("", "Good")
    assert by_title["Ensuring safety within the system"] == ("", "Good to Outstanding")
    assert by_title["Safe systems, pathways and transitions"] == ("not known", "")
    assert profile_words(found[1]).startswith("Working with people: Good; Providing support: Requires improvement")
    assert profile_words(found[1]) in found.words
    assert "<caption>Profiles</caption>" in found._repr_html_()


def test_there_is_no_table_where_nothing_is_graded() -> None:
    """A method that grades nothing but the overall has no profile of its own."""
    found = ca.compare(ca.Assessment.of("York", [3] * 9), "single-word")
    assert profile_rows(found) == ((), ())
    assert profile_words(found[0]) == ""
    assert "Profiles" not in found._repr_html_()
    assert profile_rows(Outcomes()) == ((), ())
