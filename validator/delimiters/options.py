"""The keys of a profile that say how its files are divided; `kinds` has the first of them."""

from __future__ import annotations

from ..file.sidecars import fault_of, suffix_of
from ..metadata.syntax.table import FRONT_MATTER, HEADS, SUFFIXES
from ..settings.options import Option, choice, number, text, texts
from .markers import markers

BEGIN = markers("delimiters.begin", "the marker that a document begins with")
END = markers("delimiters.end", "the marker that a document ends with")
SEPARATOR = markers("delimiters.separator", "the marker between two documents")
OPENING = markers("delimiters.opening", "the line that the file begins with, before any document")
CLOSING = markers("delimiters.closing", "the line that the file ends with, after all documents")
PREAMBLE = choice(
    "delimiters.preamble", "text before the first document", "forbid", "forbid", "allow"
)
EPILOGUE = choice(
    "delimiters.epilogue", "text after the last document", "forbid", "forbid", "allow"
)
BOUNDARY = text(
    "delimiters.boundary",
    "a capture of `begin` that must be in every marker what it is in the first; a line where it "
    "differs is text",
)
ORDINAL = text("delimiters.ordinal", "a capture of `begin` that counts the documents, by one")
BLANK_BEFORE = choice(
    "delimiters.blank-before",
    "whether a blank line must precede each marker but the first",
    "any",
    "any",
    "require",
)
NESTING = choice(
    "delimiters.nesting",
    "whether a document may stand inside another one, of which it is then text",
    "forbid",
    "forbid",
    "allow",
)
ESCAPE = text(
    "delimiters.escape", "what is written before a line of a body that looks like a marker"
)
TRAILING = choice(
    "delimiters.trailing-separator",
    "whether a separator follows the last document",
    "allow",
    "allow",
    "require",
    "forbid",
)
EMPTY = choice("delimiters.empty", "documents without any text", "forbid", "forbid", "allow")
NEAR_MISSES = choice(
    "delimiters.near-misses",
    "lines that look like a marker and are none",
    "report",
    "report",
    "allow",
)
LENGTH_FIELD = text("delimiters.length-field", "the header that says how many bytes the body has")
AFTER = text("delimiters.after", "what follows the body of a length-framed record")
BLOCK = choice(
    "delimiters.block",
    "the metadata block at the start of a document: between fences, "
    f"{', '.join(head.how for head in HEADS.values())}, all of it (written as `formats` says "
    "first), or in a file beside it (`sidecar`)",
    "none",
    "none",
    "front-matter",
    *HEADS,
    "entire",
    "sidecar",
)


def _form(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be a file name with `{{stem}}`, not {value!r}")
    fault = fault_of(value)
    if not fault and suffix_of(value) not in SUFFIXES:
        endings = ", ".join(f".{suffix}" for suffix in SUFFIXES)
        fault = f"must end in one of {endings}: the ending says how it is written; not {value!r}"
    if fault:
        raise ValueError(fault)
    return value


SIDECAR: Option[str] = Option(
    "delimiters.sidecar",
    "the file beside each document that holds its metadata: `{stem}.json` for the name of the "
    "document without its ending, `{name}.yaml` for all of it",
    "",
    {
        "type": "string",
        "pattern": rf"^[^/{{}}]*\{{(stem|name)\}}[^/{{}}]*\.({'|'.join(SUFFIXES)})$",
    },
    _form,
)
PRESENCE = choice(
    "delimiters.block-presence",
    "whether every document has its metadata block",
    "require",
    "require",
    "allow",
)
FORMATS = texts(
    "delimiters.formats",
    "how front matter may be written: "
    + ", ".join(f"`{name}` {front.how}" for name, front in FRONT_MATTER.items()),
    tuple(FRONT_MATTER),
)
MEMBERS = choice(
    "delimiters.members",
    "what a member of a compressed file holds: `document` for exactly one document each",
    "any",
    "any",
    "document",
)
RECORD_BYTES = number(
    "delimiters.record-bytes",
    "bytes that a document may have where it must be held in memory; 0 for no limit",
    1 << 24,
)


def _read_count(value: object) -> tuple[int, ...]:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value, value
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(one, int) and not isinstance(one, bool) for one in value)
        and 0 <= value[0] <= value[1]
    ):
        return value[0], value[1]
    raise ValueError("must be a number of documents, or [least, most]")


DOCUMENTS: Option[tuple[int, ...]] = Option(
    "delimiters.documents",
    "how many documents a file has: a number, or [least, most]",
    (),
    {
        "anyOf": [
            {"type": "integer", "minimum": 0},
            {
                "type": "array",
                "items": {"type": "integer", "minimum": 0},
                "minItems": 2,
                "maxItems": 2,
            },
        ]
    },
    _read_count,
)
