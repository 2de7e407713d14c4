"""The command line: ``careassure``. Each command is loaded when it is called."""

from __future__ import annotations

import argparse
import datetime as dt
import signal
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from careassure import __version__
from careassure.cli import terminal
from careassure.model.safe_text import printable

Adder = Callable[..., argparse.ArgumentParser]
_STATUS = """exit status: 0 done, 1 the input was wrong (the message says where), 2 the command was wrong"""
_SCORES = (
    "nine scores 1 to 4 in the framework's order, ? or - for one that is not known; or one FILE (TOML or JSON); "
    "or the FOLDER of a workspace"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: The arguments without the program's name; those of the process where None.

    Returns:
        0 when done, 1 when the input was wrong or the output could not be written, 2 when the command was wrong,
        130 when it was stopped from the keyboard.

    Raises:
        SystemExit: Help was asked for, or the arguments make no command.
    """
    with terminal.doors() as (out, _):
        try:
            arguments = parser().parse_args(argv)
            status = int(import_module("careassure.cli.commands").run(arguments))
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
            raise SystemExit(_settled(out, status)) from None
        except KeyboardInterrupt:
            status = 128 + signal.SIGINT
        return _settled(out, status)


def _settled(out: terminal.Door, status: int) -> int:
    """The exit status, by what became of what was printed. A reader that has gone, as "head" does, is no error."""
    if out.failure and not out.reader_left:
        terminal.complain(f"the output cannot be written: {out.failure}. Free some space, or send it elsewhere")
        return status or 1
    return status


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, whatever was typed."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = _Parser(
        prog="careassure",
        description="What a scoring method makes of the findings about a council's adult social care.",
        epilog=f"example: careassure assess 3 3 4 3 4 4 3 4 4\n\n{_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"careassure {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True).add_parser

    assess = _add(commands, "assess", "rate an assessment and say why", "careassure assess 3 3 4 3 4 4 3 4 4")
    _scored(assess)
    assess.add_argument(
        "--scorer", metavar="NAME", help="a scoring method, or a method FILE.toml; the framework's own if left out"
    )
    _formats(assess, "text", "json", "csv")

    table = _add(
        commands,
        "assess-table",
        "rate every row of a table, from file to file",
        "careassure assess-table scores.csv rated.parquet --key code --outputs rating,score,flags",
    )
    _tabled(table)

    compare = _add(
        commands, "compare", "rate an assessment by every method, side by side", "careassure compare --council York"
    )
    _scored(compare)
    compare.add_argument("--scorer", action="append", default=[], metavar="FILE", help="also this method file")
    _formats(compare, "table", "json", "csv")

    published = _add(
        commands,
        "published",
        "published assessments, each worked out again",
        "careassure published --region London --rating good",
    )
    published.add_argument("council", nargs="?", metavar="COUNCIL", help="one council, with the explanation of each")
    published.add_argument("--region", help="only this region, such as London")
    published.add_argument("--kind", help="only this kind of council, such as county or london_borough")
    published.add_argument("--rating", help="only this printed rating, such as good")
    published.add_argument("--status", help="only agrees, differs or 'cannot be checked'")
    published.add_argument("--html", metavar="FILE", help="also write all of it as one page for a browser")
    _formats(published, "table", "json", "csv")

    for name, what in (("frameworks", "what can be assessed"), ("scorers", "the scoring methods")):
        listing = _add(commands, name, f"list what is installed: {what}", f"careassure {name}")
        _formats(listing, "table", "json", "csv")

    check = _add(
        commands,
        "check",
        "prove that a method file is sound, or list everything that is wrong with a workspace",
        "careassure check METHOD.toml",
    )
    check.add_argument(
        "method", metavar="METHOD", help="a TOML file, the name of an installed method, or the folder of a workspace"
    )
    check.add_argument("--framework", metavar="FILE", help="a framework file of your own that the method is for")

    _workspaces(commands)
    _on_cases(commands)

    plugins = _add(commands, "plugins", "list the plugins and what each offers", "careassure plugins")
    plugins.add_argument("--no-load", action="store_true", help="read their metadata only and import nothing")
    _formats(plugins, "table", "json", "csv")

    new = _add(commands, "new-plugin", "write a distribution with a scorer of your own", "careassure new-plugin mine")
    new.add_argument("name", metavar="NAME", help="its name: lower-case letters, digits and hyphens")
    new.add_argument("--folder", default=".", help="where to write it (default: here)")
    return top


def _workspaces(commands: Adder) -> None:
    init = _add(commands, "init", "make the folder of a new workspace", "careassure init york --council York")
    init.add_argument("folder", metavar="FOLDER", help="a new folder")
    init.add_argument("--council", metavar="NAME", help="whose it is: a name or an ONS code")
    init.add_argument("--example", action="store_true", help="fill it with an example: a council that does not exist")
    init.add_argument("--body", metavar="KIND", help="what it is where it is none of the councils, such as example")
    init.add_argument("--framework", metavar="ID", help="what it is prepared for (default: cqc-la)")
    init.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")

    status = _add(
        commands,
        "status",
        "what a workspace gives, and what it lacks: missing, old, contradictory",
        "careassure status york",
    )
    status.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    status.add_argument("--at", type=_day, metavar="DATE", help="as it stood on that day (default: today)")
    _formats(status, "text", "json", "csv")

    statement = _add(
        commands,
        "statement",
        "everything about one statement, beside the score that is being set",
        "careassure statement york safeguarding",
    )
    statement.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    statement.add_argument("statement", metavar="STATEMENT", help="its id, title or another name")

    returns = _add(
        commands,
        "returns",
        "the items of the information return, with the evidence for each",
        "careassure returns york",
    )
    returns.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    _formats(returns, "table", "json", "csv")

    findings = _add(
        commands,
        "findings",
        "what reviews and visits found, and which actions answer it",
        "careassure findings york",
    )
    findings.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    findings.add_argument("--at", type=_day, metavar="DATE", help="as it stood on that day (default: today)")
    _formats(findings, "table", "json", "csv")

    diff = _add(
        commands, "diff", "what changed in a workspace between two days, in words",
        "careassure diff york 2026-04-01 2026-10-01",
    )  # fmt: skip
    diff.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    diff.add_argument("since", type=_day, metavar="SINCE", help="the first day, such as 2026-04-01")
    diff.add_argument("until", type=_day, nargs="?", metavar="UNTIL", help="the second day (default: today)")
    _formats(diff, "text", "json")

    timeline = _add(
        commands, "timeline", "everything that happened to the council's assessment", "careassure timeline york"
    )
    timeline.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    _formats(timeline, "table", "json", "csv")


def _on_cases(commands: Adder) -> None:
    draw = _add(
        commands,
        "draw",
        "draw cases from a workspace in stages, and say how far they look like all",
        "careassure draw york --seed 2026 --strata age_band,route --at-least route=discharge:2",
    )
    draw.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    draw.add_argument("--seed", required=True, metavar="SEED", help="any number or word; the same draws the same")
    draw.add_argument("--stages", default="50,10,6", metavar="SIZES", help="with commas (default: 50,10,6)")
    draw.add_argument("--strata", default="", metavar="NAMES", help="in proportion to these attributes, with commas")
    draw.add_argument(
        "--at-least", action="append", default=[], metavar="ATTRIBUTE=CODE:NUMBER", help="a least number in every stage"
    )
    _formats(draw, "text", "json", "csv")

    cases = _add(
        commands,
        "count-cases",
        "count the cases of a workspace by two attributes, with small numbers left out",
        "careassure count-cases york --rows age_band --columns route --threshold 5",
    )
    cases.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")
    cases.add_argument("--rows", required=True, metavar="NAME", help="the attribute down the side")
    cases.add_argument("--columns", required=True, metavar="NAME", help="the attribute along the top")
    cases.add_argument(
        "--threshold", type=_whole, required=True, metavar="N", help="leave out 1 to N, and what gives them away"
    )
    cases.add_argument("--round-to", type=_whole, default=1, metavar="N", help="round the others to multiples of N")
    _formats(cases, "table", "csv")


def _whole(text: str) -> int:
    from careassure.model.text import whole

    try:
        return whole(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text if text.isascii() and len(text) == 10 else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-04-01") from None


def _add(
    commands: Adder,
    name: str,
    text: str,
    example: str,
) -> argparse.ArgumentParser:
    return commands(
        name,
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog=f"example: {example}\n\n{_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _scored(command: argparse.ArgumentParser) -> None:
    command.add_argument("scores", nargs="*", metavar="SCORE", help=_SCORES)
    command.add_argument("--council", metavar="NAME", help="whose scores; alone: its newest published assessment")
    command.add_argument("--framework", metavar="ID", help="what was assessed, or its FILE.toml (default: cqc-la)")
    command.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")
    command.add_argument(
        "--allow", action="append", default=[], metavar="WORDS", help="words in a file that are no personal data"
    )


def _tabled(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="IN", help="a .parquet, .csv, .arrow, .feather or .ipc file")
    command.add_argument("target", metavar="OUT", help="the file to write; its ending says how (Spark: a folder)")
    command.add_argument("--scorer", metavar="NAME", help="a scoring method, or a method FILE.toml")
    command.add_argument(
        "--framework", metavar="ID", help="what was scored, or its FILE.toml (default: what the scorer is for)"
    )
    command.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")
    command.add_argument(
        "--column", action="append", default=[], metavar="STATEMENT=COLUMN",
        help="where a score stands (default: columns named like statements); no COLUMN: nowhere",
    )  # fmt: skip
    command.add_argument(
        "--fact", action="append", default=[], metavar="FACT=COLUMN",
        help="where a fact stands, or true or false for every row",
    )  # fmt: skip
    command.add_argument("--key", default="", metavar="COLUMNS", help="columns that tell rows apart, with commas")
    command.add_argument(
        "--long", metavar="STATEMENT,SCORE", help="one row for each score: the columns of its name and its value"
    )
    command.add_argument(
        "--missing",
        choices=("interval", "refuse"),
        default="interval",
        help="what a blank does: count as worst and best, or make a bad row (default: interval)",
    )
    command.add_argument(
        "--errors", choices=("raise", "flag"), default="raise",
        help="what a bad row does: stop the command, or be marked in a column (default: raise)",
    )  # fmt: skip
    command.add_argument(
        "--outputs",
        default="rating,score",
        metavar="NAMES",
        help="with commas, of rating, low, high, suggested, score, score_low, score_high, percentage, percentage_low, "
        "percentage_high, margin, flags, profile, profile_low, profile_high, scorer, version (default: rating,score)",
    )
    command.add_argument("--prefix", default="", help="what the names of new columns begin with")
    command.add_argument("--engine", choices=("polars", "duckdb", "spark"), default="polars", help="default: polars")


def _formats(command: argparse.ArgumentParser, *names: str) -> None:
    command.add_argument("--format", choices=names, default=names[0], help=f"default: {names[0]}")
