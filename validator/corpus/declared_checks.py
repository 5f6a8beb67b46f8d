"""What a profile declares of all documents together: one record for each kind of check."""

from __future__ import annotations

from msgspec import Struct

from ..settings.terms import Terms


class Unique(Struct, frozen=True):
    """Fields whose values together no two documents share."""

    fields: tuple[str, ...]
    terms: Terms = Terms()


class Sequence(Struct, frozen=True):
    """A field that counts the documents of a scope."""

    field: str
    within: str = "directory"
    first: int | None = None
    terms: Terms = Terms()


class Agree(Struct, frozen=True):
    """A field that is the same in all documents of a scope, or is in all of them or in none."""

    field: str
    within: str = "corpus"
    what: str = "value"
    terms: Terms = Terms()


class Compare(Struct, frozen=True):
    """A field of the target that must stand in a relation to one of the document, or to values.

    `order` are the values that have a rank, by groups of equal rank, the lowest first. Where the
    relation is `is` or `is-not`, it is to one of the `values`, and `own` is empty. `help` may have
    `{}` for the item.
    """

    field: str
    own: str
    relation: str = "same"
    order: tuple[tuple[str, ...], ...] = ()
    values: tuple[str, ...] = ()
    help: str = ""

    @property
    def to_values(self) -> bool:
        """Whether the target is compared with values, not with the document."""
        return bool(self.values)

    @property
    def known(self) -> list[bytes]:
        """The values as they are in facts."""
        return [value.encode() for value in self.values]

    def rank(self, value: bytes) -> int:
        """The rank of a value, -1 if it has none."""
        text = value.decode("utf-8", "replace")
        return next((at for at, words in enumerate(self.order) if text in words), -1)


class Reference(Struct, frozen=True):
    """A field whose items lead to a document, by the value of its field `to`, or to a `file`.

    The document is of this profile, or of the one named `profile`. Where it lies, with `{}` for
    the item, may be said by `file`: then the disk is asked whether it is there, not the run.

    With `anchors`, the fragment of a path is an anchor of that file. Without `to_itself`, a
    document that names itself refers to nothing. `help` may have `{}` for the item.
    """

    field: str
    to: str
    split: str = ""
    profile: str = ""
    compare: Compare | None = None
    terms: Terms = Terms()
    file: str = ""
    anchors: bool = False
    to_itself: bool = True
    help: str = ""


class Amount(Struct, frozen=True):
    """How many of something there must be; `most` is -1 for any number."""

    least: int = 0
    most: int = -1

    @property
    def wanted(self) -> bool:
        """Whether anything is asked."""
        return self.most >= 0


class Manifest(Struct, frozen=True):
    """Where the manifest is, how it is written, and which of its fields say what.

    An empty field is not compared. The fields are of no use to the `bagit` format.
    """

    path: str
    format: str = "bagit"
    algorithm: str = "sha256"
    path_field: str = "path"
    digest_field: str = "sha256"
    size_field: str = ""
    terms: Terms = Terms()


class Sidecar(Struct, frozen=True):
    """A file beside each document: names with `{stem}` for what the two have in common."""

    of: str
    name: str
    terms: Terms = Terms()
