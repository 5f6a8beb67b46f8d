"""What a declared check of the body asks of the document around it: its fields, its exemptions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from os import fsdecode
from typing import Any

from .. import exemptions, grades, metadata
from ..document import Document, Span
from ..exemptions import Exempt
from ..fields import ID
from ..grades import Grade
from ..lines import NEWLINE
from ..model import Severity
from ..options import Settings
from . import tables


def lookup(document: Document, settings: Settings, name: str) -> Any:
    """The value of a field of a document; None if it has none."""
    return metadata.field(document, settings, name)


def place(document: Document, settings: Settings, name: str) -> Span:
    """Where a field stands, in what holds the metadata; without a place, the first line of them."""
    node = metadata.examined(document, settings).tree
    keys = [name] if node and name in node.children else name.split(".")
    for key in keys:
        children = node.children if node else ()
        node = children.get(key) if isinstance(children, Mapping) else None
    if node:
        return node.span
    holder = document.holder
    start, end = holder.block if holder.block[0] >= 0 else holder.body
    line = NEWLINE.search(holder.data, start, end)
    return start, line.start() if line else end


def grade_of(grade: Grade, document: Document, settings: Settings) -> Severity | None:
    """How grave a breach is in this document; None for the severity of the rule."""
    return grade.of(partial(lookup, document, settings))


def exempt(document: Document, settings: Settings, listed: Exempt) -> tuple[bool, tuple[str, ...]]:
    """Whether a document is exempt, and else what to note: an exemption that has ended."""
    if not listed:
        return False, ()
    known = settings[ID]
    name = lookup(document, settings, known) if known else None
    place = document.place
    free, ended = listed.of("" if name is None else str(name), fsdecode(place.path), place.today)
    return free, (ended,) if ended else ()


def grade_in(found: Mapping[str, Any]) -> Grade:
    """`severity` of a table. Raises ValueError with the rest of the sentence."""
    with tables.at("severity"):
        return grades.grade(found.get("severity"))


def exempt_in(found: Mapping[str, Any]) -> Exempt:
    """`except` of a table. Raises ValueError with the rest of the sentence."""
    with tables.at("except"):
        return exemptions.exemptions(found.get("except", []))
