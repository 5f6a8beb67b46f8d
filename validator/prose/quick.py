"""What says of most bodies in a few passes of RE2 that they are clean, exactly or not at all.

A content model becomes one program over the whole body, each class its pattern and a line end. A
program knows no precedence of classes: where a line that two classes match could stand as either,
it may say clean of what is not. So it is only used where that cannot happen: no two classes
match one line, by the least and the greatest bytes that each may match, or else the model fits
all the same when such a line is of the first of them. Otherwise the lines are walked.

What the lines of a class must fulfil is asked of all lines that begin as those of the class must.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

from ..patterns import LINE_END, line_program, possible_range
from ..utf8 import is_utf8
from .automaton import Automaton
from .grammar import Choice, Expression, Name, Repeat

Need = tuple[int, str, str, int, int | None]
"""Class, pattern, forbidden pattern, least and greatest number."""
Ask = Callable[[bytes], bool]
Range = tuple[bytes, bytes] | None

MOST_PREFIX: Final = 16
MOST_LEAST: Final = 100

# What asks for the ends of the whole text, for any byte or against `(?m)`: another meaning in a
# program over many lines than in one line.
_STRANGE: Final = re.compile(r"\\[AzC]|\(\?[a-zA-Z]*-[a-zA-Z]*m")


# A pattern for all lines that begin with these letters.
_PLAIN: Final = re.compile(r"((?:[^\W_]|[ \"#%&',/:;<=>@_`~!-]|\\[^\w\s])+)\.\*", re.ASCII)


class Screens(Struct, frozen=True):
    """Each says of a text that it is surely clean, or nothing.

    `model` says that a body fits; None if only a walk can. `needs` and `counts` say that checks
    hold. `starts` is what every line of a class begins with.
    """

    model: Ask | None
    needs: Ask
    counts: Ask
    starts: Sequence[str]


def plain(text: bytes) -> bytes:
    """The text with LF for every line end, also the last."""
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text if text.endswith(b"\n") or not text else text + b"\n"


def screens(
    patterns: Sequence[str],
    model: Expression | None,
    automaton: Automaton | None,
    needs: Sequence[Need],
) -> Screens:
    """The screens of `body.lines`; `patterns` are those of its classes, in order."""
    ranges = [_range(pattern) for pattern in patterns]
    program = None
    if model and automaton and _exact(automaton, ranges, patterns):
        try:
            program = line_program(_source(model, patterns))
        except ValueError:
            pass  # too large: the lines are walked
    starts = [_start(one) for one in ranges]
    others = [_others(kind, patterns, starts[kind]) for kind in range(len(patterns))]
    asks = [*_forbidden(needs, starts, others), *_demanded(needs, starts, others)]
    counts = [_counted(need, patterns, ranges, starts[need[0]]) for need in needs]
    return Screens(program, _all(asks), _all(counts), starts)


def _all(asks: Iterable[Ask | None]) -> Ask:
    found = tuple(asks)
    if None in found:
        return lambda text: False
    sure = tuple(ask for ask in found if ask is not None and ask is not _yes)

    def clean(text: bytes) -> bool:
        if not (text.isascii() or is_utf8(text)):
            return False  # a `.` knows no other bytes
        for ask in sure:  # noqa: SIM110 - a generator costs as much as a search
            if not ask(text):
                return False
        return True

    return clean


def _yes(text: bytes) -> bool:
    return True


def _range(pattern: str) -> Range:
    return None if _STRANGE.search(pattern) else possible_range(pattern)


def _start(one: Range) -> str:
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


def _others(kind: int, patterns: Sequence[str], start: str) -> list[str]:
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


def _apart(one: Range, two: Range) -> bool:
    """Whether no line can be of both classes."""
    return one is not None and two is not None and (one[1] < two[0] or two[1] < one[0])


def _exact(automaton: Automaton, ranges: Sequence[Range], patterns: Sequence[str]) -> bool:
    used = sorted(set(automaton.classes[1:]))
    if any(_STRANGE.search(patterns[kind]) for kind in used):
        return False
    unsure = [
        (kind, before)
        for kind in used
        for before in range(kind)
        if not _apart(ranges[before], ranges[kind])
    ]
    return not unsure or automaton.holds_under(unsure)


def _source(model: Expression, patterns: Sequence[str]) -> str:
    """The model as a pattern."""
    if isinstance(model, Name):
        return f"(?m:{patterns[model.index]}){LINE_END}"
    if isinstance(model, Repeat):
        most = "" if model.most is None else model.most
        return f"(?:{_source(model.part, patterns)}){{{model.least},{most}}}"
    parts = [f"(?:{_source(part, patterns)})" for part in model.parts]
    return ("|" if isinstance(model, Choice) else "").join(parts)


def _forbidden(
    needs: Sequence[Need], starts: Sequence[str], others: Sequence[Sequence[str]]
) -> Iterable[Ask | None]:
    """One search for everything that lines of some class must not hold."""
    found = []
    for kind, _, pattern, _, _ in needs:
        if not pattern:
            continue
        if _STRANGE.search(pattern):
            yield None
            return
        start, rest = starts[kind], others[kind]
        within = len(start) + max(map(len, rest), default=0)
        tail = f".*(?:{pattern})"
        found.append(f"(?m:^{re.escape(start)}{_unlike(rest, tail) if rest else tail})")
        found += [f"(?m:^.{{{at}}}(?:{pattern}))" for at in range(within)]
    if found:
        try:
            search = line_program("|".join(found), whole=False)
        except ValueError:
            yield None
        else:
            yield lambda text: not search(text)


def _demanded(
    needs: Sequence[Need], starts: Sequence[str], others: Sequence[Sequence[str]]
) -> Iterable[Ask | None]:
    """Programs for what lines must hold, each for as many classes as can be told apart."""
    demands: dict[int, list[str]] = {}
    for kind, pattern, _, _, _ in needs:
        if not pattern:
            continue
        if not starts[kind] or _STRANGE.search(pattern):
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
        if _start(possible_range(joined)).startswith(start):
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


def _counted(
    need: Need, patterns: Sequence[str], ranges: Sequence[Range], start: str
) -> Ask | None:
    """Whether there are as many lines of a class as there may be."""
    kind, _, _, least, most = need
    if not least and most is None:
        return _yes
    if not start or least > MOST_LEAST:
        return None
    if least and not all(_apart(ranges[before], ranges[kind]) for before in range(kind)):
        return None
    begins = start.encode("ascii")
    on_lines = b"\n" + begins
    one = f"(?:.*{LINE_END})*?(?m:{patterns[kind]}){LINE_END}"
    enough = line_program(f"(?:{one}){{{least}}}(?:.*{LINE_END})*") if least else None

    def clean(text: bytes) -> bool:
        if most is not None and text.startswith(begins) + text.count(on_lines) > most:
            return False
        return enough is None or enough(text)

    return clean
