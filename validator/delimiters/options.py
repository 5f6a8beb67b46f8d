"""The keys of a profile that say how its files are divided, and whether they fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..file.sidecars import fault_of
from ..settings.options import Option, Settings, choice, number, text, texts
from .markers import Marker, clashes, markers

KIND = choice(
    "delimiters.kind",
    "how a file is divided into documents: not at all, by markers, a JSON record a line, or by "
    "lengths that records carry",
    "whole",
    "whole",
    "marked",
    "json-lines",
    "length-framed",
)
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
    "the metadata block at the start of a document: between fences, lines `Name: value` up to the "
    "first blank line, lines `# name = value`, all of it (written as `formats` says first), or in "
    "a file beside it (`sidecar`)",
    "none",
    "none",
    "front-matter",
    "headers",
    "comments",
    "entire",
    "sidecar",
)


def _form(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be a file name with `{{stem}}`, not {value!r}")
    fault = fault_of(value)
    if fault:
        raise ValueError(fault)
    return value


SIDECAR: Option[str] = Option(
    "delimiters.sidecar",
    "the file beside each document that holds its metadata: `{stem}.json` for the name of the "
    "document without its ending, `{name}.yaml` for all of it",
    "",
    {"type": "string", "pattern": r"^[^/{}]*\{(stem|name)\}[^/{}]*\.(json|ya?ml|toml)$"},
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
    "how front matter may be written: `yaml` between `---`, `toml` between `+++`, `json` in braces",
    ("yaml", "toml", "json"),
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

ALL: tuple[Option[Any], ...] = (
    KIND, BEGIN, END, SEPARATOR, OPENING, CLOSING, PREAMBLE, EPILOGUE, BOUNDARY, ORDINAL,
    BLANK_BEFORE, NESTING, ESCAPE, TRAILING, EMPTY, NEAR_MISSES, LENGTH_FIELD, AFTER, BLOCK,
    SIDECAR, PRESENCE, FORMATS, MEMBERS, RECORD_BYTES, DOCUMENTS,
)  # fmt: skip


def faults(settings: Settings) -> Iterator[tuple[str, str]]:
    """What does not fit together: the key to blame, and the rest of the sentence "`key` ..."."""
    kind = settings[KIND]
    begin, end, separator = settings[BEGIN], settings[END], settings[SEPARATOR]
    if kind == "marked" and not begin and not separator:
        yield KIND.key, "is `marked`, so the profile must have `begin` or `separator`"
    if kind == "length-framed" and not (begin and bool(settings[LENGTH_FIELD])):
        yield KIND.key, "is `length-framed`, so the profile must have `begin` and `length-field`"
    if end and not begin:
        yield END.key, "needs a `begin` to belong to"
    if begin and separator:
        yield SEPARATOR.key, "and `begin` exclude each other"
    for first, _ in clashes(begin, end):
        yield BEGIN.key, f"matches its own end: `{first.form}` would open and close a document"
    for key, name in ((ORDINAL.key, settings[ORDINAL]), (BOUNDARY.key, settings[BOUNDARY])):
        if name and not all(name in marker.names for marker in begin):
            yield key, f"names `{name}`, which is no capture of `begin`{_known(begin)}"
    yield from _sidecar_faults(settings)
    unknown = [one for one in settings[FORMATS] if one not in ("yaml", "toml", "json")]
    if unknown:
        yield FORMATS.key, f"knows `yaml`, `toml` and `json`, not `{unknown[0]}`"


def _sidecar_faults(settings: Settings) -> Iterator[tuple[str, str]]:
    beside, kind = settings[BLOCK] == "sidecar", settings[KIND]
    if beside and kind != "whole":
        words = "which only files have that are one document each"
        yield BLOCK.key, f"is `sidecar`, {words}: `kind` is `{kind}`, and must be `whole`"
    if beside and not settings[SIDECAR]:
        yield BLOCK.key, 'is `sidecar`, so the profile must have `sidecar`, as in "{stem}.json"'
    if settings[SIDECAR] and not beside:
        yield SIDECAR.key, 'is only for `block = "sidecar"`'


def _known(begin: tuple[Marker, ...]) -> str:
    names = sorted({name for marker in begin for name in marker.names})
    return f"; there are {', '.join(names)}" if names else "; it has none"
