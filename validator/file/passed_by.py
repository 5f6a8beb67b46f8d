"""What a walk passes by: how many files and directories for each reason, and their suffixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from .compression import bare

HIDDEN: Final = "hidden"
IGNORED: Final = "ignored by git"
LINKED: Final = "linked directory"
EXCLUDED: Final = "excluded"
UNCLAIMED: Final = "without a profile"
"""A file that no profile is for: the one reason that is nobody's wish, so its suffixes count."""


class PassedBy(Counter[str]):
    """Counts by reason; `suffixes` are those of the files that no profile is for.

    `tell` hears of each path and its reason, as it is passed by.
    """

    def __init__(self, tell: Callable[[bytes, str], None] | None = None) -> None:
        super().__init__()
        self.suffixes: Counter[str] = Counter()
        self._tell = tell

    def add(self, reason: str, folder: bytes, names: Sequence[bytes]) -> None:
        """Take in names of one directory; `folder` ends in `/` or is empty."""
        if not names:
            return
        self[reason] += len(names)
        if reason == UNCLAIMED:
            self.suffixes.update(map(suffix_of, names))
        for name in names if self._tell else ():
            self._tell(folder + name, reason)  # type: ignore[misc]


def suffix_of(name: bytes) -> str:
    """`.rst`, `.tsv.gz` with that of a compressed file; empty where there is none.

    In small letters: `.MD` and `.md` are one kind of file.
    """
    inner = bare(name)
    stem, dot, ending = inner.rpartition(b".")
    suffix = dot + ending if stem else b""
    return (suffix + name[len(inner) :]).lower().decode("utf-8", "replace")
