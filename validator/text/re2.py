"""The one door to RE2: patterns that users write run in linear time, on bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import Any, Final

from .lazy_re import later

KEPT: Final = 1024
"""How many compiled patterns are kept: more than one profile has, but not without a bound."""

Spans = list[tuple[int, int]]
"""Span of the whole match and of each group; a group that took no part has (-1, -1)."""


class Pattern:
    """A compiled RE2 pattern over UTF-8 bytes.

    `spans(text)` gives the spans of the whole and of each group, or None when the pattern does not
    match all of `text`. `names` has the name of each group, or None for one without a name.
    """

    __slots__ = ("names", "spans")

    def __init__(self, source: str) -> None:
        """Compile `source`. Raises ValueError in our words when RE2 does not accept it."""
        program = _program(source.encode("utf-8"))
        match = _matcher(program, whole=True)

        def spans(text: bytes) -> Spans | None:
            found = match(text, 0, len(text))
            return found if found[0][0] == 0 else None

        self.spans = spans
        named = {index: name.decode("utf-8") for name, index in program.groupindex.items()}
        self.names = tuple(named.get(index) for index in range(1, program.groups + 1))


Match = Callable[[bytes, int, int], Spans]
"""Gives, from a text, its first byte and its end, the span of the whole match and of each group;
(-1, -1) for a group that took no part, and for all where there is no match."""


Search = Callable[..., tuple[int, int] | None]
"""Where something is first found in a text, from a byte of it on (the first, if none is given);
None if nowhere."""


@cache
def _re2() -> Any:
    """The package, which takes 2 ms to be imported: many runs have no pattern."""
    return import_module("re2")


def _matcher(program: Any, *, whole: bool = False) -> Match:
    """What finds a compiled pattern anywhere in a text or, if `whole`, matches all of the text."""
    from .re2_private import ANYWHERE, WHOLE, matcher

    return partial(matcher(program), WHOLE if whole else ANYWHERE)


def _program(source: bytes, **options: object) -> Any:
    try:
        return _re2().compile(source, _options(**options))
    except _re2().error as error:
        detail = error.args[0] if error.args else b""
        words = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
        from .re2_words import refusal  # only on the way to an error

        raise ValueError(refusal(words)) from None


def byte_finder(source: bytes) -> Callable[[bytes], bool]:
    """A function that says whether a pattern over bytes matches anywhere in a text.

    It makes one pass at 0.6 GB/s, however many alternatives the pattern has and however often they
    begin to match. It is for patterns of this program, not for those of users.
    """
    # so much memory for the states of many alternatives
    latin1 = _re2().Options.Encoding.LATIN1
    return _says(_matcher(_program(source, encoding=latin1, dot_nl=True, max_mem=1 << 26)))


def _says(match: Match) -> Callable[[bytes], bool]:
    """A function that says whether there is a match in a text."""

    def found(text: bytes) -> bool:
        return match(text, 0, len(text))[0][0] >= 0

    return found


def searcher(source: str) -> Search:
    """A search for the next match of a pattern, from a byte of the text on.

    It makes one pass at 0.6 GB/s, however many alternatives there are. Raises ValueError as
    `Pattern`.
    """
    return _first(_program(source.encode("utf-8")))


def _first(program: Any, of_group: bool = False) -> Search:
    """A search for the first match of a program; with `of_group`, its first group if it has one."""
    match, group = _matcher(program), min(program.groups, 1) if of_group else 0

    def search(text: bytes, at: int = 0) -> tuple[int, int] | None:
        found = match(text, at, len(text))[group]
        return found if found[0] >= 0 else None

    return search


def first_group_span(source: str) -> Search:
    """A search for a pattern that gives the span of its first group, or None.

    If the pattern has no group, it is the whole match. Raises ValueError as `Pattern`.
    """
    return _first(_program(source.encode("utf-8")), of_group=True)


def first_group(source: str) -> Callable[[bytes], bytes | None]:
    """As `first_group_span`, but the search gives the bytes of the group."""
    find = first_group_span(source)

    def found(text: bytes) -> bytes | None:
        span = find(text)
        return None if span is None else text[span[0] : span[1]]

    return found


@lru_cache(KEPT)
def compiled(source: str) -> Pattern:
    """The pattern for `source`, kept for the next call. Raises ValueError as `Pattern`."""
    return Pattern(source)


def _options(**more: object) -> Any:
    options = _re2().Options()
    options.log_errors = False
    for name, value in more.items():
        setattr(options, name, value)
    return options


def _by_line(source: str) -> bytes:
    """The pattern with `^` and `$` standing at lines, as in any editor."""
    return b"(?m:" + source.encode("utf-8") + b")"


class Finder:
    """Where a pattern matches in a text of many lines; `^` and `$` stand at its lines."""

    __slots__ = ("first",)

    def __init__(self, source: str) -> None:
        """Compile `source`. Raises ValueError as `Pattern`."""
        compiled(source)
        self.first = _first(_program(_by_line(source), never_capture=True, max_mem=1 << 26))

    def all(self, text: bytes) -> Iterator[tuple[int, int]]:
        """Spans of all matches, none of them empty, from left to right."""
        at = 0
        while at <= len(text):
            span = self.first(text, at)
            if span is None:
                return
            if span[1] > span[0]:
                yield span
                at = span[1]
            else:
                at = span[1] + 1


class Catcher:
    """Where a pattern matches, and the part that is meant: the first group that takes part.

    Where no group does, it is the whole match. `^` and `$` stand at the lines of the text.
    """

    __slots__ = ("_groups", "_match")

    def __init__(self, source: str) -> None:
        """Compile `source`. Raises ValueError as `Pattern`."""
        compiled(source)
        program = _program(_by_line(source), max_mem=1 << 26)
        self._match, self._groups = _matcher(program), program.groups

    def all(self, text: bytes) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Span of each match and of what is meant, neither of them empty, from left to right."""
        at = 0
        while at <= len(text):
            whole, *groups = self._match(text, at, len(text))[: self._groups + 1]
            if whole[0] < 0:
                return
            meant = next((one for one in groups if one[0] >= 0), whole)
            if meant[1] > meant[0]:
                yield whole, meant
            at = max(whole[1], at + 1) if whole[1] > whole[0] else whole[1] + 1


