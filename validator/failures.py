"""What can go wrong with checking itself, as a value like any other finding."""

from __future__ import annotations

from typing import ClassVar

from .model import Flaw


class Unchecked(Flaw, frozen=True):
    """The check of a file broke off. `cause` is `killed`, `timeout` or `defect`."""

    blocks: ClassVar[bool] = True
    cause: str
    reason: str
