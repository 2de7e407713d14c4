"""The command line, called in this process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import careassure as ca
from careassure.cli import main, parser

SCORES = ["3", "3", "4", "3", "4", "4", "3", "4", "4"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was complained about."""
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_nine_numbers_give_a_rating(capsys: pytest.CaptureFixture[str]) -> None:
    """Nine typed numbers give the rating, why, how near it is, and where each rule stands."""
    status, out, err = run(capsys, "assess", *SCORES)
    assert (status, err) == (0, "")
    assert out.startswith("Unnamed council: Outstanding, 89 out of 100\n")
    for part in (
        "32 of 36 points = 88.89 %, rounded up to 89",
        "1 point less could give Good",
        "https://www.cqc.org.uk",
    ):
        assert part in out


def test_question_marks_give_a_range(capsys: pytest.CaptureFixture[str]) -> None:
    """A question mark stands for a score that is not known and gives a range."""
    status, out, _ = run(capsys, "assess", "?", *SCORES[1:], "--council", "camden")
    assert status == 0
    assert out.startswith("Camden: Good to Outstanding, 84 to 92 out of 100\n")
    assert "Not known: Assessing needs." in out


def test_words_are_scores(capsys: pytest.CaptureFixture[str]) -> None:
    """A score may be typed as a word of its scale."""
    assert run(capsys, "assess", "good", *SCORES[1:])[1] == run(capsys, "assess", *SCORES)[1]


def test_a_file_is_assessed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One argument that is no score is a file, and gives what its assessment gives."""
    path = tmp_path / "york.toml"
    york = ca.published("York")[-1]
    ca.write(york, path)
    status, out, _ = run(capsys, "assess", str(path))
    assert status == 0
    assert out == ca.assess(york).explain()


def test_a_council_alone_is_its_newest_published_assessment(capsys: pytest.CaptureFixture[str]) -> None:
    """A council without scores stands for its newest published assessment."""
    status, out, _ = run(capsys, "assess", "--council", "York")
    assert status == 0
    assert "39 out of 100" in out
    assert "section 50" in out


def test_json_is_the_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of a rating is the outcome's own form."""
    _, out, _ = run(capsys, "assess", *SCORES, "--council", "Camden", "--format", "json")
    assert json.loads(out) == json.loads(
        json.dumps(ca.assess(ca.Assessment.of("Camden", list(map(int, SCORES)))).to_dict())
    )


def test_csv_has_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    """The CSV of a rating has one row under its heads."""
    _, out, _ = run(capsys, "assess", *SCORES, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["rating"], row["percentage"], row["score"]) == ("outstanding", "800/9", "89")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_compare_shows_every_method_that_fits(capsys: pytest.CaptureFixture[str], form: str) -> None:
    """A comparison names every installed method that fits the framework."""
    status, out, _ = run(capsys, "compare", "--council", "York", "--format", form)
    assert status == 0
    for item in ca.scorers():
        assert (item.name in out) == item.accepts(ca.framework("cqc-la"))


def test_the_published_table_fits_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """The table of published results fits a terminal of 80 columns and counts every result."""
    status, out, _ = run(capsys, "published")
    assert status == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "agrees: 83 assessments" in out
    assert "cannot be checked: 41 assessments" in out
    assert "\033[" not in out


