"""Surrogates are halves of UTF-16, not characters; encoded as UTF-8 they are CESU-8 or WTF-8.

Java's and Oracle's old exports write them. Strict readers refuse the file, lenient ones produce
strings that cannot be written again.
"""

from __future__ import annotations

from ...encoding.damage import Surrogate
from ...model import Edit, Fix, Hit
from ...text.visible import character_name, visible
from ..rule import Explain, Rule, safely


def explain(flaw: Surrogate) -> Hit:
    shown = flaw.bytes.hex(" ").upper()
    if len(flaw.bytes) < 6:
        return flaw.hit(
            f"bytes {shown} are half of a UTF-16 pair (a lone surrogate), not a character",
            help="the other half is lost; write the character that was meant here",
            data={"bytes": shown},
        )
    character = flaw.bytes.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
    meant = character.decode("utf-16")
    right = meant.encode("utf-8")
    edit = Edit(flaw.start, flaw.start + len(flaw.bytes), right)
    return flaw.hit(
        f"bytes {shown} are a surrogate pair in place of {character_name(ord(meant))}: this is "
        "CESU-8, not UTF-8",
        help=f"write {right.hex(' ').upper()} (`{visible(meant)}`) instead",
        fix=Fix("write the character itself", (edit,), how=("cesu-8",)),
        data={"bytes": shown, "code_point": ord(meant)},
    )


rule = Rule(
    __name__,
    code="ENC004",
    summary="A UTF-16 surrogate is encoded as if it were a character (CESU-8).",
    check=Explain.of(Surrogate, explain),
    repairs=(
        safely(
            "A pair is replaced by the character that it stands for.", "encoded-again", reveals=True
        ),
    ),
    bad={"a.txt": "é\nIt works ".encode() + b"\xed\xa0\xbd\xed\xb8\x80\n"},
    ok={"a.txt": "é\nIt works 😀\n".encode()},
)
