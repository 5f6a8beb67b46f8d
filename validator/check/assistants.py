"""The helpers of one who checks a large file: what each has to do, and what it tells."""

from __future__ import annotations

import selectors
from collections import deque
from collections.abc import Callable

from ..errors import ValidatorError
from .plan import Helper, Helpers


class Assistants:
    """Helpers at work on numbered tasks. One that dies has told nothing of those that it had."""

    def __init__(self, helpers: Helpers, depth: int, told: Callable[[int, object], None]) -> None:
        """Each has so many tasks at a time; of what is `told` there come the number and the result.

        What a helper is sent while it is at work must be small: it does not read meanwhile.
        """
        self._helpers, self._depth, self._told = helpers, depth, told
        self._busy: dict[Helper, deque[int]] = {}
        self._ended: list[Helper] = []
        self._selector = selectors.DefaultSelector()

    def __bool__(self) -> bool:
        return bool(self._busy)

    def close(self) -> None:
        """End all, and wait until they are gone."""
        for helper in [*self._busy]:
            self._lose(helper)
        self._selector.close()
        for helper in self._ended:
            helper.exit_code()

    def come(self) -> None:
        """Begin those that may be had now."""
        for helper in self._helpers.come():
            self._busy[helper] = deque()
            self._selector.register(helper, selectors.EVENT_READ)

    @property
    def have_room(self) -> bool:
        """Whether one of them has less to do than it could have."""
        return any(len(numbers) < self._depth for numbers in self._busy.values())

    def have(self, number: int) -> bool:
        """Whether one of them is at this task."""
        return any(number in numbers for numbers in self._busy.values())

    def give(self, number: int, task: object) -> bool:
        """Give a task to the one that has least to do; False where there is none left."""
        while self._busy:
            helper, numbers = min(self._busy.items(), key=lambda one: len(one[1]))
            try:
                helper.send(task)
            except OSError:
                self._lose(helper)
            else:
                numbers.append(number)
                return True
        return False

    def hear(self, patience: float | None = 0) -> None:
        """Take in what they have told, or wait for the next word for so long.

        Raises the ValidatorError that one has met.
        """
        for key, _ in self._selector.select(patience) if self._busy else ():
            helper: Helper = key.fileobj  # type: ignore[assignment]
            try:
                for said in helper.received():
                    self._take(helper, said)
            except (EOFError, OSError):
                self._lose(helper)

    def _take(self, helper: Helper, said: object) -> None:
        if isinstance(said, ValidatorError):
            raise said
        if said is not None:
            self._told(self._busy[helper].popleft(), said)

    def _lose(self, helper: Helper) -> None:
        self._selector.unregister(helper)
        del self._busy[helper]
        helper.end()
        self._ended.append(helper)