@pytest.mark.parametrize("command", [["assess", *SCORES], ["scorers"], ["frameworks"], ["check", "single-word"]])
def test_plain_text_fits_80_columns(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """Every line of text that is no address fits a terminal of 80 columns."""
    _, out, _ = run(capsys, *command)
    assert all(len(line) <= 80 for line in out.splitlines() if "://" not in line)


def test_published_as_rows_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV and JSON of the published results hold the same 124 rows with their scores, sources and confidence."""
    _, text, _ = run(capsys, "published", "--format", "csv")
    _, data, _ = run(capsys, "published", "--format", "json")
    rows = list(csv.DictReader(io.StringIO(text)))
    values = json.loads(data)
    assert len(rows) == len(values) == 124
    assert [row["id"] for row in rows] == [value["id"] for value in values]
    assert all(row["sources"] and row["confidence"] and row["licence"] for row in rows)
    camden = next(value for value in values if value["council"] == "Camden")
    assert [camden[s.id] for s in ca.framework("cqc-la").statements] == [3, 3, 4, 3, 4, 4, 3, 4, 4]


@pytest.mark.parametrize(
    ("options", "test"),
    [
        (["--region", "london"], lambda row: row["region"] == "London"),
        (["--kind", "COUNTY"], lambda row: row["kind"] == "county"),
        (["--rating", "Requires improvement"], lambda row: row["printed_rating"] == "requires_improvement"),
        (["--status", "agrees"], lambda row: row["status"] == "agrees"),
    ],
)
def test_filters_keep_what_fits(capsys: pytest.CaptureFixture[str], options: list[str], test: object) -> None:
    """A filter keeps exactly the rows that fit it, in any case of its word."""
    assert callable(test)
    everything = json.loads(run(capsys, "published", "--format", "json")[1])
    kept = json.loads(run(capsys, "published", "--format", "json", *options)[1])
    assert kept == [row for row in everything if test(row)]
    assert 0 < len(kept) < len(everything)


def test_one_council_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """One council's published results come with their explanation and the pages they were read on."""
    status, out, _ = run(capsys, "published", "warrington")
    assert status == 0
    assert "This is not resolved." in out
    assert "Read at" in out


def test_a_council_without_results_is_said_to_have_none(capsys: pytest.CaptureFixture[str]) -> None:
    """A council with no published result is no error."""
    without = next(c for c in ca.councils() if not ca.published(c.name))
    status, out, _ = run(capsys, "published", without.name)
    assert (status, out) == (0, "No published assessment that ships with careassure fits.\n")


def test_the_page_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The page is written where it was asked for, and the command says where that is."""
    path = tmp_path / "page.html"
    status, out, _ = run(capsys, "published", "--html", str(path))
    assert status == 0
    assert out.endswith(f"Written: {path}\n")
    assert path.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_lists_name_where_things_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    """The lists name each scorer and framework with its distribution."""
    names = {row["scorer"]: row["from"] for row in json.loads(run(capsys, "scorers", "--format", "json")[1])}
    assert names["single-word"] == names["evidence-category"] == f"careassure {ca.__version__}"
    rows = list(csv.DictReader(io.StringIO(run(capsys, "frameworks", "--format", "csv")[1])))
    assert [row["version"] for row in rows if row["framework"] == "cqc-la"] == ["2023", "direct"]


def test_check_proves_and_refuses(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A sound method passes with what was proved; one whose top grade no score reaches fails with status 1."""
    assert run(capsys, "check", "single-word")[0] == 0
    source = Path(ca.__file__).parent / "catalogue" / "cqc" / "single-word.toml"
    text = source.read_text(encoding="utf-8")
    path = tmp_path / "method.toml"
    path.write_text(text.replace("outstanding = 88", "outstanding = 101"), encoding="utf-8")
    status, out, _ = run(capsys, "check", str(path))
    assert status == 1
    assert "NOT SOUND" in out
    assert "outstanding can never be reached" in out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["assess"], 2, "no scores were given"),
        (["assess", "3", "3"], 1, "2 scores for 9 statements"),
        (["assess", *SCORES[:8], "5"], 1, "scores.learning: 5 is not a grade"),
        (["assess", "nowhere.toml"], 1, "nowhere.toml: there is no such file"),
        (["assess", *SCORES, "--scorer", "single-wrod"], 1, "Did you mean single-word?"),
        (["assess", *SCORES, "--framework", "cqc"], 1, "there is no framework 'cqc'"),
        (["assess", *SCORES, "--framework-version", "2024"], 1, "has no version '2024'"),
        (["assess", "--council", "Narnia"], 1, "'Narnia' is not a council"),
        (["published", "--region", "Lundun"], 1, "Did you mean London?"),
        (["published", "--kind", "zzz"], 1, "Use city_of_london, county"),
        (["published", "--rating", "excellent"], 1, "'excellent' is not a grade"),
        (["published", "--html", "/nowhere/at/all.html"], 1, "it cannot be written"),
        (["check", "nowhere.toml"], 1, "there is no such file"),
    ],
)
def test_what_is_wrong_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    """Wrong input ends with status 1 and a wrong command with 2, and the message says what and where."""
    found, out, err = run(capsys, *arguments)
    assert found == status
    assert words in err
    assert err.startswith("careassure: ")
    assert "Traceback" not in out + err


def test_a_file_of_another_kind_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A method is no assessment, and an assessment no method; each is refused by name."""
    path = tmp_path / "york.json"
    ca.write(ca.published("York")[-1], path)
    assert "it is not a method" in run(capsys, "check", str(path))[2]
    method = Path(ca.__file__).parent / "catalogue" / "cqc" / "single-word.toml"
    assert "it does not hold an assessment" in run(capsys, "assess", str(method))[2]


def test_an_outcome_is_rated_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """From the assessment in it, as `read` says."""
    path = tmp_path / "york.json"
    ca.write(ca.assess(ca.published("York")[-1]), path)
    status, out, _ = run(capsys, "assess", str(path))
    assert (status, out) == (0, run(capsys, "assess", "--council", "York")[1])


@pytest.mark.parametrize("arguments", [["assess", "--format", "xml"], ["published", "a", "b"]])
def test_a_wrong_command_ends_with_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """Arguments that a command does not take end with status 2 and its usage."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["assess", "compare", "published", "frameworks", "scorers", "check"])
def test_help_shows_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """The help of every command shows an example that begins with it."""
    with pytest.raises(SystemExit) as stop:
        parser().parse_args([command, "--help"])
    assert stop.value.code == 0
    assert f"example: careassure {command}" in capsys.readouterr().out


@pytest.mark.parametrize("score", ["\u0663", "\uff13", "1_0", "3.5", "3.0000000000000001", "0x3", "9" * 5000])
def test_a_score_is_plain_digits_or_a_word(capsys: pytest.CaptureFixture[str], score: str) -> None:
    """Digits of other scripts and other forms of numbers are no score, in a short message."""
    status, out, err = run(capsys, "assess", score, *"34344344")
    assert (status, out) == (1, "")
    assert "is not a grade" in err
    assert len(err) < 1000


@pytest.mark.parametrize("number", ["\u0665", "5.0", "1_0", "five", "9" * 5000])
def test_a_number_of_an_option_is_plain_digits(capsys: pytest.CaptureFixture[str], number: str) -> None:
    """A number of an option is of plain digits; anything else ends the command with 2."""
    with pytest.raises(SystemExit) as raised:
        main(["count-cases", "w", "--rows", "a", "--columns", "b", "--threshold", number])
    assert raised.value.code == 2
    assert "is not a whole number" in capsys.readouterr().err
