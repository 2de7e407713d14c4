"""A host: what is built in, what a plugin adds, and what is refused."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import PluginError, ScorerError, UnknownFrameworkError, UnknownScorerError
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scorer import Scorer
from careassure.plugins.host import PluginHost
from careassure.testing.strategies import frameworks
from helpers import CQC_VERSIONS, built_in_methods, few

CAMDEN = ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4])
BUILT_IN = PluginHost(discover=False)


class Borrowed:
    """A scorer that lends the work to CQC's own and returns what it is told to."""

    version = "7"
    title = "Borrowed"

    def __init__(self, name: str = "borrowed", returned: object = None) -> None:
        self.name = name
        self.returned = returned

    def accepts(self, framework: Framework, /) -> bool:
        return framework.id == "cqc-la"

    def score(self, assessment: Assessment, /) -> Outcome:
        found = BUILT_IN.scorer("single-word").scorer.score(assessment)
        return found if self.returned is None else self.returned  # type: ignore[return-value]


class Plugin:
    """A plugin that offers what it is given."""

    def __init__(
        self, scorers: tuple[Scorer, ...] = (), methods: tuple[Method, ...] = (), frameworks: tuple[Framework, ...] = ()
    ) -> None:
        self.offers = (frameworks, methods, scorers)

    @ca.hookimpl
    def careassure_frameworks(self) -> tuple[Framework, ...]:
        return self.offers[0]

    @ca.hookimpl
    def careassure_methods(self) -> tuple[Method, ...]:
        return self.offers[1]

    @ca.hookimpl
    def careassure_scorers(self) -> tuple[Scorer, ...]:
        return self.offers[2]


def host_with(plugin: object, name: str = "extra") -> PluginHost:
    """A host with what ships with the core and one plugin."""
    host = PluginHost(discover=False)
    host.register(plugin, name, "extra-dist", "2.0")
    return host


def a_method(id: str) -> Method:
    """CQC's own method under another name."""
    (found,) = (method for method in built_in_methods() if method.id == "single-word")
    return evolve(found, id=id)


def test_what_ships_with_the_core_comes_through_the_hooks() -> None:
    """The built-in methods and framework are offered by a plugin like any other, with its distribution."""
    assert [item.name for item in BUILT_IN.scorers()] == ["evidence-category", "single-word"]
    assert [item.id for item in BUILT_IN.frameworks()] == ["cqc-la"]
    sources = {(item.plugin, item.distribution, item.distribution_version) for item in BUILT_IN.scorers()}
    sources |= {(item.plugin, item.distribution, item.distribution_version) for item in BUILT_IN.frameworks()}
    assert sources == {("careassure", "careassure", ca.__version__)}
    assert [version.version for version in BUILT_IN.frameworks()[0].versions] == list(CQC_VERSIONS)


def test_a_plugin_s_offers_appear() -> None:
    """A registered plugin's scorer, method and framework are found, with where they came from."""
    other = evolve(ca.framework("cqc-la"), id="other", version="9")
    host = host_with(Plugin((Borrowed(),), (a_method("lent"),), (other,)))
    assert {"borrowed", "lent"} <= {item.name for item in host.scorers()}
    assert host.framework("other") is other
    for item in (host.scorer("borrowed"), host.scorer("lent")):
        assert (item.plugin, item.distribution, item.distribution_version) == ("extra", "extra-dist", "2.0")


def test_an_outcome_names_its_distribution() -> None:
    """An outcome says which scorer of which distribution gave it."""
    outcome = host_with(Plugin((), (a_method("lent"),))).scorer("lent").score(CAMDEN)
    assert (outcome.scorer, outcome.distribution, outcome.distribution_version) == ("lent", "extra-dist", "2.0")
    assert outcome.rating == ca.assess(CAMDEN).rating


@pytest.mark.parametrize("name", ["borrowed", "extra:borrowed"])
def test_a_scorer_is_found_by_name_and_by_plugin_and_name(name: str) -> None:
    """A scorer is found by its own name and by that of its plugin before it."""
    assert host_with(Plugin((Borrowed(),))).scorer(name).name == "borrowed"


@pytest.mark.parametrize("name", ["careassure:borrowed", "other:single-word", "single-wrd", "", ":", "borrowed:", "x"])
def test_an_unknown_scorer_is_refused(name: str) -> None:
    """A scorer that is not there, or not of that plugin, is refused with near names or all that there are."""
    with pytest.raises(UnknownScorerError) as raised:
        host_with(Plugin((Borrowed(),))).scorer(name)
    assert repr(name) in raised.value.message
    assert raised.value.suggestions or "single-word" in raised.value.hint


