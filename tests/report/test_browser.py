"""Pages in a browser: nobody is shut out, whatever the width, the light or the settings."""

from __future__ import annotations

import itertools
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

import careassure as ca
import careassure.report.pictures
from browser import faults, heard, started
from careassure.report.as_html import html
from careassure.report.as_picture import svg
from careassure.report.page import reconciliation_page
from careassure.report.walk import stops

from .every_page import LONG, REGISTER, long_pages, others, papers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
RESULTS = ca.reconcile()
FEW = RESULTS[::8]
"""So many published results that rows of every kind are among them; axe looks at each row by itself, and takes long."""
PICTURES = {
    "place": "place on the ladder",
    "profile": "the profile",
    "among_peers": "peers",
    "chances": "how likely each rating is",
    "coverage": "evidence for each statement",
    "plan_chart": "the plan on",
    "heat_map": "statement by statement",
    "happened": "what happened",
    "said_published": "published afterwards",
    "moves": "From single-word",
    "bars": "How old ratings are",
}
"""What the title of a picture of each kind holds."""
WIDTHS = {390: 844, 1280: 900}
"""A telephone and a desk."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    with started() as found:
        yield found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ca.report.Document]:
    """Every paper, with a few published results."""
    return papers(tmp_path_factory.mktemp("made"), FEW)


@pytest.fixture(scope="module")
def sampled(made: dict[str, ca.report.Document], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page with a few published results, as a file, by its name."""
    texts = {REGISTER: reconciliation_page(FEW), **{name: html(paper) for name, paper in made.items()}}
    return written(texts, tmp_path_factory.mktemp("sampled"))


