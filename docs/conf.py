"""How the documentation is built."""

import os
import sys
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

import careassure

sys.path.insert(0, str(Path(__file__).parent))  # for pictures.py

project = "careassure"
author = "careassure contributors"
project_copyright = "2026, careassure contributors"
version = release = careassure.__version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "pictures",
]
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

default_role = "py:obj"  # a name in single backticks is a link where there is something of that name
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"
autodoc_class_signature = "mixed"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
napoleon_google_docstring = True
napoleon_numpy_docstring = False

# Links into other projects need the network, so they are made only when asked for.
if os.environ.get("DOCS_INTERSPHINX"):
    extensions.append("sphinx.ext.intersphinx")
    intersphinx_mapping = {
        "attrs": ("https://www.attrs.org/en/stable/", None),
        "cattrs": ("https://catt.rs/en/stable/", None),
        "pluggy": ("https://pluggy.readthedocs.io/en/stable/", None),
        "python": ("https://docs.python.org/3/", None),
    }

# A reference to something of this library must resolve, unless it is private; one to anything else may be plain text.
nitpick_ignore_regex = [
    (r"py:.*", r"(?!careassure\.).*"),
    (r"py:class", r"careassure\.(\w+\.)*_\w+"),
]
nitpick_ignore = [
    ("py:class", "careassure.frame.assess.FrameT"),  # a type variable has no place of its own
    ("py:class", "careassure.tables.table.RowT"),  # likewise
    ("py:class", "careassure.plugins.host.PluginHost"),  # whoever needs another host writes tests of plugins
]

html_theme = "furo"
html_title = f"careassure {release}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["careassure.css"]


def setup(app: Sphinx) -> None:
    """Show tables in CSV as plain text: Pygments does not know them."""
    app.add_lexer("csv", TextLexer)
