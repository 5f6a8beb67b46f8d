"""The profile of a member of an archive; a worker asks for it while it reads the archive."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from ..file.passed_by import PassedBy
from .claims import Here
from .routing import REASONS, Choice, Router


class MemberRouting(Struct, frozen=True, dict=True):
    """Routes members under one configuration, whose profiles begin at the index `first` of a plan.

    The profile is found by the name within the archive, never by content. It pickles.
    """

    choice: Choice
    first: int

    @cached_property
    def _router(self) -> Router:
        return Router(self.choice, PassedBy())

    @property
    def choices(self) -> object:
        """All that decides which profile a member has, in plain values."""
        chosen = self.choice
        claims = [(one.name, one.files, one.exclude, one.names) for one in chosen.profiles]
        return chosen.own, chosen.is_chosen, chosen.exclude, claims

    def profiles(self, folder: bytes, names: Sequence[bytes]) -> list[int | str]:
        """For each member in a directory the index of its profile, or why it is passed by."""
        here, router = Here(os.fsdecode(folder), is_inside=True), self._router
        is_hidden = any(part.startswith(b".") for part in folder.split(b"/") if part != b"..")
        found: list[int | str] = []
        for name in names:
            hides = is_hidden or name.startswith(b".")
            at = router.profile_of(here, os.fsdecode(name), hides)
            found.append(REASONS[at] if at in REASONS else self.first + at)
        return found
