"""One letter can be written in two ways, as `é` or as `e` and an accent, and only looks the same.

Keys, titles and searches then do not match what they should. NFC, the composed form, is what
keyboards, web and databases use. Hebrew, Arabic, Indic and Burmese keyboards write other orders by
custom, so unless the profile asks for all of NFC they are left alone. So are lines of one
decomposed word in small letters, as in the word lists of BIP 39, letters under a heap of marks, and
an entry of a table that has both forms beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from stringzilla import utf8_find_denormalized

from ...model import Applicability, Edit, Fix, Hit, Severity
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.normal_form import Form, is_normalized, normalized
from ...text.screen.screen import Ask, Beyond, Clue
from ...text.scripts import GREEK
from ...text.visible import visible
from ..rule import Local, Rule, safely, unsafely
from . import LINE_END, LINE_START, alike, is_alone, is_paired, is_spelled, line_test

NORMALIZATION = choice(
    "text.normalization",
    "normal form of Unicode: `by-script` for NFC in Latin, Greek, Cyrillic, kana and Hangul, `nfc` "
    "for all of it, `nfd`, `nfkc` or `nfkd` for a format that demands another form, `any` for no "
    "check",
    "by-script nfc nfd nfkc nfkd any",
)

# Characters that compose with the one before: accents, vowels and finals of Hangul, kana voicing.
_MARKS = "\u0300-\u034e\u0350-\u036f\u1161-\u1175\u11a8-\u11c2\u3099\u309a"
# Characters that NFC always replaces (CompositionExclusions.txt, singletons of UnicodeData.txt).
_SINGLES = (
    "\u0374\u037e\u0387\u1f71\u1f73\u1f75\u1f77\u1f79\u1f7b\u1f7d\u1fbb\u1fbe\u1fc9\u1fcb\u1fd3"
    "\u1fdb\u1fe3\u1feb\u1fee\u1fef\u1ff9\u1ffb\u1ffd\u2000\u2001\u2126\u212a\u212b\u2329\u232a"
)
_SUSPECT = f"[^{_MARKS}\r\n]?[{_MARKS}]+|[{_SINGLES}]"
_LINE = "[^\r\n]+"
_LETTER = r"[^\W\d_]"
_LISTED = (
    f"{LINE_START}(?![^\r\n]*[A-ZΑ-ΩА-Я]){_LETTER}(?:(?![{_MARKS}]){_LETTER})*"
    f"[{_MARKS}](?:[{_MARKS}]|(?![{_MARKS}]){_LETTER})*{LINE_END}"
)
"""A line of one decomposed word in small letters: word lists are so where a format says it. Some
marks are letters, too (those of Hangul): each character fits in one way only, or a line of them
would be tried in all ways to part it."""

_NAMED = r"\bNFK?[CD]\b|(?i:normali[sz]|compos(?:ed|ition)|combining)"
"""Words in a line that is about normalization, and so may have examples of such text."""

_GREEK_SIGNS = "\u037e\u0387"
_AFTER_GREEK = later(f"[{GREEK}][)»\u201d\"']?\\Z")
"""A Greek letter at the end of the text before a Greek question mark or raised point."""

_MARKS_OF_A_LETTER = 3
"""Code points at most of a letter with its marks, in any orthography that composes them."""

_CLUES = (
    Beyond(b"\xcc", b""),
    Beyond(b"\xcd", rb"[\x80-\x8e\x90-\xaf\xb4\xbe]"),
    Beyond(b"\xce\x87", b""),
    Beyond(b"\xe1\x85", rb"[\xa1-\xb5]"),
    Beyond(b"\xe1\x86", rb"[\xa8-\xbf]"),
    Beyond(b"\xe1\x87", rb"[\x80-\x82]"),
    Beyond(b"\xe1\xbd", rb"[\xb1\xb3\xb5\xb7\xb9\xbb\xbd]"),
    Beyond(b"\xe1\xbe", rb"[\xbb\xbe]"),
    Beyond(b"\xe1\xbf", rb"[\x89\x8b\x93\x9b\xa3\xab\xae\xaf\xb9\xbb\xbd]"),
    Beyond(b"\xe2\x80", rb"[\x80\x81]"),
    Beyond(b"\xe2\x84", rb"[\xa6\xaa\xab]"),
    Beyond(b"\xe2\x8c", rb"[\xa9\xaa]"),
    Beyond(b"\xe3\x82\x99", b""),
    Beyond(b"\xe3\x82\x9a", b""),
)


def clues(settings: Settings) -> list[Clue]:
    if settings[NORMALIZATION] == "any":
        return []
    form = settings[NORMALIZATION]
    if form == "by-script":
        return [*_CLUES]
    return [Ask(_denormalized if form == "nfc" else partial(_not_in, form), beyond=True)]


def _not_in(form: str, texts: Sequence[bytes]) -> bool:
    """Whether one of the texts may be not in this form; True also for one that is not UTF-8."""
    for text in texts:
        try:
            if not is_normalized(_name(form), text.decode()):
                return True
        except UnicodeDecodeError:
            return True
    return False


def _name(form: str) -> Form:
    """The form as the standard calls it; `by-script` is NFC."""
    names: dict[str, Form] = {"nfd": "NFD", "nfkc": "NFKC", "nfkd": "NFKD"}
    return names.get(form, "NFC")


def _denormalized(texts: Sequence[bytes]) -> bool:
    return any(map(_one_denormalized, texts))


def _one_denormalized(text: bytes) -> bool:
    """Whether `text` may be not in NFC. If it is not UTF-8, its valid parts are searched.

    Each part of a text in NFC is in NFC: so a part that is not shows that the text is not.
    """
    if utf8_find_denormalized(text, "NFC") is not None:
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        rest = text.decode("utf-8", "ignore").encode()
        return bool(rest) and utf8_find_denormalized(rest, "NFC") is not None
    return False


Change = tuple[int, int, str, str]
"""Start and end in bytes, the text that is written there, and the same text in the form."""


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    wanted = settings[NORMALIZATION]
    by_script, form = wanted == "by-script", _name(wanted)
    listed = line_test(window, f"{_LISTED}|{_NAMED}") if by_script else None
    by_line: dict[int, list[Change]] = {}
    for start, _, match in window.matches(re.compile(_SUSPECT if by_script else _LINE)):
        written = match.group()
        composed = normalized(form, written)
        if composed == written or (by_script and _is_shown(match, composed)):
            continue
        if listed is None or not listed(start):
            change = _narrowed(start, written, composed)
            by_line.setdefault(window.line_at(start), []).append(change)
    for changes in by_line.values():
        yield _hit(changes, form)


def _is_shown(match: re.Match[str], composed: str) -> bool:
    """Whether a match is an example of itself: stacked marks, a sign alone or beside its number."""
    if match.group() in _GREEK_SIGNS:
        return (
            _AFTER_GREEK.search(match.string, max(0, match.start() - 2), match.start()) is not None
        )
    if _is_stack(match.group(), composed) or is_paired(match, composed):
        return True
    return is_alone(match) or is_spelled(match)


def _is_stack(written: str, composed: str) -> bool:
    """Whether a letter has more marks than in any orthography, and only their order changes."""
    return len(written) > _MARKS_OF_A_LETTER and len(composed) == len(written)


def _narrowed(start: int, written: str, composed: str) -> Change:
    """The change without the common beginning and end of its two texts."""
    head = alike(written, composed)
    tail = alike(written[head:][::-1], composed[head:][::-1])
    written, kept = written[head : len(written) - tail], written[:head]
    start += len(kept.encode("utf-8", "surrogateescape"))
    end = start + len(written.encode("utf-8", "surrogateescape"))
    return start, end, written, composed[head : len(composed) - tail]


def _hit(changes: list[Change], form: str) -> Hit:
    """The hit for all changes in one line."""
    start, end, written, composed = changes[0]
    several = f", and {len(changes) - 1} more in this line" if len(changes) > 1 else ""
    edits = tuple(
        Edit(begin, stop, text.encode("utf-8", "surrogateescape"))
        for begin, stop, _, text in changes
    )
    kind = Applicability.UNSAFE if form in ("NFKC", "NFKD") else Applicability.SAFE
    short = len(written) <= 4
    what = f"`{visible(composed)}` is written as {_points(written)}" if short else "text is written"
    return Hit(
        start,
        end,
        f"{what}, not in {_FORMS[form]} {form}{several}",
        help=f"normalize the text to {form}",
        fix=Fix(f"normalize to {form}", edits, kind),
        data={"count": len(changes)},
    )


_FORMS = {
    "NFC": "the composed form",
    "NFD": "the decomposed form",
    "NFKC": "the composed compatibility form",
    "NFKD": "the decomposed compatibility form",
}


def _points(text: str) -> str:
    return " ".join(f"U+{ord(one):04X}" for one in text)


rule = Rule(
    __name__,
    code="TXT505",
    summary="Characters are not in the composed form NFC, or another that is declared.",
    check=Local(clues, diagnose),
    severity=Severity.WARNING,
    options=(NORMALIZATION,),
    repairs=(
        safely(
            "The characters are written in NFC, or NFD if that is declared.", "canonically-equal"
        ),
        unsafely("The characters are written in NFKC or NFKD.", "compatibly-equal"),
    ),
    bad={"a.txt": "Title\nCafe\u0301 re\u0301sume\u0301 5\u2126 \u1112\u1161\u11ab.\n".encode()},
    ok={"a.txt": "Title\nCaf\u00e9 \u1eb9\u0301.\n".encode()},
)
