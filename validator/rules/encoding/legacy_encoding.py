"""A file saved in a legacy encoding decodes to other letters, or not at all, in most readers.

This is one fault of the file, not hundreds of its bytes, so it is one finding: the mend is to save
the file again, not to edit lines.
"""

from __future__ import annotations

from ...decode import Legacy
from ...model import Hit
from ...options import Settings
from ...rule import Example, Explain, Rule


def explain(flaw: Legacy, settings: Settings) -> Hit:
    lines = "1 line" if flaw.rows == 1 else f"{flaw.rows} lines"
    count = "1 invalid sequence" if flaw.invalid == 1 else f"{flaw.invalid} invalid sequences"
    valid = f"{flaw.valid} valid" if flaw.valid else "none that is valid"
    return Hit(
        flaw.start,
        flaw.start + len(flaw.bytes),
        f"the file is not UTF-8: {count} on {lines}, against {valid}",
        label=f"the first one, byte 0x{flaw.bytes[0]:02X}",
        help="open it in the encoding that it was saved in, and save it as UTF-8",
        data={"invalid": flaw.invalid, "valid": flaw.valid, "lines": flaw.rows},
    )


rule = Rule(
    code="ENC005",
    name="legacy-encoding",
    summary="The file as a whole is in another encoding than UTF-8.",
    why=__doc__,
    check=Explain(Legacy, explain),
    bad=Example({"a.txt": "Déjà vu\nL'été à Besançon\n".encode("cp1252")}),
    ok=Example({"a.txt": "Déjà vu\nL'été à Besançon\n".encode()}),
)
