"""Quick checks of what lines of a class must fulfil, by what lines of the class begin with.

RE2 knows the least and the greatest bytes that a pattern may match: what these two begin with,
every line of the class begins with. Where two classes have the same beginning, what lines must hold
is not judged here. For what lines must not hold, and for their number, the class of each line that
was found is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Final

from ..text.lazy_re import later
from ..text.re2 import LINE_END, Finder, finder, line_program, line_search, possible_range

Need = tuple[int, str, str, int, int | None]
"""The index of a class, the pattern that its lines must hold, the one that they must not hold, the
least and the greatest number of lines. Class -1: several classes, counted together."""
Ask = Callable[[bytes], bool]
Range = tuple[bytes, bytes] | None

KindOf = Callable[[bytes], int]
"""Gives the index of the class of a line."""

MOST_PREFIX: Final = 16

# Parts of a pattern that mean something else in a search over many lines than in one line: the
# ends of the whole text, any byte, `(?m)` switched off.
STRANGE: Final = later(r"\\[AzC]|\(\?[a-zA-Z]*-[a-zA-Z]*m")

# A pattern for all lines that begin with these letters.
_PLAIN: Final = later(r"((?:[^\W_]|[ \"#%&',/:;<=>@_`~!-]|\\[^\w\s])+)\.\*", re.ASCII)


def sure(text: bytes) -> bool:
    """True for any text: the check where nothing is asked."""
    return True


def range_of(pattern: str) -> Range:
    """The least and the greatest bytes that a line of the class may be; None if not known."""
    return None if STRANGE.search(pattern) else possible_range(pattern)


def start_of(one: Range) -> str:
    """What every line of a class with this range begins with, as far as it is ASCII."""
    if one is None:
        return ""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(*one, strict=False))
    ascii_only = takewhile(lambda byte: 0x20 <= byte < 0x7F, (byte for byte, _ in alike))
    return "".join(map(chr, ascii_only))[:MOST_PREFIX]


def others_of(kind: int, patterns: Sequence[str], start: str) -> list[str]:
    """What does not follow `start` in lines of class `kind`: such lines are of an earlier class."""
    found: list[str] = []
    for pattern in patterns[:kind]:
        match = _PLAIN.fullmatch(pattern)
        begin = re.sub(r"\\(.)", r"\1", match.group(1)) if match else ""
        if len(begin) > len(start) and begin.startswith(start):
            rest = begin[len(start) :]
            found = [one for one in found if not one.startswith(rest)]
            if not any(rest.startswith(one) for one in found):
                found.append(rest)
    return sorted(found)


def apart(one: Range, two: Range) -> bool:
    """Whether no line can be of both classes."""
    return one is not None and two is not None and (one[1] < two[0] or two[1] < one[0])


def forbidden(
    needs: Sequence[Need], patterns: Sequence[str], starts: Sequence[str], kind_of: KindOf
) -> Iterable[Ask | None]:
    """One search for all lines that may hold what lines of their class must not hold.

    It finds lines that begin as lines of the class do and hold what is forbidden in the class;
    where a class has no known beginning, all lines that it matches. Each line that is found is
    then checked by itself. None where there can be no such search.
    """
    found: list[str] = []
    banned: dict[int, list[Finder]] = {}
    for kind, _, pattern, _, _ in needs:
        if not pattern:
            continue
        if STRANGE.search(pattern):
            yield None
            return
        start, own = starts[kind], patterns[kind]
        banned.setdefault(kind, []).append(finder(pattern))
        if start:
            found.append(f"(?m:^{re.escape(start)}.*(?:{pattern}))")
            found += [f"(?m:^.{{{at}}}(?:{pattern}))" for at in range(len(start))]
        else:
            found.append(".*" if STRANGE.search(own) else f"(?m:^(?:{own})$)")
    if found:
        try:
            yield _without(line_search("|".join(found)), banned, kind_of)
        except ValueError:
            yield None


def _without(
    search: Callable[[bytes, int], int], banned: Mapping[int, Sequence[Finder]], kind_of: KindOf
) -> Ask:
    """A check: whether no line that `search` finds holds what is banned from its class."""

    def clean(text: bytes) -> bool:
        at = search(text, 0)
        while 0 <= at < len(text):
            end = text.find(b"\n", at)
            line = text[at:end]
            if any(one.first(line) for one in banned.get(kind_of(line), ())):
                return False
            at = search(text, end + 1)
        return True

    return clean


def demanded(
    needs: Sequence[Need], starts: Sequence[str], others: Sequence[Sequence[str]]
) -> Iterable[Ask | None]:
    """Searches for what lines must hold, each for as many classes as can be told apart.

    None where there can be no such search.
    """
    demands: dict[int, list[str]] = {}
    for kind, pattern, _, _, _ in needs:
        if not pattern:
            continue
        if not starts[kind] or STRANGE.search(pattern):
            yield None
            return
        demands.setdefault(kind, []).append(pattern)
    rounds: list[dict[str, Sequence[str]]] = []
    for kind, wanted in demands.items():
        start = starts[kind]
        # all in one line, in the order in which they most likely stand there
        wanted.sort(key=lambda pattern: (not pattern.startswith("^"), pattern.endswith("$")))
        joined = ".*".join(f"(?:{pattern})" for pattern in wanted)
        fine = [re.escape(start + rest) + ".*" for rest in others[kind]]
        fine.append(f"{re.escape(start)}.*(?m:{joined}).*")
        if start_of(possible_range(joined)).startswith(start):
            fine.append(f"(?m:{joined}).*")
        for tried in rounds:
            if not any(one.startswith(start) or start.startswith(one) for one in tried):
                tried[start] = fine
                break
        else:
            rounds.append({start: fine})
    for chosen in rounds:
        fine = [_unlike(sorted(chosen)), *(part for parts in chosen.values() for part in parts)]
        line = "|".join(f"(?:{part})" for part in fine)
        try:
            yield line_program(f"(?:(?:{line}){LINE_END})*")
        except ValueError:
            yield None


def _unlike(starts: Sequence[str]) -> str:
    """A pattern of lines that begin with none of `starts`; no start may begin with another one."""
    rest: dict[str, list[str]] = {}
    for start in starts:
        rest.setdefault(start[0], []).append(start[1:])
    parts = [f"[^{''.join(map(re.escape, rest))}].*", ""]
    for letter, more in rest.items():
        if "" not in more:
            parts.append(re.escape(letter) + _unlike(more))
    return "(?:" + "|".join(parts) + ")"


def counted(need: Need, starts: Sequence[str], kind_of: KindOf) -> Ask | None:
    """A check: whether the number of lines of a class is allowed; None if only a walk can tell."""
    kind, _, _, least, most = need
    if not least and most is None:
        return sure
    if kind < 0:
        return None
    begins = starts[kind].encode("ascii")
    on_lines = b"\n" + begins

    def clean(text: bytes) -> bool:
        begun = text.startswith(begins) + text.count(on_lines)
        if begun < least:
            return False
        if begins and not least and most is not None and begun <= most:
            return True  # whatever their classes are
        lines = (line for line in text.split(b"\n")[:-1] if line.startswith(begins))
        own = sum(kind_of(line) == kind for line in lines)
        return least <= own and (most is None or own <= most)

    return clean
