"""What a walk passes by: how many files and directories for each reason, and their suffixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ..text.visible import visible
from .compression import bare

HIDDEN: Final = "hidden"
IGNORED: Final = "ignored by git"
LINKED: Final = "linked directory"
EXCLUDED: Final = "excluded"
MARKER: Final = "mark of a folder"
"""An empty object whose key ends in `/`, as consoles make them: no document is lost with it."""

BESIDE: Final = "read beside a document"
"""A file that is a part of a document, and so no document itself."""

UNCLAIMED: Final = "without a profile"
"""A file that no profile is for: the one reason that is nobody's wish, so its suffixes count."""

SUFFIXES: Final = 5
"""Suffixes that the last line names."""


class PassedBy(Counter[str]):
    """Counts by reason; `suffixes` are those of the files that no profile is for.

    `tell` hears of each path and its reason, as it is passed by. `by_content` counts, by profile,
    the files that are not passed by because of what is in them.
    """

    def __init__(self, tell: Callable[[bytes, str], None] | None = None) -> None:
        super().__init__()
        self.suffixes: Counter[str] = Counter()
        self.by_content: Counter[str] = Counter()
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

    def join(self, counts: Mapping[str, int], suffixes: Mapping[str, int]) -> None:
        """Take in what was passed by elsewhere, counted by reason, and the suffixes."""
        self.update(counts)
        self.suffixes.update(suffixes)

    def known_by_content(self, path: bytes, profile: str, form: str) -> None:
        """Take in a file whose profile was known by its content, which has this form."""
        self.by_content[profile] += 1


def suffix_of(name: bytes) -> str:
    """`.rst`, `.tsv.gz` with that of a compressed file; empty where there is none.

    In small letters: `.MD` and `.md` are one kind of file.
    """
    inner = bare(name)
    stem, dot, ending = inner.rpartition(b".")
    suffix = dot + ending if stem else b""
    return (suffix + name[len(inner) :]).lower().decode("utf-8", "replace")


def suffixes(counts: Mapping[str, int]) -> str:
    """`3 .rst, 1 .png, 2 others`: the most frequent suffixes of files."""
    common = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rest = sum(count for _, count in common[SUFFIXES:])
    told = [f"{n} {visible(suffix) or 'without a suffix'}" for suffix, n in common[:SUFFIXES]]
    return ", ".join([*told, f"{rest} others"] if rest else told)
