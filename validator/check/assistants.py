"""The helpers of a worker that checks a large file: the tasks that each has, and their results."""

from __future__ import annotations

import selectors
from collections import deque
from collections.abc import Callable

from ..errors import ValidatorError
from .plan import Helper, Helpers


class Assistants:
    """Helpers at work on numbered tasks. When one dies, the results of its tasks never come."""

    def __init__(self, helpers: Helpers, depth: int, told: Callable[[int, object], None]) -> None:
        """Each helper has at most `depth` tasks at a time; `told` gets the number and the result.

        A task that is sent to a helper at work must be small: the helper does not read meanwhile.
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
        """Take on the helpers that have become free."""
        for helper in self._helpers.come():
            self._busy[helper] = deque()
            self._selector.register(helper, selectors.EVENT_READ)

    @property
    def have_room(self) -> bool:
        """Whether a helper has fewer tasks than `depth`."""
        return any(len(numbers) < self._depth for numbers in self._busy.values())

    def have(self, number: int) -> bool:
        """Whether a helper has this task."""
        return any(number in numbers for numbers in self._busy.values())

    def give(self, number: int, task: object) -> bool:
        """Give a task to the helper that has fewest; False where no helper is left."""
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
        """Take in results that have come; wait up to `patience` seconds for one, None for ever.

        Raises the ValidatorError that a helper has sent.
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
