"""Bytes that the declared encoding gives no meaning are lost, or end the reading, on decoding.

The profile declares another encoding than UTF-8. Either the bytes were damaged or cut, or a part
of the file, or all of it, is in another encoding than declared.
"""

from __future__ import annotations

from ...encoding.charsets import CHARSET, label
from ...encoding.declared import Undecodable
from ...model import Hit
from ...settings.options import Settings
from ..rule import Explain, Rule

SHOWN = 8
"""Bytes of a run that a message spells out at most."""


def explain(flaw: Undecodable, settings: Settings) -> Hit:
    shown = flaw.bytes[:SHOWN].hex(" ").upper()
    if len(flaw.bytes) > SHOWN:
        shown = f"{shown} … ({len(flaw.bytes)} of them)"
    what = f"bytes {shown} mean" if " " in shown else f"byte 0x{shown} means"
    charsets = settings[CHARSET]
    tried = "" if len(charsets) == 1 else f", the first of {len(charsets)} declared encodings"
    return flaw.hit(
        f"{what} nothing in {label(flaw.charset)}{tried}",
        help="write the character that was meant here, or declare the encoding that the file is in",
        data={"bytes": shown, "charset": flaw.charset},
    )


rule = Rule(
    __name__,
    code="ENC007",
    summary="Bytes mean nothing in the encoding that is declared.",
    check=Explain(Undecodable, explain),
    options=(CHARSET,),
    profile={"encoding": {"charset": "shift_jis"}},
    bad={"a.txt": "東京\n晴れ".encode("shift_jis") + b"\xff\n"},
    ok={"a.txt": "東京\n晴れ\n".encode("shift_jis")},
)
