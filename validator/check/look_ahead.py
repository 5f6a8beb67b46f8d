"""A large file checked by one worker, for which others look ahead: it goes on over what is clean.

The file is taken in units. Who checks it does the first one that nobody has; meanwhile each helper
has one of those that follow, and tells which stretches of it are clean by themselves (`scouting`).
Who checks it does not wait for a helper: while the next unit is with one, it looks ahead itself.
A helper that dies has told nothing: its unit is checked as if there were none.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from io import FileIO
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ..delimiters.runs import Passed
from ..file import reading
from ..file.portions import OF_STREAM, Forward, Version, version_of
from ..file.read_ahead import ReadAhead
from ..file.reading import Pages
from ..file.windows import last_line_end
from ..model import Flaw
from .assistants import Assistants
from .documents_ahead import DocumentsAhead
from .fast import NOTHING, Known
from .plan import Blocks, DamageSearch, FileRange, Helpers, Part
from .scouting import may_be_ranged, report_of
from .stages import Stages
from .stretches import DamageReport, RangeReport, Stretches

if TYPE_CHECKING:
    from ..file.storage.object_file import ObjectFile

UNIT: Final = 1 << 22
"""Bytes of a unit of a file; a few milliseconds of work at the least."""

BLOCKS: Final = 4
"""Blocks in a unit of a stream, which is handed on whole."""

HELD: Final = 1 << 24
"""Bytes of a stream that are held before they are checked, about."""

_DAMAGE: Final = -1
"""In place of a unit, the search for what keeps a file from being UTF-8."""

_FAR: Final = 64
"""Units that helpers may be ahead of who checks the file."""


Todo = tuple[int, FileRange | Blocks]
"""A unit, and what a helper is to do."""


class Units:
    """A file in units, numbered from 0, that helpers can look at one by one.

    `left` are those that nobody has taken yet, in order, as far as they are known. A helper has
    `depth` of them at a time, so that the next one is there when it is done with one.
    """

    depth = 1

    def __init__(self, part: Part) -> None:
        self._part = part
        self.left: deque[Todo] = deque()

    @abstractmethod
    def of(self, offset: int) -> int:
        """The unit in which the window ends that begins at this byte, unless a line is long."""

    @abstractmethod
    def open(self, pages: Pages) -> AbstractContextManager[Forward]:
        """What the bytes of the file are read from."""

    def more(self) -> bool:
        """Read on, if there is room; whether anything has come."""
        return False

    def forget(self, unit: int) -> None:
        """Nobody asks for the units before this one."""
        while self.left and self.left[0][0] < unit:
            self.left.popleft()


class OfFile(Units):
    """The units of a file of so many bytes, which helpers read themselves."""

    depth = 2

    def __init__(self, part: Part, size: int) -> None:
        super().__init__(part)
        self._count, self._next = -(-size // UNIT), 0
        self._far: ObjectFile | None = None

    def of(self, offset: int) -> int:
        """See `Units`."""
        return -(-offset // reading.WINDOW) * reading.WINDOW // UNIT

    def forget(self, unit: int) -> None:
        """See `Units`; those that come next are `left` from now on."""
        super().forget(unit)
        for coming in range(max(self._next, unit), min(self._count, unit + _FAR + 1)):
            start = coming * UNIT
            self.left.append((coming, FileRange(self._part, start, start + UNIT, beside=True)))
            self._next = coming + 1
        if self._far:  # what comes before is read here
            self._far.read_until(unit * UNIT)

    @contextmanager
    def open(self, pages: Pages) -> Iterator[Forward]:
        """See `Units`."""
        with pages.from_within(0) as file:
            self._far = None if isinstance(file, FileIO) else file
            yield file


class OfStream(Units):
    """The units of what a compressed file expands to, which is read ahead and handed to helpers."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self._file: ReadAhead | None = None
        self._blocks: list[bytes] = []
        self._before = b""  # the block before these
        self._number = 0

    def of(self, offset: int) -> int:
        """See `Units`."""
        return -(-offset // reading.WINDOW) // BLOCKS

    def more(self) -> bool:
        """See `Units`."""
        if self._file is None or self._file.ahead > HELD:
            return False
        return self._file.take() != b""

    def _seen(self, block: bytes) -> None:
        """A unit is one when the next block is there: the end of the last one is no line's."""
        if len(self._blocks) == BLOCKS:
            end = last_line_end(self._before)
            if end:  # else nobody could tell where a line begins
                tail = self._before[max(0, self._before.rfind(b"\n", 0, end - 1)) :]
                offset = self._number * BLOCKS * reading.WINDOW
                task = Blocks(self._part, offset, tail, (*self._blocks,))
                self.left.append((self._number, task))
            self._before, self._blocks = self._blocks[-1], []
            self._number += 1
        self._blocks.append(block)

    @contextmanager
    def open(self, pages: Pages) -> Iterator[Forward]:
        """See `Units`."""
        with ReadAhead(pages.open(), self._seen) as file:
            self._file = file
            yield file


class LookAhead(Stretches):
    """What helpers tell of the stretches of a file while it is checked."""

    def __init__(
        self,
        part: Part,
        units: Units,
        version: Version,
        helpers: Helpers,
        look: Callable[[FileRange | Blocks], RangeReport],
    ) -> None:
        """`look` is what a helper does."""
        super().__init__((), version)
        self._part, self._units, self._look = part, units, look
        self._is_expected = False
        self._damage: tuple[Flaw, ...] | None = None
        self._assistants = Assistants(helpers, units.depth, self._tell)
        self._told: set[int] = set()

    def open(self, pages: Pages) -> AbstractContextManager[Forward]:
        """See `Stretches`."""
        return self._units.open(pages)

    def close(self) -> None:
        """End all helpers, and wait until they are gone."""
        self._assistants.close()

    def expect_damage(self) -> None:
        """See `Stretches`. It takes a way through the whole file, which a helper goes meanwhile."""
        if self._assistants and not self._is_expected:
            self._is_expected = True
            self._assistants.give(_DAMAGE, DamageSearch(self._part))

    def damage(self) -> tuple[Flaw, ...] | None:
        """See `Stretches`."""
        while self._assistants.have(_DAMAGE):
            self._assistants.hear(None)
        return self._damage

    def at(self, offset: int) -> Passed | None:
        """See `Stretches`. Waits for the helper that has the unit of this byte."""
        unit, assistants = self._units.of(offset), self._assistants
        assistants.come()
        if self._is_told(unit):
            while assistants.have_room and self._units.more():
                self._hand_out()
            self._hand_out(spare=1)
        else:
            self._units.forget(unit + 1)  # it is done here
            self._hand_out()
        return super().at(offset)

    def _is_told(self, unit: int) -> bool:
        """Whether a unit was looked at; meanwhile it reads on, and looks at others."""
        assistants = self._assistants
        self._units.forget(unit)
        assistants.hear()
        while unit not in self._told:
            if assistants and self._units.more():
                self._hand_out()
                assistants.hear()
            elif assistants.have(unit):
                assistants.hear(0 if self._looks_itself() else None)
            else:
                return False
        return True

    def _looks_itself(self) -> bool:
        """Whether there was a unit that nobody had, which is done now as a helper does it."""
        todo = self._pick(0)
        if todo is None:
            return False
        unit, task = todo
        self._tell(unit, self._look(task))
        return True

    def _tell(self, unit: int, said: object) -> None:
        if isinstance(said, DamageReport):
            self._damage = said.flaws if said.version == self._version else None
            return
        self._told.add(unit)
        if isinstance(said, RangeReport):
            self.add(said)

    def _hand_out(self, spare: int = 0) -> None:
        """Give helpers that have little to do the next units, but for the first `spare` ones."""
        while self._assistants.have_room and (todo := self._pick(spare)):
            self._assistants.give(*todo)

    def _pick(self, spare: int) -> Todo | None:
        """Take the next unit but for so many; None where there is none."""
        left = self._units.left
        if len(left) <= spare:
            return None
        todo = left[spare]
        del left[spare]
        return todo


@contextmanager
def looking_ahead(stages: Stages, part: Part, pages: Pages) -> Iterator[Known]:
    """What others tell of a file while it is checked: of lines and records a line each, stretches.

    Where it is divided otherwise they look at its documents; in another encoding there are none.
    """
    assert part.helpers is not None
    own = replace(part, helpers=None)
    if may_be_ranged(stages) and pages.members is None:
        try:
            units, version = _units(own, pages)
        except OSError:
            yield NOTHING
            return
        look = partial(report_of, stages)
        with closing(LookAhead(own, units, version, part.helpers, look)) as stretches:
            yield Known(stretches=stretches)
    elif stages.surveyor.divides and not stages.charsets:
        with closing(DocumentsAhead(own, part.helpers)) as ahead:
            yield Known(ahead=ahead)
    else:
        yield NOTHING


def _units(part: Part, pages: Pages) -> tuple[Units, Version]:
    """The units of the only file of a part. Raises OSError where it is gone."""
    if pages.packing:
        return OfStream(part), OF_STREAM
    version = version_of(pages)
    return OfFile(part, version.size), version
