"""A line of a megabyte is minified code, base64 or a lost line end, seldom prose.

Readers that hold a line in memory slow down or fail, editors and diffs become useless. How long
is too long is for the profile to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Hit
from ...settings.options import Settings, count
from ...text.lines import Window, code_points
from ...text.screen.screen import Ask, Clue
from ..rule import Local, Rule

MAX_LINE = count(
    "text.max-line",
    "characters (code points) that a line may have, without its line end; 0 for no limit",
    0,
)


def clues(settings: Settings) -> list[Clue]:
    limit = settings[MAX_LINE]
    if not limit:
        return []

    def any_longer(texts: Sequence[bytes]) -> bool:
        return any(has_longer(text, limit) for text in texts)

    return [Ask(any_longer)]


def has_longer(text: bytes, limit: int) -> bool:
    """Whether a line of `text` has more than `limit` bytes, so that it may have as many characters.

    It goes from a line end to the last one within the next `limit` bytes, and so on.
    """
    at = 0
    while len(text) - at > limit:
        end = text.rfind(b"\n", at, at + limit + 1)
        if end < 0:
            end = text.rfind(b"\r", at, at + limit + 1)
        if end < 0:
            return True
        at = end + 1
    return False


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    limit = settings[MAX_LINE]
    for start, end, _ in window.lines():
        length = code_points(window.data[start:end]) if end - start > limit else 0
        if length > limit:
            kept = len(
                window.data[start:end]
                .decode("utf-8", "surrogateescape")[:limit]
                .encode("utf-8", "surrogateescape")
            )
            yield Hit(
                start + kept,
                end,
                f"a line of {length} characters, the profile allows {limit}",
                help="break the line where a sentence or a clause ends",
                data={"length": length, "limit": limit},
            )


rule = Rule(
    __name__,
    code="TXT104",
    summary="A line is longer than the profile allows.",
    check=Local(clues, diagnose, as_written=True),
    options=(MAX_LINE,),
    profile={"text": {"max-line": 12}},
    bad={"a.txt": "Title\nA line of m\u00e4ny words.\n".encode()},
    ok={"a.txt": "Title\nA few w\u00f6rds.\n".encode()},
)
