"""Checks that find most bodies clean in a few passes of RE2; "clean" from them is always right.

A content model becomes one program over the whole body: each class is its pattern and a line end. A
program knows no precedence of classes: where two classes match one line, it could take the line for
either, and find a body clean that is not. So a program is used only where that cannot happen: no
two classes match one line, by the least and the greatest bytes that each may match, or the model
still fits when each such line is of the first class. Otherwise the lines are walked.

What the lines of a class must fulfil is asked of all lines that begin as lines of the class do.
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
    """Checks of a text: True means that it is surely clean, False that this is not known.

    `model` checks the content model; None if only a walk can. `needs` checks what lines must hold
    and must not hold, `counts` their numbers. `starts` has for each class what every line of it
    begins with.
    """

    model: Ask | None
    needs: Ask
    counts: Ask
    starts: Sequence[str]


def plain(text: bytes) -> bytes:
    """The text with LF for every line end, and with one at its end if it is not empty."""
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
            return False  # a `.` of RE2 matches no bytes outside of UTF-8
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
