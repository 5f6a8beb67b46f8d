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

    `asked` are the facts that other profiles want to know of its documents. `scope` tells profiles
    of one configuration from those of another, which lies in the directory `base` (empty without
    one). `fail_on` is the least severity that makes the run fail, or `never`. `suppress` are the
    findings that the configuration does not want to be told. What is compiled from
    it stays with it (`memo`), and is compiled again where it was pickled.
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
        """What that hangs on, in plain values."""
        ...

    def profiles(self, folder: bytes, names: Sequence[bytes]) -> Sequence[int | str]:
        """The index of the profile of each member in a directory, or why it is passed by.

        `folder` is that within the archive; it ends in `/` or is empty.
        """
        ...


def bounds_of(bound: Bound) -> Bounds:
    """How far compressed files are read, and for whom: where that is asked, for its readers."""
    entries = catalog().entries
    asked = any(entries[code].flaw == name_of(DisputedStream) for code in bound.rules)
    named = bound.settings[READERS] if asked and READERS.key in bound.settings.values else ()
    return bounds(bound.settings, named)


class Plan(Struct, frozen=True):
    """All that a worker gets, once. Small and picklable: codes and values, no code.

    `today` is the day of the run: no rule reads a clock. `roots` are the paths that are checked.
    `routers` are those of the scopes, where there are archives whose members are checked.
    """

    profiles: tuple[Bound, ...]
    limit: int = LIMIT
    today: date = date(1970, 1, 1)
    roots: tuple[str, ...] = (".",)
    routers: tuple[MemberRouter, ...] = ()


class Beside(Struct, frozen=True):
    """The file beside a document as it would be, and what is to be told of it besides.

    Without `data` it is as it is on the disk.
    """

    data: bytes | None = None
    flaws: tuple[Flaw, ...] = ()


class Named(Struct, frozen=True):
    """A file as it is spoken of.

    `path` is that of messages, `name` as far as rules may look at it. `entered` are the names of
    directories, each with its `/`, that it is the first file of, and `flaws` are of its path: both
    are told with it. A member of an archive has the path of that, and its own `place` (`archive`).
    `beside` is what holds its metadata, where that is another thing than what is on the disk.
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
"""Bytes of a range of a large file."""


class Helper(Protocol):
    """Another process that does what an engine does, for the one that started it."""

    def fileno(self) -> int:
        """What can be waited for: it is to be read when the helper has said something, or died."""
        ...

    def send(self, task: object) -> None:
        """Give it a task. Raises OSError when it is gone."""
        ...

    def received(self) -> Iterator[object]:
        """What has come of its tasks, in order; None when it begins.

        To be asked when there is something to be read. Raises EOFError or OSError when it has died.
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
        """Those that there are more of since the last time."""
        ...


class Part(Struct, frozen=True):
    """Files of one directory to be checked under one profile, in the order of their names.

    `folder` ends in `/` or is empty. `odd` are files that the walk already knows not to be
    readable. `shown` replaces the path in messages; `-` is standard input without a name. `entered`
    are the names of directories, each with its `/`, that these files are the first of; what is
    wrong with them is said at the first file. `paths` are flaws of the paths of files, by name.
    `size` is that of the only file, if it is large; `ranges` is what is known of it, and who checks
    it may have `helpers`. If it `is_archive`, the members of the only file are checked, and the
    profile is only that of its faults. `inside` is the archive that these files are members of. Of
    objects in storage there are `versions`, by name; of members it is that of their archive.
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
        """The name of one of the files as far as rules may look at it; that of `-` is none."""
        return b"" if self.shown == "-" else name

    def named(self, name: bytes) -> Named:
        """One of the files, with what is to be told of its path."""
        entered = self.entered if name == self.names[0] else ()
        place = self.folder + name if self.inside else b""
        flaws = self.paths.get(name, ())
        return Named(self.path(name), self.known(name), entered, flaws, self.inside, place)

    def preparations(self) -> tuple[FileRange, ...]:
        """The ranges of a large file: what is found of them first makes the check quicker."""
        if not self.size or self.ranges or packing_of(self.names[0]):
            return ()
        starts = range(0, self.size, RANGE)
        return tuple(FileRange(self, start, start + RANGE) for start in starts)

    def prepared(self, results: Sequence[object]) -> Part:
        """This part, with what was found of ranges of its file."""
        from .stretches import RangeReport  # few corpora have such files

        found = tuple(one for one in results if isinstance(one, RangeReport))
        return replace(self, ranges=found, size=0)

    @property
    def takes_help(self) -> bool:
        """Whether others can look ahead in the file for the one that checks it."""
        return self.size > 0

    def assisted(self, helpers: Helpers) -> Part:
        """This part for one that may have such helpers."""
        return replace(self, helpers=helpers)

    def split(self) -> tuple[Part, ...]:
        """Two halves; nothing when there is one file only."""
        middle = len(self.names) // 2
        if not middle:
            return ()
        first = replace(self, names=self.names[:middle])
        return first, replace(self, names=self.names[middle:], entered=())


class Undivided(Struct, frozen=True):
    """A task that is done as it is: not prepared, without helpers, never cut in two."""

    takes_help: ClassVar[bool] = False

    @property
    def work(self) -> int:
        """How much there is to do, in clean small files, as far as it is known before."""
        return 1

    def assisted(self, helpers: object) -> Self:
        """This one."""
        return self

    def preparations(self) -> tuple[Self, ...]:
        """None."""
        return ()

    def prepared(self, results: Sequence[object]) -> Self:
        """This one."""
        return self

    def split(self) -> tuple[Self, ...]:
        """Nothing."""
        return ()


class FileRange(Undivided, frozen=True):
    """A range of the only file of a part, from a byte to another: what is clean in it is found.

    `beside` says that the file is being checked by another one.
    """

    part: Part
    start: int
    stop: int
    beside: bool = False


class DocumentBatch(Undivided, frozen=True):
    """Documents of the only file of a part: which of them are clean by themselves is found."""

    part: Part
    documents: tuple[Document, ...]


class DamageSearch(Undivided, frozen=True):
    """The only file of a part, whose bytes are not all UTF-8: what keeps it from that is found."""

    part: Part


class Blocks(Undivided, frozen=True):
    """Blocks of what the only file of a part expands to: what is clean in them is found.

    They begin at the byte `offset` of that. The block before them ends in `tail`: the line end
    before its last whole line, that line, and what follows it.
    """

    part: Part
    offset: int
    tail: bytes
    blocks: tuple[bytes, ...]
