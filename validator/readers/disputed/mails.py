"""What readers of mbox dispute: which line begins a mail, and whether a header tells its length."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "mbox")

_FROM: Final = b"From a@b.c Mon Jan  1 10:00:00 2024\n"
_MAIL: Final = _FROM + b"From: a@b.c\nSubject: s\n\nText.\n\n"


def _after(separator: bytes, headers: bytes = b"Subject: t\n") -> bytes:
    return _MAIL + separator + headers + b"\nMore.\n\n" + _MAIL


QUESTIONS: Final = (
    _asked(
        "undated-separator",
        "a line `From ` without a time and a year at its end",
        "the start of a mail",
        "if a mail begins here, write the line as `From SENDER Mon Jan  1 10:00:00 2024`; if it is "
        "text, write `=46rom ` in quoted-printable",
        _after(b"From a@b.c 2024-01-01 10:30:00\n"),
    ),
    _asked(
        "short-separator",
        "a line `From ` with one word or none behind it",
        "the start of a mail",
        "if a mail begins here, write the line as `From SENDER Mon Jan  1 10:00:00 2024`; if it is "
        "text, write `=46rom ` in quoted-printable",
        _after(b"From a@b.c\n"),
    ),
    _asked(
        "headers-of-no-mail",
        "a mail with none of the headers From, To, Cc, Subject, Date, Message-ID, Received",
        "a mail",
        "give it the header `From: `; if it is text, write `=46rom ` in quoted-printable",
        _after(_FROM, b"Note: x\n"),
    ),
    _asked(
        "content-length",
        "a header `Content-Length` with more bytes than the text of the mail has",
        "of no effect",
        "remove the header, or write the length of the text in bytes",
        _after(_FROM, b"Subject: t\nContent-Length: 60\n"),
    ),
)
