"""How a message spells a setting: as Python does, or as the command line does."""

from __future__ import annotations

from attrs import field, frozen


@frozen
class Spelling:
    """How settings are spelled.

    Args:
        names: What the name of each setting is.
        between: What stands between a setting and its value.
        which: How to say which of two columns is meant.
        prefix: How to give the results other names.
        lacking: How to say which column holds which score.
        turned: What is said where a column stands in the place of a statement.
    """

    names: dict[str, str] = field(eq=False, hash=False)
    between: str
    which: str
    prefix: str
    lacking: str
    turned: str

    def setting(self, name: str, value: object) -> str:
        """A setting with its value, as it was given."""
        if name in ("key", "statement", "score"):
            return f"{self.names.get(name, name)} {value!r}"
        return f"{self.names.get(name, name)}{self.between}{value}"


IN_PYTHON = Spelling(
    {},
    ".",
    "Say which with columns",
    'Give prefix, as in prefix="new_"',
    "Name the column of each score, such as QS7 for safeguarding; name none where no column holds it",
    "The mapping goes from statements to columns",
)
"""As a program writes them."""

ON_THE_COMMAND_LINE = Spelling(
    {
        "columns": "--column",
        "facts": "--fact",
        "key": "--key",
        "outputs": "--outputs",
        "statement": "--long",
        "score": "--long",
    },
    " ",
    "Say which with --column STATEMENT=COLUMN, for all statements",
    "Give the results names of their own, as with --prefix new_",
    "Give --column STATEMENT=COLUMN for each statement, with nothing after the = where no column holds it. "
    "The command read says what a table holds",
    "The statement comes first, as in --column safeguarding=QS7",
)
"""As a person types them."""
