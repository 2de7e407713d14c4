"""TOML and JSON as plain tables, told apart by what they hold and not by the name of the file."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NoReturn

from careassure.errors import Place, ReadError, WriteError

DEEPEST = 100
"""The most levels of tables and lists within each other."""
DEEPEST_KEY = 32
"""The most parts of a TOML key with points, such as ``a.b.c``."""
LONGEST_WORD = 200
"""The most characters of a number, or of a TOML key without quotation marks."""
MOST_MARKS = 500_000
"""The most words, numbers, texts, comments, marks and lines in a file."""

# What stands in and outside of texts and comments. A text that is not closed ends with its line or the file, where the
# parser stops as well, so that nothing it reads is ever taken for a text here. Possessive repeats keep this linear.
_TOML_MARKS = re.compile(
    r"""\"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?+"""  # over several lines, with escapes
    r"""|'{3}(?:[^']++|'(?!''))*+(?:'{3,5})?+"""  # over several lines, as it is
    r"""|"(?:[^"\\\n]++|\\[^\n])*+"?+|'[^'\n]*+'?+|\#[^\n]*+"""  # in one line, and a comment
    r"|(?P<mark>[\w+-]++|[=,.\[\]{}]|\n\s*+)",
    re.DOTALL,
)
_JSON_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?+|(?P<mark>[\w+-]++|[:,.\[\]{}])', re.DOTALL)
_JSON_START = re.compile(r"\s*(?:\{|\[\s*[\[{])")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def parse(text: str, where: str = "") -> dict[str, object]:
    """The table that a TOML or JSON text holds.

    Args:
        text: The text; JSON begins with a brace or a bracket followed by JSON, anything else is TOML.
        where: The file, for messages.

    Raises:
        ReadError: More than the bounds here; a slip in the syntax, with its line; a key that appears twice; a number
            that JSON does not know.
    """
    json_text = text.lstrip()[:1] == "{"
    _check_marks(text, _JSON_MARKS if json_text else _TOML_MARKS, where)
    data = _parse_json(text, where) if json_text else _parse_toml(text, where)
    _check_bounds(data, where)
    return data


def _check_marks(text: str, marks: re.Pattern[str], where: str) -> None:
    """Refuse what no real file holds before it is parsed.

    The parser of TOML takes memory with the square of a key's parts, and a hundred times the size of a file that is
    all punctuation; both parsers take numbers of any length.
    """
    points = 0
    for count, match in enumerate(marks.finditer(text)):
        mark = match["mark"] or ""
        if count >= MOST_MARKS:
            message = f"it holds more than {MOST_MARKS:,} words, numbers, texts, marks and lines"
            raise ReadError(message, where=where, hint="Split it, or check its name")
        if mark == ".":
            points += 1
            if points >= DEEPEST_KEY:
                raise ReadError(f"a key in it has more than {DEEPEST_KEY} parts", where=where)
        elif mark and not (mark[0].isalnum() or mark[0] in "_+-"):
            points = 0
        elif len(mark) > LONGEST_WORD and mark.strip("+-").isdigit():
            raise ReadError("a whole number in it is too large", where=where, hint="At most 64 bits are read")
        elif len(mark) > LONGEST_WORD:
            message = f"a word in it has more than {LONGEST_WORD} characters"
            raise ReadError(message, where=where, hint="Put text in quotation marks")


