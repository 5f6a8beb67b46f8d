"""A second member of gzip is a part of the file to Python's gzip, and left out by zlib or by Ruby.

Which formats of compression a program reads, and where it takes such a file to end, differs. What
is asked here is whether the `readers` of the profile differ, or one of them refuses the file:
`seed-validator readers NAME` tells what each of them answers, and the real programs are asked. What
follows in the file is not read.
"""

from __future__ import annotations

from ...file.streams import DisputedStream
from ...model import Hit, about_file
from ...readers.options import READERS
from ...readers.reader_set import disputed_by, question
from ...settings.options import Settings
from ..rule import Explain, Rule
from . import GZIP


def explain(flaw: DisputedStream, settings: Settings) -> Hit | None:
    evidence = disputed_by(settings[READERS], "compressed", flaw.question)
    one = question(flaw.question)
    if evidence is None:
        return None
    where = f" (byte {flaw.offset} of the file)" if flaw.offset else ""
    return about_file(
        f"{one.what}{where} is {evidence.words()}",
        help=one.help,
        data={
            "question": flaw.question,
            "offset": flaw.offset,
            "readings": evidence.data(),
        },
    )


rule = Rule(
    __name__,
    code="FIL208",
    summary="The readers of the profile do not all read a compressed file, and alike.",
    check=Explain(DisputedStream, explain),
    options=(READERS,),
    profile={"": {"readers": ["gzip", "zlib"]}},
    bad={"a.txt.gz": GZIP + GZIP},
    ok={"a.txt.gz": GZIP},
)
