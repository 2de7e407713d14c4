"""Regular expressions that are compiled when they are first used.

Python compiles each anew in every process, some for a millisecond, which is a tenth of what a bare Python takes to
start. So the large ones that most commands never use wait here.
"""

from __future__ import annotations

import re
from functools import cached_property


class Later:
    """A regular expression of which nothing but the text is there before it is used.

    >>> Later("[0-9]+").now.findall("36 points of 40")
    ['36', '40']

    Args:
        text: Its text.
        flags: How it is read, as `re.compile` takes it.
    """

    def __init__(self, text: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.text = text
        self.flags = flags

    @cached_property
    def now(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return re.compile(self.text, self.flags)
