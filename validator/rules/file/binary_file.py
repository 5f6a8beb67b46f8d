"""An image, an archive or a program among the texts is noise to every reader of the corpus.

It was dropped in by a sync tool, kept its old name, or lost its suffix. Its bytes would make
thousands of findings about characters; this is the one that says what it is. Bytes that merely
begin like a known format, and are text, are text.
"""

from __future__ import annotations

from ...encoding.binary import PARQUET_FILE, Binary
from ...model import Hit, about_file
from ..rule import Explain, Rule

_ADVICE = "remove it, or keep it out of the corpus with `files` or `exclude`"


def explain(flaw: Binary) -> Hit:
    what = f"{flaw.kind}, not text" if flaw.kind else "binary data of an unknown kind, not text"
    advice = _ADVICE
    if flaw.suffix:
        advice = f"unpack it, or let its name end in `{flaw.suffix}`: then it is read through"
    if flaw.kind == PARQUET_FILE:
        advice = "read its rows under a profile that extends `parquet`, or `exclude` it"
    return about_file(f"the file is {what}", help=advice, data={"kind": flaw.kind})


rule = Rule(
    __name__,
    code="FIL105",
    summary="A file holds an image, an archive, a program or other data, not text.",
    check=Explain.of(Binary, explain),
    bad={"a.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08"},
    ok={"a.txt": b"GIF89a is older than PNG.\nText.\n"},
)
