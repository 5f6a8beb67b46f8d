"""Which profile a file is for by its first bytes, where its name says too little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from ..file.reading import read_beginning
from ..profile.resolve import Content, Profile
from ..text.needed import needed_words
from ..text.re2 import searched_set
from .claims import Asked, Here, named

BEGINNING: Final = 4096
"""Bytes of a file that are looked at."""

_MARK: Final = b"\xef\xbb\xbf"


class Contents:
    """The profiles of a row that know files by content: those that have no patterns of files."""

    def __init__(self, profiles: Sequence[Profile], first: int = 0) -> None:
        """`first` is the index of the first of them."""
        self._known: list[tuple[int, Content]] = [
            (at, one.content)
            for at, one in enumerate(profiles, first)
            if one.content and not one.files
        ]
        self._telling: dict[str, Asked] = {}

    def of(
        self, here: Here, name: str, path: bytes, taker: Profile | None
    ) -> tuple[int, str] | None:
        """The profile that knows the file at `path`, called `name`, and what it knows it by.

        Only a file of one of their names is opened; and none whose name says more than these to its
        `taker`, the profile that would take it by its name.
        """
        if not self._known or not self._within(here, name) or self._tells(here, name, taker):
            return None
        text = read_beginning(path, BEGINNING).removeprefix(_MARK)
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n")
        for at in self._fitting(text) if self._may_fit(text) else ():
            if self._each[at](here, name):
                index, content = self._known[at]
                return index, content.form
        return None

    def _may_fit(self, text: bytes) -> bool:
        """Whether a text has the words of one of the patterns; of an empty one none is asked."""
        return text != b"" and any(all(map(text.__contains__, words)) for words in self._words)

    def _tells(self, here: Here, name: str, taker: Profile | None) -> bool:
        """Whether the name is one that its taker alone knows: `001_5d41402abc4b2a76.txt`."""
        if taker is None:
            return False
        if taker.name not in self._telling:
            vague = {pattern for _, content in self._known for pattern in content.within}
            self._telling[taker.name] = named(one for one in taker.names if one not in vague)
        return self._telling[taker.name](here, name)

    @cached_property
    def _within(self) -> Asked:
        return named([name for _, content in self._known for name in content.within])

    @cached_property
    def _each(self) -> Sequence[Asked]:
        return [named(content.within) for _, content in self._known]

    @cached_property
    def _words(self) -> Sequence[Sequence[bytes]]:
        return [needed_words(content.pattern) for _, content in self._known]

    @cached_property
    def _fitting(self) -> Callable[[bytes], Sequence[int]]:
        return searched_set([content.pattern for _, content in self._known])
