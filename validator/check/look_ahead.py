"""A large file checked by one worker, for which others look ahead: it goes on over what is clean.

The file is taken in units. Who checks it does the first one that nobody has; meanwhile each helper
has one of those that follow, and tells which stretches of it are clean by themselves (`scouting`).
A helper that dies has told nothing: its unit is checked as if there were none.
"""

from __future__ import annotations

import selectors
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from io import FileIO
from typing import TYPE_CHECKING, Final, Protocol

from msgspec.structs import replace

from ..delimiters.runs import Passed
from ..errors import ValidatorError
from ..file import reading
from ..file.portions import OF_STREAM, Forward, Version, version_of
from ..file.read_ahead import ReadAhead
from ..file.reading import Pages
from ..file.windows import last_line_end
from .plan import Blocks, FileRange, Helper, Helpers, Part
from .scouting import may_be_ranged
from .stages import Stages
from .stretches import RangeReport, Stretches

if TYPE_CHECKING:
    from ..file.storage.object_file import ObjectFile

UNIT: Final = 1 << 22
"""Bytes of a unit of a file; a few milliseconds of work at the least."""

BLOCKS: Final = 4
"""Blocks in a unit of a stream, which is handed on whole."""

HELD: Final = 1 << 24
"""Bytes of a stream that are held before they are checked, about."""

_FAR: Final = 64
"""Units that helpers may be ahead of who checks the file."""


Todo = tuple[int, FileRange | Blocks]
"""A unit, and what a helper is to do."""


class Units(Protocol):
    """A file in units that can be looked at alone, numbered from 0."""

    depth: int
    """Units that a helper has at a time: the next one is there when it is done with one."""

    def of(self, offset: int) -> int:
        """The unit in which the window ends that begins at this byte, unless a line is long."""
        ...

    def more(self) -> bool:
        """Read on, if there is room; whether anything has come."""
        ...

    def forget(self, unit: int) -> None:
        """Nobody asks for the units before this one."""
        ...

    def next(self) -> Todo | None:
        """The next unit, and what a helper is to do; None if there is none now."""
        ...

    def open(self, pages: Pages) -> AbstractContextManager[Forward]:
        """What the bytes of the file are read from."""
        ...


