"""The names of sidecars: files beside documents that hold their metadata.

A form is a file name with `{stem}`, the name of the document without its suffix, or `{name}`, the
whole name; the suffix of a compressed document is not part of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from .compression import bare

_PLACES: Final = ("{stem}", "{name}")


def checked_form(form: str) -> str:
    """The same form. Raises ValueError, with the rest of a sentence, if it is no form."""
    if sum(map(form.count, _PLACES)) != 1 or "/" in form:
        raise ValueError(f"must be a file name with one `{{stem}}` or `{{name}}`, not {form!r}")
    return form


def suffix_of(form: str) -> str:
    """The suffix of the names of these sidecars, without the dot; it tells their syntax."""
    return form.rpartition(".")[2]


def sidecar_of(name: bytes, form: str) -> bytes:
    """The name of the sidecar of the document in the file `name`."""
    own = bare(name) or name
    stem = own.rpartition(b".")[0] or own
    before, place, after = _parted(form)
    return b"".join((before, own if place == "{name}" else stem, after))


def is_sidecar(name: bytes, form: str) -> bool:
    """Whether `name` is the name of a sidecar, and not of a document."""
    before, _, after = _parted(form)
    return name.startswith(before) and name.endswith(after) and len(name) > len(before + after)


def orphans(names: Iterable[bytes], form: str, fits: Iterable[bytes]) -> Iterator[bytes]:
    """The `names` of sidecars without a document; `fits` are the names of possible documents.

    Hidden files are left out.
    """
    known = {sidecar_of(name, form) for name in fits if not is_sidecar(name, form)}
    for name in names:
        if is_sidecar(name, form) and name not in known and not name.startswith(b"."):
            yield name


@lru_cache(64)
def _parted(form: str) -> tuple[bytes, str, bytes]:
    place = next(place for place in _PLACES if place in form)
    before, _, after = form.partition(place)
    return os.fsencode(before), place, os.fsencode(after)
