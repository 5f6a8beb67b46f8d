"""What git ignores: the .gitignore files from a repository's root down to a directory."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from ..text.lazy_re import later
from ..text.re2 import searcher
from .opening import NOT_LINKED, read_text

if TYPE_CHECKING:
    from .pattern_set import PatternSet

_WILD: Final = later(r"(\*+/?)|(\?|\\.?|\[[!^]?\]?(?:\\.|[^\]\\])*\])|(\[.*)|([^*?\[\\]+)")
"""Any text, one character, a class that is not closed, and what stands for itself."""


_LARGEST: Final = 1 << 20  # bytes of a file of patterns


class _Spec(Struct, frozen=True, dict=True):
    """The patterns of one file, and the directory that they are relative to.

    `search` is asked with many paths at once, a line each. It may find too many, never too few.
    """

    base: str
    lines: tuple[str, ...]
    search: Callable[[bytes, int], object]

    @cached_property
    def spec(self) -> PatternSet:
        """The patterns, compiled; without lines that git would not take, either."""
        try:
            return patterns_of(self.lines)
        except ValueError:
            from .pattern_set import is_pattern

            return patterns_of([*filter(is_pattern, self.lines)])


class Ignored(Struct, frozen=True):
    """The patterns that govern a directory."""

    specs: tuple[_Spec, ...]

    def not_covered(self, folder: bytes, names: Sequence[bytes]) -> list[bytes]:
        """The names in a directory (that of a directory ends in `/`) that git does not ignore.

        If several files have a matching pattern, the deepest file counts.
        """
        full = os.path.abspath(os.fsdecode(folder))
        found = [(_prefix(full, one.base), one) for one in reversed(self.specs)]
        specs = [(prefix, one.spec) for prefix, one in found if _any_of(one, prefix, names)]
        if not specs:
            return list(names)

        def covers(name: str) -> bool:
            for prefix, spec in specs:
                verdict = spec.verdict(matchable(prefix + name))
                if verdict is not None:
                    return verdict
            return False

        return [name for name in names if not covers(os.fsdecode(name))]


def matchable(path: str) -> str:
    """A path as the library takes it: in a name, bytes that are not UTF-8 become U+FFFD."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def patterns_of(lines: Sequence[str]) -> PatternSet:
    """These patterns, compiled. Raises ValueError for a line that git would not take."""
    from .pattern_set import PatternSet  # in most runs no pattern fits a file

    return PatternSet(lines)


def matcher(lines: Sequence[str], base: str) -> Callable[[str], bool]:
    """A function that says whether patterns relative to the directory `base` match a path."""
    verdict = patterns_of(lines).verdict

    def speaks(path: str) -> bool:
        return bool(verdict(matchable(os.path.relpath(path, base).replace(os.sep, "/"))))

    return speaks


def _any_of(spec: _Spec, prefix: str, names: Sequence[bytes]) -> bool:
    """Whether a pattern may match one of these names."""
    start = os.fsencode(prefix)
    return bool(names) and spec.search(start + (b"\n" + start).join(names), 0) is not None


def _prefix(folder: str, base: str) -> str:
    """The directory as patterns relative to `base` see it, with a final `/`."""
    below = os.path.relpath(folder, base).replace(os.sep, "/")
    return "" if below == "." else below + "/"


def ignored_from(folder: bytes) -> Ignored | None:
    """The patterns that apply in a directory where a walk begins; None if there are none."""
    specs = [found for found in map(_spec, _above(os.path.abspath(os.fsdecode(folder)))) if found]
    return ignored_in(folder, Ignored(tuple(specs)))


def ignored_in(folder: bytes, above: Ignored | None) -> Ignored | None:
    """The patterns that apply in a directory; `above` are those of the directory that it is in."""
    own = _spec(os.path.abspath(os.fsdecode(folder)))
    specs = (*(above.specs if above else ()), *((own,) if own else ()))
    return Ignored(specs) if specs else None


def _above(folder: str) -> Iterator[str]:
    """The directories above `folder` as far as its repository goes, the root first."""
    at, chain = folder, []
    while not os.path.exists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return  # not in a repository
        at = parent
        chain.append(at)
    yield from reversed(chain)


def _spec(folder: str) -> _Spec | None:
    try:
        # git does not follow a link here, either
        path = os.path.join(folder, ".gitignore")
        lines = read_text(path, _LARGEST, NOT_LINKED).split("\n")
    except (OSError, ValueError):
        return None
    return _Spec(folder, tuple(lines), _search(lines))


def _search(lines: Sequence[str]) -> Callable[[bytes, int], object]:
    """One RE2 program that finds every path a pattern speaks of; what it cannot be made of, all."""
    patterns = [line.removeprefix("!").strip().strip("/") for line in lines if line[:1] != "#"]
    loose = "|".join(sorted({_WILD.sub(_loose, pattern) for pattern in patterns if pattern}))
    try:
        return searcher(f"(?m)(?:^|/)(?:{loose})(?:/|$)") if loose else lambda _text, _start: None
    except ValueError:
        return lambda _text, _start: (0, 0)


def _loose(match: re.Match[str]) -> str:
    """A part of a pattern for RE2. Names need not be UTF-8, so that a wildcard fits any bytes."""
    some, one, open_class, plain = match.groups()
    if some or open_class:
        return r"\C*"
    return r"\C{0,4}" if one else re.escape(plain)
