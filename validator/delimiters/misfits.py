"""Finds keys of `[delimiters]` that are right one by one, but do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from ..file.compression import READ_PARQUET
from ..settings.options import Settings
from .kinds import KIND, kind_of
from .markers import Marker, clashes
from .options import BEGIN, BLOCK, BOUNDARY, END, ORDINAL, SEPARATOR, SIDECAR


def misfits(settings: Settings) -> Iterator[tuple[str, str]]:
    """For each misfit the key that is wrong, and the rest of the sentence "`key` ..."."""
    kind = kind_of(settings)
    begin, end, separator = settings[BEGIN], settings[END], settings[SEPARATOR]
    if lacking := kind.lacks(settings):
        yield KIND.key, f"is `{kind.name}`, so the profile must have {lacking}"
    if end and not begin:
        yield END.key, "needs a `begin` to belong to"
    yield from _unused(settings)
    if begin and separator:
        yield SEPARATOR.key, "and `begin` exclude each other"
    for first, _ in clashes(begin, end):
        yield BEGIN.key, f"matches its own end: `{first.form}` would open and close a document"
    for key, name in ((ORDINAL.key, settings[ORDINAL]), (BOUNDARY.key, settings[BOUNDARY])):
        if name and not all(name in marker.names for marker in begin):
            yield key, f"names `{name}`, which is no capture of `begin`{_known(begin)}"
    yield from _sidecar_faults(settings)
    if settings[READ_PARQUET] == "rows" and not kind.is_record:
        words = f"is `rows`, which are records: `{KIND.key}` must be `json-lines`, and is"
        yield READ_PARQUET.key, f"{words} `{kind.name}`"


def _unused(settings: Settings) -> Iterator[tuple[str, str]]:
    """Keys that would do nothing with this kind of division."""
    kind = kind_of(settings)
    for option in (BEGIN, END, SEPARATOR) if kind.is_record or not kind.divides else ():
        if settings[option]:
            words = f'divides files only with `kind = "marked"`, and `kind` is `{kind.name}`'
            yield option.key, words
    if kind.is_record and settings[BLOCK] not in {"none", "sidecar"}:
        words = f"is for documents with a text, and `kind` is `{kind.name}`"
        yield BLOCK.key, f"{words}, whose records are metadata"


def _sidecar_faults(settings: Settings) -> Iterator[tuple[str, str]]:
    beside, kind = settings[BLOCK] == "sidecar", kind_of(settings)
    if beside and kind.divides:
        words = "which only files have that are one document each"
        yield BLOCK.key, f"is `sidecar`, {words}: `kind` is `{kind.name}`, and must be `whole`"
    if beside and not settings[SIDECAR]:
        yield BLOCK.key, 'is `sidecar`, so the profile must have `sidecar`, as in "{stem}.json"'
    if settings[SIDECAR] and not beside:
        yield SIDECAR.key, 'is only for `block = "sidecar"`'


def _known(begin: tuple[Marker, ...]) -> str:
    names = sorted({name for marker in begin for name in marker.names})
    return f"; there are {', '.join(names)}" if names else "; it has none"
