"""A line `From ` without a date begins a mail for Python's mailbox, and none for git mailsplit.

Readers of one format differ about some lines that divide. What is asked here is whether the
`readers` of the profile differ: `seed-validator readers NAME` tells what each of them answers, and
the real programs are asked.
"""

from __future__ import annotations

from ...readers.options import READERS
from ..by_readers import by_readers
from ..rule import Rule

_MAIL = b"From a@b.org Mon Jan  1 10:00:00 2024\nSubject: Sea\n\nText.\n\n"

rule = Rule(
    __name__,
    code="DEL057",
    summary="The readers of the profile divide the file differently.",
    check=by_readers("division"),
    options=(READERS,),
    profile={
        "": {"readers": ["mailbox", "git-mailsplit"]},
        "delimiters": {
            "kind": "marked",
            "begin": {"pattern": "From .*", "form": "From SENDER DATE"},
            "block": "headers",
        },
    },
    bad={"a.mbox": _MAIL + b"From here on it rains.\nNote: bring a coat.\n\nWe did.\n"},
    ok={"a.mbox": _MAIL + _MAIL},
)
