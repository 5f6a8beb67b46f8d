"""The record that the module of each way to divide files declares."""

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
"""Gives the documents of a file from its windows, each after the flaws in it. May be called for
many files."""

RunOf = Callable[[Window], Run | None]
"""Gives the records of a window if each of its lines is one, else None."""


def _nothing(settings: Settings) -> str:
    return ""


class Kind(Struct, frozen=True):
    """One value of `delimiters.kind`.

    `document` says in words what a document is, `needs` which keys it needs. `divider` makes the
    function that divides under these settings; large modules are imported only there, as a profile
    needs only one of them. `lacks` names the missing keys, for "so the profile must have ...".

    `sample` is a file that is divided without a flaw, with these further `keys` of `[delimiters]`:
    into two documents, or into one if the kind does not `divides`.

    If a document `is_record`, it is its own metadata and may hold long texts: only
    `delimiters.record-bytes` limits it.

    If files are divided by lines, `run_of` makes the function that finds the records of a window.
    Such a `divider` gives back each `Passed` as it is; one comes after a window that ends in a
    record.
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
