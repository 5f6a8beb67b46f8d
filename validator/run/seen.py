"""Which profiles got files in a run, noted as the parts are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..check.plan import Part, Plan

MOST: Final = 2000
"""Files of a profile that are noted, about: the part with which there are more is the last."""


class Seen:
    """The plan of a run, and the first files of each profile, by its index in the plan."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or Plan(())
        self.files: dict[int, list[bytes]] = {}

    def watch(self, plan: Plan, parts: Iterable[Part]) -> Iterator[Part]:
        """The same parts, each noted."""
        self.plan = plan
        for part in parts:
            files = self.files.setdefault(part.profile, [])
            if len(files) <= MOST:
                files += (part.folder + name for name in part.names)
            yield part
