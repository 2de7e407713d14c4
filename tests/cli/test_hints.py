"""What a person typed or named wrongly is said, with what to type instead."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.catalogue.cqc import cqc_la
from careassure.cli import main, options
from careassure.model.printed_names import slip_of
from careassure.tables.opening import open_table

STATEMENTS = cqc_la()[-1].statements
HEAD = ["council", *(statement.id for statement in STATEMENTS)]
QS = ["council", *(f"QS{number}" for number in range(1, 10))]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status of a command that prints no result, and what it says."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    out, err = capsys.readouterr()
    assert not out
    return status, err


@pytest.mark.parametrize("command", ["assess", "compare"])
@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (["York"], "--council York"),
        (["North", "Yorkshire"], '--council "North Yorkshire"'),
        (["north yorkshire", *"333333333"], '--council "North Yorkshire"'),
        (["City", "of", "York", "Council"], "--council York"),
        (["E06000014"], "--council York"),
    ],
)
def test_a_council_is_given_by_its_option(
    command: str, typed: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, err = said(capsys, command, *typed)
    assert status == 2
    assert f"is the name of a council, not a score or a file. Give it as {hint}" in err


@pytest.mark.parametrize("council", [council.name for council in ca.councils()][::15])
def test_what_is_hinted_works(council: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The words of the hint, cut as a shell cuts them, are taken by the command."""
    _, err = said(capsys, "assess", council)
    hint = shlex.split(err.partition("Give it as ")[2])
    assert main(["assess", *"333333333", *hint]) == 0
    assert council in capsys.readouterr().out


def test_a_misspelt_council_is_guessed_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "assess", "Yrok") == (
        2,
        "careassure: Yrok is neither a score nor a file. Did you mean York? Give a council as --council NAME\n",
    )


