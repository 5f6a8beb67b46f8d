"""Fields that every file has before it is opened: what its name captures, and its id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ..model import Flaw
from ..settings.options import Option, Settings, Source, text
from ..text.re2 import LINE_END, Spans, compiled, line_program
from .compression import bare, packing_of

NAME: Final = Option(
    "file.name",
    "pattern that the whole file name must match, with or without the suffix of a compressed "
    "file; its named groups are fields: `(?P<id>…)` is `file.id`",
    "",
    Source,
)

ID: Final = text("metadata.id", "the field that identifies a document, `file.id` for instance")

_NO_FIELD: Final = "\0"
"""How the names of facts begin that are no fields: a document may have a field `content`."""

CONTENT: Final = f"{_NO_FIELD}content"
"""The fact that stands for a document's bytes: a 128-bit digest, candidates to be compared."""

FILE: Final = f"{_NO_FIELD}file"
"""Stands for the file itself: a rule that asks for it wants to know of every file."""

SIZE: Final = f"{_NO_FIELD}size"
"""The bytes of the file on the disk, as a number."""

SUMS: Final = ("md5", "sha1", "sha256", "sha512")
"""Digests of the file on the disk, as manifests have them."""


def fact_of_sum(algorithm: str) -> str:
    """The name of the fact that is such a digest."""
    return _NO_FIELD + algorithm


_OF_FILE: Final = frozenset((FILE, SIZE, *map(fact_of_sum, SUMS)))


def is_of_file(fact: str) -> bool:
    """Whether a fact is told by the file, and the same for all of its documents."""
    return fact.startswith("file.") or fact in _OF_FILE


NameReader = Callable[[bytes], Spans | None]


class UnexpectedName(Flaw, frozen=True):
    """A file name that `file.name` does not match, so that its fields cannot be read."""

    name: bytes


def name_reader(settings: Settings) -> NameReader | None:
    """What gives the spans of a name's groups, or None when it does not fit; None if any fits.

    `a.txt.gz` holds the document `a.txt`: where the whole name does not fit, that one is tried.
    """
    if not settings[NAME]:
        return None
    fit = compiled(settings[NAME]).spans

    def spans(name: bytes) -> Spans | None:
        found = fit(name)
        return fit(bare(name)) if found is None and packing_of(name) else found

    return spans


def names_reader(settings: Settings) -> Callable[[Sequence[bytes]], bool] | None:
    """What says of many names at once that all of them fit; it may not know. None if any fits."""
    source = settings[NAME]
    if not source:
        return None
    try:  # `\\C` alone would match across two names
        fit = line_program(f"(?:(?:{source}){LINE_END})*") if r"\C" not in source else None
    except ValueError:
        fit = None  # too large: each is asked

    def all_fit(names: Sequence[bytes]) -> bool:
        if fit is None:
            return False
        joined = b"\n".join(names) + b"\n"
        return joined.count(b"\n") == len(names) and fit(joined)

    return all_fit


def group_of(field: str, settings: Settings) -> int | None:
    """Index of the group of `file.name` that captures `file.<name>`; None if none does."""
    family, _, name = field.partition(".")
    if family != "file" or not settings[NAME]:
        return None
    names = compiled(settings[NAME]).names
    return names.index(name) + 1 if name in names else None


def captures(name: bytes, settings: Settings) -> dict[str, str]:
    """The fields that `file.name` captures in this name, as `file.<group>`."""
    fit = name_reader(settings)
    spans = fit(name) if fit else None
    if spans is None:
        return {}
    return {
        f"file.{group}": name[start:end].decode("utf-8", "replace")
        for group, (start, end) in zip(compiled(settings[NAME]).names, spans[1:], strict=True)
        if group and start >= 0
    }


def capture(name: bytes, field: str, settings: Settings) -> bytes | None:
    """The value of `file.<group>` in this name; None when it has none."""
    group, fit = group_of(field, settings), name_reader(settings)
    spans = fit(name) if fit and group is not None else None
    if group is None or spans is None or spans[group][0] < 0:
        return None
    return name[spans[group][0] : spans[group][1]]
