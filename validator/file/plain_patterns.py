"""The plainest .gitignore patterns, which most profiles have: `*.md`, `docs/**/*.txt`.

They are asked without `pathspec`, whose import takes as long as all of a small run, and which is
asked ten times as long about a file. What is not plain is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

_MAGIC: Final = frozenset("*?[]\\!# \t\r\n\f\v")
"""What a plain pattern does not have but for the stars that make it one."""


class _Ending(Struct, frozen=True):
    """What lies below these directories and has, there or deeper, a part that ends so.

    Without `deeper` it is the part that follows them.
    """

    folders: tuple[str, ...]
    deeper: bool
    end: str

    def fits(self, parts: Sequence[str]) -> bool:
        """Whether it speaks of the path that these are the parts of."""
        many = len(self.folders)
        if len(parts) <= many or tuple(parts[:many]) != self.folders:
            return False
        rest = parts[many:] if self.deeper else parts[many : many + 1]
        return any(part.endswith(self.end) for part in rest)


def plain_patterns(lines: Sequence[str]) -> Callable[[str], bool] | None:
    """What says whether these speak of a path; None where one of them is not plain.

    A path counts from where they do; that of a directory ends in `/`.
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