class OfFile:
    """The units of a file of so many bytes, which helpers read themselves."""

    depth = 2

    def __init__(self, part: Part, size: int) -> None:
        self._part, self._count, self._next = part, -(-size // UNIT), 0
        self._far: ObjectFile | None = None

    def of(self, offset: int) -> int:
        """See `Units`."""
        return -(-offset // reading.WINDOW) * reading.WINDOW // UNIT

    def more(self) -> bool:
        """See `Units`."""
        return False

    def forget(self, unit: int) -> None:
        """See `Units`."""
        self._next = max(self._next, unit)
        if self._far:  # what comes before is read here
            self._far.read_until(unit * UNIT)

    def next(self) -> Todo | None:
        """See `Units`."""
        if self._next >= self._count:
            return None
        unit = self._next
        self._next += 1
        return unit, FileRange(self._part, unit * UNIT, (unit + 1) * UNIT, beside=True)

    @contextmanager
    def open(self, pages: Pages) -> Iterator[Forward]:
        """See `Units`."""
        with pages.from_within(0) as file:
            self._far = None if isinstance(file, FileIO) else file
            yield file


class OfStream:
    """The units of what a compressed file expands to, which is read ahead and handed to helpers."""

    depth = 1

    def __init__(self, part: Part) -> None:
        self._part = part
        self._file: ReadAhead | None = None
        self._known: deque[Todo] = deque()
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
                self._known.append((self._number, task))
            self._before, self._blocks = self._blocks[-1], []
            self._number += 1
        self._blocks.append(block)

    def forget(self, unit: int) -> None:
        """See `Units`."""
        while self._known and self._known[0][0] < unit:
            self._known.popleft()

    def next(self) -> Todo | None:
        """See `Units`."""
        return self._known.popleft() if self._known else None

    @contextmanager
    def open(self, pages: Pages) -> Iterator[Forward]:
        """See `Units`."""
        with ReadAhead(pages.open(), self._seen) as file:
            self._file = file
            yield file


class LookAhead(Stretches):
    """What helpers tell of the stretches of a file while it is checked."""

    def __init__(self, units: Units, version: Version, helpers: Helpers) -> None:
        super().__init__((), version)
        self._units, self._helpers = units, helpers
        self._busy: dict[Helper, deque[int]] = {}
        self._ended: list[Helper] = []
        self._selector = selectors.DefaultSelector()
        self._left: deque[Todo] = deque()
        self._told: set[int] = set()
        self._current = 0

    def open(self, pages: Pages) -> AbstractContextManager[Forward]:
        """See `Stretches`."""
        return self._units.open(pages)

    def close(self) -> None:
        """End all helpers, and wait until they are gone."""
        for helper in [*self._busy]:
            self._lose(helper)
        self._selector.close()
        for helper in self._ended:
            helper.exit_code()

    def at(self, offset: int) -> Passed | None:
        """See `Stretches`. Waits for the helper that has the unit of this byte."""
        unit = self._units.of(offset)
        self._come()
        if self._is_told(unit):
            while self._has_room() and self._units.more():
                self._hand_out()
            self._hand_out(spare=1)
        else:
            self._forget(unit + 1)  # it is done here
            self._hand_out()
        return super().at(offset)

    def _is_told(self, unit: int) -> bool:
        """Whether a helper has told of a unit; reads on, and waits for one that has it."""
        self._forget(unit)
        self._hear(0)
        while unit not in self._told:
            if self._busy and self._units.more():
                self._hand_out()
                self._hear(0)
            elif any(unit in units for units in self._busy.values()):
                self._hear(None)
            else:
                return False
        return True

    def _forget(self, unit: int) -> None:
        """Nobody asks for the units before this one."""
        self._current = unit
        self._units.forget(unit)
        while self._left and self._left[0][0] < unit:
            self._left.popleft()

    def _has_room(self) -> bool:
        """Whether a helper has less to do than it could have."""
        return any(len(units) < self._units.depth for units in self._busy.values())

    def _come(self) -> None:
        for helper in self._helpers.come():
            self._busy[helper] = deque()
            self._selector.register(helper, selectors.EVENT_READ)

    def _hear(self, patience: float | None) -> None:
        """Take in what helpers have told, or wait for the next word for so long."""
        for key, _ in self._selector.select(patience) if self._busy else ():
            helper: Helper = key.fileobj  # type: ignore[assignment]
            try:
                for said in helper.received():
                    self._take(helper, said)
            except (EOFError, OSError):
                self._lose(helper)

    def _take(self, helper: Helper, said: object) -> None:
        """Raises the ValidatorError that a helper has met."""
        if said is None:
            return
        if isinstance(said, ValidatorError):
            raise said
        self._told.add(self._busy[helper].popleft())
        if isinstance(said, RangeReport):
            self.add(said)

    def _lose(self, helper: Helper) -> None:
        """Without what it has not told."""
        self._selector.unregister(helper)
        del self._busy[helper]
        helper.end()
        self._ended.append(helper)

    def _hand_out(self, spare: int = 0) -> None:
        """Give each helper that has little to do the next unit but for so many."""
        for helper, units in [*self._busy.items()]:
            while len(units) < self._units.depth and (todo := self._pick(spare)):
                units.append(todo[0])
                try:
                    helper.send(todo[1])
                except OSError:
                    self._lose(helper)
                    break

    def _pick(self, spare: int) -> Todo | None:
        """The unit that is done next by somebody else."""
        left = self._left
        while len(left) <= spare and (todo := self._units.next()):
            left.append(todo)
        if len(left) <= spare or left[spare][0] > self._current + _FAR:
            return None
        todo = left[spare]
        del left[spare]
        return todo


@contextmanager
def looking_ahead(stages: Stages, part: Part, pages: Pages) -> Iterator[LookAhead | None]:
    """What others tell of a file while it is checked; None where nothing can be told.

    So it is where each member of a compressed file must be a document.
    """
    own = replace(part, helpers=None)
    units: Units
    try:
        if pages.packing:
            units, version = OfStream(own), OF_STREAM
        else:
            version = version_of(pages)
            units = OfFile(own, version.size)
    except OSError:
        yield None
        return
    if part.helpers is None or not may_be_ranged(stages) or pages.members is not None:
        yield None
        return
    with closing(LookAhead(units, version, part.helpers)) as ahead:
        yield ahead
