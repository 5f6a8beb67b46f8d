"""The checks of all documents together that a profile declares: a record for each kind."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from ..errors import MisplacedError
from ..settings.annotations import OR_ONE
from ..settings.options import Word
from ..settings.severity import Spelled
from ..settings.terms import Terms
from ..settings.value_types import Table, shown


def _one_field(name: str) -> str:
    if " or " in name:  # `facts.OR` writes two fields as one in this way
        raise ValueError(f"must be the name of one field, not `{name}`; see `fallback` of `unique`")
    return name


FieldName = Annotated[Word, Meta(title="the name of a field|names of fields"), _one_field]
_Fields = Annotated[
    tuple[FieldName, ...],
    Meta(min_length=1, extra_json_schema={"uniqueItems": True}),
    OR_ONE,
]
_Values = Annotated[tuple[Spelled, ...], Meta(min_length=1), OR_ONE]
_Within = Literal["corpus", "directory", "file"]


class Unique(Terms, frozen=True):
    """Fields whose values together no two documents share."""

    bare: ClassVar = "fields"

    fields: Annotated[_Fields, "the field, or the fields that are a key together"]
    fallback: Annotated[
        FieldName, "the field whose value counts for a document that has none in `fields`"
    ] = ""

    def __post_init__(self) -> None:
        if self.fallback and len(self.fields) > 1:
            raise ValueError("must have one field beside `fallback`")

    @property
    def names(self) -> tuple[str, ...]:
        """All fields that are asked for."""
        return (*self.fields, *filter(None, (self.fallback,)))


class Sequence(Terms, frozen=True):
    """A field that counts the documents of a scope."""

    bare: ClassVar = "field"

    field: Annotated[FieldName, "the field that counts"]
    within: Annotated[_Within, "among which documents it counts (default `directory`)"] = (
        "directory"
    )
    first: Annotated[int | None, Meta(ge=0), "the number of the first (default any)"] = None


class Agree(Terms, frozen=True):
    """A field that is the same in all documents of a scope, or is in all of them or in none."""

    bare: ClassVar = "field"

    field: Annotated[FieldName, "the field that they share"]
    within: Annotated[_Within, "which documents agree with each other"] = "corpus"
    what: Annotated[
        Literal["value", "presence"], "whether its value is the same, or only that it is there"
    ] = "value"


class Compare(Table, frozen=True):
    """A field of the target that must stand in a relation to one of the document, or to values."""

    field: Annotated[FieldName, "the field of the document that is named"]
    own: Annotated[FieldName, "the field that it is compared with (default the same)"] = ""
    must_be: Annotated[
        Literal["same", "at-least", "at-most"], "how it must be to the document's own"
    ] = "same"
    order: Annotated[
        tuple[_Fields, ...], "the values by rank, the lowest first; a list for several of one rank"
    ] = ()
    equals: Annotated[_Values, "what the value must be"] = msgspec.field(name="is", default=())
    differs: Annotated[_Values, "what the value must not be"] = msgspec.field(
        name="is-not", default=()
    )
    help: Annotated[str, "what to do about it, with `{}` for the item"] = ""

    def __post_init__(self) -> None:
        if "" in self.values:
            raise MisplacedError("must be a value that is not empty", (self.relation,))
        if self.values:
            if self.own or self.order or self.must_be != "same" or (self.equals and self.differs):
                raise ValueError(
                    f"must have nothing but `field` and `help` beside `{self.relation}`"
                )
        elif bool(self.order) != (self.must_be != "same"):
            raise ValueError(
                "must have an `order` where `must-be` is at-least or at-most, and only so"
            )

    @property
    def beside(self) -> str:
        """The field of the document that the target is compared with; empty if it is values."""
        return "" if self.values else self.own or self.field

    @property
    def values(self) -> tuple[str, ...]:
        """The values that the target is compared with, if it is not with the document."""
        return self.equals or self.differs

    @property
    def relation(self) -> str:
        """How the target must be to the document, or to the values."""
        if self.values:
            return "is" if self.equals else "is-not"
        return self.must_be

    @property
    def known(self) -> list[bytes]:
        """The values as bytes, as facts have them."""
        return [value.encode() for value in self.values]

    def rank(self, value: bytes) -> int:
        """The rank of a value, -1 if it has none."""
        text = value.decode("utf-8", "replace")
        return next((at for at, words in enumerate(self.order) if text in words), -1)


class Reference(Terms, frozen=True, kw_only=True):
    """A field whose items lead to a document, by the value of its field `to`, or to a `file`.

    The document is of this profile, or of the one named `profile`. Where it lies, with `{}` for
    the item, may be said by `file`: then the disk is asked whether it is there, not the run.
    """

    field: Annotated[FieldName, "the field whose items are references"]
    to: Annotated[FieldName, "the field of the documents that they name, or `file` for paths"]
    file: Annotated[Word, "where the document lies, with `{}` for the item"] = ""
    split: Annotated[str, "what stands between several items in a text"] = ""
    profile: Annotated[str, "the profile that these documents are of (default this one)"] = ""
    compare: Annotated[Compare | None, "what the document must be like"] = None
    anchors: Annotated[bool, "the fragment of a path is an anchor of the file"] = False
    to_itself: Annotated[bool, "whether a document may name itself (default true)"] = True
    help: Annotated[str, "what to do about it, with `{}` for the item"] = ""

    def __post_init__(self) -> None:
        of_file = self.to == "file"
        for key in ("compare", "profile", "file"):
            if of_file and getattr(self, key):
                raise MisplacedError("is only for a `to` that is a field of documents", (key,))
        if self.file and self.file.count("{}") != 1:
            words = f"must be a path with one `{{}}` for the item, not {shown(self.file)}"
            raise MisplacedError(words, ("file",))
        if self.anchors and not of_file:
            raise MisplacedError('is only for a `to` that is "file"', ("anchors",))

    @property
    def terms(self) -> Terms:
        """The terms without the help, into which the item is put first."""
        return Terms(message=self.message, severity=self.severity, exempt=self.exempt)


_Path = Annotated[Word, Meta(title="the path of a file|paths")]


def _inside(path: str) -> str:
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"must be a path that does not lead out of the corpus, not {shown(path)}")
    return path


class Manifest(Terms, frozen=True):
    """Where the manifest is, how it is written, and which of its fields say what.

    An empty field is not compared. The fields are of no use to the `bagit` format.
    """

    bare: ClassVar = "path"

    path: Annotated[_Path, _inside, "the file, from the configuration"]
    format: Annotated[
        Literal["bagit", "csv", "jsonl"], "how it is written (default by the ending of its name)"
    ] = "bagit"
    algorithm: Annotated[
        Literal["sha256", "sha512", "sha1", "md5"],
        "of the digests (default by its name, or sha256)",
    ] = "sha256"
    path_field: Annotated[Word, "the field with the path"] = "path"
    digest_field: Annotated[str, "the field with the digest (default the algorithm)"] = "sha256"
    size_field: Annotated[str, "the field with the size in bytes"] = ""

    @classmethod
    def filled(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """The keys as written, with defaults that follow from the name of the file."""
        name = str(written.get("path", "")).rpartition("/")[2]
        told = [one for one in ("csv", "jsonl") if name.endswith(f".{one}")]
        of_name = [one for one in ("sha256", "sha512", "sha1", "md5") if f"-{one}." in name]
        algorithm = written.get("algorithm", (*of_name, "sha256")[0])
        more = {"format": (*told, "bagit")[0], "algorithm": algorithm, "digest-field": algorithm}
        return {**more, **written}


def _stem(name: str) -> str:
    if name.count("{stem}") == 1 and "/" not in name and name != "{stem}":
        return name
    raise ValueError(f"must be a file name with one `{{stem}}`, not {shown(name)}")


def _led_stem(name: str) -> str:
    way, _, last = name.rpartition("/")
    if way.startswith("/") or name.startswith("/") or "{stem}" in way or "\\" in way:
        raise ValueError(
            f"must be a file name with one `{{stem}}`, or a path to one from the directory of the "
            f"document, such as `../ko/{{stem}}.md`, not {shown(name)}"
        )
    _stem(last)
    return name


_Stem = Annotated[Word, _stem]
_LedStem = Annotated[Word, _led_stem]


class Sidecar(Terms, frozen=True):
    """A file for each document: names with `{stem}` for what the two have in common."""

    of: Annotated[_Stem, "the name of the document"]
    name: Annotated[
        _LedStem,
        "the name of the file beside it, or of one in another directory: `../ko/{stem}.md`",
    ]

    def __post_init__(self) -> None:
        if self.of == self.name:
            raise ValueError("must have two different names in `of` and `name`")
