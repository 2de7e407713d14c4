"""The directive `picture`: a picture of a paper, drawn when the pages are built, so that it cannot be out of date.

    :::{picture} leicester
    :at: 2024-12-31
    :number: 2
    :::

It shows the second picture of the pack of the workspace `leicester`, which lies beside the page, with its table below.
`example` is the workspace that `careassure init --example` makes; any other word is a council with a published result.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import careassure as ca
from careassure.report.as_html import table_html
from careassure.report.as_picture import svg

PLACE = "_build/pictures"


def paper_of(word: str, beside: Path, at: str | None) -> ca.report.Document:
    """The paper that is meant: the pack of a workspace, or the result of a council."""
    if (beside / word / "workspace.toml").exists():
        return ca.report.pack(beside / word, at)
    if word == "example":
        with TemporaryDirectory() as folder:
            return ca.report.pack(ca.workspaces.init_example(Path(folder, "w")), at)
    return ca.report.paper(ca.assess(ca.published(word)[-1]))


class Picture(SphinxDirective):
    """A picture of a paper, with the words for those who do not see it and the table of its numbers."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"at": directives.unchanged_required, "number": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """Draw it."""
        self.env.note_reread()  # it is drawn anew in each build
        word, number = self.arguments[0], self.options.get("number", 1)
        page = Path(self.env.doc2path(self.env.docname))
        figure = paper_of(word, page.parent, self.options.get("at")).figures[number - 1]
        name = f"{page.stem}-{nodes.make_id(word)}-{number}.svg"
        file = Path(self.env.srcdir, PLACE, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(svg(figure), encoding="utf-8")
        image = nodes.image(uri=f"/{PLACE}/{name}", alt=figure.alt)
        shown = nodes.figure("", image, nodes.caption(figure.title, figure.title), align="left")
        table = f"<details><summary>The numbers of this picture</summary>{table_html(figure.table)}</details>"
        return [shown, nodes.raw("", table, format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make it known."""
    app.add_directive("picture", Picture)
    return {"parallel_read_safe": True}
