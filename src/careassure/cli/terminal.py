"""The one door through which the command line prints: what it says is shown and steers nothing, and always fits."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from textwrap import fill
from typing import TYPE_CHECKING, BinaryIO, TextIO

from careassure.errors import CareAssureError
from careassure.model.safe_text import LINE, ascii_json, one_line, printable

if TYPE_CHECKING:
    from careassure.cli.shaping import Shape

_COLUMNS = 80
_NARROWEST, _WIDEST = 60, 200
_LONGEST_LINE = 120
_ENDLESS = 10**9


class UsageError(CareAssureError):
    """The command itself was wrong, not what it was given."""


class Door(io.TextIOBase):
    """Standard output or standard error while a command runs, for whoever writes to it: plugins and warnings too.

    Nothing that is written raises. What went wrong is kept, and the rest goes nowhere, so that Python says
    nothing of its own at the end.

    Args:
        stream: The stream behind it; None where the process was started without one.
    """

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self.stream = stream
        self._encoder = codecs.getincrementalencoder(self.encoding)("backslashreplace")
        self.failure: str = ""
        self.shape: Shape | None = None
        self.reader_left = False

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """How its text becomes bytes."""
        return getattr(self.stream, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        """Whether a person sees it."""
        with suppress(OSError, ValueError):
            return self.stream is not None and self.stream.isatty()
        return False

    def fileno(self) -> int:
        """The number of its file."""
        if self.stream is None:
            raise io.UnsupportedOperation("fileno")
        return self.stream.fileno()

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Print text, its control characters shown; only ends of lines do what they do."""
        self.put(printable(text, keep="\n"))
        return len(text)

    def put(self, text: str) -> None:
        """Print text as it is; a character that the encoding lacks stands as its code."""
        if text:
            self._send(self._encoder.encode(text.replace("\n", os.linesep)))

    def put_bytes(self, text: str) -> None:
        """Print text as UTF-8, whatever the encoding is."""
        self._send(text.encode("utf-8", "backslashreplace"))

    def _send(self, data: bytes) -> None:
        """Hand over all of it at once.

        It goes past the text layer of Python, which loses the rest of what a full disk takes in part, where Python
        runs unbuffered.
        """
        if self.failure:
            return
        try:
            if self.stream is None:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            self.stream.flush()
            buffer: BinaryIO | None = getattr(self.stream, "buffer", None)
            if buffer is None:
                self.stream.write(data.decode(self.encoding))
                return
            rest = memoryview(data)
            while rest:
                rest = rest[_all_or_some(buffer.write(rest)) :]
            buffer.flush()
        except (OSError, ValueError) as error:
            self.reader_left = isinstance(error, BrokenPipeError)
            self.failure = getattr(error, "strerror", None) or "it is closed"
            self._drop_the_rest()

    def _drop_the_rest(self) -> None:
        with suppress(OSError, ValueError):
            number = self.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)


def _all_or_some(written: int | None) -> int:
    if not written:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return written


@contextmanager
def doors() -> Generator[tuple[Door, Door], None, None]:
    """Put the door before standard output and standard error while a command runs."""
    streams = sys.stdout, sys.stderr
    if None in streams:
        _fill_the_gaps()
    out, err = Door(sys.stdout), Door(sys.stderr)
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        sys.stdout, sys.stderr = streams


def _fill_the_gaps() -> None:
    """Open nothing in the place of a closed stream, so that no file that is opened later takes its number."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)


def columns() -> int:
    """How wide the terminal is: as ``COLUMNS`` says, as it says itself, or 80 where there is none.

    `shutil` has the same, and brings all that can pack files, which no rating needs.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and len(said) < 10 and int(said):
        return int(said)
    with suppress(AttributeError, ValueError, OSError):  # no output, a closed one, or one that is not a terminal
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _COLUMNS  # type: ignore[union-attr]
    return _COLUMNS


def width() -> int:
    """How wide tables are: as the window is, between 60 and 200 columns; 80 where there is none.

    What goes into a file or to another program is always the same, so ``COLUMNS`` alone widens nothing there.
    """
    return min(max(columns(), _NARROWEST), _WIDEST) if sys.stdout.isatty() else _COLUMNS


def prose() -> int:
    """How wide running text is, which nobody reads well on very long lines."""
    return min(width(), _LONGEST_LINE) - 1