@pytest.mark.parametrize(
    "plugin",
    [
        Plugin((Borrowed("single-word"),)),
        Plugin((), (a_method("single-word"),)),
        Plugin((), (), (ca.framework("cqc-la"),)),
    ],
    ids=["scorer", "method", "framework"],
)
def test_one_name_offered_by_two_is_refused(plugin: Plugin) -> None:
    """A name that two plugins offer is an error that names both, and neither wins."""
    host = host_with(plugin)
    with pytest.raises(PluginError) as raised:
        host.scorers()
    assert "careassure (careassure " in str(raised.value)
    assert "extra (extra-dist 2.0)" in str(raised.value)
    assert "Uninstall one of them" in raised.value.hint


def test_one_plugin_name_for_two_is_refused() -> None:
    """A plugin name that is taken is refused with both distributions, and the first stays."""
    host = host_with(Plugin((Borrowed(),)))
    with pytest.raises(PluginError) as raised:
        host.register(Plugin(), "extra", "another-dist", "3")
    assert "extra-dist 2.0" in str(raised.value)
    assert "another-dist 3" in str(raised.value)
    assert host.scorer("borrowed").distribution == "extra-dist"


class Misspelt:
    """A plugin whose hook has a name that no hook has."""

    @ca.hookimpl
    def careassure_scorer(self) -> list[Scorer]:
        return [Borrowed()]


class Demanding:
    """A plugin whose hook asks for an argument that the hook does not have."""

    @ca.hookimpl
    def careassure_scorers(self, assessment: Assessment) -> list[Scorer]:
        return [Borrowed()]


@pytest.mark.parametrize(("plugin", "words"), [(Misspelt(), "careassure_scorer"), (Demanding(), "assessment")])
def test_a_wrong_hook_is_refused_and_undone(plugin: object, words: str) -> None:
    """A hook that is misspelt, or asks for what it does not get, is refused, and the name stays free."""
    host = PluginHost(discover=False)
    with pytest.raises(PluginError, match=words) as raised:
        host.register(plugin, "extra", "extra-dist", "2.0")
    assert raised.value.plugin == "extra"
    assert raised.value.distribution == "extra-dist 2.0"
    assert [item.name for item in host.scorers()] == ["evidence-category", "single-word"]
    host.register(Plugin((Borrowed(),)), "extra")
    assert host.scorer("borrowed").name == "borrowed"


@pytest.mark.parametrize("returned", [3, "good", object(), (), CAMDEN])
def test_what_is_no_outcome_is_refused(returned: object) -> None:
    """A scorer that returns anything but an outcome is refused by name."""
    scorer = host_with(Plugin((Borrowed(returned=returned),))).scorer("borrowed")
    with pytest.raises(ScorerError, match=f"it returned {type(returned).__name__}, not an Outcome") as raised:
        scorer.score(CAMDEN)
    assert raised.value.scorer == "borrowed"


@given(st.permutations(["a", "b", "c"]))
def test_the_order_of_plugins_does_not_matter(order: list[str]) -> None:
    """Whatever order plugins are registered in, the scorers stand by name and the outcomes are the same."""
    host = PluginHost(discover=False)
    for name in order:
        host.register(Plugin((), (a_method(f"{name}-method"),)), f"plugin-{name}")
    assert [item.name for item in host.scorers()] == sorted(item.name for item in host.scorers())
    fitting = host.accepting(CAMDEN.framework)
    assert [item.name for item in fitting] == ["single-word", "a-method", "b-method", "c-method"]
    assert len({item.score(CAMDEN).result for item in fitting}) == 1


@few
@given(frameworks())
def test_versions_of_one_framework_stand_in_their_order(framework: Framework) -> None:
    """The versions of a framework stand as the plugin gives them, and the last is the newest."""
    made = [evolve(framework, id="mine", version=version) for version in ("old", "new")]
    host = host_with(Plugin((), (), tuple(made)))
    assert host.framework("mine") is made[1]
    assert host.framework("mine", "old") is made[0]
    with pytest.raises(UnknownFrameworkError, match="mine has no version 'newer'"):
        host.framework("mine", "newer")


def test_the_newest_of_several_versions_is_the_last() -> None:
    """Of three versions the last is given where none is named; each is found by its own."""
    made = [evolve(CAMDEN.framework, id="mine", version=version) for version in ("1", "2", "3")]
    host = host_with(Plugin((), (), tuple(made)))
    assert [host.framework("mine", version) for version in (None, "1", "2", "3")] == [made[2], *made]
    with pytest.raises(UnknownFrameworkError) as raised:
        host.framework("mine", "4")
    assert (raised.value.message, raised.value.hint) == ("mine has no version '4'", 'It has "1", "2" and "3"')


