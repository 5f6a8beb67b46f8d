""".gitignore patterns, matched in time that is linear in the path, even if they are hostile.

The library `pathspec` translates a pattern into a regular expression, and RE2 runs it. Python's own
`re` would backtrack in `*a*a*a*a*b` for hours, and prints warnings about odd brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ..text.re2 import searched_set

_TOGETHER: Final = 1000
"""Most patterns in one RE2 set; there is room for so many if they are not long."""

_BELOW: Final = "(?P<ps_d>/)"
"""The part of a translated pattern that matches the `/` after the directory that it names."""
_BELOW_OR_END: Final = f"(?:{_BELOW}|$)"

_Found = Callable[[bytes], Sequence[int]]


class PatternSet:
    """The patterns of a .gitignore file, in order. Raises ValueError for one that git refuses."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Compile the patterns; blank lines and comments have none."""
        programs = [program for line in lines for program in _programs(line)]
        self._means = [(includes, is_folder) for _, includes, is_folder in programs]
        self._sets = [*_sets([source for source, _, _ in programs], 0)]

    def verdict(self, path: str) -> bool | None:
        """What the last pattern that matches the path says: True, or False with `!`; None if none.

        As in git, a pattern for a file goes before one for its directory; but if a later pattern
        ignores the directory, all in it is ignored.
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
    """Whether git accepts a line as a pattern."""
    try:
        PatternSet([line])
    except ValueError:
        return False
    return True


def _programs(line: str) -> Iterator[tuple[str, bool, bool]]:
    """The RE2 patterns of a line: source, False with `!`, and if it matches a directory's contents.

    A line that matches both a file and a directory gives two of them; a comment gives none.
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
    """The patterns in as few RE2 sets as possible, each with the number of its first pattern."""
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
