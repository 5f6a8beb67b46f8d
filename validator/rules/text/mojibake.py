"""Text that was UTF-8, read as another encoding and saved again, says `cafÃ©` where it said `café`.

Nothing fails: the file is valid UTF-8, and search, training and readers take the wreck for text.
The damage is reversible as long as no byte was lost, so the text that was meant is shown, and how
often it was misread. A place is reported only where going back makes the line less odd, and
not beside a dump of its bytes, or alone between quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...encoding.mojibake.clues import CLUES, suspect
from ...model import Applicability, Edit, Fix, Hit, Severity
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.visible import visible
from ..rule import Local, Rule, unsafely, where
from . import alike

if TYPE_CHECKING:
    from ...encoding.mojibake.repair import Repair, Word

MOJIBAKE = choice(
    "text.mojibake",
    "UTF-8 that was read in another encoding and saved again",
    "forbid allow",
)

_DUMP = later(rb"(?:\b[0-9A-Fa-f]{2}[ \t]+){4}")
"""A line with a dump of bytes: it may also have their characters, as an example."""

_QUOTED = later(r"[^\w\s]*[\"'`“‘«][^A-Za-z0-9\s]{1,8}[\"'`”’»][^\w\s]*")
"""Signs alone between quotes, without a letter or digit: an example in a text about mojibake."""

_SIGNS = "".join(map(chr, (*range(33, 48), *range(58, 65), *range(91, 97), *range(123, 127))))
"""`string.punctuation`, without the import of `string`, which compiles a pattern."""

_SHOWN = 40
"""Characters of a word that a message shows at most: Chinese has no spaces between words."""


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    from ...encoding.mojibake.repair import repair

    done = 0
    for match in suspect().finditer(window.data):
        if match.start() < done:
            continue
        start, done = window.line_bounds(window.line_at(match.start()))
        line = window.data[start:done]
        found = None if _DUMP.search(line) else repair(line.decode("utf-8", "surrogateescape"))
        if found and not all(_QUOTED.fullmatch(word.text) for word in found.words()):
            yield _hit(start, found)


def _hit(line: int, found: Repair) -> Hit:
    words = found.words()
    edits = tuple(_edits(line, found.line, words))
    shown, was = _shown(words[0])
    misread = _misread(words[0].codecs)
    more = len(words) - 1
    also = f"; {more} more {'word' if more == 1 else 'words'} of this line" if more else ""
    proof = f"exact: what was mended, saved as UTF-8 and {misread}, is what stands here"
    doubt = "a byte was lost on the way, so that what was meant is inferred, not computed"
    how = tuple(" ".join(word.codecs) for word in words)
    fix = Fix("write what was meant", edits, Applicability.UNSAFE, how=how)
    return Hit(
        edits[0].start,
        edits[-1].end,
        f"mojibake: `{shown}` is `{was}`, UTF-8 that was {misread}{also}",
        help="mend it where it arose, by reading the source as UTF-8; if the source is gone, write "
        "what was meant",
        notes=(proof if found.exact else doubt,),
        fix=fix if found.exact else None,
        data={
            "codecs": list(words[0].codecs),
            "depth": len(words[0].codecs),
            "original": words[0].original,
            "words": len(words),
        },
    )


def _edits(line: int, text: str, words: list[Word]) -> Iterator[Edit]:
    """An edit for each word, so that clean text between them is not changed."""
    offset, start = 0, line
    for word in words:
        start += len(_bytes(text[offset : word.offset]))
        offset = word.offset
        yield Edit(start, start + len(_bytes(word.text)), _bytes(word.original))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _shown(word: Word) -> tuple[str, str]:
    """The word and the original word; of long ones a part, around the first difference."""
    text, original = word.text.strip(_SIGNS), word.original.strip(_SIGNS)
    begin = max(0, alike(text, original) - _SHOWN // 2)
    return _cut(text, begin), _cut(original, begin)


def _cut(text: str, begin: int) -> str:
    more = "…" if len(text) > begin + _SHOWN else ""
    return visible(("…" if begin else "") + text[begin : begin + _SHOWN] + more)


def _misread(codecs: tuple[str, ...]) -> str:
    """`read as windows-1252 (twice)`; the codecs come with the last misreading first."""
    if len(set(codecs)) > 1:
        return "read as " + ", then as ".join(reversed(codecs))
    times = {1: "", 2: " (twice)"}.get(len(codecs), f" ({len(codecs)} times)")
    return f"read as {codecs[0]}{times}"


rule = Rule(
    __name__,
    code="TXT401",
    summary="Text is UTF-8 that was read in another encoding and saved again.",
    check=Local(where(MOJIBAKE, "forbid", *CLUES), diagnose),
    severity=Severity.WARNING,
    covers=("c1-control", "escape-sequence"),
    options=(MOJIBAKE,),
    repairs=(
        unsafely(
            "The text is written as it was before it was misread, where that is exact.",
            "misread-again",
        ),
    ),
    bad={"a.txt": "Title\nThe cafÃ© is closed.\n".encode()},
    ok={"a.txt": "Title\nThe café is closed.\n".encode()},
)