@pytest.mark.parametrize(
    ("id", "suggestions", "hint"),
    [
        ("cqc-laa", ("cqc-la",), ""),
        ("elsewhere", (), "Installed: cqc-la and mine"),
        ("", (), "Installed: cqc-la and mine"),
    ],
)
def test_an_unknown_framework_is_refused(id: str, suggestions: tuple[str, ...], hint: str) -> None:
    """With near names where there are some, and all that there are where there are none."""
    host = host_with(Plugin((), (), (evolve(CAMDEN.framework, id="mine"),)))
    with pytest.raises(UnknownFrameworkError) as raised:
        host.framework(id)
    error = raised.value
    assert (error.message, error.suggestions) == (f"there is no framework {id!r}", suggestions)
    assert hint in error.hint
    assert bool(error.suggestions) is not error.hint.startswith("Installed")


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("single-wrd", ("single-word",)),
        ("careassure:single-wrd", ("single-word",)),
        ("a:careassure:single-word", ("single-word",)),
        ("zzz", ()),
    ],
)
def test_an_unknown_scorer_is_told_what_is_near(name: str, suggestions: tuple[str, ...]) -> None:
    """What stands behind the last colon is compared with the names that there are."""
    with pytest.raises(UnknownScorerError) as raised:
        BUILT_IN.scorer(name)
    assert (raised.value.message, raised.value.suggestions) == (f"there is no scorer {name!r}", suggestions)
    with pytest.raises(UnknownScorerError) as raised:
        BUILT_IN.scorer(7)  # type: ignore[arg-type]
    assert (raised.value.message, raised.value.hint) == ("7 is not the name of a scorer", "Give its name as text")


def test_names_of_plugins_that_cannot_be_given() -> None:
    """A name that is no text, or that is taken, is refused with what to do."""
    host = PluginHost(discover=False)
    host.register(Plugin(), "mine")
    with pytest.raises(PluginError) as raised:
        host.register(Plugin(), "Mine", "extra-dist", "2.0")
    error = raised.value
    assert error.message == "the plugin name is claimed by extra-dist 2.0 and by this program"
    assert (error.plugin, error.distribution) == ("mine", "extra-dist 2.0")
    assert error.hint == "Give one of them another name"
    with pytest.raises(PluginError) as raised:
        host.register(Plugin(), "mine")
    assert raised.value.message == "the plugin name is claimed by this program and by this program"
    with pytest.raises(PluginError) as raised:
        host.register(Plugin(), 7)  # type: ignore[arg-type]
    assert (raised.value.message, raised.value.hint) == ("7 cannot be a plugin's name", "Give its name as text")
    (info,) = (info for info in host.installed() if info.name == "mine")
    assert (info.distribution, info.version, info.status) == ("", "", "loaded")


def test_a_plugin_is_asked_once() -> None:
    """What it offered is kept until another plugin comes, and is listed in the order of the alphabet."""
    calls = []

    class Counting(Plugin):
        @ca.hookimpl
        def careassure_descriptors(self) -> list[ca.workspaces.DescriptorTable]:
            calls.append(1)
            return [ca.workspaces.DescriptorTable("words", "Words", "1", "mine", ())]

    mine = evolve(CAMDEN.framework, id="mine")
    host = host_with(Counting((Borrowed(),), (a_method("lent"),), (mine,)))
    for _ in range(2):
        host.scorers()
        host.frameworks()
        host.descriptors()
    assert len(calls) == 1
    listed = {info.name: info.offers for info in host.installed()}
    assert listed["extra"] == ("descriptors words", "framework mine", "scorer borrowed", "scorer lent")
    assert [offer for offer in listed["careassure"] if not offer.startswith("reader ")] == [
        "framework cqc-la",
        "scorer evidence-category",
        "scorer single-word",
    ]
    host.register(Plugin(), "another")
    assert {info.offers for info in host.installed()} == {()}
    host.scorers()
    assert len(calls) == 2


def test_the_time_that_a_hook_takes_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In thousandths of a second."""
    times = iter(range(0, 1000, 2))
    monkeypatch.setattr("careassure.plugins.calls.perf_counter", lambda: next(times))
    host = PluginHost(discover=False, trace=True)
    host.register(Plugin(), "extra")
    host.scorers()
    told = [line.rpartition(" in ")[2] for line in capsys.readouterr().err.splitlines() if " gave " in line]
    assert told == ["2000.0 ms"] * 3
