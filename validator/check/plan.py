"""The configuration as the workers need it: which rules, with which settings, for which files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, Self

from msgspec import Struct, field
from msgspec.structs import replace

from ..document import Document
from ..file.archive_names import display_path
from ..file.compression import Bounds, bounds, packing_of
from ..file.opening import ObjectVersion
from ..file.streams import DisputedStream
from ..model import Flaw, Severity
from ..profile.patterns import Suppress
from ..readers.options import READERS
from ..rules.catalog import catalog
from ..rules.index import name_of
from ..settings.options import Settings

if TYPE_CHECKING:
    from .stretches import RangeReport

LIMIT = 50
"""Findings of one rule kept in one file; the rest are counted."""


class Bound(Struct, frozen=True, dict=True):
    """One profile with its rules switched on or off; codes in the order of the catalog.

    `asked` are the facts of its documents that other profiles ask for. `scope` is the number of its
    configuration, which lies in the directory `base` (empty without one). `fail_on` is the least
    severity that makes the run fail, or `never`. `suppress` are the suppressions of the
    configuration. What is compiled from a profile is kept in it (`memo`), and compiled again after
    it was pickled.
    """

    name: str
    settings: Settings
    rules: Mapping[str, Severity]
    asked: tuple[str, ...] = ()
    scope: int = 0
    base: str = ""
    fail_on: str = "error"
    suppress: tuple[Suppress, ...] = ()


class MemberRouter(Protocol):
    """Says which profiles the members of an archive are checked under. It pickles."""

    @property
    def choices(self) -> object:
        """All that decides which profile a member has, in plain values."""
        ...

    def profiles(self, folder: bytes, names: Sequence[bytes]) -> Sequence[int | str]:
        """For each member in a directory the index of its profile, or why it is passed by.

        `folder` is the directory within the archive; it ends in `/` or is empty.
        """
        ...


def bounds_of(bound: Bound) -> Bounds:
    """The bounds of compressed files; with the profile's readers, if a rule compares these."""
    entries = catalog().entries
    asked = any(entries[code].flaw == name_of(DisputedStream) for code in bound.rules)
    named = bound.settings[READERS] if asked and READERS.key in bound.settings.values else ()
    return bounds(bound.settings, named)


class Plan(Struct, frozen=True):
    """All that a worker gets, once. Small and picklable: codes of rules and values, no functions.

    `today` is the day of the run: no rule reads a clock. `roots` are the paths that are checked.
    `routers` are those of the scopes, where there are archives whose members are checked.
    """

    profiles: tuple[Bound, ...]
    limit: int = LIMIT
    today: date = date(1970, 1, 1)
    roots: tuple[str, ...] = (".",)
    routers: tuple[MemberRouter, ...] = ()


class Beside(Struct, frozen=True):
    """The sidecar file of a document: its bytes, if not those on the disk count, and its flaws."""

    data: bytes | None = None
    flaws: tuple[Flaw, ...] = ()


