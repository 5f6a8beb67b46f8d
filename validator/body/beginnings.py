"""What lines of a class must fulfil, asked of all lines that begin as those of the class do.

RE2 knows the least and the greatest bytes that a pattern may match: what these have in common,
every line of the class begins with. Classes that cannot be told apart by that are not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from ..text.lazy_re import later
from ..text.re2 import LINE_END, line_program, line_search, possible_range

Need = tuple[int, str, str, int, int | None]
"""Class, pattern, forbidden pattern, least and greatest number; class -1 is several counted."""
Ask = Callable[[bytes], bool]
Range = tuple[bytes, bytes] | None

MOST_PREFIX: Final = 16
MOST_LEAST: Final = 100

# What asks for the ends of the whole text, for any byte or against `(?m)`: another meaning in a
# program over many lines than in one line.
STRANGE: Final = later(r"\\[AzC]|\(\?[a-zA-Z]*-[a-zA-Z]*m")

# A pattern for all lines that begin with these letters.
_PLAIN: Final = later(r"((?:[^\W_]|[ \"#%&',/:;<=>@_`~!-]|\\[^\w\s])+)\.\*", re.ASCII)


def sure(text: bytes) -> bool:
    """Says clean of everything: nothing is asked."""
    return True


def range_of(pattern: str) -> Range:
    """The least and the greatest bytes that a line of the class may be, if that is known."""
    return None if STRANGE.search(pattern) else possible_range(pattern)


def start_of(one: Range) -> str:
    """What every line of a class begins with, as far as it is ASCII."""
    if one is None:
        return ""
    least, greatest = one
    shared = next(
        (at for at, pair in enumerate(zip(least, greatest, strict=False)) if pair[0] != pair[1]),
        min(len(least), len(greatest)),
    )
    start = re.match(rb"[ -~]*", least[: min(shared, MOST_PREFIX)])
    return start.group().decode("ascii") if start else ""


def others_of(kind: int, patterns: Sequence[str], start: str) -> list[str]:
    """Further beginnings that lines of the class do not have: they are all of an earlier class."""
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
    needs: Sequence[Need],
    patterns: Sequence[str],
    starts: Sequence[str],
    others: Sequence[Sequence[str]],
) -> Iterable[Ask | None]:
    """One search for everything that lines of some class must not hold.

    What is forbidden at the start of a line is sought in all lines: a line in which something is
    found is searched again, for what is forbidden in lines that begin so. Where lines of a class
    have no beginning of their own, the line must be one that the class may match.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for kind, _, pattern, _, _ in needs:
        if not pattern:
            continue
        if STRANGE.search(pattern):
            yield None
            return
        start, rest = starts[kind], others[kind]
        within = len(start) + max(map(len, rest), default=0)
        tail = f".*(?:{pattern})"
        own = found.setdefault((start, "" if start else patterns[kind]), [])
        own.append(f"(?m:^{re.escape(start)}{_unlike(rest, tail) if rest else tail})")
        own += [f"(?m:^.{{{at}}}(?:{pattern}))" for at in range(within)]
    if found:
        try:
            yield _without(found)
        except ValueError:
            yield None


def _without(found: Mapping[tuple[str, str], Sequence[str]]) -> Ask:
    """Whether no line that begins, and is, as one of the keys says holds one of its patterns."""
    search = line_search("|".join(part for parts in found.values() for part in parts))
    begun = [
        (start.encode("ascii"), line_search("|".join(parts)))
        for (start, pattern), parts in found.items()
        if not pattern
    ]
    others = [
        (_lines_of(pattern), line_search("|".join(parts)))
        for (_, pattern), parts in found.items()
        if pattern
    ]

    def clean(text: bytes) -> bool:
        at = search(text, 0)
        if at >= 0 and any(_found(text, lines, again) for lines, again in others):
            return False
        while at >= 0 and begun:
            end = text.find(b"\n", at) + 1 or len(text)
            line = text[at:end]
            if any(line.startswith(start) and again(line, 0) >= 0 for start, again in begun):
                return False
            at = search(text, end) if end < len(text) else -1
        return True

    return clean


Search = Callable[[bytes, int], int]
"""Where something is found next, from a byte of a text on; -1 if nowhere."""


def _lines_of(pattern: str) -> Search:
    """Where the next line stands that a class with this pattern may match."""
    if STRANGE.search(pattern):
        pattern = ".*"
    return line_search(f"(?m:^(?:{pattern})$)")


def _found(text: bytes, lines: Search, search: Search) -> bool:
    """Whether something is found in one of some lines of a text."""
    at = lines(text, 0)
    while 0 <= at < len(text):
        end = text.find(b"\n", at) + 1 or len(text)
        if search(text[at:end], 0) >= 0:
            return True
        at = lines(text, end)
    return False


def demanded(
    needs: Sequence[Need], starts: Sequence[str], others: Sequence[Sequence[str]]
) -> Iterable[Ask | None]:
    """Programs for what lines must hold, each for as many classes as can be told apart."""
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
        # all in one line, in the order in which they may well stand there
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


def _unlike(starts: Sequence[str], tail: str = "") -> str:
    """A pattern of lines that begin with none of these, of which none begins with another.

    `tail` is what follows the first letter that is another; without it, the line may also end.
    """
    rest: dict[str, list[str]] = {}
    for start in starts:
        rest.setdefault(start[0], []).append(start[1:])
    parts = [f"[^{''.join(map(re.escape, rest))}]{tail or '.*'}"]
    if not tail:
        parts.append("")
    for letter, more in rest.items():
        if "" not in more:
            parts.append(re.escape(letter) + _unlike(more, tail))
    return "(?:" + "|".join(parts) + ")"


def counted(
    need: Need, patterns: Sequence[str], ranges: Sequence[Range], starts: Sequence[str]
) -> Ask | None:
    """Whether there are as many lines of a class as there may be."""
    kind, _, _, least, most = need
    if not least and most is None:
        return sure
    start = starts[kind] if kind >= 0 else ""
    if not start or least > MOST_LEAST:
        return None
    if least and not all(apart(ranges[before], ranges[kind]) for before in range(kind)):
        return None
    begins = start.encode("ascii")
    on_lines = b"\n" + begins
    one = f"(?:.*{LINE_END})*?(?m:{patterns[kind]}){LINE_END}"
    try:
        enough = line_program(f"(?:{one}){{{least}}}(?:.*{LINE_END})*") if least else None
    except ValueError:
        return None

    def clean(text: bytes) -> bool:
        if most is not None and text.startswith(begins) + text.count(on_lines) > most:
            return False
        return enough is None or enough(text)

    return clean
