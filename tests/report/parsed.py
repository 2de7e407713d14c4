"""A page as a parser sees it: which tags stand open, with what attributes and what text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser

from careassure.report.styling import register_script, walk_script

VOID = {"meta", "br", "col", "link", "img", "input", "hr", "base", "embed", "source"}


@dataclass
class Node:
    """An element, or the page itself."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str, style: str = "") -> list[Node]:
        """Every element below with that tag and, if one is given, that class."""
        return [node for node in self.walk() if node.tag == tag and (not style or style in node.classes)]

    def one(self, tag: str, style: str = "") -> Node:
        (found,) = self.all(tag, style)
        return found

    def by_id(self, name: str) -> Node:
        (found,) = [node for node in self.walk() if node.attributes.get("id") == name]
        return found

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("page")]
        self.declarations: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.declarations.append(decl)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> is not how this page writes it, {attrs}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def parse(page: str) -> Node:
    """The page as a tree; fails unless every tag is closed where it should be and ids stand once."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert [node.tag for node in builder.open] == ["page"]
    assert builder.declarations == ["DOCTYPE html"]
    root = builder.open[0]
    ids = [node.attributes["id"] for node in root.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    return root


def assert_runs_ours(root: Node) -> None:
    """No script runs but one that ships, whole and unchanged, and its hash is all that the page allows to run."""
    policies = [node.attributes["content"] or "" for node in root.all("meta") if "http-equiv" in node.attributes]
    allowed = [part.strip() for policy in policies for part in policy.split(";") if "script-src" in part]
    scripts = root.all("script")
    assert all(not node.attributes and node.text in (walk_script(), register_script()) for node in scripts)
    hashes = [b64encode(sha256(node.text.encode()).digest()).decode() for node in scripts]
    assert allowed == [f"script-src 'sha256-{found}'" for found in hashes]
    assert len(scripts) <= 1


def assert_stands_alone(root: Node) -> None:
    """Nothing is loaded: no outside files, links only to the web or within the page. What runs is ours."""
    assert_runs_ours(root)
    ids = {node.attributes.get("id") for node in root.walk()}
    for node in root.walk():
        assert node.tag not in {"iframe", "img", "link", "object", "embed", "form", "base", "use", "image"}
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name not in {"src", "srcset", "style", "action", "formaction", "background", "poster", "xlink:href"}
            if name == "href":
                assert node.tag == "a"
                assert value is not None
                assert value.startswith(("http://", "https://")) or value[1:] in ids
    style = root.one("style").text
    assert "@import" not in style
    assert "url(" not in style
