"""A UTF-16 or UTF-32 file looks right in an editor and like NUL bytes to everything else.

Windows tools write it when asked for "Unicode". Nothing else that could be said of the file's
bytes would help its author, so this is the one finding.
"""

from __future__ import annotations

from ...encoding.charsets import REPAIR_FROM
from ...encoding.utf16 import Wide
from ...model import Applicability, Fix, Hit, about_file
from ...settings.options import Settings
from ..rule import Explain, Rule, safely, unsafely
from . import transcoding


def explain(flaw: Wide, settings: Settings) -> Hit:
    mark = flaw.mark.hex(" ").upper()
    sign = "it reads as text only so" if flaw.reads else "its NUL bytes say so"
    sign = f"it begins with the byte order mark {mark}" if mark else sign
    return about_file(
        f"the file is {flaw.encoding}, not UTF-8: {sign}",
        help="save it as UTF-8 without a byte order mark",
        fix=_fix(flaw, settings[REPAIR_FROM]),
        data={"encoding": flaw.encoding, "bom": bool(mark)},
    )


def _fix(flaw: Wide, declared: tuple[str, ...]) -> Fix:
    """The fix that writes the file in UTF-8; safe if the profile allows this encoding."""
    codec = flaw.encoding.lower()
    family = codec[:6]
    is_declared = any(one.startswith(family) for one in declared)
    applicability = Applicability.SAFE if is_declared else Applicability.UNSAFE
    wide = family if flaw.mark else codec
    return Fix("save it as UTF-8", (), applicability, recipe=transcoding((wide,)))


rule = Rule(
    __name__,
    code="ENC006",
    summary="The file is UTF-16 or UTF-32.",
    check=Explain(Wide, explain),
    options=(REPAIR_FROM,),
    repairs=(
        safely(
            "The file is written in UTF-8, where `encoding.repair-from` has its encoding.",
            "encoded-again",
            reveals=True,
        ),
        unsafely("The file is written in UTF-8.", "encoded-again", reveals=True),
    ),
    bad={"a.txt": "\ufeffTitle\nText.\n".encode("utf-16-le")},
)
