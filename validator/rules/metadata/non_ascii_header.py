"""A header is ASCII: what its other bytes mean, no one has written down, and readers guess.

Mail readers give a replacement character for each byte, or read Latin-1. Mail writes other
characters as encoded words (RFC 2047), addresses of the web as `%C3%A9`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ..rule import Each, Rule
from . import shortened

CHARACTERS = choice("metadata.header-characters", "the characters of headers", "any ascii")

_RUN = later(rb"[\x80-\xff]+")


def wanted(settings: Settings) -> bool:
    return settings[CHARACTERS] == "ascii"


def clean(document: Document, settings: Settings) -> bool:
    return document.syntax != "headers" or document.head.isascii()


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    for match in _RUN.finditer(document.data, *document.block):
        text = shortened(match.group().decode("utf-8", "replace"))
        yield Hit(
            *match.span(),
            f"`{text}` in a header is not ASCII",
            help="write it as an encoded word (RFC 2047, `=?utf-8?q?...?=`) in mail, as `%C3%A9` "
            "in an address",
        )


rule = Rule(
    __name__,
    code="MET044",
    summary="A header has characters beyond ASCII.",
    check=Each(wanted, clean, diagnose),
    options=(CHARACTERS,),
    profile={"delimiters": {"block": "headers"}, "metadata": {"header-characters": "ascii"}},
    bad={"a.txt": "Subject: Café\n\nText.\n".encode()},
    ok={"a.txt": "Subject: =?utf-8?q?Caf=C3=A9?=\n\nCafé.\n".encode()},
)
