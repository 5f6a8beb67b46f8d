"""Bytes 80 to 9F are control characters in ISO-8859-1 and quotes, dashes and `€` in windows-1252.

Programs that say the one and write the other are as old as both. Decoded as declared, the quotes
vanish into invisible controls; nobody writes those, so the bytes tell what was meant.
"""

from __future__ import annotations

from ...encoding.charsets import CHARSET, label
from ...encoding.declared import UndeclaredWindows
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: UndeclaredWindows) -> Hit:
    declared, better = label(flaw.charset), label(flaw.better)
    count = "1 byte is" if flaw.count == 1 else f"{flaw.count} bytes are"
    return flaw.hit(
        f"the file is {better}, the profile says {declared}: {count} controls there, characters "
        "here",
        label="the first",
        help=f'declare `encoding.charset = "{better}"`, or save the file as {declared}',
        data={"charset": flaw.charset, "better": flaw.better, "count": flaw.count},
    )


rule = Rule(
    __name__,
    code="ENC009",
    summary="An ISO encoding is declared, and the file is in that of Windows.",
    check=Explain.of(UndeclaredWindows, explain),
    options=(CHARSET,),
    profile={"encoding": {"charset": "iso-8859-1"}},
    bad={"a.txt": "L’été\nC’est là.\n".encode("cp1252")},
    ok={"a.txt": "L'été\nC'est là.\n".encode("iso-8859-1")},
)
