"""Reads the sidecar of a document: the file beside it that holds its metadata."""

from __future__ import annotations

from msgspec.structs import replace

from ..document import Document
from ..encoding.utf8 import MARK
from ..file.archive_names import display_path
from ..file.listing import name_like
from ..file.reading import read_beside
from ..file.sidecars import sidecar_of, suffix_of
from ..metadata.syntax.limits import MAX_BYTES
from ..metadata.syntax.table import SUFFIXES
from ..model import Flaw
from ..settings.options import Settings
from ..text.lines import Window
from . import options as keys
from .flaws import NoSidecar


def attached(document: Document, settings: Settings) -> tuple[Document, list[Flaw]]:
    """The document with its sidecar, and a flaw if it must have one and has none.

    Of a sidecar that is larger than a metadata block may be, one byte more than the limit is read.
    One that cannot be read is empty here; the exact way through the file finds out why.
    """
    form = settings[keys.SIDECAR]
    path = path_of(document.place.path, form)
    most, beside = settings[MAX_BYTES] + 1, document.place.beside
    found = read_beside(path, most) if beside is None else (beside[:most], len(beside))
    if found is None:
        if settings[keys.PRESENCE] == "allow":
            return document, []
        folder, name = _parted(path)
        flaw = NoSidecar(name, name_like(folder, name))
        return replace(document, sidecar=Document(Window(b""), (0, 0))), [flaw]
    data, size = found
    shown = display_path(path)
    start, end = 3 if data.startswith(MARK) else 0, len(data)
    return replace(
        document,
        sidecar=Document(
            Window(data, path=shown),
            (end, end),
            (start, end),
            SUFFIXES[suffix_of(form)],
            place=document.place,
            size=size,
        ),
    ), []


def path_of(path: bytes, form: str) -> bytes:
    """The path of the sidecar of the document at `path`; `form` is the option `sidecar`."""
    folder, name = _parted(path)
    return folder + sidecar_of(name, form)


def _parted(path: bytes) -> tuple[bytes, bytes]:
    cut = path.rfind(b"/") + 1
    return path[:cut], path[cut:]
