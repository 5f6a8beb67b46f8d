"""A file that ends inside a character was cut: a partial download, a full disk, a split by bytes.

What is missing may be one byte or half of the document; only the source can tell.
"""

from __future__ import annotations

from ...encoding.damage import Truncated
from ...encoding.utf8 import sequence_length
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: Truncated) -> Hit:
    shown = flaw.bytes.hex(" ").upper()
    wanted = sequence_length(flaw.bytes[0])
    return flaw.hit(
        f"the file ends inside a character: {shown} is {len(flaw.bytes)} of {wanted} bytes",
        help="the file was probably cut; get it again from where it came and compare the sizes",
        data={"bytes": shown, "missing": wanted - len(flaw.bytes)},
    )


rule = Rule(
    __name__,
    code="ENC002",
    summary="The file ends inside a UTF-8 sequence.",
    check=Explain.of(Truncated, explain),
    bad={"a.txt": "Prix\n10 €".encode()[:-1]},
    ok={"a.txt": "Prix\n10 €".encode()},
)
