"""All bytes are ASCII, so that a check for UTF-8 passes; the letters are in another encoding.

ISO-2022-JP and its kin, HZ and UTF-7 come from mail of the nineties and write Japanese, Korean or
Chinese in bytes below 80, shifted to by marks: `ESC $ B`, `~{`, `+`. What reads the file as UTF-8
shows the marks, and between them letters and signs that nobody meant. Marks alone are no sign of
it; what they enclose must read as text of a language.
"""

from __future__ import annotations

from ...encoding.seven_bit import MARKS, SevenBit, may_be_utf7
from ...model import Hit
from ...text.screen.screen import Ask, Literal
from ...text.visible import shortened
from ..rule import Explain, Rule, always

SHOWN = 24
"""Characters of the first shifted text that a message shows at most."""


def explain(flaw: SevenBit) -> Hit:
    shown = shortened(flaw.text, SHOWN)
    proof = "" if flaw.codec else "; not all of it decodes, so look at what you get"
    return Hit(
        flaw.start,
        flaw.end,
        f"the file is {flaw.encoding}, not UTF-8: its letters are shifted into ASCII bytes, and "
        f"read `{shown}` here",
        help=f"convert it: `iconv -f {flaw.encoding} -t UTF-8`{proof}",
        label=f"`{shown}`",
        data={"encoding": flaw.encoding, "codec": flaw.codec, "shifts": flaw.shifts},
    )


rule = Rule(
    __name__,
    code="ENC011",
    summary="The file writes its letters in ASCII bytes, in ISO-2022, HZ or UTF-7.",
    check=Explain.of(SevenBit, explain, always(*map(Literal, MARKS), Ask(may_be_utf7, byte=b"+"))),
    bad={"a.txt": b"\x1b$B2q5D$O==;~$+$i$G$9!#\x1b(B\n"},
    ok={"a.txt": "会議は十時からです。\n".encode()},
)
