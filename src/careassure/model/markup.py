"""Build HTML out of plain strings, so that nothing reaches a page unescaped by oversight."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from careassure.model.safe_text import shown_in_page

_VOID = {"meta", "br", "col", "img", "input"}


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


Child = str | Html | None


def plain(text: str) -> Html:
    """Text made safe for a page, between tags or inside an attribute.

    What HTML forbids, and what turns the reading order of the text around it, stands as its code.

    >>> plain('<b> & "c"')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return Html(escape(shown_in_page(text)))


def el(name: str, /, *children: Child, **attributes: str | None) -> Html:
    """An element. Children that are not `Html` are escaped; None is left out, as child and as attribute.

    >>> el("p", "1 < 2", class_="note", aria_label=None)
    '<p class="note">1 &lt; 2</p>'

    Args:
        name: The name of the tag.
        *children: What is inside.
        **attributes: A trailing underscore is dropped, any other becomes a hyphen.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{plain(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{joined(children)}</{name}>")


def joined(parts: Iterable[Child], between: str = "") -> Html:
    """Parts one after the other, each escaped unless it is `Html`."""
    return Html(plain(between).join(part if isinstance(part, Html) else plain(part) for part in parts if part))


def hidden(text: str) -> Html:
    """Words for those who listen to the page."""
    return el("span", text, class_="unseen")


def web_address(text: str) -> str | None:
    """The address, if it is one of the web (http or https); None for anything else, such as ``javascript:``."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    return text.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def link(address: str, text: str, label: str | None = None) -> Html:
    """A link where the address is one of the web; otherwise the words alone.

    Args:
        address: Where it leads.
        text: What is shown.
        label: What is read aloud in place of the text.
    """
    target = web_address(address)
    if target is None:
        return plain(text)
    return el("a", text, href=target, rel="noopener noreferrer", aria_label=label)


def numbered(addresses: Iterable[str], about: str) -> Html:
    """Where something stands: short numbered links, or the words themselves where they are not web address.

    Args:
        addresses: Web addresses, or other words for a source.
        about: What they are the sources of, for those who listen.
    """
    found = [
        link(address, str(at), f"Source {at} {about}") if web_address(address) else plain(address)
        for at, address in enumerate(filter(str.strip, addresses), 1)
    ]
    return joined(found, ", ") if found else el("span", "none", class_="soft")
