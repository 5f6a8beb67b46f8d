"""An overlong form writes a character in more bytes than it needs, to slip past a filter.

`C0 AF` is a slash that no search for `/` finds. UTF-8 forbids such forms; some readers accept
them all the same, and then two readers see two texts.
"""

from __future__ import annotations

from ...encoding.damage import Overlong
from ...model import Hit
from ...text.visible import character_name
from ..rule import Explain, Rule


def explain(flaw: Overlong) -> Hit:
    shown = flaw.bytes.hex(" ").upper()
    code = _value(flaw.bytes)
    return flaw.hit(
        f"bytes {shown} are an overlong form of {character_name(code)}, which UTF-8 forbids",
        help="find out what wrote it: text editors do not, attacks and broken encoders do",
        data={"bytes": shown, "code_point": code},
    )


def _value(data: bytes) -> int:
    value = data[0] & (0xFF >> (len(data) + 1))
    for byte in data[1:]:
        value = value << 6 | byte & 0x3F
    return value


rule = Rule(
    __name__,
    code="ENC003",
    summary="A character is written in more bytes than UTF-8 allows.",
    check=Explain.of(Overlong, explain),
    bad={"a.txt": "Œuvre é\n..".encode() + b"\xc0\xaf\n"},
    ok={"a.txt": "Œuvre é\n../\n".encode()},
)
