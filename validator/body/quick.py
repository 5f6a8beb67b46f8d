"""What says of most bodies in a few passes of RE2 that they are clean, exactly or not at all.

A content model becomes one program over the whole body, each class its pattern and a line end. A
program knows no precedence of classes: where a line that two classes match could stand as either,
it may say clean of what is not. So it is only used where that cannot happen: no two classes
match one line, by the least and the greatest bytes that each may match, or else the model fits
all the same when such a line is of the first of them. Otherwise the lines are walked.

What the lines of a class must fulfil is asked of all lines that begin as those of the class must.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ..encoding.utf8 import is_utf8
from ..text.re2 import LINE_END, line_program
from .automaton import Automaton
from .beginnings import (
    STRANGE,
    Ask,
    KindOf,
    Need,
    Range,
    apart,
    counted,
    demanded,
    forbidden,
    others_of,
    range_of,
    start_of,
    sure,
)
from .content_model import Choice, Expression, Name, Repeat


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
    kind_of: KindOf,
) -> Screens:
    """The screens of `body.lines`; `patterns` are those of its classes, in order."""
    ranges = [range_of(pattern) for pattern in patterns]
    program = None
    if model and automaton and _exact(automaton, ranges, patterns):
        try:
            program = line_program(_source(model, patterns))
        except ValueError:
            pass  # too large: the lines are walked
    starts = [start_of(one) for one in ranges]
    others = [others_of(kind, patterns, starts[kind]) for kind in range(len(patterns))]
    asks = [*forbidden(needs, patterns, starts, kind_of), *demanded(needs, starts, others)]
    counts = [counted(need, starts, kind_of) for need in needs]
    return Screens(program, _all(asks), _all(counts), starts)


def _all(asks: Iterable[Ask | None]) -> Ask:
    found = tuple(asks)
    if None in found:
        return lambda text: False
    asked = tuple(ask for ask in found if ask is not None and ask is not sure)

    def clean(text: bytes) -> bool:
        if not (text.isascii() or is_utf8(text)):
            return False  # a `.` knows no other bytes
        for ask in asked:  # noqa: SIM110 - a generator costs as much as a search
            if not ask(text):
                return False
        return True

    return clean


def _exact(automaton: Automaton, ranges: Sequence[Range], patterns: Sequence[str]) -> bool:
    used = sorted(set(automaton.classes[1:]))
    if any(STRANGE.search(patterns[kind]) for kind in used):
        return False
    unsure = [
        (kind, before)
        for kind in used
        for before in range(kind)
        if not apart(ranges[before], ranges[kind])
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
