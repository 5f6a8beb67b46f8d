"""Counts the files and directories that a walk skips, by reason, and their suffixes."""

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
"""An empty object whose key ends in `/`, as web consoles make them; it is no document."""

BESIDE: Final = "read beside a document"
"""A sidecar: it is a part of a document, and so no document itself."""

UNCLAIMED: Final = "without a profile"
"""A file that no profile is for. Nobody has asked to skip it, so suffixes are counted for it."""

SUFFIXES: Final = 5
"""Most suffixes that the summary names."""


class PassedBy(Counter[str]):
    """Counts of skipped files by reason; `suffixes` counts those of files that no profile is for.

    `tell` is called with each path that is skipped and the reason. `by_content` counts, by profile,
    files that are not skipped because their content tells the profile.
    """

    def __init__(self, tell: Callable[[bytes, str], None] | None = None) -> None:
        super().__init__()
        self.suffixes: Counter[str] = Counter()
        self.by_content: Counter[str] = Counter()
        self._tell = tell

    def add(self, reason: str, folder: bytes, names: Sequence[bytes]) -> None:
        """Count skipped names of one directory; `folder` ends in `/` or is empty."""
        if not names:
            return
        self[reason] += len(names)
        if reason == UNCLAIMED:
            self.suffixes.update(map(suffix_of, names))
        for name in names if self._tell else ():
            self._tell(folder + name, reason)  # type: ignore[misc]

    def join(self, counts: Mapping[str, int], suffixes: Mapping[str, int]) -> None:
        """Add the counts of another process: by reason, and by suffix."""
        self.update(counts)
        self.suffixes.update(suffixes)

    def known_by_content(self, path: bytes, profile: str, form: str) -> None:
        """Count a file whose profile was recognised by its content, which has the form `form`."""
        self.by_content[profile] += 1


def suffix_of(name: bytes) -> str:
    """The suffix of a file name in small letters, with that of a compressed file: `.tsv.gz`.

    Empty if the name has none.
    """
    inner = bare(name)
    stem, dot, ending = inner.rpartition(b".")
    suffix = dot + ending if stem else b""
    return (suffix + name[len(inner) :]).lower().decode("utf-8", "replace")


def suffixes(counts: Mapping[str, int]) -> str:
    """The most frequent suffixes, in words: "3 .rst, 1 .png, 2 others"."""
    common = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rest = sum(count for _, count in common[SUFFIXES:])
    told = [f"{n} {visible(suffix) or 'without a suffix'}" for suffix, n in common[:SUFFIXES]]
    return ", ".join([*told, f"{rest} others"] if rest else told)
