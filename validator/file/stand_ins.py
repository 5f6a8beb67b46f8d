"""Recognises what is in the place of a document: a pointer, a link, an answer of a web server.

Each is recognised by the first bytes of a file, before it is parsed: the errors of a parser would
not help.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from ..model import BlockingFlaw, SpanFlaw
from ..text.lazy_re import later
from ..text.screen.screen import Ask
from .compression import bare

MARK: Final = b"\xef\xbb\xbf"

POINTER_BYTES: Final = 1024
"""A Git LFS pointer is shorter (docs/spec.md of git-lfs)."""

TITLE_WITHIN: Final = 8192
"""The title of a page is looked for in so many first bytes."""

PATH_BYTES: Final = 1024
"""A text of so many bytes or more is not taken for a path."""


class Pointer(BlockingFlaw, frozen=True):
    """A file that only says where the content is.

    `kind` is the tool that wrote it, `size` the size of the content in bytes, -1 if unknown.
    """

    kind: str
    size: int


class LinkText(BlockingFlaw, frozen=True):
    """A file of `size` bytes that holds only a path; `there` says whether that path exists."""

    target: bytes
    there: bool
    size: int


class WebPage(SpanFlaw, frozen=True):
    """An answer of a web server in a file that should be something else, by its name.

    `kind` is `HTML`, `XML`, or empty for plain text. The bytes `start:end` are its title or, if it
    has none, those by which it was recognised.
    """

    blocks: ClassVar[bool] = True
    kind: str
    title: bytes


_LFS: Final = later(
    rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v[0-9.]+\r?\n"
    rb"(?:[a-z0-9.-]+ [^\r\n]*(?:\r?\n|\Z))*"
)
_ANNEX: Final = later(rb"(?:\.\./)*(?:\.git)?/annex/objects/[A-Z][A-Z0-9_]+-[^\r\n]+\r?\n?")
_XET: Final = later(rb"# xet version [0-9]+\r?\n(?:[a-z]+ = [^\r\n]*(?:\r?\n|\Z))*")
_POINTERS: Final = ((_LFS, "Git LFS"), (_ANNEX, "git-annex"), (_XET, "Xet"))
_POINTER_HEADS: Final = tuple(
    mark + head
    for mark in (b"", MARK)
    for head in (b"version https://", b"/annex/", b"../", b".git/annex/", b"# xet version")
)
_SIZE: Final = later(rb"(?m)^(?:size |filesize = )([0-9]{1,20})\r?$|-s([0-9]{1,20})-")


def pointer(data: bytes) -> Pointer | None:
    """The flaw of a pointer file with the content `data`; None if it is no pointer."""
    if len(data) >= POINTER_BYTES or not data.startswith(_POINTER_HEADS):
        return None
    bare = data.removeprefix(MARK)
    kind = next((name for form, name in _POINTERS if form.fullmatch(bare)), "")
    if not kind or (kind == "Git LFS" and b"\noid " not in bare):
        return None
    size = _SIZE.search(bare)
    return Pointer(kind, int(size[1] or size[2]) if size else -1)


_FORMS: Final = (
    later(rb"!<symlink>(?:\xff\xfe)?(.+)", re.DOTALL),  # Cygwin
    later(rb"XSym\n[0-9]{4}\n[0-9a-f]{32}\n([^\n]+)\n *"),  # macOS on a foreign file system
    later(rb"link ([^\r\n]+)"),  # Subversion
)
_PATH: Final = later(rb"[^\x00-\x1f\x7f<>\"|?*]+")
_ONE_WORD: Final = later(rb"[^\s\x00-\x20\x7f<>\"|?*:()\[\]{},;!]+")
_UPWARDS: Final = (b"../", b"./", b"..\\", b".\\")


def link_text(data: bytes, path: bytes) -> LinkText | None:
    """The flaw of a file at `path` that is a link, written out as text; None if it is no link.

    It holds one path and no line end. If that path does not exist, it must look like one: begin
    with `..` or `.`, or end like the name of the file itself.
    """
    for form in _FORMS:
        match = form.fullmatch(data) if len(data) < 2 * PATH_BYTES else None
        if match:
            return LinkText(match[1], _is_there(match[1], path), len(data))
    if len(data) >= PATH_BYTES or not _PATH.fullmatch(data) or data != data.strip():
        return None
    own = os.path.basename(path)
    if not _looks_like_path(data, own):
        return None
    if _is_there(data, path):
        return LinkText(data, True, len(data))
    suffix = os.path.splitext(own)[1]
    likely = data.startswith(_UPWARDS) or (suffix and b"/" in data and data.endswith(suffix))
    if not likely or not _ONE_WORD.fullmatch(data):
        return None
    return LinkText(data, False, len(data))


def _looks_like_path(text: bytes, own: bytes) -> bool:
    """Whether a text may be a path; `own` is the name of the file that holds it."""
    if text in (own, b".", b"..", b"/"):
        return False
    return b"/" in text or b"\\" in text or b"." in text[1:-1] or b"." not in own


def _is_there(target: bytes, path: bytes) -> bool:
    target = target.replace(b"\\", b"/")
    try:
        return os.path.lexists(os.path.join(os.path.dirname(path), target))
    except (OSError, ValueError):
        return False


_PAGES: Final = (b"<!doctype", b"<html", b"<?xml", b"<error")
_PAGE: Final = later(
    rb"(?is)(?:<\?xml[^<>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)?(?:(<!doctype\s+html\b|<html[\s>])"
    rb"|(<error>\s*<code>|<error\s+xmlns=))"
)
_HEADS: Final = (*_POINTER_HEADS, b"XSym\n", b"!<symlink>")
_TITLE: Final = later(rb"(?is)<title[^<>]*>\s*([^<]{1,200}?)\s*</title>|<code>([^<]{1,80})</code>")
_ANSWER: Final = later(
    rb"(?i)\s*([45][0-9]{2})(?::| -)? (?:not found|forbidden|unauthorized|access denied"
    rb"|bad gateway|service unavailable|gateway time-?out|too many requests"
    rb"|internal server error)\.?\s*"
)
_ANSWERS: Final = tuple(b"%d" % code for code in (*range(400, 430), *range(500, 512)))
_ANSWER_BYTES: Final = 64

_OF_TEXT: Final = frozenset(
    b"md markdown mdown mkd mdx qmd rmd txt text rst rest adoc asciidoc org tex bib json jsonl "
    b"ndjson jsonlines yaml yml toml ini csv tsv conllu conll po pot srt vtt wet mbox trec hrx "
    b"txtar fountain ftl properties".split()
)
"""Suffixes of files that are never pages for a browser."""


def _may_be_path(texts: Sequence[bytes]) -> bool:
    """Whether one of these files may be a path: short, and without a line end."""
    return min(map(len, texts)) < PATH_BYTES and any(
        len(text) < PATH_BYTES and not text.endswith((b"\n", b"\r")) for text in texts
    )


def _may_begin_so(texts: Sequence[bytes]) -> bool:
    """Whether one of these files begins like something in the place of a document."""
    return any(map(_begins_so, texts))


def _begins_so(text: bytes) -> bool:
    return (
        text.startswith(_HEADS)
        or text.lstrip()[:9].lower().startswith(_PAGES)
        or (len(text) < _ANSWER_BYTES and text.startswith(_ANSWERS))
    )


STAND_INS: Final = (
    Ask(_may_be_path, unended=True),
    Ask(
        _may_begin_so,
        heads=bytes({head[0] for head in (*_HEADS, *_PAGES, *_ANSWERS)}.union(b" \t\r\n\v\f")),
    ),
)
"""The clues that a file may be something in the place of a document."""


def web_page(head: bytes, name: bytes) -> WebPage | None:
    """The flaw of a web server's answer in the file `name` with this head; None if it is none."""
    stem, _, suffix = bare(name).lower().rpartition(b".")
    if not stem or suffix not in _OF_TEXT:
        return None
    text = head.removeprefix(MARK).lstrip()
    start = len(head) - len(text)
    match = _PAGE.match(text) if text[:9].lower().startswith(_PAGES) else None
    if match:
        title = _TITLE.search(text, 0, TITLE_WITHIN)
        kind = "HTML" if match[1] else "XML"
        if title is None:
            return WebPage(start, start + len(match.group().rstrip()), kind, b"")
        first, last = title.span(title.lastindex or 0)
        return WebPage(start + first, start + last, kind, text[first:last])
    answer = _ANSWER.fullmatch(head) if len(head) < _ANSWER_BYTES else None
    if answer is None or answer[1] in stem:
        return None
    return WebPage(0, len(head.rstrip()), "", head.strip())