@lru_cache(KEPT)
def finder(source: str) -> Finder:
    """The finder for `source`, kept for the next call. Raises ValueError as `Pattern`."""
    return Finder(source)


def any_of(sources: Sequence[str]) -> str:
    """One pattern that matches where one of these does."""
    return "|".join(f"(?:{source})" for source in sources)


def line_program(source: str) -> Callable[[bytes], bool]:
    """A function that says whether a pattern matches all of a text whose line ends are LF.

    In the pattern only LINE_END matches a line end. Raises ValueError when RE2 does not accept the
    pattern, because it is too large or names a group twice.
    """
    return _says(_matcher(_lines(source), whole=True))


def line_search(source: str) -> Callable[[bytes, int], int]:
    """A search for the next match of a pattern as in `line_program`, from a byte of the text on.

    It gives the first byte of the match, or -1. Raises ValueError as `line_program`.
    """
    match = _matcher(_lines(source))

    def search(text: bytes, at: int) -> int:
        return match(text, at, len(text))[0][0]

    return search


def _lines(source: str) -> Any:
    return _program(source.encode("utf-8"), never_nl=True, never_capture=True, max_mem=1 << 26)


LINE_END: Final = r"(?m:$)\C"
"""The end of a line, as part of a pattern for `line_program`."""


def line_classes(sources: Sequence[str]) -> Callable[[bytes], int]:
    """A function that gives, for a line, the index of the first pattern that matches all of it.

    It gives `len(sources)` if none does.
    """
    from .re2_private import set_matcher

    known = _re2().Set.FullMatchSet(_options(never_nl=True, never_capture=True, max_mem=1 << 26))
    for source in sources:
        known.Add(_by_line(source))
    known.Compile()
    match, none = set_matcher(known), (len(sources),)

    def first(line: bytes) -> int:
        return min(match(line) or none)

    return first


def searched_set(sources: Sequence[str]) -> Callable[[bytes], Sequence[int]]:
    r"""A function that gives the indices of the patterns that are found in a text, ascending.

    It makes one pass for all of them, which ends early where all begin with `\A`. Raises ValueError
    where RE2 does not accept one, or has no room for all.
    """
    anchored = all(map(_is_anchored, sources))
    options = _options(max_mem=1 << 26)
    from .re2_private import set_matcher

    sets = _re2().Set
    known = sets.MatchSet(options) if anchored else sets.SearchSet(options)
    try:
        for source in sources:
            known.Add(source.encode("utf-8"))
        known.Compile()
    except _re2().error as error:
        raise ValueError(str(error)) from None
    match = set_matcher(known)

    def found(text: bytes) -> Sequence[int]:
        return sorted(match(text))

    return found


_ATOM: Final = later(r"\\.|\[\^?\]?[^\]]*\]")
"""A character that is escaped, or a class."""
_GROUP: Final = later(r"\([^()]*\)")


def _is_anchored(source: str) -> bool:
    r"""Whether a pattern surely matches at the first byte only: `\A` begins it, with no choice."""
    if not source.startswith(r"\A") or r"\Q" in source:
        return False
    rest, shorter = source, _ATOM.sub("", source)
    while shorter != rest:
        rest, shorter = shorter, _GROUP.sub("", shorter)
    return "|" not in rest


def possible_range(source: str) -> tuple[bytes, bytes] | None:
    """Bounds of the lines that a pattern matches, in order of bytes; None if RE2 knows none."""
    whole = rb"\A(?:" + _by_line(source) + rb")\z"
    try:
        program = _program(whole, never_nl=True, never_capture=True)
        least, greatest = program.possiblematchrange(16)
    except (ValueError, _re2().error):
        return None
    return least, greatest
