"""A flag that is certain and one that only may hold are kept apart by everything that writes an outcome."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis.reconcile import Reconciliation
from careassure.cli import main
from careassure.model.assessment import Assessment
from careassure.model.outcome import Flag, Outcome
from careassure.report.page import reconciliation_page
from careassure.report.rows import full_row, outcome_row
from careassure.report.tables import csv_text, json_text

from .parsed import parse
from .test_any_results import outcomes

Told = dict[str, str]
"""Flag ids, each with `certain` or `possible` as a reader understands it."""

POOR, FINE = "Something is very poor", "Something is very fine"
SENTENCES = {"poor": POOR, "fine": FINE}


def of_row(row: dict[str, Any]) -> Told:
    """What a row says, in the columns ``flags`` and ``flags_possible``."""
    told: Told = dict.fromkeys(str(row["flags"] or "").split(), "certain")
    return told | dict.fromkeys(str(row["flags_possible"] or "").split(), "possible")


def of_csv(text: str) -> Told:
    """What the only row of a CSV says."""
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return of_row(row)


def of_data(data: dict[str, Any]) -> Told:
    """What an outcome as plain values says."""
    return {flag["id"]: "certain" if flag["certain"] else "possible" for flag in data["flags"]}


def of_words(text: str) -> Told:
    """What running text says: a flag with nothing before it, or after words that it only may hold."""
    flat = " ".join(text.split())
    found = {}
    for name, sentence in SENTENCES.items():
        if sentence in flat:
            found[name] = "possible" if f"May hold, depending on what is open: {sentence}" in flat else "certain"
    return found


WRITERS: dict[str, Callable[[Outcome], Told]] = {
    "explain": lambda o: of_words(o.explain()),
    "notebook": lambda o: of_words(parse(f"<!DOCTYPE html>{o._repr_html_()}").text),
    "to_dict": lambda o: of_data(o.to_dict()),
    "row as CSV": lambda o: of_csv(csv_text([outcome_row(o)])),
    "row as JSON": lambda o: of_row(json.loads(json_text([outcome_row(o)]))[0]),
    "full row as CSV": lambda o: of_csv(csv_text([full_row(of_result(o))])),
    "full row as JSON": lambda o: of_row(json.loads(json_text([full_row(of_result(o))]))[0]),
    "page": lambda o: of_words(parse(reconciliation_page([of_result(o)])).text),
}


def of_result(outcome: Outcome) -> Reconciliation:
    """A published result with an outcome."""
    return Reconciliation(outcome.assessment, outcome, "cannot be checked", "made up")


FLAGS = st.dictionaries(st.sampled_from(list(SENTENCES)), st.booleans()).map(
    lambda found: tuple(Flag(name, SENTENCES[name], certain) for name, certain in found.items())
)
NINES = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9) | st.just([None] * 9)
MADE = st.builds(Assessment.of, st.just("Camden"), NINES).flatmap(outcomes)


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=25)
@given(data=st.data())
def test_every_writer_keeps_certain_and_possible_apart(writer: str, data: st.DataObject) -> None:
    """Whatever the outcome, each flag is written as certain where it is and as possible where it only may hold."""
    flags = data.draw(FLAGS)
    outcome = evolve(data.draw(MADE), flags=flags)
    assert WRITERS[writer](outcome) == {flag.id: "certain" if flag.certain else "possible" for flag in flags}


KINDS: dict[str, tuple[list[int | None], Told]] = {
    "complete, certain": ([1, 4, 3, 3, 3, 3, 3, 3, 3], {"poor": "certain", "fine": "certain"}),
    "complete, one": ([2, 4, 3, 3, 3, 3, 3, 3, 3], {"fine": "certain"}),
    "complete, none": ([2, 3, 3, 3, 3, 3, 3, 3, 3], {}),
    "partial, both": ([1, None, 3, 3, 3, 3, 3, 3, 3], {"poor": "certain", "fine": "possible"}),
    "partial, possible": ([2, None, 3, 3, 3, 3, 3, 3, 3], {"poor": "possible", "fine": "possible"}),
    "no scores": ([None] * 9, {"poor": "possible", "fine": "possible"}),
}


@pytest.fixture(scope="module")
def method(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The single-word method with two flags that can both be certain, possible or absent."""
    source = Path(ca.__file__).parent / "catalogue" / "cqc" / "single-word.toml"
    head = (
        source.read_text(encoding="utf-8").partition("[[flags]]")[0].replace('id = "single-word"', 'id = "two-flags"')
    )
    rules = (("poor", 'at_most = "significant_shortfalls"'), ("fine", 'at_least = "exceptional_standard"'))
    flags = "".join(
        f'\n[[flags]]\nid = "{name}"\nsentence = "{SENTENCES[name]}"\nreference = "bands"\n'
        f'when = {{ any = "scores", {rule} }}\n'
        for name, rule in rules
    )
    path = tmp_path_factory.mktemp("method") / "two-flags.toml"
    path.write_text(head + flags, encoding="utf-8")
    return path


def of_table(text: str) -> Told:
    """What the table of a comparison says of the method with two flags, which stands last."""
    lines = text.split("\n")
    ruler = next(line for line in lines if line.startswith("---"))
    start = lines[lines.index(ruler) - 1].index("Flags")
    end = ruler.index(" ", start)
    cell = " ".join(line[start:end].strip() for line in text[text.index("\ntwo-flags") + 1 :].split("\n"))
    return {name: "possible" if f"{name} (possible)" in cell else "certain" for name in SENTENCES if name in cell}


def last(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The row of the method with two flags, which is compared last."""
    *_, row = rows
    return row


COMMANDS: dict[str, Callable[[str], Told]] = {
    "assess text": of_words,
    "assess json": lambda out: of_data(json.loads(out)),
    "assess csv": of_csv,
    "compare table": of_table,
    "compare json": lambda out: of_data(last(json.loads(out))),
    "compare csv": lambda out: of_row(last(csv.DictReader(io.StringIO(out, newline="")))),
}


@pytest.mark.parametrize(("command", "kind"), list(itertools.product(COMMANDS, KINDS)))
def test_every_command_keeps_certain_and_possible_apart(
    command: str, kind: str, method: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands that rate say of each flag whether it holds or only may, in every form."""
    scores, expected = KINDS[kind]
    name, form = command.split()
    typed = ["-" if score is None else str(score) for score in scores]
    assert main([name, *typed, "--scorer", str(method), "--format", form]) == 0
    assert COMMANDS[command](capsys.readouterr().out) == expected


def test_no_published_row_has_a_flag_that_its_scores_do_not_give(capsys: pytest.CaptureFixture[str]) -> None:
    """A published result is said to have a score of 1 exactly if one was seen; otherwise it only may have one."""
    assert main(["published", "--format", "csv"]) == 0
    ids = [statement.id for statement in ca.framework("cqc-la").statements]
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    for row in rows:
        seen = [row[name] for name in ids]
        expected = "certain" if "1" in seen else "possible" if "" in seen else None
        assert of_row(row).get("score-of-1") == expected
    assert sum("score-of-1" in row["flags"] for row in rows) < sum(
        "score-of-1" in row["flags_possible"] for row in rows
    )
