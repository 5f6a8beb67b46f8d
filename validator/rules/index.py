"""What is to be known of every rule before one is imported: most have nothing to do in a run.

`index.json` says so. It is generated from the rules (`indexing`), and a test compares it; where it
does not list the modules that are there, the rules are asked instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from ..file.opening import LARGEST, read_whole
from ..model import FindingKind, Flaw, Severity
from ..text.screen.screen import PLAIN, Plain

FAMILIES: Final = {
    "FIL": "file",
    "ENC": "encoding",
    "TXT": "text",
    "DEL": "delimiters",
    "MET": "metadata",
    "BOD": "body",
    "COR": "corpus",
}
"""Families of rules: prefix of codes -> name, which is also that of the profile's table, the room
and the chapter of the docs. They are in the order in which data flows through them."""

PATH: Final = os.path.join(os.path.dirname(__file__), "index.json")


class Entry(Struct, frozen=True, omit_defaults=True):
    """What the index has of a rule: enough to select it, and to know whether to import it.

    `asks` are keys of a profile: the rule has work only if one of them is set; None if it always
    has work. `flaw` is the name of the type of flaws that it explains, or empty.

    `clues` are its clues if none of the keys in `hang_on` is set: with them the rule need not be
    imported for a clean corpus. None if the rule itself must be asked. The other fields are those
    of the rule.
    """

    code: str
    name: str
    shape: str
    severity: Severity = Severity.ERROR
    kind: FindingKind = FindingKind.READER
    default: bool = True
    options: tuple[str, ...] = ()
    asks: tuple[str, ...] | None = None
    flaw: str = ""
    covers: tuple[str, ...] = ()
    as_written: bool = False
    clues: tuple[tuple[str, tuple[bytes, ...]], ...] | None = None
    hang_on: tuple[str, ...] = ()

    @property
    def known_clues(self) -> tuple[Plain, ...]:
        """The clues that the index has for the rule."""
        return tuple(PLAIN[name](*parts) for name, parts in self.clues or ())

    @property
    def family(self) -> str:
        """The three letters that the code begins with."""
        return self.code[:3]

    @property
    def home(self) -> tuple[str, str]:
        """The room of its module, and the module's name."""
        return FAMILIES[self.family], self.name.replace("-", "_")


class Index(Struct, frozen=True):
    """The entries of all rules, in order; and `misfits`, as in Catalog."""

    rules: tuple[Entry, ...]
    misfits: Mapping[str, tuple[str, ...]]


def name_of(flaw: type[Flaw]) -> str:
    """The name of a type of flaws in the index."""
    return f"{flaw.__module__}.{flaw.__qualname__}".partition(".")[2]


def written() -> Index:
    """The index from its file `index.json`; an empty one if that cannot be read."""
    try:
        return msgspec.json.decode(read_whole(os.fsencode(PATH), LARGEST) or b"", type=Index)
    except msgspec.MsgspecError:
        return Index((), {})


def modules() -> Iterator[tuple[str, str]]:
    """The room and the name of each module that has a rule."""
    for room in FAMILIES.values():
        for file in sorted(os.listdir(os.path.join(os.path.dirname(PATH), room))):
            stem, ending = os.path.splitext(file)
            if ending == ".py" and stem != "__init__":
                yield room, stem
