"""The keys of a profile that say how its files are divided; `delimiters.kind` is in `kinds`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from ..file.sidecars import checked_form, suffix_of
from ..metadata.syntax.table import FRONT_MATTER, HEADS, SUFFIXES
from ..settings.amount import amount
from ..settings.options import Option, choice, count, several, text
from ..settings.value_types import shown
from .markers import markers

BEGIN = markers("delimiters.begin", "the marker that a document begins with")
END = markers("delimiters.end", "the marker that a document ends with")
SEPARATOR = markers("delimiters.separator", "the marker between two documents")
OPENING = markers("delimiters.opening", "the line that the file begins with, before any document")
CLOSING = markers("delimiters.closing", "the line that the file ends with, after all documents")
PREAMBLE = choice("delimiters.preamble", "text before the first document", "forbid allow")
EPILOGUE = choice("delimiters.epilogue", "text after the last document", "forbid allow")
BOUNDARY = text(
    "delimiters.boundary",
    "a capture of `begin` that must be in every marker what it is in the first; a line where it "
    "differs is text",
)
STRANGER = text(
    "delimiters.stranger",
    "a capture of `begin` that all markers of a file have or none; one that has it among others is "
    "told as a quotation",
)
ORDINAL = text("delimiters.ordinal", "a capture of `begin` that counts the documents, by one")
BLANK_BEFORE = choice(
    "delimiters.blank-before",
    "whether a blank line must precede each marker but the first",
    "any require",
)
NESTING = choice(
    "delimiters.nesting",
    "whether a document may stand inside another one, of which it is then text",
    "forbid allow",
)
ESCAPE = text(
    "delimiters.escape", "what is written before a line of a body that looks like a marker"
)
TRAILING = choice(
    "delimiters.trailing-separator",
    "whether a separator follows the last document",
    "allow require forbid",
)
EMPTY = choice("delimiters.empty", "documents without any text", "forbid allow")
NEAR_MISSES = choice(
    "delimiters.near-misses",
    "lines that look like a marker and are none",
    "report allow",
)
LENGTH_FIELD = text("delimiters.length-field", "the header that says how many bytes the body has")
AFTER = text("delimiters.after", "what follows the body of a length-framed record")
BLOCK = choice(
    "delimiters.block",
    "the metadata block at the start of a document: between fences, "
    f"{', '.join(head.how for head in HEADS.values())}, all of it (written as `formats` says "
    "first), or in a file beside it (`sidecar`)",
    " ".join(("none", "front-matter", *HEADS, "entire", "sidecar")),
)


def _form(name: str) -> str:
    if suffix_of(checked_form(name)) in SUFFIXES:
        return name
    endings = ", ".join(f".{suffix}" for suffix in SUFFIXES)
    raise ValueError(
        f"must end in one of {endings}: the ending says how it is written; not {shown(name)}"
    )


SIDECAR: Option[str] = Option(
    "delimiters.sidecar",
    "the file beside each document that holds its metadata: `{stem}.json` for the name of the "
    "document without its ending, `{name}.yaml` for all of it",
    "",
    Annotated[
        str,
        Meta(
            pattern=rf"^[^/{{}}]*\{{(stem|name)\}}[^/{{}}]*\.({'|'.join(SUFFIXES)})$",
            title="a file name with `{stem}` or `{name}`",
        ),
        _form,
    ],
)
PRESENCE = choice(
    "delimiters.block-presence",
    "whether every document has its metadata block",
    "require allow",
)
FORMATS = several(
    "delimiters.formats",
    "how front matter may be written: "
    + ", ".join(f"`{name}` {front.how}" for name, front in FRONT_MATTER.items()),
    " ".join(FRONT_MATTER),
    " ".join(FRONT_MATTER),
)
MEMBERS = choice(
    "delimiters.members",
    "what a member of a compressed file holds: `document` for exactly one document each",
    "any document",
)
RECORD_BYTES = count(
    "delimiters.record-bytes",
    "bytes that a document may have where it must be held in memory; 0 for no limit",
    1 << 24,
)


DOCUMENTS = amount(
    "delimiters.documents", "how many documents a file has: a number, or [least, most]"
)
