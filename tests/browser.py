"""Chromium without a screen, for tests that look at pages as their readers do."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from programs import needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def need_chromium() -> str:
    """The command; the test is left out where there is none, and where that is allowed."""
    return needed("Chromium", ("chromium", "google-chrome"), "chromium", "CAREASSURE_REQUIRE_CHROMIUM")


@contextmanager
def started() -> Generator[Browser]:
    """A browser that is closed at the end. Its sandbox cannot be set up by root, whom containers run as."""
    from playwright.sync_api import sync_playwright

    command = need_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def faults(page: Page) -> list[str]:
    """What axe finds wrong on a page, with the place of each.

    Most of what axe takes is to be loaded and compiled; so a tab that shows one page after the other keeps it.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate("axe.run({resultTypes: ['violations']}).then(said => said.violations)")
    return [f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in found for node in each["nodes"]]


def heard(page: Page, role: str) -> list[tuple[str, str]]:
    """The level and the name of everything with a role in the tree of accessibility of a page, in order.

    The browser gives its nodes level by level, so they are put in order by their parents.
    """
    nodes = {
        node["nodeId"]: node for node in page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    }
    found: list[tuple[str, str]] = []
    waiting = [next(name for name, node in nodes.items() if "parentId" not in node)]
    while waiting:
        node = nodes[waiting.pop()]
        waiting += reversed(node.get("childIds", []))
        if not node["ignored"] and node["role"]["value"] == role:
            levels = [each["value"]["value"] for each in node["properties"] if each["name"] == "level"]
            found.append((f"{levels[0] if levels else ''}", node["name"]["value"]))
    return found
