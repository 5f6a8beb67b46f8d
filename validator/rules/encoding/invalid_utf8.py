"""One byte that is not UTF-8 makes a reader stop, drop the file, or replace the text in silence.

The file as a whole is UTF-8 (most of its multi-byte characters are valid), so something was
pasted in, cut or overwritten. Each damaged place is named, to the byte.

A single byte is often a character of a legacy encoding that came in with a pasted fragment. Each
of the common ones reads it as something; a reading counts when it makes sense where it stands (a
letter in the alphabet and case of its neighbours, punctuation that splits no word) and when that
encoding has the other letters of the file. If more than half of those left agree, that character
is the suggestion and an unsafe fix: the encoding is inferred, so look before you take it. Fragments
from Windows and ISO encodings are mostly told right, those from a Macintosh or DOS often wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ...encoding.charsets import CHARSET, REPAIR_FROM, labels
from ...encoding.damage import BadSequence
from ...encoding.utf8 import Fault, sequence_length
from ...model import Applicability, Edit, Fix, Hit
from ...settings.options import Settings
from ...text.visible import visible
from ..rule import Explain, Rule, safely, unsafely

if TYPE_CHECKING:
    from ...encoding.suggest import Readings

ROW = 16
"""Bytes in a row of the hex excerpt, as in usual hex dumps."""


def explain(flaw: BadSequence, settings: Settings) -> Hit:
    shown = flaw.bytes.hex(" ").upper()
    read = None
    if len(flaw.bytes) == 1:
        from ...encoding.suggest import readings  # its tables are needed for damaged files only

        read = readings(flaw.context.data, flaw.context.at, flaw.letters)
    agreed = read.agreed if read else ""
    return flaw.hit(
        f"{_bytes(shown)} not valid UTF-8: {_why(flaw)}",
        help=_help(shown, agreed),
        notes=tuple(_notes(flaw, read)),
        fix=_declared(flaw, settings[REPAIR_FROM]) or (_fix(flaw, read) if read else None),
        data={"bytes": shown, "fault": flaw.fault.value, "character": agreed},
    )


def _bytes(shown: str) -> str:
    return f"bytes {shown} are" if " " in shown else f"byte 0x{shown} is"


def _why(flaw: BadSequence) -> str:
    lead = flaw.bytes[0]
    if flaw.fault is Fault.STRAY:
        return "a continuation byte that continues nothing"
    if flaw.fault is Fault.NEVER:
        return "this byte occurs in no UTF-8 text"
    if flaw.fault is Fault.BEYOND:
        return "the value lies above U+10FFFF, the end of Unicode"
    next_byte = "the file ends" if flaw.following is None else f"0x{flaw.following:02X} follows"
    return f"it opens a sequence of {sequence_length(lead)} bytes, but {next_byte}"


def _help(shown: str, agreed: str) -> str:
    if not agreed:
        return "write the character that was meant here, and save the file as UTF-8"
    right = agreed.encode().hex(" ").upper()
    return f"replace {shown} by {right} (`{visible(agreed)}`), if that is what was meant"


def _declared(flaw: BadSequence, codecs: tuple[str, ...]) -> Fix | None:
    """The fix that decodes the byte by the first encoding of the profile that can; else None."""
    for codec in codecs if len(flaw.bytes) == 1 else ():  # several bytes: a sequence that was cut
        try:
            text = flaw.bytes.decode(codec)
        except UnicodeError:
            continue
        edit = Edit(flaw.start, flaw.start + len(flaw.bytes), text.encode())
        return Fix(f"write `{visible(text)}` in UTF-8", (edit,), how=(codec,))
    return None


def _fix(flaw: BadSequence, read: Readings) -> Fix | None:
    agreed = read.agreed
    if not agreed:
        return None
    edit = Edit(flaw.start, flaw.start + len(flaw.bytes), agreed.encode())
    how = read.by_character[agreed][0]
    return Fix(f"write `{visible(agreed)}` in UTF-8", (edit,), Applicability.UNSAFE, how=(how,))


def _notes(flaw: BadSequence, read: Readings | None) -> Iterator[str]:
    yield _dump(flaw)
    if read and read.by_character:
        yield f"as {_told(read.by_character, read.agreed)}"
        if read.implausible:
            yield f"it makes less sense as {_told(read.implausible)}"
    if not flaw.valid:
        alone = "else" if flaw.invalid == 1 else f"but for {flaw.invalid} such places"
        yield f"the file is {alone} ASCII: it is damaged here, or a fragment was pasted in"
        return
    yield (
        f"{flaw.valid} of {flaw.valid + flaw.invalid} non-ASCII sequences are valid UTF-8: the "
        "file as a whole is UTF-8, and damaged here"
    )


def _told(found: Mapping[str, tuple[str, ...]], agreed: str = "") -> str:
    """`windows-1252, ISO-8859-1: `é` U+00E9; macintosh: ...`, at most three characters."""
    ordered = sorted(found, key=lambda character: character != agreed)[:3]
    return "; ".join(
        _one(character, found[character], character == agreed) for character in ordered
    )


def _one(character: str, codecs: tuple[str, ...], agreed: bool) -> str:
    count = f", {len(codecs)} candidates agree" if agreed and len(codecs) > 1 else ""
    return f"{labels(codecs)}: `{visible(character)}` U+{ord(character):04X}{count}"


def _dump(flaw: BadSequence) -> str:
    """The rows of a hex dump that have the bytes, with these in brackets."""
    origin = flaw.start - flaw.context.at
    row = max(flaw.start // ROW * ROW, origin)
    end = -(-(flaw.start + len(flaw.bytes)) // ROW) * ROW
    cells = [f"{byte:02x}" for byte in flaw.context.data[row - origin : end - origin]]
    first = flaw.start - row
    cells[first] = f"[{cells[first]}"
    cells[first + len(flaw.bytes) - 1] += "]"
    return f"bytes {row:08x}  {' '.join(cells)}"


rule = Rule(
    __name__,
    code="ENC001",
    summary="Bytes in a UTF-8 file are not UTF-8.",
    check=Explain(BadSequence, explain),
    options=(CHARSET, REPAIR_FROM),
    repairs=(
        safely(
            "A byte is replaced by what it is in an encoding of `encoding.repair-from`.",
            "encoded-again",
            reveals=True,
        ),
        unsafely(
            "A byte that legacy encodings agree on is replaced by that character in UTF-8.",
            "encoded-again",
            reveals=True,
        ),
    ),
    bad={"a.txt": "Café\n".encode() + b"ferm\xe9 d\xc3\xa8s midi\n"},
    ok={"a.txt": "Café\nfermé\n".encode()},
)
