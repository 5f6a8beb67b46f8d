""".gitignore patterns, asked about a path: in time that grows with the path, whoever wrote them.

The library `pathspec` translates a pattern; RE2 alone runs it. Python's own `re` would go back and
forth in `*a*a*a*a*b` for hours, and warns on the terminal of brackets that it finds odd.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ..text.re2 import searched_set

_TOGETHER: Final = 1000
"""Patterns for which RE2 has room in one set, if they are not long."""

_BELOW: Final = "(?P<ps_d>/)"
"""In what the library makes of a pattern: the `/` behind the directory that it names."""
_BELOW_OR_END: Final = f"(?:{_BELOW}|$)"

_Found = Callable[[bytes], Sequence[int]]


class PatternSet:
    """Patterns in their order. Raises ValueError for a line that git would not take."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Compile them. Lines that are blank or comments say nothing."""
        programs = [program for line in lines for program in _programs(line)]
        self._means = [(includes, is_folder) for _, includes, is_folder in programs]
        self._sets = [*_sets([source for source, _, _ in programs], 0)]

    def verdict(self, path: str) -> bool | None:
        """Whether they speak of a path: the last one that fits it, False with `!`; None without.

        As git does it, what is said of a file goes before what is said of its directory, but that a
        directory which is ignored later is so with all that is in it.
        """
        text = path.encode("utf-8")
        verdict, rank = None, 0
        for start, found in self._sets:
            for at in found(text):
                includes, is_folder = self._means[start + at]
                own = 1 if is_folder else 2
                if own >= rank or (includes and is_folder):
                    verdict, rank = includes, own
        return verdict


def is_pattern(line: str) -> bool:
    """Whether git would take a line."""
    try:
        PatternSet([line])
    except ValueError:
        return False
    return True


def _programs(line: str) -> Iterator[tuple[str, bool, bool]]:
    """A pattern for RE2: its source, whether it includes, whether it fits what is in a directory.

    One that fits a file and a directory is two.
    """
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # 15 to 40 ms

    source, includes = GitIgnoreSpecPattern.pattern_to_regex(line)
    if source is None or includes is None:
        return
    if source.endswith(_BELOW_OR_END):
        start = source.removesuffix(_BELOW_OR_END)
        yield f"{start}/", includes, True
        yield f"{start}$", includes, False
    else:
        yield source.replace(_BELOW, "/"), includes, _BELOW in source


def _sets(sources: Sequence[str], start: int) -> Iterator[tuple[int, _Found]]:
    """Sets of the patterns, each with the number of its first one: as few as RE2 has room for."""
    for at in range(0, len(sources), _TOGETHER):
        few = sources[at : at + _TOGETHER]
        try:
            yield start + at, searched_set(few)
        except ValueError:
            if len(few) == 1:
                raise
            half = len(few) // 2
            yield from _sets(few[:half], start + at)
            yield from _sets(few[half:], start + at + half)
