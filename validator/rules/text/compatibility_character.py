"""Letters that a layout chose are other letters to every program: `ﬁ` is not `f` and `i`.

Ligatures come out of PDF files, fullwidth letters out of East Asian input, bold "letters" of the
mathematical block out of social networks. A search for the word does not find them. In an East
Asian line fullwidth letters are normal, as they are in a line of nothing else, and up to three
mathematical letters are a formula, as are any in MathML. Beside its plain letters (`ﬁ fi`) such a
character is an entry of a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit, Severity
from ...settings.options import Settings, several
from ...text.lines import Window
from ...text.normal_form import normalized
from ...text.screen.screen import Beyond, Clue
from ...text.scripts import EAST_ASIAN
from ..rule import Local, Rule, safely, unsafely
from . import (
    ALLOWED_CHARACTERS,
    LINE_END,
    LINE_START,
    code_points,
    in_mathml,
    is_alone,
    is_paired,
    is_spelled,
    line_test,
    replacement,
    sightings,
)

_KINDS = "ligatures fullwidth mathematical"
KINDS = several(
    "text.compatibility",
    "kinds of characters that stand for plain letters and are not allowed",
    _KINDS,
    _KINDS,
)

_FULLWIDTH = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_PATTERNS = {
    "ligatures": "[\ufb00-\ufb06]",
    # not after a character that is, or by its bytes may be, East Asian
    "fullwidth": f"(?<![\u3000-\udfff\uf000-\uffff])[{_FULLWIDTH}]{{3,}}",
    "mathematical": "[\U0001d400-\U0001d7ff]{4,}",
}
# Three in a row, the first not after an East Asian character: those have leads E3-ED and EF.
_THREE = rb"(?:\xef[\xbc\xbd][\x80-\xbf]){2}(?<![\xe3-\xed\xef][\x80-\xbf]{2}\xef..\xef..\xef..)"
_CLUES = {
    "ligatures": (Beyond(b"\xef\xac", rb"[\x80-\x86]"),),
    "fullwidth": (
        Beyond(b"\xef\xbc", rb"[\x90-\x99\xa1-\xba]" + _THREE),
        Beyond(b"\xef\xbd", rb"[\x81-\x9a]" + _THREE),
    ),
    "mathematical": (Beyond(b"\xf0\x9d", rb"[\x90-\x9f].(?:\xf0\x9d[\x90-\x9f].){3}"),),
}


_NAMED = r"(?i)ligatur|code[ -]?point|full-?width|\bNFK[CD]\b|\bU\+[0-9A-F]{4}"
"""Words in a line that is about such characters, and so may have examples of them."""


def clues(settings: Settings) -> list[Clue]:
    return [clue for kind in settings[KINDS] for clue in _CLUES[kind]]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    east_asian = line_test(window, f"[{EAST_ASIAN}]|{LINE_START}[^ -~]+{LINE_END}")
    named = line_test(window, _NAMED)
    kinds = [
        one for one in settings[KINDS] if any(clue.lead in window.data for clue in _CLUES[one])
    ]
    hits = [
        _hit(start, end, match.group(), kind)
        for kind in kinds
        for start, end, match in sightings(window, settings, _PATTERNS[kind])
        if not (kind == "fullwidth" and east_asian(start))
        and not (kind == "mathematical" and in_mathml(match))
        and not (is_alone(match) or is_spelled(match) or named(start))
        and not is_paired(match, normalized("NFKC", match.group()))
    ]
    yield from sorted(hits, key=lambda hit: hit.start)


def _hit(start: int, end: int, run: str, kind: str) -> Hit:
    plain = normalized("NFKC", run)
    what = "a ligature" if kind == "ligatures" else f"{kind} characters"
    return Hit(
        start,
        end,
        f"`{run[:40]}` is written with {what} instead of `{plain[:40]}`",
        help="write the plain letters; a font makes the ligatures"
        if kind == "ligatures"
        else "write the plain letters",
        fix=replacement(start, end, plain, f"write `{plain[:40]}`", safe=kind == "ligatures"),
        data={"code_points": code_points(run), "plain": plain[:1000]},
    )


rule = Rule(
    __name__,
    code="TXT507",
    summary="Words are written with ligatures, fullwidth or mathematical letters.",
    check=Local(clues, diagnose),
    severity=Severity.WARNING,
    options=(KINDS, ALLOWED_CHARACTERS),
    repairs=(
        safely("The plain letters are written.", "compatibly-equal"),
        unsafely("The plain letters are written.", "compatibly-equal"),
    ),
    bad={"a.txt": "Title\nOﬃce, Ｗｏｒｄ, 𝗕𝗼𝗹𝗱.\n".encode()},
    ok={"a.txt": "Title\nOffice, 𝑥 = 2, 第１２３章ＡＢＣ.\n".encode()},
)
