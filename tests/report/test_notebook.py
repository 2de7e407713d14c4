"""Results in a notebook: the pictures of each, with their words and tables, by day and by night."""

from __future__ import annotations

import re
import tempfile
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given

import careassure as ca
from careassure.io.packages import package_text
from careassure.model.outcome import Outcome
from careassure.model.outcomes import Outcomes
from careassure.model.safe_text import shown_in_page
from careassure.report import as_notebook
from careassure.report.as_notebook import pictures_html
from careassure.report.styling import notebook_picture_style, notebook_style, picture_style
from careassure.testing.strategies import assessments, cqc_frameworks, texts
from helpers import few

from .parsed import Node, parse
from .test_any_results import OUTCOMES
from .test_papers import NASTY


class _Shown(Protocol):
    def _repr_html_(self) -> str: ...


YORK = ca.Assessment.of("York", [3, 3, None, 3, 4, 4, 3, 4, 4])
FULL = ca.Assessment.of("York", [3] * 9)
with tempfile.TemporaryDirectory() as _folder:
    WORK = ca.workspaces.init_example(Path(_folder) / "w")
MADE: dict[str, tuple[Callable[[], _Shown], tuple[str, ...]]] = {
    "an outcome": (lambda: ca.assess(YORK), ("the place on the ladder", "the profile")),
    "a comparison": (lambda: ca.compare(YORK, "single-word"), ("the place on the ladder", "the profile")),
    "a benchmark": (lambda: ca.benchmark(YORK), ("among 6 peers",)),
    "a stability": (lambda: ca.stability(FULL), ("how likely each rating is",)),
    "a what-if": (lambda: ca.what_if(YORK, {"equity": 4}), ("Before. York: the place", "After. York: the place")),
    "a status": (
        lambda: ca.workspaces.status(WORK, "2026-10-01"),
        ("the place on the ladder", "the profile", "evidence for each statement", "the plan"),
    ),
}


def page_of(value: _Shown) -> Node:
    """What a notebook shows of a value, as a parser sees it."""
    return parse(f"<!DOCTYPE html>{value._repr_html_()}")


def svg_of(image: Node) -> str:
    """The picture in an image."""
    kind, _, data = (image.attributes["src"] or "").partition(",")
    assert kind == "data:image/svg+xml;base64"
    return b64decode(data).decode()


@pytest.mark.parametrize("name", MADE)
def test_a_result_shows_its_pictures_and_their_tables(name: str) -> None:
    """Each picture has words for those who do not see it, its title, and its table folded away below it."""
    make, titles = MADE[name]
    page = page_of(make())
    images = page.all("img")
    assert len(images) == len(page.all("figcaption")) == len(page.all("details")) >= len(titles)
    captions = [node.text for node in page.all("figcaption")]
    for title in titles:
        assert any(title in caption for caption in captions), captions
    for image, caption in zip(images, captions, strict=True):
        alt = image.attributes["alt"] or ""
        assert alt.startswith(f"{caption}. ")
        assert len(alt) > len(caption) + 20
    assert all(node.one("table").one("tbody").all("tr") for node in page.all("details"))


