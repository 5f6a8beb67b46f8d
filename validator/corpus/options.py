"""The keys of the table `corpus`."""

from __future__ import annotations

from typing import Annotated, Final

from ..settings.amount import amount
from ..settings.annotations import OR_ONE
from ..settings.options import Option
from .declared_checks import Agree, Manifest, Reference, Sequence, Sidecar, Unique

UNIQUE: Final = Option[tuple[Unique, ...]](
    "corpus.unique",
    "fields whose value no two documents share; a list in the list is a key of several fields",
    (),
    Annotated[tuple[Unique, ...], OR_ONE],
)
SEQUENCE: Final = Option[tuple[Sequence, ...]](
    "corpus.sequence",
    "fields that count the documents of a directory, each number once and none left out",
    (),
    Annotated[tuple[Sequence, ...], OR_ONE],
)
REFERENCES: Final = Option[tuple[Reference, ...]](
    "corpus.references",
    "fields that name other documents, by a field `to` of theirs, or a `file` by its path from the "
    "document, or with a slash at its start from the root of the corpus",
    (),
    Annotated[tuple[Reference, ...], OR_ONE],
)
AGREE: Final = Option[tuple[Agree, ...]](
    "corpus.agree",
    "fields that have the same value in all documents that have them; with `what` = `presence`, "
    "that all documents have, or none",
    (),
    Annotated[tuple[Agree, ...], OR_ONE],
)
DOCUMENTS: Final = amount(
    "corpus.documents", "how many documents there are in all: a number, or [least, most]"
)
FILES: Final = amount("corpus.files", "how many files there are in all: a number, or [least, most]")
MANIFEST: Final = Option[Manifest | None](
    "corpus.manifest",
    "the list of all files with their digests: the lines of BagIt and `sha256sum`, CSV with a "
    "first line of names, or JSON lines; paths count from its directory",
    None,
    Manifest,
)
SIDECAR: Final = Option[tuple[Sidecar, ...]](
    "corpus.sidecar",
    "files that stand beside the documents, such as `{stem}.json` beside each `{stem}.txt`",
    (),
    Annotated[tuple[Sidecar, ...], OR_ONE],
)
