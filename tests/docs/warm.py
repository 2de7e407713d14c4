"""The command `careassure` without its start: a process that has loaded the library forks for each call.

Hundreds of commands stand in the documentation. Most of what each costs is the start of Python and the loading of the
library, which are the same every time. Here a new interpreter loads the library once. Then it waits; for each command
it forks, and the copy takes over what the caller has: arguments, folder, environment, and standard input, output and
error. So a command finds nothing that another one left: no cache, no plugin, no setting. Only names are loaded, and
none of the libraries of tables; the server has a single thread, so a fork is safe.

A shell calls it as it calls the real command, by a small program of the same name (`CALLER`). What a command prints,
and its exit status, are the same both ways; `test_warm.py` holds that.

The module is also the server's program, so it imports nothing but the standard library at its top.
"""

from __future__ import annotations

import atexit
import gc
import marshal
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

CALLER = """#!{python} -IS
import _socket, marshal, os, sys
call = marshal.dumps((sys.argv[1:], os.getcwd(), dict(os.environ)))
numbers = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
door = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
door.connect({door!r})
door.sendmsg([len(call).to_bytes(8, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, numbers)])
door.sendall(call)
answer = door.recv(1)
if not answer:
    sys.stderr.write("the process that runs the commands has ended\\n")
os._exit(answer[0] if answer else 99)
"""
"""It starts without `site`, and hands over all that it has; ``os._exit``, since it has nothing to tidy up."""
NOT_LOADED = {"testing", "frame"}
"""Rooms that load a library of tests or of tables, some of which start threads; a command loads them itself."""


@contextmanager
def warm(folder: Path, environment: Mapping[str, str]) -> Generator[Path]:
    """Keep a server ready while the block runs.

    Args:
        folder: An empty folder for the command and its socket. Its name is short, since that of a socket has to be.
        environment: With what the server starts; each call brings its own.

    Yields:
        The folder that holds the command `careassure`, for ``PATH``.
    """
    door, commands = folder / "door", folder / "bin"
    commands.mkdir()
    caller = commands / "careassure"
    caller.write_text(CALLER.format(python=sys.executable, door=str(door)), encoding="utf-8")
    caller.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(door))
        listener.listen()
        server = subprocess.Popen(
            [sys.executable, __file__, str(listener.fileno())],
            stdin=subprocess.PIPE,  # it ends when this does
            stdout=subprocess.DEVNULL,
            env=dict(environment),
            pass_fds=[listener.fileno()],
        )
    with server:  # which closes its input at the end, and waits
        yield commands


def _load() -> None:
    """Load the names of the library, and run nothing of it."""
    import importlib
    import pkgutil

    import careassure

    for found in pkgutil.walk_packages(careassure.__path__, "careassure."):
        if found.name.split(".")[1] not in NOT_LOADED and not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def _serve(listener: socket.socket) -> None:
    """Fork for each call; return in the process that is to run it, or end with the one that started this one."""
    waited = select.poll()
    waited.register(0, select.POLLHUP)
    waited.register(listener, select.POLLIN)
    while True:
        ready = dict(waited.poll())
        if 0 in ready:
            sys.exit()
        caller, _ = listener.accept()
        if not os.fork():
            listener.close()
            _answer(caller)
            return
        caller.close()
        while _ended_one():
            pass


def _ended_one() -> bool:
    """Whether a process that had answered is now forgotten."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _answer(caller: socket.socket) -> None:
    """Return in a process that has what the caller has; the other one waits for it and tells its exit status."""
    head, streams, _, _ = socket.recv_fds(caller, 8, 3)
    size = int.from_bytes(head, "big")
    call = b""
    while len(call) < size:
        part = caller.recv(size - len(call))
        if not part:  # the caller was stopped
            os._exit(1)
        call += part
    if child := os.fork():
        for number in (0, 1, 2, *streams):  # a reader waits until nobody holds the other end of its pipe
            os.close(number)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        caller.sendall(bytes([code if code >= 0 else 128 - code]))
        os._exit(0)
    caller.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    _become(*marshal.loads(call))  # noqa: S302  (the caller is the program above)


def _become(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Take over arguments, folder and environment, as an interpreter does that starts with them."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    home = Path(sys.executable).parent
    sys.argv = [str(home / "careassure"), *arguments]
    sys.path[0] = str(home)
    sys.path[1:1] = [place for place in environment.get("PYTHONPATH", "").split(os.pathsep) if place]


def _main() -> NoReturn:
    _load()
    gc.freeze()  # so that the copies share it
    _serve(socket.socket(fileno=int(sys.argv[1])))
    from careassure.cli import main

    try:
        status = main()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException as error:  # noqa: BLE001  (as an interpreter ends)
        sys.excepthook(type(error), error, error.__traceback__)
        status = 1
    _end(status)


def _end(status: int) -> NoReturn:
    """End as an interpreter does, but free no memory: to go through what the copies share is most of what one costs."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = 120
    os._exit(status)


if __name__ == "__main__":
    _main()