def colour() -> bool:
    """Whether bold and colour are wanted: on a terminal that has them, unless a setting says otherwise.

    ``NO_COLOR`` that is not empty forbids them (no-color.org). ``FORCE_COLOR`` that is not empty (force-color.org) and
    ``CLICOLOR_FORCE`` that is not 0 want them everywhere, and ``CLICOLOR=0`` nowhere (bixense.com/clicolors).
    """
    told = os.environ.get
    if told("NO_COLOR"):
        return False
    if told("FORCE_COLOR") or told("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and told("TERM") != "dumb" and told("CLICOLOR") != "0"


def shape() -> Shape | None:
    """What shapes all that is printed for people; None where it is printed as it is, as into a file."""
    return sys.stdout.shape if isinstance(sys.stdout, Door) else None


@contextmanager
def shaped(*, markdown: bool) -> Generator[None, None, None]:
    """Print for people in the shape of where it goes, until this ends.

    Args:
        markdown: Whether Markdown was asked for.
    """
    out = sys.stdout
    if not isinstance(out, Door) or not (markdown or out.isatty() or colour()):
        yield
        return
    from careassure.cli.shaping import Paste, Window  # what goes into a file needs neither

    out.shape = Paste(out.put) if markdown else Window(out.put, width(), prose(), colour=colour())
    before = LINE.set(_ENDLESS if markdown else prose())
    try:
        yield
    finally:
        LINE.reset(before)
        out.shape.settle()
        out.shape = None


def wrapped(text: str) -> str:
    """Text whose long lines go on below, two columns further in than they begin."""
    lines = [*map(one_line, text.removesuffix("\n").split("\n"))]
    if shape() is None:
        lines = [
            fill(line, prose(), subsequent_indent=" " * (len(line) - len(line.lstrip()) + 2), break_on_hyphens=False)
            for line in lines
        ]
    return "\n".join(lines) + "\n"


def line(text: str = "", *, aside: bool = False) -> None:
    """One line, in which an end of a line is shown.

    Args:
        text: What it says.
        aside: Whether it goes to standard error, so that standard output holds data alone. It is not said where that
            data could not be written.
    """
    if aside and isinstance(sys.stdout, Door) and sys.stdout.failure:
        return
    found = shape()
    if found is not None and not aside:
        found.line(printable(text))
        return
    if found is not None:
        found.settle()
    (sys.stderr if aside else sys.stdout).write(f"{printable(text)}\n")


def write(text: str) -> None:
    """Text of several lines to standard output."""
    found = shape()
    if found is None:
        as_is(text)
    else:
        for each in text.removesuffix("\n").split("\n"):
            found.line(printable(each))


def as_is(text: str) -> None:
    """Text that a program reads to standard output, its lines as they are."""
    sys.stdout.write(printable(text, keep="\n"))


def table(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """A table to standard output.

    Args:
        heads: The heads of its columns.
        cells: Rows with a cell for each head.
    """
    from careassure.report.tables import text_grid  # most words need no table

    found = shape()
    if found is None:
        _put(sys.stdout, text_grid(heads, cells, width=width()))
    else:
        found.table(heads, cells)


def paragraph(text: str) -> None:
    """A text after a blank line, its long lines broken; nothing where it is empty."""
    if text:
        line()
        write(wrapped(text))


def in_place(text: str) -> None:
    """Text over the line on which standard error stands."""
    _put(sys.stderr, f"\r{printable(text)}")


def csv(text: str) -> None:
    """Tables as CSV to standard output: as UTF-8 and unaltered, unless a person sees it."""
    if isinstance(sys.stdout, Door) and not sys.stdout.isatty():
        sys.stdout.put_bytes(text)
    else:
        as_is(text.replace("\r\n", "\n"))


def json(text: str) -> None:
    """JSON to standard output; what the encoding lacks is escaped as JSON has it."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = ascii_json(text)
    _put(sys.stdout, text)


def complain(error: CareAssureError | str) -> None:
    """What is wrong, to standard error, a line for each thing."""
    found = shape()
    if found is not None:
        found.settle()
    lines = (error,) if isinstance(error, str) else error.lines
    sys.stderr.write("\n".join(map(printable, ("careassure: " + lines[0], *lines[1:]))) + "\n")


def _put(stream: TextIO, text: str) -> None:
    if isinstance(stream, Door):
        stream.put(text)
    else:
        stream.write(text)
