"""A Parquet file that is encrypted says nothing to who has not its keys, and so to no check.

Its footer may be encrypted, or columns of it alone. The system that wrote it has the keys.
"""

from __future__ import annotations

from ...file.compression import READ_PARQUET
from ...file.streams import Encrypted
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: Encrypted) -> Hit:
    what = "this member of a zip" if flaw.format == "zip" else f"the {flaw.format} file"
    return about_file(
        f"{what} is encrypted, so that nobody can say what is in it",
        help="check it before it is encrypted, or leave it out with `exclude`",
        data={"format": flaw.format},
    )


rule = Rule(
    __name__,
    code="FIL207",
    summary="A Parquet file, or a member of a zip, is encrypted.",
    check=Explain.of(Encrypted, explain),
    options=(READ_PARQUET,),
    profile={"file": {"parquet": "rows"}, "delimiters": {"kind": "json-lines"}},
    bad={"a.parquet": b"PARE" + bytes(20) + b"PARE"},
    ok={"a.jsonl": b'{"id": 1}\n'},
    ok_profile={"delimiters": {"kind": "json-lines"}},
)
