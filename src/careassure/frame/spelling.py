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
    """

    names: dict[str, str] = field(eq=False, hash=False)
    between: str
    which: str
    prefix: str

    def setting(self, name: str, value: object) -> str:
        """A setting with its value, as it was given."""
        if name == "key":
            return f"{self.names.get(name, name)} {value!r}"
        return f"{self.names.get(name, name)}{self.between}{value}"


IN_PYTHON = Spelling({}, ".", "Say which with columns", 'Give prefix, as in prefix="new_"')
"""As a program writes them."""

ON_THE_COMMAND_LINE = Spelling(
    {"columns": "--column", "facts": "--fact", "key": "--key"},
    " ",
    "Say which with --column STATEMENT=COLUMN, for all statements",
    "Give the results names of their own, as with --prefix new_",
)
"""As a person types them."""