class Named(Struct, frozen=True):
    """A file by its names.

    `path` is that of messages. `name` is what rules about names check, empty if they must not.
    `entered` are the names of directories, each with its `/`, whose first file it is; what is wrong
    with them, and the `flaws` of its path, are told with it. For a member, `archive` is the path of
    its archive and `place` its own path. `beside` is its sidecar file, if others than the bytes on
    the disk count.
    """

    path: str
    name: bytes
    entered: tuple[bytes, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    archive: str = ""
    place: bytes = b""
    beside: Beside = Beside()

    @property
    def where(self) -> bytes:
        """The path that the file is read from, unless it came from elsewhere."""
        return self.place or os.fsencode(self.path)


RANGE: Final = 1 << 24
"""The size of a range of a large file, in bytes."""


class Helper(Protocol):
    """A process that does tasks of an engine for the process that started it."""

    def fileno(self) -> int:
        """The file descriptor to wait for: readable when a result has come or the helper died."""
        ...

    def send(self, task: object) -> None:
        """Give it a task. Raises OSError when it is gone."""
        ...

    def received(self) -> Iterator[object]:
        """The results that have come, in the order of the tasks; None when the helper begins.

        Called when there is something to be read. Raises EOFError or OSError when it has died.
        """
        ...

    def end(self) -> None:
        """End it at once, without waiting."""
        ...

    def exit_code(self) -> int:
        """Wait for its end."""
        ...


class Helpers(Protocol):
    """The helpers that a worker may have as processors become free."""

    def come(self) -> Iterator[Helper]:
        """The helpers that were added since the last call."""
        ...


class Part(Struct, frozen=True):
    """Files of one directory to be checked under one profile, in the order of their names.

    `folder` ends in `/` or is empty. `odd` are files that the walk already knows not to be
    readable. `shown` replaces the path in messages; `-` is standard input without a name. `entered`
    are the names of directories, each with its `/`, whose first files these are; findings about
    them are told at the first file. `paths` are flaws of the paths of files, by name. `size` is
    that of the only file, if it is large; `ranges` are reports on ranges of it, and the worker that
    checks it may have `helpers`. If it `is_archive`, the members of the only file are checked, and
    `profile` is only for faults of the archive itself. `inside` is the path of the archive that
    these files are members of. `versions` are those of objects in storage, by name; for members,
    that of their archive.
    """

    profile: int
    folder: bytes
    names: tuple[bytes, ...]
    odd: Mapping[bytes, Flaw] = field(default_factory=dict)
    shown: str = ""
    entered: tuple[bytes, ...] = ()
    paths: Mapping[bytes, tuple[Flaw, ...]] = field(default_factory=dict)
    size: int = 0
    ranges: tuple[RangeReport, ...] = ()
    is_archive: bool = False
    inside: str = ""
    versions: Mapping[bytes, ObjectVersion] | None = None
    helpers: Helpers | None = None

    def path(self, name: bytes) -> str:
        """The path of one of the files, as messages have it."""
        return self.shown or display_path(self.folder + name)

    def known(self, name: bytes) -> bytes:
        """The name of one of the files for rules about names; empty for `-`."""
        return b"" if self.shown == "-" else name

    def named(self, name: bytes) -> Named:
        """One of the files, with the flaws of its path."""
        entered = self.entered if name == self.names[0] else ()
        place = self.folder + name if self.inside else b""
        flaws = self.paths.get(name, ())
        return Named(self.path(name), self.known(name), entered, flaws, self.inside, place)

    def preparations(self) -> tuple[FileRange, ...]:
        """The ranges of a large file; reports on them, made first, make the check quicker."""
        if not self.size or self.ranges or packing_of(self.names[0]):
            return ()
        starts = range(0, self.size, RANGE)
        return tuple(FileRange(self, start, start + RANGE) for start in starts)

    def prepared(self, results: Sequence[object]) -> Part:
        """This part, with the reports on ranges of its file."""
        from .stretches import RangeReport  # few corpora have such files

        found = tuple(one for one in results if isinstance(one, RangeReport))
        return replace(self, ranges=found, size=0)

    @property
    def takes_help(self) -> bool:
        """Whether helpers can look ahead in the file for the worker that checks it."""
        return self.size > 0

    def assisted(self, helpers: Helpers) -> Part:
        """This part for a worker that may have these helpers."""
        return replace(self, helpers=helpers)

    def split(self) -> tuple[Part, ...]:
        """Two halves; empty when there is only one file."""
        middle = len(self.names) // 2
        if not middle:
            return ()
        first = replace(self, names=self.names[:middle])
        return first, replace(self, names=self.names[middle:], entered=())


class Undivided(Struct, frozen=True):
    """A task that is done whole: not prepared, without helpers, never cut in two."""

    takes_help: ClassVar[bool] = False

    @property
    def work(self) -> int:
        """How much work it is, in clean small files, as far as that is known before."""
        return 1

    def assisted(self, helpers: object) -> Self:
        """This task, unchanged."""
        return self

    def preparations(self) -> tuple[Self, ...]:
        """No tasks."""
        return ()

    def prepared(self, results: Sequence[object]) -> Self:
        """This task, unchanged."""
        return self

    def split(self) -> tuple[Self, ...]:
        """No tasks: it cannot be cut."""
        return ()


class FileRange(Undivided, frozen=True):
    """Find the clean stretches in the bytes `start:stop` of the only file of a part.

    `beside` says that another process checks the file at the same time.
    """

    part: Part
    start: int
    stop: int
    beside: bool = False


class DocumentBatch(Undivided, frozen=True):
    """Find which of these documents of the only file of a part are clean by themselves."""

    part: Part
    documents: tuple[Document, ...]


class DamageSearch(Undivided, frozen=True):
    """Find what keeps the only file of a part, whose bytes are not all UTF-8, from being UTF-8."""

    part: Part


class Blocks(Undivided, frozen=True):
    """Find the clean stretches in these blocks of what the only file of a part expands to.

    They begin at the byte `offset` of the expanded bytes. `tail` is the end of the block before
    them: the line end before its last whole line, that line, and what follows it.
    """

    part: Part
    offset: int
    tail: bytes
    blocks: tuple[bytes, ...]
