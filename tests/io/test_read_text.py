"""Reading files as text, within bounds."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import ReadError
from careassure.io import files
from careassure.io.files import read_text
from careassure.testing.strategies import texts
from helpers import tried
from patience import PATIENCE

FACTORY = pytest.TempPathFactory


def refusal(path: str | Path) -> ReadError:
    """The error with which a file is refused; its place is the path as it was given."""
    with pytest.raises(ReadError) as raised:
        read_text(path)
    assert str(raised.value.where) == str(path)
    assert isinstance(raised.value, ValueError)
    return raised.value


@given(text=texts(max_size=60).filter(lambda text: text.strip().strip("\ufeff")))
def test_text_is_read_as_it_is(text: str, tmp_path_factory: FACTORY) -> None:
    """A file of UTF-8 text is read as it is, line endings included, without its byte order mark."""
    file = tmp_path_factory.getbasetemp() / "file.txt"
    file.write_bytes(text.encode())
    assert read_text(file) == text.removeprefix("\ufeff")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_text(str(file)) == text


@given(data=st.binary(min_size=1, max_size=40))
def test_any_bytes_are_text_or_refused_by_our_error(data: bytes, tmp_path_factory: FACTORY) -> None:
    """Whatever bytes a file holds, it is read as text or refused by the library's own error."""
    file = tmp_path_factory.getbasetemp() / "file.bin"
    file.write_bytes(data)
    found = tried(lambda: read_text(file))
    assert str(found.where) == str(file) if isinstance(found, ReadError) else str(found).strip()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is refused with its name."""
    assert refusal(tmp_path / "none.toml").message == "there is no such file"
    assert refusal(tmp_path / "none" / "none.toml").message == "there is no such file"


def test_a_directory_is_refused(tmp_path: Path) -> None:
    """A directory is refused."""
    assert refusal(tmp_path).message == "it is a directory"


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    """A path whose folder is a file is refused with the reason of the system."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert refusal(tmp_path / "file" / "inner").message.startswith("it cannot be read: ")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf  \n"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """A file that holds nothing but white space or a byte order mark is refused."""
    file = tmp_path / "empty.toml"
    file.write_bytes(data)
    assert refusal(file).message == "it is empty"


@pytest.mark.parametrize(
    ("data", "byte"),
    [(b"abc\xff", "4"), ("é".encode("latin-1") + b"x", "1"), ("text".encode("utf-16"), "1"), (b"a\xc3", "2")],
)
def test_other_encodings_are_refused(tmp_path: Path, data: bytes, byte: str) -> None:
    """A file that is not UTF-8 is refused with the first byte that is not."""
    file = tmp_path / "other.csv"
    file.write_bytes(data)
    assert refusal(file).message == f"byte {byte} is not UTF-8 text"


@given(size=st.integers(1, 40))
def test_the_limit_is_the_largest_size_that_is_read(size: int, tmp_path_factory: FACTORY) -> None:
    """A file of exactly the limit is read, one byte more is refused with both numbers."""
    file = tmp_path_factory.getbasetemp() / "file.txt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "LIMIT", 20)
        file.write_bytes(b"x" * size)
        if size <= 20:
            assert read_text(file) == "x" * size
        else:
            assert refusal(file).message == f"it has {size} bytes and at most 20 are read"


def test_a_gigabyte_is_refused_at_once(tmp_path: Path) -> None:
    """A file of a gigabyte is refused from its size alone, without reading it."""
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.truncate(2**30)
    start = time.process_time()
    error = refusal(file)
    assert time.process_time() - start < 0.5 * PATIENCE
    assert error.message.startswith("it has 1,073,741,824 bytes")


def test_a_device_is_refused() -> None:
    """A device, which may never end, is refused by its kind."""
    assert refusal("/dev/zero").message == "it is a device, not a file"


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """A pipe that nobody writes to is refused at once."""
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").message == "it is a pipe, not a file"


def test_a_socket_is_refused(tmp_path: Path) -> None:
    """A socket is refused."""
    with socket.socket(socket.AF_UNIX) as plug, contextlib.chdir(tmp_path):
        plug.bind("plug")
        assert refusal("plug").message == "it is a socket, not a file"


@pytest.mark.parametrize("name", ["/proc/self/mem", "/proc/self/status", "/proc/self/pagemap"])
def test_what_tells_no_size_is_not_read(name: str) -> None:
    """A file of the system that has no size holds nothing of ours, however much comes out of it."""
    assert refusal(name).message == "it is empty"


def test_what_is_changed_for_a_pipe_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is replaced by a pipe between the look at it and its opening is refused without waiting."""
    file, pipe = tmp_path / "file", tmp_path / "pipe"
    file.write_text("x", encoding="utf-8")
    os.mkfifo(pipe)
    opened = os.open
    monkeypatch.setattr(os, "open", lambda path, *more, **named: opened(pipe, *more, **named))
    assert refusal(file).message == "it is a pipe, not a file"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nul\x00.toml", "the path holds a null character"),
        ("\x00", "the path holds a null character"),
        ("half \ud800", "the path holds a character that no path can"),
        ("a" * 300, "it cannot be read: File name too long"),
        ("a/" * 3000, "the path is longer than 4,096 bytes"),
        ("", "the path is empty"),
    ],
)
def test_impossible_names_are_refused(name: str, message: str) -> None:
    """A name that no file can have is refused by the library's own error, which shows what cannot be seen."""
    with pytest.raises(ReadError) as raised:
        read_text(name)
    assert raised.value.message == message
    assert len(str(raised.value.where)) < 301
    assert str(raised.value.where).isprintable()
