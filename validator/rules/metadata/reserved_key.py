"""Some readers have fields of their own, and put them over those of a file that are called so.

python-frontmatter fails at a key `content`; datatrove writes its own `file_path` over that of the
document. The data is right, and still nobody gets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from ...document import Document, Place
from ...metadata import fields as metadata
from ...model import Hit
from ...settings.options import Settings, texts
from ..rule import Each, Rule
from . import shortened, under

RESERVED = texts(
    "metadata.reserved", "keys at the top of the metadata that a reader keeps for itself"
)


def wanted(settings: Settings) -> bool:
    return bool(settings[RESERVED])


def clean(document: Document, settings: Settings) -> bool:
    found = metadata.values(document, settings)
    reserved = settings[RESERVED]
    return found is not None and found.keys().isdisjoint(reserved)


def clean_records(records: Sequence[Mapping[str, Any]], place: Place, settings: Settings) -> bool:
    reserved = settings[RESERVED]
    return frozenset(reserved).isdisjoint(chain.from_iterable(records))


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    tree = metadata.examined(document, settings).tree
    children = tree.children if tree is not None else ()
    if not isinstance(children, Mapping):
        return
    for key in settings[RESERVED]:
        if key in children:
            name = shortened(key)
            yield Hit(
                *children[key].key,
                f"the key `{name}` is one that a reader keeps for itself",
                help="call the field by another name: the reader fails here, or puts a value of "
                "its own in its place",
                data={"key": name},
            )


rule = Rule(
    __name__,
    code="MET042",
    summary="A field is called as one that a reader keeps for itself.",
    check=Each(wanted, clean, diagnose, clean_records),
    options=(RESERVED,),
    profile=under(reserved=["content"]),
    bad={"a.md": b"---\ntitle: Sea\ncontent: deep\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Sea\ncontents: deep\n---\nText.\n"},
)
