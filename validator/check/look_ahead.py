"""A large file that one worker checks, while helpers find stretches ahead that it can pass by.

The file is divided into units. The worker checks the first unit that no helper has; meanwhile each
helper has one of the units that follow, and tells which stretches of it are clean by themselves
(`scouting`). The worker does not wait for a helper: while one has the next unit, the worker looks
ahead itself. When a helper dies, its unit is checked as if there were no helper.
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
"""Blocks in a unit of a stream; a unit is sent to a helper as a whole."""

HELD: Final = 1 << 24
"""About so many bytes of a stream are read ahead and held until they are checked."""

_DAMAGE: Final = -1
"""In place of a unit, the search for what keeps a file from being UTF-8."""

_FAR: Final = 64
"""So many units helpers may be ahead of the worker that checks the file."""


Todo = tuple[int, FileRange | Blocks]
"""The number of a unit, and the task for a helper."""


class Units:
    """A file in units, numbered from 0, that helpers can look at one by one.

    `left` are the known units that no one has taken yet, in order. A helper has up to `depth` units
    at a time, so that it need not wait for the next one.
    """

    depth = 1

    def __init__(self, part: Part) -> None:
        self._part = part
        self.left: deque[Todo] = deque()

    @abstractmethod
    def of(self, offset: int) -> int:
        """The unit in which the window that begins at `offset` ends, unless it has a long line."""

    @abstractmethod
    def open(self, pages: Pages) -> AbstractContextManager[Forward]:
        """Open the file, for the worker that checks it."""

    def more(self) -> bool:
        """Read ahead, if there is room. Whether any bytes were read."""
        return False

    def forget(self, unit: int) -> None:
        """Drop the units before this one: they are not needed any more."""
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
        """See `Units`; adds the units that follow to `left`."""
        super().forget(unit)
        for coming in range(max(self._next, unit), min(self._count, unit + _FAR + 1)):
            start = coming * UNIT
            self.left.append((coming, FileRange(self._part, start, start + UNIT, beside=True)))
            self._next = coming + 1
        if self._far:  # the bytes before are read by this worker
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
        """Make a unit of the blocks before this one, once there are enough.

        The last line of a unit goes on in the next block, so the unit is known when that is there.
        """
        if len(self._blocks) == BLOCKS:
            end = last_line_end(self._before)
            if end:  # else it is not known where a line begins
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
    """The stretches of a file that helpers find while it is checked."""

    def __init__(
        self,
        part: Part,
        units: Units,
        version: Version,
        helpers: Helpers,
        look: Callable[[FileRange | Blocks], RangeReport],
    ) -> None:
        """`look` does the task of a helper in this process."""
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
        """See `Stretches`. A helper reads the whole file for it meanwhile."""
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
            self._units.forget(unit + 1)  # this worker checks it
            self._hand_out()
        return super().at(offset)

    def _is_told(self, unit: int) -> bool:
        """Whether there is a report of a unit; while a helper has it, this worker looks ahead."""
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
        """Do the task of the next unit that no helper has; False if there is none."""
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
        """Give helpers that have room the next units, except the first `spare` ones."""
        while self._assistants.have_room and (todo := self._pick(spare)):
            self._assistants.give(*todo)

    def _pick(self, spare: int) -> Todo | None:
        """Take the next unit after the first `spare` ones; None if there is none."""
        left = self._units.left
        if len(left) <= spare:
            return None
        todo = left[spare]
        del left[spare]
        return todo


@contextmanager
def looking_ahead(stages: Stages, part: Part, pages: Pages) -> Iterator[Known]:
    """What helpers can tell of a large file while it is checked.

    Of a file of lines, or of a record a line, they find clean stretches; of a file that is divided
    otherwise, clean documents. For a file in another encoding there are no helpers.
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
