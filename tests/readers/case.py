"""What a case is: a file, the documents that its author meant, and what should be said of it."""

from __future__ import annotations

import gzip
from typing import Any, NamedTuple


class Case(NamedTuple):
    """One generated file. `rules` is empty where the file is right, else one of them names it."""

    format: str
    name: str
    what: str
    data: bytes
    meant: list[Any]
    rules: tuple[str, ...] = ()
    suffix: str = ""
    own_profile: str = ""

    @property
    def profile(self) -> str:
        """The profile that judges it: that of its format, unless it has one of its own."""
        return self.own_profile or self.format

    @property
    def key(self) -> str:
        """What tells it from all other cases."""
        return f"{self.format}/{self.name}"

    @property
    def file(self) -> str:
        """The name of the file: readers judge by the end of it."""
        return self.name + (self.suffix or SUFFIX[self.format])


SUFFIX = {"jsonl": ".jsonl", "front-matter": ".md", "mbox": ".mbox", "wet": ".warc.wet"}


def packed(data: bytes) -> bytes:
    """One gzip member; the same bytes on every day."""
    return gzip.compress(data, mtime=0)
