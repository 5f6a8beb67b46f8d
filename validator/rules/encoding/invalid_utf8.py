"""One byte that is not UTF-8 makes a reader stop, drop the file, or replace the text in silence.

The file as a whole is UTF-8 (most of its multi-byte characters are valid), so something was
pasted in, cut or overwritten. Each damaged place is named, to the byte.
"""

from __future__ import annotations

from ...decode import CHARSET, BadSequence, Fault, sequence_length
from ...model import Hit
from ...options import Settings
from ...rule import Example, Explain, Rule


def explain(flaw: BadSequence, settings: Settings) -> Hit:
    shown = flaw.bytes.hex(" ").upper()
    return Hit(
        flaw.start,
        flaw.start + len(flaw.bytes),
        f"{_bytes(shown)} not valid UTF-8: {_why(flaw)}",
        help="write the character that was meant here, and save the file as UTF-8",
        notes=(_standing(flaw),),
        data={"bytes": shown, "fault": flaw.fault.value},
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


def _standing(flaw: BadSequence) -> str:
    return (
        f"{flaw.valid} of {flaw.valid + flaw.invalid} non-ASCII sequences are valid UTF-8: the "
        "file as a whole is UTF-8, and damaged here"
    )


rule = Rule(
    code="ENC001",
    name="invalid-utf8",
    summary="Bytes in a UTF-8 file are not UTF-8.",
    why=__doc__,
    check=Explain(BadSequence, explain),
    options=(CHARSET,),
    bad=Example({"a.txt": "Café\n".encode() + b"ferm\xe9 d\xc3\xa8s midi\n"}),
    ok=Example({"a.txt": "Café\nfermé\n".encode()}),
)
