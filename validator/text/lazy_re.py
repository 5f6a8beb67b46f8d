"""Regular expressions that are compiled when they are first used.

A run needs few of them. Compiled as their modules are imported, all of them together cost as much
time as a hundred clean files.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class Later:
    """In place of a compiled pattern: takes on each of its methods when that is first asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """A method or an attribute of the compiled pattern, which is then an attribute here."""
        found = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, found)
        return found


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """In place of `re.compile`: compiles when a method is first used. Raises re.error only then."""
    return cast("re.Pattern[AnyStr]", Later(pattern, flags))
