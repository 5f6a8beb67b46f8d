"""Matches the simplest .gitignore patterns, which most profiles have: `*.md`, `docs/**/*.txt`.

They need no `pathspec`, whose import takes as long as a whole small run, and which takes ten times
as long for a file. All other patterns are left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

_MAGIC: Final = frozenset("*?[]\\!# \t\r\n\f\v")
"""Characters that a plain pattern does not have, except for the stars of its form."""


class _Ending(Struct, frozen=True):
    """Matches paths below `folders` in which a part ends in `end`.

    With `deeper` it may be any part after `folders`, else only the next one.
    """

    folders: tuple[str, ...]
    deeper: bool
    end: str

    def fits(self, parts: Sequence[str]) -> bool:
        """Whether the pattern matches the path of these parts."""
        many = len(self.folders)
        if len(parts) <= many or tuple(parts[:many]) != self.folders:
            return False
        rest = parts[many:] if self.deeper else parts[many : many + 1]
        return any(part.endswith(self.end) for part in rest)


def plain_patterns(lines: Sequence[str]) -> Callable[[str], bool] | None:
    """A function that says whether a pattern matches a path; None if one of them is not plain.

    Paths are relative to the directory of the patterns; that of a directory ends in `/`.
    """
    found = [_ending(line) for line in lines]
    every = [one for one in found if one is not None]
    if len(every) < len(found):
        return None
    if all(one.deeper and not one.folders for one in every):
        ends = tuple(one.end for one in every)
        return lambda path: any(part.endswith(ends) for part in path.split("/"))

    def speaks(path: str) -> bool:
        parts = path.split("/")
        return any(one.fits(parts) for one in every)

    return speaks


def _ending(line: str) -> _Ending | None:
    *folders, last = line.split("/")
    if len(last) < 2 or last[0] != "*" or not _MAGIC.isdisjoint(last[1:]):
        return None
    deeper = not folders or folders[-1] == "**"
    if folders and folders[-1] == "**":
        folders.pop()
    elif folders[:1] == [""]:
        folders.pop(0)  # `/*.md`: of this directory alone
    if not all(part and _MAGIC.isdisjoint(part) and part not in (".", "..") for part in folders):
        return None
    return _Ending(tuple(folders), deeper, last[1:])
