"""Descriptors that plugins offer."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve

import careassure as ca
from careassure import errors
from careassure.plugins.host import PluginHost

SOURCE = "a working group, 2026"
GOOD = ca.workspaces.Descriptor("safeguarding", 3, "People are asked what they want", SOURCE)


def table(
    *found: ca.workspaces.Descriptor, framework: str = "cqc-la", id: str = "group"
) -> ca.workspaces.DescriptorTable:
    return ca.workspaces.DescriptorTable(id, "Of a group", "1", framework, found)


def host_with(*tables: object, on_error: str = "raise") -> PluginHost:
    host = PluginHost(discover=False, on_error=on_error)  # type: ignore[arg-type]
    host.register(SimpleNamespace(careassure_descriptors=ca.hookimpl(lambda: list(tables))), "acme", "acme-words", "2")
    return host


def test_a_table_is_there_with_where_it_came_from() -> None:
    """What a plugin offers is found with its distribution, and the plugin says that it offers it."""
    host = host_with(table(GOOD))
    (found,) = host.descriptors()
    assert (found.id, found.plugin, found.distribution, found.distribution_version) == (
        "group",
        "acme",
        "acme-words",
        "2",
    )
    assert found.table.descriptors == (GOOD,)
    assert next(info for info in host.installed() if info.name == "acme").offers == ("descriptors group",)


def test_none_ship() -> None:
    """The regulator's text was not found, so the core offers no descriptors."""
    assert PluginHost(discover=False).descriptors() == ()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (table(ca.workspaces.Descriptor("safegarding", 3, "x", SOURCE)), "'safegarding' is not a statement"),
        (table(ca.workspaces.Descriptor("safeguarding", 9, "x", SOURCE)), "safeguarding, 9"),
        (table(ca.workspaces.Descriptor("safeguarding", 3, "x", "")), "whose words these are"),
        (table(ca.workspaces.Descriptor("safeguarding", 3, "x", SOURCE, "1999")), "no version '1999'"),
        (table(GOOD, framework="cqc-lb"), "which is not installed"),
        (GOOD, "not a DescriptorTable"),
        (table(GOOD, id="A b"), "lower-case letters"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_plugin_s_name(found: object, words: str) -> None:
    """A table that speaks of what its framework does not have is refused, and nothing of that plugin is used."""
    with pytest.raises(errors.HookReturnError, match=words) as caught:
        host_with(found).descriptors()
    assert caught.value.plugin == "acme"
    host = host_with(found, on_error="skip")
    assert host.descriptors() == ()
    assert len(host.failures) == 1


def test_one_for_no_version_speaks_of_the_newest() -> None:
    """Of three versions the last counts, and one that a descriptor names."""
    framework = ca.framework("cqc-la")
    theme = framework.themes[0]
    (first, *rest) = theme.statements

    def version(number: int) -> ca.Framework:
        changed = evolve(theme, statements=(evolve(first, id=f"only_{number}"), *rest))
        return evolve(framework, id="mine", version=str(number), themes=(changed, *framework.themes[1:]))

    def asked(statement: str, of: str) -> PluginHost:
        host = PluginHost(discover=False)
        words = [table(ca.workspaces.Descriptor(statement, 3, "x", SOURCE, of), framework="mine")]
        frameworks = [version(number) for number in (1, 2, 3)]
        hooks = {"careassure_descriptors": lambda: words, "careassure_frameworks": lambda: frameworks}
        host.register(SimpleNamespace(**{name: ca.hookimpl(hook) for name, hook in hooks.items()}), "acme")
        return host

    for number in (1, 2, 3):
        assert len(asked(f"only_{number}", str(number)).descriptors()) == 1
        if number < 3:
            with pytest.raises(errors.HookReturnError) as caught:
                asked(f"only_{number}", "").descriptors()
            assert caught.value.message.startswith(f"group, only_{number}, 3: ")
            assert caught.value.plugin == "acme"
    assert len(asked("only_3", "").descriptors()) == 1


def test_an_id_is_claimed_once() -> None:
    """Two tables of one id are refused, for nobody could say which is meant."""
    with pytest.raises(errors.PluginConflictError, match="table of descriptors 'group'"):
        host_with(table(GOOD), table(GOOD)).descriptors()


def test_they_stand_beside_the_workspace_s_own(tmp_path: Path) -> None:
    """A statement shows the descriptors of the workspace and of plugins, the lowest score first, for its version."""
    workspace = ca.workspaces.init_example(tmp_path / "example")
    tables = [
        table(GOOD, ca.workspaces.Descriptor("assessing_needs", 1, "Nobody is assessed", SOURCE)),
        table(ca.workspaces.Descriptor("assessing_needs", 1, "Of another version", SOURCE, "2023")),
        table(ca.workspaces.Descriptor("leaders", "good", "Of another framework", SOURCE), framework="ofsted-ilacs"),
    ]
    found = ca.workspaces.statement(workspace, "QS1", tables)
    assert found.descriptors[0].text == "Nobody is assessed"
    assert [int(item.score) for item in found.descriptors] == [1, 2, 3, 4]
    assert "> 2: People are assessed well" in found.words
    assert len(ca.workspaces.statement(workspace, "QS1").descriptors) == 3
