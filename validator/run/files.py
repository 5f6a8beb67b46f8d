"""The files of a request: each with its profile, or the reason why it is passed by."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from ..check.plan import Plan
from ..file.archive_names import display_path, path_inside
from ..file.compression import bounds
from ..file.opening import ObjectVersion
from ..file.passed_by import PassedBy
from ..file.streams import BrokenStreamError
from .request import Prepared


class FileChoice(Struct, frozen=True):
    """A file and its profile, or the reason why it is passed by; one of the two is empty.

    `by_content` names the form of the content by which the profile was found; empty if it was found
    by the name. The path of a directory that is passed by ends in `/`.
    """

    path: str
    profile: str = ""
    passed_by: str = ""
    by_content: str = ""


class _Told(PassedBy):
    """Counts what a walk passes by, and keeps each path with its reason until it is taken."""

    def __init__(self) -> None:
        self._waiting: list[tuple[bytes, str]] = []
        self._forms: dict[bytes, str] = {}
        super().__init__(lambda path, reason: self._waiting.append((path, reason)))

    def known_by_content(self, path: bytes, profile: str, form: str) -> None:
        """Keep the form of the content by which the profile of a file was found."""
        super().known_by_content(path, profile, form)
        self._forms[path] = form or "what it begins with"

    def chosen(self, path: bytes, profile: str) -> FileChoice:
        """A file that is checked."""
        return FileChoice(os.fsdecode(path), profile, "", self._forms.pop(path, ""))

    def take(self) -> Iterator[tuple[bytes, FileChoice]]:
        """The files that were passed by since the last call, each with its path in bytes."""
        waiting, self._waiting = self._waiting, []
        for path, reason in waiting:
            yield path, FileChoice(os.fsdecode(path), "", reason)


def choices(prepared: Prepared) -> Iterator[FileChoice]:
    """The files at the paths of a request, directory by directory. Nothing is checked."""
    told = _Told()
    made = prepared.assembled(told)
    profiles = made.plan.profiles
    for listing in made.walk:
        found: list[tuple[bytes, FileChoice]] = []
        for at, names, archives in made.router.route(listing):
            for name in names:
                path = listing.path + name
                if archives:
                    found += _members(made.plan, at, path, (listing.versions or {}).get(name))
                else:
                    found.append((path, told.chosen(path, profiles[at].name)))
        found += told.take()
        yield from (choice for _, choice in sorted(found, key=lambda pair: pair[0]))
    yield from (choice for _, choice in told.take())


def _members(
    plan: Plan, at: int, path: bytes, version: ObjectVersion | None
) -> Iterator[tuple[bytes, FileChoice]]:
    """The members of an archive as far as it can be read; `at` is the index of its profile."""
    from ..file.archive import unpacked  # few corpora have archives

    bound = plan.profiles[at]
    router = plan.routers[bound.scope]
    try:
        with unpacked(path, bounds(bound.settings), version) as archive:
            for entry in archive:
                cut = entry.name.rfind(b"/") + 1
                own = path_inside(path, entry.name)
                (found,) = router.profiles(entry.name[:cut], [entry.name[cut:]])
                if isinstance(found, int):
                    yield own, FileChoice(display_path(own), plan.profiles[found].name)
                else:
                    yield own, FileChoice(display_path(own), "", found)
    except (OSError, BrokenStreamError):
        return  # a check tells what is wrong with it
