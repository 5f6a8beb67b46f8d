"""A file saved in a legacy encoding decodes to other letters, or not at all, in most readers.

This is one fault of the file, not hundreds of its bytes, so it is one finding: the mend is to save
the file again, not to edit lines. That it is not UTF-8 is decided by decoding it; what it is
instead is advice from its statistics, and its first lines are shown as they would then read.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...encoding.charsets import label, labels
from ...encoding.damage import Legacy
from ...encoding.detect import Advice
from ...model import Hit
from ...settings.options import Settings
from ...text.visible import visible, visible_bytes
from ..rule import Example, Explain, Rule

BEFORE, AFTER = 12, 24
"""Characters of a line shown before its first byte beyond ASCII, and from there on."""


def explain(flaw: Legacy, settings: Settings) -> Hit:
    lines = "1 line" if flaw.rows == 1 else f"{flaw.rows} lines"
    count = "1 invalid sequence" if flaw.invalid == 1 else f"{flaw.invalid} invalid sequences"
    valid = f"{flaw.valid} valid" if flaw.valid else "none that is valid"
    return Hit(
        flaw.start,
        flaw.start + len(flaw.bytes),
        f"the file is not UTF-8: {count} on {lines}, against {valid}{_guess(flaw.advice)}",
        label=f"the first one, byte 0x{flaw.bytes[0]:02X}",
        help=_mend(flaw.advice),
        notes=tuple(_notes(flaw)),
        data={
            "invalid": flaw.invalid,
            "valid": flaw.valid,
            "lines": flaw.rows,
            "encodings": list(flaw.advice.codecs) if flaw.advice else [],
            "confidence": round(flaw.advice.confidence, 3) if flaw.advice else 0.0,
        },
    )


def _guess(advice: Advice | None) -> str:
    return f"; it is {advice.wording} {label(advice.codecs[0])}" if advice else ""


def _mend(advice: Advice | None) -> str:
    name = label(advice.codecs[0]) if advice else "the encoding that it was saved in"
    proof = ", look whether it reads well," if advice else ""
    return f"open it as {name}{proof} and save it as UTF-8"


def _notes(flaw: Legacy) -> Iterator[str]:
    if flaw.advice is None:
        yield "no encoding fits it well enough to be named: it may mix several, or be no text"
        return
    first, *others = flaw.advice.codecs
    if others:
        yield f"the same text in {labels(tuple(others))}"
    for row, line in flaw.lines:
        before, after = _read(line, first)
        yield f"line {row}: `{before}` as {label(first)}: `{after}`"


def _read(line: bytes, codec: str) -> tuple[str, str]:
    """A part of the line around its first byte beyond ASCII: the bytes, and what they read as."""
    plain = next(at for at, byte in enumerate(line) if byte > 0x7F)
    start = max(0, plain - BEFORE)
    text = line[start:].decode(codec, "replace")[: plain - start + AFTER].rstrip()
    size = len(text.encode(codec, "replace"))
    return visible_bytes(line[start : start + size]), visible(text)


rule = Rule(
    code="ENC005",
    name="legacy-encoding",
    summary="The file as a whole is in another encoding than UTF-8.",
    why=__doc__,
    check=Explain(Legacy, explain),
    bad=Example({"a.txt": "Déjà vu\nL'été à Besançon\n".encode("cp1252")}),
    ok=Example({"a.txt": "Déjà vu\nL'été à Besançon\n".encode()}),
)
