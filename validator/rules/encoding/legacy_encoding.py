"""A file saved in a legacy encoding decodes to other letters, or not at all, in most readers.

This is one fault of the file, not hundreds of its bytes, so it is one finding: the mend is to save
the file again, not to edit lines. That it is not UTF-8 is decided by decoding it; what it is
instead is advice, from how well it reads under one encoding or another and from what it declares of
itself; its first lines are shown as they would then read. Where two encodings read nearly as well,
both are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...encoding.advice import LIKELY, Advice
from ...encoding.charsets import REPAIR_FROM, label, labels
from ...encoding.damage import Legacy
from ...encoding.file_declaration import Declaration
from ...model import Applicability, Aside, Fix, Hit
from ...settings.options import Settings
from ...text.visible import visible, visible_bytes
from ..rule import Explain, Rule, safely, unsafely
from . import transcoding

BEFORE, AFTER = 12, 24
"""Characters of a line shown before its first byte beyond ASCII, and from there on."""


def explain(flaw: Legacy, settings: Settings) -> Hit:
    lines = "1 line" if flaw.rows == 1 else f"{flaw.rows} lines"
    count = "1 invalid sequence" if flaw.invalid == 1 else f"{flaw.invalid} invalid sequences"
    valid = f"{flaw.valid} valid" if flaw.valid else "none that is valid"
    advice, declared = flaw.advice, flaw.declared
    return flaw.hit(
        f"the file is not UTF-8: {count} on {lines}, against {valid}{_guess(flaw)}",
        label=f"the first one, byte 0x{flaw.bytes[0]:02X}",
        help=_mend(flaw),
        fix=_fix(advice, settings[REPAIR_FROM]),
        notes=tuple(_notes(flaw)),
        related=(Aside(declared.start, "declared here"),) if declared else (),
        data={
            "invalid": flaw.invalid,
            "valid": flaw.valid,
            "lines": flaw.rows,
            "encodings": list(advice.codecs) if advice else [],
            "confidence": round(advice.confidence, 3) if advice else 0.0,
            "alternatives": list(advice.rival.codecs) if advice and advice.rival else [],
            "declared": declared.name if declared else "",
        },
    )


def _fix(advice: Advice | None, codecs: tuple[str, ...]) -> Fix | None:
    """The fix that writes the file in UTF-8, from a declared or else the most likely encoding.

    None if the encoding is not sure enough.
    """
    narrow = [codec for codec in codecs if not codec.startswith("utf")]  # the file has no NULs
    if narrow:
        return Fix("save it as UTF-8", (), recipe=transcoding(narrow))
    if advice is None or advice.confidence < LIKELY or advice.rival:
        return None
    words = f"save it as UTF-8, read as {label(advice.codecs[0])}"
    return Fix(words, (), Applicability.UNSAFE, recipe=transcoding(advice.codecs[:1]))


def _is_declared(flaw: Legacy) -> bool:
    """Whether the file is, as far as is known, in the encoding that it declares."""
    advice, declared = flaw.advice, flaw.declared
    return advice is not None and declared is not None and declared.codec == advice.codecs[0]


def _guess(flaw: Legacy) -> str:
    advice = flaw.advice
    if advice is None:
        return ""
    name = label(advice.codecs[0])
    if flaw.declared and _is_declared(flaw):
        return f"; it is {name}, as line {flaw.declared.row} declares"
    rival = f", or else {label(advice.rival.codecs[0])}" if advice.rival else ""
    return f"; it is {advice.wording} {name}{rival}"


def _mend(flaw: Legacy) -> str:
    advice, declared = flaw.advice, flaw.declared
    name = label(advice.codecs[0]) if advice else "the encoding that it was saved in"
    proof = ", look whether it reads well," if advice and not _is_declared(flaw) else ""
    change = declared is not None and declared.codec != "utf-8"
    row = f"; then declare that on line {declared.row}" if declared and change else ""
    return f"open it as {name}{proof} and save it as UTF-8{row}"


def _notes(flaw: Legacy) -> Iterator[str]:
    if flaw.declared and not _is_declared(flaw):
        yield _about_declared(flaw, flaw.declared)
    if flaw.advice is None:
        yield "no encoding fits it well enough to be named: it may mix several, or be no text"
        return
    first, *others = flaw.advice.codecs
    if others:
        yield f"the same text in {labels(tuple(others))}"
    for row, line in flaw.lines:
        before, after = _read(line, first)
        yield f"line {row}: `{before}` as {label(first)}: `{after}`"
    rival = flaw.advice.rival
    if rival:
        before, after = _read(rival.line, rival.codecs[0])
        told = f"line {rival.row}: `{before}` as {labels(rival.codecs)}: `{after}`"
        yield f"{told}, as {label(first)}: `{_read(rival.line, first)[1]}`"


def _about_declared(flaw: Legacy, declared: Declaration) -> str:
    """Words for what is wrong with the file's own declaration of its encoding."""
    said = f"line {declared.row} declares `{visible(declared.name)}` ({declared.kind})"
    if declared.codec == "utf-8":
        return f"{said}, which it is not"
    if not declared.codec:
        return f"{said}, which is no encoding that is known"
    if flaw.refuted:
        row, bad = flaw.refuted
        shown = bad.hex(" ").upper()
        if " " in shown:
            return f"{said}, in which the bytes {shown} on line {row} mean nothing"
        return f"{said}, in which the byte {shown} on line {row} means nothing"
    return f"{said}; as that it reads `{_read(flaw.lines[0][1], declared.codec)[1]}`"


def _read(line: bytes, codec: str) -> tuple[str, str]:
    """A part of the line around its first byte beyond ASCII: the bytes, and their text."""
    plain = next(at for at, byte in enumerate(line) if byte > 0x7F)
    start = max(0, plain - BEFORE)
    text = line[start:].decode(codec, "replace")[: plain - start + AFTER].rstrip()
    size = len(text.encode(codec, "replace"))
    return visible_bytes(line[start : start + size]), visible(text)


rule = Rule(
    __name__,
    code="ENC005",
    summary="The file as a whole is in another encoding than UTF-8.",
    check=Explain(Legacy, explain),
    options=(REPAIR_FROM,),
    repairs=(
        safely(
            "The file is written in UTF-8 from what `encoding.repair-from` says.",
            "encoded-again",
            reveals=True,
        ),
        unsafely(
            "The file is written in UTF-8 from the encoding that it most likely is in.",
            "encoded-again",
            reveals=True,
        ),
    ),
    bad={"a.txt": "Déjà vu\nL'été à Besançon\n".encode("cp1252")},
    ok={"a.txt": "Déjà vu\nL'été à Besançon\n".encode()},
)