@pytest.mark.parametrize("name", ["york.csv", "./York", "xyzzy"])
def test_a_file_that_is_not_there_is_a_file(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, err = said(capsys, "assess", name)
    assert status == 1
    assert "there is no such file" in err


def test_scores_that_are_none_are_told_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    status, err = said(capsys, "assess", "good", "good")
    assert status == 1
    assert "2 scores for 9 statements" in err


def test_a_file_called_like_a_council_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "York").write_text("\n".join([",".join(QS), "Leeds" + ",3" * 9]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["assess", "York"]) == 0
    assert "Leeds" in capsys.readouterr().out


@pytest.mark.parametrize("slip", ["safegarding", "Safeguardng", "Safe guarding", "safeguardings"])
def test_a_misspelt_statement_is_not_a_score_that_is_not_known(
    slip: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    head = [slip if name == "safeguarding" else name for name in HEAD]
    path.write_text("\n".join([",".join(head), "York" + ",3" * 9]), encoding="utf-8")
    status, err = said(capsys, "assess", str(path))
    assert status == 1
    assert f"t.csv, row 1, column {slip}: it is not the name of a statement. Did you mean Safeguarding?" in err
    status, err = said(capsys, "assess-table", str(path), str(tmp_path / "o.csv"))
    assert status == 1
    assert f"safeguarding: no column holds it. Is it '{slip}'?" in err


@pytest.mark.parametrize("beside", ["Safeguarding lead", "Comments", "Equity 2", "Reviewed", "Owner of learning"])
def test_columns_beside_the_scores_are_left_alone(
    beside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table without a column for safeguarding is rated, and the column is told."""
    path = tmp_path / "t.csv"
    head = [beside if name == "safeguarding" else name for name in HEAD]
    path.write_text("\n".join([",".join(head), "York" + ",3" * 9]), encoding="utf-8")
    assert main(["assess", str(path)]) == 0
    err = capsys.readouterr().err
    assert "Not in the table, so not known: Safeguarding." in err
    assert beside in err


def test_a_column_that_looks_like_a_statement_beside_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\n".join([",".join([*HEAD, "safegarding"]), "York" + ",3" * 10]), encoding="utf-8")
    assert main(["assess-table", str(path), str(tmp_path / "o.csv")]) == 0
    out, err = capsys.readouterr()
    assert "The column 'safegarding' is left alone. Its header looks like Safeguarding" in err.replace('"', "'")
    assert "2 left alone (council and safegarding)" in out


@given(
    statement=st.sampled_from(STATEMENTS),
    by=st.sampled_from(["id", "title"]),
    at=st.integers(1),
    letter=st.sampled_from("xq"),
)
def test_a_wrong_letter_is_a_slip_of_the_name(statement: ca.Statement, by: str, at: int, letter: str) -> None:
    """One wrong letter in a name of seven letters or more is found, and the right name is none."""
    name = str(getattr(statement, by))
    assert slip_of(cqc_la()[-1], name) is None
    place = at % len(name)
    wrong = name[:place] + letter + name[place + 1 :]
    if len(name) > 6 and wrong.casefold() != name.casefold():
        assert slip_of(cqc_la()[-1], wrong) == statement.id


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=12))
def test_a_word_is_typed_as_a_shell_reads_it(word: str) -> None:
    assert shlex.split(options.typed(word)) == [word]


WRONG = [
    ["--outputs", "ratin"],
    ["--outputs", ","],
    ["--column", "x=QS1"],
    ["--column", "assessing_needs=QZ"],
    ["--column", "QS1=assessing_needs"],
    ["--columns", "assessing_needs=QS1,equity=QS3"],
    ["--column", "equity=QS1", "--columns", "equity=QS2"],
    ["--column", "equity=QS1", "--column", "qs3=QS2"],
    ["--fact", "x=y"],
    ["--fact", "x"],
    ["--key", "nope"],
    ["--long", "a,b", "--key", "council"],
    ["--long", "a"],
    ["--long", "a,b"],
    ["--framework", "cqc-provider"],
    ["--framework", "nope"],
    ["--framework-version", "9"],
    ["--scorer", "nope"],
    ["--scorer", "report-card", "--outputs", "percentage,percentage_low"],
    ["--prefix", "Q", "--outputs", "rating,score"],
    ["--engine", "spark"],
    ["--header-row", "99"],
    ["--sheet", "S"],
    ["--separator", ";;"],
    ["--encoding", "xx"],
    ["--bad", "refused.parquet"],
]
PYTHON = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|columns=|[{}]|\bmapping\b|\btuple|\bdict|\bkwarg|\bstr\b|\bargument\b"
)
SETTINGS = re.compile(r"(?<![-\w])(?:outputs|columns|facts|prefix)(?=:|\.\w|\[)")


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_messages_are_in_the_words_of_the_command_line(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No message holds Python's words, and each setting is called by its option."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("\n".join([",".join(QS), "York" + ",3" * 9, "Leeds,3,9" + ",3" * 7]))
    try:
        main(["assess-table", "t.csv", "o.csv", *words])
    except SystemExit:
        return  # the words are those of argparse
    out, err = capsys.readouterr()
    assert err
    assert not PYTHON.search(out + err)
    assert not SETTINGS.search(err)


@pytest.mark.parametrize(
    "words",
    [
        [word for name in QS[1:8] for word in ("--column", f"{name}={name}")] + ["--columns", "QS8=QS8,QS9="],
        ["--columns", ",".join(f"{name}={name}" for name in QS[1:9]) + ",QS9="],
    ],
)
def test_columns_are_named_one_by_one_or_at_once(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--output` is another name of `--outputs`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("\n".join([",".join(QS), "York" + ",3" * 9]))
    assert main(["assess-table", "t.csv", "o.csv", "--output", "low,high", *words]) == 0
    assert (tmp_path / "o.csv").read_text().splitlines()[1] == "York" + ",3" * 9 + ",good,good"


def test_a_row_about_nobody_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What else is wrong with an average says nothing. The file of refused rows is a table that is read again."""
    monkeypatch.chdir(tmp_path)
    rows = [",".join(QS), "York" + ",3" * 9, "Leeds,3,9" + ",x" * 7, "England average" + ",2.6" * 9, "Hull,3"]
    (tmp_path / "t.csv").write_text("\n".join(rows))
    assert main(["assess-table", "t.csv", "o.csv", "--key", "council"]) == 1
    err = capsys.readouterr().err
    assert err.count("t.csv, row 4") == 1
    assert 'row 4 (council England average), column council: "England average" is not a council' in err
    assert err.count("t.csv, row 3") == 8
    assert main(["assess-table", "t.csv", "o.csv", "--bad", "bad.csv"]) == 0
    lines = list(open_table(tmp_path / "bad.csv").read())
    assert [(line.cells[0], line.problems) for line in lines] == [("3", ()), ("4", ()), ("5", ())]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["benchmrk", "--all"], "'benchmrk' is not a command. Did you mean benchmark? careassure --help lists them"),
        (["zzz"], "'zzz' is not a command. careassure --help lists them"),
        ([""], "'' is not a command. careassure --help lists them"),
    ],
)
def test_a_command_that_is_not_one(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt command gets one line that names the nearest, and the status of a wrong command."""
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert capsys.readouterr().err == f"careassure: {said}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scorr", "x"], "--scorr x. Did you mean --scorer?"),
        (["--formt=md"], "--formt=md. Did you mean --format?"),
        (["--zzz"], "--zzz"),
        (["-z"], "-z"),
    ],
)
def test_an_option_that_is_not_one(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt option is refused with the nearest of the command, and the status of a wrong command."""
    with pytest.raises(SystemExit) as stop:
        main(["assess", *"334344344", *words])
    assert stop.value.code == 2
    assert capsys.readouterr().err.endswith(f"careassure: error: unrecognized arguments: {said}\n")


def test_nothing_typed_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The command alone says what there is, and ends well."""
    with pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 0
    assert "rate an assessment and say why" in capsys.readouterr().out