@pytest.mark.parametrize("name", MADE)
def test_the_words_are_shown_whatever_becomes_of_the_pictures(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a picture cannot be drawn, all else stands, and it is said."""
    value = MADE[name][0]()
    page = page_of(value)
    (pictures,) = page.all("div", "careassure-pictures")
    whole = page.text.replace(pictures.text, "").replace(str(notebook_style()), "")

    def fails(_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(as_notebook, "pictures_html", fails)
    said = "The picture cannot be drawn. The words and tables are complete."
    left = page_of(value).text
    assert said in left
    assert left.replace(said, "") == whole


def test_the_ladder_of_each_method_is_shown() -> None:
    """Of several methods each that gives an overall rating has its ladder, in their order."""
    both = Outcomes([ca.assess(FULL), evolve(ca.assess(FULL), title="Another")])
    captions = [node.text for node in page_of(both).all("figcaption")]
    assert [caption.partition("ladder of ")[2] for caption in captions] == [
        "“CQC's single-word rating of a council”",
        "“Another”",
        "",
    ]
    assert page_of(Outcomes()).all("img") == []


@few
@given(OUTCOMES)
def test_any_outcome_has_a_picture_or_none_and_no_fault(outcome: Outcome) -> None:
    """Whatever an outcome holds, drawing it raises nothing, which the words would otherwise hide."""
    html = pictures_html(outcome)
    assert shown_in_page(html) == html
    for image in parse(f"<!DOCTYPE html>{html}").all("img"):
        ET.fromstring(svg_of(image))  # noqa: S314  (our own)


@few
@given(assessments(cqc_frameworks()), texts(max_size=40))
def test_a_changed_assessment_has_a_picture_or_none_and_no_fault(assessment: ca.Assessment, title: str) -> None:
    """So it is with several methods, with a what-if and with a name of any kind."""
    named = evolve(assessment, council=evolve(assessment.council, name=f"A{title}"))
    pictures_html(ca.compare(named))
    leaf, _ = assessment.marks[0]
    pictures_html(ca.what_if(named, {leaf: assessment.framework.scale_of(leaf).highest}))


@pytest.mark.parametrize("word", [*NASTY.values(), "' onerror='x", '" onerror="x', "</style><script>x</script>"])
def test_what_a_user_wrote_is_shown_as_text(word: str) -> None:
    """A script, a tag or a quotation mark in a name ends no attribute, no style and no picture."""
    council = ca.Body("x", f"A{word}")
    value = ca.assess(evolve(YORK, council=council))
    html = value._repr_html_()
    assert shown_in_page(html) == html
    page = page_of(value)
    assert page.all("script") == []
    for image in page.all("img"):
        assert set(image.attributes) == {"src", "alt", "class", "style"}
        assert shown_in_page(council.name)[:60] in (image.attributes["alt"] or "")
        root = ET.fromstring(svg_of(image))  # noqa: S314  (our own)
        assert not [node for node in root.iter() if node.tag.endswith("script")]


def test_several_outputs_disturb_neither_each_other_nor_the_notebook() -> None:
    """No element has an id, every rule is about classes that are ours alone, and every output has the same style."""
    styles = set()
    for make, _ in MADE.values():
        page = page_of(make())
        assert not [node for node in page.walk() if "id" in node.attributes]
        styles |= {node.text for node in page.all("style")}
    (style,) = styles
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", style)
    assert len(rules) > 5
    for selector in ",".join(rules).split(","):
        assert re.search(r"\.careassure\b|\.careassure-pictures?\b", selector), selector


def test_a_picture_is_drawn_for_day_and_for_night() -> None:
    """By day the colours are those of a picture by itself, by night those of pages by night: paper and letters too."""
    by_day, _, by_night = notebook_picture_style().partition("@media (prefers-color-scheme:dark){")
    assert by_day == picture_style()
    day, night = (
        dict(re.findall(r"(--[a-z0-9]+):([^;}\s]+)", found))
        for found in re.findall(r":root\{([^}]*--ink[^}]*)\}", package_text("careassure.report", "style.css"))
    )
    for style, colours in ((by_day, day), (by_night, day | night)):
        assert f".paper{{fill:{colours['--paper']}}}" in style
        assert f".picture text{{font-size:14.5px;fill:{colours['--ink']}}}" in style
        assert f".g0{{fill:{colours['--g0']}}}" in style
        assert "var(" not in style
    (image, _) = page_of(ca.assess(YORK)).all("img")
    assert notebook_picture_style() in svg_of(image)
    assert 'class="paper"' in svg_of(image)


def test_a_picture_follows_the_theme_of_the_notebook() -> None:
    """JupyterLab and VS Code say on the page whether they are light or dark, and the image is told so."""
    style = notebook_style()
    for theme, sign in (("light", "true"), ("dark", "false")):
        rule = f'[data-jp-theme-light="{sign}"] .careassure-picture,.vscode-{theme} .careassure-picture'
        assert f"{rule}{{color-scheme:{theme}}}" in style
