"""Evidence under frameworks without evidence categories, and under categories of one's own."""

from __future__ import annotations

from pathlib import Path

import careassure as ca

from .folders import add, put

SIF = next(Path(__file__).parents[2].glob("plugins/*/src/*/ofsted-sif.framework.toml"))
DAY = "2026-03-01"


def tameside(folder: Path, categories: str = "") -> Path:
    """A workspace for Ofsted's single inspection framework, which has no evidence categories."""
    ca.workspaces.init(folder, "Tameside", framework=SIF, today=DAY)
    settings = folder / "workspace.toml"
    settings.write_text(settings.read_text("utf-8") + categories, "utf-8")
    return folder


def test_evidence_needs_no_category_where_the_framework_has_none(tmp_path: Path) -> None:
    """It is taken without one, counted in the matrix, and stands on the page of its statement."""
    folder = tameside(tmp_path / "w")
    add("evidence.csv", id="E1", summary="No police information", statements="help_protection", date="2018-01")(folder)
    work = ca.workspaces.read(folder, today=DAY)
    assert ca.workspaces.check(folder, today=DAY) == ()
    found = ca.workspaces.coverage(work)
    assert found.cell("help_protection", "") == ("E1",)
    assert str(found).startswith("1 of 5 statements have evidence.")
    assert {"Evidence"} == {head for row in found.rows() for head in row} - {"Statement"}
    assert "  E1 No police information (January 2018)\n" in str(ca.workspaces.statement(work, "help_protection"))
    (none,) = [row["Evidence"] for row in found.rows() if row["Statement"] == "Adoption performance"]
    assert none == "-"


def test_a_category_that_there_is_not_is_refused(tmp_path: Path) -> None:
    """A word for a category is refused where the framework has none."""
    folder = tameside(tmp_path / "w")
    add("evidence.csv", id="E1", summary="seen", statements="adoption_performance", category="wombat")(folder)
    (found,) = ca.workspaces.check(folder, today=DAY)
    assert str(found.where) == "evidence.csv, row 2, column category"
    assert found.message.endswith("has no evidence categories")
    assert found.hint == "Leave it blank"


def test_a_council_may_make_categories_of_its_own(tmp_path: Path) -> None:
    """Where the framework has none, those of workspace.toml are columns of the matrix and heads of the page."""
    folder = tameside(tmp_path / "w", '\n[categories.audit]\ntitle = "Case audits"\n')
    add("evidence.csv", id="E1", summary="seen", statements="help_protection", category="case audits")(folder)
    work = ca.workspaces.read(folder, today=DAY)
    assert ca.workspaces.coverage(work).cell("help_protection", "audit") == ("E1",)
    assert "  Case audits\n    E1 seen (no date)\n" in str(ca.workspaces.statement(work, "help_protection"))
    put("evidence.csv", 2, category="")(folder)
    (found,) = ca.workspaces.check(folder, today=DAY)
    assert (found.message, found.hint) == ("it is blank", "Use audit")


def test_categories_of_the_framework_are_not_replaced(tmp_path: Path) -> None:
    """Where the framework has categories, those of one's own are refused."""
    ca.workspaces.init(tmp_path / "w", "York", today=DAY)
    settings = tmp_path / "w" / "workspace.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[categories.audit]\ntitle = "Case audits"\n', "utf-8")
    (found,) = ca.workspaces.check(tmp_path / "w", today=DAY)
    assert str(found.where) == "workspace.toml, categories"
