"""Files that stand in the place of a document: web pages, pointers, texts of links, merges."""

from __future__ import annotations

from collections.abc import Container, Set
from io import FileIO

from ..file.conflicts import Conflict, conflicts
from ..file.doubled import Doubled, doubled, doubled_in
from ..file.reading import Pages
from ..file.stand_ins import LinkText, WebPage, link_text, pointer, web_page
from ..model import Flaw
from ..text.lines import Window


def wanted(explained: Container[object], *, divides: bool) -> Set[type]:
    """The kinds of stand-ins to look for: those that rules of the profile explain.

    In a file that `divides` into documents, a doubled document is not looked for.
    """
    found = {kind for kind in (WebPage, LinkText, Doubled, Conflict) if kind in explained}
    return found - {Doubled} if divides else found


class StandIns:
    """Looks for the `wanted` kinds of stand-ins in the windows of one file."""

    def __init__(self, wanted: Set[type], path: bytes, name: bytes) -> None:
        """`name` is empty for a document without one; then kinds that need a name are left out."""
        self._wanted, self._path, self._name = wanted, path, name
        self.flaws: list[Flaw] = []

    def seen_in(self, window: Window) -> bool:
        """Whether this window or one before shows that the file is no document. Keeps the flaw."""
        found = self._head(window) if window.first else None
        if found is None and window.first and window.last:
            found = self._whole(window.data)
        if found is not None:
            self.flaws.append(found)
        elif Conflict in self._wanted and (not self.flaws or type(self.flaws[0]) is Conflict):
            self.flaws += conflicts(window)
        return bool(self.flaws)

    def _head(self, window: Window) -> Flaw | None:
        """The flaw that the first bytes of a file show, if any."""
        if WebPage in self._wanted and self._name:
            return web_page(window.data, self._name)
        return None

    def _whole(self, data: bytes) -> Flaw | None:
        """The flaw that all the bytes of a small file show, if any."""
        found: Flaw | None = pointer(data)  # for any profile: it is no document
        if found is None and LinkText in self._wanted and self._name:
            found = link_text(data, self._path)
        if found is None and Doubled in self._wanted:
            found = doubled(data)
        return found

    def at_the_end(self, pages: Pages, size: int) -> list[Flaw]:
        """The flaws of a large file that need its length to be known. Raises OSError."""
        if Doubled not in self._wanted or pages.data is not None or pages.packing:
            return []
        with pages.open() as file:
            if not isinstance(file, FileIO):
                return []  # a member of an archive
            found = doubled_in(file, size)
        return [found] if found else []
