"""Pages in a browser: nobody is shut out, whatever the width, the light or the settings."""

from __future__ import annotations

import itertools
import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

import careassure as ca
import careassure.report
import careassure.report.pictures
from browser import faults, started

from .every_page import LONG, REGISTER, pages, papers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page  # pyright: ignore[reportMissingImports]

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
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page with every published result, as a file, by its name."""
    folder = tmp_path_factory.mktemp("pages")
    return written(pages(folder, RESULTS), folder)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page with a few published results, as a file, by its name."""
    folder = tmp_path_factory.mktemp("sampled")
    return written(pages(folder, FEW), folder)


def written(texts: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Pages as files."""
    found = {name: folder / f"{name.replace(' ', '-')}.html" for name in texts}
    for name, path in found.items():
        path.write_text(texts[name], "utf-8")
    return found


def tabs(context: BrowserContext, files: Mapping[str, Path]) -> Iterator[tuple[str, Page]]:
    """Each page in a tab that is closed again."""
    for name, path in files.items():
        page = context.new_page()
        page.goto(path.as_uri())
        yield name, page
        page.close()


def test_a_page_of_each_kind_is_looked_at(tmp_path: Path) -> None:
    """Each function that makes a paper has a page here, and so has each kind of picture."""
    found = papers(tmp_path, FEW)
    rooms = [room.name for room in pkgutil.iter_modules(careassure.report.__path__, "careassure.report.")]
    makers = {name for room in rooms for name in vars(import_module(room)) if name.endswith("_paper")} | {"pack"}
    assert makers <= set(found)
    kinds = {room.name for room in pkgutil.iter_modules(careassure.report.pictures.__path__)}
    titles = [figure.title for made in found.values() for figure in made.figures]
    assert set(PICTURES) == kinds
    assert [kind for kind, words in PICTURES.items() if not any(words in title for title in titles)] == []


def test_axe_finds_no_fault(browser: Browser, sampled: dict[str, Path]) -> None:
    """On a telephone and on a desk, by day and by night, axe finds nothing on any page that shuts somebody out."""
    context = browser.new_context()
    found: dict[str, list[str]] = {}
    for name, page in tabs(context, sampled):
        for (width, height), scheme in itertools.product(WIDTHS.items(), SCHEMES):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            found[f"{name}, {width}, {scheme}"] = faults(page)
    assert {name: said for name, said in found.items() if said} == {}
    context.close()


@pytest.mark.parametrize("name", LONG)
def test_axe_finds_no_fault_with_every_result(browser: Browser, whole: dict[str, Path], name: str) -> None:
    """Pages with a row for each published result have no row at which axe finds anything, on a telephone by night."""
    page = browser.new_page(viewport={"width": 390, "height": WIDTHS[390]}, color_scheme="dark")
    page.goto(whole[name].as_uri())
    assert faults(page) == []
    page.close()


def test_axe_would_find_a_fault(browser: Browser) -> None:
    """The judge is awake: grey words on white are found."""
    page = browser.new_page()
    page.set_content("<main><h1>A</h1><p style='color:#bbb;background:#fff'>hardly to be read</p></main>")
    assert any(said.startswith("color-contrast") for said in faults(page))
    page.close()


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
    for name, page in tabs(context, whole):
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in wide.items() if width > 390} == {}
    assert heard == [path.as_uri() for path in whole.values()]
    context.close()


def test_pages_say_the_same_without_scripts(browser: Browser, sampled: dict[str, Path]) -> None:
    """Where scripts are turned off, a reader sees every word that others see."""
    with_scripts, without = browser.new_context(), browser.new_context(java_script_enabled=False)
    for (name, one), (_, two) in zip(tabs(with_scripts, sampled), tabs(without, sampled), strict=True):
        assert one.locator("main").inner_text() == two.locator("main").inner_text(), name
    with_scripts.close()
    without.close()


def test_the_register_page_is_among_them(whole: dict[str, Path]) -> None:
    """The page of the register, which no paper gives, is looked at too."""
    assert REGISTER in whole
