"""A blank line ends the headers of a mail, also where it was meant to stand elsewhere.

Those that follow it are the first lines of the text then: the mail has no subject, no date, and no
word of how its text is encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...document import Document
from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ..rule import Each, Rule
from . import quoted

HEADERS = choice(
    "delimiters.headers-in-body",
    "a header of mail as the first line of a body",
    "allow forbid",
)

# Headers of RFC 5322, 3.6, and RFC 2045, 3, that no line of a mail's text begins with by chance.
_HEADER = later(
    rb"(?:(?:From|Sender|Reply-To|To|Cc|Bcc|Message-ID|In-Reply-To|References|Subject|Date|Received"
    rb"|Return-Path|Resent-[A-Za-z]+|MIME-Version|Content-[A-Za-z]+|X-[A-Za-z-]+):[^\r\n]*)",
    re.IGNORECASE,
)


def wanted(settings: Settings) -> bool:
    return settings[HEADERS] == "forbid"


def clean(document: Document, settings: Settings) -> bool:
    return document.syntax != "headers" or not _HEADER.match(document.data, *document.body)


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    match = _HEADER.match(document.data, *document.body)
    if match:
        yield Hit(
            *match.span(),
            f"the text begins with what looks like a header, {quoted(match.group())}",
            help="remove the blank line before it, if it is one: headers end at a blank line; if "
            "it is text (of a mail that was passed on, say), write a line before it",
        )


rule = Rule(
    __name__,
    code="DEL054",
    summary="A body begins with a line that looks like a header.",
    check=Each(wanted, clean, diagnose),
    options=(HEADERS,),
    profile={"delimiters": {"block": "headers", "headers-in-body": "forbid"}},
    bad={"a.txt": b"From: Ann\n\nSubject: Sea\n\nText.\n"},
    ok={"a.txt": b"From: Ann\nSubject: Sea\n\nText.\n"},
)