@pytest.fixture(scope="module")
def whole(sampled: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page with every published result, as a file, by its name."""
    return {**sampled, **written(long_pages(RESULTS), tmp_path_factory.mktemp("whole"))}


def written(texts: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Pages as files."""
    found = {name: folder / f"{name.replace(' ', '-')}.html" for name in texts}
    for name, path in found.items():
        path.write_text(texts[name], "utf-8")
    return found


def opened(context: BrowserContext, files: Mapping[str, Path]) -> Iterator[tuple[str, Page]]:
    """Each page in turn, all in one tab: another tab is another process, which takes longer than most pages."""
    page = context.new_page()
    for name, path in files.items():
        page.goto(path.as_uri())
        yield name, page
    page.close()


@pytest.fixture
def judged(browser: Browser) -> Iterator[Page]:
    """A tab into which pages are put one after the other, so that axe stays in it.

    What one page allows would hold for the next one too, so the browser is told to allow everything; that pages get
    along with what they allow is looked at where they are opened.
    """
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    yield page
    assert complaints == []
    context.close()


def put(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    """Give the window of a tab a width, by day or by night."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.emulate_media(color_scheme=scheme)


def test_a_page_of_each_kind_is_looked_at(made: dict[str, ca.report.Document]) -> None:
    """Each kind of picture is on some page here; the papers about all results are looked at below."""
    kinds = {room.name for room in pkgutil.iter_modules(careassure.report.pictures.__path__)}
    titles = [figure.title for paper in made.values() for figure in paper.figures]
    assert set(PICTURES) == kinds
    assert [kind for kind, words in PICTURES.items() if not any(words in title for title in titles)] == []


def test_axe_finds_no_fault(judged: Page, sampled: dict[str, Path]) -> None:
    """On a telephone and on a desk, by day and by night, axe finds nothing on any page that shuts somebody out.

    Widths and lights are rules of style of their own, so papers, which share both, are looked at on the telephone by
    day and on the desk by night, or the other way round, by turns; the pages of published results in all four ways.
    """
    found: dict[str, list[str]] = {}
    for number, (name, path) in enumerate(sampled.items()):
        judged.set_content(path.read_text("utf-8"))
        for place, (width, scheme) in enumerate(itertools.product(WIDTHS, SCHEMES)):
            if name in LONG or (place in (0, 3)) is (number % 2 == 0):
                put(judged, width, scheme)
                found[f"{name}, {width}, {scheme}"] = faults(judged)
    assert len(found) == 4 * len(LONG) + 2 * (len(sampled) - len(LONG))
    assert {name: said for name, said in found.items() if said} == {}


def test_axe_finds_no_fault_on_the_page_of_any_result(judged: Page) -> None:
    """The page about each public result goes through axe once, the widths and the lights by turns, and fits."""
    found: dict[str, list[str]] = {}
    settings = list(itertools.product(WIDTHS, SCHEMES))
    texts = list(others().items())
    for number, (width, scheme) in enumerate(settings):
        put(judged, width, scheme)
        for name, text in texts[number :: len(settings)]:
            judged.set_content(text)
            found[f"{name}, {width}, {scheme}"] = faults(judged)
            assert judged.evaluate("document.documentElement.scrollWidth") <= width, name
    assert len(found) == len(texts)
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("name", LONG)
def test_axe_finds_no_fault_with_every_result(judged: Page, whole: dict[str, Path], name: str) -> None:
    """Pages with a row for each published result have no row at which axe finds anything, on a telephone by night."""
    put(judged, 390, "dark")
    judged.set_content(whole[name].read_text("utf-8"))
    assert faults(judged) == []


def test_axe_would_find_a_fault(judged: Page) -> None:
    """The judge is awake, and looks at what is in the tab now: grey words on white are found, until they are black."""
    page = (
        "<html lang=en><title>A</title><main><h1>A</h1><p style='color:{};background:#fff'>hardly to be read</p></main>"
    )
    for _ in range(2):
        judged.set_content(page.format("#bbb"))
        assert [said.partition(":")[0] for said in faults(judged)] == ["color-contrast"]
        judged.set_content(page.format("#000"))
        assert faults(judged) == []


def test_pages_fit_and_ask_for_nothing(browser: Browser, whole: dict[str, Path]) -> None:
    """No page is wider than a telephone, asks for any other file, or makes the browser complain.

    Wide tables move sideways, each in its own frame.
    """
    context = browser.new_context(viewport={"width": 390, "height": WIDTHS[390]})
    heard: list[str] = []
    context.on("request", lambda request: heard.append(request.url))
    context.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    context.on("weberror", lambda error: heard.append(f"error: {error.error}"))
    wide: dict[str, int] = {}
    for name, page in opened(context, whole):
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in wide.items() if width > 390} == {}
    assert heard == [path.as_uri() for path in whole.values()]
    context.close()


def test_pages_say_the_same_without_scripts(browser: Browser, sampled: dict[str, Path]) -> None:
    """Where scripts are turned off, a reader sees every word that others see, but for the field that needs them."""
    with_scripts, without = browser.new_context(), browser.new_context(java_script_enabled=False)
    for (name, one), (_, two) in zip(opened(with_scripts, sampled), opened(without, sampled), strict=True):
        more, text = (page.locator("main").inner_text().split("\n") for page in (one, two))
        assert [line for line in more if line != "Find a council"] == text, name
    with_scripts.close()
    without.close()


def top(place: Locator) -> float:
    """How far below the upper edge of the window something begins."""
    box = place.bounding_box()
    assert box is not None
    return box["y"]


def at(page: Page) -> str:
    """What has the focus, as it is read aloud."""
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def press(page: Page, *keys: str) -> str:
    """Where some keys lead."""
    for key in keys:
        page.keyboard.press(key)
    return at(page)


def walked(page: Page) -> list[str]:
    """Every place to which down and right lead, from the title that has the focus."""
    found = [at(page)]
    last, here = found[0], press(page, "ArrowDown")
    while here != last:
        found.append(here)
        inner, below = here, press(page, "ArrowDown")
        while below != inner:
            found.append(below)
            inner, below = below, press(page, "ArrowRight")
        if inner != here:
            assert press(page, "ArrowUp") == here
        last, here = here, press(page, "ArrowRight")
    return found


def test_arrow_keys_walk_title_axes_series_and_points(
    browser: Browser, sampled: dict[str, Path], made: dict[str, ca.report.Document]
) -> None:
    """Down goes into, up out of, left and right along; Home and End to the ends, and Escape to the title."""
    page = browser.new_page()
    page.goto(sampled["outcome_paper"].as_uri())
    said = [stop.words for stop in stops(made["outcome_paper"].figures[1])]
    heads = len(made["outcome_paper"].figures[1].table.heads)
    page.locator("svg").nth(1).locator("[role=treeitem]").first.focus()
    assert walked(page) == said
    assert press(page, "Escape") == said[0]
    assert press(page, "ArrowUp") == press(page, "ArrowLeft") == press(page, "Home") == said[0]
    assert press(page, "ArrowDown") == said[1]
    assert press(page, *["ArrowRight"] * heads) == said[1 + heads]
    assert press(page, "ArrowDown", "End") == said[2 * heads]
    assert press(page, "ArrowRight") == said[2 * heads]
    assert press(page, "ArrowUp", "ArrowRight", "ArrowDown") == said[2 * heads + 2]
    assert press(page, "ArrowUp", "Home") == said[1]
    page.close()


def test_what_has_the_focus_is_seen(browser: Browser, sampled: dict[str, Path]) -> None:
    """A ring stands around what has the focus, its words stand below the picture, and Tab comes back to it."""
    page = browser.new_page()
    page.goto(sampled["outcome_paper"].as_uri())
    page.keyboard.press("Tab")
    first = at(page)
    here = press(page, "ArrowDown", "End")
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"{style}.stroke") != "none"
    assert page.evaluate(f"parseFloat({style}.strokeWidth)") >= 2
    assert page.locator(".spoken").inner_text() == here
    assert press(page, "Tab") != here
    assert press(page, "Shift+Tab") == here
    assert press(page, "Escape") == first
    page.close()


def test_every_picture_can_be_walked_to_its_last_point(
    browser: Browser, sampled: dict[str, Path], made: dict[str, ca.report.Document]
) -> None:
    """In a picture of each kind, keys lead to every place of the tree; so they do in a picture that is a file."""
    page = browser.new_page()
    drawn = [(name, number, each) for name, paper in made.items() for number, each in enumerate(paper.figures)]
    for words in PICTURES.values():
        shortest = min((len(each.table.rows), place) for place, (_, _, each) in enumerate(drawn) if words in each.title)
        name, number, figure = drawn[shortest[1]]
        page.goto(sampled[name].as_uri())
        page.locator("svg").nth(number).locator("[role=treeitem]").first.focus()
        assert walked(page) == [stop.words for stop in stops(figure)]
    figure = made["outcome_paper"].figures[0]
    target = sampled["outcome_paper"].with_suffix(".svg")
    target.write_text(svg(figure), "utf-8")
    page.goto(target.as_uri())
    page.keyboard.press("Tab")
    assert walked(page) == [stop.words for stop in stops(figure)]
    page.close()


def test_a_screen_reader_hears_every_picture(
    browser: Browser, sampled: dict[str, Path], made: dict[str, ca.report.Document]
) -> None:
    """The tree of accessibility holds title, axes, series and points of each picture in words, and nothing drawn.

    Scripts are turned off, so that it is the page itself that says it.
    """
    context = browser.new_context(java_script_enabled=False)
    for name, page in opened(context, {name: path for name, path in sampled.items() if name != REGISTER}):
        said = [
            (f"{stop.level}", " ".join(stop.words.split())) for figure in made[name].figures for stop in stops(figure)
        ]
        assert heard(page, "treeitem") == said, name
    context.close()


def test_a_council_is_found_without_scripts(browser: Browser, whole: dict[str, Path]) -> None:
    """The list leads to the results of one council, and hides the others until all are asked for again."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": WIDTHS[390]})
    page = context.new_page()
    page.goto(whole[REGISTER].as_uri())
    assert not page.locator("#find").is_visible()
    page.locator(".find summary").click()
    page.get_by_role("link", name="Swindon", exact=True).click()
    shown = page.locator(".sheet tbody:visible")
    assert shown.count() == 1
    assert shown.locator("th").all_inner_texts()[0].startswith("Swindon")
    assert shown.locator("tr").count() == sum(each.assessment.council.name == "Swindon" for each in RESULTS) == 2
    assert top(shown) < 300
    page.get_by_role("link", name="Show every council again").click()
    assert shown.count() == len({each.assessment.council for each in RESULTS})
    context.close()


def test_typing_finds_a_council(browser: Browser, whole: dict[str, Path]) -> None:
    """Some letters leave the councils that have them, whatever their accents and signs; Enter goes to the first."""
    page = browser.new_page(viewport={"width": 390, "height": WIDTHS[390]})
    page.goto(whole[REGISTER].as_uri())
    assert top(page.locator("#find")) < WIDTHS[390] / 2
    page.locator("#find").fill("st. helens")
    assert page.locator(".find li:visible").all_inner_texts() == ["St Helens Good"]
    page.locator("#find").fill("&")
    names = page.locator(".find li:visible a").all_inner_texts()
    known = {each.assessment.council.name for each in RESULTS}
    assert set(names) == {name for name in known if "and" in name.lower()}
    page.locator("#find").fill("york")
    assert page.locator(".find [role=status]").inner_text() == f"{page.locator('.find li:visible').count()} found"
    page.locator("#find").press("Enter")
    assert page.locator(".sheet tbody:visible").count() == 1
    page.locator("#find").fill("")
    assert page.locator(".find li:visible").count() == 0
    page.close()
