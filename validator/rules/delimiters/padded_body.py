"""White space at the ends of a body is part of the text to one reader, and taken off by another.

python-frontmatter strips all of it: the indentation that makes the first line code, the U+3000
that a Chinese paragraph begins with. Line ends there are no text, and all readers may do with them
what they like.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...model import FindingKind, Hit
from ...settings.options import Settings
from ...text.visible import character_name
from ..rule import Each, Example, Rule
from . import PADDING

_ENDS = b"\r\n"


def wanted(settings: Settings) -> bool:
    return settings[PADDING] == "forbid"


def clean(document: Document, settings: Settings) -> bool:
    text = document.text.strip(_ENDS)
    return not (_first(text).isspace() or _last(text).isspace())


def _first(text: bytes) -> str:
    return text[:4].decode("utf-8", "ignore")[:1]


def _last(text: bytes) -> str:
    return text[-4:].decode("utf-8", "ignore")[-1:]


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    text = document.text
    start = document.body[0] + len(text) - len(text.lstrip(_ENDS))
    text = text.strip(_ENDS)
    if _first(text).isspace():
        blanks = text.decode("utf-8", "replace")
        size = len(blanks[: len(blanks) - len(blanks.lstrip())].encode())
        yield Hit(
            start,
            start + size,
            f"the body begins with white space, {character_name(ord(_first(text)))}",
            help="begin with a character that can be seen, code with a line of three backquotes",
        )
    if _last(text).isspace() and not text.decode("utf-8", "replace").isspace():
        blanks = text.decode("utf-8", "replace")
        size = len(blanks[len(blanks.rstrip()) :].encode())
        end = start + len(text)
        yield Hit(
            end - size,
            end,
            f"the body ends in white space, {character_name(ord(_last(text)))}",
            help="remove it",
        )


_PROFILE = {"delimiters": {"block": "front-matter", "padding": "forbid"}}

rule = Rule(
    code="DEL050",
    name="padded-body",
    summary="A body begins or ends with white space other than line ends.",
    why=__doc__,
    own_kind=FindingKind.TEXT,
    check=Each(wanted, clean, diagnose),
    options=(PADDING,),
    bad=Example({"a.md": b"---\nid: a\n---\n\n    code\n"}, _PROFILE),
    ok=Example({"a.md": b"---\nid: a\n---\n\n\nText.\n\n    code\n\n"}, _PROFILE),
)
