"""The anchors of a text in Markdown or reStructuredText: what a fragment (`#part`) can lead to.

In Markdown they are made of headings, as GitHub does it, and given by HTML or by an attribute
(`{#id}`); in reStructuredText they are made of titles and targets, as docutils does it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from ..document import Document
from ..text.lazy_re import later
from ..text.lines import Window
from ..text.normal_form import normalized
from .headings import MARKDOWN, RST, headings
from .links import links
from .markdown import outlined
from .scopes import prose
from .sure_anchors import sure_headings

_SUFFIXES: Final = {
    "md": MARKDOWN,
    "markdown": MARKDOWN,
    "mdown": MARKDOWN,
    "mkd": MARKDOWN,
    "rst": RST,
    "rest": RST,
}
_FENCED: Final = later(
    rb"(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)(?s:.*?)(?:\r\n|\n|\r)\1[ \t]*(?=\r|\n|\Z)"
)
_ATTRIBUTE: Final = later(
    rb"""(?i)<[a-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]+)"|'([^'<>]+)'|([^\s"'<>=`]+))"""
)
# `{#id}` and `{: #id .class}` behind the element that they name, `{/* #id */}` in MDX: as Pandoc,
# kramdown, Hugo, Docusaurus and mdBook read them.
_GIVEN: Final = later(
    rb"\{:?[^{}\r\n]*?#([^\s{}#\"'<>]+)[^{}\r\n]*\}|\{/\*[ \t]*#?([^\s{}*]+)[ \t]*\*/\}"
)
_ATTRIBUTES: Final = later(r"\s*\{(?::?[^{}]*#[^{}]*|/\*[^{}]*\*/)\}\s*$")
_MARKUP: Final = later(r"[`*_~<&\\!\[]")
_DROPPED: Final = later(r"[^\w\- ]")
_EXPLICIT: Final = later(
    rb"(?m)^[ \t]*\.\. _(?:`([^`\n]+)`|((?:\\.|[^:`\n\\])+)):|(?<![\w`])_`([^`\n]+)`"
)
_NO_ID: Final = later(r"[^a-z0-9]+")
_UNSEEN: Final = later(r"[`*|]")


def syntax_of(name: bytes) -> str:
    """The syntax of a file by its name: Markdown or reStructuredText; empty for any other."""
    stem, _, suffix = name.rpartition(b".")
    return _SUFFIXES.get(suffix.lower().decode("ascii", "replace"), "") if stem else ""


def anchors_of(text: bytes, syntax: str) -> dict[str, None]:
    """The anchors of a file, each once, in order. Front matter has none."""
    document = Document(Window(text), (_front_matter(text), len(text)))
    return dict.fromkeys(_of_rst(document) if syntax == RST else _of_markdown(document))


def sure_anchors_of(text: bytes, syntax: str) -> frozenset[str]:
    """Anchors that a file surely has, in a small part of the time of `anchors_of`.

    It may have more, which only `anchors_of` finds.
    """
    if syntax != MARKDOWN:
        return frozenset()
    body = text[_front_matter(text) :].decode("utf-8", "surrogateescape")
    return frozenset(map(slug_of, sure_headings(body)))


def _front_matter(text: bytes) -> int:
    """The end of the front matter; 0 where there is none."""
    fenced = _FENCED.match(text)
    return fenced.end() if fenced else 0


def _of_markdown(document: Document) -> Iterator[str]:
    text = document.text
    for start, end in links(document, MARKDOWN).html if b"<" in text else ():
        for match in _ATTRIBUTE.finditer(text, start, end):
            yield match[match.lastindex or 0].decode("utf-8", "surrogateescape")
    if b"{" in text:
        for match in _GIVEN.finditer(prose(document, MARKDOWN)):
            yield match[match.lastindex or 0].decode("utf-8", "surrogateescape")
    times: dict[str, int] = {}
    blocks = outlined(document)[0]
    for number, block in enumerate(blocks):
        if block.type == "heading_open":
            slug = name = slug_of(_ATTRIBUTES.sub("", blocks[number + 1].content))
            while name in times:
                times[slug] += 1
                name = f"{slug}-{times[slug]}"
            times[name] = 0
            yield name


def slug_of(heading: str) -> str:
    """The anchor that GitHub makes of a heading: small letters, digits, `_`, `-` for a blank."""
    text = _plain(heading) if _MARKUP.search(heading) else heading
    text = text.replace("\n", " ").lower()
    kept = text if text.isascii() else "".join(filter(_stays, text))
    return _DROPPED.sub("", kept).replace(" ", "-") if text.isascii() else kept.replace(" ", "-")


def _stays(letter: str) -> bool:
    return letter in "- " or unicodedata.category(letter) in _WORDS


_WORDS: Final = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Pc"}


def _plain(heading: str) -> str:
    """The text of a heading without its markup."""
    (inline,) = _inline().parseInline(heading)
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in inline.children
        if token.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special")
    )


@cache
def _inline() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def _of_rst(document: Document) -> Iterator[str]:
    repeated = 0
    seen: set[str] = set()
    for heading in headings(document, RST):
        name = id_of(_UNSEEN.sub("", heading.title))
        if name and name not in seen:
            yield name
        else:  # docutils counts these
            repeated += 1
            yield f"id{repeated}"
        seen.add(name)
    for match in _EXPLICIT.finditer(prose(document, RST)):
        yield id_of(match[match.lastindex or 0].decode("utf-8", "replace").replace("\\", ""))


def id_of(name: str) -> str:
    """The id that docutils makes of a name: small ASCII letters and digits, `-` between them."""
    plain = normalized("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return _NO_ID.sub("-", plain).strip("-").lstrip("0123456789-")
