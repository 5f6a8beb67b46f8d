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
"""Code prefix of each family and the profile table, room and chapter that bear its name, in the
order in which data flows through them."""

PATH: Final = os.path.join(os.path.dirname(__file__), "index.json")


class Entry(Struct, frozen=True, omit_defaults=True):
    """A rule, as far as it must be known to choose it, and to leave it where it is.

    `asks` are the keys of a profile of which one must be set, or the rule has nothing to do; None
    for a rule that has work in any case. `flaw` is the name of the flaws that it explains, if any.

    `clues` are what it looks for while none of the keys is set that they `hang_on`: with them the
    rule need not be imported for a clean corpus. None where it must be asked for its clues. The
    other fields are those of the rule.
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
        """The clues that are written down: the type of each, and what it is made of."""
        return tuple(PLAIN[name](*parts) for name, parts in self.clues or ())

    @property
    def family(self) -> str:
        """The three letters that the code begins with."""
        return self.code[:3]

    @property
    def home(self) -> tuple[str, str]:
        """The room and the name of its module."""
        return FAMILIES[self.family], self.name.replace("-", "_")


class Index(Struct, frozen=True):
    """The rules in their order, and the keys that decide whether a family has misfits to tell."""

    rules: tuple[Entry, ...]
    misfits: Mapping[str, tuple[str, ...]]


def name_of(flaw: type[Flaw]) -> str:
    """The name of a type of flaws in the index."""
    return f"{flaw.__module__}.{flaw.__qualname__}".partition(".")[2]


def written() -> Index:
    """The index as it was written down; an empty one where it cannot be read."""
    try:
        return msgspec.json.decode(read_whole(os.fsencode(PATH), LARGEST) or b"", type=Index)
    except msgspec.MsgspecError:
        return Index((), {})


def modules() -> Iterator[tuple[str, str]]:
    """The room and the name of each module that holds a rule."""
    for room in FAMILIES.values():
        for file in sorted(os.listdir(os.path.join(os.path.dirname(PATH), room))):
            stem, ending = os.path.splitext(file)
            if ending == ".py" and stem != "__init__":
                yield room, stem
