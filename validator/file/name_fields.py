"""Fields of a file from its name: the groups of `file.name`; also the names of facts of files."""

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
"""The prefix of names of facts that are no fields, as a document may have a field `content`."""

CONTENT: Final = f"{_NO_FIELD}content"
"""The fact for a document's bytes: a 128-bit digest. Documents with equal digests are compared."""

FILE: Final = f"{_NO_FIELD}file"
"""The fact for the file itself: a rule that asks for it gets all files."""

SIZE: Final = f"{_NO_FIELD}size"
"""The bytes of the file on the disk, as a number."""

SUMS: Final = ("md5", "sha1", "sha256", "sha512")
"""Digests of the file on the disk, as manifests have them."""


def fact_of_sum(algorithm: str) -> str:
    """The name of the fact for the digest by this algorithm, one of SUMS."""
    return _NO_FIELD + algorithm


_OF_FILE: Final = frozenset((FILE, SIZE, *map(fact_of_sum, SUMS)))


def is_of_file(fact: str) -> bool:
    """Whether a fact is about the file, and so the same for all documents in it."""
    return fact.startswith("file.") or fact in _OF_FILE


NameReader = Callable[[bytes], Spans | None]


class UnexpectedName(Flaw, frozen=True):
    """A file name that `file.name` does not match, so that its fields cannot be read."""

    name: bytes


def name_reader(settings: Settings) -> NameReader | None:
    """A function that gives the spans of the groups of `file.name` in a name; None without option.

    The function gives None for a name that does not match. `a.txt.gz` holds the document `a.txt`:
    if the whole name does not match, that name is tried.
    """
    if not settings[NAME]:
        return None
    fit = compiled(settings[NAME]).spans

    def spans(name: bytes) -> Spans | None:
        found = fit(name)
        return fit(bare(name)) if found is None and packing_of(name) else found

    return spans


def names_reader(settings: Settings) -> Callable[[Sequence[bytes]], bool] | None:
    """A function that says whether all of many names match `file.name`; None without the option.

    The function may say no where all match, never yes where one does not.
    """
    source = settings[NAME]
    if not source:
        return None
    try:  # only `\\C` could match across two names
        fit = line_program(f"(?:(?:{source}){LINE_END})*") if r"\C" not in source else None
    except ValueError:
        fit = None  # the pattern is too large: names are matched one by one

    def all_fit(names: Sequence[bytes]) -> bool:
        if fit is None:
            return False
        joined = b"\n".join(names) + b"\n"
        return joined.count(b"\n") == len(names) and fit(joined)

    return all_fit


def group_of(field: str, settings: Settings) -> int | None:
    """The number of the group of `file.name` that captures `file.<name>`; None if none does."""
    family, _, name = field.partition(".")
    if family != "file" or not settings[NAME]:
        return None
    names = compiled(settings[NAME]).names
    return names.index(name) + 1 if name in names else None


def captures(name: bytes, settings: Settings) -> dict[str, str]:
    """The values of the fields `file.<group>` that `file.name` captures in this name."""
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
    """The value of the field `file.<group>` in this name; None if it has none."""
    group, fit = group_of(field, settings), name_reader(settings)
    spans = fit(name) if fit and group is not None else None
    if group is None or spans is None or spans[group][0] < 0:
        return None
    return name[spans[group][0] : spans[group][1]]
