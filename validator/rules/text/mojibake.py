"""Text that was UTF-8, read as another encoding and saved again, says `cafÃ©` where it said `café`.

Nothing fails: the file is valid UTF-8, and search, training and readers take the wreck for text.
The damage is reversible as long as no byte was lost, so the text that was meant is shown, and how
often it was misread. A place is reported only where going back makes the line less odd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os.path import commonprefix

from stringzilla import find

from ...lines import Window
from ...model import Applicability, Edit, Fix, Hit, Severity
from ...mojibake import Repair, Word, repair
from ...options import Settings, choice
from ...rule import Example, Local, Rule
from ...screen import Ask, Beyond, Clue
from ...visible import visible

MOJIBAKE = choice(
    "text.mojibake",
    "UTF-8 that was read in another encoding and saved again",
    "forbid",
    "forbid",
    "allow",
)

_SHOWN = 40
"""Characters of a word that a message shows; Chinese puts no spaces between words."""

# How misread UTF-8 looks in bytes. Common typography (`É”`, `é »`) and natural words (Ukrainian
# `Ці`) are left out: a damaged line gives other clues. The signs that follow no letter:
_SIGN = (
    rb"(?:\xc2[^\xa0\xab\xbb]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]"
    rb"|\xe2(?:\x80[\x9a\x9e\xa0-\xa2\xb0\xb9\xba]|[\x82\x84\x88\x89]))"
)
_MORE = rb"(?=[\xc2\xc6\xcb\xe2]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe])"
_CYRILLIC = rb"(?:(?<=\xd0[\x80-\xbf]%b)|(?<=\xd1[\x80-\xbf]%b))"
# In clean Cyrillic D0 and D1 are every other byte, so cp1251 is looked for by the rarer bytes that
# follow, and by single capitals beside Latin letters (`MГјller`).
_CLUES = (
    # windows-1252, latin-1: `Ã©`, `Ã `, `Ð°`, `ä½`, `â€™`, emoji; cp850: `ÔÇÖ`
    (b"\xc3", rb"[\x82\x83] |[\x82-\xbf](?=[\xc2\xc3\xc5\xc6\xcb\xe2])(?:(?<=[\x82-\x85\x90])[^\xc3]"
              rb"|(?<=[\x86-\x9f])" + _SIGN + rb"|(?<=[\xa0-\xaf])" + _SIGN + _MORE +
              rb"|(?<=[\xa0-\xaf])(?:\xc2[\xa0\xab\xbb]|\xe2\x80[\x93-\xa6])" + _SIGN +
              rb"|(?<=\xa2)\xe2\x82\xac|(?<=\xb0)(?:\xc5\xb8|\xc2[\x90-\x9f]|\xe2[\x95\x96])"
              rb"|(?<=\xbf)[\xc2\xc3\xe2]|(?<=\x94)\xc3\x87)"),
    # windows-1250: `Ă©`, `Ĺ‚`, `Đ°`
    (b"\xc4", rb"\x82(?:\xc2[^\xa0\xab\xbb]|\xc4[\x84\x85\xbd\xbe]|\xc5[^\x9e\x9f\xa2\xa3])"),
    (b"\xc4", rb"[\x87\x8c\x8d\xba](?:\xc2[^\xa0\xab\xbb]|\xe2\x80[\x9a\x9e\xa0-\xa2\xb0\xb9\xba])"),
    (b"\xc5", rb"[\x95\x98\xae]\xc2[^\xa0\xab\xbb]"),
    (b"\xc4", rb"\x82\xc2\xa0(?= )|\xb9[\xc2\xc4\xc5\xcb\xe2]|\x90\xc2[^\xa0\xab\xbb]"),
    # windows-1251: `Р°`, `Г©`, `С‚`, `вЂ™`, `Гј` in a Latin word
    (b"\xc2", _CYRILLIC.replace(b"%b", rb"\xc2") + rb"[\xa4-\xa7\xa9\xac\xae\xb0\xb1\xb5-\xb7]"),
    (b"\xc2", rb"(?<=\xd0\x93\xc2)[\xa0\xab\xad\xbb](?=[A-Za-z ])"),
    (b"\xc2", rb"\xbb(?:[\xd0-\xd2]|\xe2[\x82\x84]|\xc2[\xa4-\xb7])"),
    (b"\xe2", rb"(?<=\xd0\x93\xe2)\x80.(?=[A-Za-z])|(?<=\xd0\xb0\xe2)\x84\x96"),
    (b"\xe2", _CYRILLIC.replace(b"%b", rb"\xe2") + rb"(?:\x80[\x9a\x9e\xa0-\xa2\xb0\xb9\xba]|\x82)"),
    # MacRoman: `√©`, `≈Ç`, `–∞`, `‚Äô`, `„ÅÆ`, `‡∏`, `◊ê`, `¬†`, `·ª`, `ƒÉ`, `Œ±`, `Ÿà`
    (b"\xe2", rb"(?:\x88[\x9a\x86]|\x89\x88|\x80[\xa1\xb0]|\x97\x8a)[\xc2-\xc6\xcb\xce\xcf\xe2\xef]"),
    (b"\xe2", rb"\x80[\x93\x94](?:\xe2[\x88\x89]|\xc2[\xaa\xb0\xb1\xb4-\xb6\xba])"),
    (b"\xe2", rb"\x80[\x9a\x9e](?:\xc3.[\xc2-\xc6\xcb\xce\xcf\xe2\xef]|[\xc2\xe2\xce\xcf])"),
    (b"\xc2", rb"\xac[\xc2\xe2]|\xbb\xc3[\xb4\xb5]|\xb7(?:\xe2[\x88\x89]|\xc2\xaa)"),
    (b"\xc6", rb"\x92[\xc2\xc3\xe2]"),
    (b"\xc5", rb"[\x92\x93](?:\xe2[\x88\x89]|\xc2[\xb0-\xb6]|\xce\xa9|\xcf\x80)|\xb8[\xc2\xc3\xe2]"),
    (b"\xef\xa3", rb"\xbf\xc3"),
    # cp866, cp437, cp850, koi8-r: letters among box drawings
    (b"\xe2", rb"\x95[\xa4\xa8](?:[\xc2\xc3\xd0\xd1]|\xe2\x96)|\x94\xbc[\xc2\xc3\xd0\xd1]"),
    (b"\xe2", rb"\x94\x9c(?:[\xc2\xc3\xc6\xce-\xd1]|\xe2[\x82\x88\x89\x8c\x95])"),
    (b"\xe2", rb"(?:(?<=\xd0[\x80-\xbf]\xe2)|(?<=\xd1[\x80-\xbf]\xe2))(?:\x94[^\x82]|\x95[^\x91]|\x96)"),
    (b"\xce\x93", rb"\xc3\x87"),
)  # fmt: skip
_CAPITALS = (
    b"\xd0\x82",
    b"\xd0\x83",
    b"\xd0\x8c",
    b"\xd0\x8f",
    b"\xd0\x93",
    b"\xd0\x94",
    b"\xd0\x95",
)
_OUT_OF_PLACE = (
    rb"\xd0(?:[\x82\x83\x8c\x8f](?<=[\xd0\xd1][\xa0-\xbf]..)|[\x93-\x95](?:(?<=[A-Za-z]..)[\xd0-\xd2\xe2]"
    rb"|[\xd0-\xd2].(?=[A-Za-z])|(?<= \xd0\x93)\xd0[\x81\x84\x8e] ))"
)
"""More of windows-1251: Ђ, Ѓ, Ќ or Џ after another letter (`вЂ™`), and Г, Д or Е (the bytes C3 to
C5) beside Latin letters (`MГјller`, `ГЁ`)."""

_out_of_place = re.compile(_OUT_OF_PLACE, re.DOTALL)
_suspect = re.compile(
    b"|".join([*(re.escape(lead) + b"(?:" + tail + b")" for lead, tail in _CLUES), _OUT_OF_PLACE]),
    re.DOTALL,
)


def clues(settings: Settings) -> list[Clue]:
    if settings[MOJIBAKE] == "allow":
        return []
    return [Ask(_capital_out_of_place), *(Beyond(lead, tail) for lead, tail in _CLUES)]


def _capital_out_of_place(texts: Sequence[bytes]) -> bool:
    """Visits those capitals: a regular expression would stop at every letter of clean Cyrillic."""
    return any(_visits(text) for text in texts if find(text, b"\xd0") >= 0)


def _visits(text: bytes) -> bool:
    for capital in _CAPITALS:
        at = find(text, capital)
        while at >= 0:
            if _out_of_place.match(text, at):
                return True
            at = find(text, capital, at + 2)
    return False


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    done = 0
    for match in _suspect.finditer(window.data):
        if match.start() < done:
            continue
        start, done = window.line_bounds(window.line_at(match.start()))
        found = repair(window.data[start:done].decode("utf-8", "surrogateescape"))
        if found:
            yield _hit(start, found)


def _hit(line: int, found: Repair) -> Hit:
    words = found.words()
    edits = tuple(_edits(line, found.line, words))
    shown, was = _shown(words[0])
    misread = _misread(words[0].codecs)
    more = len(words) - 1
    also = f"; {more} more {'word' if more == 1 else 'words'} of this line" if more else ""
    proof = f"`{was}` saved as UTF-8 and {misread} gives exactly what stands here"
    doubt = "a byte was lost on the way, so that what was meant is inferred, not computed"
    fix = Fix("write what was meant", edits, Applicability.UNSAFE)
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
    """One for each word, so that what is clean between them is not touched."""
    for word in words:
        start = line + len(_bytes(text[: word.offset]))
        yield Edit(start, start + len(_bytes(word.text)), _bytes(word.original))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _shown(word: Word) -> tuple[str, str]:
    """The word and what it was; of a long one the part that begins to differ."""
    begin = max(0, len(commonprefix([word.text, word.original])) - _SHOWN // 2)
    return _cut(word.text, begin), _cut(word.original, begin)


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
    code="TXT401",
    name="mojibake",
    summary="Text is UTF-8 that was read in another encoding and saved again.",
    why=__doc__,
    check=Local(clues, diagnose),
    severity=Severity.WARNING,
    options=(MOJIBAKE,),
    fix="The text is written as it was before it was misread, where that is exact.",
    bad=Example({"a.txt": "Title\nThe cafÃ© is closed.\n".encode()}),
    ok=Example({"a.txt": "Title\nThe café is closed.\n".encode()}),
)
