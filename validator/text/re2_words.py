"""What RE2 does not accept of a pattern, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

MOST_REPEATED: Final = 1000
"""Repetitions that RE2 counts at most (`kMaxRepeat` in re2/parse.cc)."""

_MISSING: Final = {
    "(?=": "look-ahead",
    "(?!": "look-ahead",
    "(?<": "look-behind",
    "(?>": "atomic groups",
    "(?(": "conditions",
    "(?P": "references to groups",
}


def refusal(detail: str) -> str:
    """The rest of a sentence about a pattern, from the words of RE2: `missing ): (a`."""
    kind, _, part = detail.partition(": ")
    said = _SAID.get(kind)
    return f"is not a pattern that RE2 accepts: {said(part) if said else detail}"


def _operator(part: str) -> str:
    what = next((words for sign, words in _MISSING.items() if part.startswith(sign)), "")
    if not what:
        return f"`{part}` begins no group that it knows"
    apart = ""
    if part in {"(?!", "(?<!"}:
        apart = (
            "; what must not be there is said apart: `not.pattern` in a schema, `not-pattern` of "
            "lines, `!` in `files`"
        )
    return f"it has no {what} (`{part}`), so that every text takes linear time{apart}"


def _escape(part: str) -> str:
    if part[1:].isdigit():
        return f"it has no back-references (`{part}`), so that every text takes linear time"
    return f"there is no `{part}`"


def _size(part: str) -> str:
    return (
        f"`{part}` is too much: it repeats at most {MOST_REPEATED} times, where repetitions within "
        f"each other are multiplied; `.{{1,1999}}` can be written `.{{1,1000}}.{{0,999}}`"
    )


def _nothing(part: str) -> str:
    itself = f"for the sign itself write `\\{part[:1]}`"
    any_text = "for any text, as `*` in the names of files, `.*`; " if part == "*" else ""
    return f"`{part}` has nothing before it to repeat; {any_text}{itself}"


_SAID: Final[dict[str, Callable[[str], str]]] = {
    "missing )": lambda part: "a `(` is not closed; for the sign itself write `\\(`",
    "unexpected )": lambda part: "a `)` closes nothing; for the sign itself write `\\)`",
    "missing ]": lambda part: f"the `[` of `{part}` is not closed; for the sign itself write `\\[`",
    "invalid perl operator": _operator,
    "invalid escape sequence": _escape,
    "invalid repetition size": _size,
    "no argument for repetition operator": _nothing,
    "bad repetition operator": lambda part: f"`{part}` repeats a repetition; put it in parentheses",
    "invalid character class range": lambda part: (
        f"`{part}` is no range or class of characters that it knows"
    ),
    "invalid character class": lambda part: f"`{part}` is no class of characters",
    "invalid named capture group": lambda part: f"`{part}` is no name for a group, or is one twice",
    "trailing \\": lambda part: "it ends in a `\\` with nothing behind it",
    "pattern too large - compile failed": lambda part: "it is too large; repeat less in it",
}
"""By the words of RE2 (`kErrorStrings` in re2/regexp.cc)."""
