"""The finder of addresses of electronic mail, also as they are written out to hide them from machines.

Every pattern takes a bounded stretch from where it begins, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careassure.privacy.personal.found import Found

_LOCAL = frozenset("!#$%&'*+/=?^_`{|}~.-")
_LOCAL_LIMIT = 64
_DOMAIN = re.compile(r"(?:[^\W_]|-){1,63}(?:\.(?:[^\W_]|-){1,63}){1,8}")
# A host without a dot, but for versions of programs: name@v4, name@2.
_HOST = re.compile(r"(?!v[0-9])[^\W\d_](?:[^\W_]|-){1,62}(?![\w@])", re.IGNORECASE)

_NAMELIKE = re.compile(r"[\w.+\-]{1,64}")

_NAME = r"[^\W_](?:[^\W_]|-){0,40}"
_DOT = r"(?: ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?| dot |_dot_|-dot-|\.)"
_SAID_DOT = r"(?: ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?| dot |_dot_|-dot-)"
_WRITTEN = re.compile(
    rf" {{0,2}}[(\[{{<] ?(?:at|@) ?[)\]}}>] {{0,2}}{_NAME}(?:{_DOT}{_NAME}){{1,6}}"
    rf"|[ _\-]at[ _\-]{_NAME}(?:{_SAID_DOT}{_NAME}){{1,6}}"
    rf"| ?@ ?{_NAME}(?:{_DOT}{_NAME}){{1,6}}",
    re.IGNORECASE,
)
# What every address that is written out has somewhere; most texts have none of it.
_HINT = re.compile(r"@|dot|[(\[{<] ?at", re.IGNORECASE)
_LOUD = re.compile(rf" AT {_NAME}(?:\.{_NAME}){{1,6}}")
_BEFORE = re.compile(r"(?<![^\W_])[^\W_](?:[^\W]|[.+'\-]| ?[(\[]dot[)\]] ?| dot ){0,60}\Z", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"[^\W_][\w.+'\-]{0,60}\Z")
_REASON = "the form of an email address"


def emails(text: str) -> Iterator[Found]:
    """Addresses with a domain or a host, and those written out: *x (at) y.org*, *x AT y DOT org*, *x @ y.org*."""
    yield from _plain(text)
    yield from _written(text)


def _plain(text: str) -> Iterator[Found]:
    start = text.find("@")
    taken = 0
    while start >= 0:
        first = start
        while (
            first > taken and start - first < _LOCAL_LIMIT and (text[first - 1].isalnum() or text[first - 1] in _LOCAL)
        ):
            first -= 1
        while first < start and not text[first].isalnum() and text[first] != "_":
            first += 1
        end = _domain_end(text, start + 1)
        if not end and _NAMELIKE.fullmatch(text, first, start):
            host = _HOST.match(text, start + 1)
            end = host.end() if host is not None else 0
        if end and first < start:
            taken = end
            yield Found("email", first, end, _REASON)
        start = text.find("@", start + 1)


def _domain_end(text: str, at: int) -> int:
    """Where a domain that begins here ends; 0 where none does."""
    domain = _DOMAIN.match(text, at)
    if domain is None:
        return 0
    last = domain.group().rpartition(".")[2].rstrip("-")
    return domain.end() if len(last) >= 2 and not last[0].isdigit() else 0


def _written(text: str) -> Iterator[Found]:
    """Addresses with *at* or *dot* in words, or with spaces about the sign."""
    patterns = [_WRITTEN] if _HINT.search(text) else []
    patterns += [_LOUD] if " AT " in text else []
    for pattern in patterns:
        for match in pattern.finditer(text):
            last = re.split(r"[^\w\-]+", match.group().rstrip(")]}> "))[-1]
            before = (_WORD_BEFORE if pattern is _LOUD else _BEFORE).search(
                text, max(0, match.start() - 90), match.start()
            )
            if before is None or len(last) < 2 or last[0].isdigit() or (pattern is _LOUD and before.group().isupper()):
                continue
            yield Found("email", before.start(), match.end(), _REASON)
