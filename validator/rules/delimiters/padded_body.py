"""White space at the ends of a body is part of the text to one reader, and taken off by another.

python-frontmatter strips all of it: the indentation that makes the first line code, the U+3000
that a Chinese paragraph begins with. Jekyll drops a line of blanks at the start, no more. Line ends
there are no text, and all readers may do with them what they like. With `by-readers` it is a
finding where one of the profile's `readers` takes off what others keep, or what we do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ...document import Document
from ...memo import memo
from ...model import Hit
from ...readers.options import READERS
from ...readers.reader_set import Evidence, readers_for
from ...settings.options import Settings
from ...text.visible import character_name
from ..rule import Each, Rule
from . import PADDING

ASKED: Final = ("padded-body", "blanks-alone-first")
"""The questions to readers: about all white space, about a first line of blanks alone."""

_ENDS = b"\r\n"


@memo
def asked(settings: Settings) -> Mapping[str, Evidence | None]:
    """The questions that count: name -> the answers; None where all white space is a fault."""
    if settings[PADDING] == "by-readers":
        readers = readers_for(settings, "front-matter")
        return {name: found for name in ASKED if (found := readers.dispute(name))}
    return {} if settings[PADDING] == "allow" else dict.fromkeys(ASKED)


def wanted(settings: Settings) -> bool:
    return bool(asked(settings))


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
    shown = text.decode("utf-8", "replace")
    front = shown[: len(shown) - len(shown.lstrip())]
    if front:
        names = ASKED if front == shown or _has_line(front) else ASKED[:1]
        words = f"the body begins with white space, {character_name(ord(front[0]))}"
        help_ = "begin with a character that can be seen, code with a line of three backquotes"
        yield from _hit(start, start + len(front.encode()), words, help_, names, settings)
    if _last(text).isspace() and front != shown:
        size = len(shown[len(shown.rstrip()) :].encode())
        end = start + len(text)
        words = f"the body ends in white space, {character_name(ord(_last(text)))}"
        yield from _hit(end - size, end, words, "remove it", ASKED[:1], settings)


def _has_line(front: str) -> bool:
    return "\n" in front or "\r" in front


def _hit(
    start: int, end: int, words: str, help_: str, names: Sequence[str], settings: Settings
) -> Iterator[Hit]:
    """A hit if one of these questions counts; it says which reader reads what."""
    for name in names:
        if name in asked(settings):
            evidence = asked(settings)[name]
            if evidence is None:
                yield Hit(start, end, words, help=help_)
            else:
                told = f"{words}: {evidence.words()}"
                data = {"question": name, "readings": evidence.data()}
                yield Hit(start, end, told, help=help_, data=data)
            return


rule = Rule(
    __name__,
    code="DEL050",
    summary="A body begins or ends with white space other than line ends.",
    check=Each(wanted, clean, diagnose),
    options=(PADDING, READERS),
    profile={"delimiters": {"block": "front-matter", "padding": "forbid"}},
    bad={"a.md": b"---\nid: a\n---\n\n    code\n"},
    ok={"a.md": b"---\nid: a\n---\n\n\nText.\n\n    code\n\n"},
)
