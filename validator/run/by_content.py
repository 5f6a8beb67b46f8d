"""The profile of a file by its first bytes, where its name does not tell which one it is."""

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
"""So many bytes of a file are read to find its profile."""

_MARK: Final = b"\xef\xbb\xbf"


class Contents:
    """The profiles that recognise files by content, among some that come in order.

    A profile with patterns of files is none of them.
    """

    def __init__(self, profiles: Sequence[Profile], first: int = 0) -> None:
        """`first` is the index of the first of the `profiles` in the configuration."""
        self._known: list[tuple[int, Content]] = [
            (at, one.content)
            for at, one in enumerate(profiles, first)
            if one.content and not one.files
        ]
        self._telling: dict[str, Asked] = {}

    def of(
        self, here: Here, name: str, path: bytes, taker: Profile | None
    ) -> tuple[int, str] | None:
        """The index of the profile that recognises the file at `path`, and the form it has found.

        None if none does. A file is opened only if `name` is one of the names in which a profile
        asks for the content. It is not opened if only the `taker` has that name, which is the
        profile that would take the file by its name.
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
        """Whether a text has the words that one of the patterns needs; False for an empty text."""
        return text != b"" and any(all(map(text.__contains__, words)) for words in self._words)

    def _tells(self, here: Here, name: str, taker: Profile | None) -> bool:
        """Whether the taker knows the name by a pattern of its own: `001_5d41402abc4b2a76.txt`."""
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
