"""A way to divide files into documents: what the module of each declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from ..document import Document
from ..model import Flaw
from ..settings.options import Settings
from ..text.lines import Window
from .runs import Passed, Run

Item = Document | Flaw | Run | Passed

Divide = Callable[[Iterable[Window]], Iterator[Item]]
"""Gives, from the windows of a file, its documents, each after the flaws in it. May be called for
many files."""

RunOf = Callable[[Window], Run | None]
"""The records of a window, if it is nothing but records of a line each that stand together."""


def _nothing(settings: Settings) -> str:
    return ""


class Kind(Struct, frozen=True):
    """One value of `delimiters.kind`.

    `document` says what one is, `needs` which keys. `divider` gives what divides under these
    settings: a profile needs only its own, so what is large is imported there. `lacks` names the
    keys that are missing, for "so the profile must have ...".

    `sample` is a file that these further `keys` of `[delimiters]` divide into two documents without
    a flaw, or, unless it `divides`, into one.

    Where a document `is_record`, it is its own metadata, texts of any length among it; only
    `delimiters.record-bytes` is for how long it may be.

    Of files that are divided by lines `run_of` gives what knows the records of a window. Their
    `divider` passes on what is `Passed`, which may come after a window that ends with such a one.
    """

    name: str
    document: str
    needs: str
    divider: Callable[[Settings], Divide]
    sample: bytes
    keys: Mapping[str, object] = {}
    lacks: Callable[[Settings], str] = _nothing
    divides: bool = True
    is_record: bool = False
    run_of: Callable[[Settings], RunOf] | None = None
