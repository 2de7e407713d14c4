"""Surveys: shares of those who replied, and what they can be of all who were asked."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.cli import main
from careassure.errors import InvalidInputError, InvalidTableError
from careassure.figures import ReplyShare, read_survey, share_of_replies
from helpers import few

REPLIES = """Council,Register,Networks,Comment
Bedford,Yes,no,[x]
Camden,no,No,
York,Y,,
Leeds,n,yes,
Kent,,,
Surrey,No reply,,
"""
PRINTED = """question,answer,share,replied,asked
Networks for personal assistants,no,86 %,117,152
Networks for employers,no,65 %,117,152
Apprenticeships promoted,no,82 %,117,152
In-house training,yes,77 %,117,152
Register,no,nearly two thirds,117,152
"""
NAMES = ("Bedford", "Camden", "York", "A", "B", "C", "D")
ANSWERS = st.sampled_from(["", "yes", "No", "partly", "No reply", "[c]"])


def written(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "survey.csv"
    path.write_text(text, encoding="utf-8")
    return path


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.data())
def test_whatever_the_silent_would_have_said_lies_within_the_bounds(
    count: int, others: int, silent: int, data: st.DataObject
) -> None:
    """If some of the silent gave the answer, the share of all lies within the bounds; none and all are their ends."""
    answered, asked = count + others, count + others + silent
    share = ReplyShare("q", "yes", (count,), answered, asked)
    assert (share.bounds is None) == (asked == 0)
    if share.bounds is not None:
        more = data.draw(st.integers(0, silent))
        assert share.bounds[0] <= Fraction(100 * (count + more), asked) <= share.bounds[1]
        assert share.bounds == (Fraction(100 * count, asked), Fraction(100 * (count + silent), asked))


@few
@given(rows=st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=7), more=st.integers(0, 5))
def test_every_cell_is_counted_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], more: int
) -> None:
    """Each reply gives an answer to a question or leaves it open, and who gives none to any is silent."""
    lines = [f"{name},{one},{two}\n" for name, (one, two) in zip(NAMES, rows, strict=False)]
    path = written(tmp_path_factory.getbasetemp(), "Council,One,Two\n" + "".join(lines))
    found = read_survey(path, asked=len(rows) + more)
    replied = [row for row in rows if any(cell not in ("", "No reply") for cell in row)]
    assert (found.replied, len(found.silent)) == (len(replied), len(rows) - len(replied))
    for at, question in enumerate(found.questions):
        given_answers = [row[at] for row in replied if row[at] not in ("", "No reply", "[c]")]
        assert sum(share.counts[0] for share in question.shares) == len(given_answers)
        assert question.unanswered == len(replied) - len(given_answers)
        assert len(question.marked) == sum(row[at] == "[c]" for row in rows)
        assert {share.asked for share in question.shares} <= {len(rows) + more}


def test_the_survey_of_2015(tmp_path: Path) -> None:
    """Of each printed percentage of the 117 replies one count fits; of all 152 the share is known within bounds."""
    found = read_survey(written(tmp_path, PRINTED))
    assert [share.counts for share in found.shares] == [(101,), (76,), (96,), (90,), (75, 76, 77)]
    first = found.shares[0]
    assert first == share_of_replies("86 %", 117, 152, question="Networks for personal assistants", answer="no")
    assert first.bounds == (Fraction(10100, 152), Fraction(13600, 152))
    assert "of all it is 66.4 % if none of them would say so, 89.5 % if all would" in first.words


def test_few_answers_are_said() -> None:
    """A percentage of fewer than ten answers carries the warning that it says little."""
    assert "says little" in share_of_replies(3, 9, 9).words
    assert "says little" not in share_of_replies(3, 10, 10).words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PRINTED.replace("65 %", "65.5 %").replace("82 %,117", "82 %,x").replace("77 %,117,152", "77 %,117,"),
         ("row 3: no count of 117 is printed as 65.5 %", "row 4: replied is 'x'", "row 5: asked is blank")),
        (PRINTED.replace("86 %,117,152", "86 %,153,152"), ("row 2: 153 answered and only 152 were asked",)),
        (PRINTED + "Register,No,64 %,117,152\n", ("row 7: 'Register' has a row already",)),
        (PRINTED + "Total,,64 %,117,152\n", ("row 7: Total is a row of totals",)),
        ("question,replied,asked\nx,1,2\n", ("it needs a column share or a column count",)),
        (REPLIES + "Total,2,1,\nLeeds City Council,,,\n,yes,,\n",
         ("row 8, column Council: Total is a row of totals", "row 9, column Council: Leeds City Council has a row",
          "row 10, column Council: it is blank")),
        ("a,b\n1,2\n", ("no column is called council, name or question",)),
        ("Council,b\nTotal,2\n", ("Total is a row of totals",)),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_place(tmp_path: Path, text: str, said: tuple[str, ...]) -> None:
    """What cannot be counted is refused, all of it at once, each with its row."""
    with pytest.raises(InvalidTableError) as caught:
        read_survey(written(tmp_path, text))
    assert [each for each in said if each not in str(caught.value)] == []


def test_what_is_not_an_answer_is_said(tmp_path: Path) -> None:
    """A column of many texts, a column of totals and a question that nobody answered are named."""
    lines = "".join(f"Body {n},text {n},{n % 2},\n" for n in range(14))
    found = read_survey(written(tmp_path, f"Name,Comment,Total,Empty\n{lines}"))
    assert found.shares == ()
    for said in ("Comment has 14 different answers", "Total is a column of totals", "Empty: nobody answered."):
        assert said in found.words
    with pytest.raises(InvalidInputError, match="3 were asked and 14 are named"):
        read_survey(tmp_path / "survey.csv", asked=3)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command shows each share with its bounds, and what they mean; CSV and JSON have all of it."""
    path = str(written(tmp_path, REPLIES))
    assert main(["survey", path, "--asked", "20"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for said in ("4 of 20 asked replied (20 %).", "Without a reply: Kent, Surrey and 14 who are not named.",
                 "Register No 2 of 4 (few) 50 % 10 % to 90 %", "Comment: nobody answered."):  # fmt: skip
        assert said in out
    assert main(["survey", path, "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert ("Without a reply: Kent and Surrey." in err, "Comment: nobody answered." in err) == (True, True)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["question"], row["answer"], row["counts"]) for row in rows] == [
        ("Register", "No", "2"), ("Register", "Yes", "2"), ("Networks", "No", "2"), ("Networks", "Yes", "1"),
    ]  # fmt: skip
    assert main(["survey", path, "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["silent"], plain["questions"][2]["marked"]) == (["Kent", "Surrey"], ["Bedford"])
