"""A schema as it was declared: plain data, and what is compiled from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Declared(dict[str, Any]):
    """The table of a schema, complete. What is compiled from it stays with it (`memo`).

    It is not changed. What was pickled is compiled again.
    """

    def __reduce__(self) -> tuple[type[Declared], tuple[Mapping[str, Any]]]:
        return Declared, (dict(self),)
