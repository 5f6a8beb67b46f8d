"""What can go wrong with checking itself, as a value like any other finding."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Flaw


@dataclass(frozen=True, slots=True)
class Unchecked(Flaw):
    """The check of a file broke off. `cause` is `killed`, `timeout` or `defect`."""

    blocks = True
    cause: str
    reason: str
