"""A reader of files that is installed: asked and called so that nothing which it does can surprise."""

from __future__ import annotations

from attrs import evolve, field, frozen

from careassure.errors import (
    CareAssureError,
    PluginError,
    ReaderError,
    ReaderRaisedError,
    ReaderReturnError,
    ScorerError,
)
from careassure.model.showing import short_repr
from careassure.plugins.guard import announce, discard, is_ours, repr_of, said, touch
from careassure.tables.reader import Opened, Reader, Reading, Seen


@frozen
class InstalledReader:
    """A reader and where it came from.

    Args:
        id: Its id.
        title: What the file is called.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
        reader: The reader itself.
        trace: Whether it says on standard error that it is asked, before it is.
    """

    id: str
    title: str
    plugin: str
    distribution: str
    distribution_version: str
    reader: Reader = field(eq=False, repr=False)
    trace: bool = field(default=False, eq=False, repr=False)

    __repr__ = short_repr

    @property
    def source(self) -> str:
        """The distribution that it came from, with its version."""
        return f"{self.distribution} {self.distribution_version}".strip()

    def recognises(self, seen: Seen, /) -> bool:
        """Whether a file is of its kind, by what was seen of it.

        Raises:
            ReaderError: It raised, or said something else than True or False.
        """
        self._say("asking whether it knows the file")
        answer: object = touch(lambda why: self._raised("asked whether it knows a file, it raised", why),
                               self.reader.recognises, seen)  # fmt: skip
        if type(answer) is not bool:
            discard(answer)
            raise ReaderReturnError(f"asked whether it knows a file, it said {repr_of(answer)}",
                                    reader=self.id, hint="It says True or False")  # fmt: skip
        return answer

    def read(self, opened: Opened, /) -> Reading:
        """What it makes of a file, stamped with where it came from.

        Raises:
            ReaderError: It raised, or returned something that is not a sound reading.
            CareAssureError: The file cannot be read.
        """
        self._say(f"reading {opened.file}")
        try:
            found: object = self.reader.read(opened)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            # It may refuse a file in our own words, but not blame another plugin, scorer or reader.
            blames = isinstance(error, PluginError | ScorerError | ReaderError)
            if isinstance(error, CareAssureError) and is_ours(error) and not blames:
                raise
            raise self._raised("it raised", said(error)) from error
        if type(found) is not Reading:
            discard(found)
            raise ReaderReturnError(f"it returned {repr_of(found)}", reader=self.id, hint="Return a Reading")
        return evolve(found, reader=self.id, source=self.source)

    def _raised(self, when: str, why: str) -> ReaderRaisedError:
        hint = f"Set CAREASSURE_DISABLE_PLUGINS={self.plugin} to do without it" if self.plugin else ""
        return ReaderRaisedError(f"{when} {why}", reader=self.id, hint=hint)

    def _say(self, text: str) -> None:
        if self.trace:
            announce(f"{self.plugin} ({self.source or 'this program'}), reader {self.id}: {text}")