def _check_bounds(data: object, where: str) -> None:
    """Refuse what no real file holds and what would break the messages about it."""
    level = [data]
    for _ in range(DEEPEST):
        inner = [v for item in level for v in (item.values() if isinstance(item, dict) else _items(item))]
        if any(isinstance(value, int) and not -(2**63) <= value < 2**63 for value in inner):
            raise ReadError("a whole number in it is too large", where=where, hint="At most 64 bits are read")
        level = [value for value in inner if isinstance(value, dict | list)]
        if not level:
            return
    raise ReadError("its tables are nested too deeply", where=where)


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _parse_toml(text: str, where: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = "It was read as TOML; JSON would begin with a brace" if not text.lstrip()[:1].isalpha() else ""
        message = str(error)
        raise ReadError(f"the TOML is wrong: {message[0].lower() + message[1:]}", where=where, hint=hint) from None
    except RecursionError:
        raise ReadError("its tables are nested too deeply", where=where) from None
    except ValueError:
        raise ReadError("a whole number in it is too large", where=where, hint="At most 64 bits are read") from None


Json = Mapping[str, "Json"] | tuple["Json", ...] | str | bool | None
"""What JSON holds, numbers as the text that they are written with. Nothing in it can be changed."""


def looks_like_json(text: str) -> bool:
    """Whether a text begins as JSON does: with a brace, or with a bracket and what no TOML has after it."""
    return bool(_JSON_START.match(text))


def parse_as_text(text: str, where: str = "") -> Json:
    """What a JSON text holds, an object or a list, with every number as the text that it is written with.

    Args:
        text: The text.
        where: The file, for messages.

    Raises:
        ReadError: As `parse`.
    """
    _check_marks(text, _JSON_MARKS, where)
    data = _load_json(text, where, parse_float=str, parse_int=str)
    _check_bounds([data], where)
    return _sealed(data)


def _sealed(data: object) -> Json:
    if isinstance(data, dict):
        return MappingProxyType({name: _sealed(value) for name, value in data.items()})
    if isinstance(data, list):
        return tuple(map(_sealed, data))
    return data if isinstance(data, str | bool) else None


def _parse_json(text: str, where: str) -> dict[str, object]:
    data = _load_json(text, where)
    if not isinstance(data, dict):
        raise ReadError("it does not hold an object", where=where)
    return data


def _load_json(text: str, where: str, **how: Callable[[str], object]) -> object:
    import json  # what ships is TOML: a rating by it reads no JSON

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        table = dict(pairs)
        if len(table) < len(pairs):
            twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
            raise ReadError(f"the key {twice!r} appears twice in one object", where=where, hint="Keep one of them")
        return table

    def refuse(constant: str) -> NoReturn:
        raise ReadError(f"{constant} is not a number in JSON", where=where, hint="Leave out what is not known")

    try:
        found: object = json.loads(text, object_pairs_hook=once, parse_constant=refuse, **how)  # type: ignore[arg-type]
    except json.JSONDecodeError as error:
        raise ReadError(
            f"the JSON is wrong: {error.msg[0].lower() + error.msg[1:]} (at line {error.lineno}, column {error.colno})",
            where=where,
        ) from None
    except RecursionError:
        raise ReadError("its objects are nested too deeply", where=where) from None
    except ReadError:
        raise
    except ValueError:
        raise ReadError("a whole number in it is too large", where=where, hint="At most 64 bits are read") from None
    return found


def to_json(data: Mapping[str, object]) -> str:
    """A table as JSON text, indented, with a newline at the end."""
    import json

    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def to_toml(data: Mapping[str, object]) -> str:
    """A table as TOML text: values first, then tables, then lists of tables.

    Raises:
        WriteError: A value that TOML cannot hold, such as None.
    """
    lines: list[str] = []
    _table(data, (), lines)
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(data: Mapping[str, object], path: tuple[str, ...], lines: list[str]) -> None:
    tables = {key: value for key, value in data.items() if isinstance(value, Mapping)}
    lists = {key: value for key, value in data.items() if _is_tables(value)}
    for key, value in data.items():
        if key not in tables and key not in lists:
            lines.append(f"{_key(key)} = {_value(value, (*path, key))}")
    for key, value in tables.items():
        lines += ["", f"[{_path((*path, key))}]"]
        _table(value, (*path, key), lines)
    for key, value in lists.items():
        for item in value if isinstance(value, list | tuple) else ():
            lines += ["", f"[[{_path((*path, key))}]]"]
            _table(item, (*path, key), lines)


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _value(value: object, path: tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _list(value, path)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(item, (*path, key))}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    raise WriteError(f"TOML cannot hold {value!r}", where=Place(path=_path(path)))


def _list(values: Iterable[object], path: tuple[str, ...]) -> str:
    items = [_value(item, path) for item in values]
    line = f"[{', '.join(items)}]"
    return line if len(line) < 100 else "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _path(path: tuple[str, ...]) -> str:
    return ".".join(_key(part) for part in path)


def _key(key: object) -> str:
    text = str(key)
    return text if _BARE.fullmatch(text) else _string(text)


def _string(text: str) -> str:
    escaped = "".join(
        _ESCAPES.get(letter) or (letter if ord(letter) >= 32 and ord(letter) != 127 else f"\\u{ord(letter):04x}")
        for letter in text
    )
    return f'"{escaped}"'
